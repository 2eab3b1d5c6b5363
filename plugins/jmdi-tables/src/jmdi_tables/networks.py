"""A network that an engine keeps as tables, and what is counted of it."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import ibis

from jmdi import Actor, DataError, Network, NotFound, Record
from jmdi.graph.columns import field_names, labels_of, own_column, own_names, plain
from jmdi.model.declare import fields_of
from jmdi.model.frozen import EMPTY
from jmdi.model.values import Code
from jmdi_tables.tables import Expression, Tables

__all__ = ["NetworkTables"]


def _nothing(*_: object) -> None:
    """What no engine projects."""


@attrs.frozen(slots=False, eq=False)
class NetworkTables:
    """A network that an engine keeps as tables: what metrics are counted on.

    Attributes:
        tables: The records.
        name: The projection.
        nodes: ``node``, a number in the order of kind and id, with ``id`` and ``kind``.
        members: ``node`` takes part in ``activity``; ``sure`` is 1, or 0 if nobody knows it.
        shares: ``i`` and ``j``, the smaller first; ``certain`` is how much they share, and
            ``possible`` how much they may share besides.
        notes: What was left out.
        asked: What was given for the projection.
        project: Makes another projection of the records, of its name and what is given for it.
    """

    tables: Tables
    name: str
    nodes: Expression
    members: Expression
    shares: Expression
    notes: Mapping[str, Any]
    asked: Mapping[str, Any] = EMPTY
    project: Callable[[str, Mapping[str, Any]], Any] = _nothing

    @property
    def pairs(self) -> Expression:
        """The tied pairs, ``i`` and ``j``, and their ``weight``."""
        tied = self.shares.filter(self.shares.certain > 0)
        return tied.select("i", "j", weight="certain")

    @property
    def ends(self) -> Expression:
        """The tied pairs once from each end: ``node``, ``other`` and their ``weight``."""
        pairs = self.pairs
        there = pairs.select(node="i", other="j", weight="weight")
        return there.union(pairs.select(node="j", other="i", weight="weight"))

    @functools.cached_property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return self.tables.count(self.nodes)

    @functools.cached_property
    def _sizes(self) -> dict[str, int]:
        """How many pairs are tied, those of them whose weight is open, and those not observed."""
        tied, more = self.shares.certain > 0, self.shares.possible > 0
        sorts = {"tied": tied, "vague": tied & more, "unseen": ~tied & more}
        sums = {name: sort.cast("int64").sum().fill_null(0) for name, sort in sorts.items()}
        (row,) = self.tables.rows(self.shares.aggregate(**sums))
        return row

    @property
    def n_pairs(self) -> int:
        """How many pairs are tied."""
        return self._sizes["tied"]

    @property
    def n_vague(self) -> int:
        """Of how many tied pairs nobody knows how much they share."""
        return self._sizes["vague"]

    @property
    def n_unseen(self) -> int:
        """Of how many pairs that are not tied nobody knows whether they share anything."""
        return self._sizes["unseen"]

    @property
    def unseen(self) -> Expression:
        """The pairs that are not tied for certain and may be: ``i`` and ``j``."""
        shares = self.shares
        return shares.filter(shares.certain == 0, shares.possible > 0).select("i", "j")

    def extremes(self) -> Iterator[NetworkTables]:
        """The networks in which no pair that was not observed is tied, and each of them is."""
        shares = self.shares
        tied = shares.certain > 0
        yield attrs.evolve(self, shares=shares.filter(tied))
        # What the others share is not known.
        both = {name: ibis.ifelse(tied, shares[name], 1) for name in ("certain", "possible")}
        yield attrs.evolve(self, shares=shares.mutate(**both))

    def component_sizes(self, *, joined: bool = False) -> list[int]:
        """How many nodes each part has, largest first; memory is needed for the nodes alone.

        Args:
            joined: Whether pairs that were not observed count as tied.
        """
        import numpy as np

        parent = np.arange(self.n_nodes)
        for batch in self.tables.batches(self.shares if joined else self.pairs):
            first, second = (_roots(parent, batch.column(n).to_numpy()) for n in ("i", "j"))
            while (apart := first != second).any():
                low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
                np.minimum.at(parent, high, low)  # a root goes below a smaller one: no circles
                first, second = _roots(parent, low), _roots(parent, high)
        sizes = np.bincount(_roots(parent, parent))
        return sorted(sizes[sizes > 0].tolist(), reverse=True)

    @functools.cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each node."""
        rows = self.tables.arrays(self.nodes.order_by("node").select("id"))
        return tuple(rows["id"].tolist())

    def tied(self) -> tuple[Any, Any]:
        """How many ties each node has, and the weights of these added; int64, n each."""
        import numpy as np

        ends = self.ends
        sums = ends.group_by("node").agg(ties=ends.count(), weight=ends.weight.sum())
        rows = self.tables.arrays(sums)
        found = np.zeros((2, self.n_nodes), np.int64)
        found[:, rows["node"]] = rows["ties"], rows["weight"]
        return found[0], found[1]

    def there(self) -> tuple[Any, Any]:
        """Which nodes have a tie, and which are in a pair that was not observed; bool, n each."""
        import numpy as np

        found = np.zeros((2, self.n_nodes), bool)
        for mark, pairs in zip(found, (self.pairs, self.unseen), strict=True):
            ends = ibis.union(*(pairs.select(node=end) for end in ("i", "j")), distinct=True)
            mark[self.tables.arrays(ends)["node"]] = True
        return found[0], found[1]

    def then(self, other: NetworkTables) -> list[dict[str, Any]]:
        """How many pairs, ``n``, are what in this network, ``before``, and in one ``after`` it.

        2 is tied, 1 that it was not observed, and 0 neither, which no pair is in both.

        Args:
            other: A network of the same nodes.
        """
        states = {"before": self.shares, "after": other.shares}
        rows = []
        for name, shares in states.items():
            state = ibis.ifelse(shares.certain > 0, 2, 1)
            rows.append(
                shares.select(
                    "i", "j", **{n: state if n == name else ibis.literal(0) for n in states}
                )
            )
        both = ibis.union(*rows)
        pairs = both.group_by("i", "j").agg(before=both.before.max(), after=both.after.max())
        return self.tables.rows(pairs.group_by("before", "after").agg(n=pairs.count()))

    def reporters(self) -> list[str]:
        """Who reports any tie, or that there is none; in order."""
        ties = self.tables.of("tie", "reported_by", state="state.code")
        unseen = ties.state.isin(("unobserved", "unknown")).fill_null(False)
        told = ties.filter(~unseen, ties.reported_by.notnull(), ties.reported_by != "")
        rows = self.tables.rows(told.select("reported_by").distinct())
        return sorted(row["reported_by"] for row in rows)

    def mixed(self, groups: Any, *, unseen: bool = False) -> Mapping[str, Any]:
        """The ties from group to group: ``mine``, ``theirs``, ``ties``, ``weight``; int64 each.

        Args:
            groups: The number of the group of each node, int64, n.
            unseen: Whether to count the pairs that were not observed in the place of ties.
        """
        mine = self._grouped(groups)
        pairs = self.unseen.mutate(weight=ibis.literal(1)) if unseen else self.pairs
        theirs = mine.view()
        both = pairs.join(mine, pairs.i == mine.of).join(theirs, pairs.j == theirs.of)
        seen = both.select("weight", mine=mine.group, theirs=theirs.group)
        return self.tables.arrays(_summed(seen, "mine", "theirs"))

    def partners(self, groups: Any) -> Mapping[str, Any]:
        """The ties of each node to each group: ``node``, ``theirs``, ``ties``, ``weight``.

        Args:
            groups: The number of the group of each node, int64, n.
        """
        theirs, ends = self._grouped(groups), self.ends
        seen = ends.join(theirs, ends.other == theirs.of).select("node", "weight", theirs="group")
        return self.tables.arrays(_summed(seen, "node", "theirs"))

    def _grouped(self, groups: Any) -> Expression:
        """A table of nodes, ``of``, and the ``group`` of each."""
        import numpy as np
        import pyarrow as pa

        nodes = np.arange(len(groups), dtype=np.int32)
        return self.tables.kept(ibis.memtable(pa.table({"of": nodes, "group": groups})))

    @functools.cached_property
    def _actors(self) -> tuple[Record, ...]:
        """The record of each node."""
        found: dict[str, Record] = {}
        for record in self.tables.records(Actor.kind):
            found.setdefault(record.id, record)
        return tuple(found[id] for id in self.ids)

    def attributes(self, name: str = "") -> dict[str, Callable[[], Sequence[Any]]]:
        """The columns of the nodes, by name: the kind, the label, and what fits in one cell.

        Args:
            name: A column that is asked for: it may be one that no kind declares.
        """
        columns: dict[str, Callable[[], Sequence[Any]]] = {
            "kind": lambda: self._values("kind"),
            "label": lambda: labels_of(self._actors),
        }
        fields = field_names(self._classes)
        columns |= {field: functools.partial(self._column, field) for field in fields}
        if not name or name in columns:
            return columns
        own = own_names(self._actors)
        return columns | {n: functools.partial(own_column, self._actors, n) for n in own}

    @property
    def _classes(self) -> list[Any]:
        header, catalog = self.tables.folder.header, self.tables.model.catalog
        kinds = [table.kind for table in self.tables.tables_of(Actor.kind)]
        return [header.resolve(kind, catalog, relation=False) for kind in kinds]

    def _column(self, name: str) -> Sequence[Any]:
        """What a field of each actor is: of the engine where one column says it."""
        fields = (field for cls in self._classes for field in fields_of(cls))
        for kind in {field.type for field in fields if field.name == name}:
            if kind.form in _TEXTS or kind.cls is Code:
                with contextlib.suppress(DataError, NotFound, ValueError):
                    return self._values(f"{name}.code" if kind.cls is Code else name)
        return tuple(plain(getattr(actor, name, None)) for actor in self._actors)

    def _values(self, path: str) -> tuple[Any, ...]:
        """What a column says of each node.

        Raises:
            DataError: If a figure of the column is out of range for tables.
            NotFound: If some kinds of actors have no such column.
            ValueError: If one actor has two records, so that the engine cannot tell the first.
        """
        named = self.tables.of(Actor.kind, "id", "kind", value=path)
        rows = self.nodes.join(named, ["id", "kind"]).order_by("node").select("value")
        found = self.tables.arrays(rows)["value"].tolist()
        if len(found) != self.n_nodes:
            raise ValueError("an actor has two records")
        return tuple(found)

    def frame(self, name: str = "") -> Network:
        """The nodes and their attributes as a Network without ties.

        Args:
            name: An attribute that is asked for.
        """
        columns = self.attributes(name)
        model, notes = self.tables.model, dict(self.notes)
        return Network(
            self.name, self.ids, (), (), node_attributes=columns, model=model, notes=notes
        )


_TEXTS = frozenset({"str", "ref", "literal", "enum"})
"""Forms of fields whose column has the text that a Network shows."""


def _summed(ties: Expression, *by: str) -> Expression:
    return ties.group_by(list(by)).agg(ties=ties.count(), weight=ties.weight.sum())


def _roots(parent: Any, nodes: Any) -> Any:
    """The root of each node: the first of its part that was met."""
    above = parent[nodes]
    while ((higher := parent[above]) != above).any():
        above = higher
    return above

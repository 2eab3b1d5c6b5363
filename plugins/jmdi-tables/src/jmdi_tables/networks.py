"""A network that an engine keeps as tables, and what is counted of it."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import ibis

from jmdi import Actor, DataError, Network, NotFound, Record
from jmdi.graph.columns import Maker, field_names, labels_of, plain, record_columns
from jmdi.model.declare import fields_of
from jmdi.model.frozen import EMPTY
from jmdi.model.values import Code
from jmdi_tables.folder import Table
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
        shares: ``i`` and ``j``, without direction the smaller first; ``certain`` is how much
            they share and how many ties they have, ``possible`` how much they may share besides.
        notes: What was left out.
        asked: What was given for the projection.
        project: Makes another projection of the records, of its name and what is given for it.
        ties: The edges that are ties: ``i``, ``j``, ``edtf`` and ``kind``, and ``whole``, whether
            an edge is more than one half of a tie both ways; ``None`` without ties.
        directed: Whether ties have a direction.
        loops: How many edges join a node to itself.
        merged: How many edges stand beside another of their pair.
        kinds: The kinds of the nodes.
        n_first: Of two modes, how many nodes have the first; these come first.
    """

    tables: Tables
    name: str
    nodes: Expression
    members: Expression
    shares: Expression
    notes: Mapping[str, Any]
    asked: Mapping[str, Any] = EMPTY
    project: Callable[[str, Mapping[str, Any]], Any] = _nothing
    ties: Expression | None = None
    directed: bool = False
    loops: int = 0
    merged: int = 0
    kinds: tuple[str, ...] = (Actor.kind,)
    n_first: int | None = None

    @property
    def pairs(self) -> Expression:
        """The tied pairs, ``i`` and ``j``, and their ``weight``."""
        tied = self.shares.filter(self.shares.certain > 0)
        return tied.select("i", "j", weight="certain")

    @property
    def ends(self) -> Expression:
        """The tied pairs once from each end: ``node``, ``other`` and their ``weight``."""
        return self.ends_of("all")

    def ends_of(self, direction: str) -> Expression:
        """The tied pairs from their ends; see `ends`.

        Args:
            direction: In a directed network from the end that sends, ``out``, or receives, ``in``,
                or both, ``all``.
        """
        pairs = self.pairs
        there = pairs.select(node="i", other="j", weight="weight")
        back = pairs.select(node="j", other="i", weight="weight")
        both = not self.directed or direction == "all"
        return there.union(back) if both else there if direction == "out" else back

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

    @functools.cached_property
    def n_ties(self) -> int:
        """How many edges are ties."""
        return 0 if self.ties is None else self.tables.count(self.ties)

    @property
    def n_edges(self) -> int:
        """How many edges the network has in memory."""
        return self.n_pairs + self.merged + self.loops

    @property
    def n_possible(self) -> int:
        """How many pairs could be tied, ordered ones if ties have a direction."""
        if self.n_first is not None:
            return self.n_first * (self.n_nodes - self.n_first)
        pairs = self.n_nodes * (self.n_nodes - 1)
        return pairs if self.directed else pairs // 2

    @property
    def mode(self) -> tuple[int, ...] | None:
        """For two modes 0 or 1 for each node."""
        first = self.n_first
        return None if first is None else (0,) * first + (1,) * (self.n_nodes - first)

    @property
    def handed(self) -> bool:
        """Whether its edges are pairs alone, which arrays hold."""
        return self.ties is None and self.n_first is None

    @property
    def of(self) -> str:
        """What the nodes are."""
        return "actors" if self.n_first is None else "nodes"

    @functools.cached_property
    def n_mutual(self) -> int:
        """How many pairs are tied both ways."""
        pairs, back = self.pairs, self.pairs.view()
        if not self.directed:
            return self.n_pairs
        return self.tables.count(pairs.semi_join(back, [("i", "j"), ("j", "i")])) // 2

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

    def tied(self, direction: str = "all") -> tuple[Any, Any]:
        """How many ties each node has, and the weights of these added; int64, n each.

        Args:
            direction: Which ties count in a directed network.
        """
        import numpy as np

        ends = self.ends_of(direction)
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

    def partners(self, groups: Any, direction: str = "all") -> Mapping[str, Any]:
        """The ties of each node to each group; int64 each.

        Args:
            groups: The number of the group of each node, int64, n.
            direction: Which ties count in a directed network.

        Returns:
            ``node``, ``theirs``; ``partners``, how many they are; ``ties``, with both directions;
            ``weight``.
        """
        theirs, ends = self._grouped(groups), self.ends_of(direction)
        once = ends.group_by("node", "other").agg(ties=ends.count(), weight=ends.weight.sum())
        seen = once.join(theirs, once.other == theirs.of)
        rows = seen.select("node", "ties", "weight", theirs="group")
        sums = rows.group_by("node", "theirs").agg(
            partners=rows.count(), ties=rows.ties.sum(), weight=rows.weight.sum()
        )
        return self.tables.arrays(sums)

    def spans(self) -> list[dict[str, Any]]:
        """How many halves of edges, ``n``, have a period, ``edtf``; those that are shared none."""
        ties = self.ties
        if ties is None:
            return []
        halves = ibis.ifelse(ties.whole, 2, 1) if self.directed else ibis.literal(2)
        rows = ties.select("edtf", halves=halves)
        found = self.tables.rows(rows.group_by("edtf").agg(n=rows.halves.sum()))
        shared = (self.n_edges - self.n_ties) * (1 if self.directed else 2)
        return [*found, {"edtf": None, "n": shared}]

    def tie_kinds(self) -> list[dict[str, Any]]:
        """How many pairs, ``n``, have ties of so many ``kinds``, and ``unknown`` other edges."""
        ties, shares = self.ties, self.shares
        if ties is None:
            return []
        kind = ties.kind.nullif("")
        rows = ties.filter(ties.i != ties.j).select(
            "i", "j", kind=kind, unknown=kind.isnull().cast("int64")
        )
        shared = shares.filter(shares.shared > 0)
        unknown = {"kind": ibis.null("string"), "unknown": ibis.literal(1, "int64")}
        every = rows.union(shared.select("i", "j", **unknown))
        ends = every.mutate(low=ibis.least(every.i, every.j), high=ibis.greatest(every.i, every.j))
        pairs = ends.group_by("low", "high").agg(
            kinds=ends.kind.nunique(), unknown=ends.unknown.sum()
        )
        return self.tables.rows(pairs.group_by("kinds", "unknown").agg(n=pairs.count()))

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
        for kind in self.kinds:
            for record in self.tables.records(kind):
                found.setdefault(record.id, record)
        return tuple(found[id] for id in self.ids)

    def attributes(self, name: str = "") -> dict[str, Sequence[Any] | Maker]:
        """The columns of the nodes, by name: the kind, the label, and what fits in one cell.

        Args:
            name: A column that is asked for: it may be one that no kind declares.
        """
        columns: dict[str, Sequence[Any] | Maker] = {
            "kind": lambda: self._values("kind"),
            "label": lambda: labels_of(self._actors),
        }
        fields = field_names(self._classes)
        columns |= {field: functools.partial(self._column, field) for field in fields}
        if not name or name in columns:
            return columns
        more = record_columns(self._actors, self._classes)
        return columns | {n: column for n, column in more.items() if n not in columns}

    @property
    def _classes(self) -> list[Any]:
        header, catalog = self.tables.folder.header, self.tables.model.catalog
        kinds = [table.kind for table in self._node_tables]
        return [header.resolve(kind, catalog, relation=False) for kind in kinds]

    @property
    def _node_tables(self) -> list[Table]:
        found = [table for kind in self.kinds for table in self.tables.tables_of(kind)]
        return list({table.kind: table for table in found}.values())

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
        wanted = {"id": "id", "kind": "kind", "value": path}
        named = self.tables.union(Actor.kind, self._node_tables, wanted)
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
            self.name,
            self.ids,
            (),
            (),
            mode=self.mode,
            node_attributes=columns,
            model=model,
            notes=notes,
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

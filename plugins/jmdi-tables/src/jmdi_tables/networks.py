"""What actors take part in together: counted by the engine, handed over as a Network."""

from __future__ import annotations

import datetime
import functools
import itertools
import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import ibis

from jmdi import Actor, FormatError, Network, Partnership, Problem, Record, Severity, WorkPlan
from jmdi.graph.columns import field_names, labels_of, plain
from jmdi.graph.pairs import all_are_ties
from jmdi.model.wellknown import TOGETHER
from jmdi_tables.moments import held
from jmdi_tables.reading import records_in
from jmdi_tables.tables import MAX_EDGES, Expression, Tables

__all__ = ["NetworkTables", "handed_over", "network_tables"]

Moment: TypeAlias = datetime.date | int | None


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
    """

    tables: Tables
    name: str
    nodes: Expression
    members: Expression
    shares: Expression
    notes: Mapping[str, Any]

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
    def n_pairs(self) -> int:
        """How many pairs are tied."""
        return self.tables.count(self.pairs)

    @functools.cached_property
    def n_open(self) -> int:
        """Of how many pairs nobody knows all that they share."""
        return self.tables.count(self.shares.filter(self.shares.possible > 0))

    def component_sizes(self) -> list[int]:
        """How many nodes each part has, largest first; memory is needed for the nodes alone."""
        import numpy as np

        parent = np.arange(self.n_nodes)
        for batch in self.tables.batches(self.pairs):
            first, second = (_roots(parent, batch.column(n).to_numpy()) for n in ("i", "j"))
            while (apart := first != second).any():
                low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
                np.minimum.at(parent, high, low)  # a root goes below a smaller one: no circles
                first, second = _roots(parent, low), _roots(parent, high)
        sizes = np.bincount(_roots(parent, parent))
        return sorted(sizes[sizes > 0].tolist(), reverse=True)

    def attribute(self, path: str) -> Expression:
        """``node`` with the ``value`` that a column of its actor has.

        Args:
            path: The column; one within another with a point, as in ``type.code``.

        Raises:
            NotFound: If actors have no such column.
        """
        values = self.tables.of(Actor.kind, "id", "kind", value=path)
        return self.nodes.join(values, ["id", "kind"]).select("node", "value")


def _roots(parent: Any, nodes: Any) -> Any:
    """The root of each node: the first of its part that was met."""
    above = parent[nodes]
    while ((higher := parent[above]) != above).any():
        above = higher
    return above


def network_tables(
    tables: Tables,
    name: str = "co-participation",
    *,
    nodes: str | None = None,
    kinds: str | Iterable[str] | None = None,
    as_of: Moment = None,
    exclude_flagged: bool = True,
    where: Callable[[Expression], Expression] | None = None,
) -> NetworkTables:
    """Finds what actors take part in together; see the projection ``co-participation``.

    Args:
        tables: The records.
        name: The projection: ``co-participation``, or ``actors`` where there are no ties.
        nodes: The kind of the actors; all if not given.
        kinds: Kinds of what they take part in; those of the projection if not given.
        as_of: The day, or the number of a wave, for which it has to hold.
        exclude_flagged: Whether actors marked as placeholders are left out.
        where: ``where(actors)`` says which actors become nodes, as an expression over their
            table; all if not given.
    """
    actors, notes = _nodes(tables, nodes or Actor.kind, exclude_flagged, where)
    facts = tables.kept(_memberships(tables, _names(kinds), as_of))
    if as_of is not None:
        said = facts.filter(facts.first)
        (counts,) = tables.rows(
            said.aggregate(
                not_in_force=(~said.held).cast("int64").sum().fill_null(0),
                period_unknown=said.held.isnull().cast("int64").sum().fill_null(0),
            )
        )
        notes |= {"as_of": as_of if isinstance(as_of, int) else as_of.isoformat(), **counts}
    facts = facts.filter(facts.held.fill_null(True))
    known = facts.join(actors, facts.actor == actors.id)
    members = tables.kept(
        known.select("node", activity="of", sure=known.held.fill_null(False).cast("int64"))
    )
    outside = tables.count(facts) - tables.count(members)
    if outside:
        notes["participations_outside"] = outside
    members = tables.kept(members.group_by("node", "activity").agg(sure=members.sure.max()))
    notes |= _incomplete(tables, members, _names(kinds))
    return NetworkTables(tables, name, actors, members, tables.kept(_shares(members)), notes)


def _incomplete(tables: Tables, members: Expression, kinds: Sequence[str]) -> dict[str, Any]:
    """The note that counts the activities that say themselves that some are missing."""
    found = [rows for kind in kinds for rows in tables.each(kind)]
    lists = [rows for rows in found if "participants_complete" in rows.columns]
    cut = [rows.filter(~rows.participants_complete).select("id") for rows in lists]
    if not cut:
        return {}
    number = tables.count(ibis.union(*cut, distinct=True).semi_join(members, [("id", "activity")]))
    return {"lists_incomplete": number} if number else {}


def _names(kinds: str | Iterable[str] | None) -> tuple[str, ...]:
    if kinds is None:
        return TOGETHER
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def _shares(members: Expression) -> Expression:
    """How much each pair shares for certain, and how much it may share besides."""
    other = members.view()
    both = members.join(
        other, [members.activity == other.activity, members.node < other.node]
    ).select(i=members.node, j=other.node, certain=members.sure * other.sure)
    return both.group_by("i", "j").agg(
        certain=both.certain.sum(), possible=(1 - both.certain).sum()
    )


def _nodes(
    tables: Tables,
    kind: str,
    exclude_flagged: bool,
    where: Callable[[Expression], Expression] | None,
) -> tuple[Expression, dict[str, Any]]:
    """The actors, numbered in the order in which they are read."""
    cls = tables.model.catalog.kinds.get(kind)
    if cls is None or not issubclass(cls, Actor):
        raise ValueError(f"nodes must be a kind of actors, not {kind!r}")
    found = tables.of(kind, "id", "kind", "flagged")
    if where is not None:
        ids = [rows.filter(where(rows)).select("id") for rows in tables.each(kind)]
        found = found.semi_join(ibis.union(*ids), "id") if ids else found
    once = found.group_by("id").agg(kind=found.kind.min(), flagged=found.flagged.max())
    notes = {}
    if exclude_flagged:
        flagged = once.flagged.fill_null(False)
        notes["excluded_actors"] = tables.count(once.filter(flagged))
        once = once.filter(~flagged)
    number = ibis.row_number().over(order_by=[once.kind, once.id])
    return tables.kept(once.select("id", "kind", node=number.cast("int32"))), notes


def _memberships(tables: Tables, kinds: Sequence[str], as_of: Moment) -> Expression:
    """Who takes part in what, as `jmdi.builtin.projections.sketch.memberships` has it.

    ``held`` is whether it holds, null if nobody knows; ``first`` is true of one row of each record
    whose period was looked at.
    """
    things = [tables.of(kind, "id") for kind in kinds]
    thing = (ibis.union(*things) if len(things) > 1 else things[0]).distinct()
    relations = tables.of("participates", "source", "target", "period")
    takes = relations.join(thing, relations.target == thing.id)
    parts = [
        takes.select(actor="source", of="target", held=held(takes, as_of), first=ibis.literal(True))
    ]
    wanted = {"id": "id", "parties": "parties", "period": "period"}
    partnerships = tables.union("partnership", _both(tables, "partnership", kinds), wanted)
    stated = partnerships.filter(partnerships.parties.length() > 0).select(
        of="id", held=held(partnerships, as_of), parties="parties"
    )
    numbered = stated.mutate(place=ibis.range(stated.parties.length()).unnest())
    party = numbered.parties[numbered.place]
    parts.append(
        numbered.select(actor=party["actor"], of="of", held="held", first=numbered.place == 0)
    )
    plans = tables.union(
        "workplan", _both(tables, "workplan", kinds), {"id": "id", "authors": "authors"}
    )
    parts.append(
        plans.select(
            actor=plans.authors.unnest(),
            of="id",
            held=ibis.literal(True),
            first=ibis.literal(False),
        )
    )
    return ibis.union(*parts)


def _both(tables: Tables, kind: str, kinds: Sequence[str]) -> list[Any]:
    """The tables of a kind that are of one of several kinds, too."""
    chosen = [table for name in kinds for table in tables.tables_of(name)]
    return [table for table in tables.tables_of(kind) if table in chosen]


def handed_over(network: NetworkTables, max_edges: int = MAX_EDGES) -> Network:
    """A network in tables as the arrays of a Network.

    What stands behind its nodes and edges is looked up in the tables when it is asked for.

    Args:
        network: The network in tables.
        max_edges: Most pairs that are handed over.

    Raises:
        FormatError: If there are more pairs than that.
    """
    tables = network.tables
    _refuse_more(tables.count(network.shares), max_edges)
    source, target = array("i"), array("i")
    weights, unseen = array("d"), list[tuple[int, int]]()
    missing = 0
    for batch in tables.batches(network.shares.order_by("i", "j")):
        i, j, certain, possible = (batch.column(n).to_numpy() for n in network.shares.columns)
        tied = certain > 0
        unseen += zip(i[~tied].tolist(), j[~tied].tolist(), strict=True)
        source.frombytes(i[tied].astype("int32").tobytes())
        target.frombytes(j[tied].astype("int32").tobytes())
        strength = certain[tied].astype("float64")
        strength[possible[tied] > 0] = math.nan
        missing += int((possible[tied] > 0).sum())
        weights.frombytes(strength.tobytes())
    notes = dict(network.notes)
    if missing:
        notes["shared_weights_missing"] = missing
    nodes = tables.rows(network.nodes.order_by("node"))
    behind = _Behind(network, tuple(row["id"] for row in nodes), source, target)
    return all_are_ties(
        Network(
            network.name,
            behind.ids,
            source,
            target,
            weight=weights,
            unobserved=unseen,
            node_attributes={
                "kind": lambda: tuple(row["kind"] for row in nodes),
                **behind.node_columns(),
            },
            edge_attributes={
                "kind": lambda: ("co-participation",) * len(source),
                "shared": behind.activities,
            },
            behind=behind.records,
            model=tables.model,
            notes=notes,
        )
    )


def _refuse_more(pairs: int, most: int) -> None:
    if pairs > most:
        message = f"{pairs:,} pairs share something; at most {most:,} are handed over"
        cure = "look at fewer actors, kinds or days, or raise the limit"
        raise FormatError([Problem("tables:T107", Severity.ERROR, message, cure=cure)])


@attrs.define(eq=False, slots=False)
class _Behind:
    """What stands behind a network that was handed over, looked up in the tables when asked for."""

    network: NetworkTables
    ids: tuple[str, ...]
    source: Sequence[int]
    target: Sequence[int]

    @property
    def tables(self) -> Tables:
        return self.network.tables

    @functools.cached_property
    def _actors(self) -> tuple[Record, ...]:
        found: dict[str, Record] = {}
        for record in self.tables.records(Actor.kind):
            found.setdefault(record.id, record)
        return tuple(found[id] for id in self.ids)

    def node_columns(self) -> dict[str, Callable[[], Sequence[Any]]]:
        """The label, and the fields that fit in one cell; actors are read at the first of them."""
        catalog, header = self.tables.model.catalog, self.tables.folder.header
        classes = [
            header.resolve(table.kind, catalog, relation=False)
            for table in self.tables.tables_of(Actor.kind)
        ]

        def maker(name: str) -> Callable[[], Sequence[Any]]:
            return lambda: tuple(plain(getattr(actor, name, None)) for actor in self._actors)

        labels = {"label": lambda: labels_of(self._actors)}
        return labels | {name: maker(name) for name in field_names(classes)}

    def activities(self) -> Sequence[Any]:
        """What each pair shares, as ids in order."""
        rows = self.tables.rows(self._shared().order_by("i", "j", "activity"))
        by_pair = itertools.groupby(rows, key=lambda row: (row["i"], row["j"]))
        return [tuple(row["activity"] for row in group) for _, group in by_pair]

    def _shared(self) -> Expression:
        """Pairs and what they share for certain."""
        sure = self.network.members.filter(self.network.members.sure == 1)
        other = sure.view()
        both = sure.join(other, [sure.activity == other.activity, sure.node < other.node])
        return both.select(i=sure.node, j=other.node, activity=sure.activity)

    def records(self, edge: int) -> tuple[Record, ...]:
        """The records by which a pair takes part in what it shares."""
        pair = (self.source[edge], self.target[edge])
        ends = [self.ids[node] for node in pair]
        shared = self._shared()
        rows = self.tables.rows(shared.filter(shared.i == pair[0], shared.j == pair[1]))
        activities = {row["activity"] for row in rows}
        takes = self.tables.of("participates", "id", "source", "target")
        chosen = takes.filter(takes.source.isin(ends), takes.target.isin(sorted(activities)))
        by_kind = {"participates": {row["id"] for row in self.tables.rows(chosen.select("id"))}}
        found: list[Record] = []
        for kind in ("participates", "partnership", "workplan"):
            ids = by_kind.get(kind, activities)
            tables = self.tables.tables_of(kind)
            records = records_in(self.tables.folder, tables, self.tables.model.catalog, ids)
            found += [r for r in records if kind == "participates" or _named(r) & {*ends}]
        return tuple(found)


def _named(record: Record) -> set[str]:
    """The actors that an activity names itself."""
    if isinstance(record, Partnership):
        return {party.actor for party in record.parties}
    return set(record.authors) if isinstance(record, WorkPlan) else set()

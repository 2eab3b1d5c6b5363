"""A network in tables as the arrays of a Network, and what stands behind them."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Sequence
from typing import Any

import attrs

from jmdi import Dataset, FormatError, Network, Partnership, Problem, Record, Severity, WorkPlan
from jmdi.graph.pairs import all_are_ties
from jmdi_tables.facts import listed
from jmdi_tables.networks import NetworkTables
from jmdi_tables.reading import records_in
from jmdi_tables.tables import MAX_EDGES, Expression, Tables

__all__ = ["handed_over"]


def handed_over(
    network: NetworkTables, max_edges: int = MAX_EDGES, dataset: Dataset | None = None
) -> Network:
    """A network in tables as the arrays of a Network.

    What stands behind its nodes and edges is looked up in the tables when it is asked for.

    Args:
        network: The network in tables.
        max_edges: Most pairs that are handed over.
        dataset: The records, for a metric that looks at them.

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
    behind = _Behind(network, source, target)
    return all_are_ties(
        Network(
            network.name,
            network.ids,
            source,
            target,
            weight=weights,
            unobserved=unseen,
            node_attributes=network.attributes(),
            edge_attributes={
                "kind": lambda: ("co-participation",) * len(source),
                "shared": behind.activities,
            },
            behind=behind.records,
            dataset=dataset,
            projected=None if dataset is None else (network.name, dict(network.asked)),
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
    source: Sequence[int]
    target: Sequence[int]

    @property
    def tables(self) -> Tables:
        return self.network.tables

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
        ends = [self.network.ids[node] for node in pair]
        shared = self._shared()
        rows = self.tables.rows(shared.filter(shared.i == pair[0], shared.j == pair[1]))
        activities = {row["activity"] for row in rows}
        takes = self.tables.of("participates", "id", "source", "target")
        of_ends = takes.semi_join(listed(self.tables, ends), [("source", "name")])
        chosen = of_ends.semi_join(listed(self.tables, activities), [("target", "name")])
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

"""How many kinds of ties pairs have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

import jmdi
from jmdi.classes import define
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.counts import Outline
from jmdi_network.reporting import basis, refused

__all__ = ["multiplexity"]


@jmdi.metric(
    "network:multiplexity",
    "Multiplexity",
    range=(0, None),
    value_is="mean number of kinds",
    citation="Provan & Sebastian 1998",
    convention="direction ignored; ties of unknown kind left out and counted",
    bounds="given",
    count="jmdi_network.metrics.multiplexity:count_kinds",
    finish="jmdi_network.metrics.multiplexity:multiplexity_of",
)
def multiplexity(network: Network, *, kinds: str = "type") -> Result:
    """Mean number of distinct kinds of tie per tied pair; the share of pairs with two or more.

    Where two ends report different kinds, each may mean the same tie: the lower bound counts the
    kinds that all reporters of a pair agree on, and one where they agree on none. A pair that was
    not observed has one kind or more, if it is tied: the mean has no upper bound then. A tie that
    was not observed may add a kind to a pair that has another tie.

    Args:
        network: The network.
        kinds: The edge attribute that says the kind.
    """
    from jmdi_network.arrays import graph_of

    graph = graph_of(network)
    column = network.edge_attributes.get(kinds)
    if graph.m == 0 or column is None:
        return multiplexity_of({"graph": graph}, kinds=kinds)
    found = _kinds_of_pairs(network, column)
    tied = [one for one in found.values() if one.tied]
    unseen = {frozenset(pair) for pair in network.unobserved}
    unseen -= {frozenset(pair) for pair, one in found.items() if one.tied}
    counts = {
        "graph": graph,
        "tied": len(tied),
        "unknown": sum(one.unknown for one in tied),
        "sorts": Counter(one.sort for one in found.values() if one.every),
        "unseen": len(unseen),
    }
    return multiplexity_of(counts, kinds=kinds)


def count_kinds(network: Any, *, kinds: str) -> Counts | None:
    """The kinds of ties of pairs, counted by an engine: nobody denies any of them."""
    if kinds != "type" or network.ties is None or not network.n_ties:
        return None
    rows = network.tie_kinds()
    sorts: Counter[Sort] = Counter()
    for row in rows:
        if count := row["kinds"]:
            sorts[count, count, count, True] += row["n"]
    return {
        "graph": Outline(network),
        "tied": sum(row["n"] for row in rows),
        "unknown": sum(row["unknown"] * row["n"] for row in rows),
        "sorts": sorts,
        "unseen": network.n_unseen,
    }


def multiplexity_of(counts: Counts, *, kinds: str) -> Result:
    """Multiplexity, from how many pairs have how many kinds of ties."""
    graph = counts["graph"]
    if graph.m == 0:
        return refused(graph, "no_ties")
    if "sorts" not in counts:
        return refused(graph, "missing_input", f"edges have no attribute {kinds!r}")
    notes = {"tied_pairs": counts["tied"], "ties_of_unknown_kind": counts["unknown"]}
    sorts: Mapping[Sort, int] = counts["sorts"]
    ruled = {sort: times for sort, times in sorts.items() if sort[0]}
    used, unseen = sum(ruled.values()), counts["unseen"]
    if not used:
        return refused(graph, "missing_input", "no tie has a known kind", notes=notes)
    mean = sum(count * times for (count, *_), times in ruled.items()) / used
    share = sum(times for (count, *_), times in ruled.items() if count > 1) / used
    fewest = [(least, sure, times) for (_, least, _, sure), times in sorts.items()]
    fewest += [(1, False, unseen)] if unseen else []
    most = [(high, sure, times) for (_, _, high, sure), times in sorts.items()]
    lower = _mean_of_some(fewest, -1)
    upper = None if unseen else _mean_of_some(most, 1)
    several = [(count > 1, sure, times) for count, sure, times in most]
    several += [(True, False, unseen)] if unseen else []
    some = (
        _mean_of_some([(count > 1, sure, times) for count, sure, times in fewest], -1),
        _mean_of_some(several, 1),
    )
    bounds: dict[str, Any] = {}
    if (lower, upper) != (mean, mean) or some != (share, share):
        bounds = {"lower": lower, "upper": upper}
        bounds["bounds"] = {"multiplex_share": some}
        bounds["bounds"] |= {} if upper is None else {"mean_kinds": (lower, upper)}
    return Result(
        **basis(
            graph,
            value=mean,
            n_used=used,
            n_eligible=counts["tied"],
            of="pairs",
            notes=notes,
            values={"mean_kinds": mean, "multiplex_share": share},
            **bounds,
        )
    )


Sort: TypeAlias = tuple[int, int, int, bool]
"""How many kinds of ties a pair has by the rule, at the least and at the most, and whether it is
tied for certain."""


@define
class _Kinds:
    """The kinds of the ties of one pair, each with who reports it.

    Attributes:
        by_rule: Those of the ties that there are.
        settled: Those of the ties that nobody denies.
        every: Those of the ties that there are or may be.
        tied: Whether there is any tie.
        sure: Whether there is one that nobody denies.
        unknown: How many ties have no known kind.
        unseen: How many ties were not observed.
    """

    by_rule: dict[str, set[str]] = attrs.field(factory=dict)
    settled: dict[str, set[str]] = attrs.field(factory=dict)
    every: dict[str, set[str]] = attrs.field(factory=dict)
    tied: bool = False
    sure: bool = False
    unknown: int = 0
    unseen: int = 0

    @property
    def most(self) -> int:
        """How many kinds there are at the most, if each tie not observed is of another one."""
        return len(self.every) + self.unseen

    @property
    def fewest(self) -> int:
        """How many kinds there are at the least, if there is a tie."""
        return _agreed(self.settled.values()) if self.settled else 1

    @property
    def sort(self) -> Sort:
        """What the pair is counted as."""
        return len(self.by_rule), self.fewest, self.most, self.sure


def _kinds_of_pairs(network: Network, column: Sequence[Any]) -> dict[tuple[int, int], _Kinds]:
    """The kinds of each pair that has a tie or may have one, by the indices of its nodes."""
    from jmdi.graph.choosing import is_known
    from jmdi.graph.pairs import edge_states

    nothing = (None,) * network.n_edges
    states = edge_states(network) or ("present",) * network.n_edges
    disputed = network.edge_attributes.get("disputed", nothing)
    reported = network.edge_attributes.get("reported_by", nothing)
    found: dict[tuple[int, int], _Kinds] = {}
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        there, doubtful = states[edge] == "present", disputed[edge] is True
        if i == j or not (there or doubtful):
            continue
        of = found.setdefault((min(i, j), max(i, j)), _Kinds())
        names = [str(kind) for kind in _each(column[edge]) if is_known(kind) and kind != ""]
        by = {str(id) for id in _each(reported[edge]) if id is not None}
        of.tied |= there
        of.sure |= there and not doubtful
        of.unknown += there and not names
        for name in names:
            of.every.setdefault(name, set()).update(by)
            if there:
                of.by_rule.setdefault(name, set()).update(by)
            if there and not doubtful:
                of.settled.setdefault(name, set()).update(by)
    for i, j in network.unobserved_ties:
        if (of_pair := found.get((min(i, j), max(i, j)))) is not None:
            of_pair.unseen += 1
    return found


def _each(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _mean_of_some(numbers: Sequence[tuple[float, bool, int]], sign: int) -> float:
    """The lowest or highest mean of numbers of which some may be left out.

    Args:
        numbers: Each with whether it is there for certain, and how often.
        sign: -1 for the lowest, 1 for the highest.
    """
    sure = [(number, times) for number, there, times in numbers if there]
    total, count = sum(number * times for number, times in sure), sum(times for _, times in sure)
    others = sorted(((x, times) for x, there, times in numbers if not there), key=lambda x: x[0])
    for number, times in others if sign < 0 else reversed(others):
        if not count or sign * (number - total / count) > 0:
            total, count = total + number * times, count + times
    return total / count


def _agreed(reporters: Collection[set[str]]) -> int:
    """How many of the kinds of a pair nobody leaves out who reports any; one at least.

    Args:
        reporters: Who reports each kind; empty where that is not said.
    """
    every = set[str]().union(*reporters)
    return max(1, sum(not one or one == every for one in reporters))

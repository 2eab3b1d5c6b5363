"""The networks that open pairs allow: completions, in which each of them is tied or is not.

A pair is open if it was not observed, or if reports of it differ and a rule chose. A tie that is
reported with several weights has one of them in each completion.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any, TypeAlias

import attrs

from jmdi.graph.dataset import Dataset
from jmdi.graph.halves import halves
from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties, edge_states, ordered, state_of
from jmdi.graph.reducing import like
from jmdi.model.records import evolve
from jmdi.model.relations import Tie
from jmdi.model.values import code
from jmdi.running.unknowns import SCALES

__all__ = [
    "Completion",
    "Weights",
    "completions",
    "disputed",
    "possible_pairs",
    "tie_completions",
    "unobserved",
    "units",
    "unobserved_ties",
    "weights_of",
    "without_weights",
]

Ends: TypeAlias = tuple[int, int]
"""The indices of the two nodes of a pair."""


@attrs.frozen(slots=True)
class Weights:
    """What edges may weigh.

    Attributes:
        known: The weights that some edges may have, by the indices of those that weigh the same:
            one, or both halves of a tie that goes both ways.
        by_rule: What those of them weigh whose weight a rule chose, by their indices.
        new: The weights that a tie may have of which nobody knows whether it is there; NaN alone
            if there are no bounds.
    """

    known: Mapping[tuple[int, ...], Sequence[float]] = attrs.field(factory=dict)
    by_rule: Mapping[int, float] = attrs.field(factory=dict)
    new: Sequence[float] = (math.nan,)

    def __bool__(self) -> bool:
        return bool(self.known) or len(self.new) > 1


@attrs.frozen(slots=True)
class Completion:
    """A network without open pairs.

    Attributes:
        network: The network.
        by_rule: Whether all on which reports differ is as their rule has it.
    """

    network: Network
    by_rule: bool


def unobserved(network: Network) -> Sequence[Ends]:
    """The pairs that could be tied and were not observed."""
    return _across(network, network.unobserved)


def disputed(network: Network) -> Sequence[Ends]:
    """The pairs that some reports say are tied, and some say are not."""
    return _across(network, network.disputed)


def _across(network: Network, pairs: Sequence[Ends]) -> Sequence[Ends]:
    """Of two modes, the pairs of one node of each, as no other can be tied."""
    mode = network.mode
    return pairs if mode is None else [(i, j) for i, j in pairs if mode[i] != mode[j]]


def weights_of(network: Network) -> Weights:
    """What edges may weigh, where reports or a scale leave it open.

    Where ties weigh their intensity, one of which it is not known has any of its scale.
    """
    found: dict[tuple[int, ...], Sequence[float]] = {}
    by_rule: dict[int, float] = {}
    if network.weight is None:
        return Weights()
    scale = SCALES.get(str(network.notes.get("tie_weight")))
    new = (math.nan,) if scale is None else tuple(map(float, scale))
    reports: Sequence[Any] = network.edge_attributes.get("reports", (None,) * network.n_edges)
    if scale is None and not any(reports):
        return Weights()
    states = edge_states(network)
    twins = halves(network)
    for edge, weight in enumerate(network.weight):
        twin = twins.get(edge, edge)
        if twin < edge:
            continue
        same = (edge,) if twin == edge else (edge, twin)
        said = sorted({weight for _, weight in reports[edge] or () if weight})
        if states is not None and states[edge] != "present":
            if reports[edge]:
                found[same] = said or new
        elif math.isnan(weight) and scale is not None:
            found[same] = new
        elif said and min(0.0, said[0]) <= weight <= max(0.0, said[-1]) and said != [weight]:
            # Where weights were added up, no report says what they are together.
            found[same] = (weight, *(other for other in said if other != weight))
            by_rule |= dict.fromkeys(same, weight)
    return Weights(found, by_rule, new)


def without_weights(network: Network) -> Network:
    """The network of whose edges nobody knows what they weigh."""
    return like(network, weight=array("d", [math.nan]) * network.n_edges)


def possible_pairs(network: Network) -> int:
    """How many pairs could be tied, ordered ones of a directed network."""
    n = network.n_nodes
    if network.mode is None:
        pairs = n * (n - 1) // 2
    else:
        pairs = network.mode.count(0) * (n - network.mode.count(0))
    return pairs * (2 if network.directed else 1)


def units(network: Network) -> list[tuple[Ends, ...]]:
    """The open pairs, sorted: each alone, or both directions if they have one answer."""
    joined = set(network.both_ways)
    pairs = sorted({*disputed(network), *unobserved(network)})
    return [
        ((i, j), (j, i)) if (i, j) in joined else ((i, j),)
        for i, j in pairs
        if (j, i) not in joined
    ]


def completions(
    network: Network, *, extremes: bool = False, weights: Weights | None = None
) -> Iterator[Completion]:
    """The completions of a network.

    Args:
        network: The network.
        extremes: Whether to make only those with none, and with all, of the open pairs tied,
            and of those that were not observed where the others are as their rule has them.
        weights: What edges may weigh, each in some of them.
    """
    weights = weights or Weights()
    among, unknown = set(disputed(network)), unobserved(network)
    edges_of, kept, by_rule = _edges(network, weights, among.union(unknown))
    together = units(network)
    rule = tuple(sorted(by_rule))
    every: Iterable[tuple[Ends, ...]] = (
        tuple(chain.from_iterable(some))
        for size in range(len(together) + 1)
        for some in combinations(together, size)
    )
    if extremes:
        tied = (*among, *unknown)
        every = dict.fromkeys([(), tuple(sorted(tied)), rule, tuple(sorted({*rule, *unknown}))])
    for tied in every:
        edges = [*kept, *(k for pair in tied for k in edges_of.get(pair, ()))]
        as_ruled = among.intersection(tied) == by_rule
        there = set(edges)
        doubtful = [same for same in weights.known if not there.isdisjoint(same)]
        new = [pair for pair in tied if pair not in edges_of]
        alike = [unit for unit in together if unit[0] in new]
        for said in product(*(weights.known[same] for same in doubtful)):
            weigh = {k: w for same, w in zip(doubtful, said, strict=True) for k in same}
            ruled = as_ruled and all(weights.by_rule.get(k, w) == w for k, w in weigh.items())
            ends = ((w,) * len(alike) for w in {weights.new[0], weights.new[-1]})
            for given in ends if extremes else product(weights.new, repeat=len(alike)):
                added = {p: w for unit, w in zip(alike, given, strict=True) for p in unit}
                yield Completion(_with(network, edges, added, weigh), ruled)


def _edges(
    network: Network, weights: Weights, open_: Collection[Ends]
) -> tuple[dict[Ends, list[int]], list[int], set[Ends]]:
    """The edges of open pairs, those that are ties in any case, and the pairs tied by a rule.

    Args:
        network: The network.
        weights: What edges may weigh.
        open_: The open pairs.
    """
    states = edge_states(network)
    weighed = set(chain.from_iterable(weights.known))
    of_pairs: dict[Ends, list[int]] = {}
    kept: list[int] = []
    by_rule: set[Ends] = set()
    for k in range(network.n_edges):
        pair = ordered(network, network.source[k], network.target[k])
        there = states is None or states[k] == "present"
        if there and pair not in open_:
            kept.append(k)
        elif there or (k in weighed and pair in open_):
            # Where by the rule there is no tie, what it would weigh is reported all the same.
            of_pairs.setdefault(pair, []).append(k)
            by_rule.update([pair] if there else [])
    return of_pairs, kept, by_rule


def _with(
    network: Network, kept: Sequence[int], new: Mapping[Ends, float], weigh: Mapping[int, float]
) -> Network:
    """The network of some of its edges and more.

    Args:
        network: The network.
        kept: The indices of its edges that are ties.
        new: The pairs that are tied as well, and what these ties weigh.
        weigh: What some of its edges weigh.
    """
    weight = network.weight

    def column(name: str) -> Callable[[], tuple[Any, ...]]:
        def make() -> tuple[Any, ...]:
            given = network.edge_attributes[name]
            return (*(given[k] for k in kept), *(None,) * len(new))

        return make

    return all_are_ties(
        Network(
            network.name,
            network.nodes,
            array("i", [*(network.source[k] for k in kept), *(i for i, _ in new)]),
            array("i", [*(network.target[k] for k in kept), *(j for _, j in new)]),
            directed=network.directed,
            weight=None
            if weight is None
            else array("d", [*(weigh.get(k, weight[k]) for k in kept), *new.values()]),
            mode=network.mode,
            node_attributes=network.node_attributes,
            edge_attributes={
                name: column(name) for name in network.edge_attributes if name not in _SETTLED
            },
            model=network.model,
            notes=network.notes,
            check=False,
        )
    )


_SETTLED = ("state", "disputed")
"""Attributes that say whether a pair is tied, which in a completion its edges do."""


def unobserved_ties(dataset: Dataset) -> list[Tie]:
    """The ties of a Dataset of which nobody knows whether they are there."""
    return [
        tie for tie in dataset.of(Tie) if tie.source != tie.target and state_of(tie) == "unobserved"
    ]


def tie_completions(dataset: Dataset, ties: Sequence[Tie]) -> Iterator[Dataset]:
    """The Datasets in which each of some ties is there or is not.

    Args:
        dataset: The Dataset.
        ties: Its ties that were not observed.
    """
    said = {state: code("presence", state) for state in ("present", "absent")}
    for size in range(len(ties) + 1):
        for there in combinations(ties, size):
            present = {tie.id for tie in there}
            yield dataset.with_records(
                evolve(tie, state=said["present" if tie.id in present else "absent"])
                for tie in ties
            )

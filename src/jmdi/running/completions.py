"""The networks that open pairs allow: completions, in which each of them is tied or is not.

A pair is open if it was not observed, or if reports of it differ and a rule chose. Where weights
count, ties are open: a pair may have one tie for certain, and another of which nobody knows. A
tie that is reported with several weights has one of them in each completion.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any, TypeAlias, cast

import attrs

from jmdi.classes import frozen
from jmdi.graph.dataset import Dataset
from jmdi.graph.halves import halves
from jmdi.graph.network import Network
from jmdi.graph.pairs import (
    State,
    all_are_ties,
    edge_states,
    ordered,
    state_of,
    unobserved_edges,
)
from jmdi.graph.reducing import like
from jmdi.graph.reported import Answers, settled
from jmdi.model.records import evolve
from jmdi.model.relations import Tie
from jmdi.model.values import code
from jmdi.running.unknowns import SCALES

__all__ = [
    "Completion",
    "OpenTie",
    "Unit",
    "Weights",
    "completions",
    "disputed",
    "kept",
    "open_ties",
    "pair_units",
    "possible_pairs",
    "tie_completions",
    "tie_units",
    "unobserved",
    "weights_of",
    "without_weights",
]

KEPT = 10_000
"""Most nodes and edges of a network with which others are kept that its open pairs allow."""

Ends: TypeAlias = tuple[int, int]
"""The indices of the two nodes of a pair."""

Row: TypeAlias = tuple[Ends, ...]
"""A pair, or both directions of one."""


@frozen
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


@frozen
class Unit:
    """What of a network is there in some completions: all of it or nothing.

    Attributes:
        pairs: The pair, or both directions of one.
        edges: The indices of the edges that are ties if it is there.
        new: The pairs that have a new tie if it is there.
        doubtful: Whether reports of it differ; otherwise nobody observed it.
        by_rule: Whether it is there as the rule for reports has it.
    """

    pairs: Row
    edges: tuple[int, ...]
    new: Row
    doubtful: bool
    by_rule: bool


@frozen
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
    """What edges may weigh, where reports or a scale leave it open; found once for a network.

    Where ties weigh their intensity, one of which it is not known has any of its scale.
    """
    return cast("Weights", network._once("weights", lambda: _weights_of(network)))


def _weights_of(network: Network) -> Weights:
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

    def make() -> Network:
        return like(network, weight=array("d", [math.nan]) * network.n_edges)

    return cast("Network", kept(network, "without weights", make))


def kept(network: Network, key: str, make: Callable[[], Any]) -> Any:
    """What was made of a small network, for the metrics that come after this one.

    Args:
        network: The network, with whose nodes and edges those of what is made are kept.
        key: What it is called.
        make: Makes it.
    """
    small = network.n_nodes + network.n_edges <= KEPT
    return network._once(key, make) if small else make()


def possible_pairs(network: Network) -> int:
    """How many pairs could be tied, ordered ones of a directed network."""
    n = network.n_nodes
    if network.mode is None:
        pairs = n * (n - 1) // 2
    else:
        pairs = network.mode.count(0) * (n - network.mode.count(0))
    return pairs * (2 if network.directed else 1)


def pair_units(network: Network, weights: Weights) -> list[Unit]:
    """The open pairs, sorted: each alone, or both directions if they have one answer.

    Args:
        network: The network.
        weights: What edges may weigh.
    """
    joined = set(network.both_ways)
    unknown = set(unobserved(network))
    pairs = sorted(unknown.union(disputed(network)))
    states = edge_states(network)
    weighed = set(chain.from_iterable(weights.known))
    edges: dict[Ends, list[int]] = {pair: [] for pair in pairs}
    for k, ends in enumerate(zip(network.source, network.target, strict=True)) if pairs else ():
        pair = ordered(network, *ends)
        # Where by the rule there is no tie, what it would weigh is reported all the same.
        if pair in edges and (states is None or states[k] == "present" or k in weighed):
            edges[pair].append(k)
    units = []
    for i, j in pairs:
        if (j, i) not in joined:
            row = ((i, j), (j, i)) if (i, j) in joined else ((i, j),)
            own = [k for pair in row for k in edges[pair]]
            new = tuple(pair for pair in row if not edges[pair])
            units.append(_unit(network, row, own, new, doubtful=(i, j) not in unknown))
    return units


def tie_units(network: Network, weights: Weights) -> list[Unit]:
    """The open ties, sorted by their pairs, which may have other ties.

    Args:
        network: The network.
        weights: What edges may weigh.
    """
    nothing = (None,) * network.n_edges
    disputes = network.edge_attributes.get("disputed")
    if not network.unobserved_ties and (disputes is None or True not in disputes):
        return []
    disputes = disputes or nothing
    states = edge_states(network) or nothing
    weighed = set(chain.from_iterable(weights.known))
    twins = halves(network)
    units = []
    for k, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        unseen, twin = states[k] == "unobserved", twins.get(k, k)
        if i == j or twin < k or not (unseen or disputes[k] is True):
            continue
        pair = ordered(network, i, j)
        row = (pair,) if twin == k else (min((i, j), (j, i)), max((i, j), (j, i)))
        own = [] if (unseen or states[k] == "absent") and k not in weighed else {k, twin}
        new = () if own else row
        units.append(_unit(network, row, sorted(own), new, doubtful=not unseen))
    others = Counter(network.unobserved_ties) - unobserved_edges(network)
    joined = set(network.both_ways)
    for i, j in others.elements():
        if (j, i) not in joined:
            row = ((i, j), (j, i)) if (i, j) in joined else ((i, j),)
            units.append(_unit(network, row, [], row, doubtful=False))
    possible = set(_across(network, [unit.pairs[0] for unit in units]))
    return sorted((u for u in units if u.pairs[0] in possible), key=lambda unit: unit.pairs)


def _unit(network: Network, pairs: Row, edges: Sequence[int], new: Row, *, doubtful: bool) -> Unit:
    states = edge_states(network)
    by_rule = any(states is None or states[k] == "present" for k in edges)
    return Unit(pairs, tuple(edges), new, doubtful, by_rule)


def completions(
    network: Network, units: Sequence[Unit], weights: Weights, *, extremes: bool = False
) -> Iterator[Completion]:
    """The completions of a network.

    Args:
        network: The network.
        units: What of it is open.
        weights: What edges may weigh, each in some of them.
        extremes: Whether to make only those with none, and with all, of what is open,
            and of what was not observed where the others are as their rule has them.
    """
    states = edge_states(network)
    open_ = {k for unit in units for k in unit.edges}
    kept = [
        k
        for k in range(network.n_edges)
        if k not in open_ and (states is None or states[k] == "present")
    ]
    every: Iterable[tuple[Unit, ...]] = (
        some for size in range(len(units) + 1) for some in combinations(units, size)
    )
    if extremes:
        rule = tuple(unit for unit in units if unit.by_rule)
        most = tuple(unit for unit in units if unit.by_rule or not unit.doubtful)
        every = dict.fromkeys([(), tuple(units), rule, most])
    for there in every:
        edges = [*kept, *(k for unit in there for k in unit.edges)]
        as_ruled = all((unit in there) == unit.by_rule for unit in units if unit.doubtful)
        doubtful = [same for same in weights.known if not set(edges).isdisjoint(same)]
        alike = [unit.new for unit in there if unit.new]
        for said in product(*(weights.known[same] for same in doubtful)):
            weigh = {k: w for same, w in zip(doubtful, said, strict=True) for k in same}
            ruled = as_ruled and all(weights.by_rule.get(k, w) == w for k, w in weigh.items())
            ends = ((w,) * len(alike) for w in {weights.new[0], weights.new[-1]})
            for given in ends if extremes else product(weights.new, repeat=len(alike)):
                added = [(p, w) for new, w in zip(alike, given, strict=True) for p in new]
                yield Completion(_with(network, edges, added, weigh), ruled)


def _with(
    network: Network,
    kept: Sequence[int],
    new: Sequence[tuple[Ends, float]],
    weigh: Mapping[int, float],
) -> Network:
    """The network of some of its edges and more.

    Args:
        network: The network.
        kept: The indices of its edges that are ties.
        new: The pairs that have one more tie, and what it weighs.
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
            array("i", [*map(network.source.__getitem__, kept), *(i for (i, _), _ in new)]),
            array("i", [*map(network.target.__getitem__, kept), *(j for (_, j), _ in new)]),
            directed=network.directed,
            weight=None
            if weight is None
            else array("d", [*(weigh.get(k, weight[k]) for k in kept), *(w for _, w in new)]),
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


@frozen
class OpenTie:
    """A tie of a Dataset of which it is open whether it is there.

    Attributes:
        records: What says that it is there, or that it was not observed.
        disputed: Whether others say that it is not there; it is by the rule ``max``.
    """

    records: tuple[Tie, ...]
    disputed: bool


def open_ties(dataset: Dataset) -> list[OpenTie]:
    """The ties of a Dataset that were not observed, and those of which reports differ."""
    ties = [tie for tie in dataset.of(Tie) if tie.source != tie.target]
    answers = Answers.of(ties, _ONE_WAY)
    states: Sequence[State] = [state_of(tie) for tie in ties]
    kept, states, said, _ = settled(ties, states, "max", _ONE_WAY, answers)
    pairs = zip(kept, states, strict=True)
    unseen = [OpenTie((tie,), False) for tie, state in pairs if state == "unobserved"]
    return unseen + [OpenTie(tuple(r.present), True) for r in said.values() if r.disputed]


_ONE_WAY = (True,)
"""Which values of `Tie.directed` mean from source to target only."""


def tie_completions(dataset: Dataset, ties: Sequence[OpenTie]) -> Iterator[tuple[Dataset, bool]]:
    """The Datasets in which each of some ties is there or is not.

    Args:
        dataset: The Dataset.
        ties: Its open ties.

    Yields:
        A Dataset, and whether all ties on which reports differ are there, as by the rule.
    """
    said = {there: code("presence", "present" if there else "absent") for there in (True, False)}
    for size in range(len(ties) + 1):
        for some in combinations(range(len(ties)), size):
            there = set(some)
            changed = [
                evolve(tie, state=said[number in there])
                for number, one in enumerate(ties)
                if not (one.disputed and number in there)
                for tie in one.records
            ]
            by_rule = all(number in there for number, one in enumerate(ties) if one.disputed)
            yield dataset.with_records(changed), by_rule

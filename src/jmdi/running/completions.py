"""The networks that open pairs allow: completions, in which each of them is tied or is not.

A pair is open if it was not observed, or if reports of it differ and a rule chose. A tie that is
reported with several weights has one of them in each completion.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Any, TypeAlias

import attrs

from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties, edge_states, state_of
from jmdi.graph.reducing import like
from jmdi.model.records import evolve
from jmdi.model.relations import Tie
from jmdi.model.values import code

__all__ = [
    "Completion",
    "completions",
    "disputed",
    "possible_pairs",
    "reported_weights",
    "tie_completions",
    "unobserved",
    "unobserved_ties",
    "without_weights",
]

Ends: TypeAlias = tuple[int, int]
"""The indices of the two nodes of a pair."""

Weights: TypeAlias = Mapping[int, Sequence[float]]
"""What edges may weigh, by their indices: first what a rule says, then what else is reported."""


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


def reported_weights(network: Network) -> Weights:
    """What is reported of the weights of edges, where it leaves open what they weigh."""
    found: dict[int, Sequence[float]] = {}
    reports: Sequence[Any] = network.edge_attributes.get("reports", ())
    if network.weight is None or not any(reports):
        return found
    states = edge_states(network)
    for edge, pairs in enumerate(reports):
        said = sorted({weight for _, weight in pairs or () if weight})
        by_rule = network.weight[edge]
        if states is not None and states[edge] != "present":
            found[edge] = said or (math.nan,)
        elif said and min(0.0, said[0]) <= by_rule <= max(0.0, said[-1]) and said != [by_rule]:
            # Where weights were added up, no report says what they are together.
            found[edge] = (by_rule, *(weight for weight in said if weight != by_rule))
    return found


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
    states = edge_states(network)
    weights = weights or {}
    among, unknown = set(disputed(network)), unobserved(network)
    open_ = among.union(unknown)
    reported: dict[Ends, list[int]] = {}
    kept: list[int] = []
    by_rule: set[Ends] = set()
    unruled: set[int] = set()
    for k in range(network.n_edges):
        i, j = network.source[k], network.target[k]
        pair = (i, j) if network.directed or i < j else (j, i)
        if states is None or states[k] == "present":
            if pair in among:
                by_rule.add(pair)
                reported.setdefault(pair, []).append(k)
            else:
                kept.append(k)
        elif k in weights and pair in open_:
            # By the rule there is no tie, but what it would weigh is reported.
            unruled.add(k)
            reported.setdefault(pair, []).append(k)
    rule = tuple(sorted(by_rule))
    every: Iterable[tuple[Ends, ...]] = chain.from_iterable(
        combinations(sorted(open_), size) for size in range(len(open_) + 1)
    )
    if extremes:
        every = dict.fromkeys([(), tuple(sorted(open_)), rule, tuple(sorted({*rule, *unknown}))])
    for tied in every:
        edges = [*kept, *(k for pair in tied for k in reported.get(pair, ()))]
        new = [pair for pair in tied if pair not in reported]
        as_ruled = among.intersection(tied) == by_rule
        doubtful = [k for k in edges if k in weights]
        for said in product(*(weights[k] for k in doubtful)):
            weigh = dict(zip(doubtful, said, strict=True))
            ruled = as_ruled and all(weigh[k] == weights[k][0] for k in weigh if k not in unruled)
            yield Completion(_with(network, edges, new, weigh), ruled)


def _with(
    network: Network, kept: Sequence[int], new: Sequence[Ends], weigh: Mapping[int, float]
) -> Network:
    """The network of some of its edges and more; what these weigh is not known, if any does.

    Args:
        network: The network.
        kept: The indices of its edges that are ties.
        new: The pairs that are tied as well.
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
            else array("d", [*(weigh.get(k, weight[k]) for k in kept), *(math.nan,) * len(new)]),
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

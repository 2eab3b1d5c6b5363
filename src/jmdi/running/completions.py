"""What a metric of a network would be, whatever the pairs that were not observed are.

A completion of a network is one in which each pair that was not observed is tied or is not.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any, TypeAlias

import attrs

from jmdi.errors import JmdiError
from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties, edge_states
from jmdi.metrics.result import Result
from jmdi.plugins.specs import Metric

__all__ = ["MOST", "WORK", "bounded"]

MOST = 1024
"""Most completions that are tried: those of ten pairs, in about a second in a small network."""

WORK = 200_000
"""Most nodes and edges of all completions together, so that large networks have fewer tried."""

SAME = 1e-9
"""Two numbers differ by rounding alone if they differ by less, as a share of the larger one."""

ZERO = 1e-12
"""A number is 0 but for rounding if it is nearer to it."""

Ends: TypeAlias = tuple[int, int]
"""The indices of the two nodes of a pair."""


def bounded(
    spec: Metric,
    network: Network,
    bound: Mapping[str, object],
    found: Result,
    measure: Callable[[Network], Result],
    most: int = MOST,
) -> Result:
    """What a metric found, with what the pairs that were not observed leave open.

    A number on which completions differ is replaced by its bounds, if its metric does not say
    more (`Metric.bounds`). Where all pairs were observed, nothing changes.

    Args:
        spec: The metric.
        network: The network that it was computed on.
        bound: Its parameters.
        found: What it found there; ties that were not observed counted as it sees fit.
        measure: Computes it on another network.
        most: Most completions that are tried; with 0 nothing is said of them.
    """
    pairs = _unobserved(network)
    if not (pairs and most) or found.not_applicable or spec.bounds == "own":
        return found
    if spec.bounds == "closed":
        return _covered(_without_guesses(found), [found], network, len(pairs))
    if found.lower is not None or found.bounds:
        return _covered(found, [found], network, len(pairs))
    why = _why_not(spec, network, pairs, bound, most)
    tried: list[Result] = []
    if not why:
        for completion in _completions(network, pairs, extremes=spec.bounds == "extremes"):
            try:
                tried.append(measure(completion))
            except (JmdiError, TypeError, ValueError) as error:
                # Of a tie that nobody observed no attribute is known, which a metric may need.
                why = f"it cannot be computed if one is tied: {error}"
                break
            if tried[-1].undefined == "missing_input" and found.undefined != "missing_input":
                why = tried[-1].why
                break
    found = attrs.evolve(found, no_bounds=why) if why else _merged(found, tried)
    return _covered(found, [found] if why else tried, network, len(pairs))


def _unobserved(network: Network) -> Sequence[Ends]:
    """The pairs that could be tied and were not observed: in two modes, of one node of each."""
    mode = network.mode
    if mode is None:
        return network.unobserved
    return [(i, j) for i, j in network.unobserved if mode[i] != mode[j]]


def _possible(network: Network) -> int:
    """How many pairs could be tied, ordered ones of a directed network."""
    n = network.n_nodes
    if network.mode is None:
        pairs = n * (n - 1) // 2
    else:
        pairs = network.mode.count(0) * (n - network.mode.count(0))
    return pairs * (2 if network.directed else 1)


def _covered(found: Result, tried: Sequence[Result], network: Network, unknown: int) -> Result:
    """The Result with the share of pairs that were observed, unless its own coverage is less.

    Args:
        found: The Result.
        tried: The Results that its coverage could be that of.
        network: The network.
        unknown: How many of its pairs were not observed.
    """
    notes = {**found.notes, "pairs_unobserved": unknown}
    possible = _possible(network)
    own = max((1.0 if one.coverage is None else one.coverage for one in tried), default=1.0)
    if own <= 1 - unknown / possible:
        return attrs.evolve(found, notes=notes)
    return attrs.evolve(
        found, notes=notes, n_used=possible - unknown, n_eligible=possible, of="pairs"
    )


def _why_not(
    spec: Metric, network: Network, pairs: Sequence[Ends], bound: Mapping[str, object], most: int
) -> str:
    """Why completions are not tried; empty if they are."""
    if spec.bounds not in ("enumerated", "extremes"):
        return spec.bounds
    if "seed" in bound and bound.get("draws", 1) != 0:
        return "it draws random numbers, and would have to for each completion of the network"
    others = [name for name, value in bound.items() if _has_unobserved(value)]
    if others:
        return f"the network {others[0]} has pairs that were not observed, too"
    if spec.bounds == "extremes":
        return ""
    most = min(most, WORK // max(network.n_nodes + network.n_edges, 1))
    # Of very many pairs the power itself would take long.
    if 2 ** min(len(pairs), most.bit_length()) > most:
        return (
            f"{len(pairs)} pairs that were not observed allow 2^{len(pairs)} networks, and at most "
            f"{most} of this size are tried"
        )
    return ""


def _has_unobserved(value: object) -> bool:
    inner = value.values() if isinstance(value, Mapping) else [value]
    return any(isinstance(item, Network) and bool(_unobserved(item)) for item in inner)


def _completions(network: Network, pairs: Sequence[Ends], *, extremes: bool) -> Iterator[Network]:
    """The completions of a network; or the two in which none, and all, of the pairs are tied."""
    states = edge_states(network)
    kept = [k for k in range(network.n_edges) if states is None or states[k] == "present"]
    sizes = (0, len(pairs)) if extremes else range(len(pairs) + 1)
    for tied in chain.from_iterable(combinations(pairs, size) for size in sizes):
        yield _completion(network, kept, tied)


def _completion(network: Network, kept: Sequence[int], tied: Sequence[Ends]) -> Network:
    """The network of some of its edges and more; what these weigh is not known, if any does.

    Args:
        network: The network.
        kept: The indices of its edges that are ties.
        tied: The pairs that are tied as well.
    """
    weight = network.weight

    def column(name: str) -> Callable[[], tuple[Any, ...]]:
        def make() -> tuple[Any, ...]:
            given = network.edge_attributes[name]
            return (*(given[k] for k in kept), *(None,) * len(tied))

        return make

    return all_are_ties(
        Network(
            network.name,
            network.nodes,
            array("i", [*(network.source[k] for k in kept), *(i for i, _ in tied)]),
            array("i", [*(network.target[k] for k in kept), *(j for _, j in tied)]),
            directed=network.directed,
            weight=None
            if weight is None
            else array("d", [*(weight[k] for k in kept), *(math.nan,) * len(tied)]),
            mode=network.mode,
            node_attributes=network.node_attributes,
            edge_attributes={name: column(name) for name in network.edge_attributes},
            model=network.model,
            notes=network.notes,
            check=False,
        )
    )


def _merged(found: Result, tried: Sequence[Result]) -> Result:
    """The Result with what all the completions agree on, and bounds of the rest."""
    defined = [result for result in tried if result.defined]
    lost = [result.undefined for result in tried if result.undefined is not None]
    if not defined:
        return found
    value, ends = _spread([result.value for result in defined])
    if lost:
        value = None
    values, bounds = found.values, None
    if any(result.values is not None for result in defined):
        # An element that some completions lack has no value there, and bounds of the others.
        values, bounds = _spread([result.values or {} for result in defined])
    listed = [result.contributing for result in tried]
    every = tuple(id for id in listed[0] if all(id in some for some in listed))
    notes = {
        key: note
        for key, note in found.notes.items()
        if all(result.notes.get(key) == tried[0].notes.get(key) for result in tried)
    }
    if some := sorted(set(chain.from_iterable(listed)).difference(every)):
        notes["contributing_in_some"] = some
    if gone := sorted({key for result in defined for key in _undefined_entries(result, bounds)}):
        notes["undefined_in_some"] = gone
    return attrs.evolve(
        found,
        value=value,
        values=values,
        lower=None if ends is None else ends[0],
        upper=None if ends is None else ends[1],
        bounds=bounds or {},
        undefined=None,
        why="",
        or_undefined=lost[0] if lost else None,
        contributing=every,
        notes={**notes, "completions": len(tried)},
    )


def _spread(items: Sequence[Any]) -> tuple[Any, Any]:
    """What numbers, or mappings of them, agree on, and their bounds.

    A count that a mapping lacks is 0, such as that of a distance that no pair has.

    Returns:
        The number if it is the same everywhere, else ``None``, and lowest and highest; of
        mappings the mappings of both. What is no number has no bounds.
    """
    mappings = [item for item in items if isinstance(item, Mapping)]
    if mappings and all(item is None or isinstance(item, Mapping) for item in items):
        parts = {}
        for key in dict.fromkeys(key for item in mappings for key in item):
            given = [item[key] for item in mappings if key in item]
            rest = 0 if all(type(value) is int for value in given) else None
            parts[key] = _spread([None if item is None else item.get(key, rest) for item in items])
        bounds = {key: ends for key, (_, ends) in parts.items() if ends is not None}
        return {key: value for key, (value, _) in parts.items()}, bounds or None
    numbers = [item for item in items if _is_number(item)]
    if not numbers:
        return (items[0] if all(item == items[0] for item in items) else None), None
    low, high = min(numbers), max(numbers)
    if math.isclose(low, high, rel_tol=SAME, abs_tol=ZERO):
        low = high = numbers[0]
    agreed = low == high and len(numbers) == len(items)
    return (low if agreed else None), (low, high)


def _undefined_entries(result: Result, bounds: Any) -> Iterator[str]:
    """Keys of ``values`` that have a number in other completions, but not in this one."""
    for key in bounds or ():
        if (result.values or {}).get(key) is None:
            yield key


def _is_number(item: object) -> bool:
    return isinstance(item, (int, float)) and not isinstance(item, bool)


def _without_guesses(found: Result) -> Result:
    """A Result whose metric gives the bounds, without the numbers that these leave open."""
    open_ = found.lower is not None and found.lower != found.upper
    return attrs.evolve(
        found,
        value=None if open_ else found.value,
        values=None if found.values is None else _settled(found.values, found.bounds),
    )


def _settled(values: Mapping[str, Any], bounds: Mapping[str, Any]) -> dict[str, Any]:
    """The values with ``None`` for each number that its bounds leave open."""
    settled: dict[str, Any] = {}
    for key, value in values.items():
        ends = bounds.get(key)
        if isinstance(value, Mapping) and isinstance(ends, Mapping):
            settled[key] = _settled(value, ends)
        else:
            settled[key] = value if ends is None or ends[0] == ends[1] else None
    return settled

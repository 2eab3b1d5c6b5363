"""What open pairs of a network leave open of a metric: bounds, or why they are not known."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from attrs import evolve

from jmdi.errors import Cancelled, JmdiError
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.kinds import Actor
from jmdi.plugins.specs import Metric
from jmdi.running.completions import (
    Completion,
    Unit,
    Weights,
    completions,
    disputed,
    kept,
    open_ties,
    pair_units,
    possible_pairs,
    tie_completions,
    tie_units,
    unobserved,
    weights_of,
    without_weights,
)

__all__ = ["MOST", "WORK", "bounded", "bounded_by_ties", "bounded_elsewhere"]

Target = TypeVar("Target")

MOST = 1024
"""Most completions that are tried: those of ten pairs, in less than a second."""

WORK = 200_000
"""Most nodes and edges of all completions together, so that large networks have fewer tried."""

FEW = 3
"""Most open pairs of which the completions are kept for other metrics of their network."""

SAME = 1e-9
"""Two numbers differ by rounding alone if they differ by less, as a share of the larger one."""

ZERO = 1e-12
"""A number is 0 but for rounding if it is nearer to it."""


def bounded(
    spec: Metric,
    network: Network,
    bound: Mapping[str, object],
    found: Result,
    measure: Callable[[Network], Result],
    most: int = MOST,
) -> Result:
    """What a metric found, with what the open pairs of its network allow.

    A number on which completions differ is replaced by its bounds, if its metric does not say
    more (`Metric.bounds`); where reports differ, the number by their rule stays beside them.
    Where no pair is open, nothing changes.

    Args:
        spec: The metric.
        network: The network that it was computed on.
        bound: Its parameters.
        found: What it found there; pairs that were not observed counted as it sees fit.
        measure: Computes it on another network.
        most: Most completions that are tried; with 0 nothing is said of them.
    """
    way = spec.words(spec.bounds, bound)
    if not most or found.not_applicable or way == "own":
        return found
    if why := _open_parameter(bound):
        return _unbounded(found, why)
    unknown, doubtful = unobserved(network), disputed(network)
    weights = weights_of(network)
    units = network._once("pair units", lambda: pair_units(network, weights))
    ties = network._once("tie units", lambda: tie_units(network, weights))
    more = [tie.pairs for tie in ties] != [unit.pairs for unit in units]
    if (weights or more) and not _weighs(found, network, measure):
        weights, more = Weights(), False
        units = network._once("pair units alone", lambda: pair_units(network, Weights()))
    if not (unknown or doubtful or weights.known or more):
        return found
    given = found.lower is not None or bool(found.bounds)
    if way == "closed":
        found = _without_guesses(found)
    cover = functools.partial(
        _covered, unknown=len(unknown), possible=possible_pairs(network), doubtful=len(doubtful)
    )
    if way == "given" or (not (doubtful or weights.known or more) and (given or way == "closed")):
        return cover(found, [found])
    if more:
        units = ties
        beside = {pair for tie in ties for pair in tie.pairs}.difference(unknown, doubtful)
        notes = {"pairs_with_open_ties": len(beside)} if beside else {}
        found = evolve(found, notes={**found.notes, **notes})
    if way == "extremes" and _may_fall(network, units, weights):
        way = "enumerated"
    size = network.n_nodes + network.n_edges
    reported = sum(same[0] in weights.by_rule for same in weights.known)
    if reported:
        found = evolve(found, notes={**found.notes, "weights_disputed": reported})
    why = _why_not(way, bound, size, len(units), most, weights)
    every: Iterable[Completion] = completions(network, units, weights, extremes=way == "extremes")
    # Where ties beside others are open, a metric often fails on the first that is tried.
    if not (why or more or weights) and (way == "extremes" or len(units) <= FEW):
        every = kept(network, f"completions {way}", functools.partial(list, every))
    tried = why or _tried(found, ((each.network, each.by_rule) for each in every), measure)
    if isinstance(tried, str):
        # Bounds that the metric gives know nothing of reports that differ.
        found = _unbounded(found, tried)
        return cover(found, [found])
    merged = _merged(found, tried, keep=given)
    if way == "groups":
        merged = _of_groups(merged, tried)
    return cover(merged, [result for result, _ in tried])


def bounded_elsewhere(
    spec: Metric,
    bound: Mapping[str, object],
    found: Result,
    measure: Callable[[Target], Result],
    *,
    size: int,
    unknown: int,
    possible: int,
    extremes: Callable[[], Iterable[Target]],
) -> Result | None:
    """As `bounded`, of a network that is not in memory: some pairs of it were not observed.

    Args:
        spec: The metric.
        bound: Its parameters.
        found: What it found; pairs that were not observed counted as it sees fit.
        measure: Computes it on another network.
        size: How many nodes and edges the network has.
        unknown: How many pairs were not observed.
        possible: How many pairs could be tied.
        extremes: Makes the networks in which none of those is tied, and all are.

    Returns:
        The Result; ``None`` where all networks are tried that the open pairs allow, in memory.
    """
    way = spec.words(spec.bounds, bound)
    if found.not_applicable or way == "own":
        return found
    if why := _open_parameter(bound):
        return _unbounded(found, why)
    if not unknown:
        return found
    cover = functools.partial(_covered, unknown=unknown, possible=possible)
    given = found.lower is not None or bool(found.bounds)
    if way == "closed":
        found = _without_guesses(found)
    if given or way in ("given", "closed"):
        return cover(found, [found])
    why = _why_not(way, bound, size, unknown, MOST)
    if not why and way != "extremes":
        return None
    tried = why or _tried(found, ((network, True) for network in extremes()), measure)
    if isinstance(tried, str):
        return cover(found := _unbounded(found, tried), [found])
    return cover(_merged(found, tried, keep=False), [result for result, _ in tried])


def bounded_by_ties(
    spec: Metric,
    dataset: Dataset,
    bound: Mapping[str, object],
    found: Result,
    measure: Callable[[Dataset], Result],
    most: int = MOST,
) -> Result:
    """What a metric of a Dataset found, with what its open ties allow.

    These are ties that were not observed, and those of which reports differ.

    Args:
        spec: The metric; only one whose ``bounds`` are ``ties`` reads them.
        dataset: The Dataset that it was computed on.
        bound: Its parameters.
        found: What it found there; ties that were not observed counted as absent, and those of
            which reports differ as there.
        measure: Computes it on another Dataset.
        most: Most Datasets that are tried; with 0 nothing is said of them.
    """
    ties = open_ties(dataset) if spec.bounds == "ties" and most else []
    if not ties or found.not_applicable:
        return found
    if found.seed is None:  # it has drawn nothing, as a cascade whose thresholds are given
        bound = {name: value for name, value in bound.items() if name != "seed"}
    why = _why_not("ties", bound, len(dataset), len(ties), most)
    tried = why or _tried(found, tie_completions(dataset, ties), measure)
    if isinstance(tried, str):
        found = _unbounded(found, tried)
    else:
        found = _merged(found, tried, keep=False)
    unseen = [one.records[0] for one in ties if not one.disputed]
    counts = {"ties_unobserved": len(unseen), "ties_disputed": len(ties) - len(unseen)}
    notes = {**found.notes, **{name: count for name, count in counts.items() if count}}
    possible = math.comb(len(dataset.of(Actor)), 2)
    seen = possible - len({frozenset((tie.source, tie.target)) for tie in unseen})
    if not unseen or seen < 0 or (found.coverage is not None and found.coverage <= seen / possible):
        return evolve(found, notes=notes)
    notes["pairs_unobserved"] = possible - seen
    return evolve(found, notes=notes, n_used=seen, n_eligible=possible, of="pairs")


def _weighs(found: Result, network: Network, measure: Callable[[Network], Result]) -> bool:
    """Whether a Result depends on what ties weigh: it changes if nobody knows that."""
    try:
        other = measure(without_weights(network))
    except Cancelled:
        raise
    except (JmdiError, TypeError, ValueError):
        return True
    names = ("value", "values", "lower", "upper", "bounds", "undefined", "why")
    return any(getattr(found, name) != getattr(other, name) for name in names)


def _tried(
    found: Result, every: Iterable[tuple[Target, bool]], measure: Callable[[Target], Result]
) -> list[tuple[Result, bool]] | str:
    """The Results of completions, each with whether its reports are by rule; or why there are none.

    Args:
        found: The Result without completions.
        every: The completions.
        measure: Computes the metric on one.
    """
    tried = []
    for completion, by_rule in every:
        try:
            result = measure(completion)
        except Cancelled:
            raise
        except (JmdiError, TypeError, ValueError) as error:
            # Of a tie that nobody observed no attribute is known, which a metric may need.
            return f"in some of the networks that are possible it cannot be computed: {error}"
        if result.undefined == "missing_input" and found.undefined != "missing_input":
            return result.why
        tried.append((result, by_rule))
    return tried


def _covered(
    found: Result, tried: Sequence[Result], *, unknown: int, possible: int, doubtful: int = 0
) -> Result:
    """The Result with the share of pairs that were observed, unless its own coverage is less.

    Args:
        found: The Result.
        tried: The Results that its coverage could be that of.
        unknown: How many pairs of the network were not observed.
        possible: How many pairs could be tied.
        doubtful: Of how many of them reports differ.
    """
    if doubtful:
        found = evolve(found, notes={**found.notes, "pairs_disputed": doubtful})
    if not unknown:
        return found
    notes = {**found.notes, "pairs_unobserved": unknown}
    own = max((1.0 if one.coverage is None else one.coverage for one in tried), default=1.0)
    if own <= 1 - unknown / possible:
        return evolve(found, notes=notes)
    return evolve(found, notes=notes, n_used=possible - unknown, n_eligible=possible, of="pairs")


def _may_fall(network: Network, units: Sequence[Unit], weights: Weights) -> bool:
    """Whether a tie that may be there has a weight below 0, so that sums fall with it."""
    given = network.weight if network.weight is not None and network.n_edges else ()
    edges = {k for unit in units for k in unit.edges}
    own = (given[k] for k in edges if given)
    return any(weight < 0 for weight in chain(own, *weights.known.values()))


def _why_not(
    way: str,
    bound: Mapping[str, object],
    size: int,
    pairs: int,
    most: int,
    weights: Weights | None = None,
) -> str:
    """Why completions are not tried; empty if they are.

    Args:
        way: How its metric is bounded; see `Metric.bounds`.
        bound: Its parameters.
        size: How many nodes and edges, or records, a completion has.
        pairs: How many pairs, or ties, are open.
        most: Most completions that are tried.
        weights: What edges may weigh.
    """
    if " " in way:
        return way
    draws = bound.get("draws", 1) if "seed" in bound else 0
    if draws and way == "ties":
        return "it draws random numbers, and would have to for each completion of the network"
    draws = draws if isinstance(draws, int) and draws > 1 else 1
    several = [len(said) for said in weights.known.values() if len(said) > 1] if weights else []
    each = 1 + len(weights.new) if weights else 2
    if way == "extremes":
        pairs = min(pairs, each)  # of however many pairs four completions are tried
        each = 2
    if several or draws > 1 or way != "extremes":
        most = min(most, WORK // max(size * draws, 1))
    else:
        most = MOST
    # Of very many pairs the power itself would take long.
    if each ** min(pairs, most.bit_length()) > most:
        of = f", of {draws:,} draws each" if draws > 1 else ""
        return f"{pairs} open pairs allow {each}^{pairs} networks, and at most {most} are tried{of}"
    if several and each**pairs * math.prod(several) > most:
        return f"{len(several)} ties of several weights allow more networks than {most}"
    return ""


def _open_parameter(bound: Mapping[str, object]) -> str:
    """Why bounds are not known if a network among the parameters has open pairs; else empty."""
    for name, value in bound.items():
        for net in value.values() if isinstance(value, Mapping) else [value]:
            if isinstance(net, Network) and (net.unobserved or net.disputed):
                return f"the network {name} has pairs that were not observed, or are disputed"
    return ""


def _merged(found: Result, results: Sequence[tuple[Result, bool]], *, keep: bool) -> Result:
    """The Result with what completions agree on, and bounds of the rest.

    Args:
        found: The Result.
        results: Those of all completions, each with whether disputed pairs are as their rule says.
        keep: Whether its numbers stay, because they are estimates from the observed pairs.
    """
    tried = [result for result, _ in results]
    ruled = [result for result, by_rule in results if by_rule]
    defined = [result for result in tried if result.defined]
    lost = [result.undefined for result in tried if result.undefined is not None]
    if not defined:
        return found
    # A completion may have bounds of its own, from dates that are not known.
    lows = [result.value if result.lower is None else result.lower for result in defined]
    highs = [result.value if result.upper is None else result.upper for result in defined]
    _, ends = _spread([*lows, *highs])
    value, _ = _spread([result.value for result in ruled])
    values, bounds = found.values, None
    if any(result.values is not None for result in defined):
        # An element that some completions lack has no value there, and bounds of the others.
        _, bounds = _spread([result.values or {} for result in defined])
        if not keep or values is None:
            values, _ = _spread([result.values or {} for result in ruled])
    listed = [result.contributing for result in ruled]
    every = tuple(id for id in listed[0] if all(id in some for some in listed))
    notes = {
        key: note
        for key, note in found.notes.items()
        if all(result.notes.get(key) == tried[0].notes.get(key) for result in tried)
    }
    some = {id for result in tried for id in result.contributing}.difference(every)
    if some:
        notes["contributing_in_some"] = sorted(some)
    if gone := sorted({key for result in defined for key in _undefined_entries(result, bounds)}):
        notes["undefined_in_some"] = gone
    whole = all(result.defined for result in ruled)
    return evolve(
        found,
        value=found.value if keep else value if whole else None,
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


def _of_groups(merged: Result, results: Sequence[tuple[Result, bool]]) -> Result:
    """The Result without bounds of numbers of groups, which say no more than who is together.

    Args:
        merged: What completions agree on.
        results: Those of all completions, each with whether disputed pairs are as their rule says.
    """
    ruled = [result.values or {} for result, by_rule in results if by_rule and result.defined]
    same = bool(ruled) and all(values == ruled[0] for values in ruled)
    every = [result.values or {} for result, _ in results if result.defined]
    together: dict[tuple[Any, ...], list[str]] = {}
    for element in merged.values or {}:
        together.setdefault(tuple(values.get(element) for values in every), []).append(element)
    notes = {**merged.notes, "together_in_all": [some for some in together.values() if some[1:]]}
    return evolve(
        merged,
        values=ruled[0] if same else dict.fromkeys(merged.values or {}),
        bounds={},
        notes=merged.notes if all(values == every[0] for values in every) else notes,
    )


def _spread(items: Sequence[Any]) -> tuple[Any, Any]:
    """What numbers, or mappings of them, agree on, and their bounds.

    A count that a mapping lacks is 0, such as that of a distance that no pair has.

    Returns:
        The number if it is the same everywhere, else ``None``, and lowest and highest; of
        mappings the mappings of both. What is no number has no bounds.
    """
    kinds = {*map(type, items)}
    if kinds <= _NUMBERS:
        numbers = items
        if len(kinds) == 1 and numbers.count(numbers[0]) == len(numbers):
            return numbers[0], (numbers[0], numbers[0])
    elif all(item is None or isinstance(item, Mapping) for item in items):
        return _spread_mappings(items)
    else:
        numbers = [item for item in items if _is_number(item)]
    if not numbers:
        return (items[0] if all(item == items[0] for item in items) else None), None
    low, high = min(numbers), max(numbers)
    if math.isclose(low, high, rel_tol=SAME, abs_tol=ZERO):
        low = high = numbers[0]
    agreed = low == high and len(numbers) == len(items)
    return (low if agreed else None), (low, high)


def _spread_mappings(items: Sequence[Mapping[Any, Any] | None]) -> tuple[Any, Any]:
    """What `_spread` gives of mappings, of which some may be missing."""
    mappings = [dict(item) for item in items if item is not None]
    if not mappings:
        return None, None
    # Keys in the order of the mapping with most of them, such as distances up to the largest.
    longest = sorted(mappings, key=len, reverse=True)
    keys = longest[0].keys()
    if len(mappings) == len(items) and all(item.keys() == keys for item in mappings):
        parts = {key: _spread([item[key] for item in mappings]) for key in keys}
    else:
        parts = {}
        for key in dict.fromkeys(chain.from_iterable(longest)):
            given = [item[key] for item in mappings if key in item]
            rest = 0 if all(type(value) is int for value in given) else None
            parts[key] = _spread([None if item is None else item.get(key, rest) for item in items])
    bounds = {key: ends for key, (_, ends) in parts.items() if ends is not None}
    return {key: value for key, (value, _) in parts.items()}, bounds or None


_NUMBERS = frozenset({int, float})


def _undefined_entries(result: Result, bounds: Any) -> Iterator[str]:
    """Keys of ``values`` that have a number in other completions, but not in this one."""
    for key in bounds or ():
        if (result.values or {}).get(key) is None:
            yield key


def _is_number(item: object) -> bool:
    return isinstance(item, (int, float)) and not isinstance(item, bool)


def _unbounded(found: Result, why: str) -> Result:
    """A Result whose bounds are not known; one that is nothing but an interval is undefined."""
    if found.interval:
        found = evolve(found, undefined="missing_input", why=why)
    return evolve(found, no_bounds=why, lower=None, upper=None, bounds={})


def _without_guesses(found: Result) -> Result:
    """A Result whose metric gives the bounds, without the numbers that these leave open."""
    open_ = found.lower is not None and found.lower != found.upper
    return evolve(
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

"""What changes between two days: stability, formation, dissolution, turnover, survival."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi_network.arrays import Graph, Ints, graph_of

__all__ = ["dissolution", "entries_exits", "formation", "stability", "survival", "turnover"]


@attrs.frozen(slots=True)
class _Waves:
    """Ties of two networks of the same actors: in both, in the first only, in the second only."""

    kept: int
    lost: int
    new: int
    none: int
    about: dict[str, Any]


def _later(
    network: Network, other: Any, days: Any, projection: str | None, options: Any
) -> tuple[Any, Any]:
    """The two networks: given, or of two days of the network's dataset.

    Raises:
        UndefinedResult: If neither was given.
        BadParameter: If what was given is no later network, or not two days.
    """
    if other is None and days is None:
        raise UndefinedResult(
            "not_enough_periods",
            "one network was given: name the later one as other=, or two days as days=",
        )
    if other is not None and days is None:
        if not isinstance(other, Network):
            raise BadParameter(f"other is the later Network, not {other!r:.40}")
        if other.directed != network.directed:
            raise BadParameter("one network is directed and the other is not")
        return network, other
    if other is None and days is not None and len(tuple(days)) == 2:
        if network.dataset is None:
            raise BadParameter("two days need a network that was projected from a dataset")
        name = projection or network.name
        if options is not None and not isinstance(options, Mapping):
            raise BadParameter(f"options is a mapping of the projection's options, not {options!r}")
        more = dict(options or {})
        first, second = (network.dataset.project(name, **{**more, "as_of": day}) for day in days)
        return first, second
    raise BadParameter("give either the later network as other=, or two days as days=")


def _waves(
    network: Network, other: Any, days: Any, projection: str | None, options: Any, actors: str
) -> _Waves | Result:
    first, second = _later(network, other, days, projection, options)
    everyone = actors == "all"
    names = [id for id in first.nodes if everyone or id in second.index]
    if everyone:
        names += [id for id in second.nodes if id not in first.index]
    place = {id: i for i, id in enumerate(names)}
    n = len(names)
    about: dict[str, Any] = {
        "n_used": n,
        "n_eligible": len(set(first.nodes) | set(second.nodes)),
        "of": "actors",
        "notes": {
            "entries": len(set(second.nodes) - set(first.nodes)),
            "exits": len(set(first.nodes) - set(second.nodes)),
        },
    }
    if days is not None:
        about["window"] = tuple(str(day) for day in days)
    if n < 2:
        return undefined("too_few_actors", "fewer than two actors are in both", **about)
    a, b, lacking = _keys(first, place), _keys(second, place), _unobserved(first, second, place)
    a, b = np.setdiff1d(a, lacking), np.setdiff1d(b, lacking)
    kept = len(np.intersect1d(a, b))
    lost, new = len(a) - kept, len(b) - kept
    possible = _pairs(first, second, names) - len(lacking)
    if len(lacking):
        about["notes"] |= {"pairs_unobserved": len(lacking)}
    return _Waves(kept, lost, new, possible - kept - lost - new, about)


def _keys(network: Network, place: dict[str, int]) -> Ints:
    """The ties among the chosen actors as numbers."""
    graph = graph_of(network)
    at = np.array([place.get(id, -1) for id in graph.nodes], np.int64)
    return _numbered(graph, at[graph.source], at[graph.target], len(place))


def _numbered(graph: Graph, i: Ints, j: Ints, n: int) -> Ints:
    """Pairs of places as numbers; those with an actor that was not chosen, -1, are left out."""
    inside = (i >= 0) & (j >= 0)
    i, j = i[inside], j[inside]
    if not graph.directed:
        i, j = np.minimum(i, j), np.maximum(i, j)
    return np.unique(i * n + j)


def _unobserved(first: Network, second: Network, place: dict[str, int]) -> Ints:
    """The pairs of chosen actors that were not observed in one network or the other."""
    found = []
    for graph in map(graph_of, (first, second)):
        at = np.array([place.get(id, -1) for id in graph.nodes], np.int64)
        i, j = graph.unobserved // max(graph.n, 1), graph.unobserved % max(graph.n, 1)
        found.append(_numbered(graph, at[i], at[j], len(place)))
    return np.union1d(*found)


def _pairs(first: Network, second: Network, names: list[str]) -> int:
    """How many pairs of these actors could be tied; of two modes, one of each."""
    n = len(names)
    pairs = n * (n - 1) // 2
    if first.mode is not None and second.mode is not None:
        mode = dict(zip(second.nodes, second.mode, strict=True))
        mode |= dict(zip(first.nodes, first.mode, strict=True))
        rows = sum(mode[id] == 0 for id in names)
        pairs = rows * (n - rows)
    return 2 * pairs if first.directed else pairs


def _share(
    part: str,
    network: Network,
    other: Any,
    days: Any,
    projection: str | None,
    options: Any,
    actors: str,
) -> Result:
    found = _waves(network, other, days, projection, options, actors)
    if isinstance(found, Result):
        return found
    kept, lost, new, none = found.kept, found.lost, found.new, found.none
    top, bottom = {
        "stability": (kept, kept + lost + new),
        "formation": (new, new + none),
        "dissolution": (lost, lost + kept),
        "turnover": (lost + new, kept + lost + new),
    }[part]
    counts = {"kept": kept, "dissolved": lost, "formed": new, "never": none}
    more = {**found.about, "notes": {**found.about["notes"], **counts}}
    if not bottom:
        return undefined("zero_denominator", "there is no tie or pair to compare", **more)
    return Result(value=top / bottom, **more)


def stability(
    network: Network,
    *,
    other: Any = None,
    days: Any = None,
    projection: str | None = None,
    options: Any = None,
    actors: str = "both",
) -> Result:
    """Jaccard index: ties in both networks over ties in either."""
    return _share("stability", network, other, days, projection, options, actors)


def formation(
    network: Network,
    *,
    other: Any = None,
    days: Any = None,
    projection: str | None = None,
    options: Any = None,
    actors: str = "both",
) -> Result:
    """Share of the untied pairs that became tied."""
    return _share("formation", network, other, days, projection, options, actors)


def dissolution(
    network: Network,
    *,
    other: Any = None,
    days: Any = None,
    projection: str | None = None,
    options: Any = None,
    actors: str = "both",
) -> Result:
    """Share of the ties that went."""
    return _share("dissolution", network, other, days, projection, options, actors)


def turnover(
    network: Network,
    *,
    other: Any = None,
    days: Any = None,
    projection: str | None = None,
    options: Any = None,
    actors: str = "both",
) -> Result:
    """Ties that came or went over ties in either network."""
    return _share("turnover", network, other, days, projection, options, actors)


def entries_exits(
    network: Network,
    *,
    other: Any = None,
    days: Any = None,
    projection: str | None = None,
    options: Any = None,
    ties: bool = True,
) -> Result:
    """Actors that came and went; with ``ties``, an actor without a tie is not there."""
    first, second = _later(network, other, days, projection, options)

    def present(net: Network) -> dict[str, None]:
        graph = graph_of(net)
        tied = graph.degrees() > 0
        return {id: None for i, id in enumerate(graph.nodes) if tied[i] or not ties}

    before, after = present(first), present(second)
    came = [id for id in after if id not in before]
    went = [id for id in before if id not in after]
    stayed = len(before) - len(went)
    return Result(
        values={"entries": len(came), "exits": len(went), "stayed": stayed},
        n_used=len(before) + len(came),
        n_eligible=len(before) + len(came),
        of="actors",
        contributing=(*came, *went),
        notes={"entered": came, "left": went},
    )


def survival(network: Network, *, as_of: Any, period: str = "period", unit: str = "days") -> Result:
    """Kaplan and Meier's estimate of how long ties last, and its median."""
    try:
        day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise BadParameter(f"as_of is a day such as 2015-12-31, not {as_of!r}") from None
    column = network.edge_attributes.get(period)
    if column is None:
        return undefined(
            "missing_input",
            f"edges have no attribute {period!r}",
            n_used=0,
            n_eligible=network.n_edges,
            of="ties",
        )
    spans = [_span(value, day) for value in column]
    known = [span for span in spans if span is not None]
    ended = sum(over for _, over in known)
    more: dict[str, Any] = {
        "n_used": len(known),
        "n_eligible": len(spans),
        "of": "ties",
        "as_of": day,
        "unit": unit,
        "notes": {"ended": ended, "censored": len(known) - ended},
    }
    if not known:
        return undefined("missing_input", "no tie has a known start before as_of", **more)
    scale = {"days": 1.0, "years": 365.25}[unit]
    curve, median = kaplan_meier([days / scale for days, _ in known], [e for _, e in known])
    if median is None:
        return undefined(
            "network:median_not_reached",
            "more than half of the ties still last",
            values=curve,
            **more,
        )
    return Result(value=median, values=curve, **more)


def _span(value: Any, as_of: datetime.date) -> tuple[int, bool] | None:
    """Days that a tie lasted up to a day, and whether it had ended; ``None`` if not known.

    An end that is open, or after the day, is censored; one that is not known leaves the tie out.
    """
    from jmdi.model.values import Period

    parsed = Period(edtf=value).parsed() if isinstance(value, str) else None
    start = None if parsed is None else parsed.lower()
    if parsed is None or start is None or start > as_of:
        return None
    end = parsed.upper()
    if end is None:
        return ((as_of - start).days, False) if parsed.end_state == "open" else None
    after = end + datetime.timedelta(days=1)
    return ((as_of - start).days, False) if after > as_of else ((after - start).days, True)


def kaplan_meier(times: list[float], ended: list[bool]) -> tuple[dict[str, float], float | None]:
    """The share that lasts beyond each time at which one ended, and the median.

    Source: Kaplan & Meier 1958, Journal of the American Statistical Association 53:457.
    """
    every = np.sort(np.array(times, float))
    steps, gone = np.unique(np.array(times, float)[np.array(ended, bool)], return_counts=True)
    at_risk = len(every) - np.searchsorted(every, steps)
    shares = np.cumprod(1 - gone / np.maximum(at_risk, 1))
    curve = {f"{t:.12g}": float(s) for t, s in zip(steps, shares, strict=True)}
    over = np.flatnonzero(shares <= 0.5 + 1e-12)
    return curve, float(steps[over[0]]) if len(over) else None

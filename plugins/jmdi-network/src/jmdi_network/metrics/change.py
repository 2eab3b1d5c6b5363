"""What changes between two days: stability, formation, dissolution, turnover, survival."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi_network.conventions import said
from jmdi_network.parameters import Day, Days

if TYPE_CHECKING:
    from jmdi_network.kernels.waves import Waves

__all__ = ["dissolution", "entries_exits", "formation", "stability", "survival", "turnover"]


def _among(actors: str) -> str:
    whose = "present in both" if actors == "both" else "of either network"
    return said(f"ties among actors {whose}", "0/0 undefined")


def _later(
    network: Network,
    other: Network | None,
    days: Days | None,
    project_as: str | None,
    options: Mapping[str, object] | None,
) -> tuple[Network, Network]:
    """The two networks: given, or of two days of the network's dataset.

    Raises:
        UndefinedResult: If neither was given.
        BadParameter: If both were given, or the networks cannot be compared.
    """
    if other is None and days is None:
        raise UndefinedResult(
            "not_enough_periods",
            "one network was given: name the later one as other=, or two days as days=",
        )
    if days is None and other is not None:
        if other.directed != network.directed:
            raise BadParameter("one network is directed and the other is not")
        return network, other
    if other is not None or days is None:
        raise BadParameter("give either the later network as other=, or two days as days=")
    if network.dataset is None:
        raise BadParameter("two days need a network that was projected from a dataset")
    name, given = project_as or network.name, dict(options or {})
    before, after = (network.dataset.project(name, **{**given, "as_of": day}) for day in days)
    return before, after


def _waves(first: Network, second: Network, days: Days | None, actors: str) -> Waves | Result:
    """The ties of two networks compared, or why they cannot be."""
    import numpy as np

    from jmdi_network.kernels.waves import Waves, pairs_of, tie_keys, unobserved_in

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
    a, b, lacking = (
        tie_keys(first, place),
        tie_keys(second, place),
        unobserved_in(first, second, place),
    )
    a, b = np.setdiff1d(a, lacking), np.setdiff1d(b, lacking)
    kept = len(np.intersect1d(a, b))
    lost, new = len(a) - kept, len(b) - kept
    possible = pairs_of(first, second, names) - len(lacking)
    if len(lacking):
        about["notes"] |= {"pairs_unobserved": len(lacking)}
    return Waves(kept, lost, new, possible - kept - lost - new, about)


def _share(part: str, waves: tuple[Network, Network], days: Days | None, actors: str) -> Result:
    found = _waves(*waves, days, actors)
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


@jmdi.metric(
    "network:stability",
    "Jaccard stability",
    range=(0, 1),
    value_is="Jaccard index",
    citation="Snijders, van de Bunt & Steglich 2010",
    convention=_among,
)
def stability(
    network: Network,
    *,
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    actors: Literal["both", "all"] = "both",
) -> Result:
    """Ties in both networks over ties in either.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network's name.
        options: Options of the projection, such as {'co_participation': False}.
        actors: Ties among actors present in both, or all.
    """
    waves = _later(network, other, days, project_as, options)
    return _share("stability", waves, days, actors)


@jmdi.metric(
    "network:formation",
    "Tie formation",
    range=(0, 1),
    value_is="share of untied pairs",
    citation="Snijders, van de Bunt & Steglich 2010",
    convention=_among,
)
def formation(
    network: Network,
    *,
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    actors: Literal["both", "all"] = "both",
) -> Result:
    """Pairs that became tied over pairs that were not.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network's name.
        options: Options of the projection, such as {'co_participation': False}.
        actors: Ties among actors present in both, or all.
    """
    waves = _later(network, other, days, project_as, options)
    return _share("formation", waves, days, actors)


@jmdi.metric(
    "network:dissolution",
    "Tie dissolution",
    range=(0, 1),
    value_is="share of ties",
    citation="Snijders, van de Bunt & Steglich 2010",
    convention=_among,
)
def dissolution(
    network: Network,
    *,
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    actors: Literal["both", "all"] = "both",
) -> Result:
    """Ties that went over ties that were.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network's name.
        options: Options of the projection, such as {'co_participation': False}.
        actors: Ties among actors present in both, or all.
    """
    waves = _later(network, other, days, project_as, options)
    return _share("dissolution", waves, days, actors)


@jmdi.metric(
    "network:turnover",
    "Tie turnover",
    range=(0, 1),
    value_is="share of ties",
    citation="Snijders, van de Bunt & Steglich 2010",
    convention=_among,
)
def turnover(
    network: Network,
    *,
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    actors: Literal["both", "all"] = "both",
) -> Result:
    """Ties that came or went over ties in either network.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network's name.
        options: Options of the projection, such as {'co_participation': False}.
        actors: Ties among actors present in both, or all.
    """
    waves = _later(network, other, days, project_as, options)
    return _share("turnover", waves, days, actors)


@jmdi.metric(
    "network:entries-exits",
    "Entries and exits",
    range=(0, None),
    value_is="counts of actors",
    citation="jmdi",
    convention=lambda ties: said(
        "an actor without a tie is absent" if ties else "actors with and without ties"
    ),
)
def entries_exits(
    network: Network,
    *,
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    ties: bool = True,
) -> Result:
    """Actors that came, went and stayed.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network's name.
        options: Options of the projection, such as {'co_participation': False}.
        ties: Whether an actor without a tie is not there.
    """
    from jmdi_network.arrays import graph_of

    first, second = _later(network, other, days, project_as, options)

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


@jmdi.metric(
    "network:survival",
    "Partnership survival",
    range=(0, None),
    value_is="median duration",
    citation="Kaplan & Meier 1958",
    convention=lambda unit: (
        f"in {unit}; open ends and ends after as_of are censored; unknown starts or ends left out"
    ),
)
def survival(
    network: Network, *, as_of: Day, period: str = "period", unit: Literal["days", "years"] = "days"
) -> Result:
    """Kaplan and Meier's median duration of ties; ``values`` have the curve.

    Args:
        network: The network.
        as_of: The day up to which ties were watched.
        period: The edge attribute that holds the period in EDTF.
        unit: Days, or years of 365.25 days.
    """
    from jmdi_network.kernels.survival import kaplan_meier, span_of

    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    column = network.edge_attributes.get(period)
    if column is None:
        return undefined(
            "missing_input",
            f"edges have no attribute {period!r}",
            n_used=0,
            n_eligible=network.n_edges,
            of="ties",
        )
    spans = [span_of(value, day) for value in column]
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

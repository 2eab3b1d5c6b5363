"""What changes between two days: ties, actors, and how long ties last."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from itertools import repeat
from typing import Any, Literal

import jmdi
from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.metrics.types import Counts
from jmdi_network.conventions import said
from jmdi_network.parameters import Day, Days

__all__ = ["change", "entries_exits", "survival"]


_CHANGES = {
    "stability": "Jaccard index: ties that stayed over these and those that came or went",
    "formation": "pairs that became tied over pairs that were not",
    "dissolution": "ties that went over ties that were",
    "turnover": "ties that came or went over these and those that stayed",
}


def _among(measure: str, actors: str) -> str:
    whose = "present in both" if actors == "both" else "of either network"
    return said(_CHANGES[measure], f"ties among actors {whose}", "0/0 undefined")


def _later(
    network: Network,
    other: Network | None,
    days: Days | None,
    project_as: str | None,
    options: Mapping[str, object] | None,
) -> tuple[Network, Network]:
    """The two networks: given, or of two days of the network's dataset.

    Those of days are projected as the network was, so that they are of the same ties.

    Raises:
        UndefinedResult: If neither was given.
        BadParameter: If both were given, the networks cannot be compared, or nobody can say how
            to project the days.
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
    name, given = network.projected or (None, {})
    if network.dataset is None or (name is None and project_as is None):
        cure = "" if network.dataset is None else ", or the projection of both days as project_as="
        raise BadParameter(
            "two days need a network as it was projected from a dataset, and not a part of one, or "
            f"one that was drawn: give the later network as other={cure}"
        )
    if project_as not in (None, name):
        name, given = project_as, {}
    asked = {**given, **(options or {})}
    before, after = (network.dataset.project(str(name), **{**asked, "as_of": d}) for d in days)
    return before, after


@jmdi.metric(
    "network:change",
    "Change of ties",
    range=(0, 1),
    value_is=lambda measure: "share of untied pairs" if measure == "formation" else "share of ties",
    citation="Snijders, van de Bunt & Steglich 2010",
    convention=_among,
    bounds="own",
    count="jmdi_network.metrics.change:count_change",
    finish="jmdi_network.metrics.change:change_of",
)
def change(
    network: Network,
    *,
    measure: Literal["stability", "formation", "dissolution", "turnover"] = "stability",
    other: Network | None = None,
    days: Days | None = None,
    project_as: str | None = None,
    options: Mapping[str, object] | None = None,
    actors: Literal["both", "all"] = "both",
) -> Result:
    """How the ties of two networks of the same actors differ.

    stability: ties in both networks over ties in either, the Jaccard index; formation: pairs that
    became tied over pairs that were not; dissolution: ties that went over ties that were;
    turnover: ties that came or went over ties in either. A pair that was not observed in one of
    the networks is left out, and one of which reports differ counts by their rule; the bounds
    take both for each case that is possible.

    Args:
        network: The network.
        measure: Which of the four.
        other: The later network.
        days: Instead: two days, or waves by their numbers, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network.
        options: Its parameters, such as {'co_participation': False}; others are those that the
            network was projected with.
        actors: Ties among actors present in both, or all.
    """
    from jmdi_network.kernels.waves import waves_of

    first, second = _later(network, other, days, project_as, options)
    names = [id for id in first.nodes if actors == "all" or id in second.index]
    if actors == "all":
        names += [id for id in second.nodes if id not in first.index]
    counts: dict[str, Any] = {
        "entries": len(set(second.nodes) - set(first.nodes)),
        "exits": len(set(first.nodes) - set(second.nodes)),
    }
    if len(names) > 1:
        counts["waves"] = waves_of(first, second, names)
    return change_of(counts, measure=measure, days=days)


def count_change(network: Any, **parameters: Any) -> Counts | None:
    """The pairs of two days, which have the same actors, counted by an engine."""
    import numpy as np

    from jmdi_network.kernels.waves import waves_from

    both = _days_in_tables(network, **parameters)
    if both is None:
        return None
    first, second = both
    if first.n_nodes < 2:
        return {"entries": 0, "exits": 0}
    rows = first.then(second)
    states = [np.array([row[name] for row in rows], np.int64) for name in ("before", "after")]
    times = np.array([row["n"] for row in rows], np.int64)
    dim = [state == 1 for state in states]
    others = first.n_possible - int(times.sum())
    waves = waves_from([state == 2 for state in states], dim, dim, times, others)
    return {"entries": 0, "exits": 0, "waves": waves}


def _days_in_tables(
    network: Any,
    *,
    other: Network | None,
    days: Days | None,
    project_as: str | None,
    options: Mapping[str, object] | None,
    **parameters: object,
) -> tuple[Any, Any] | None:
    """The networks of two days as an engine projects them; ``None`` if it does not."""
    if other is not None or days is None:
        return None
    name, given = network.name, network.asked
    if project_as not in (None, name):
        name, given = project_as, {}
    asked = {**given, **(options or {})}
    before, after = (network.project(name, {**asked, "as_of": day}) for day in days)
    pairs = all(hasattr(one, "then") for one in (before, after))
    return (before, after) if pairs else None


def change_of(counts: Counts, *, measure: str, days: Days | None, **parameters: object) -> Result:
    """The change, from the pairs by what they are in both networks."""
    notes: dict[str, Any] = {name: counts[name] for name in ("entries", "exits")}
    about: dict[str, Any] = {"of": "pairs", "notes": notes}
    if days is not None and any(isinstance(day, int) for day in days):
        notes["waves"] = list(days)
    elif days is not None:
        about["window"] = tuple(str(day) for day in days)
    waves = counts.get("waves")
    if waves is None:
        return undefined("too_few_actors", "fewer than two actors are in both", **about)
    value, lower, upper = waves.share(measure)
    seen = int(waves.counts.sum())
    notes |= dict(zip(("never", "formed", "dissolved", "kept"), waves.counts.tolist(), strict=True))
    about |= {"n_used": seen, "n_eligible": seen + waves.unobserved}
    if waves.unobserved:
        notes["pairs_unobserved"] = waves.unobserved
    if waves.disputed:
        notes["pairs_disputed"] = waves.disputed
    if (lower, upper) != (value, value):
        about |= {"lower": lower, "upper": upper}
    if lower is not None and waves.may_be_empty(measure):
        about["or_undefined"] = "zero_denominator"
    if value is None and lower is None:
        return undefined("zero_denominator", "there is no tie or pair to compare", **about)
    return Result(value=value, **about)


@jmdi.metric(
    "network:entries-exits",
    "Entries and exits",
    range=(0, None),
    value_is="counts of actors",
    citation="jmdi",
    convention=lambda ties: said(
        "an actor without a tie is absent" if ties else "actors with and without ties"
    ),
    bounds="own",
    count="jmdi_network.metrics.change:count_presence",
    finish="jmdi_network.metrics.change:entries_exits_of",
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

    An actor that only has ties which were not observed, or of which reports differ, may be there:
    the bounds take it for each case.

    Args:
        network: The network.
        other: The later network.
        days: Instead: two days, or waves by their numbers, for which the dataset is projected.
        project_as: The projection for the days; by default that of the network.
        options: Its parameters, such as {'co_participation': False}; others are those that the
            network was projected with.
        ties: Whether an actor without a tie is not there.
    """
    first, second = _later(network, other, days, project_as, options)
    return entries_exits_of(
        {"before": _Presence.of(first, ties), "after": _Presence.of(second, ties)}
    )


def count_presence(network: Any, *, ties: bool, **parameters: Any) -> Counts | None:
    """Who is there on each of two days, as an engine counts it."""
    both = _days_in_tables(network, **parameters)
    if both is None:
        return None
    return dict(zip(("before", "after"), (_Presence.in_tables(n, ties) for n in both), strict=True))


def entries_exits_of(counts: Counts, **parameters: object) -> Result:
    """Entries and exits, from who is in each network."""
    before, after = counts["before"], counts["after"]
    came = [id for id in after.by_rule if id not in before.by_rule]
    went = [id for id in before.by_rule if id not in after.by_rule]
    stayed = len(before.by_rule) - len(went)
    bounds = {
        "entries": (len(after.sure - before.possible), len(after.possible - before.sure)),
        "exits": (len(before.sure - after.possible), len(before.possible - after.sure)),
        "stayed": (len(before.sure & after.sure), len(before.possible & after.possible)),
    }
    open_ = (before.possible - before.sure) | (after.possible - after.sure)
    every = before.possible | after.possible
    return Result(
        values={"entries": len(came), "exits": len(went), "stayed": stayed},
        bounds=bounds if open_ else {},
        n_used=len(every - open_),
        n_eligible=len(every),
        of="actors",
        contributing=(*came, *went),
        notes={"entered": came, "left": went},
    )


@frozen
class _Presence:
    """Who is in a network.

    Attributes:
        by_rule: Ids of those who are, by the ties that were observed and the rule for reports.
        sure: Those who are in any case.
        possible: Those who are or may be.
    """

    by_rule: dict[str, None]
    sure: set[str]
    possible: set[str]

    @classmethod
    def of(cls, network: Network, ties: bool) -> _Presence:
        """Who is there: those who have a tie, or all."""
        from jmdi_network.arrays import graph_of

        graph = graph_of(network)
        if not ties:
            return cls(dict.fromkeys(graph.nodes), set(graph.nodes), set(graph.nodes))
        tied = dict.fromkeys(
            id for id, count in zip(graph.nodes, graph.degrees(), strict=True) if count
        )
        doubtful = set(network.disputed)
        pairs = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
        settled = {graph.nodes[end] for pair in pairs if pair not in doubtful for end in pair}
        unseen = map(divmod, graph.unobserved.tolist(), repeat(graph.n))
        maybe = {graph.nodes[end] for pair in (*doubtful, *unseen) for end in pair}
        return cls(tied, settled, settled | maybe)

    @classmethod
    def in_tables(cls, network: Any, ties: bool) -> _Presence:
        """Who is in a network in tables."""
        from itertools import compress

        ids = network.ids
        if not ties:
            return cls(dict.fromkeys(ids), set(ids), set(ids))
        tied, unseen = network.there()
        sure = dict.fromkeys(compress(ids, tied.tolist()))
        return cls(sure, set(sure), {*sure, *compress(ids, unseen.tolist())})


@jmdi.metric(
    "network:survival",
    "Partnership survival",
    range=(0, None),
    value_is="median duration",
    citation="Kaplan & Meier 1958",
    convention=lambda unit: (
        f"in {unit}; open ends and ends after as_of are censored; unknown starts or ends left out"
    ),
    count="jmdi_network.metrics.change:count_spans",
    finish="jmdi_network.metrics.change:survival_of",
)
def survival(
    network: Network, *, as_of: Day, period: str = "period", unit: Literal["days", "years"] = "days"
) -> Result:
    """Kaplan and Meier's median duration of ties; ``values`` have the curve.

    A tie of which no start, or no end, is known is left out; the bounds contain every duration
    that it may have had, and have no upper end if the median may not be reached.

    Args:
        network: The network.
        as_of: The day up to which ties were watched.
        period: The edge attribute that holds the period in EDTF.
        unit: Days, or years of 365.25 days.
    """
    from jmdi.graph.pairs import edge_states

    counts: dict[str, Any] = {"edges": network.n_edges}
    column = network.edge_attributes.get(period)
    if column is not None:
        states = edge_states(network) or ("present",) * network.n_edges
        marks = network.edge_attributes.get("directed", (None,) * network.n_edges)
        halves: Counter[Any] = Counter()
        for value, state, mark in zip(column, states, marks, strict=True):
            if state == "present":
                # a tie both ways is two edges, and counts as much as one tie of one edge
                halves[value] += 1 if network.directed and mark is False else 2
        unseen = len(network.unobserved_ties) - len(network.both_ways)
        counts |= {"halves": halves, "unobserved": unseen}
    return survival_of(counts, as_of=as_of, period=period, unit=unit)


def count_spans(network: Any, *, period: str, **parameters: object) -> Counts | None:
    """The periods of ties, counted by an engine."""
    if period != "period" or network.ties is None or not network.n_ties:
        return None
    halves: Counter[Any] = Counter()
    for row in network.spans():
        halves[row["edtf"]] += row["n"]
    return {"edges": network.n_edges, "halves": halves, "unobserved": network.n_unseen}


def survival_of(counts: Counts, *, as_of: Day, period: str, unit: str) -> Result:
    """The median duration, from the periods of the halves of ties."""
    from jmdi_network.kernels.survival import kaplan_meier, median_bounds, span_of

    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    if "halves" not in counts:
        return undefined(
            "missing_input",
            f"edges have no attribute {period!r}",
            n_used=0,
            n_eligible=counts["edges"],
            of="ties",
        )
    every: Counter[Any] = Counter()
    for value, number in counts["halves"].items():
        every[span_of(value, day)] += number
    known = Counter({span: n for span, n in every.items() if isinstance(span, tuple)})
    ended = sum(n for (_, over), n in known.items() if over)
    unknown = every[None] + 2 * counts["unobserved"]
    more: dict[str, Any] = {
        "n_used": known.total() // 2,
        "n_eligible": every.total() // 2,
        "of": "ties",
        "as_of": day,
        "unit": unit,
        "notes": {"ended": ended // 2, "censored": (known.total() - ended) // 2},
    }
    if not known:
        return undefined("missing_input", "no tie has a known start before as_of", **more)
    scale = {"days": 1.0, "years": 365.25}[unit]
    spans = list(known.elements())
    times, ends = [days / scale for days, _ in spans], [over for _, over in spans]
    curve, median = kaplan_meier(times, ends)
    if unknown:
        more["lower"], more["upper"] = median_bounds(times, ends, unknown)
    if median is None:
        return undefined(
            "network:median_not_reached",
            "more than half of the ties still last",
            values=curve,
            **more,
        )
    return Result(value=median, values=curve, **more)

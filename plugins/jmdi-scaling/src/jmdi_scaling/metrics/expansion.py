"""Scaling out to more territories, up to higher levels, and in function."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Action, Initiative, Territory, Theme, WorkPlan
from jmdi.model.relations import Adopts, Coded, Relates
from jmdi.model.wellknown import CODEBOOK
from jmdi_scaling.facts.codes import LADDER, code_of
from jmdi_scaling.facts.parameters import (
    TIED,
    Through,
    Years,
    chosen,
    names_of,
)
from jmdi_scaling.facts.places import (
    Places,
    actors_of,
    adopter_territory,
    initiatives_of,
    target_territories,
)
from jmdi_scaling.facts.relations import adoptions, level_of, pairs_of
from jmdi_scaling.facts.shares import any_of
from jmdi_scaling.facts.timing import When, start_of, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

Level: TypeAlias = Literal["local", "first_admin", "national", "supranational", "global"]

__all__ = ["effective_number", "functional", "scaling_out", "scaling_up"]


def effective_number(weights: Collection[float]) -> float | None:
    """The Hill number of order 1, ``exp(-Σ p ln p)``; ``None`` for no weight at all."""
    import numpy as np

    from jmdi_network.kernels.mixing import diversity

    if sum(weights) <= 0:
        return None
    return float(diversity(np.array([sorted(weights)], np.float64))[1][0])


@jmdi.metric(
    "scaling:out",
    "Scaling out",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation="ExpandNet/WHO 2010; Cooley & Linn 2014",
    convention="an adoption counts for all territories around the adopter",
)
def scaling_out(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    horizon: Years = 2.0,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the target territories in which the practice is adopted.

    A target is adopted when it, a territory within it, or an actor of either has adopted.
    ``values`` has the ``share``, ``replication_depth`` (longest chain of ``replicates``),
    ``onward`` (mean replications within ``horizon`` years, over initiatives that began at least
    so long before the day) and ``route_diversity`` (Hill number of the routes).

    Args:
        dataset: The records.
        practice: Only adoptions of these practices.
        initiative: Only adoptions that name these initiatives, or whose adopter takes part in
            them.
        territory: Only targets in this territory.
        targets: The target territories; those that plans name if not given.
        horizon: Within how many years a replication counts as onward.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = target_territories(dataset, targets, initiative, territory)
    found = adoptions(dataset, at, practice, initiative)
    states, records, nowhere = _adopted(dataset, names, found)
    chain, circle = _depth(dataset, at)
    routes = [code for a, s in found if s and (code := code_of(a.route))]
    n, sure = len(names), sum(state is True for state in states.values())
    maybe = sum(state is None for state in states.values())
    values = {
        "share": None,
        "replication_depth": chain,
        "onward": _onward(dataset, at, horizon),
        "route_diversity": effective_number([routes.count(r) for r in dict.fromkeys(routes)]),
    }
    basis: dict[str, Any] = {
        "n_used": 0,
        "of": "territories",
        "contributing": records,
        "notes": {
            "adopted": [n for n in names if states[n]],
            "adopters_without_territory": nowhere,
            "replication_cycle": circle,
            "adoptions": len(found),
        },
        **at.members(),
    }
    if not names:
        why = "there is no list of target territories: give targets"
        return undefined("missing_input", why, **basis)
    basis["n_eligible"] = n
    if not len(dataset.of(Adopts)):
        return undefined("missing_input", "no adoption is on record", **basis)
    basis |= {"lower": sure / n, "upper": min(n, sure + maybe + nowhere) / n}
    if maybe == n:
        return undefined("missing_input", "the dates of all adoptions are unknown", **basis)
    values["share"] = sure / (n - maybe)
    return Result(**{**basis, "value": values["share"], "values": values, "n_used": n - maybe})


def _adopted(
    dataset: Dataset, names: tuple[str, ...], found: list[tuple[Adopts, bool | None]]
) -> tuple[dict[str, bool | None], tuple[str, ...], int]:
    """Whether each territory has adopted, by which records, and how many adopters are nowhere."""
    places = Places(dataset)
    states: dict[str, bool | None] = dict.fromkeys(names, False)
    records: dict[str, None] = {}
    nowhere = 0
    for adoption, state in found:
        home = adopter_territory(dataset, adoption.source)
        nowhere += home is None
        for name in places.up(home):
            if name in states:
                states[name] = any_of((states[name], state))
                records[adoption.id] = None
    return states, tuple(records), nowhere


def _replicates(dataset: Dataset, at: When) -> dict[str, list[str]]:
    """For each initiative those that it replicates; what had not begun by then is left out."""
    late = {
        i.id
        for i in dataset.of(Initiative)
        if (day := start_of(i.period)[0]) and at.stop and day >= at.stop
    }
    found: dict[str, list[str]] = {}
    for relation in dataset.of(Relates):
        if code_of(relation.type) == "replicates" and relation.source not in late:
            found.setdefault(relation.source, []).append(relation.target)
    return found


def _depth(dataset: Dataset, at: When) -> tuple[int | None, list[str]]:
    """Length of the longest chain of replications; ``None`` and its members if one is a circle."""
    after = _replicates(dataset, at)
    incoming: dict[str, int] = {}
    for targets in after.values():
        for target in targets:
            incoming[target] = incoming.get(target, 0) + 1
    nodes = dict.fromkeys([*after, *incoming])
    ready = [name for name in nodes if name not in incoming]
    length = dict.fromkeys(nodes, 0)
    done = 0
    while ready:
        name = ready.pop()
        done += 1
        for target in after.get(name, ()):
            length[target] = max(length[target], length[name] + 1)
            incoming[target] -= 1
            if not incoming[target]:
                ready.append(target)
    if done < len(nodes):
        return None, sorted(name for name, left in incoming.items() if left > 0)
    return max(length.values(), default=0), []


def _onward(dataset: Dataset, at: When, horizon: float) -> float | None:
    """Mean number of replications within the horizon, over initiatives old enough."""
    starts = {i.id: start_of(i.period)[0] for i in dataset.of(Initiative)}
    known = [day for day in starts.values() if day is not None]
    end = at.last or max(known, default=None)
    if end is None:
        return None
    span = datetime.timedelta(days=round(horizon * 365.25))
    old = {name: day for name, day in starts.items() if day is not None and day <= end - span}
    onward = dict.fromkeys(old, 0)
    for source, targets in _replicates(dataset, at).items():
        begun = starts.get(source)
        for target in targets:
            if begun is not None and target in old and old[target] <= begun <= old[target] + span:
                onward[target] += 1
    return sum(onward.values()) / len(onward) if onward else None


def _up_convention(through: Through) -> str:
    tied = TIED[through].replace("tied", "tied upward")
    return f"the level stated, else the adopter's; second level and below is local; {tied}"


@jmdi.metric(
    "scaling:up",
    "Scaling up",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of levels",
    citation="ExpandNet/WHO 2010; Uvin 1995",
    convention=_up_convention,
)
def scaling_up(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    levels: Level | Collection[Level] = ("local", "first_admin", "national"),
    through: Through = "ties+partnerships",
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the levels in scope at which the practice is adopted.

    The rungs are local (below the first administrative level), first_admin, national,
    supranational and global. ``values`` has ``completeness``, ``highest`` (its place among the
    levels in scope, counted from 1; 0 for none) and ``tied_upward``: the share of the lower
    adopters that are tied to a higher one. The bare word regional is no level.

    Args:
        dataset: The records.
        practice: Only adoptions of these practices.
        initiative: Only adoptions that name these initiatives, or whose adopter takes part in
            them.
        territory: Only adopters in this territory.
        levels: The levels in scope.
        through: What ties adopters.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    wanted = names_of(levels)
    order = [level for level in LADDER if level in wanted]
    if not order:
        raise BadParameter("levels is empty: name one level or more")
    areas, places = chosen(dataset, territory, Territory), Places(dataset)
    found = [
        (a, s)
        for a, s in adoptions(dataset, at, practice, initiative)
        if not areas or places.inside(adopter_territory(dataset, a.source), areas)
    ]
    rungs = {a.id: level_of(dataset, a) for a, _ in found}
    unknown = sum(rungs[a.id] is None for a, _ in found)
    maybe = {rungs[a.id] for a, _ in found}
    certain = [(a.id, rungs[a.id]) for a, s in found if s and rungs[a.id] is not None]
    sure = [level for level in order if level in {level for _, level in certain}]
    basis: dict[str, Any] = {
        "n_eligible": len(found),
        "n_used": len(certain),
        "of": "adoptions",
        "lower": len(sure) / len(order),
        "upper": min(len(order), sum(level in maybe for level in order) + unknown) / len(order),
        "contributing": tuple(name for name, level in certain if level in order),
        "notes": {
            "levels": sure,
            "level_unknown": unknown,
            "outside_scope": sum(r is not None and r not in order for r in rungs.values()),
        },
        **at.members(),
    }
    if not certain:
        why = "no adoption of a known level is known to have happened"
        if unknown == len(found):
            why = "no adoption has a known level" if found else "no adoption is on record"
        return undefined("missing_input", why, **basis)
    values = {
        "completeness": len(sure) / len(order),
        "highest": order.index(sure[-1]) + 1 if sure else 0,
        "tied_upward": _tied_upward(dataset, at, found, rungs, through),
    }
    return Result(value=values["completeness"], values=values, **basis)


def _tied_upward(
    dataset: Dataset,
    at: When,
    found: list[tuple[Adopts, bool | None]],
    rungs: dict[str, str | None],
    through: Through,
) -> float | None:
    """Share of the adopters below the highest adopter's level tied to one above their own."""
    actors = actors_of(dataset)
    level: dict[str, int] = {}
    for adoption, state in found:
        stands = rungs[adoption.id]
        if state and stands is not None and adoption.source in actors:
            level[adoption.source] = max(level.get(adoption.source, -1), LADDER.index(stands))
    top = max(level.values(), default=0)
    lower = [name for name, height in level.items() if height < top]
    if not lower:
        return None
    up: set[str] = set()
    perhaps: set[str] = set()
    for (a, b), facts in pairs_of(dataset, at, through).items():
        state = any_of(state for _, state in facts)
        if a in level and b in level and level[a] != level[b] and state is not False:
            (up if state else perhaps).add(a if level[a] < level[b] else b)
    return None if perhaps - up else len(up) / len(lower)


@jmdi.metric(
    "scaling:functional",
    "Functional scaling",
    on="dataset",
    range=(1, None),
    unit="clusters",
    value_is="effective number",
    citation="Uvin 1995; Hill 1973",
    convention="a thing with several clusters counts for each in equal parts",
)
def functional(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    baseline: Day | None = None,
    codebook: str = CODEBOOK,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Effective number of clusters that initiatives work on, ``exp(H)``.

    An initiative and each action of its work plans is one thing that is coded; one with
    several clusters counts for each in equal parts. ``values`` gives each initiative's number;
    with ``baseline``, ``notes["change"]`` is the difference to the number on that day.

    Args:
        dataset: The records.
        initiative: Only these initiatives and their plans.
        territory: Only initiatives with a place in this territory.
        baseline: The day to compare with.
        codebook: The codebook of the clusters.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative, territory)
    everything = initiative is None and territory is None
    weights, each, records, counts = _clusters(dataset, names, at, everything, codebook)
    values = {name: effective_number(list(found.values())) for name, found in each.items()}
    basis: dict[str, Any] = {
        "values": values or None,
        "n_used": counts[0],
        "n_eligible": counts[1],
        "of": "coded things",
        "contributing": tuple(records),
        "notes": {"clusters": {k: weights[k] for k in sorted(weights)}},
        **at.members(),
    }
    number = effective_number(list(weights.values()))
    if number is None:
        return undefined("missing_input", "nothing is coded to a cluster", **basis)
    if baseline is not None:
        before = _clusters(dataset, names, when(baseline), everything, codebook)[0]
        first = effective_number(list(before.values()))
        basis["notes"] = {
            **basis["notes"],
            "baseline": first,
            "change": None if first is None else number - first,
        }
    return Result(value=number, **basis)


def _clusters(
    dataset: Dataset, names: tuple[str, ...], at: When, everything: bool, codebook: str
) -> tuple[dict[str, float], dict[str, dict[str, float]], list[str], tuple[int, int]]:
    """Weights of clusters, all and by initiative, with records and how many are coded of all."""
    coded: dict[str, dict[str, None]] = {}
    for relation in dataset.of(Coded):
        if relation.date is None or at.stop is None or relation.date < at.stop:
            coded.setdefault(relation.source, {})[relation.target] = None
    plans = {plan.id: plan.initiatives for plan in dataset.of(WorkPlan)}
    things: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for name in names:
        record = dataset.get(name, Initiative)
        if at.happened(record.period) is not False:
            things.append((name, tuple(record.themes), (name,)))
    for action in dataset.of(Action):
        of = tuple(i for i in plans.get(action.workplan or "", ()) if i in names)
        if (of or everything) and at.happened(action.timeline or action.period) is not False:
            found = dict.fromkeys([*action.clusters, *coded.get(action.id, ())])
            things.append((action.id, tuple(found), of))
    total: dict[str, float] = {}
    each: dict[str, dict[str, float]] = {}
    records = []
    for name, themes, parents in things:
        fitting = [t for t in themes if _book(dataset, t) == codebook]
        if fitting:
            records.append(name)
        for theme in fitting:
            total[theme] = total.get(theme, 0.0) + 1 / len(fitting)
            for initiative in parents:
                mine = each.setdefault(initiative, {})
                mine[theme] = mine.get(theme, 0.0) + 1 / len(fitting)
    return total, each, records, (len(records), len(things))


def _book(dataset: Dataset, theme: str) -> str | None:
    record = dataset.find(theme, Theme)
    return record.codebook if record is not None else None

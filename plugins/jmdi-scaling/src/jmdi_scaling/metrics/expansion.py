"""Scaling out to more territories, and up to higher levels."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import any_of, missing, share
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Initiative, Practice, Territory
from jmdi.model.records import Record
from jmdi.model.relations import Adopts, Relates
from jmdi_scaling.facts.codes import LADDER, code_of
from jmdi_scaling.facts.lists import adopters_complete
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
    target_lists,
    target_territories,
)
from jmdi_scaling.facts.relations import adoptions, level_of, pairs_of
from jmdi_scaling.facts.timing import When, start_of, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

Level: TypeAlias = Literal["local", "first_admin", "national", "supranational", "global"]

__all__ = ["effective_number", "scaling_out", "scaling_up"]


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
    convention="an adoption counts for all territories around the adopter; a target without an "
    "adoption has none only where all adopters are recorded",
    count="jmdi_scaling.facts.picks:of_named",
)
def scaling_out(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    horizon: Years = 2.0,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the target territories in which the practice is adopted.

    A target is adopted when it, a territory within it, or an actor of either has adopted.
    ``values`` has the ``share``, ``replication_depth`` (longest chain of ``replicates``),
    ``onward`` (mean replications within ``horizon`` years, over initiatives that began at least
    so long before the day) and ``route_diversity`` (Hill number of the routes). The notes name
    the targets and where the list is from; ``other_targets`` says how many territories of other
    lists have adopted.

    Args:
        dataset: The records.
        practice: Only adoptions of these practices.
        initiative: Only adoptions that name these initiatives, or whose adopter takes part in
            them.
        territory: Only targets in this territory.
        targets: The target territories; those that plans name if not given.
        horizon: Within how many years a replication counts as onward.
        closed_world: Whether lists of adopters are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = target_territories(dataset, targets, initiative, territory)
    found = adoptions(dataset, at, practice, initiative)
    known, records, nowhere = _adopted(dataset, names, found)
    complete = adopters_complete(
        dataset, chosen(dataset, practice, Practice), closed_world, among=initiative
    )
    # Nobody on record is nobody only where the list of adopters is complete.
    states = {name: state if complete else state or None for name, state in known.items()}
    chain, circle = _depth(dataset, at)
    routes = [code for a, s in found if s and (code := code_of(a.route))]
    lists = target_lists(dataset, initiative, territory)
    basis: dict[str, Any] = {
        "contributing": records,
        "notes": {
            "targets": list(names),
            "targets_from": _origin_of(names_of(targets), names, lists),
            "other_targets": {
                source: _count(dataset, each, found)
                for source, each in lists.items()
                if each and set(each) != set(names)
            },
            "adopted": [n for n in names if states[n]],
            "adopters_without_territory": nowhere,
            "replication_cycle": circle,
            "adoptions": len(found),
            "missing": missing(_unknown_of(dataset, practice, initiative, found, complete)),
        },
        **at.members(),
    }
    n, sure = max(len(names), 1), sum(state is True for state in states.values())
    maybe = sum(state is None for state in states.values())
    basis["of"] = "territories"
    if not names:
        why = "there is no list of target territories: give targets"
        return undefined("missing_input", why, n_used=0, **basis)
    if not len(dataset.of(Adopts)):
        why = "no adoption is on record"
        return undefined("missing_input", why, n_used=0, n_eligible=n, **basis)
    result = share(
        states,
        open_="the dates of all adoptions are unknown" if complete else OPEN,
        complete=names if complete else (),
        ends=(sure / n, min(n, sure + maybe + nowhere) / n),
        **basis,
    )
    values = {
        "share": result.value,
        "replication_depth": chain,
        "onward": _onward(dataset, at, horizon),
        "route_diversity": effective_number([routes.count(r) for r in dict.fromkeys(routes)]),
    }
    return attrs.evolve(result, values=values, bounds={"share": (result.lower, result.upper)})


OPEN = "no list of adopters is complete"


def _origin_of(
    given: tuple[str, ...], names: tuple[str, ...], lists: dict[str, tuple[str, ...]]
) -> str:
    """Where a list of targets is from, in words."""
    if given:
        return "given"
    sources = ("places of initiatives", "work plans")
    return " and ".join(source for source in sources if set(lists[source]) & set(names))


def _count(
    dataset: Dataset, names: tuple[str, ...], found: list[tuple[Adopts, bool | None]]
) -> dict[str, int]:
    """How many territories there are, and how many of them have adopted for certain."""
    states, _, _ = _adopted(dataset, names, found)
    return {"territories": len(names), "adopted": sum(s is True for s in states.values())}


def _unknown_of(
    dataset: Dataset,
    practice: Ids | None,
    initiative: Ids | None,
    found: list[tuple[Adopts, bool | None]],
    complete: bool,
    placed: bool = True,
) -> Iterator[tuple[str, str]]:
    """The facts that could say who adopted, when and, if it matters, where."""
    practices = chosen(dataset, practice, Practice) or dataset.of(Practice).ids()
    initiatives = chosen(dataset, initiative, Initiative)
    lists: tuple[tuple[tuple[str, ...], type[Record], str], ...] = (
        (practices, Practice, "adopters_complete"),
        (initiatives, Initiative, "participants_complete"),
    )
    for names, cls, member in lists if not complete else ():
        yield from ((n, member) for n in names if not absence_counts(dataset.get(n, cls)))
    for adoption, state in found:
        if state is None:
            yield adoption.id, "period"
        if placed and adopter_territory(dataset, adoption.source) is None:
            yield adoption.source, "territory"


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
    return (
        f"the level stated, else the adopter's; second level and below is local; {tied}; a level "
        "without an adoption has none only where all adopters are recorded"
    )


@jmdi.metric(
    "scaling:up",
    "Scaling up",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of levels",
    citation="ExpandNet/WHO 2010; Uvin 1995",
    convention=_up_convention,
    count="jmdi_scaling.facts.picks:of_named",
)
def scaling_up(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    levels: Level | Collection[Level] = ("local", "first_admin", "national"),
    through: Through = "ties+partnerships",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the levels in scope at which the practice is adopted.

    The rungs are local (below the first administrative level), first_admin, national,
    supranational and global. ``values`` has ``completeness``, ``highest`` (its place among the
    levels in scope, counted from 1; 0 for none) and ``tied_upward``: the share of the lower
    adopters that are tied to a higher one. The bare word regional is no level. An
    adoption without a stated level is one at the level of its adopter. The bounds take these
    levels as read, and ``notes["level_of_adopter"]`` counts them: who records another level for
    such an adoption corrects the data, and does not fill in what is unknown.

    Args:
        dataset: The records.
        practice: Only adoptions of these practices.
        initiative: Only adoptions that name these initiatives, or whose adopter takes part in
            them.
        territory: Only adopters in this territory.
        levels: The levels in scope.
        through: What ties adopters.
        closed_world: Whether lists of adopters are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    wanted = names_of(levels)
    order = [level for level in LADDER if level in wanted]
    if not order:
        raise BadParameter("levels is empty: name one level or more")
    found = _inside(dataset, adoptions(dataset, at, practice, initiative), territory)
    practices = chosen(dataset, practice, Practice)
    lists: dict[str, Any] = {"closed_world": closed_world, "among": initiative}
    complete = adopters_complete(dataset, practices, **lists)
    may_miss = [
        level for level in order if not adopters_complete(dataset, practices, level=level, **lists)
    ]
    rungs = {a.id: level_of(dataset, a) for a, _ in found}
    unknown = sum(rungs[a.id] is None for a, _ in found)
    maybe = {rungs[a.id] for a, _ in found}
    certain = [(a.id, rungs[a.id]) for a, s in found if s and rungs[a.id] is not None]
    sure = [level for level in order if level in {level for _, level in certain}]
    n = len(order)
    lower = len(sure) / n
    possible = [level for level in order if level in maybe or level in may_miss]
    upper = min(n, len(possible) + unknown) / n
    basis: dict[str, Any] = {
        "n_eligible": len(found),
        "n_used": len(certain),
        "of": "adoptions",
        "lower": lower,
        "upper": upper,
        "contributing": tuple(name for name, level in certain if level in order),
        "notes": {
            "levels": sure,
            "level_unknown": unknown,
            "level_of_adopter": sum(a.level is None and rungs[a.id] is not None for a, _ in found),
            "outside_scope": sum(r is not None and r not in order for r in rungs.values()),
            "missing": missing(
                [
                    *_unknown_of(dataset, practice, initiative, found, complete, bool(territory)),
                    *((a.id, "level") for a, _ in found if rungs[a.id] is None),
                    *(
                        (a.source, "level")
                        for a, _ in found
                        if rungs[a.id] is None and a.level is None
                    ),
                ]
            ),
        },
        **at.members(),
    }
    if not any(not practices or a.target in practices for a in dataset.of(Adopts)):
        return undefined("missing_input", "no adoption is on record", **basis)
    highest = order.index(sure[-1]) + 1 if sure else 0
    tallest = order.index(possible[-1]) + 1 if possible else 0
    known = lower == upper or (complete and bool(certain))
    tied = _tied_upward(dataset, at, found, rungs, through)
    values = {
        "completeness": lower if known else None,
        "highest": highest if known else None,
        "tied_upward": tied if complete else None,
    }
    bounds = {
        "completeness": (lower, upper),
        "highest": (highest, n if unknown else tallest),
    }
    why = "no adoption of a known level is known to have happened" if complete else OPEN
    if found and unknown == len(found):
        why = "no adoption has a known level"
    return Result(
        value=values["completeness"],
        why="" if known else why,
        values=values,
        bounds=bounds,
        **basis,
    )


def _inside(
    dataset: Dataset, found: list[tuple[Adopts, bool | None]], territory: Ids | None
) -> list[tuple[Adopts, bool | None]]:
    """The adoptions in some territories; those of adopters without a territory may be."""
    areas, places = chosen(dataset, territory, Territory), Places(dataset)
    if not areas:
        return found
    homes = [adopter_territory(dataset, adoption.source) for adoption, _ in found]
    return [
        (adoption, None if home is None else state)
        for (adoption, state), home in zip(found, homes, strict=True)
        if home is None or places.inside(home, areas)
    ]


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

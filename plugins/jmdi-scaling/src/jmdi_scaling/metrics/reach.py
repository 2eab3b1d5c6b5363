"""Whom initiatives reach: reach and representativeness, and outreach beyond the project."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Action, Actor, Indicator, Initiative, Observation, Territory, WorkPlan
from jmdi.model.records import pick
from jmdi.model.relations import Disseminated
from jmdi_scaling.facts.codes import AUDIENCE, PROJECT, code_of
from jmdi_scaling.facts.parameters import chosen
from jmdi_scaling.facts.places import Places, initiatives_of
from jmdi_scaling.facts.relations import Part, adoptions, parts_of
from jmdi_scaling.facts.timing import When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["outreach", "reach", "reached_by", "targeted"]

Cell = tuple[str, str, str]
"""Indicator, what it was observed for, and the group; an empty group is the whole."""


@jmdi.metric(
    "scaling:reach",
    "Reach and representativeness",
    on="dataset",
    range=(0, None),
    polarity="higher",
    value_is="ratio of reached to targeted",
    citation="Glasgow et al. 2019 (RE-AIM)",
    convention="latest observation, contradictions unknown; over series with both a target and an "
    "actual value; groups are added within one dimension, never across",
    count="jmdi_scaling.facts.picks:of_named",
)
def reach(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    indicator: Ids | None = None,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """People reached over people targeted, and how unlike the two are.

    ``R = reached / target``, summed over indicators with both; ``D = ½ Σ |p_g - q_g|`` over the
    groups of ``actual`` and ``target`` observations. ``values`` has ``reach``,
    ``dissimilarity``, ``reached`` and ``target``. More than everybody is flagged, not clipped.
    A series whose last observations differ from one another is unknown, and in
    ``notes["contradicted"]``.

    Groups of several dimensions (``sex: women``, ``age: young``) each count everybody once: a
    series without a total is the sum of the dimension with the most people, and D is the mean
    over the dimensions that both sides have. A group that only one side has an observation of is
    unknown on the other, and so is D then. ``notes["missing"]`` has the observations that are
    not there: what they are of, with the indicator and the role.

    Args:
        dataset: The records.
        initiative: Only what was observed for these initiatives.
        territory: Only what was observed in this territory.
        indicator: Only these indicators.
        closed_world: Whether nobody of a group was reached, or targeted, that has no observation.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    cells, contradicted = _cells(dataset, at, initiative, territory, indicator)
    actual, target = _totals(cells["actual"]), _totals(cells["target"])
    wholes = sorted({*actual, *target, *contradicted})
    both = [c for c in wholes if c not in contradicted and c in actual and c in target]
    used = [o.id for found in cells.values() for c, o in found.items() if _whole(c) in both]
    basis: dict[str, Any] = {
        "n_used": len(both),
        "n_eligible": len(wholes),
        "of": "series",
        "notes": {
            "above_target": [c[1] or c[0] for c in both if actual[c] > target[c]],
            "series_without_both": [" ".join(c[:2]) for c in wholes if c not in both],
            "contradicted": [" ".join(c[:2]) for c in wholes if c in contradicted],
            "missing": [
                {"about": c[1] or c[0], "field": "/value", "indicator": c[0], "role": role}
                for c in wholes
                for role, known in (("actual", actual), ("target", target))
                if c not in known or c in contradicted
            ],
        },
        "contributing": tuple(dict.fromkeys(used)),
        **at.members(),
    }
    if not both:
        why = "nothing has both a target and an actual value"
        if contradicted:
            why = "the last observations contradict one another, as notes['contradicted'] lists"
        return undefined("missing_input", why, **basis)
    if len({_unit(dataset, c[0]) for c in both}) > 1:
        why = "the indicators have several units: name one"
        return undefined("scaling:mixed_units", why, **basis)
    reached, aimed = sum(actual[c] for c in both), sum(target[c] for c in both)
    values: dict[str, Any] = {
        "reach": reached / aimed if aimed > 0 else None,
        "dissimilarity": _unlike(cells, both, closed_world),
        "reached": reached,
        "target": aimed,
    }
    if aimed <= 0:
        return undefined("zero_denominator", "the target is 0", values=values, **basis)
    lost = len(wholes) - len(both)
    return Result(
        value=values["reach"],
        values=values,
        no_bounds=f"{lost} of {len(wholes)} series lack a figure" if lost else "",
        **basis,
    )


def _group(seen: Observation) -> str:
    """The group that a value holds for; a part of the whole that is a place is one too."""
    places = [f"place: {place.territory or place.words or ''}" for place in seen.places]
    return "; ".join([group for group in (pick(seen.group), *places) if group])


def _whole(cell: Cell) -> Cell:
    return (cell[0], cell[1], "")


def _cells(
    dataset: Dataset, at: When, initiative: Ids | None, territory: Ids | None, indicator: Ids | None
) -> tuple[dict[str, dict[Cell, Observation]], set[Cell]]:
    """The latest actual and target observation of each indicator, subject and group.

    Then the series of which two that are as late say different things.
    """
    indicators = chosen(dataset, indicator, Indicator)
    names = chosen(dataset, initiative, Initiative)
    areas = chosen(dataset, territory, Territory)
    places = Places(dataset)
    found: dict[str, dict[Cell, list[Observation]]] = {"actual": {}, "target": {}}
    for seen in dataset.of(Observation):
        role = code_of(seen.role)
        measure = dataset.find(seen.indicator or "", Indicator)
        subject = seen.of or (measure.of if measure is not None else None) or ""
        if role not in found or seen.value is None or seen.value < 0:
            continue
        if (indicators and seen.indicator not in indicators) or (names and subject not in names):
            continue
        if areas and not any(places.inside(t, areas) for t in _homes(dataset, subject)):
            continue
        if role == "actual" and at.happened(seen.period) is False:
            continue
        cell = (seen.indicator or "", subject, _group(seen))
        known = found[role].setdefault(cell, [])
        if known and _last(seen) > _last(known[0]):
            known.clear()
        if not known or _last(seen) == _last(known[0]):
            known.append(seen)
    latest = {
        role: {cell: min(known, key=lambda o: o.id) for cell, known in cells.items()}
        for role, cells in found.items()
    }
    contradicted = {
        _whole(cell)
        for cells in found.values()
        for cell, known in cells.items()
        if len({o.value for o in known}) > 1
    }
    return latest, contradicted


def _homes(dataset: Dataset, subject: str) -> tuple[str, ...]:
    """The territories that something observed is in."""
    if initiative := dataset.find(subject, Initiative):
        return tuple(p.territory for p in initiative.places if p.territory)
    if actor := dataset.find(subject, Actor):
        return (actor.territory,) if actor.territory else ()
    return (subject,) if dataset.find(subject, Territory) else ()


def _last(seen: Observation) -> datetime.date:
    return (seen.period.end if seen.period is not None else None) or datetime.date.min


def _unit(dataset: Dataset, indicator: str) -> str | None:
    record = dataset.find(indicator, Indicator)
    return record.unit if record is not None else None


def _dimension(group: str) -> str:
    """What a group is a group by: ``sex`` of ``sex: women``; nothing where it is not said.

    ``sex: women; age: young`` is a group by both.
    """
    return ";".join(part.partition(":")[0].strip() for part in group.split(";") if ":" in part)


def _totals(found: Mapping[Cell, Observation]) -> dict[Cell, float]:
    """The value of each series: as stated, else the largest sum over the groups of a dimension."""
    stated: dict[Cell, float] = {}
    sums: dict[Cell, dict[str, float]] = {}
    for cell, seen in found.items():
        number = float(seen.value or 0)
        if not cell[2]:
            stated[cell] = number
        else:
            by = sums.setdefault(_whole(cell), {})
            dimension = _dimension(cell[2])
            by[dimension] = by.get(dimension, 0.0) + number
    return {whole: max(by.values()) for whole, by in sums.items()} | stated


def _unlike(
    cells: Mapping[str, Mapping[Cell, Observation]], series: list[Cell], closed_world: bool
) -> float | None:
    """Half the sum of the differences between the shares of groups among reached and targeted.

    The mean over the dimensions that both sides have; ``None`` without one, and where one side
    has a group that the other has not, unless nobody is recorded because there is nobody.
    """
    sides = [_by_dimension(cells[role], series) for role in ("actual", "target")]
    found = []
    for dimension in sorted(sides[0].keys() & sides[1].keys()):
        p, q = (side[dimension] for side in sides)
        if p.keys() != q.keys() and not closed_world:
            return None
        found.append(sum(abs(p.get(g, 0.0) - q.get(g, 0.0)) for g in sorted({*p, *q})) / 2)
    return sum(found) / len(found) if found else None


def _by_dimension(
    found: Mapping[Cell, Observation], series: list[Cell]
) -> dict[str, dict[str, float]]:
    """The share of each group among those of its dimension, over some series."""
    counts: dict[str, dict[str, float]] = {}
    for cell, seen in found.items():
        if cell[2] and _whole(cell) in series:
            groups = counts.setdefault(_dimension(cell[2]), {})
            groups[cell[2]] = groups.get(cell[2], 0.0) + float(seen.value or 0)
    totals = {dimension: sum(groups.values()) for dimension, groups in counts.items()}
    return {
        dimension: {group: count / totals[dimension] for group, count in groups.items()}
        for dimension, groups in counts.items()
        if totals[dimension] > 0
    }


def _reached_convention(of: str) -> str:
    if of == "actors":
        return (
            "reached: on record as disseminated to, adopter or target audience; beyond: outside "
            "the projects, of which all participants are recorded"
        )
    return "targeted: the places of an action; beyond: not in the header of its plan"


@jmdi.metric(
    "scaling:outreach",
    "Outreach ratio",
    on="dataset",
    range=(0, 1),
    value_is="share",
    citation=f"{PROJECT} of output 2",
    convention=_reached_convention,
    count="jmdi_scaling.metrics.reaching_out:count_in_tables",
    finish="jmdi_scaling.metrics.reach:outreach_of",
)
def outreach(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    of: Literal["actors", "territories"] = "actors",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of those reached who are not in the projects themselves.

    Actors: reached are those that a product was disseminated to, that adopted a practice, or
    that take part as target audience; in the projects are those that take part otherwise.
    Where not all participants are recorded, anybody may be in a project.
    Territories: targeted are the places of a plan's actions; beyond are those not in its header.
    ``values`` has both ratios; ``of`` says which of them is the value.

    Args:
        dataset: The records.
        initiative: Only these initiatives and their plans.
        territory: Only initiatives with a place in this territory.
        of: What is counted.
        closed_world: Whether lists of participants are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative, territory)
    everything = initiative is None and territory is None
    sent = [(one.target, one.id, at.contains(one.date)) for one in dataset.of(Disseminated)]
    taken = adoptions(dataset, at) if everything else []
    links = [*sent, *((one.source, one.id, state) for one, state in taken)]
    links = [link for link in links if dataset.find(link[0], Actor) is not None]
    reached, inside, records = reached_by(parts_of(dataset, names, at), links)
    plans, actions = dataset.of(WorkPlan), dataset.of(Action)
    counts = {
        "initiatives": len(names),
        "unlisted": [
            name
            for name in names
            if not absence_counts(dataset.get(name, Initiative), closed_world=closed_world)
        ],
        "reached": reached,
        "inside": inside,
        "records": records,
        "targeted": targeted(plans, actions, None if everything else names),
    }
    return outreach_of(counts, of=of, as_of=as_of, window=window)


def outreach_of(
    counts: Counts, *, of: str, as_of: Day | None, window: Window | None, **parameters: object
) -> Result:
    """Outreach, from those who are or may be reached, those in the projects, and the plans."""
    at, reached, inside = when(as_of, window), counts["reached"], counts["inside"]
    records, unlisted, n = counts["records"], counts["unlisted"], counts["initiatives"]
    settled, beyond, bounds = _share_beyond(reached, inside)
    aimed, outside, unplaced = counts["targeted"]
    ratios = {
        "actors": len(beyond) / len(settled) if settled else None,
        "territories": len(outside) / len(aimed) if aimed else None,
    }
    used = len(settled) if of == "actors" else len(aimed)
    eligible = len(reached) if of == "actors" else used + unplaced
    basis: dict[str, Any] = {
        "values": ratios,
        "n_used": used,
        "n_eligible": eligible,
        "of": of,
        "contributing": tuple(records if of == "actors" else aimed),
        "notes": {
            "actors_beyond": beyond,
            "territories_beyond": outside,
            "places_without_territory": unplaced,
            "missing": missing((name, "participants_complete") for name in unlisted),
        },
        **at.members(),
    }
    if of == "actors" and unlisted and reached:
        basis["values"] = {**ratios, "actors": None}
        basis["n_used"] = 0
        why = f"{len(unlisted)} of {n} lists of participants may be incomplete"
        if len(unlisted) == n:
            why = "no list of participants is complete"
        nobody = None if any(reached.values()) else "missing_input"
        return Result(lower=0, upper=1, or_undefined=nobody, why=why, **basis)
    if of == "actors":
        basis |= bounds
    value = ratios[of]
    if value is None:
        return undefined("missing_input", f"no {of} are on record as reached", **basis)
    if of == "territories" and unplaced:
        basis["lower"] = len(outside) / eligible
        basis["upper"] = (len(outside) + unplaced) / eligible
    return Result(value=value, **basis)


def reached_by(
    parts: Iterable[Part], links: Iterable[tuple[str, str, bool | None]]
) -> tuple[dict[str, bool], dict[str, bool], list[str]]:
    """The actors reached, those in the projects, and the records of reaching.

    Args:
        parts: Who takes part.
        links: The actors that something reached, with the record that says so and whether it did.

    Returns:
        Of each actor whether that is known for certain at the time.
    """
    inside: dict[str, bool] = {}
    found: dict[str, bool] = {}
    records: list[str] = []
    for part in parts:
        if part.role == AUDIENCE:
            records.append(part.record)
        for where, fits in ((found, part.role == AUDIENCE), (inside, part.role != AUDIENCE)):
            # A role that is not known may be either.
            if fits or part.role is None:
                sure = part.sure and part.role is not None
                where[part.actor] = sure or where.get(part.actor, False)
    for name, record, state in links:
        if state is not False:
            found[name] = state is True or found.get(name, False)
            records.append(record)
    return found, inside, records


def _share_beyond(
    reached: dict[str, bool], inside: dict[str, bool]
) -> tuple[list[str], list[str], dict[str, float]]:
    """Those reached for certain, of which it is known whether they are inside; those outside.

    The bounds take each other actor for what raises, or lowers, the share of those outside most.
    """
    settled = [name for name, sure in reached.items() if sure and inside.get(name, True)]
    beyond = [name for name in settled if name not in inside]
    if len(settled) == len(reached):
        return settled, beyond, {}
    out = [name for name in reached if inside.get(name) is not True]
    within = [name for name in reached if name in inside]
    must_be_in = sum(sure and inside.get(name) is True for name, sure in reached.items())
    must_be_out = sum(sure and name not in inside for name, sure in reached.items())
    high = len(out) / (len(out) + must_be_in) if out or must_be_in else 0.0
    low = must_be_out / (must_be_out + len(within)) if must_be_out or within else 1.0
    return settled, beyond, {"lower": low, "upper": high}


def targeted(
    plans: Iterable[WorkPlan], actions: Iterable[Action], names: Collection[str] | None
) -> tuple[list[str], list[str], int]:
    """The territories that actions target, those outside their plan's header, and the unplaced.

    Args:
        plans: The plans.
        actions: The actions.
        names: The initiatives whose plans are looked at; all if not given.
    """
    of_id = {
        plan.id: plan
        for plan in plans
        if names is None or not set(names).isdisjoint(plan.initiatives)
    }
    found: dict[str, bool] = {}
    unplaced = 0
    for action in actions:
        plan = of_id.get(action.workplan or "")
        for place in action.places if plan is not None and plan.territories else ():
            if place.territory is None:
                unplaced += 1
            elif plan is not None:
                outside = place.territory not in plan.territories
                found[place.territory] = found.get(place.territory, False) or outside
    return list(found), [t for t, outside in found.items() if outside], unplaced

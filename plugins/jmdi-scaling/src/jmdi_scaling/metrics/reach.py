"""Whom initiatives reach: reach and representativeness, and outreach beyond the project."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import Result, undefined
from jmdi.model.kinds import Action, Actor, Indicator, Initiative, Observation, Territory, WorkPlan
from jmdi.model.records import pick
from jmdi.model.relations import Adopts, Disseminated
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.parameters import chosen
from jmdi_scaling.facts.places import Places, initiatives_of
from jmdi_scaling.facts.relations import adoptions, parts_of
from jmdi_scaling.facts.timing import Day, When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["outreach", "reach"]

Cell = tuple[str, str, str]
"""Indicator, what it was observed for, and the group; an empty group is the whole."""


def reach(
    dataset: Dataset,
    *,
    initiative: Any = None,
    territory: Any = None,
    indicator: Any = None,
    as_of: Day = None,
    window: Any = None,
) -> Result:
    """People reached over people targeted, and how unlike the two are.

    ``R = reached / target``, summed over indicators with both; ``D = ½ Σ |p_g - q_g|`` over the
    groups of ``actual`` and ``target`` observations. ``values`` has ``reach``,
    ``dissimilarity``, ``reached`` and ``target``. More than everybody is flagged, not clipped.
    A series whose last observations differ from one another is unknown, and in
    ``notes["contradicted"]``.
    """
    at = when(as_of, window)
    cells, contradicted = _cells(dataset, at, initiative, territory, indicator)
    actual, target = cells["actual"], cells["target"]
    wholes = sorted({_whole(c) for c in (*actual, *target)})
    both = [
        c
        for c in wholes
        if c not in contradicted and _sum(actual, c) is not None and _sum(target, c) is not None
    ]
    notes = {
        "above_target": [
            c[1] or c[0] for c in both if (_sum(actual, c) or 0) > (_sum(target, c) or 0)
        ],
        "series_without_both": [" ".join(c[:2]) for c in wholes if c not in both],
        "contradicted": [" ".join(c[:2]) for c in wholes if c in contradicted],
    }
    basis: dict[str, Any] = {
        "n_used": len(both),
        "n_eligible": len(wholes),
        "of": "series",
        "notes": notes,
        "contributing": tuple(
            dict.fromkeys(
                o.id for found in (actual, target) for c, o in found.items() if _whole(c) in both
            )
        ),
        **at.members(),
    }
    if not both:
        why = "nothing has both a target and an actual value"
        if contradicted:
            why = "the last observations contradict one another, as notes['contradicted'] lists"
        return undefined("missing_input", why, **basis)
    units = {_unit(dataset, c[0]) for c in both}
    if len(units) > 1:
        why = "the indicators have several units: name one"
        return undefined("scaling:mixed_units", why, **basis)
    reached = sum(_sum(actual, c) or 0.0 for c in both)
    aimed = sum(_sum(target, c) or 0.0 for c in both)
    values: dict[str, Any] = {
        "reach": None,
        "dissimilarity": _unlike(actual, target, both),
        "reached": reached,
        "target": aimed,
    }
    if aimed <= 0:
        return undefined("zero_denominator", "the target is 0", values=values, **basis)
    values["reach"] = reached / aimed
    return Result(value=reached / aimed, values=values, **basis)


def _whole(cell: Cell) -> Cell:
    return (cell[0], cell[1], "")


def _cells(
    dataset: Dataset, at: When, initiative: Any, territory: Any, indicator: Any
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
        cell = (seen.indicator or "", subject, pick(seen.group))
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
    record = dataset.find(subject)
    if isinstance(record, Initiative):
        return tuple(p.territory for p in record.places if p.territory)
    if isinstance(record, Actor):
        return (record.territory,) if record.territory else ()
    return (record.id,) if isinstance(record, Territory) else ()


def _last(seen: Observation) -> datetime.date:
    return (seen.period.end if seen.period is not None else None) or datetime.date.min


def _unit(dataset: Dataset, indicator: str) -> str | None:
    record = dataset.find(indicator, Indicator)
    return record.unit if record is not None else None


def _sum(found: dict[Cell, Observation], whole: Cell) -> float | None:
    """The value of a series: as stated for the whole, else the sum over its groups."""
    stated = found.get(whole)
    if stated is not None and stated.value is not None:
        return float(stated.value)
    parts = [
        float(o.value)
        for c, o in found.items()
        if _whole(c) == whole and c[2] and o.value is not None
    ]
    return sum(parts) if parts else None


def _unlike(
    actual: dict[Cell, Observation], target: dict[Cell, Observation], series: list[Cell]
) -> float | None:
    """Half the sum of the differences between the shares of groups among reached and targeted."""
    shares = []
    for found in (actual, target):
        groups: dict[str, float] = {}
        for cell, seen in found.items():
            if cell[2] and _whole(cell) in series and seen.value is not None:
                groups[cell[2]] = groups.get(cell[2], 0.0) + float(seen.value)
        total = sum(groups.values())
        if total <= 0:
            return None
        shares.append({group: value / total for group, value in groups.items()})
    names = sorted({*shares[0], *shares[1]})
    return sum(abs(shares[0].get(g, 0.0) - shares[1].get(g, 0.0)) for g in names) / 2


def outreach(
    dataset: Dataset,
    *,
    initiative: Any = None,
    territory: Any = None,
    as_of: Day = None,
    window: Any = None,
    of: str = "actors",
) -> Result:
    """Share of those reached who are not in the projects themselves.

    Actors: reached are those that a product was disseminated to, that adopted a practice, or
    that take part as target audience; in the projects are those that take part otherwise.
    Territories: targeted are the places of a plan's actions; beyond are those not in its header.
    ``values`` has both ratios; ``of`` says which of them is the value.
    """
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative, territory)
    everything = initiative is None and territory is None
    reached, inside, records = _reached(dataset, names, everything, at)
    beyond = [name for name in reached if name not in inside]
    targeted, outside, unplaced = _targeted(dataset, None if everything else names)
    ratios = {
        "actors": len(beyond) / len(reached) if reached else None,
        "territories": len(outside) / len(targeted) if targeted else None,
    }
    used = len(reached) if of == "actors" else len(targeted)
    eligible = used if of == "actors" else used + unplaced
    basis: dict[str, Any] = {
        "values": ratios,
        "n_used": used,
        "n_eligible": eligible,
        "of": of,
        "contributing": tuple(records if of == "actors" else targeted),
        "notes": {
            "actors_beyond": beyond,
            "territories_beyond": outside,
            "places_without_territory": unplaced,
        },
        **at.members(),
    }
    value = ratios[of]
    if value is None:
        return undefined("missing_input", f"no {of} are on record as reached", **basis)
    if of == "territories" and unplaced:
        basis["lower"] = len(outside) / eligible
        basis["upper"] = (len(outside) + unplaced) / eligible
    return Result(value=value, **basis)


def _reached(
    dataset: Dataset, names: tuple[str, ...], everything: bool, at: When
) -> tuple[list[str], set[str], list[str]]:
    """The actors reached, those in the projects, and the records of reaching."""
    inside: set[str] = set()
    found: dict[str, None] = {}
    records: list[str] = []
    for part in parts_of(dataset, names, at):
        if part.role == "target_audience":
            found[part.actor] = None
            records.append(part.record)
        else:
            inside.add(part.actor)
    links = [
        (sent.target, sent.id)
        for sent in dataset.of(Disseminated)
        if at.contains(sent.date) is not False
    ]
    taken: list[tuple[Adopts, bool | None]] = adoptions(dataset, at) if everything else []
    links += [(adoption.source, adoption.id) for adoption, _ in taken]
    for name, record in links:
        if dataset.find(name, Actor) is not None:
            found[name] = None
            records.append(record)
    return list(found), inside, records


def _targeted(dataset: Dataset, names: tuple[str, ...] | None) -> tuple[list[str], list[str], int]:
    """The territories that actions target, those outside their plan's header, and the unplaced."""
    plans = {
        plan.id: plan
        for plan in dataset.of(WorkPlan)
        if names is None or not set(names).isdisjoint(plan.initiatives)
    }
    targeted: dict[str, bool] = {}
    unplaced = 0
    for action in dataset.of(Action):
        plan = plans.get(action.workplan or "")
        for place in action.places if plan is not None and plan.territories else ():
            if place.territory is None:
                unplaced += 1
            elif plan is not None:
                outside = place.territory not in plan.territories
                targeted[place.territory] = targeted.get(place.territory, False) or outside
    return list(targeted), [t for t, outside in targeted.items() if outside], unplaced

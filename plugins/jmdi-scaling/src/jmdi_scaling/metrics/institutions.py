"""How far something is institutionalised in a territory, and in how many of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, TypeAlias

import jmdi
from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result
from jmdi.metrics.shares import share
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Evidence, Practice, Territory
from jmdi.plugins.argument_types import Above, AtLeast, AtMost
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.parameters import (
    Years,
    chosen,
    names_of,
)
from jmdi_scaling.facts.places import Places, adopter_territory, target_territories
from jmdi_scaling.facts.relations import adoptions
from jmdi_scaling.facts.timing import When, start_of, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["CRITERIA", "Level", "institutionalization", "levels", "targets_of"]

Weights: TypeAlias = Mapping[str, Annotated[float, AtLeast(0)]]
"""The weight of each criterion that counts."""

CRITERIA: tuple[str, ...] = (
    "plan",
    "budget_line",
    "ordinance",
    "monitoring",
    "unit",
    "staff",
    "coordination_body",
)
ROUTINE = frozenset({"plan", "budget_line", "ordinance", "monitoring"})
"""Criteria of routinisation, the rules and the money; the rest is saturation, the people."""


@frozen
class Level:
    """How far something is institutionalised in one territory.

    Attributes:
        value: Weight of what is present over the weight of what is known; ``None`` where only
            presences are recorded, and not all criteria.
        lower: The same with all that is not known absent.
        upper: The same with all that is not known present.
        routinisation: The value over the criteria of routinisation, under the same condition.
        saturation: The value over the other criteria.
        known: How many criteria are known.
        records: The evidence.
    """

    value: float | None
    lower: float
    upper: float
    routinisation: float | None
    saturation: float | None
    known: int
    records: tuple[str, ...]

    def reaches(self, theta: float) -> bool | None:
        """Whether it is at least theta, by its bounds or else by its value."""
        if self.lower >= theta or self.upper < theta:
            return self.lower >= theta
        return None if self.value is None else self.value >= theta


Fact = tuple[Evidence, bool]


def levels(
    dataset: Dataset,
    targets: Iterable[str],
    at: When,
    *,
    practice: Ids | None = None,
    weights: Weights | None = None,
    hold: Years = 0,
    closed_world: bool = False,
) -> tuple[dict[str, Level], list[str]]:
    """The level of each territory, and the criteria on which evidence contradicts itself.

    In a closed world a criterion without evidence is absent.

    Raises:
        BadParameter: If all weights are 0, or ``hold`` is given without a day.
    """
    used = dict.fromkeys(CRITERIA, 1.0) if weights is None else weights
    if not sum(used.values()):
        raise BadParameter(f"weights={weights!r}: give one criterion a weight above 0")
    if hold and (at.first is None or not at.as_of):
        raise BadParameter("hold needs as_of: from which day backwards must it have held?")
    facts = _facts(dataset, set(targets), at, practice, used)
    found, conflicts = {}, []
    for territory in targets:
        states: dict[str, tuple[bool | None, bool]] = {}
        records: list[str] = []
        for criterion in used:
            group = facts.get((territory, criterion), [])
            records += [evidence.id for evidence, _ in group]
            state, certain, clash = _state(group)
            if closed_world and not group:
                state, certain = False, True
            if clash:
                conflicts.append(f"{territory} {criterion}")
            if state and hold and not _held(group, at, hold):
                state = None if _maybe_held(group, at, hold) else False
            states[criterion] = (state, certain)
        found[territory] = _level(states, used, records)
    return found, conflicts


def _facts(
    dataset: Dataset, targets: set[str], at: When, practice: Ids | None, used: Mapping[str, float]
) -> dict[tuple[str, str], list[Fact]]:
    """The evidence that holds, by territory and criterion."""
    practices = chosen(dataset, practice, Practice)
    facts: dict[tuple[str, str], list[Fact]] = {}
    for evidence in dataset.of(Evidence):
        criterion = code_of(evidence.criterion)
        territory = adopter_territory(dataset, evidence.of) if evidence.of else None
        if criterion not in used or criterion is None or territory not in targets:
            continue
        if practices and evidence.practice is not None and evidence.practice not in practices:
            continue
        state = at.holds(evidence.period)
        if state is not False and territory is not None:
            facts.setdefault((territory, criterion), []).append((evidence, state is True))
    return facts


def _state(group: list[Fact]) -> tuple[bool | None, bool, bool]:
    """What the evidence says of one criterion, whether its time is certain, whether it clashes.

    Where several contradict one another, the one that began last counts; without dates, none.
    """
    known = [(e, sure) for e, sure in group if code_of(e.state) in ("present", "absent")]
    if not known:
        return None, False, False
    said = {code_of(e.state) for e, _ in known}
    # Evidence that does not say which may have begun last.
    told = len(known) == len(group)
    if len(said) == 1:
        return "present" in said, told and any(sure for _, sure in known), False
    starts = [e.period.start if e.period is not None else None for e, _ in known]
    if None in starts:
        return None, False, True
    last = max(day for day in starts if day is not None)
    latest = [fact for fact, day in zip(known, starts, strict=True) if day == last]
    said = {code_of(e.state) for e, _ in latest}
    if len(said) > 1:
        return None, False, True
    return "present" in said, told and any(sure for _, sure in latest), False


def _held(group: list[Fact], at: When, hold: float) -> bool:
    """Whether presence had begun for certain that many years before the day."""
    since = _since(at, hold)
    latest = (start_of(e.period)[1] for e, _ in group if code_of(e.state) == "present")
    return any(day is not None and day <= since for day in latest)


def _maybe_held(group: list[Fact], at: When, hold: float) -> bool:
    """Whether presence may have begun that many years before the day."""
    since = _since(at, hold)
    earliest = (start_of(e.period)[0] for e, _ in group if code_of(e.state) == "present")
    return any(day is None or day <= since for day in earliest)


def _since(at: When, hold: float) -> datetime.date:
    return (at.first or datetime.date.max) - datetime.timedelta(days=round(hold * 365.25))


def _level(
    states: Mapping[str, tuple[bool | None, bool]], weights: Mapping[str, float], records: list[str]
) -> Level:
    total = sum(weights.values())
    low = sum(weights[c] for c, (state, sure) in states.items() if state and sure)
    absent = sum(weights[c] for c, (state, sure) in states.items() if state is False and sure)
    known = {c: state for c, (state, _) in states.items() if state is not None}
    # Where only what is there was written down, all that is known is there.
    biased = all(known.values())

    def score(among: frozenset[str]) -> float | None:
        inside = among & known.keys()
        weight = sum(weights[c] for c in inside)
        if not weight or (biased and len(inside) < len(among)):
            return None
        return sum(weights[c] for c in inside if known[c]) / weight

    return Level(
        value=score(frozenset(weights)),
        lower=low / total,
        upper=(total - absent) / total,
        routinisation=score(frozenset(weights) & ROUTINE),
        saturation=score(frozenset(weights) - ROUTINE),
        known=len(known),
        records=tuple(records),
    )


def _convention(theta: float, hold: float, weights: Weights | None) -> str:
    held = f" and was present for {hold:g} years" if hold else ""
    weighed = "all seven criteria weigh the same" if weights is None else "criteria weigh as given"
    return (
        f"counts where the level reaches {theta:g}{held}; {weighed}; the evidence that began last "
        "decides; contradictions are unknown; where only presences are on record there is no level"
    )


@jmdi.metric(
    "scaling:institutionalization",
    "Institutionalisation coverage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation="Goodman et al. 1993; Glasgow et al. 2019; JMDI Guidelines",
    convention=_convention,
    count="jmdi_scaling.facts.picks:of_named",
)
def institutionalization(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    theta: Annotated[float, Above(0), AtMost(1)] = 0.5,
    weights: Weights | None = None,
    hold: Years = 0.0,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the target territories in which the practice is institutionalised.

    The level of a territory is ``Σwx/Σw``, the weight of the criteria present over the weight
    of those known; it counts from ``theta`` on, and with ``hold`` only once it was present for
    that many years. Targets are those given, else those that plans name, else those with
    evidence or an adoption. ``values`` gives each territory's level, bounds and two sub-scores.

    Args:
        dataset: The records.
        practice: Only evidence on these practices, or on none in particular.
        initiative: The initiatives whose plans name the targets.
        territory: Only targets in this territory.
        targets: The target territories; those that plans name if not given.
        theta: The level from which on a territory counts.
        weights: The weight of each criterion; all seven weigh 1 if not given.
        hold: For how many years before ``as_of`` a criterion must have been present.
        closed_world: Whether a criterion without evidence is absent.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = targets_of(dataset, at, practice, initiative, territory, targets)
    found, conflicts = levels(
        dataset,
        names,
        at,
        practice=practice,
        weights=weights,
        hold=hold,
        closed_world=closed_world,
    )
    states = {name: level.reaches(theta) for name, level in found.items()}
    values = {
        name: {
            key: getattr(level, key)
            for key in ("value", "lower", "upper", "routinisation", "saturation", "known")
        }
        for name, level in found.items()
    }
    n = max(len(names), 1)
    some = any(level.known for level in found.values())
    # Of lists of presences alone, the territories where all is known are no sample either.
    levelled = {name: level.value for name, level in found.items() if level.value is not None}
    absences = closed_world or any(value < 1 for value in levelled.values())
    open_ = "no evidence of absence is on record" if some else "no criterion is known"
    return share(
        states,
        "territories",
        empty=("missing_input", "there is no target territory: give targets"),
        open_=f"{open_} in any target territory",
        complete=levelled if absences else (),
        ends=(
            sum(level.lower >= theta for level in found.values()) / n,
            sum(level.upper >= theta for level in found.values()) / n,
        ),
        values=values,
        contributing=tuple(dict.fromkeys(r for level in found.values() for r in level.records)),
        notes={"conflicts": conflicts, "reached": [n for n in names if states[n]]},
        **at.members(),
    )


def targets_of(
    dataset: Dataset,
    at: When,
    practice: Ids | None,
    initiative: Ids | None,
    territory: Ids | None,
    targets: Ids | None,
) -> tuple[str, ...]:
    """Target territories given or named by plans, else those with evidence or an adoption."""
    names = target_territories(dataset, targets, initiative, territory)
    if names or names_of(targets):
        return names
    places = Places(dataset)
    areas = chosen(dataset, territory, Territory)
    of = [e.of for e in dataset.of(Evidence)]
    of += [adoption.source for adoption, _ in adoptions(dataset, at, practice, initiative)]
    seen = (adopter_territory(dataset, name) for name in of if name is not None)
    return tuple(dict.fromkeys(t for t in seen if t and (not areas or places.inside(t, areas))))

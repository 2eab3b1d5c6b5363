"""How far something is institutionalised in a territory, and in how many of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import BadParameter
from jmdi.metrics.result import Result
from jmdi.model.kinds import Evidence, Practice, Territory
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.parameters import chosen, names_of, numbers_of
from jmdi_scaling.facts.places import Places, adopter_territory, target_territories
from jmdi_scaling.facts.relations import adoptions
from jmdi_scaling.facts.shares import share
from jmdi_scaling.facts.timing import Day, When, start_of, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["CRITERIA", "Level", "institutionalization", "levels", "targets_of"]

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


@attrs.frozen(slots=True)
class Level:
    """How far something is institutionalised in one territory.

    Attributes:
        value: Weight of what is present over the weight of what is known.
        lower: The same with all that is not known absent.
        upper: The same with all that is not known present.
        routinisation: The value over the criteria of routinisation.
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
        """Whether it is at least theta; ``None`` when nothing is known."""
        return None if self.value is None else self.value >= theta


Fact = tuple[Evidence, bool]


def levels(
    dataset: Dataset,
    targets: Iterable[str],
    at: When,
    *,
    practice: Any = None,
    weights: Mapping[str, float] | None = None,
    hold: float = 0,
) -> tuple[dict[str, Level], list[str]]:
    """The level of each territory, and the criteria on which evidence contradicts itself.

    Raises:
        BadParameter: If a weight is negative, all are 0, or ``hold`` is given without a day.
    """
    used: dict[str, float] = dict.fromkeys(CRITERIA, 1.0)
    if weights is not None and not isinstance(weights, Mapping):
        raise BadParameter(f"weights={weights!r}: give a number for each criterion")
    if weights is not None:
        used = dict(zip(weights, numbers_of(list(weights.values()), "weights"), strict=True))
    if any(w < 0 for w in used.values()) or not sum(used.values()):
        raise BadParameter(f"weights={weights!r} must not be negative, and not all 0")
    if hold < 0:
        raise BadParameter(f"hold={hold!r} must not be negative")
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
            if clash:
                conflicts.append(f"{territory} {criterion}")
            if state and hold and not _held(group, at, hold):
                state = None if _maybe_held(group, at, hold) else False
            states[criterion] = (state, certain)
        found[territory] = _level(states, used, records)
    return found, conflicts


def _facts(
    dataset: Dataset, targets: set[str], at: When, practice: Any, used: Mapping[str, float]
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

    Where several speak, the one that began last does; if that cannot be told, nobody does.
    """
    told = [(e, sure) for e, sure in group if code_of(e.state) in ("present", "absent")]
    if not told:
        return None, False, False
    said = {code_of(e.state) for e, _ in told}
    if len(said) == 1:
        return "present" in said, any(sure for _, sure in told), False
    starts = [e.period.start if e.period is not None else None for e, _ in told]
    if None in starts:
        return None, False, True
    last = max(day for day in starts if day is not None)
    latest = [fact for fact, day in zip(told, starts, strict=True) if day == last]
    said = {code_of(e.state) for e, _ in latest}
    if len(said) > 1:
        return None, False, True
    return "present" in said, any(sure for _, sure in latest), False


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
    return Level(
        value=_score(states, weights, frozenset(weights)),
        lower=low / total,
        upper=(total - absent) / total,
        routinisation=_score(states, weights, frozenset(weights) & ROUTINE),
        saturation=_score(states, weights, frozenset(weights) - ROUTINE),
        known=sum(state is not None for state, _ in states.values()),
        records=tuple(records),
    )


def _score(
    states: Mapping[str, tuple[bool | None, bool]],
    weights: Mapping[str, float],
    among: frozenset[str],
) -> float | None:
    known = [
        (weights[c], state) for c, (state, _) in states.items() if c in among and state is not None
    ]
    total = sum(weight for weight, _ in known)
    return sum(weight for weight, state in known if state) / total if total else None


def institutionalization(
    dataset: Dataset,
    *,
    practice: Any = None,
    initiative: Any = None,
    territory: Any = None,
    targets: Any = None,
    as_of: Day = None,
    window: Any = None,
    theta: float = 0.5,
    weights: Mapping[str, float] | None = None,
    hold: float = 0,
) -> Result:
    """Share of the target territories in which the practice is institutionalised.

    The level of a territory is the weight of the criteria present over the weight of those
    known; it counts from ``theta`` on, and with ``hold`` only once it was present for that many
    years. Targets are those given, else those that plans name, else those with evidence or an
    adoption. ``values`` gives each territory's level, bounds and two sub-scores.
    """
    if not 0 < theta <= 1:
        raise BadParameter(f"theta={theta!r} must be above 0 and at most 1")
    at = when(as_of, window)
    names = targets_of(dataset, at, practice, initiative, territory, targets)
    found, conflicts = levels(dataset, names, at, practice=practice, weights=weights, hold=hold)
    states = {name: level.reaches(theta) for name, level in found.items()}
    values = {
        name: {
            key: getattr(level, key)
            for key in ("value", "lower", "upper", "routinisation", "saturation", "known")
        }
        for name, level in found.items()
    }
    result = share(
        states,
        "territories",
        empty=("missing_input", "there is no target territory: give targets"),
        unknown=("missing_input", "no criterion is known in any target territory"),
        values=values,
        contributing=tuple(dict.fromkeys(r for level in found.values() for r in level.records)),
        notes={"conflicts": conflicts, "reached": [n for n in names if states[n]]},
        **at.members(),
    )
    if not names:
        return result
    return attrs.evolve(
        result,
        lower=sum(level.lower >= theta for level in found.values()) / len(names),
        upper=sum(level.upper >= theta for level in found.values()) / len(names),
    )


def targets_of(
    dataset: Dataset, at: When, practice: Any, initiative: Any, territory: Any, targets: Any
) -> tuple[str, ...]:
    """Target territories given or named by plans, else those with evidence or an adoption."""
    names = target_territories(dataset, targets, initiative, territory)
    if names or names_of(targets, "targets"):
        return names
    places = Places(dataset)
    areas = chosen(dataset, territory, Territory)
    of = [e.of for e in dataset.of(Evidence)]
    of += [adoption.source for adoption, _ in adoptions(dataset, at, practice, initiative)]
    seen = (adopter_territory(dataset, name) for name in of if name is not None)
    return tuple(dict.fromkeys(t for t in seen if t and (not areas or places.inside(t, areas))))

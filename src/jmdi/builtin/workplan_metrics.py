"""Metrics of work plans: completeness, audience, codification, budget and adherence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jmdi.builtin.workplan_costs import cost_per_participant
from jmdi.errors import BadParameter, fold
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.model.kinds import Action, Observation, WorkPlan
from jmdi.model.relations import Coded
from jmdi.model.values import Money, Period

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "actions_of",
    "adherence",
    "audience",
    "codification",
    "completeness",
    "has_actions",
    "cost_per_participant",
    "known_budget",
]

_PLACEHOLDER = re.compile(
    r"\b(to be (determined|decided|confirmed|defined|announced|agreed|specified)|tb[acd]|n/?a|"
    r"not (yet )?(available|determined|decided|defined|known|specified)|unknown|pending|"
    r"(a|reste a) (determiner|definir|confirmer|preciser)|non (determine|defini|precise)e?s?|"
    r"por (determinar|definir|confirmar|precisar)|sin (determinar|definir)|pendiente|"
    r"a (determinar|definir|confirmar))\b"
)
_UNDECIDED = frozenset({"to_be_determined", "not_stated"})


def has_actions(dataset: Dataset) -> bool | str:
    """Whether there is anything for these metrics to measure, or why not."""
    return bool(dataset.of(Action)) or "there are no actions of a work plan"


def actions_of(dataset: Dataset, workplan: str | None) -> tuple[Action, ...]:
    """The actions of one plan, or of all.

    Raises:
        NotFound: If there is no such plan.
        UndefinedResult: If there are no actions.
    """
    actions = tuple(dataset.of(Action))
    if workplan is not None:
        plan = dataset.get(workplan, WorkPlan)
        actions = tuple(action for action in actions if action.workplan == plan.id)
    if not actions:
        raise UndefinedResult("missing_input", "there are no actions of a work plan")
    return actions


def _says(words: str | None) -> bool:
    """Whether words say something once placeholders and punctuation are taken away."""
    return any(c.isalnum() for c in _PLACEHOLDER.sub("", fold(words or "")))


def _any_says(texts: Iterable[str | None]) -> bool:
    return any(_says(text) for text in texts)


def _timeline_filled(period: Period | None) -> bool:
    """Whether a date is given and settled: "November 2015 (to be determined)" is not."""
    if period is None or period.reason in _UNDECIDED:
        return False
    if _PLACEHOLDER.search(fold(period.words or "")):
        return False
    return period.edtf is not None or bool(period.parts) or _says(period.words)


def _finance_filled(money: Money) -> bool:
    """Whether a figure or a way of paying is given: "embedded in the budget" is an answer."""
    if money.amount is not None:
        return True
    return money.reason not in _UNDECIDED and (_says(money.words) or money.reason is not None)


def _missing(action: Action) -> list[str]:
    """The names of the six fields of a work plan that an action leaves unfilled."""
    places = [p.words or p.territory for p in action.places]
    audience = [text for a in action.audience for text in a.who.values()]
    sized = any(a.size is not None and a.size.value is not None for a in action.audience)
    period = action.timeline if action.timeline is not None else action.period
    filled = {
        "action": _any_says(action.names.values()) or _any_says(action.description.values()),
        "objective": _any_says(t for text in action.objectives for t in text.values()),
        "audience": _any_says(audience) or sized or any(a.type for a in action.audience),
        "activity": _any_says(action.activity.values()) or _any_says(places),
        "timeline": _timeline_filled(period),
        "finance": any(map(_finance_filled, action.finance)),
    }
    return [name for name, is_filled in filled.items() if not is_filled]


def completeness(dataset: Dataset, workplan: str | None = None) -> Result:
    """Share of the six fields that are filled: per action, and the mean over actions.

    The fields are those of the JMDI work plan: action or space, objective, target audience,
    activity and place, timeline, financial resources. ``values`` holds each action's share;
    ``notes["unfilled"]`` names the fields that each leaves open.
    """
    actions = actions_of(dataset, workplan)
    missing = {action.id: _missing(action) for action in actions}
    values = {name: (6 - len(fields)) / 6 for name, fields in missing.items()}
    return Result(
        value=sum(6 - len(fields) for fields in missing.values()) / (6 * len(missing)),
        values=values,
        n_used=len(actions),
        n_eligible=len(actions),
        of="actions",
        contributing=tuple(values),
        notes={"unfilled": {name: fields for name, fields in missing.items() if fields}},
    )


def _level_of(action: Action, plans: Mapping[str, WorkPlan]) -> str | None:
    """The governance level of an action: its own, else that of the table it stands in."""
    if action.level is not None:
        return action.level.code
    plan = plans.get(action.workplan or "")
    if plan is None or action.table is None or not 0 < action.table <= len(plan.tables):
        return None
    level = plan.tables[action.table - 1].level
    return level.code if level is not None else None


def audience(dataset: Dataset, workplan: str | None = None, cells: str = "named") -> Result:
    """Which actor types are addressed at which governance level.

    ``values`` maps actor type to level to the number of audiences; the value is the share of
    cells that are not empty. Audiences without a known type or level are outside the table
    and counted in ``notes``.
    """
    actions = actions_of(dataset, workplan)
    plans = {plan.id: plan for plan in dataset.of(WorkPlan)}
    counts: dict[tuple[str, str], int] = {}
    unknown = {"audiences_without_type": 0, "audiences_without_level": 0}
    contributing: dict[str, None] = {}
    total = 0
    for action in actions:
        level = _level_of(action, plans)
        for part in action.audience:
            total += 1
            unknown["audiences_without_type"] += part.type is None
            unknown["audiences_without_level"] += level is None
            if part.type is not None and level is not None:
                counts[part.type.code, level] = counts.get((part.type.code, level), 0) + 1
                contributing[action.id] = None
    if not total:
        return undefined("missing_input", "no action names an audience", notes=unknown)
    if not counts:
        why = "no audience has both a known type and a known level"
        return undefined("no_known_group", why, n_used=0, n_eligible=total, notes=unknown)
    types, levels = _axes(dataset, counts, cells)
    values = {t: {level: counts.get((t, level), 0) for level in levels} for t in types}
    filled = sum(1 for row in values.values() for count in row.values() if count)
    size = len(types) * len(levels)
    return Result(
        value=filled / size,
        values=values,
        n_used=sum(counts.values()),
        n_eligible=total,
        of="audiences",
        contributing=tuple(contributing),
        notes={"cells": size, "empty_cells": size - filled, **unknown},
    )


def _axes(
    dataset: Dataset, counts: Iterable[tuple[str, str]], cells: str
) -> tuple[list[str], list[str]]:
    """The actor types and levels of the table, sorted; all codes of the vocabularies if asked."""
    types, levels = {t for t, _ in counts}, {level for _, level in counts}
    if cells == "vocabulary":
        vocabularies = dataset.catalog.vocabularies
        for scheme, codes in (("actor-type", types), ("governance-level", levels)):
            if scheme in vocabularies:
                codes.update(vocabularies[scheme].codes())
    return sorted(types), sorted(levels)


def codification(dataset: Dataset, workplan: str | None = None, per: str = "objective") -> Result:
    """Share of the objectives, or actions, that are coded to at least one theme."""
    actions = actions_of(dataset, workplan)
    coded = {relation.source for relation in dataset.of(Coded)}
    weights = {a.id: len(a.objectives) if per == "objective" else 1 for a in actions}
    total = sum(weights.values())
    if not total:
        return undefined("zero_denominator", "no action states an objective", n_used=0)
    with_code = tuple(a.id for a in actions if a.clusters or a.id in coded)
    return Result(
        value=sum(weights[name] for name in with_code) / total,
        n_used=total,
        n_eligible=total,
        of=f"{per}s",
        contributing=with_code,
        notes={"actions_without_theme": len(actions) - len(with_code)},
    )


def known_budget(dataset: Dataset, workplan: str | None = None) -> Result:
    """Share of the actions with a figure in a known currency; unknown is never counted as 0."""
    actions = actions_of(dataset, workplan)
    known = tuple(a.id for a in actions if any(m.known for m in a.finance))
    figure = sum(1 for a in actions if any(m.amount is not None for m in a.finance))
    reasons: dict[str, int] = {}
    for action in actions:
        if action.id not in known:
            for reason in {m.reason or "not_stated" for m in action.finance} or {"not_stated"}:
                reasons[reason] = reasons.get(reason, 0) + 1
    return Result(
        value=len(known) / len(actions),
        lower=len(known) / len(actions),
        upper=figure / len(actions),
        n_used=len(actions),
        n_eligible=len(actions),
        of="actions",
        contributing=known,
        notes={"currency_unknown": figure - len(known), "reasons": dict(sorted(reasons.items()))},
    )


def _day(value: str | datetime.date) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadParameter(f"as_of={value!r} is not a date: write it as '2016-12-31'") from None


def _done(dataset: Dataset, day: datetime.date) -> dict[str, Period]:
    """The period of the latest actual observation of each record that had begun by a day."""
    latest: dict[str, Period] = {}
    for seen in dataset.of(Observation):
        if seen.of is None or seen.role is None or seen.role.code != "actual" or seen.reason:
            continue
        period = seen.period
        if period is None or period.end is None or (period.start or period.end) > day:
            continue
        known = latest.get(seen.of)
        if known is None or (known.end is not None and period.end > known.end):
            latest[seen.of] = period
    return latest


def adherence(
    dataset: Dataset, workplan: str | None = None, as_of: str | datetime.date = ""
) -> Result:
    """Share of the actions due that were done on time.

    An action is due when its timeline ends before ``as_of``. When it was done is read from
    observations *of* the action with the role ``actual`` and a period. Actions that are due
    without such a record are unknown, not late: they widen the bounds.
    """
    day = _day(as_of)
    done = _done(dataset, day)
    on_time, late, unknown = [], [], []
    not_due = undated = 0
    for action in actions_of(dataset, workplan):
        end = action.timeline.end if action.timeline is not None else None
        actual = done.get(action.id)
        if end is None:
            undated += 1
        elif end >= day:
            not_due += 1
        elif actual is not None and actual.end is not None and actual.end <= end:
            on_time.append(action.id)
        elif actual is not None and actual.start is not None and actual.start > end:
            late.append(action.id)
        else:
            unknown.append(action.id)
    known, due = len(on_time) + len(late), len(on_time) + len(late) + len(unknown)
    notes = {"undated": undated, "not_yet_due": not_due, "late": late, "unknown": unknown}
    if not known:
        why = "no action that was due has a record of when it was done"
        return undefined("missing_input", why, n_used=0, n_eligible=due, as_of=day, notes=notes)
    return Result(
        value=len(on_time) / known,
        lower=len(on_time) / due,
        upper=(len(on_time) + len(unknown)) / due,
        n_used=known,
        n_eligible=due,
        of="actions due",
        as_of=day,
        contributing=(*on_time, *late),
        notes=notes,
    )

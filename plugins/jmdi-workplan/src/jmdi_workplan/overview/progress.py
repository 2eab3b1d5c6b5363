"""What was planned beside what is on record as done."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jmdi import Dataset, Observation, Period, Table, pick
from jmdi.metrics.types import Day
from jmdi_workplan.export.layout import timeline_words
from jmdi_workplan.metrics.adherence import how_far, tells_when
from jmdi_workplan.metrics.selection import as_date
from jmdi_workplan.overview.facts import Planned, facts_of

__all__ = ["progress"]


def progress(dataset: Dataset, *, as_of: Day) -> dict[str, Table]:
    """Sets what was planned beside what was done, action by action.

    When an action was done is read from observations of it with the role ``actual`` and a period,
    as in the metric ``workplan:adherence``; what was reached, from the values of its indicators. An
    action that is due and has no such record is not late: nothing is known of it. Where no period
    is on record, a status in words or per cent says how far it is.

    Args:
        dataset: The plan and its observations.
        as_of: The day that it is computed for.

    Returns:
        ``actions`` (plan, action, planned, start, end, done_start, done_end, status, said) and
        ``indicators`` (action, indicator, group, baseline, target, actual, share of the target).
    """
    day = as_date(as_of)
    actions = facts_of(dataset)
    heads = ("plan", "action", "planned", "start", "end", "done_start", "done_end")
    measures = ("action", "indicator", "group", "unit", "baseline", "target", "actual", "share")
    return {
        "actions": Table((*heads, "status", "said"), (_row(one, day) for one in actions)),
        "indicators": Table(measures, (row for one in actions for row in _measured(one, day))),
    }


def _row(one: Planned, day: datetime.date) -> tuple[object, ...]:
    planned = one.action.timeline
    seen = [
        o
        for o in one.facts.seen.get(one.action.id, ())
        if _role(o) == "actual" and not o.reason and not _later(o.period, day)
    ]
    done = _latest([o.period for o in seen if o.period is not None and tells_when(o)])
    said = "; ".join(dict.fromkeys(o.text for o in seen if o.text and _is_status(o))) or None
    start, end = (planned.start, planned.end) if planned else (None, None)
    first, last = (done.start, done.end) if done else (None, None)
    status = _status(start, end, done, seen, day)
    words = timeline_words(planned, "en") or None
    return one.plan_name, one.action.label(), words, start, end, first, last, status, said


def _role(seen: Observation) -> str | None:
    return seen.role.code if seen.role else None


def _later(period: Period | None, day: datetime.date) -> bool:
    return period is not None and period.start is not None and period.start > day


def _latest(periods: Sequence[Period]) -> Period | None:
    """The period that ends last; one that has not ended is the last of all."""
    far = datetime.date.max
    return max(periods, key=lambda p: (p.end or far, p.start or far), default=None)


def _status(
    start: datetime.date | None,
    end: datetime.date | None,
    done: Period | None,
    seen: Sequence[Observation],
    day: datetime.date,
) -> str:
    """Where an action stands on a day: its planned days, when it was done, and what is said."""
    if done is not None and done.end is not None and done.end <= day:
        if end is None:
            return "done, no planned end"
        if done.end <= end:
            return "done on time"
        return "done late" if done.start is not None and done.start > end else "done, perhaps late"
    if done is not None:
        return "under way"
    stated = [one for one in seen if _is_status(one)]
    worded = {_said(one) for one in stated if one.value is None} - {None}
    said = worded or {_said(one) for one in stated} - {None}
    if len(said) == 1:
        late = end is not None and end < day
        far = said.pop() or ""
        return _WITHOUT_DATE.get(far, f"due, {far}" if late else far)
    if seen:
        return "on record without a date"
    if start is None and end is None:
        return "no planned date"
    if end is not None and end < day:
        return "due, nothing on record"
    return "not due"


_WITHOUT_DATE = {
    "done": "done, date not known",
    "under way": "under way",
    "postponed": "postponed",
    "cancelled": "cancelled",
}
"""The status of an action that is said to be so far, and not when."""


def _is_status(seen: Observation) -> bool:
    """Whether something is said of an action as a whole, in words or per cent."""
    return seen.indicator is None or (seen.text or "").strip().endswith("%")


def _said(seen: Observation) -> str | None:
    """How far an action is, as a word or share for all of it says; ``None`` if they do not."""
    if seen.value is not None:
        return {Decimal(0): "not begun", Decimal(100): "done"}.get(seen.value, "under way")
    return how_far(seen.text or "")


def _measured(one: Planned, day: datetime.date) -> Iterator[tuple[object, ...]]:
    """The values of each indicator, or group of it, by role: the latest known on a day."""
    found: dict[tuple[str, str, str | None], dict[str, Observation]] = {}
    facts = one.facts
    for seen in facts.seen.get(one.action.id, ()):
        role = _role(seen)
        after = role == "actual" and _later(seen.period, day)
        if role is None or after or (seen.value is None and not seen.text):
            continue
        record = facts.dataset.find(seen.indicator) if seen.indicator else None
        unit = getattr(record, "unit", None)
        name = record.label() if record is not None else ""
        values = found.setdefault((name, pick(seen.group), unit), {})
        known = values.get(role)
        if known is None or _end(known) <= _end(seen):
            values[role] = seen
    for (name, group, unit), values in found.items():
        target, actual = (values[r].value if r in values else None for r in ("target", "actual"))
        share = actual / target if target and actual is not None else None
        shown = (_value(values.get(role)) for role in ("baseline", "target", "actual"))
        yield one.action.label(), name or None, group or None, unit, *shown, _rounded(share)


def _end(seen: Observation) -> datetime.date:
    return (seen.period and seen.period.end) or datetime.date.min


def _value(seen: Observation | None) -> Decimal | str | None:
    if seen is None:
        return None
    return seen.value if seen.value is not None else seen.text


def _rounded(share: Decimal | None) -> Decimal | None:
    return None if share is None else round(share, 4)

"""The actions of plans on a line of time, with dates that may change and money as typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jmdi import Action, Dataset, Period, WorkPlan
from jmdi.model import edtf
from jmdi.panels import Cell, Link, Row, Span, Timeline, Words, link_to, unknown_for
from jmdi.words.folding import fold
from jmdi_workplan.export.events import Event, events_of, place_words
from jmdi_workplan.panels import MOST, say
from jmdi_workplan.panels.levels import level_order, level_words

__all__ = ["timeline"]

PLACES = 8
"""Most places that are named beside an action."""


def timeline(dataset: Dataset) -> Timeline | None:
    """The actions by level and date; those without a date come last in their level.

    Args:
        dataset: The records.
    """
    plans = dataset.of(WorkPlan).ids()
    actions = [(action, [*events_of(action, dataset)]) for action in dataset.of(Action)]
    actions.sort(key=lambda pair: _order(pair[0], pair[1], dataset, plans))
    shown = actions[:MOST]
    ends = [event.end or event.start for _, events in shown for event in events]
    last = max(ends, default=datetime.date.max)
    rows = [_row(action, events, last, dataset, len(plans) > 1) for action, events in shown]
    left = len(actions) - len(shown)
    return Timeline(rows, note=say("timeline_note"), left_out=left) if rows else None


def _order(
    action: Action, events: list[Event], dataset: Dataset, plans: tuple[str, ...]
) -> tuple[int, int, str, datetime.date, int, str]:
    plan = plans.index(action.workplan) if action.workplan in plans else len(plans)
    level = action.level.code if action.level else ""
    first = min((event.start for event in events), default=datetime.date.max)
    return (plan, level_order(action, dataset), level, first, action.position or 0, action.id)


def _row(
    action: Action, events: list[Event], last: datetime.date, dataset: Dataset, several: bool
) -> Row:
    link = link_to(action)
    return Row(
        label=link.label if isinstance(link, Link) else link,
        group=_group(action, dataset, several),
        spans=tuple(dict.fromkeys(_span(event, last) for event in events)),
        dates=_dates(action.timeline, dataset),
        money=_money(action, dataset),
        notes=tuple(_notes(action, events, dataset)),
        id=action.id,
    )


def _group(action: Action, dataset: Dataset, several: bool) -> Words:
    level = level_words(action, dataset)
    plan = dataset.find(action.workplan, WorkPlan) if action.workplan and several else None
    link = None if plan is None else link_to(plan)
    return say("in_plan", plan=link.label, level=level) if isinstance(link, Link) else level


def _span(event: Event, last: datetime.date) -> Span:
    """The days of an event; one that goes on, or may be on other days, is not sure."""
    ends = [edtf.parse_or_none(end) for end in event.edtf.split("/") if end not in ("", "..")]
    certain = not event.edtf.startswith("[") and all(end and end.certain for end in ends)
    end = max(last, event.start) if event.end is None else event.end
    if not certain or event.end is None:
        return Span(event.start, end, "uncertain")
    return Span(event.start, end, "single" if event.exact and event.start == end else "fixed")


def _dates(when: Period | None, dataset: Dataset) -> Cell:
    if when is None or (when.edtf is None and when.words is None and when.wave is None):
        return unknown_for(when.reason if when else None, dataset.model.catalog.vocabularies)
    return when


def _money(action: Action, dataset: Dataset) -> Cell:
    finance = action.finance
    if not finance:
        return unknown_for(None, dataset.model.catalog.vocabularies)
    return finance[0] if len(finance) == 1 else finance


def _notes(action: Action, events: list[Event], dataset: Dataset) -> Iterator[Words]:
    yield from [action.activity] if action.activity and action.activity != action.names else []
    said = {part for text in action.activity.values() for part in fold(text).split()}
    places = place_words(action.places, dataset)
    if new := [place for place in places if not said >= set(fold(place).split())]:
        yield ", ".join(new[:PLACES]) + "…" * (len(new) > PLACES)
    yield from [say("goes_on")] if any(event.end is None for event in events) else []

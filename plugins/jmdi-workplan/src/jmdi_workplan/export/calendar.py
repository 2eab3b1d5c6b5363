"""The timeline of work plans as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from jmdi import Action, Dataset, Losses, Problem, pick
from jmdi_workplan.export.events import Event, events_of, place_words
from jmdi_workplan.export.labels import reason_words
from jmdi_workplan.export.layout import lay_out, usual_cells

__all__ = ["losses", "write"]

KEPT = {"action": ("names", "activity", "objectives", "timeline", "places", "level")}
"""What events and to-dos say of an action."""

STAMP = "20000101T000000Z"
"""The time of writing is not kept, so that the same plan gives the same file."""


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes an all-day event for each date of each action, in each of its places.

    An event is confirmed where its days are exact. A vague date becomes the span that it can
    mean, marked tentative; its EDTF stands in ``X-JMDI-EDTF``. An action without a date is a
    to-do without one, with the words of its timeline, so that no action is missing.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jmdi//jmdi-workplan//EN"]
    for plan in lay_out(dataset):
        for action in plan.actions:
            events = [*events_of(action, dataset)]
            for number, event in enumerate(events, start=1):
                lines += _event(action, event, number, dataset)
            if not events:
                lines += _undated(action, dataset, plan.language)
    lines.append("END:VCALENDAR")
    stream.write("".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8"))


def losses(dataset: Dataset) -> tuple[Problem, ...]:
    """All but what, when, where and at which level: a calendar holds no more of an action."""
    found = Losses()
    found.beyond(dataset, KEPT)
    return found.problems()


def _event(action: Action, event: Event, number: int, dataset: Dataset) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(action.id)}-{number}@jmdi"
    yield f"DTSTAMP:{STAMP}"
    yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    if event.end is not None and event.end < datetime.date.max:
        yield f"DTEND;VALUE=DATE:{event.end + datetime.timedelta(days=1):%Y%m%d}"
    title = action.label()
    yield f"SUMMARY:{_escaped(f'{title} ({event.of})' if event.of else title)}"
    yield from _about(action, event.places, "", dataset)
    yield f"STATUS:{'CONFIRMED' if event.exact else 'TENTATIVE'}"
    yield f"X-JMDI-EDTF:{_escaped(event.edtf)}"
    yield "END:VEVENT"


def _undated(action: Action, dataset: Dataset, language: str) -> Iterator[str]:
    """A to-do for an action whose date is not known."""
    period = action.timeline
    words = (period.words or period.edtf) if period is not None else None
    reason = period.reason if period is not None else None
    yield "BEGIN:VTODO"
    yield f"UID:{_uid(action.id)}-0@jmdi"
    yield f"DTSTAMP:{STAMP}"
    yield f"SUMMARY:{_escaped(action.label())}"
    why = words or reason_words(reason or "not_stated", language)
    yield from _about(action, place_words(action.places, dataset), why, dataset)
    yield "STATUS:NEEDS-ACTION"
    yield "END:VTODO"


def _about(
    action: Action, places: tuple[str, ...] | list[str], timeline: str, dataset: Dataset
) -> Iterator[str]:
    """What events and to-dos say alike: where, at which level, and what for."""
    if places:
        yield f"LOCATION:{_escaped('; '.join(places))}"
    if action.level is not None:
        yield f"CATEGORIES:{_escaped(action.level.code)}"
    cells = usual_cells(action, dataset)
    words = "\n".join(filter(None, (pick(action.activity), cells["objective"], timeline)))
    if words:
        yield f"DESCRIPTION:{_escaped(words)}"


def _uid(identity: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in identity)


def _escaped(words: str) -> str:
    # Calendars refuse a file with control characters, those of Latin-1 (C1) included.
    clean = "".join(c for c in words if c == "\n" or unicodedata.category(c) != "Cc")
    for sign in ("\\", ";", ","):
        clean = clean.replace(sign, f"\\{sign}")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line folded at 75 octets, never within a character."""
    parts, current, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > 75:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])

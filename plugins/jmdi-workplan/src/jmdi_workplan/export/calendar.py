"""The timeline of work plans as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from jmdi import Action, Dataset, pick
from jmdi.model import edtf
from jmdi_workplan.export.layout import usual_cells

__all__ = ["write"]

STAMP = "20000101T000000Z"
"""The time of writing is not kept, so that the same plan gives the same file."""


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes one all-day event for each date of each action.

    A vague date becomes the span that it can mean, marked tentative; its EDTF stands in
    ``X-JMDI-EDTF``. An action without a date is not in the calendar.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jmdi//jmdi-workplan//EN"]
    for action in dataset.of(Action):
        lines += _events(action, dataset)
    lines.append("END:VCALENDAR")
    stream.write("".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8"))


def _events(action: Action, dataset: Dataset) -> Iterator[str]:
    if action.timeline is None or action.timeline.edtf is None:
        return
    dates = [(part.of, part.edtf) for part in action.timeline.parts]
    for number, (of, date) in enumerate(dates or _members(action.timeline.edtf), start=1):
        parsed = edtf.parse_or_none(date)
        start, end = (parsed.lower(), parsed.upper()) if parsed else (None, None)
        if parsed is None or start is None or (end is None and parsed.end_state != "open"):
            continue
        yield "BEGIN:VEVENT"
        yield f"UID:{_uid(action.id)}-{number}@jmdi"
        yield f"DTSTAMP:{STAMP}"
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        if end is not None and end < datetime.date.max:
            yield f"DTEND;VALUE=DATE:{end + datetime.timedelta(days=1):%Y%m%d}"
        title = action.label()
        yield f"SUMMARY:{_escaped(f'{title} ({of})' if of else title)}"
        cells = usual_cells(action, dataset)
        if cells["place"]:
            yield f"LOCATION:{_escaped(cells['place'])}"
        if action.level is not None:
            yield f"CATEGORIES:{_escaped(action.level.code)}"
        words = "\n".join(filter(None, (pick(action.activity), cells["objective"])))
        if words:
            yield f"DESCRIPTION:{_escaped(words)}"
        if parsed.uncertain or parsed.approximate or parsed.precision != "day":
            yield "STATUS:TENTATIVE"
        yield f"X-JMDI-EDTF:{_escaped(date)}"
        yield "END:VEVENT"


def _members(text: str) -> list[tuple[str, str]]:
    """The dates of an all-of set one by one; any other date as it is."""
    parsed = edtf.parse(text)
    if text.startswith("{") and (dates := parsed.dates()):
        return [("", date.text) for date in dates]
    return [("", text)]


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

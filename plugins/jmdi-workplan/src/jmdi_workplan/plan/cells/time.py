"""When an action happens: a timeline column, start and end columns, or marks under a calendar."""

from __future__ import annotations

from functools import lru_cache

from jmdi import DatedPart, Period
from jmdi.model import edtf
from jmdi_documents import Cell
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.marks import is_mark, planned
from jmdi_workplan.timeline import Timeline, read_timeline

__all__ = ["timeline"]


def timeline(under: Under) -> tuple[Period | None, tuple[Doubt, ...]]:
    """The timeline column, else start and end columns, else marks under time columns.

    With it comes what was not understood of it.
    """
    if words := under.words("timeline"):
        period = _period(_read(words, under))
        return period, tuple(doubts((period, _cell(under, "timeline"))))
    if not (under.places("start") or under.places("end")):
        return _marked(under), ()
    start, end = _read(under.words("start"), under), _read(under.words("end"), under)
    if not (start.words.strip() or end.words.strip()):
        return _marked(under), ()
    period = _between(start, end)
    cells = _cell(under, "start"), _cell(under, "end")
    halves = tuple(doubts((_period(start), cells[0]), (_period(end), cells[1])))
    return period, halves or tuple(doubts((period, cells[0] or cells[1])))


def _cell(under: Under, meaning: str) -> Cell | None:
    """The first cell with words under a meaning."""
    return next((cell for _, cell, _ in under.cells(meaning)), None)


def _read(words: str, under: Under) -> Timeline:
    known = under.context
    return _timeline(words, known.year, known.day_first, known.fiscal_year_start)


@lru_cache(maxsize=4096)
def _timeline(
    words: str, year: int | None, day_first: bool | None, fiscal_year_start: int | None
) -> Timeline:
    """What words say of time; many cells of a long table say the same."""
    return read_timeline(
        words, default_year=year, day_first=day_first, fiscal_year_start=fiscal_year_start
    )


def _marked(under: Under) -> Period | None:
    columns = under.columns
    timed = [(n, column) for n, column in enumerate(columns) if _is_time(column)]
    if not timed:
        asked = any(map(under.places, ("timeline", "start", "end")))
        return Period(reason="not_stated") if asked else None
    marked: dict[int, Column] = {}
    for position, _ in timed:
        for cell in under.entry.cells[position]:
            if is_mark(cell.text, cell.fill):
                last = min(position + cell.column_span, len(columns))
                marked.update((n, columns[n]) for n in range(position, last))
    if not marked:
        return Period(reason="not_stated")
    found = planned([(column.header, column.period) for _, column in sorted(marked.items())])
    return Period(found.edtf, found.words, found.reason)


def _is_time(column: Column) -> bool:
    return column.meaning is not None and (
        column.period is not None or column.meaning.startswith("relative-")
    )


def _period(timeline: Timeline) -> Period:
    return Period(
        edtf=timeline.edtf,
        words=timeline.words.strip() or None,
        reason=timeline.reason,
        parts=tuple(DatedPart(of, date) for of, date in timeline.parts),
    )


def _between(start: Timeline, end: Timeline) -> Period:
    """A period from a start column to an end column; an end that is not typed is unknown."""
    words = " – ".join(t.words.strip() for t in (start, end) if t.words.strip())
    dates = [t.edtf or "" for t in (start, end)]
    if not any(dates) or any("/" in date or "{" in date for date in dates):
        reason = next((t.reason for t in (start, end) if t.reason), "ambiguous")
        return Period(words=words, reason=reason)
    text = "/".join(dates) if dates[0] != dates[1] else dates[0]
    if edtf.parse_or_none(text) is None:
        return Period(words=words, reason="ambiguous")
    return Period(text, words)

"""When an action happens: a timeline column, start and end columns, or marks under a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import TypeAlias

from jmdi import DatedPart, Period, evolve
from jmdi.model import edtf
from jmdi.words.folding import fold
from jmdi.words.placeholders import UNDECIDED, whole
from jmdi_documents import Cell
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.dates_shown import with_whole_years
from jmdi_workplan.plan.fiscal import in_fiscal_year, is_label
from jmdi_workplan.plan.gantt import in_year, since_start
from jmdi_workplan.plan.marks import follows, is_mark, is_time, marked, planned
from jmdi_workplan.timeline import Timeline, are_quarters, read_timeline
from jmdi_workplan.words.lexicon import group

__all__ = ["dated", "done", "timeline"]

ENDS = ("start", "end")
DONE = ("actual-start", "actual-end", "actual-timeline")

Known: TypeAlias = tuple[int | None, bool | None, int | None, str, bool]
"""Year, order of the day, first month and name of the fiscal year, whether years are short."""

Half: TypeAlias = tuple[str, Cell | None]
"""What stands in a column for one end of a time: its words and its cell."""


def timeline(under: Under) -> tuple[Period | None, tuple[Doubt, ...]]:
    """The timeline column, else start and end columns, else marks under time columns.

    With it comes what was not understood of it.
    """
    if found := under.cells("timeline"):
        period = _when(found, under)
        if period.edtf is None and (ends := _between_columns(under)):
            return _beside(period, ends[0]), ends[1]
        if period.edtf is None and any(map(is_time, under.columns)):
            period = _beside(period, _marked(under))
        return period, doubts((period, found[0][1]))
    return _between_columns(under) or (_marked(under), ())


def _between_columns(under: Under) -> tuple[Period, tuple[Doubt, ...]] | None:
    """The time under start and end columns, if anything stands there.

    An end that no column asks for is open; one that nobody typed is unknown.
    """
    halves = [] if under.meant.keys().isdisjoint(ENDS) else [*_halves(under, ENDS)]
    if not halves:
        return None
    period, unclear = _spanned(halves, under)
    if period.edtf is not None and "end" not in under.meant:
        period = evolve(period, edtf=re.sub(r"/$", "/..", period.edtf))
    return period, unclear


def done(under: Under) -> tuple[Period | None, tuple[Doubt, ...]]:
    """When an action took place, by the columns of actual dates; what was planned is no part."""
    if under.meant.keys().isdisjoint(DONE):
        return None, ()
    if found := under.cells("actual-timeline"):
        period = _when(found, under)
        return period, doubts((period, found[0][1]))
    halves = [*_halves(under, DONE[:2])]
    return _spanned(halves, under) if halves else (None, ())


def _spanned(halves: Sequence[tuple[Half, Half]], under: Under) -> tuple[Period, tuple[Doubt, ...]]:
    """The time from start to end of each row of an action."""
    period = _joined([_between(_read(a, under), _read(b, under)) for (a, _), (b, _) in halves])
    parts = [(_period(_read(words, under)), cell) for pair in halves for words, cell in pair]
    first = next(cell for pair in halves for _, cell in pair if cell is not None)
    return period, doubts(*parts) or doubts((period, first))


def _beside(period: Period, dated: Period | None) -> Period:
    """Words without a date, such as "quarterly" or "20 days", with what says when beside them."""
    if dated is None or dated.words is None:
        return period
    words = f"{period.words or ''}\n{dated.words}".strip()
    extra = {**dated.extra, **period.extra}
    return Period(dated.edtf, words, dated.reason, dated.parts or period.parts, extra=extra)


def _halves(under: Under, ends: Sequence[str]) -> Iterator[tuple[Half, Half]]:
    """Words and cell of start and end, for each row of the action that has any."""
    cells = {(m, cell.row): (words, cell) for m in ends for _, cell, words in under.cells(m)}
    for row in sorted({row for _, row in cells}):
        yield cells.get((ends[0], row), ("", None)), cells.get((ends[1], row), ("", None))


def _joined(periods: Sequence[Period]) -> Period:
    """The periods of several rows as one: dates as a set, spans that follow each other as a span.

    Spans with a gap between them are no one date; each is kept as a part.
    """
    if len(periods) == 1:
        return periods[0]
    words = "\n".join(period.words or "" for period in periods)
    dates = [period.edtf for period in periods if period.edtf is not None]
    if len(dates) == len(periods):
        if not any("/" in date for date in dates):
            return Period(planned([("", date) for date in dates]).edtf, words)
        ends = [tuple(date.split("/")) for date in dates]
        if all(follows(before[-1], after[0]) for before, after in pairwise(ends)):
            return Period(f"{ends[0][0]}/{ends[-1][-1]}", words)
    parts = tuple(DatedPart(p.words or "", p.edtf) for p in periods if p.edtf is not None)
    return Period(words=words, reason="ambiguous", parts=parts)


def _when(cells: Sequence[tuple[Column, Cell, str]], under: Under) -> Period:
    """The time that cells with words say."""
    return _said("\n".join([words.strip() for _, _, words in cells]), *_known(under.context))


def _read(words: str, under: Under) -> Timeline:
    return _timeline(words, *_known(under.context))


def _known(known: Context) -> Known:
    """What decides how words are read as time."""
    start, fiscal_year = known.fiscal_year_start, known.fiscal_year
    return known.year, known.day_first, start, fiscal_year, known.short_years


@lru_cache(maxsize=4096)
def _timeline(
    words: str,
    year: int | None,
    day_first: bool | None,
    fiscal_year_start: int | None,
    fiscal_year: str,
    short_years: bool,
) -> Timeline:
    """What words say of time; many cells of a long table say the same.

    Quarters that name no year are those of the fiscal year of the plan, if it has one.
    """
    read = partial(read_timeline, day_first=day_first, fiscal_year_start=fiscal_year_start)
    said = f"FY {words}" if is_label(words, fiscal_year) else words
    found = read(with_whole_years(said) if short_years else said, default_year=year)
    found = evolve(found, words=words) if found.words != words else found
    if found.edtf is None and fold(words) in group("date-words", "all year"):
        of = f"FY {fiscal_year}" if fiscal_year else str(year or "")
        return evolve(read(of), words=found.words, rest=found.rest) if of else found
    if fiscal_year and found.reason == "not_dated" and are_quarters(words):
        dated = read(f"{words} FY {fiscal_year}")
        return evolve(dated, words=found.words, rest=found.rest)
    return found


@lru_cache(maxsize=4096)
def _said(
    words: str,
    year: int | None,
    day_first: bool | None,
    fiscal_year_start: int | None,
    fiscal_year: str,
    short_years: bool,
) -> Period:
    return _period(_timeline(words, year, day_first, fiscal_year_start, fiscal_year, short_years))


def _marked(under: Under) -> Period | None:
    """The columns of a calendar that are marked or coloured."""
    if not any(map(is_time, under.columns)):
        if quantities := _counted(under):
            return quantities
        asked = any(map(under.places, ("timeline", *ENDS)))
        return Period(reason="not_stated") if asked else None
    known = under.context
    places = marked(under.entry, under.columns, known.grounds, crossed=known.crossed)
    if not places:
        return _unmarked(under)
    columns = [under.columns[n] for n in places]
    found = planned([(column.header, dated(column, known)) for column in columns])
    return Period(found.edtf, found.words, found.reason)


def _counted(under: Under) -> Period | None:
    """The parts of a year for which there are quantities: "Target / Q1, Q2", "5", "0"."""
    places = [n for n in under.places("target") if under.columns[n].is_part_of_year]
    filled = [n for n in places if any(is_mark(words, None) for *_, words in under.column(n))]
    if not filled:
        return None
    columns = [under.columns[n] for n in filled]
    found = planned([(column.header, dated(column, under.context)) for column in columns])
    return Period(found.edtf, found.words, found.reason)


def _unmarked(under: Under) -> Period:
    """Why no column of a calendar is marked: "to be confirmed" under one of them says it."""
    times = [n for n, column in enumerate(under.columns) if is_time(column)]
    texts = [cell.text.strip() for n in times for cell in under.entry.cells[n]]
    open_ = [text for text in texts if whole(text) in UNDECIDED]
    words = "\n".join(dict.fromkeys(open_)) or None
    return Period(words=words, reason="to_be_determined" if words else "not_stated")


def dated(column: Column, known: Context) -> str | None:
    """When a column of a calendar is; one that names no year is in that of its table.

    One that counts from the start of the project is so long after that day.
    """
    if column.since is not None and known.begins is not None:
        return since_start(column.since, known.begins)
    if column.period is not None or column.yearly is None:
        return column.period
    named = column.fiscal.strip("?")
    if column.fiscal or known.calendar_year is None:
        return in_fiscal_year(column.yearly, named or known.fiscal_year, known.fiscal_year_start)
    return in_year(column.yearly, known.calendar_year)


def _period(timeline: Timeline) -> Period:
    return Period(
        edtf=timeline.edtf,
        words=timeline.words.strip() or None,
        reason=timeline.reason,
        parts=tuple(DatedPart(of, date) for of, date in timeline.parts),
        extra={
            **({"every": timeline.every} if timeline.every else {}),
            **({"ongoing": True} if timeline.ongoing else {}),
        },
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

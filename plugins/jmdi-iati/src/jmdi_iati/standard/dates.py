"""Dates as IATI files have them: days, or words that can mean only one day, month or year."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping

import attrs

from jmdi.words.folding import Folded
from jmdi.words.tables import words_of

__all__ = ["Day", "day", "interval"]

ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:?\d\d|T.*)?")
OTHER_DAY = re.compile(r"(\d{4})([/.]?)(\d\d)\2(\d\d)")
YEAR_OR_MONTH = re.compile(r"(\d{4})(?:[-/](\d\d))?")
IN_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
DAY_FIRST = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|°)?(?:\s+(?:of|de|do)\b)?[\s-]+)?"
    r"([^\W\d]+)\.?,?(?:\s+(?:of|de|del|do))?[\s-]+(\d{4})"
)
MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
LONGEST = 60
"""Characters of a text that are looked at: a date in words is shorter."""

PLAUSIBLE = range(1901, 2061)
"""Years outside are kept and reported: 1900 and 9999 are what databases write for no date."""


@attrs.frozen(slots=True)
class Day:
    """A date as read.

    Attributes:
        edtf: In EDTF; ``None`` when it was not understood.
        date: The day, when it is one.
        words: What was typed, when it was not simply the day.
        odd: Whether the year is implausible.
    """

    edtf: str | None = None
    date: datetime.date | None = None
    words: str | None = None
    odd: bool = False


NO_DAY = Day()


@functools.lru_cache(maxsize=8192)
def day(text: str) -> Day:
    """A date: ``xs:date`` with or without a time zone, or words that can mean only one."""
    text = text.strip()
    if not text:
        return NO_DAY
    if found := ISO_DAY.fullmatch(text):
        return _day(found[1], found[2], found[3], text)
    return _in_words(text[:LONGEST])


def _in_words(text: str) -> Day:
    """``2010``, ``2010-03``, ``31/12/2010``, ``31 May 2010``, ``May 31, 2010``, ``May 2010``."""
    if found := YEAR_OR_MONTH.fullmatch(text):
        return _month(found[1], found[2], text)
    if found := OTHER_DAY.fullmatch(text):
        return _day(found[1], found[3], found[4], text)
    if found := IN_FIGURES.fullmatch(text):
        first, second, year = found.groups()
        # Which of the two is the month depends on the country: only where one cannot be, or where
        # both are the same, is the day known.
        if int(first) > 12 or int(first) == int(second):
            return _day(year, second, first, text)
        return _day(year, first, second, text) if int(second) > 12 else Day(words=text)
    if found := DAY_FIRST.fullmatch(text):
        return _named(found[3], found[2], found[1], text)
    if found := MONTH_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2], text)
    return Day(words=text)


def _named(year: str, name: str, number: str | None, text: str) -> Day:
    month = _months().get(Folded.of(name).low)
    if month is None:
        return Day(words=text)
    return _day(year, month, number, text) if number else _month(year, month, text)


@functools.cache
def _months() -> Mapping[str, str]:
    """The number of each month by its names in all languages."""
    return {Folded.of(word.word).low: word.meaning for word in words_of("month")}


def _day(year: str, month: str, number: str, text: str) -> Day:
    try:
        date = datetime.date(int(year), int(month), int(number))
    except ValueError:
        return Day(words=text)
    iso = date.isoformat()
    return Day(iso, date, None if text == iso else text, int(year) not in PLAUSIBLE)


def _month(year: str, month: str | None, text: str) -> Day:
    """A month, or a year without one: a date in EDTF, but no day."""
    if month is None:
        return Day(f"{int(year):04}", None, text, int(year) not in PLAUSIBLE)
    if not 1 <= int(month) <= 12:
        return Day(words=text)
    return Day(f"{int(year):04}-{int(month):02}", None, text, int(year) not in PLAUSIBLE)


def interval(start: str | None, end: str | None) -> str | None:
    """An interval in EDTF; an end that is not known is empty, never open."""
    if start is None and end is None:
        return None
    return f"{start or ''}/{end or ''}"

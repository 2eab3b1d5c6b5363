"""Month, quarter, semester, week and year columns of a work plan's calendar part.

A column is dated when its header or the header that spans it gives a calendar year. "Q1" or
"March" alone say where in a year they are, so that the year of the plan, the sheet or the caller
dates them.
A project year ("Year 1 / M3") and "Month 3" count from the start of a project, and are dated where
it is known; a fiscal year stays undated.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from jmdi.words.folding import fold
from jmdi_workplan.plan.fiscal import SPLIT, label_of
from jmdi_workplan.words.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "CALENDAR",
    "THIRDS",
    "OPEN_YEAR",
    "Parts",
    "PeriodColumn",
    "column_of",
    "in_year",
    "month_of",
    "only_year",
    "parts_of",
    "read_period",
    "since_start",
    "units",
    "year_of",
]

# The header of a calendar column is a few words.
_LONGEST = 80
_ATOM = re.compile(r"(?P<letters>[^\W\d]+)(?P<number>\d{1,3})?|(?P<digits>\d+)(?P<tail>[^\W\d]*)")
_RANGE = re.compile(r"(?P<first>(?:19|20)\d\d)\s*[-–/]\s*(?P<last>(?:19|20)\d\d)")
_ORDINALS = frozenset(("", *"aoe", "st", "nd", "rd", "th", "er", "ere", "eme", "ro", "do", "to"))
_DOT = re.compile(r"(?<=\d)\.(?=[º°ª])")
"""The dot of a Portuguese or Spanish ordinal, as in "1.º"."""

THIRDS = re.compile(r"[cC] ?([1-3])")
"""What four months of a year are called below a head that says so."""

THIRD = "quadrimester"
CALENDAR = frozenset(("month", "quarter", THIRD, "semester", "week", "year"))
"""What columns of a calendar are."""

_SMALL = re.compile(r"\d{1,2}")
OPEN_YEAR = "{year}"
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
ALL_WEEKS = 52
_CALENDAR_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@frozen
class PeriodColumn:
    """What a calendar column's header says.

    Attributes:
        unit: One of `CALENDAR`, such as "quarter", with "relative-" before it when it counts from
            the start of a project.
        period: EDTF, such as "2015-01", "2015-33" (first quarter), "2015-40" (first semester);
            None if no calendar year is known.
        month: The month of the year, if one is named.
        short_year: Two digits beside a month name ("Jan-15"), which may also be a day.
        yearly: The period of a header that names no year, for `in_year`: "{year}-33".
        since: Of one that counts from the start of a project, how many months after it the period
            begins and ends, for `since_start`: (2, 3) for the third month.
        fiscal: Of one in a fiscal year, that year as `fiscal.fiscal_label` gives it, or "?".
    """

    unit: str
    period: str | None
    month: int | None = None
    short_year: int | None = None
    yearly: str | None = None
    since: tuple[int, int] | None = None
    fiscal: str = ""


@frozen
class Parts:
    """The numbers of one header."""

    year: int | None = None
    project_year: int | None = None
    fiscal: bool = False
    months: tuple[int, ...] = ()
    month_number: int | None = None
    quarter: int | None = None
    semester: int | None = None
    quadrimester: int | None = None
    week: int | None = None
    short_year: int | None = None


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NUMERALS = {**_ROMAN, **{str(number): number for number in range(1, 5)}}


@cache
def units() -> Mapping[str, tuple[str, int]]:
    """What each word of a calendar's header is: a unit, or the number of a month or of a place."""
    found = {word: (unit, 0) for word, unit in lexicon("calendar").items()}
    found |= {word: ("ordinal", number) for word, number in _ROMAN.items()}
    for topic in ("ordinal", "month"):
        words = lexicon(topic).items()
        found |= {word.replace(" ", ""): (topic, int(number)) for word, number in words}
    return MappingProxyType(found)


@cache
def _months_of_words() -> tuple[str, ...]:
    """The months whose name has a blank, such as January in the Levant: كانون الثاني."""
    return tuple(
        word for word in lexicon("month") if " " in word and word.replace(" ", "").isalpha()
    )


def in_year(yearly: str, year: int) -> str | None:
    """The period of a year that a header without a year means.

    >>> in_year("{year}-33", 2016), in_year("{year}-W02", 2016)
    ('2016-33', '2016-01-11/2016-01-17')
    """
    period = yearly.replace(OPEN_YEAR, f"{year:04d}")
    week = _WEEK.fullmatch(period)
    if week is None:
        return period
    try:
        monday = datetime.date.fromisocalendar(year, int(week[2]), 1)
    except ValueError:
        return None
    return f"{monday}/{monday + datetime.timedelta(days=6)}"


def only_year(text: str) -> str | None:
    """The only calendar year that a text names."""
    years = set(_CALENDAR_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def month_of(year: str | None, month: int) -> PeriodColumn:
    """The column of a month; of an open year, `OPEN_YEAR`."""
    return column_of("month", f"{year}-{month:02d}" if year else None, month)


def column_of(unit: str, period: str | None, month: int | None = None) -> PeriodColumn:
    """A column whose period may have an open year."""
    if period is not None and OPEN_YEAR in period:
        return PeriodColumn(unit, None, month, yearly=period)
    if period is not None and "-W" in period:
        period = in_year(period, int(period[:4]))
    return PeriodColumn(unit, period, month)


def read_period(header: str) -> PeriodColumn | None:
    """Read one header, with spanning headers joined by `` / ``: "2015 / Jan", "Year 1 / M3".

    Returns:
        None if the header, or its last part and the parts above it, do not name a period.
    """
    if len(header) > 4 * _LONGEST:
        return None
    whole = _RANGE.fullmatch(header.strip())
    if whole:
        return PeriodColumn("year", f"{whole['first']}/{whole['last']}")
    split = next((one for one in SPLIT.finditer(header) if label_of(one)), None)
    if split is not None:
        one = f"FY {split['first']}"
        rest = read_period(f"{header[: split.start()]} {one} {header[split.end() :]}".strip())
        return evolve(rest, fiscal=label_of(split)) if rest is not None and rest.fiscal else None
    pieces = _pieces(header)
    found = [parts_of(part) for part in pieces]
    found[:-1] = [one or _spanning(part) for part, one in zip(pieces, found[:-1], strict=False)]
    read = [one for one in found if one is not None]
    if not read or (found[-1] is None and len(read) == len(found)):
        return None
    parts = _joined(read)
    column = _in_fiscal(parts) if parts.fiscal and not parts.project_year else _column(parts)
    if column is None or not column.unit.startswith("relative-"):
        return column
    return evolve(column, since=_since(parts))


def _spanning(text: str) -> Parts | None:
    """The year that a head over others names among other words: "Schedule for the year 2023"."""
    said = {units().get(word, ("", 0))[0] for word in fold(text).split()}
    year = only_year(text)
    return Parts(year=int(year)) if year and not said & {"goal", "fiscal"} else None


def _pieces(header: str) -> list[str]:
    """The joined headers from the top; a bare number goes with the word above: "Month / 3"."""
    pieces = header.split(" / ")
    small = len(pieces) > 1 and _SMALL.fullmatch(pieces[-1].strip())
    if small and any(mark.isalpha() for mark in pieces[-2]):
        pieces[-2:] = [f"{pieces[-2]} {pieces[-1]}"]
    if len(pieces) > 1 and (third := THIRDS.fullmatch(pieces[-1].strip())):
        named = (w for w in fold(pieces[-2]).split() if units().get(w, ("", 0))[0] == THIRD)
        pieces[-1] = f"{next(named, pieces[-1])} {third[1]}"
    return pieces


def _joined(parts: Sequence[Parts]) -> Parts:
    """The last word on each number; a spanning part fills what the lower parts leave open."""
    whole = Parts()
    for one in parts:
        whole = Parts(
            year=one.year or whole.year,
            project_year=one.project_year or whole.project_year,
            fiscal=one.fiscal or whole.fiscal,
            months=one.months or whole.months,
            month_number=one.month_number or whole.month_number,
            quarter=one.quarter or whole.quarter,
            semester=one.semester or whole.semester,
            quadrimester=one.quadrimester or whole.quadrimester,
            week=one.week or whole.week,
            short_year=one.short_year or whole.short_year,
        )
    return evolve(whole, project_year=None) if whole.year else whole  # "Year 1 (2024)" is 2024


def year_of(parts: Parts) -> str | None:
    """The calendar year, open if none is named; ``None`` if years are counted otherwise."""
    if parts.fiscal or parts.project_year:
        return None
    return str(parts.year) if parts.year else OPEN_YEAR


def _in_fiscal(parts: Parts) -> PeriodColumn | None:
    """A part of a fiscal year, which is dated where it is known when that begins."""
    column = _column(evolve(parts, fiscal=False, year=None))
    if column is None:
        column = PeriodColumn("year", None, yearly=OPEN_YEAR)
    return evolve(column, period=None, fiscal=str(parts.year or "?"))


def _column(parts: Parts) -> PeriodColumn | None:
    year, month = year_of(parts), parts.month_number
    project = "relative-" if parts.project_year else ""
    if parts.week:
        return column_of(project + "week", _week(year, parts.week, parts.months))
    if parts.months:
        only = parts.months[0] if len(parts.months) == 1 else None
        period = _months(year, parts.months) if year else None
        if parts.short_year is not None:
            return PeriodColumn(project + "month", None, only, parts.short_year)
        return column_of(project + "month", period, only)
    if month:
        dated = parts.year and year and month <= 12
        return month_of(year, month) if dated else PeriodColumn("relative-month", None)
    if parts.quarter:
        fits = parts.quarter <= 4
        unit = "quarter" if fits and not project else "relative-quarter"
        return column_of(unit, f"{year}-{32 + parts.quarter}" if year and fits else None)
    if parts.quadrimester:
        if parts.quadrimester > 3:
            return None
        thirds = f"{year}-{36 + parts.quadrimester}" if year else None
        return column_of(project + "quadrimester", thirds)
    if parts.semester:
        if parts.semester > 2:
            return PeriodColumn("week" if not project else "relative-semester", None)
        return column_of(project + "semester", f"{year}-{39 + parts.semester}" if year else None)
    if parts.project_year:
        return PeriodColumn("relative-year", None)
    if parts.year:
        return PeriodColumn("year", year)
    return None


def _since(parts: Parts) -> tuple[int, int] | None:
    """How many months after the start of its project a period begins and ends."""
    before = 12 * ((parts.project_year or 1) - 1)
    if parts.week or parts.months:
        return None
    counted = (parts.month_number, parts.quarter, parts.quadrimester, parts.semester)
    for number, length in zip(counted, (1, 3, 4, 6), strict=True):
        if number:
            return before + length * (number - 1), before + length * number
    return before, before + 12


def since_start(since: tuple[int, int], start: datetime.date) -> str:
    """The period that begins and ends so many months after a day.

    >>> since_start((2, 3), datetime.date(2021, 3, 1))
    '2021-05'
    >>> since_start((0, 3), datetime.date(2021, 3, 15))
    '2021-03-15/2021-06-14'
    """
    first, next_ = (_later(start, months) for months in since)
    last = next_ - datetime.timedelta(days=1)
    if start.day > 1:
        return f"{first}/{last}"
    months = list(dict.fromkeys(f"{day:%Y-%m}" for day in (first, last)))
    return "/".join(months)


def _later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the first of the next where a month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    found = first + datetime.timedelta(days=day.day - 1)
    return found if found.month == first.month else found.replace(day=1)


def _week(year: str | None, week: int, months: tuple[int, ...]) -> str | None:
    """A week of a year, or about the month that it is in."""
    if year is None or len(months) > 1:
        return None
    if months:
        return f"{year}-{months[0]:02d}~" if week <= 6 else None
    return f"{year}-W{week:02d}" if week <= 53 else None


def _months(year: str, months: tuple[int, ...]) -> str | None:
    first, last = months[0], months[-1]
    if len(months) == 1:
        return f"{year}-{first:02d}"
    return f"{year}-{first:02d}/{year}-{last:02d}" if first < last else None


def parts_of(text: str) -> Parts | None:
    """Read one part of a header; None unless every word of it belongs to a period."""
    key = fold(_DOT.sub("", text))
    if not key or len(key) > _LONGEST or "%" in text:
        return None
    if not key.isascii():
        for month in _months_of_words():
            key = key.replace(month, month.replace(" ", ""))
    state = _State()
    for match in _ATOM.finditer(key):
        if not state.take(match):
            return None
    return state.parts()


class _State:
    """Collects the atoms of one header part, from left to right."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}
        self.months: list[int] = []
        self.numbers: list[tuple[str, int]] = []
        self.units: list[str] = []

    def take(self, match: re.Match[str]) -> bool:
        """Take one word; False if it has no place in a period."""
        word = match[0]
        unit, number = units().get(word, ("", 0))
        if unit == "month":
            self.months.append(number)
        elif unit == "ordinal" and number > 0:
            self.numbers.append(("ordinal", number))
        elif unit and unit != "filler":
            self.units.append(unit)
        elif match["digits"] and match["tail"] in _ORDINALS:
            self.numbers.append((match["digits"], int(match["digits"][:4])))
        elif match["number"]:
            unit, _ = units().get(match["letters"], ("", 0))
            if unit not in ("month-number", *CALENDAR - {"month"}):
                return False
            return self._put(unit, int(match["number"]))
        else:
            return unit == "filler"
        return True

    def _put(self, unit: str, number: int) -> bool:
        if unit in self.found or not number:
            return False
        self.found[unit] = number
        return True

    def parts(self) -> Parts | None:
        """The parts, None if the words do not add up."""
        fiscal = "fiscal" in self.units
        units = [unit for unit in self.units if unit != "fiscal"]
        short: int | None = None
        for typed, number in self.numbers:
            if len(typed) == 4 and typed.isdigit() and 1900 <= number <= 2100:
                if not self._put("calendar", number):
                    return None
            elif units and number < 100:
                if not self._put(units.pop(0), number):
                    return None
            elif self.months and len(typed) == 2 and typed.isdigit() and short is None:
                short = number
            elif not self.months and len(typed) <= 2 and typed.isdigit() and 0 < number < 13:
                if not self._put("month-number", number):
                    return None
            else:
                return None
        if units and not (units == ["year"] and "calendar" in self.found):
            return None
        if short is not None and "calendar" in self.found:
            return None  # a day: 19 October 2015
        bare = set(self.found) == {"month-number"} and not self.units and not self.months
        if (bare and self.numbers) or len(self.months) > 2 or not (self.found or self.months):
            return None
        return Parts(
            year=self.found.get("calendar"),
            project_year=self.found.get("year"),
            fiscal=fiscal,
            months=tuple(self.months),
            month_number=self.found.get("month-number"),
            quarter=self.found.get("quarter"),
            semester=self.found.get("semester"),
            quadrimester=self.found.get("quadrimester"),
            week=self.found.get("week"),
            short_year=short,
        )

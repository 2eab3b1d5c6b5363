"""Dates in EDTF (ISO 8601-2), however vague: parsed by hand, checked, with bounds.

Read are levels 0 and 1, and of level 2 what work plans use: sets, quarters (33-36), quadrimesters
(37-39) and semesters (40-41), seasons of a hemisphere (25-32), and ``X`` in any place of a date.
Not read are qualifiers on a part of a date, exponents and significant digits.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NoReturn

from jmdi.classes import frozen

__all__ = ["Edtf", "EdtfError", "parse", "parse_or_none"]

LONGEST = 1000
"""How many characters a date may have: a set of the most members, each a day, and some room."""

MOST_MEMBERS = 100
"""How many dates a set may have."""

State = Literal["known", "open", "unknown"]
Day = tuple[int, int, int]

_DATE = re.compile(
    r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<mark>[?~%]?)"
)
_LONG_YEAR = re.compile(r"Y(?P<year>-?[1-9][0-9]{4,17})(?P<mark>[?~%]?)")
_TIME = re.compile(
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?"
)
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SPRING, _SUMMER, _AUTUMN, _WINTER = (3, 5), (6, 8), (9, 11), (12, 14)
_GROUPS: dict[int, tuple[str, int, int]] = {
    # Spring, summer, autumn and winter where the hemisphere is not said: the months of either.
    21: ("season", 3, 11),
    22: ("season", 6, 14),
    23: ("season", 3, 11),
    24: ("season", 6, 14),
    25: ("season", *_SPRING),
    26: ("season", *_SUMMER),
    27: ("season", *_AUTUMN),
    28: ("season", *_WINTER),
    29: ("season", *_AUTUMN),
    30: ("season", *_WINTER),
    31: ("season", *_SPRING),
    32: ("season", *_SUMMER),
    **{33 + n: ("quarter", 3 * n + 1, 3 * n + 3) for n in range(4)},
    **{37 + n: ("quadrimester", 4 * n + 1, 4 * n + 4) for n in range(3)},
    **{40 + n: ("semester", 6 * n + 1, 6 * n + 6) for n in range(2)},
}
"""Precision, first and last month of the groups within a year; month 13 is the next January."""


class EdtfError(ValueError):
    """A text is not a date in EDTF.

    Attributes:
        text: What was to be parsed.
        position: Where in the text, counted from 0.
        reason: What is wrong there.
    """

    def __init__(self, text: str, position: int, reason: str) -> None:
        self.text = text
        self.position = position
        self.reason = reason
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        super().__init__(f"{reason} (at character {position + 1} of {shown!r})")


@frozen
class Edtf:
    """A date, interval or set of dates; make one with `parse`.

    Attributes:
        text: The date in EDTF, in its one canonical spelling.
        precision: ``time``, ``day``, ``month``, ``season``, ``quarter``, ``quadrimester``,
            ``semester``, ``year``, ``decade``, ``century``, ``millennium``, ``interval`` or
            ``set``; where digits are unspecified, what comes before the first ``X``.
        uncertain: Whether it, an end or a member is marked uncertain (``?`` or ``%``).
        approximate: Whether it, an end or a member is marked approximate (``~`` or ``%``).
        start_state: Whether the start is known, open (``..``) or unknown (nothing before ``/``).
        end_state: The same of the end.
        members: The dates of a set; a range of it is an interval.
        first: Year, month and day of the first day it can mean, of any year.
        last: The same of the last day.
    """

    text: str
    precision: str
    uncertain: bool = False
    approximate: bool = False
    start_state: State = "known"
    end_state: State = "known"
    members: tuple[Edtf, ...] = ()
    first: Day | None = None
    last: Day | None = None

    @property
    def certain(self) -> bool:
        """Whether nothing is marked uncertain or approximate."""
        return not (self.uncertain or self.approximate)

    def lower(self) -> datetime.date | None:
        """The first day it can mean.

        A season that names no hemisphere can be that of either; a season over the New Year
        belongs to the year in which it begins. A time of day is read where it was, not in UTC.

        Returns:
            ``None`` if the start is open or unknown, or not within the years 1 to 9999.
        """
        return _date(self.first)

    def upper(self) -> datetime.date | None:
        """The last day it can mean; like `lower`."""
        return _date(self.last)

    def dates(self) -> tuple[Edtf, ...]:
        """The members of a set, as typed; of any other date itself.

        A range in a set is an interval: ``{2015,2018..2020}`` holds 2015 and ``2018/2020``.
        """
        return self.members or (self,)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Edtf {self.text}>"


def parse(text: str) -> Edtf:
    """Parse a date in EDTF.

    Raises:
        EdtfError: If it is not one, is longer than 1,000 characters, has a set of more than 100
            dates, names a day that does not exist, or is an interval that ends before it starts.
    """
    if len(text) > LONGEST:
        raise EdtfError(text, LONGEST, f"a date has at most {LONGEST:,} characters")
    return _parse(text)


def parse_or_none(text: str) -> Edtf | None:
    """Parse a date in EDTF; ``None`` if it is not one."""
    try:
        return parse(text)
    except EdtfError:
        return None


@lru_cache(maxsize=8192)
def _parse(text: str) -> Edtf:
    if text[:1] in ("{", "["):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _single(text, 0, len(text))


def _single(text: str, start: int, end: int) -> Edtf:
    """One date between two places of a text."""
    pattern = _LONG_YEAR if text.startswith("Y", start, end) else _DATE
    match = pattern.match(text, start, end)
    if match is None:
        raise EdtfError(text, start, _why_no_year(text[start:end]))
    if match.end() != end:
        return _timed(text, match, end)
    mark = match["mark"]
    if pattern is _LONG_YEAR:
        precision, first, last = "year", *_of_year(int(match["year"]), int(match["year"]))
    else:
        precision, first, last = _bounds(text, match)
    return Edtf(
        text[start:end], precision, mark in ("?", "%"), mark in ("~", "%"), first=first, last=last
    )


def _timed(text: str, match: re.Match[str], end: int) -> Edtf:
    """A day with a time, or the reason why there is more than a date."""
    at = match.end()
    time = _TIME.match(text, at, end)
    if match.re is not _DATE or not match["day"] or match["mark"] or not time or time.end() < end:
        _refuse_rest(text, at, end)
    if "X" in match[0]:
        raise EdtfError(text, match.start(), "a time needs a day without X")
    if match.start() > 0 or end < len(text):
        raise EdtfError(text, at, "intervals and sets are of dates without a time")
    # The day is kept as it was written: it is the day where it was, not in UTC.
    _, first, last = _bounds(text, match)
    return Edtf(text, "time", first=first, last=last)


def _interval(text: str) -> Edtf:
    """Two dates with a slash between them; either may be open or unknown."""
    slash = text.index("/")
    if text.find("/", slash + 1) >= 0:
        raise EdtfError(text, text.find("/", slash + 1), "an interval has one slash")
    if text == "/":
        raise EdtfError(text, 0, "an interval needs a start or an end")
    start, start_state = _end(text, 0, slash)
    end, end_state = _end(text, slash + 1, len(text))
    if start and end:
        _check_order(text, slash + 1, start, end)
    known = [date for date in (start, end) if date]
    return Edtf(
        text,
        "interval",
        any(date.uncertain for date in known),
        any(date.approximate for date in known),
        start_state,
        end_state,
        first=start.first if start else None,
        last=end.last if end else None,
    )


def _end(text: str, start: int, end: int) -> tuple[Edtf | None, State]:
    """One end of an interval."""
    if start == end:
        return None, "unknown"
    if text[start:end] == "..":
        return None, "open"
    return _single(text, start, end), "known"


def _check_order(text: str, position: int, start: Edtf, end: Edtf) -> None:
    if start.first and end.last and end.last < start.first:
        raise EdtfError(text, position, "it ends before it starts")


def _set(text: str) -> Edtf:
    """One of ``[...]`` or all of ``{...}`` the dates."""
    close = {"{": "}", "[": "]"}[text[0]]
    if text[-1] != close or len(text) < 2:
        raise EdtfError(text, len(text), f"a set that opens with {text[0]} ends with {close}")
    # Counted before anything is split, so that a hostile text costs nothing.
    if text.count(",") >= MOST_MEMBERS:
        raise EdtfError(text, 0, f"a set has at most {MOST_MEMBERS} dates")
    spans = list(_spans(text))
    members = tuple(_member(text, start, end, n, len(spans)) for n, (start, end) in spans)
    canonical = ",".join(text[start:end] for _, (start, end) in spans)
    firsts = [m.first for m in members if m.first]
    lasts = [m.last for m in members if m.last]
    from_start = members[0].start_state == "known"
    to_end = members[-1].end_state == "known"
    return Edtf(
        f"{text[0]}{canonical}{close}",
        "set",
        any(m.uncertain for m in members),
        any(m.approximate for m in members),
        "known" if from_start else "open",
        "known" if to_end else "open",
        members,
        min(firsts) if from_start else None,
        max(lasts) if to_end else None,
    )


def _spans(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number and place of each member of a set, without the blanks before it."""
    at = 1
    for number, member in enumerate(text[1:-1].split(",")):
        blanks = len(member) - len(member.lstrip(" "))
        yield number, (at + blanks, at + len(member))
        at += len(member) + 1


def _member(text: str, start: int, end: int, number: int, count: int) -> Edtf:
    """A date of a set, or a range of dates as an interval."""
    dots = text.find("..", start, end)
    if dots < 0:
        return _single(text, start, end)
    open_start, open_end = dots == start, dots + 2 == end
    if (open_start and (number > 0 or open_end)) or (open_end and number + 1 < count):
        raise EdtfError(text, dots, "only the first date of a set may open with .., the last end")
    since = None if open_start else _single(text, start, dots)
    until = None if open_end else _single(text, dots + 2, end)
    if since and until:
        if since.precision != until.precision:
            raise EdtfError(text, dots, "both ends of a range are days, months or years alike")
        _check_order(text, dots + 2, since, until)
    ends = [date.text if date else ".." for date in (since, until)]
    return _interval("/".join(ends))


def _bounds(text: str, match: re.Match[str]) -> tuple[str, Day, Day]:
    """Precision, first and last day of what `_DATE` matched."""
    year, month, day = match["year"], match["month"], match["day"]
    if year == "-0000":
        raise EdtfError(text, match.start(), "the year before 0001 is 0000, without a minus")
    ends = int(year.replace("X", "0")), int(year.replace("X", "9"))
    low, high = min(ends), max(ends)
    if month is None:
        return _known_to(year, month, day), *_of_year(low, high)
    if "X" not in month and int(month) > 12:
        return _group(text, match, low, high)
    precision = _known_to(year, month, day)
    # The usual date, all digits known: no need to try every year and day below.
    if "X" not in match[0] and month != "00":
        since, until = int(day or 1), int(day or _days(low, int(month)))
        if 1 <= until <= _days(low, int(month)):
            return precision, (low, int(month), since), (low, int(month), until)
    years = _years(year, low, high)
    first = next(_in_years(years, month, day), None)
    if first is None:
        raise EdtfError(text, match.start("month"), _why_no_day(text, match))
    backwards = _years(year, low, high, step=-1)
    last = next(_in_years(backwards, month, day, step=-1))
    return precision, first, last


def _known_to(year: str, month: str | None, day: str | None) -> str:
    """The precision: of the whole, or of what comes before the first X."""
    if "X" in year:
        return ("decade", "century", "millennium", "millennium")[len(year) - 1 - year.index("X")]
    if month is None or "X" in month:
        return "year"
    return "month" if day is None or "X" in day else "day"


def _of_year(low: int, high: int) -> tuple[Day, Day]:
    return (low, 1, 1), (high, 12, 31)


def _group(text: str, match: re.Match[str], low: int, high: int) -> tuple[str, Day, Day]:
    """A season, quarter, quadrimester or semester."""
    group = _GROUPS.get(int(match["month"]))
    if group is None:
        raise EdtfError(text, match.start("month"), f"there is no month {match['month']}")
    if match["day"]:
        raise EdtfError(text, match.start("day"), f"a {group[0]} has no numbered days")
    precision, first, last = group
    year, month = (high, last) if last <= 12 else (high + 1, last - 12)
    return precision, (low, first, 1), (year, month, _days(year, month))


def _years(pattern: str, low: int, high: int, step: int = 1) -> Iterator[int]:
    """The years from low to high, or back, that a pattern of digits and X can mean."""
    if "X" not in pattern:
        yield low
        return
    # A matching year is found by its digits, because "2X15" steps over most of its range.
    free = "".join("." if mark == "X" else mark for mark in pattern.lstrip("-"))
    fits = re.compile(free).fullmatch
    for year in range(low, high + 1) if step > 0 else range(high, low - 1, -1):
        if fits(f"{abs(year):04d}"):
            yield year


def _in_years(years: Iterator[int], month: str, day: str | None, step: int = 1) -> Iterator[Day]:
    """The first day, or going back the last, of each year in which there is one."""
    months = [number for number in range(1, 13) if _fits(month, number)][::step]
    for year in years:
        for number in months:
            length = _days(year, number)
            days = [n for n in range(1, length + 1) if day is None or _fits(day, n)]
            if days:
                yield year, number, days[0 if step > 0 else -1]
                break


def _fits(pattern: str, number: int) -> bool:
    """Whether two digits or X can mean a number."""
    tens, ones = divmod(number, 10)
    return pattern[0] in ("X", str(tens)) and pattern[1] in ("X", str(ones))


def _days(year: int, month: int) -> int:
    """The length of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]


def _date(day: Day | None) -> datetime.date | None:
    if day is None or not datetime.MINYEAR <= day[0] <= datetime.MAXYEAR:
        return None
    return datetime.date(*day)


def _why_no_year(token: str) -> str:
    """Why a text does not begin with a year."""
    if not token:
        return "a date is missing"
    if token[0] in "?~%":
        return "a qualifier comes after the whole date"
    if token[0] == "Y":
        return "after Y comes a year of 5 to 18 digits"
    if token[0] in "{[":
        return "a set is the whole date, not a part of one"
    return "a date begins with a year of four digits, such as 2015"


def _why_no_day(text: str, match: re.Match[str]) -> str:
    """Why no day fits a month and day."""
    month, day = match["month"], match["day"]
    if not any(_fits(month, number) for number in range(1, 13)):
        return f"there is no month {month}"
    if not any(_fits(day, number) for number in range(1, 32)):
        return f"there is no day {day}"
    return f"there is no day {match['year']}-{month}-{day}"


def _refuse_rest(text: str, at: int, end: int) -> NoReturn:
    """Says why a text goes on where its date should end."""
    mark = text[at]
    if mark in "?~%" and text[at - 1] in "?~%":
        reason = "one qualifier at most; % is both ? and ~"
    elif text[at - 1] in "?~%" and mark == "-":
        at, reason = at - 1, "a qualifier comes after the whole date"
    elif mark == "T":
        reason = "a time comes after a day, such as T09:30:00, T09:30:00Z or T09:30:00+02:00"
    elif mark == "-":
        reason = "after a year come two digits for the month, then two for the day"
    elif mark == ".":
        reason = "two dots mean an open end of an interval, or a range in a set"
    elif mark in "SE" and text[at - 1].isdigit():
        reason = "exponents and significant digits are not read"
    else:
        reason = f"the date should end before {mark!r}"
    raise EdtfError(text, at, reason)

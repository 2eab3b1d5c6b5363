"""Dates in EDTF (ISO 8601-2:2019), levels 0 and 1 with what work plans need of level 2.

Level 0: dates, times, intervals. Level 1: ``?`` uncertain, ``~`` approximate, ``%`` both,
``X`` unspecified digits, ``../b`` and ``a/..`` open ends, ``/b`` and ``a/`` unknown ends,
negative and long years, seasons 21–24. Level 2: sets ``[one,of]`` and ``{all,of}`` with
ranges, and groups of months 25–41: quarters 33–36, quadrimesters 37–39, semesters 40–41.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from typing import Literal

import attrs

__all__ = ["Edtf", "EdtfError", "parse", "parse_or_none"]

State = Literal["known", "open", "unknown"]

MAX_LENGTH = 1000
MAX_MEMBERS = 100


class EdtfError(ValueError):
    """A text is not EDTF as this module reads it.

    Attributes:
        position: Where the first character stands that does not fit, from 0.
        reason: Why it does not fit.
    """

    def __init__(self, text: str, position: int, reason: str) -> None:
        shown = text if len(text) <= 60 else text[:57] + "…"
        super().__init__(f"{shown!r} is not EDTF at {position + 1}: {reason}")
        self.position = position
        self.reason = reason


@attrs.frozen(slots=True)
class Edtf:
    """A parsed date, interval or set.

    Attributes:
        text: Its canonical form.
        precision: ``day``, ``time``, ``month``, ``year``, ``decade``, ``century``,
            ``millennium``, ``season``, ``quarter``, ``quadrimester``, ``semester``,
            ``interval``, ``set``, or ``choice`` for one of a set.
        uncertain: Whether any part of it is marked ``?`` or ``%``.
        approximate: Whether any part of it is marked ``~`` or ``%``.
        start_state: Whether its beginning is known, open or unknown.
        end_state: Whether its end is known, open or unknown.
        members: The two ends of an interval, or the members of a set.
    """

    text: str
    precision: str
    uncertain: bool = False
    approximate: bool = False
    start_state: State = "known"
    end_state: State = "known"
    members: tuple[Edtf | None, ...] = ()
    _lower: datetime.date | None = attrs.field(default=None, repr=False)
    _upper: datetime.date | None = attrs.field(default=None, repr=False)

    def lower(self) -> datetime.date | None:
        """The first day it can mean; ``None`` if open, unknown or outside years 1 to 9999."""
        return self._lower

    def upper(self) -> datetime.date | None:
        """The last day it can mean; ``None`` if open, unknown or outside years 1 to 9999."""
        return self._upper

    @property
    def certain(self) -> bool:
        """Whether it is neither uncertain nor approximate."""
        return not (self.uncertain or self.approximate)

    def dates(self) -> tuple[Edtf, ...]:
        """The members of a set; of anything else, itself."""
        if self.precision in ("set", "choice"):
            return tuple(member for member in self.members if member is not None)
        return (self,)

    def __str__(self) -> str:
        return self.text


_DATE = re.compile(
    r"(?P<year>-?[0-9X]{4}|Y-?[0-9]{5,9})"
    r"(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2})"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?))?)?)?"
    r"(?P<mark>[?~%])?"
)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:Z|[+-](\d\d)(?::(\d\d))?)?")

_GROUPS = {
    **{n: ("season", None) for n in range(21, 25)},
    **{n: ("season", None) for n in range(25, 33)},
    **{33 + n: ("quarter", (3 * n + 1, 3 * n + 3)) for n in range(4)},
    **{37 + n: ("quadrimester", (4 * n + 1, 4 * n + 4)) for n in range(3)},
    **{40 + n: ("semester", (6 * n + 1, 6 * n + 6)) for n in range(2)},
}


@functools.lru_cache(maxsize=65536)
def parse(text: str) -> Edtf:
    """Parses EDTF.

    A season may begin in different months north and south of the equator and does not say
    where it is; its bounds are those of its year.

    Args:
        text: The date.

    Raises:
        EdtfError: If it is not EDTF, an impossible date, or an interval that ends before it
            begins.
    """
    if len(text) > MAX_LENGTH:
        raise EdtfError(text, MAX_LENGTH, f"longer than {MAX_LENGTH} characters")
    if not text:
        raise EdtfError(text, 0, "it is empty")
    if text[0] in "[{":
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _date(text, text, 0)


def parse_or_none(text: str) -> Edtf | None:
    """Parses EDTF; ``None`` if it is not."""
    try:
        return parse(text)
    except EdtfError:
        return None


def _interval(text: str) -> Edtf:
    left, _, right = text.partition("/")
    if "/" in right:
        raise EdtfError(text, text.rindex("/"), "an interval has one slash")
    start, start_state = _end(text, left, 0)
    end, end_state = _end(text, right, len(left) + 1)
    if start is None and end is None:
        raise EdtfError(text, 0, "an interval needs at least one date")
    lower = start.lower() if start else None
    upper = end.upper() if end else None
    if start is not None and end is not None and _after(start, end):
        raise EdtfError(text, len(left) + 1, "it ends before it begins")
    ends = [member for member in (start, end) if member is not None]
    return Edtf(
        text=f"{start or ('..' if start_state == 'open' else '')}/"
        f"{end or ('..' if end_state == 'open' else '')}",
        precision="interval",
        uncertain=any(e.uncertain for e in ends),
        approximate=any(e.approximate for e in ends),
        start_state=start_state,
        end_state=end_state,
        members=(start, end),
        lower=lower,
        upper=upper,
    )


def _after(start: Edtf, end: Edtf) -> bool:
    """Whether a start comes after its end however both are read."""
    first, last = start.lower(), end.upper()
    return first is not None and last is not None and first > last


def _end(text: str, part: str, at: int) -> tuple[Edtf | None, State]:
    if part == "..":
        return None, "open"
    if not part:
        return None, "unknown"
    return _date(text, part, at), "known"


def _set(text: str) -> Edtf:
    closing = "]" if text[0] == "[" else "}"
    if text[-1] != closing or len(text) < 3:
        raise EdtfError(text, len(text) - 1, f"a set that begins with {text[0]} ends in {closing}")
    parts = text[1:-1].split(",")
    if len(parts) > MAX_MEMBERS:
        raise EdtfError(text, 0, f"a set of more than {MAX_MEMBERS} members")
    members: list[Edtf] = []
    states: list[State] = ["known", "known"]
    texts = []
    at = 1
    for number, part in enumerate(parts):
        before = len(part) - len(part.lstrip(" "))
        stripped = part.strip(" ")
        left, dots, right = stripped.partition("..")
        if dots and not (left or right):
            raise EdtfError(text, at, "a range needs at least one date")
        if dots and ((not left and number) or (not right and number + 1 < len(parts))):
            raise EdtfError(text, at, "only the first or last member of a set may be open")
        ends = [_date(text, end, at + before) for end in (left, right) if end]
        if dots and len(ends) == 2 and _after(ends[0], ends[1]):
            raise EdtfError(text, at, "a range ends before it begins")
        if dots and not left:
            states[0] = "open"
        if dots and not right:
            states[1] = "open"
        members += ends
        texts.append(dots.join(str(e) for e in ends) if left and right else
                     f"{left and ends[0]}{dots}{right and ends[0]}")  # fmt: skip
        at += len(part) + 1
    lowers = [m.lower() for m in members]
    uppers = [m.upper() for m in members]
    return Edtf(
        text=f"{text[0]}{','.join(texts)}{closing}",
        precision="choice" if closing == "]" else "set",
        uncertain=any(m.uncertain for m in members),
        approximate=any(m.approximate for m in members),
        start_state=states[0],
        end_state=states[1],
        members=tuple(members),
        lower=min((d for d in lowers if d), default=None)
        if states[0] == "known" and None not in lowers
        else None,
        upper=max((d for d in uppers if d), default=None)
        if states[1] == "known" and None not in uppers
        else None,
    )


def _date(text: str, part: str, at: int) -> Edtf:
    match = _DATE.fullmatch(part)
    if match is None:
        head = _DATE.match(part)
        where = head.end() if head else 0
        raise EdtfError(text, at + where, "expected a date such as 2015, 2015-10 or 2015-10-19")
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"] or ""
    if match["time"]:
        _check_time(text, match["time"], at + match.start("time"))
    if year.startswith("-") and set(year) <= {"-", "0"}:
        raise EdtfError(text, at, "year 0 has no sign")
    if "X" in year.rstrip("X"):
        raise EdtfError(text, at, "X stands for the last digits of a year")
    lower, upper, precision = _bounds(text, year, month, day, at)
    if match["time"]:
        precision = "time"
    return Edtf(
        text=part,
        precision=precision,
        uncertain=mark in ("?", "%"),
        approximate=mark in ("~", "%"),
        lower=lower,
        upper=upper,
    )


def _check_time(text: str, time: str, at: int) -> None:
    match = _TIME.fullmatch(time)
    hour, minute, second, zone, zone_minute = (int(g or 0) for g in match.groups()) if match else (
        (99,) * 5)  # fmt: skip
    last = hour == 24 and minute == 0 and second == 0
    if not (last or (hour < 24 and minute < 60 and second < 60)) or zone > 14 or zone_minute > 59:
        raise EdtfError(text, at, f"{time} is not a time of day")


def _bounds(
    text: str, year: str, month: str | None, day: str | None, at: int
) -> tuple[datetime.date | None, datetime.date | None, str]:
    """First and last day of a date, and its precision."""
    first, last, precision = _years(year)
    if month is None:
        return _day(first, 1, 1), _day(last, 12, 31), precision
    if month.isdigit() and int(month) in _GROUPS:
        if day is not None:
            raise EdtfError(text, at, f"group {month} has no days")
        name, months = _GROUPS[int(month)]
        start, end = months or (1, 12)
        return _day(first, start, 1), _day(last, end, None), name
    low, high = _digits(month, 1, 12, text, at)
    if day is None:
        return _day(first, low, 1), _day(last, high, None), "month"
    most = _month_days(first, last, low, high)
    low_day, high_day = _digits(day, 1, most, text, at)
    exact = "X" not in day
    precision = "day" if exact and "X" not in month and "X" not in year else "month"
    return _day(first, low, low_day), _day(last, high, high_day), precision


def _years(year: str) -> tuple[int, int, str]:
    if year.startswith("Y"):
        return int(year[1:]), int(year[1:]), "year"
    unknown = year.count("X")
    negative = year.startswith("-")
    low = int(year.replace("X", "9" if negative else "0"))
    high = int(year.replace("X", "0" if negative else "9"))
    precision = ("year", "decade", "century", "millennium", "unspecified")[unknown]
    return low, high, precision


def _digits(digits: str, least: int, most: int, text: str, at: int) -> tuple[int, int]:
    """The lowest and highest number that two digits, perhaps unspecified, can be."""
    pattern = re.compile(digits.replace("X", "[0-9]"))
    fitting = [n for n in range(least, most + 1) if pattern.fullmatch(f"{n:02}")]
    if not fitting:
        raise EdtfError(text, at, f"{digits} is not between {least:02} and {most:02}")
    return fitting[0], fitting[-1]


def _month_days(first: int, last: int, low: int, high: int) -> int:
    years = range(first, min(last, first + 8) + 1)
    return max(_length(y, m) for y in years for m in range(low, high + 1))


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _day(year: int, month: int, day: int | None) -> datetime.date | None:
    """A day, the month's last if none is given; ``None`` outside what a date can hold."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    length = _length(year, month)
    return datetime.date(year, month, length if day is None else min(day, length))

"""What heads of a calendar say beside each other: letters, numbers and short years in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import groupby, pairwise

from attrs import evolve

from jmdi.words.folding import fold
from jmdi_workplan.plan.gantt import (
    OPEN_YEAR,
    Parts,
    PeriodColumn,
    column_of,
    month_of,
    only_year,
    parts_of,
    read_period,
    units,
    year_of,
)
from jmdi_workplan.plan.header_words import meanings

__all__ = ["MONTH_INITIALS", "SPAN", "ordinal_in", "read_periods"]

MONTH_INITIALS = ("jfmamjjasond", "efmamjjasond")
"""The months by their first letters, in the languages that plans are written in."""

WHOLE_YEAR = 12
ALL_WEEKS = 52
FEWEST = 2
"""A row of no more columns than this shows nothing by itself; of letters, one more is needed."""

ORDINAL = re.compile(r"([1-4])(?:st|nd|rd|th|er|ere|e|eme|o|a|do|to|ro|ero|da|ta|º|ª)?\.?")
SPAN = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")
"""From one number of a month to another."""

LENGTHS = {"quarter": (4, 32), "quadrimester": (3, 36), "semester": (2, 39)}
"""Parts of a year: how many they are, and the number before their EDTF codes."""

_ONE_TO_TWELVE = [str(month) for month in range(1, 13)]


def read_periods(headers: Sequence[str]) -> tuple[PeriodColumn | None, ...]:
    """Read every header of a table; None for columns that are not of a calendar.

    Neighbours decide three readings: "Jan-15, Feb-15, Mar-15" are months of 2015 only as a run,
    "J F M A …" are months only in a row, and "S3" beside "S1" means weeks (*semaines*).
    """
    found = [read_period(header) for header in headers]
    _short_years(found)
    _twelve(headers, found)
    _counted(headers, found)
    _initials(headers, found)
    weeks = [one for one in found if one and one.unit == "week"]
    whole = any(one.yearly == f"{OPEN_YEAR}-W{ALL_WEEKS}" for one in weeks)
    return tuple(_as_week(one, whole=whole) if weeks and one else one for one in found)


def _as_week(one: PeriodColumn, *, whole: bool) -> PeriodColumn:
    """A column beside weeks; weeks are counted from January only if all of a year are there."""
    if one.unit.endswith("semester"):
        return PeriodColumn("week", None)
    return one if whole or "-W" not in (one.yearly or "") else evolve(one, yearly=None)


def _short_years(found: list[PeriodColumn | None]) -> None:
    keys = enumerate(
        one.short_year * 12 + one.month - index
        if one is not None and one.short_year is not None and one.month is not None
        else None
        for index, one in enumerate(found)
    )
    for key, group in groupby(keys, key=lambda item: item[1]):
        places = [index for index, _ in group]
        if key is None or len(places) < 3:
            continue
        for index in places:
            one = found[index]
            if one is not None and one.short_year is not None:
                period = f"{2000 + one.short_year}-{one.month:02d}"
                found[index] = evolve(one, period=period)


def _twelve(headers: Sequence[str], found: list[PeriodColumn | None]) -> None:
    """Read 1 … 12 under one year, or under the word "Months", as the months of a year."""
    for start in range(len(headers) - 11):
        run = headers[start : start + 12]
        numbers = [header.rpartition(" / ")[2].strip().lstrip("0") for header in run]
        above = {header.rpartition(" / ")[0] for header in run}
        if numbers != _ONE_TO_TWELVE or len(above) != 1 or "" in above:
            continue
        year = _year_above(next(iter(above)))
        if year is not None:
            for month in range(1, 13):
                found[start + month - 1] = month_of(year, month)


def _counted(headers: Sequence[str], found: list[PeriodColumn | None]) -> None:
    """Read I … IV or 1st … 4th under "by quarter" and the like as parts of a year.

    So are I, II under "by semester", and 1-3, 4-6 under "months". Under a year or "schedule", four
    of them are quarters, and I, II semesters.
    """
    pieces = [header.rpartition(" / ")[::2] for header in headers]
    for above, group in groupby(enumerate(pieces), key=lambda one: one[1][0]):
        if not above:
            continue
        run = list(group)
        said = {units().get(word, ("", 0))[0] for word in fold(above).split()}
        year = None if "fiscal" in said else only_year(above) or OPEN_YEAR
        own = [text for _, (_, text) in run]
        columns = _parts_of_year(own, said, year) or _spans(own, said, year)
        columns = columns or _parts_counted(above, own)
        for (index, _), column in zip(run, columns, strict=False):
            found[index] = column


def _parts_of_year(own: Sequence[str], said: Set[str], year: str | None) -> Sequence[PeriodColumn]:
    """All quarters or semesters of a year, by their numbers."""
    unit = next((one for one in LENGTHS if one in said), "")
    length, before = LENGTHS.get(unit, (0, 0))
    if not length or list(map(_number, own)) != list(range(1, length + 1)):
        return ()
    return [
        column_of(unit, f"{year}-{before + number}" if year else None)
        for number in range(1, length + 1)
    ]


def _parts_counted(above: str, own: Sequence[str]) -> Sequence[PeriodColumn]:
    """The quarters I … IV or semesters I, II of a year, or of a head that asks when.

    Under a year, 1 … 4 are quarters, too.
    """
    named = parts_of(above)
    asks = named is None and meanings(above)[:1] == (("timeline", 1.0),)
    roman = [fold(text) for text in own]
    if not asks and (named is None or evolve(named, year=None, fiscal=False) != Parts()):
        return ()
    letter = "S" if roman == ["i", "ii"] else "Q" if roman == ["i", "ii", "iii", "iv"] else ""
    if not asks and list(map(_number, own)) == [1, 2, 3, 4]:
        letter = "Q"
    heads = [f"{above} / {letter}{number}" for number in range(1, len(own) + 1)] if letter else ()
    found = [read_period(head) for head in heads]
    return [one for one in found if one is not None]


def ordinal_in(text: str) -> str:
    """The digit of an ordinal or number up to 4: "1st", "2do"; "" if a text is none."""
    typed = ORDINAL.fullmatch(fold(text).replace(" ", ""))
    return typed[1] if typed else ""


def _number(text: str) -> int | None:
    """The number of a quarter or semester: "II", "2", "2nd", "deuxième"."""
    bare, typed = fold(text).replace(" ", ""), ordinal_in(text)
    unit, number = units().get(bare, ("", 0))
    return int(typed) if typed else number if unit == "ordinal" else None


def _spans(own: Sequence[str], said: Set[str], year: str | None) -> Sequence[PeriodColumn]:
    """Months from one number to another that follow each other: 1-3, 4-6."""
    found = [SPAN.fullmatch(text.strip()) for text in own]
    if len(found) < FEWEST or "month-number" not in said or not all(found):
        return ()
    ends = [(int(one[1]), int(one[2])) for one in found if one]
    turns = [(1, ends[0][1]), *((before[1] + 1, own[1]) for before, own in pairwise(ends))]
    if ends != turns or any(first >= last for first, last in ends) or ends[-1][1] > WHOLE_YEAR:
        return ()
    return [
        column_of("month", f"{year}-{first:02d}/{year}-{last:02d}" if year else None)
        for first, last in ends
    ]


def _year_above(text: str) -> str | None:
    """The year of headers that span twelve months, open if they only say that these are months."""
    said = {units().get(word, ("", 0))[0] for word in fold(text).split()}
    if not said & {"fiscal", "week"} and (only_year(text) or "month-number" in said):
        return only_year(text) or OPEN_YEAR
    year = None
    for piece in text.split(" / "):
        parts = parts_of(piece)
        if parts is not None and parts == Parts(year=parts.year) and parts.year:
            year = str(parts.year)
        elif units().get(fold(piece), ("", 0))[0] == "month-number":
            year = year or OPEN_YEAR
        else:
            return None
    return year


def _initials(headers: Sequence[str], found: list[PeriodColumn | None]) -> None:
    """Read letters in a row as months, where they are those of one part of the year only."""
    last = [fold(header.rpartition(" / ")[2]) for header in headers]
    row = "".join(one if len(one) == 1 and one.isalpha() else " " for one in last)
    for run in re.finditer(r"\S+", row):
        months = _months_of(run[0])
        for index, month in enumerate(months, run.start()):
            above = headers[index].rpartition(" / ")[0]
            named = parts_of(above) or Parts(year=int(only_year(above) or 0) or None)
            column = month_of(year_of(named), month)
            turns = len(months) <= WHOLE_YEAR and months != sorted(months)
            found[index] = evolve(column, fiscal="?") if turns and column.yearly else column


def _months_of(letters: str) -> list[int]:
    """The months that letters in a row are; none if they can be different ones."""
    if len(letters) <= FEWEST:
        return []
    found = {
        first
        for run in MONTH_INITIALS
        for first in range(WHOLE_YEAR)
        if (run * (len(letters) // WHOLE_YEAR + 2)).startswith(letters, first)
    }
    if len(found) != 1:
        return []
    first = found.pop()
    return [(first + n) % WHOLE_YEAR + 1 for n in range(len(letters))]

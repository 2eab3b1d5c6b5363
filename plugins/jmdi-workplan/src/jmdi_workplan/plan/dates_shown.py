"""What the dates of a table show of the others.

Which number is the day, which year it is, and whether "Jan-24" is a month of 2024.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from jmdi.words.folding import fold
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.words.lexicon import lexicon

__all__ = ["dates_in", "day_order", "has_short_years", "with_whole_years", "years_in"]

DATES = frozenset(("timeline", "start", "end", "actual-start", "actual-end", "actual-timeline"))
PLANNED = frozenset(("timeline", "start", "end"))
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHORT = re.compile(r"(?<![\w./-])([^\W\d_]{3,10})\.?[-/’'](\d\d)(?![\w./-]*\d|[,.]? ?\d)")
"""A month with two figures, which may be a day or a year."""

JOINED = frozenset("-/’'")
CENTURY = 2000
MONTHS = 3
"""Months with the same figures that show that these are the year."""

FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d./-]*\d)")


def dates_in(
    entries: Sequence[Entry], columns: Sequence[Column]
) -> tuple[frozenset[str], frozenset[str]]:
    """What is typed as dates in a table, and what of it is planned, not done.

    Args:
        entries: Its actions.
        columns: Its columns.
    """
    parts = [{*(one.meaning or "").split("+")} for one in columns]
    dated = [n for n, one in enumerate(parts) if one & DATES]
    planned = [n for n in dated if parts[n] & PLANNED]
    every = frozenset(entry.words(n) for entry in entries for n in dated)
    if planned == dated:
        return every, every
    return every, frozenset(entry.words(n) for entry in entries for n in planned)


def day_order(dates: Collection[str]) -> bool | None:
    """Whether the day comes first in the dates of a table: 28/11 shows how 02/12 is meant.

    Returns:
        None if no date shows it, or if some show one order and some the other.
    """
    shown = set(_shown(dates))
    return shown.pop() if len(shown) == 1 else None


def years_in(dates: Collection[str]) -> Iterator[int]:
    """The years that dates name."""
    for words in dates:
        yield from map(int, YEAR.findall(words))


def has_short_years(dates: Collection[str], covered: tuple[int, int] | None) -> bool:
    """Whether "Jan-24" in a table is January 2024, not a day of January.

    So it is where each such number is a year that the plan covers, or where three months and more
    have the same number, or one and the next.

    Args:
        dates: What is typed as dates.
        covered: The first and last year of the plan, where they are known.
    """
    joined = (text for text in dates if not JOINED.isdisjoint(text))
    found = {(fold(one[1]), int(one[2])) for text in joined for one in SHORT.finditer(text)}
    found = {(month, number) for month, number in found if month in lexicon("month")}
    numbers = {number for _, number in found}
    if covered is not None and numbers:
        return all(covered[0] <= CENTURY + number <= covered[1] for number in numbers)
    return len({m for m, _ in found}) >= MONTHS and max(numbers) - min(numbers) < MONTHS - 1


def with_whole_years(words: str) -> str:
    """Words with the years behind months in four digits: "Jan-24" as "Jan 2024"."""

    def whole(match: re.Match[str]) -> str:
        known = fold(match[1]) in lexicon("month")
        return f"{match[1]} {CENTURY + int(match[2])}" if known else match[0]

    return SHORT.sub(whole, words)


def _shown(dates: Collection[str]) -> Iterator[bool]:
    for words in dates:
        for match in FIGURES.finditer(words):
            first, second = int(match[1]), int(match[3])
            if 1 <= second <= 12 < first <= 31:
                yield True
            elif 1 <= first <= 12 < second <= 31:
                yield False

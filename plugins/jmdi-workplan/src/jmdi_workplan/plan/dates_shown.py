"""What the dates of a table show of the others: which number is the day, and which year it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.entries import Entry

__all__ = ["day_order", "years_in"]

DATES = frozenset(("timeline", "start", "end", "actual-start", "actual-end", "actual-timeline"))
PLANNED = frozenset(("timeline", "start", "end"))
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d./-]*\d)")


def day_order(entries: Sequence[Entry], columns: Sequence[Column]) -> bool | None:
    """Whether the day comes first in the dates of a table: 28/11 shows how 02/12 is meant.

    Args:
        entries: Its actions.
        columns: Its columns.

    Returns:
        None if no date shows it, or if some show one order and some the other.
    """
    shown = set(_shown(entries, columns))
    return shown.pop() if len(shown) == 1 else None


def years_in(entries: Sequence[Entry], columns: Sequence[Column]) -> Iterator[int]:
    """The years that the dates of a table name."""
    dated = [n for n, one in enumerate(columns) if PLANNED & {*(one.meaning or "").split("+")}]
    for words in {entry.words(n) for entry in entries for n in dated}:
        yield from map(int, YEAR.findall(words))


def _shown(entries: Sequence[Entry], columns: Sequence[Column]) -> Iterator[bool]:
    dated = [n for n, one in enumerate(columns) if DATES & {*(one.meaning or "").split("+")}]
    for words in {entry.words(n) for entry in entries for n in dated}:
        for match in FIGURES.finditer(words):
            first, second = int(match[1]), int(match[3])
            if 1 <= second <= 12 < first <= 31:
                yield True
            elif 1 <= first <= 12 < second <= 31:
                yield False

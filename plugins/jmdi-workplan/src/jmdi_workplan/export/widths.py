"""Widths of columns by what stands in them, and how many lines a text then takes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from math import ceil

__all__ = ["column_widths", "lines_in"]

LEAST, MARGIN = 4, 2
WASTE = 5
"""How many characters a line is short of its column on average, where words are not broken."""
LONGEST_WORD = 18
"""A longer word, such as an address, is broken."""


def column_widths(rows: Iterable[Sequence[str]], total: int) -> list[float]:
    """Widths in characters that keep the tallest cell as low as can be.

    Args:
        rows: The cells; a row of one cell spans all columns and does not count.
        total: How many characters fit side by side. Less is taken where less is enough.
    """
    columns = [*zip(*(row for row in rows if len(row) > 1), strict=True)]
    if not columns:
        return [float(total)]
    cells = [[cell.split("\n") for cell in {*column} if cell] for column in columns]
    words = [
        max((_length(w) for lines in column for line in lines for w in line.split()), default=0)
        for column in cells
    ]
    least = [max(LEAST, min(word, LONGEST_WORD)) + MARGIN for word in words]
    if sum(least) > total:
        return [total * part / sum(least) for part in least]
    low, high = (
        1,
        1 + max(len(lines) + sum(map(len, lines)) for column in cells for lines in column),
    )
    while low < high:
        height = (low + high) // 2
        if sum(_widths(cells, least, height, total)) <= total:
            high = height
        else:
            low = height + 1
    return [float(width) for width in _widths(cells, least, low, total)]


def _length(word: str) -> int:
    """How wide a word is; capitals, of which many heads are, take more room."""
    return len(word) + sum(map(str.isupper, word)) // 3


def _widths(
    cells: Sequence[Sequence[Sequence[str]]], least: Sequence[int], height: int, total: int
) -> list[int]:
    """For each column the least width at which no cell takes more lines than ``height``."""
    return [
        max([wide, *(_narrowest(lines, wide, height, total) for lines in column)])
        for column, wide in zip(cells, least, strict=True)
    ]


def _narrowest(lines: Sequence[str], least: int, height: int, total: int) -> int:
    """The least width at which a cell takes no more lines than that, or than were typed."""
    height = max(height, len(lines))
    low, high = least, min(total + 1, max(least, *map(len, lines)) + MARGIN)
    while low < high:
        width = (low + high) // 2
        if sum(_lines(len(line), width - MARGIN) for line in lines) <= height:
            high = width
        else:
            low = width + 1
    return low


def _lines(length: int, room: int) -> int:
    """About how many lines a text takes; words that do not fit leave some of each empty."""
    return 1 if length <= room else ceil(length / max(1, room - WASTE))


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width in characters."""
    room = max(1, int(width - 1))
    return sum(
        1 if len(line) <= room else max(1, len(textwrap.wrap(line, room)))
        for line in text.split("\n")
    )

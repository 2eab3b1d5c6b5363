"""What a column holds whose head is not known, by what stands below it.

Dates are a timeline, amounts with a currency are money, and parts of a country are places, where no
head of the table asks for these. What is taken so is reported as supposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jmdi_workplan.finance import read_finance
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.timeline import read_timeline

__all__ = ["infer"]

ROWS = 8
"""Rows that are looked at."""

FEWEST = 2
"""Fewest cells with words that show what a column holds."""

LONGEST = 60
"""Longest text that is a value and no sentence."""

ASKED: Mapping[str, frozenset[str]] = {
    "timeline": frozenset(
        ("timeline", "start", "end", "month", "quarter", "semester", "week", "year")
    ),
    "finance": frozenset(("finance",)),
    "place": frozenset(("place", "at-place")),
}
"""The columns that a table with a known one of has no other for."""


def infer(
    unknown: Sequence[int], meant: frozenset[str], rows: Sequence[Sequence[str]]
) -> dict[int, str]:
    """The meanings of columns, by their cells.

    Args:
        unknown: The columns whose head says nothing.
        meant: The meanings of the others.
        rows: The rows below the header.

    Returns:
        Column → meaning, where one column alone has it and no other asks for it.
    """
    bare = {meaning.removeprefix("relative-") for meaning in meant}
    said = {index: _said([_text(row, index) for row in rows[:ROWS]]) for index in unknown}
    return {
        index: meaning
        for index, meaning in said.items()
        if meaning and not ASKED[meaning] & bare and list(said.values()).count(meaning) == 1
    }


def _text(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _said(texts: Sequence[str]) -> str | None:
    filled = list(filter(None, texts))
    if len(filled) < FEWEST or any(len(text) > LONGEST for text in filled):
        return None
    if all(map(is_division, filled)):
        return "place"
    if not all(any(map(str.isdigit, text)) for text in filled):
        return None
    if all(map(_is_date, filled)):
        return "timeline"
    return "finance" if all(map(_is_money, filled)) else None


def _is_date(text: str) -> bool:
    """Whether a text is a date; a year or another number alone is none."""
    return not text.isdigit() and read_timeline(text).edtf is not None


def _is_money(text: str) -> bool:
    found = read_finance(text)
    return bool(found) and all(one.amount is not None and one.currency for one in found)

"""What a column holds whose head is not known, by what stands below it.

Dates are a timeline, two columns of them a start and an end; amounts with a currency are money,
parts of a country places, organisations those responsible, and numbers of people an audience, where
no head of the table asks for these. What is taken so is reported as supposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jmdi.words.folding import fold
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.timeline import read_timeline
from jmdi_workplan.words.lexicon import lexicon

__all__ = ["are_organisations", "holds_figures", "infer"]

ROWS = 8
"""Rows that are looked at."""

NUMBER = re.compile(r"\d[\d\s.,']*")
"""An amount or another number and nothing else."""

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
    "responsible": frozenset(("responsible",)),
    "audience": frozenset(("audience",)),
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
    own = [row for row in rows[:ROWS] if len({text.strip() for text in row} - {""}) > 1]
    said = {index: _said([_text(row, index) for row in own]) for index in unknown}
    dated = [index for index, meaning in said.items() if meaning == "timeline"]
    if len(dated) == 2 and dated[1] == dated[0] + 1 and not ASKED["timeline"] & bare:
        said |= dict(zip(dated, ("start", "end"), strict=True))
    return {
        index: meaning
        for index, meaning in said.items()
        if meaning
        and not ASKED.get(meaning, frozenset()) & bare
        and list(said.values()).count(meaning) == 1
    }


def _text(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _said(texts: Sequence[str]) -> str | None:
    filled = list(filter(None, texts))
    if len(filled) < FEWEST or any(len(text) > LONGEST for text in filled):
        return None
    if all(map(is_division, filled)):
        return "place"
    if are_organisations(filled):
        return "responsible"
    if sum(map(_counts_people, filled)) * 2 >= len(filled):
        return "audience"
    if not all(any(map(str.isdigit, text)) for text in filled):
        return None
    if all(map(_is_date, filled)):
        return "timeline"
    return "finance" if all(map(_is_money, filled)) else None


def _is_date(text: str) -> bool:
    """Whether a text is a date; a year or another number alone is none."""
    return not text.isdigit() and read_timeline(text).edtf is not None


def holds_figures(texts: Sequence[str]) -> bool:
    """Whether all cells with words are amounts or dates."""
    filled = [text.strip() for text in texts if text.strip()]
    numbers = all(NUMBER.fullmatch(text) for text in filled)
    return len(filled) >= FEWEST and (numbers or all(map(_has_day, filled)))


def _has_day(text: str) -> bool:
    return text[:1].isdigit() and len(text) <= LONGEST and _is_date(text)


def are_organisations(texts: Sequence[str]) -> bool:
    """Whether three of four texts and more name organisations."""
    return 4 * sum(map(_is_organisation, texts)) >= 3 * len(texts)


def _is_organisation(text: str) -> bool:
    """Whether the first or last word of a text is a kind of organisation."""
    words = fold(text).split()
    return bool(words) and not {words[0], words[-1]}.isdisjoint(lexicon("organisation"))


def _counts_people(text: str) -> bool:
    """Whether a text is a number of people of a known sort: "500 students"."""
    found = read_audience(text)
    counted = all(one.size is not None and one.size.value is not None for one in found)
    return text[:1].isdigit() and bool(found) and counted and all(one.type for one in found)


def _is_money(text: str) -> bool:
    found = read_finance(text)
    return bool(found) and all(one.amount is not None and one.currency for one in found)

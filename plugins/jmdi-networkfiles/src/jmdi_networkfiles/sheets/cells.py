"""What a cell of a matrix says of a pair."""

from __future__ import annotations

from collections.abc import Sequence

from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.drafts import MISSING

__all__ = ["ABSENT", "MARKED", "cell_number", "cell_of", "is_unlabelled", "is_value"]

MARKED = ""
"""The pair is tied, and nobody says how much."""

ABSENT = "0"
"""The pair is not tied."""

_MARKS = frozenset(["x", "×", "✓", "✔", "•", "*", "yes", "oui", "sí", "si", "sim", "true", "vrai"])
_NO = frozenset({"no", "non", "não", "nao", "false", "faux"})
_NOT_KNOWN = frozenset({"na", "n/a", "nan", "n.a.", "#n/a", "?", "-", "–", ".", "nd", "n/d"})


def cell_of(text: str, blank: str | None) -> str | None:
    """What a cell says: a number, `MARKED`, `ABSENT`, or `MISSING`; ``None`` if it is no value.

    Args:
        text: The cell, without blanks around it.
        blank: What an empty cell says: ``0``, or nothing.
    """
    if not text:
        return ABSENT if blank == "0" else MISSING
    number = cell_number(text)
    if number is not None:
        return ABSENT if is_zero(number) else number
    folded = text.casefold()
    if folded in _MARKS:
        return MARKED
    if folded in _NO:
        return ABSENT
    return MISSING if folded in _NOT_KNOWN else None


def cell_number(text: str) -> str | None:
    """The number of a cell as decimal text; ``None`` if it is none."""
    # A comma is a decimal one where there is no point: 1,5 but not 1,234.5.
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    return number_of(plain.replace("\N{MINUS SIGN}", "-"))


def is_value(text: str) -> bool:
    """Whether a cell can be one of a matrix, so that it is no label."""
    return cell_of(text, None) is not None


def is_unlabelled(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a square of values without a gap: a matrix that has no labels.

    A list of three ties between numbers, with weights, is one too; its diagonal is not 0.
    """
    width = len(rows)
    if width < 3 or not all(
        len(row) == width and all(row) and all(map(is_value, row)) for row in rows
    ):
        return False
    return width > 3 or all(cell_of(row[k], None) == ABSENT for k, row in enumerate(rows))

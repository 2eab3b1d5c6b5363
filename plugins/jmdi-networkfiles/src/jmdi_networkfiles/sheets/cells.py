"""What a cell of a matrix says of a pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jmdi import ImportContext, Severity, Where
from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.drafts import MISSING
from jmdi_networkfiles.text import shown

__all__ = [
    "ABSENT",
    "MARKED",
    "cell_number",
    "cell_of",
    "decimal_mark",
    "is_unlabelled",
    "is_value",
    "report_commas",
]

MARKED = ""
"""The pair is tied, and nobody says how much."""

ABSENT = "0"
"""The pair is not tied."""

_MARKS = frozenset(["x", "×", "✓", "✔", "•", "*", "yes", "oui", "sí", "si", "sim", "true", "vrai"])
_NO = frozenset({"no", "non", "não", "nao", "false", "faux"})
_NOT_KNOWN = frozenset({"na", "n/a", "nan", "n.a.", "#n/a", "?", "-", "–", ".", "nd", "n/d"})


_THOUSANDS = {
    ".": re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ",": re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
"""By the decimal mark, numbers in which the other mark parts thousands."""

OTHER = {".": ",", ",": "."}


def decimal_mark(cells: Iterable[str]) -> str:
    """The decimal mark of some numbers, as far as they show it: 1,5 and 1.234.567 show a comma.

    Args:
        cells: Cells; those that are no numbers say nothing.

    Returns:
        The mark; empty if no number shows it, or some show one and some the other.
    """
    found: set[str] = set()
    for cell in cells:
        if "," in cell or "." in cell:
            can = [mark for mark in OTHER if cell_number(cell, mark) is not None]
            found.update(can if len(can) == 1 else ())
    return found.pop() if len(found) == 1 else ""


def report_commas(cells: Iterable[str], context: ImportContext) -> None:
    """Warns of numbers whose comma may part thousands, if no other number shows what it is."""
    found = [cell for cell in cells if _THOUSANDS["."].fullmatch(cell)]
    if found and not decimal_mark(cells):
        context.problem(
            "networkfiles:N118",
            f"numbers such as {shown(found[0])} are read with a decimal comma: {len(found):,}",
            severity=Severity.WARNING,
            where=Where(file=context.name),
        )


def cell_of(text: str, blank: str | None, mark: str = "") -> str | None:
    """What a cell says: a number, `MARKED`, `ABSENT`, or `MISSING`; ``None`` if it is no value.

    Args:
        text: The cell, without blanks around it.
        blank: What an empty cell says: ``0``, or nothing.
        mark: The decimal mark, if it is known.
    """
    if not text:
        return ABSENT if blank == "0" else MISSING
    number = cell_number(text, mark)
    if number is not None:
        return ABSENT if is_zero(number) else number
    folded = text.casefold()
    if folded in _MARKS:
        return MARKED
    if folded in _NO:
        return ABSENT
    return MISSING if folded in _NOT_KNOWN else None


def cell_number(text: str, mark: str = "") -> str | None:
    """The number of a cell as decimal text; ``None`` if it is none.

    Args:
        text: The cell.
        mark: The decimal mark; if it is not known, a comma is one where there is no point.
    """
    plain = text.replace("\N{MINUS SIGN}", "-")
    if mark and _THOUSANDS[mark].fullmatch(plain):
        plain = plain.replace(OTHER[mark], "")
    elif mark and OTHER[mark] in plain:
        return None
    mark = mark or ("," if plain.count(",") == 1 and "." not in plain else ".")
    return number_of(plain.replace(mark, "."))


def is_value(text: str) -> bool:
    """Whether a cell can be one of a matrix, so that it is no label."""
    return any(cell_of(text, None, mark) is not None for mark in ("", *OTHER))


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

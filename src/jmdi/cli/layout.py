"""Aligned columns and clean text for terminals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["clean", "columns", "count", "width"]

GAP = "  "
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Text with what would steer a terminal made visible; line breaks stay.

    Names and messages come from files of others: an escape sequence in them must not move
    the cursor, and a change of direction must not hide what a line says.
    """
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or not _steers(c) else _visible(c) for c in text)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNS


def _visible(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with aligned columns; the last column is as long as it is."""
    table = [[clean(cell).replace("\n", " ") for cell in row] for row in [header, *rows]]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for row in table:
        padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
        yield GAP.join(padded).rstrip()


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 error``, ``2,000 errors``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

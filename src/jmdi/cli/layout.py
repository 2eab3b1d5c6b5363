"""Aligned columns and clean text for terminals."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["clean", "columns", "count", "room", "shortened", "width", "wrapped"]

GAP = "  "
ROOM = 100
"""How wide lines are where there is no terminal."""
LEAST = 30
"""How wide a last column is at least, however narrow the terminal."""
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


def room() -> int:
    """How many columns the terminal has."""
    return shutil.get_terminal_size((ROOM, 24)).columns


def wrapped(header: Sequence[str], rows: Iterable[Sequence[str]], wide: int) -> Iterator[str]:
    """Rows as lines with aligned columns, of which the last goes on in the lines below.

    Args:
        header: The heading of each column.
        rows: The cells.
        wide: How wide the lines may be.
    """
    table = [[clean(cell).replace("\n", " ") for cell in row] for row in [header, *rows]]
    *before, _ = zip(*table, strict=True)
    widths = [max(map(width, column)) for column in before]
    indent = sum(widths) + len(GAP) * len(widths)
    for *cells, last in table:
        pairs = zip(cells, widths, strict=True)
        head = "".join(cell + " " * (wide - width(cell)) + GAP for cell, wide in pairs)
        lines = textwrap.wrap(last, max(wide - indent, LEAST), break_on_hyphens=False) or [""]
        yield f"{head}{lines[0]}".rstrip()
        yield from (" " * indent + line for line in lines[1:])


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 error``, ``2,000 errors``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

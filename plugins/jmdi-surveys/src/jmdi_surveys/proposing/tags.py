"""HXL hashtags: a row of them between the header and the data says what columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from jmdi.files.mapping import TableRow

__all__ = ["Tag", "is_tag_row", "tag_of", "tag_rows"]

_TAG = re.compile(r"#\s*([A-Za-z][\w-]*)(?:/[A-Za-z]{2})?((?:\s*\+\s*[A-Za-z][\w-]*)*)\s*")
_FILLED = re.compile(r"(?:column|colonne|columna|spalte|coluna)\s?\d+", re.IGNORECASE)
"""What spreadsheets write into an empty cell of the first row of a table."""

AMONG = 25
"""A row of tags is among so many first rows."""


@attrs.frozen
class Tag:
    """A hashtag with its attributes, whose order and case do not matter."""

    name: str
    attributes: frozenset[str]

    def fits(self, pattern: str) -> bool:
        """Whether it is what a pattern such as ``#org+impl-type`` asks for."""
        name, *rest = re.split(r"(?=[+-])", pattern.lower().removeprefix("#").replace(" ", ""))
        wanted = {part[1:] for part in rest if part[0] == "+"}
        unwanted = {part[1:] for part in rest if part[0] == "-"}
        return name == self.name and wanted <= self.attributes and not unwanted & self.attributes


def tag_of(cell: str) -> Tag | None:
    """The tag of a cell; ``None`` if it is none."""
    match = _TAG.fullmatch(cell.strip())
    if match is None:
        return None
    name, _, older = match[1].lower().partition("_")  # #adm1_id, of 2014, is #adm1+id
    attributes = (part.strip().lower() for part in (older, *match[2].split("+")))
    return Tag(name, frozenset(filter(None, attributes)))


def is_tag_row(cells: Sequence[str]) -> bool:
    """Whether a row has two tags or more, and nothing else.

    Words such as *# of people* begin with the same sign, so that one other cell is enough to say
    no; but for what a spreadsheet fills in by itself.
    """
    filled = [
        cell.strip() for cell in cells if cell.strip() and not _FILLED.fullmatch(cell.strip())
    ]
    return len(filled) > 1 and all(tag_of(cell) is not None for cell in filled)


def tag_rows(rows: Sequence[TableRow]) -> range:
    """The rows of tags, which may be more than one below each other; an empty range for none."""
    for number, row in enumerate(rows[:AMONG]):
        if is_tag_row(row.cells):
            end = number + 1
            while end < len(rows) and is_tag_row(rows[end].cells):
                end += 1
            return range(number, end)
    return range(0)

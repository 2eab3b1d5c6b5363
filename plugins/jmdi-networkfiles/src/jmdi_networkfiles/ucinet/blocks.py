"""Matrices in blocks: which rows, which columns, and the value of all their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.text import shown

__all__ = ["block_cells"]

_WORD = re.compile(r"[0-9]+(?:\s*(?:to|-)\s*[0-9]+)?(?![0-9.])|[^\s,=:]+", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]{1,9})(?:\s*(?:to|-)\s*([0-9]{1,9}))?", re.IGNORECASE)
SAYS = {"row": "row", "col": "column", "column": "column", "val": "value", "value": "value"}


def block_cells(
    lines: Iterable[tuple[int, str]], height: int, width: int, context: ImportContext, notes: Notes
) -> dict[tuple[int, int], tuple[str, int]]:
    """The cells that are not 0, with their value and line; a later block goes before an earlier.

    A block is such as ``ROWS 1 to 3``, ``COLS 2, 5``, ``VALUE = 1``; ``all`` is all of them.

    Args:
        lines: The data, line by line, with numbers.
        height: How many rows there are.
        width: How many columns there are.
        context: The limit of cells.
        notes: Where what cannot be read goes.

    Raises:
        FormatError: If the blocks have more cells than the limits allow.
    """
    cells: dict[tuple[int, int], tuple[str, int]] = {}
    chosen: dict[str, list[range]] = {"row": [], "column": []}
    sizes = {"row": height, "column": width}
    counted, says, fresh = 0, "", False
    for line, word in _words(lines):
        if heading := SAYS.get(word.casefold().removesuffix("s")):
            says, fresh = heading, True
        elif says == "value":
            value = number_of(word)
            if value is None:
                notes.bad(f"{shown(word)} is no value of a block", line)
                continue
            counted += _length(chosen["row"]) * _length(chosen["column"])
            if counted > context.limits.cells:
                raise context.beyond(f"has more than {context.limits.cells:,} cells", "cells", line)
            for row in _members(chosen["row"]):
                for column in _members(chosen["column"]):
                    if is_zero(value):
                        cells.pop((row, column), None)
                    else:
                        cells[row, column] = value, line
        elif not says or (found := _range(word, sizes[says])) is None:
            notes.bad(f"{shown(word)} are no rows or columns", line)
        else:
            chosen[says] = [found] if fresh else [*chosen[says], found]
            fresh = False
    return cells


def _words(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for line, text in lines:
        for match in _WORD.finditer(text):
            yield line, match[0]


def _range(word: str, size: int) -> range | None:
    """The places that a word names, from 0; ``None`` if they are not there."""
    if word.casefold() == "all":
        return range(size)
    match = _RANGE.fullmatch(word)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2] or match[1])
    return range(first - 1, last) if 1 <= first <= last <= size else None


def _length(ranges: Iterable[range]) -> int:
    return sum(map(len, ranges))


def _members(ranges: Iterable[range]) -> Iterator[int]:
    for one in ranges:
        yield from one

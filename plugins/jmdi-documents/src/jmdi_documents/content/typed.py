"""Cells of a text file, which are made when somebody asks for them: most are only words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from jmdi_documents.content.build import typed_cell
from jmdi_documents.content.grid import Cell

__all__ = ["TypedCells", "TypedRow"]


class TypedRow(NamedTuple):
    """A row of a text file.

    Attributes:
        texts: The words of its cells.
        line: The line it begins on, from 1.
        lines: The line of each cell, where not all are on one.
        unclosed: Whether a cell begins with a quote that nothing closes.
    """

    texts: tuple[str, ...]
    line: int
    lines: tuple[int, ...] = ()
    unclosed: bool = False


class TypedCells(Sequence[Cell]):
    """The cells that hold something, in reading order.

    Args:
        rows: The rows of the file.
    """

    def __init__(self, rows: Sequence[TypedRow]) -> None:
        self.rows = rows

    def row(self, number: int) -> Iterator[Cell]:
        """The cells of a row, counted from 0."""
        texts, line, lines, _ = self.rows[number]
        for column, text in enumerate(texts):
            if text:
                yield typed_cell(number, column, text, lines[column] if lines else line)

    @cached_property
    def _made(self) -> tuple[Cell, ...]:
        return tuple(cell for number in range(len(self.rows)) for cell in self.row(number))

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Cell: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...

    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        return self._made[index]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return self._made == (other._made if isinstance(other, TypedCells) else other)

    def __hash__(self) -> int:
        return hash(self._made)

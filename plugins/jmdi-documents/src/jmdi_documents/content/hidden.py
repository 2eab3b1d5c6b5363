"""What a document holds but shows to nobody: left out and reported, unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from jmdi_documents.content.build import column_letters
from jmdi_documents.content.grid import Block, Cell, Grid
from jmdi_documents.reading import Reading

__all__ = ["visible"]


def visible(blocks: Sequence[Block], reading: Reading) -> Iterator[Block]:
    """The blocks without hidden sheets and without the cells of hidden rows and columns.

    The rows and columns of a grid stay, so that every place still says where a cell stands.
    """
    for block in blocks:
        if reading.hidden or not isinstance(block, Grid):
            yield block
        elif not block.hidden:
            yield _shown(block, reading)
        elif any(True for _ in block.texts()):
            reading.problem("D134", "the sheet is hidden and left out", place=block.place)


def _shown(grid: Grid, reading: Reading) -> Grid:
    """A grid without its cells that lie in hidden rows or columns as a whole."""
    if not (grid.hidden_rows or grid.hidden_columns):
        return grid
    rows, columns = set(grid.hidden_rows), set(grid.hidden_columns)
    kept: list[Cell] = []
    for cell in grid.cells:
        in_rows = rows.issuperset(range(cell.row, cell.row + cell.row_span))
        in_columns = columns.issuperset(range(cell.column, cell.column + cell.column_span))
        if not (in_rows or in_columns):
            kept.append(cell)
    gone = [cell for cell in grid.cells if cell.text.strip()]
    for what, at in (("row", grid.hidden_rows), ("column", grid.hidden_columns)):
        used = sorted({getattr(cell, what) for cell in gone}.intersection(at))
        if used:
            name = column_letters if what == "column" and grid.kind == "sheet" else _number
            where = ", ".join(
                name(first) if first == last else f"{name(first)}-{name(last)}"
                for first, last in _runs(used)
            )
            several = "s" if len(used) > 1 else ""
            are = "are" if len(used) > 1 else "is"
            reading.problem(
                "D134",
                f"{what}{several} {where} {are} hidden and left out",
                place=grid.place,
            )
    return attrs.evolve(grid, cells=tuple(kept))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _number(at: int) -> str:
    return str(at + 1)

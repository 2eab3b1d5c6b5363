"""Grids as rows of cells: merged cells in each row they cover, tables out of frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from jmdi_documents import Block, Cell, Grid, TypedCells
from jmdi_workplan.plan.given import NOTHING, Given
from jmdi_workplan.plan.header_rows import distinct, headers

__all__ = ["WIDEST", "GridRow", "cell_words", "flat", "rows_of"]

WIDEST = 400
"""Columns of a table that are read; what stands further right is kept as a note."""


@attrs.define(slots=True)
class GridRow:
    """A row of a grid.

    Attributes:
        number: Its place in the grid, counted from 1.
        texts: The words in each column; those of a merged cell stand in each of its columns.
        plain: Whether each of its cells covers one place and has words and nothing else.
        words: What its cells say, each text once.
    """

    number: int
    texts: tuple[str, ...]
    plain: bool
    words: list[str]
    _cells: tuple[Cell | None, ...] | TypedCells

    @property
    def cells(self) -> tuple[Cell | None, ...]:
        """The cell that covers each column; ``None`` where there is none."""
        if isinstance(self._cells, TypedCells):
            found: list[Cell | None] = [None] * len(self.texts)
            for cell in self._cells.row(self.number - 1):
                if cell.text.strip():
                    found[cell.column] = cell
            self._cells = tuple(found)
        return self._cells


def rows_of(grid: Grid) -> list[GridRow]:
    """The rows of a grid from the top, as far as they hold words or a colour."""
    if isinstance(grid.cells, TypedCells):
        return _typed_rows(grid.cells)
    width = min(max((cell.column + cell.column_span for cell in grid.cells), default=0), WIDEST)
    covered: list[list[Cell | None] | None] = [None] * grid.rows
    last = 0
    rich: set[int] = set()
    for cell in grid.cells:
        if cell.column >= width or not (cell.text.strip() or cell.nested or cell.fill):
            continue
        if cell.row_span == cell.column_span == 1:  # most cells
            alone: list[Cell | None] = covered[cell.row] or [None] * width
            alone[cell.column] = cell
            covered[cell.row] = alone
            last = max(last, cell.row + 1)
            if cell.fill or cell.nested:
                rich.add(cell.row)
            continue
        rich.update(range(cell.row, cell.row + cell.row_span))
        for number in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            row: list[Cell | None] = covered[number] or [None] * width
            covered[number] = row
            for column in range(cell.column, min(cell.column + cell.column_span, width)):
                row[column] = cell
        last = max(last, cell.row + cell.row_span)
    hidden = set(grid.hidden_rows)
    blank: tuple[Cell | None, ...] = (None,) * width
    found: list[GridRow] = []
    for number, cells in enumerate(tuple(row) if row else blank for row in covered[:last]):
        if cells is not blank or number not in hidden:  # one that was left out parts nothing
            texts = tuple(map(cell_words, cells))
            found.append(GridRow(number + 1, texts, number not in rich, distinct(texts), cells))
    return found


def _typed_rows(cells: TypedCells) -> list[GridRow]:
    """The rows of a text file, whose cells are made when somebody asks for them."""
    width = 0
    for row in cells.rows:
        if len(row.texts) > width:
            width = max(width, _reach(row.texts))
    width = min(width, WIDEST)
    found: list[GridRow] = []
    last = 0
    for number, row in enumerate(cells.rows, 1):
        texts = row.texts
        words = dict.fromkeys(map(str.strip, texts[:width]))
        if "" in words or len(texts) != width:
            words.pop("", None)
            texts = tuple([text if text.strip() else "" for text in texts[:width]])
            texts += ("",) * (width - len(texts))
        if words:
            last = number
        found.append(GridRow(number, texts, True, list(words), cells))
    return found[:last]


def _reach(texts: Sequence[str]) -> int:
    """How far to the right a row of a text file has cells."""
    return max((number for number, text in enumerate(texts, 1) if text), default=0)


def cell_words(cell: Cell | None) -> str:
    """The words of a cell, those of tables inside it included."""
    if cell is None:
        return ""
    return "\n".join([cell.text, *_nested_lines(cell)]) if cell.nested else cell.text


def _nested_lines(cell: Cell) -> Iterator[str]:
    for grid in cell.nested:
        for row in rows_of(grid):
            if row.words:
                yield " | ".join(row.words)


def flat(blocks: Iterable[Block], given: Given = NOTHING) -> Iterator[Block]:
    """Blocks without the tables that are only a frame around others.

    A frame has no header of its own, and a table with one inside it.
    """
    for block in blocks:
        if isinstance(block, Grid) and _is_frame(block, given):
            for cell in block.cells:
                yield from cell.paragraphs
                yield from flat(cell.nested, given)
        else:
            yield block


def _is_frame(grid: Grid, given: Given) -> bool:
    if isinstance(grid.cells, TypedCells):
        return False
    inside = [table for cell in grid.cells for table in cell.nested]
    return any(_holds_header(table, given) for table in inside) and not _has_header(grid, given)


def _holds_header(grid: Grid, given: Given) -> bool:
    """Whether a table, or one inside it, has the header of a plan."""
    inside = (table for cell in grid.cells for table in cell.nested)
    return _has_header(grid, given) or any(_holds_header(table, given) for table in inside)


def _has_header(grid: Grid, given: Given) -> bool:
    return any(True for _ in headers([row.texts for row in rows_of(grid)], given))

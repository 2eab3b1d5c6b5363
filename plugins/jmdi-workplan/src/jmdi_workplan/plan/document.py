"""A document understood as a plan: its title block, its tables, and the rows that are actions.

Documents become grids, grids become rows under columns with a meaning; what a row says is
read by `jmdi_workplan.plan.actions`. A sheet or a CSV file may hold a title block and several
tables one below the other, so every grid is read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from jmdi_documents import Cell, Document, Grid
from jmdi_workplan.plan.columns import (
    Column,
    distinct,
    header_rows,
    is_plan_table,
    join_headers,
    match_columns,
    row_role,
)
from jmdi_workplan.plan.title_block import PlanHeader, read_header

__all__ = ["Plan", "Row", "Table", "understand"]

LABELLED = re.compile(r"[^:]{1,60}:\s*\S")
WIDEST = 400
"""Columns of a table that are read; what stands further right is kept as a note."""

ASIDES = frozenset({"header", "footer", "footnote", "endnote", "comment", "text box", "caption"})
"""Styles of paragraphs that are no part of the running text, so never a title or heading."""

UNNAMED = re.compile(r"(?:sheet|feuille?|hoja|tabelle|plan|table|tableau)?\s*\d*", re.IGNORECASE)


@attrs.frozen(slots=True)
class Row:
    """One row of a table that is an action.

    Attributes:
        cells: The cell that begins in each column; ``None`` where none does.
        section: The heading row above it.
        number: Its row in the grid, counted from 1.
    """

    cells: tuple[Cell | None, ...]
    section: str | None
    number: int

    def words(self, index: int) -> str:
        """What was typed in a column, tables inside the cell included; empty if nothing was."""
        cell = self.cells[index]
        return _cell_words(cell) if cell is not None else ""


@attrs.frozen(slots=True)
class Table:
    """One table of actions.

    Attributes:
        title: The heading above it.
        columns: What its columns mean.
        rows: Its actions.
        notes: Its other rows: totals and footnotes.
        place: Where it stands in the document.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    place: str


@attrs.frozen(slots=True)
class Plan:
    """A work plan as it stood in its document.

    Attributes:
        header: What its title block says.
        tables: Its tables of actions.
        notes: Every text outside these tables, in order.
    """

    header: PlanHeader
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def understand(document: Document) -> Plan:
    """Finds title block, tables and actions in a document."""
    reader = _Reader()
    asides = []
    for block in document.blocks:
        if isinstance(block, Grid):
            reader.read_grid(block)
            continue
        line = f"{block.label} {block.text}" if block.label else block.text
        if block.style in ASIDES:
            asides.append(line)
        else:
            reader.add_line(line)
    header = read_header(reader.notes)
    notes = (*reader.notes, *filter(str.strip, asides))
    return Plan(header=header, tables=tuple(reader.tables), notes=notes)


@attrs.define
class _Reader:
    """Reads blocks one after the other and remembers the heading and the table it is in."""

    tables: list[Table] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    heading: str = ""
    columns: tuple[Column, ...] = ()
    title: str = ""
    section: str | None = None
    rows: list[Row] = attrs.field(factory=list)
    row_notes: list[str] = attrs.field(factory=list)
    place: str = ""
    open: bool = False

    def add_line(self, line: str) -> None:
        """A paragraph, or a row with one text, outside a table: perhaps the next heading."""
        if line.strip():
            self.heading = line.strip()
            self.notes.append(self.heading)

    def read_grid(self, grid: Grid) -> None:
        """Reads the rows of a grid that hold anything, from the top."""
        used = sorted({row for cell in grid.cells for row in _rows_of(cell)})
        width = min(max((cell.column + cell.column_span for cell in grid.cells), default=0), WIDEST)
        texts = [_row_texts(grid, row, width) for row in used]
        self.close_table()
        if self._continues(grid, texts):
            self._reopen(grid)
        number = 0
        while number < len(used):
            depth = _header_depth(texts, number)
            if depth:
                self._open_table(grid, texts, number, depth)
                number += depth
            else:
                self._read_row(grid, texts[number], used[number])
                number += 1
        self.close_table()
        for cell in grid.cells:
            if cell.column >= WIDEST and cell.text.strip():
                self.notes.append(cell.text.strip())

    def _read_row(self, grid: Grid, texts: Sequence[str], number: int) -> None:
        words = distinct(texts)
        if not words:
            return
        if not self.open:
            self.add_line(
                f"{words[0].rstrip(' :')}: {words[1]}" if len(words) == 2 else " | ".join(words)
            )
            return
        role = row_role(texts, [column.header for column in self.columns])
        if role == "action":
            cells = tuple(_cell_at(grid, number, column.index) for column in self.columns)
            self.rows.append(Row(cells, self.section, number + 1))
        elif role == "section":
            self.section = " | ".join(words)
        elif role in ("total", "note"):
            self.row_notes.append(" | ".join(words))

    def _open_table(
        self, grid: Grid, texts: Sequence[Sequence[str]], number: int, depth: int
    ) -> None:
        """Begins a table; a heading row right above its header is its title, not a section."""
        if self.open and self.section and not (self.rows and self.rows[-1].section == self.section):
            self.heading, self.section = self.section, None
        self.close_table()
        self.columns = _columns(texts, number, depth)
        self.title = self._heading_of(grid)
        self.place, self.open, self.heading = grid.place, True, ""

    def _heading_of(self, grid: Grid) -> str:
        """The line above a table if it is a heading, else the name of its sheet if that is one.

        The first line is the title of the plan, and a line such as "Author: …" belongs to the
        title block.
        """
        if self.heading and (not self.notes or self.notes[-1] != self.heading):
            return self.heading
        if self.heading and len(self.notes) > 1 and not LABELLED.match(self.heading):
            return self.notes.pop()
        named = grid.kind == "sheet" and not UNNAMED.fullmatch(grid.title)
        return grid.title if named else ""

    def _continues(self, grid: Grid, texts: Sequence[Sequence[str]]) -> bool:
        """Whether a grid without a header continues the table before it."""
        return bool(
            self.tables
            and not self.heading
            and texts
            and len(self.tables[-1].columns) == len(texts[0])
            and not any(_header_depth(texts, n) for n in range(min(3, len(texts))))
        )

    def _reopen(self, grid: Grid) -> None:
        self.columns, self.place, self.open = self.tables[-1].columns, grid.place, True

    def close_table(self) -> None:
        """Ends the table that is being read."""
        if self.open and (self.rows or self.row_notes):
            self.tables.append(
                Table(self.title, self.columns, tuple(self.rows), tuple(self.row_notes), self.place)
            )
        if self.open and self.section and not any(r.section == self.section for r in self.rows):
            self.notes.append(self.section)
        self.rows, self.row_notes, self.open = [], [], False
        self.title, self.section = "", None


def _header_depth(texts: Sequence[Sequence[str]], number: int) -> int:
    """How many rows from here are the header of a table of actions; 0 if they are not."""
    if len(distinct(texts[number])) < 2:
        return 0
    following = texts[number : number + 8]
    depth = header_rows(following)
    if depth and is_plan_table(_columns(texts, number, depth)):
        return depth
    return 0


def _columns(texts: Sequence[Sequence[str]], number: int, depth: int) -> tuple[Column, ...]:
    """The columns under a header of one or more rows."""
    below = texts[number + depth : number + depth + 50]
    return tuple(match_columns(join_headers(texts[number:], depth), below))


def _rows_of(cell: Cell) -> range:
    """The rows that a cell with words or a colour covers."""
    held = cell.text.strip() or cell.nested or cell.fill
    return range(cell.row, cell.row + cell.row_span) if held else range(0)


def _row_texts(grid: Grid, row: int, width: int) -> list[str]:
    """The words of a row; those of a cell merged across columns stand in each of them."""
    return [_cell_words(grid.at(row, column)) for column in range(width)]


def _cell_at(grid: Grid, row: int, column: int) -> Cell | None:
    cell = grid.at(row, column)
    return cell if cell is not None and cell.column == column else None


def _cell_words(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return "\n".join([cell.text, *_nested_lines(cell)]) if cell.nested else cell.text


def _nested_lines(cell: Cell) -> Iterator[str]:
    for grid in cell.nested:
        width = min(grid.columns, WIDEST)
        for row in range(grid.rows):
            if words := distinct(_row_texts(grid, row, width)):
                yield " | ".join(words)

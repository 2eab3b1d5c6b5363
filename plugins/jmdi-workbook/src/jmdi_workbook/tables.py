"""The sheets of a file as tables: which column each cell is of, by the names in the second row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from jmdi import ImportContext, Problem, Severity, Where
from jmdi_documents import Cell, Document, Grid
from jmdi_documents.office.sheet import cell_name
from jmdi_workbook.lists import HIDDEN, KEYS

__all__ = ["Line", "Table", "hidden_lists", "place_of", "tables_of"]

KEY = re.compile(r"([a-z][\w:.-]*(?:/\w+)?)#(\S.*)")


@attrs.frozen(slots=True)
class Line:
    """A row that has words.

    Attributes:
        number: Which row of the sheet it is, counted from 1.
        cells: Its cells that are not empty, by column name.
    """

    number: int
    cells: Mapping[str, Cell]


@attrs.frozen
class Table:
    """A sheet whose columns are known.

    Attributes:
        name: Its name: ``initiative``, or ``initiative/places`` for parts.
        sheet: What the sheet is called in the file.
        columns: Where each column is, counted from 1, by name.
        lines: Its rows that have words.
    """

    name: str
    sheet: str
    columns: Mapping[str, int]
    lines: tuple[Line, ...]


def tables_of(document: Document, context: ImportContext) -> Iterator[Table]:
    """The tables of a file; sheets and columns that are none are reported if they have words."""
    for grid in document.grids:
        if grid.title.casefold() == HIDDEN:
            continue
        found = _keys(grid)
        if found is not None:
            yield _table(grid, *found, context)
        elif not any(grid is one for one in _first_visible(document)):
            message = "the sheet names no columns, and is not read"
            where = Where(file=context.name, cell=grid.place)
            context.report(Problem("workbook:W2", Severity.INFO, message, where))


def _first_visible(document: Document) -> tuple[Grid, ...]:
    """The guide, which stands first and holds no facts."""
    return tuple(grid for grid in document.grids if not grid.hidden)[:1]


def _keys(grid: Grid) -> tuple[int, dict[int, str], str] | None:
    """The row with the names of columns, what they are by place, and the table that they are of."""
    rows: dict[int, dict[int, re.Match[str]]] = {}
    for cell in grid.cells:
        if found := KEY.fullmatch(cell.text.strip()):
            rows.setdefault(cell.row, {})[cell.column] = found
    if not rows:
        return None
    row = max(rows, key=lambda number: (len(rows[number]), -number))
    tables = [found[1] for found in rows[row].values()]
    table = max(tables, key=tables.count)
    names = {at: found[2] for at, found in rows[row].items() if found[1] == table}
    return row, names, table


def _table(
    grid: Grid, top: int, names: Mapping[int, str], table: str, context: ImportContext
) -> Table:
    columns: dict[str, int] = {}
    for at, name in sorted(names.items()):
        if name in columns:
            message = f"column {name!r} is duplicated; the second is not read"
            _report(context, "J524", message, grid, top, at, Severity.WARNING)
        else:
            columns[name] = at + 1
    by_place = {at - 1: name for name, at in columns.items()}
    lines: dict[int, dict[str, Cell]] = {}
    unread: set[int] = set()
    for cell in grid.cells:
        if cell.row <= top or not cell.text.strip():
            continue
        if cell.column in by_place:
            lines.setdefault(cell.row, {})[by_place[cell.column]] = cell
        elif cell.column not in unread:
            unread.add(cell.column)
            message = "the column has no name in the row of names, and is not read"
            _report(context, "workbook:W2", message, grid, top, cell.column, Severity.INFO)
    above = sorted({cell.row for cell in grid.cells if cell.row < top and cell.text.strip()})[1:]
    if above:
        message = f"{len(above):,} rows are above the row of grey names, and are not read"
        _report(context, "workbook:W2", message, grid, above[0], 0, Severity.WARNING)
    found = tuple(Line(row + 1, cells) for row, cells in sorted(lines.items()))
    return Table(table, grid.title, columns, found)


def _report(
    context: ImportContext,
    code: str,
    message: str,
    grid: Grid,
    row: int,
    column: int,
    severity: Severity,
) -> None:
    where = place_of(context.name, grid.title, row + 1, column + 1)
    context.report(Problem(code, severity, message, where))


def place_of(file: str, sheet: str, row: int, column: int | None = None) -> Where:
    """A cell, or a row, by numbers that count from 1."""
    return Where(file=file, cell=f"[{sheet}]!{cell_name(row - 1, (column or 1) - 1)}")


def hidden_lists(document: Document) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """The columns that the workbook was written with, and what its lists offer, by their names."""
    keys: list[str] = []
    lists: dict[str, list[str]] = {}
    for grid in document.grids:
        if grid.title.casefold() != HIDDEN:
            continue
        names = {cell.column: cell.text for cell in grid.cells if cell.row == 0}
        for cell in grid.cells:
            if cell.column == KEYS and KEY.fullmatch(cell.text):
                keys.append(cell.text)
            elif cell.row:
                lists.setdefault(names.get(cell.column, ""), []).append(cell.text)
    return tuple(keys), lists

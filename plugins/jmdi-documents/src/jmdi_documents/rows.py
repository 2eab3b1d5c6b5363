"""The tables of a document as rows for a mapping of `jmdi.files.mapping`."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi.errors import Where
from jmdi.files.mapping import TableRow
from jmdi_documents.content.grid import Document, Grid

__all__ = ["tables_of"]


def tables_of(document: Document) -> Iterator[tuple[str, Iterator[TableRow]]]:
    """The tables and sheets of a document, each with its name and its rows.

    What stands in a cell that is merged over several rows holds for each of them; over several
    columns it stands in the first.
    """
    for number, grid in enumerate(document.grids, start=1):
        yield grid.title, _rows(grid, document.name, number)


def _rows(grid: Grid, file: str, number: int) -> Iterator[TableRow]:
    sheet = grid.title if grid.kind == "sheet" else None
    table = number if grid.kind == "table" else None
    for row in range(grid.rows):
        found = [grid.at(row, column) for column in range(grid.columns)]
        cells = [
            cell.text if cell is not None and cell.column == column else ""
            for column, cell in enumerate(found)
        ]
        if any(cells):
            yield TableRow(cells, Where(file=file, sheet=sheet, table=table, row=row + 1))

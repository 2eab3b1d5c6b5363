"""The tables of a VNA file: a line with a star, a header, and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.decimals import number_of
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.text import numbered

__all__ = ["TABLES", "Row", "Table", "tables_of"]

TABLES = ("node data", "node properties", "tie data", "tie properties")
_BLANKS = re.compile(r'"([^"]*+(?:""[^"]*+)*)"(?=\s|$)|(\S+)')
_COMMAS = re.compile(r'\s*(?:"([^"]*+(?:""[^"]*+)*)"\s*|([^,]*))(?:,|$)')


@attrs.frozen(slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: The line that it is on.
        cells: Its cells; an empty one is an empty text.
    """

    line: int
    cells: Sequence[str]


@attrs.define(slots=True)
class Table:
    """One table.

    Attributes:
        name: Its name, one of `TABLES`.
        line: The line of its name.
        columns: The names of its columns.
        rows: Its rows, as long as the header.
    """

    name: str
    line: int
    columns: Sequence[str] = ()
    rows: list[Row] = attrs.field(factory=list)

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers, at least one, and nothing else."""
        cells = [row.cells[column] for row in self.rows if row.cells[column]]
        return bool(cells) and all(number_of(cell) is not None for cell in cells)


def tables_of(text: str, context: ImportContext, notes: Notes) -> list[Table]:
    """The tables of a file.

    Args:
        text: The whole file.
        context: Limits.
        notes: Where lines go that belong to no table, or have too many cells.

    Raises:
        FormatError: If there are more columns or cells than the limits allow.
    """
    tables: list[Table] = []
    commas, cells = False, 0
    for line, row in numbered(text, context):
        if row.startswith("*"):
            name = " ".join(row[1:].casefold().split())
            if name not in TABLES:
                notes.bad(f"{row[:40]!r} is no table of VNA", line, "it is one of " + _LISTED)
            tables.append(Table(name, line))
        elif not tables:
            notes.bad("the line stands before the first table", line)
        elif not tables[-1].columns:
            commas = "," in row
            tables[-1].columns = list(_cells(row, commas))
            if len(tables[-1].columns) > context.limits.columns:
                most = f"has more than {context.limits.columns:,} columns"
                raise context.beyond(most, "columns", line)
        elif tables[-1].name in TABLES:
            _take(tables[-1], Row(line, list(_cells(row, commas))), notes)
            cells += len(tables[-1].columns)
            if cells > context.limits.cells:
                raise context.beyond(f"has more than {context.limits.cells:,} cells", "cells", line)
    return [table for table in tables if table.name in TABLES]


_LISTED = ", ".join(f"*{name}" for name in TABLES)


def _take(table: Table, row: Row, notes: Notes) -> None:
    """Adds a row; cells that are left out at its end are empty."""
    cells, width = row.cells, len(table.columns)
    if len(cells) > width:
        message = f"the row has {len(cells)} cells, the header {width}; the others were not read"
        notes.bad(message, row.line, "put quotes around a cell that has blanks")
    table.rows.append(Row(row.line, [*cells[:width], *[""] * (width - len(cells))]))


def _cells(line: str, commas: bool) -> Iterator[str]:
    """The cells of a line, between blanks or commas; a quote in quotes is written twice."""
    for match in (_COMMAS if commas else _BLANKS).finditer(line):
        if commas and match.start() == len(line) and not line.endswith(","):
            return
        quoted, plain = match[1], match[2]
        yield quoted.replace('""', '"') if quoted is not None else plain.strip()

"""Rows of a repeat with what their answer says: its columns stand behind, as ``../question``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jmdi import ImportContext, Where
from jmdi.files.mapping import TableRow
from jmdi_surveys.answers.exports import Table
from jmdi_surveys.answers.sheets import Sheet

__all__ = ["UP", "joined"]

UP = "../"
"""Before the header of a column of the table that a row belongs to, as forms write it."""


def joined(tables: Sequence[Table], context: ImportContext) -> list[Sheet]:
    """Each table with the columns of those that its rows belong to, however deep.

    An answer without a row in a repeat has a row of its own there, whose other cells are empty:
    who names nobody has answered.

    Args:
        tables: The tables of an export.
        context: Where rows are reported that belong to no row.

    Raises:
        FormatError: If there are too many cells.
    """
    by_name = {table.name: table for table in tables}
    made: dict[str, tuple[TableRow, dict[str, TableRow]]] = {}
    sheets = []
    for table in tables:
        header, rows = _with_parents(table, by_name, made, context, set())
        sheets.append(Sheet(table.name, [header, *rows]))
    return sheets


def _with_parents(
    table: Table,
    tables: Mapping[str, Table],
    made: dict[str, tuple[TableRow, dict[str, TableRow]]],
    context: ImportContext,
    below: set[str],
) -> tuple[TableRow, list[TableRow]]:
    parent = tables.get(table.parent)
    if parent is None or parent.name in below or parent is table:
        return table.header, table.rows
    if parent.name not in made:
        head, rows = _with_parents(parent, tables, made, context, below | {table.name})
        made[parent.name] = (head, dict(zip(parent.keys, rows, strict=False)))
    head, by_key = made[parent.name]
    header = [*table.header.cells, *(f"{UP}{words}" for words in head.cells)]
    width, nothing = len(head.cells), [""] * len(table.header.cells)
    if len(table.rows) * len(header) > context.limits.cells:
        raise context.beyond(f"has more than {context.limits.cells:,} cells", "cells")
    rows, used, lost = [], set(), 0
    for row, key in zip(table.rows, table.parents, strict=True):
        above = by_key.get(key)
        used.add(key)
        lost += above is None
        cells = above.cells if above is not None else [""] * width
        rows.append(TableRow([*row.cells, *cells], row.where))
    if lost:
        context.problem(
            "surveys:S4",
            f"{lost:,} rows of {table.name!r} belong to no row of {parent.name!r}",
            where=Where(file=context.name, sheet=table.name),
        )
    rows += [
        TableRow([*nothing, *above.cells], above.where)
        for key, above in by_key.items()
        if key not in used
    ]
    places = [*table.header.places, *[None] * width]
    return TableRow(header, table.header.where, places), rows

"""Rows for a mapping, from delimited text and from JSON objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.files.delimited import read_rows
from jmdi.files.mapping.apply import TableRow
from jmdi.files.mapping.rules import TableMapping, TableRule
from jmdi.files.strict_json import parse_json
from jmdi.model.writing import dumps
from jmdi.plugins.context import ImportContext

__all__ = ["header_and_rows", "header_row_of", "objects_of", "rows_of_objects", "rows_of_text"]

ABOVE = 20
"""How many of the first rows may stand above the header."""


def header_row_of(rows: Sequence[TableRow]) -> int | None:
    """The row of the header below a title or remarks; ``None`` if the first with words is it.

    A header names most of the columns. A title is one cell, merged over several or not, and what
    a file says about itself above its table, such as *Printed on*, fills a few.
    """
    filled = [
        (number, row.where.row or row.where.line)
        for row in rows[:ABOVE]
        if (number := len({cell.strip() for cell in row.cells} - {""}))
    ]
    widest = max((number for number, _ in filled), default=0)
    for at, (number, row) in enumerate(filled):
        if 2 * number > widest:
            return row if at else None
    return None


def header_and_rows(
    mapping: TableMapping, rows: Iterable[TableRow], context: ImportContext
) -> tuple[TableRow, Iterator[TableRow]]:
    """The header of a table and the rows below it; what is above it is reported.

    Raises:
        FormatError: If there is no header.
    """
    wanted, found = mapping.table.header_row or 0, iter(rows)
    for row in found:
        number = row.where.row or row.where.line or 0
        if number >= wanted and any(cell.strip() for cell in row.cells):
            return row, _data(found, mapping.table.first_row or 0, context)
        _left_out(row, "above the header", context)
    message = f"has no row {wanted} for the header" if wanted else "is empty"
    where = Where(file=context.name)
    cure = "correct header_row in the mapping" if wanted else "its first row names the columns"
    raise FormatError([Problem("J549", Severity.ERROR, message, where, cure=cure)])


def _data(rows: Iterator[TableRow], first: int, context: ImportContext) -> Iterator[TableRow]:
    """The rows from the first one on that is data."""
    for row in rows:
        if (row.where.row or row.where.line or first) >= first:
            yield row
        else:
            _left_out(row, "below the header", context)


def _left_out(row: TableRow, where: str, context: ImportContext) -> None:
    """Reports the words of a row that is no data."""
    if words := " | ".join(cell for cell in row.cells if cell.strip()):
        message = f"words {where} are no data; they are left out"
        context.problem("J549", message, severity=Severity.INFO, where=row.where, value=words[:500])


def rows_of_text(stream: BinaryIO, table: TableRule, context: ImportContext) -> Iterator[TableRow]:
    """The rows of delimited text, the header among them.

    Raises:
        FormatError: If it is no text in its encoding, or a limit is passed.
    """
    limits = context.limits
    for row in read_rows(
        stream,
        context.name,
        size=limits.size,
        cells=limits.cells,
        rows=limits.rows,
        columns=limits.columns,
        delimiter=table.delimiter,
        encoding=table.encoding,
    ):
        yield TableRow(row.cells, Where(file=context.name, line=row.line))


def objects_of(data: bytes, context: ImportContext) -> list[Mapping[str, Any]]:
    """The objects of a JSON document: a list of them, or the only list in an object.

    Raises:
        FormatError: If it is no JSON, or has no list of objects.
    """
    where = Where(file=context.name)
    try:
        value = parse_json(data)
    except ValueError as error:
        raise FormatError(
            [Problem("J549", Severity.ERROR, f"is not JSON: {error}", where)]
        ) from None
    if isinstance(value, dict):
        lists = [part for part in value.values() if _is_list_of_objects(part)]
        value = lists[0] if len(lists) == 1 else value
    if not _is_list_of_objects(value):
        cure = 'such as [{"Title": "…"}, …]'
        message = "has no list of objects, or several"
        raise FormatError([Problem("J549", Severity.ERROR, message, where, cure=cure)])
    return list(value)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, dict) for part in value)


def rows_of_objects(
    objects: Iterable[Mapping[str, Any]], context: ImportContext
) -> Iterator[TableRow]:
    """The rows of JSON objects, the header first: the members of all, in order of appearance.

    Members of an inner object have a header with a point, ``author.name``; a list of plain
    values is one cell with ``|`` between them, any other list is JSON text.
    """
    flat = [_flat(one) for one in objects]
    headers = list(dict.fromkeys(name for one in flat for name in one))
    if len(headers) > context.limits.columns:
        raise context.beyond(f"has more than {context.limits.columns:,} columns", "columns")
    yield TableRow(headers, Where(file=context.name, row=0))
    for number, one in enumerate(flat, start=1):
        where = Where(file=context.name, row=number, cell=f"item {number}")
        yield TableRow([one.get(name, "") for name in headers], where)


def _flat(one: Mapping[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in one.items():
        if isinstance(value, dict):
            cells |= {f"{name}.{inner}": cell for inner, cell in _flat(value).items()}
        elif isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value):
            cells[name] = "|".join(map(_cell, value))
        else:
            cells[name] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value)


def exact_numbers(mapping: TableMapping) -> TableMapping:
    """A mapping for numbers of JSON, whose decimal mark is a point whatever people type."""
    if mapping.cells.decimal is not None:
        return mapping
    return attrs.evolve(mapping, cells=attrs.evolve(mapping.cells, decimal="."))

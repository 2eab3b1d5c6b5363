"""Answers as JSON objects, with lists for repeats, as the tables that an export has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from jmdi import ImportContext, Where
from jmdi.files.mapping import TableRow
from jmdi.model.writing import dumps

__all__ = ["INDEX", "PARENT", "PARENT_TABLE", "ROOT", "sheets_of_answers"]

ROOT = "answers"
"""The table of those who answered, in any export."""

INDEX, PARENT, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"
"""The columns by which rows of a repeat belong to rows of another table."""


@attrs.define
class _Table:
    parent: str
    rows: list[tuple[dict[str, str], str]] = attrs.field(factory=list)


def sheets_of_answers(
    answers: Sequence[Mapping[str, Any]], context: ImportContext
) -> Iterator[tuple[str, list[TableRow]]]:
    """The table of answers, and one for each repeat, in the order in which they are met.

    Args:
        answers: The objects.
        context: Whose limits hold.

    Raises:
        FormatError: If repeats are nested too deep, or a limit is passed.
    """
    tables: dict[str, _Table] = {ROOT: _Table("")}
    for number, answer in enumerate(answers, start=1):
        _add(tables, ROOT, answer, {}, f"item {number}", "", context)
    for name, table in tables.items():
        headers = list(dict.fromkeys(key for cells, _ in table.rows for key in cells))
        if len(headers) * len(table.rows) > context.limits.cells:
            raise context.beyond(f"has more than {context.limits.cells:,} cells", "cells")
        rows = [TableRow(headers, Where(file=context.name, sheet=name, row=0))]
        for number, (cells, place) in enumerate(table.rows, start=1):
            where = Where(file=context.name, sheet=name, row=number, cell=place)
            rows.append(TableRow([cells.get(header, "") for header in headers], where))
        yield name, rows


def _add(
    tables: dict[str, _Table],
    name: str,
    answer: Mapping[str, Any],
    links: dict[str, str],
    place: str,
    path: str,
    context: ImportContext,
) -> None:
    """Adds the row of an object, and those of the lists that it holds."""
    if place.count(" > ") > context.limits.depth:
        raise context.beyond(f"has repeats more than {context.limits.depth} deep", "depth")
    table = tables[name]
    if len(table.rows) >= context.limits.rows:
        raise context.beyond(f"has more than {context.limits.rows:,} rows", "rows")
    own = str(len(table.rows) + 1)
    cells: dict[str, str] = {**links, INDEX: own}
    table.rows.append((cells, place))
    todo = list(_members(answer, ""))
    while todo:
        key, value = todo.pop(0)
        short = key.removeprefix(path)
        if isinstance(value, dict):
            todo[:0] = _members(value, f"{key}/")
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            inner = key.rpartition("/")[2]
            if tables.setdefault(inner, _Table(name)).parent != name:
                inner = key  # two repeats of one name, in two places
                tables.setdefault(inner, _Table(name))
            below = {PARENT_TABLE: name, PARENT: own}
            for number, one in enumerate(value, start=1):
                _add(tables, inner, one, below, f"{place} > {inner} {number}", f"{key}/", context)
        elif not key.endswith("@odata.navigationLink"):
            cells[short] = _cell(value)


def _members(answer: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in answer.items():
        yield f"{before}{key}", value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(part, (dict, list)) for part in value):
        return "|".join(map(_cell, value))
    return value if isinstance(value, str) else dumps(value)

"""What an importer of tables calls: it gives rows, and a mapping makes records of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where, suggest
from jmdi.files.mapping.apply import Table, TableRow, records_of_rows, records_of_tables
from jmdi.files.mapping.read import read_mapping
from jmdi.files.mapping.rules import TableMapping
from jmdi.files.mapping.tables import header_and_rows, header_row_of
from jmdi.graph.doer import default_doer
from jmdi.model.records import Record
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.files.mapping.guessing import Proposal

__all__ = ["FirstRows", "Sheets", "given_mapping", "records_by_mapping"]

Sheets: TypeAlias = Iterable[tuple[str, Iterable[TableRow]]]
"""The tables of a file, each with the name of its sheet (empty where it has none) and its rows."""

SHOWN = 1000
"""How many rows are looked at to propose a mapping."""


@attrs.define
class FirstRows:
    """Given to an importer instead of a mapping: takes the first rows, from which one is guessed.

    Attributes:
        sheet: The sheet that is wanted; the first with a table if not given.
        header_row: The row of the header, if it is not the first; found if not given.
        proposal: What the importer itself proposes, if it knows such files.
        refused: Why it proposes nothing, though it knows such files.
        header: The header that was found.
        rows: The first rows below it.
        found: The sheet that they are from.
    """

    sheet: str | None = None
    header_row: int | None = None
    proposal: Proposal | None = None
    refused: FormatError | None = None
    header: TableRow | None = None
    rows: list[TableRow] = attrs.field(factory=list)
    found: str = ""


def given_mapping(context: ImportContext, preset: Mapping[str, Any] | None = None) -> TableMapping:
    """The mapping in the option ``mapping``, else a preset of the importer.

    Raises:
        FormatError: If there is neither, or it cannot be read.
    """
    given = context.options.get("mapping")
    if isinstance(given, FirstRows):
        rule = TableMapping(columns={})
        place = attrs.evolve(rule.table, sheet=given.sheet, header_row=given.header_row)
        return attrs.evolve(rule, table=place)
    given = preset if given is None else given
    if given is None:
        cure = "'jmdi mapping FILE -o m.toml' proposes one; then --mapping m.toml"
        message, where = "no mapping says what its columns mean", Where(file=context.name)
        raise FormatError([Problem("J540", Severity.ERROR, message, where, cure=cure)])
    return read_mapping(given)


def records_by_mapping(
    sheets: Sheets, context: ImportContext, mapping: TableMapping
) -> Iterator[Record]:
    """The records of the table that a mapping is for.

    Args:
        sheets: The tables of the file.
        context: Where problems go.
        mapping: What `given_mapping` gave, perhaps with more that the importer knows.

    Raises:
        FormatError: If there is no such sheet or header, or the mapping does not fit.
    """
    catalog = context.catalog if context.catalog is not None else default_doer().catalog
    if mapping.tables:
        yield from records_of_tables(_tables(sheets, mapping, context), catalog, context)
        return
    name, rows = _chosen(sheets, mapping.table.sheet, context)
    given = context.options.get("mapping")
    if isinstance(given, FirstRows):
        first = [*itertools.islice(rows, (given.header_row or 0) + SHOWN)]
        given.header_row = given.header_row or header_row_of(first)
        place = attrs.evolve(mapping.table, header_row=given.header_row)
        given.header, below = header_and_rows(attrs.evolve(mapping, table=place), first, context)
        given.rows, given.found = [*below], name
        return
    header, below = header_and_rows(mapping, rows, context)
    yield from records_of_rows(mapping, header, below, catalog, context)


def _tables(sheets: Sheets, mapping: TableMapping, context: ImportContext) -> Iterator[Table]:
    """The tables of a file that a mapping of several is for."""
    parts = mapping.parts()
    wanted = {part.table.sheet for part in parts}
    kept = [
        (name, [*rows] if name in wanted or (None in wanted and not number) else [])
        for number, (name, rows) in enumerate(sheets)
    ]
    for part in parts:
        _, rows = _chosen(kept, part.table.sheet, context)
        header, below = header_and_rows(part, rows, context)
        yield part, header, below


def _chosen(
    sheets: Sheets, wanted: str | None, context: ImportContext
) -> tuple[str, Iterable[TableRow]]:
    names = []
    for name, rows in sheets:
        names.append(name)
        if wanted is None or name == wanted:
            return name, rows
    near = suggest(wanted or "", names)
    message = f"has no sheet {wanted!r}" if wanted else "has no table"
    cure = f"did you mean {' or '.join(map(repr, near or names))}?" if names else None
    where = Where(file=context.name)
    raise FormatError([Problem("J549", Severity.ERROR, message, where, cure=cure)])

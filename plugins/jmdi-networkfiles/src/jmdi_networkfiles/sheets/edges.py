"""Reads lists of ties that have no header, lists of neighbours, and lists parted by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, Record, Severity, Where
from jmdi.files.delimited import Row
from jmdi.files.graphs.records import GraphReader
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.gml import reading as gml
from jmdi_networkfiles.kumu import tables as kumu
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.pajek import reading as pajek
from jmdi_networkfiles.sheets.cells import (
    cell_number,
    decimal_mark,
    is_unlabelled,
    report_commas,
)
from jmdi_networkfiles.sheets.nodes import nodes_of
from jmdi_networkfiles.sheets.rows import Sheet, rows_of_head, sheet_of, sheets_of
from jmdi_networkfiles.text import shown
from jmdi_networkfiles.ucinet import dl
from jmdi_networkfiles.vna import reading as vna
from jmdi_networkfiles.words import column_of, ends_of

__all__ = ["read", "sniff"]

DIRECTIONS = {"directed": True, "undirected": False, "mutual": False}
"""What Gephi writes in its column Type."""

UNSURE = "it looks like a list of ties, whose first row may be a header"
_TRUTH = {"true": True, "false": False}

OTHERS = (pajek.sniff, dl.sniff, vna.sniff, gml.sniff, kumu.sniff)
"""What knows files of other programs, whose rows look like those of a list."""

FEW = 2
"""How many cells each row of a list of ties has at least."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a list: source, target and perhaps a weight, or a name and its neighbours.

    A header names the two ends in any language. Rows of other lengths, or with a third cell that is
    no number, are a name and all its neighbours. A row of one name is an actor without ties. The
    same pair twice is two ties. Unless ``directed`` says it, nobody knows whether ties have a
    direction. Other sheets of a workbook list the nodes, if a column has the names of the ends.

    Raises:
        FormatError: If it is empty, goes beyond the limits, or has several sheets and none is
            chosen.
    """
    sheets = sheets_of(stream, context)
    if not sheets or not sheets[0].rows:
        raise refused("N101", "it is empty", Where(file=context.name))
    sheet = sheet_of(sheets, _named, context)
    others = [other for other in sheets if other is not sheet] if _named(sheet) else []
    bare = _without_remarks(sheet)
    if not bare.rows:
        raise refused("N101", "it has nothing but remarks", Where(file=context.name))
    notes = Notes(context)
    if remarks := len(sheet.rows) - len(bare.rows):
        notes.skip("a remark above the list", remarks)
    notes.finish()
    header, rows = _header(bare, context)
    ties = header or _is_list_of_ties(rows)
    if context.options.get("layout"):
        ties = context.options["layout"] == "ties"
    elif not ties:
        _report_third(rows, context)
    yield from _records(rows, header if ties else [], bool(ties), others, context)


def _named(sheet: Sheet) -> bool:
    """Whether a sheet begins with a header that names the ends."""
    return ends_of(sheet.rows[0].cells) is not None


def _header(sheet: Sheet, context: ImportContext) -> tuple[list[str], Sequence[Row]]:
    """The names of the columns, if the first row has them, and the other rows."""
    first, said = sheet.rows[0], context.options.get("header")
    named = _named(sheet) if said is None else said
    if named:
        return first.cells, sheet.rows[1:]
    if said is None and not _recurs(sheet.rows):
        context.problem(
            "networkfiles:N112",
            f"the first row is read as a tie: {shown(', '.join(first.cells))}",
            severity=Severity.WARNING,
            where=Where(file=context.name, line=first.line),
            cure="if it names the columns: --option header=true; if not: header=false",
        )
    return [], sheet.rows


def _without_remarks(sheet: Sheet) -> Sheet:
    """A list without the lines above it that begin with # or %, as SNAP and KONECT write them."""
    rows = sheet.rows
    place = next((k for k, row in enumerate(rows) if row.cells[0][:1] not in ("#", "%")), len(rows))
    return attrs.evolve(sheet, rows=rows[place:])


def _report_third(rows: Sequence[Row], context: ImportContext) -> None:
    """Warns where all rows have three names, of which the third may be the kind of the tie."""
    full = [_filled(row) for row in rows]
    ends = {name for cells in full for name in cells[:FEW]}
    words = {cells[FEW] for cells in full if len(cells) > FEW}
    if {len(cells) for cells in full} == {FEW + 1} and not words & ends:
        context.problem(
            "networkfiles:N117",
            f"the third name of each row is read as a neighbour: {shown(min(words))}",
            severity=Severity.WARNING,
            where=Where(file=context.name, line=rows[0].line),
            cure="if it says what the tie is: --option layout=ties; if not: layout=neighbours",
        )


def _recurs(rows: Sequence[Row]) -> bool:
    """Whether an end of the first row stands in another too, so that it is no header."""
    return any(set(row.cells[:FEW]) & set(rows[0].cells[:FEW]) for row in rows[1:])


def _is_list_of_ties(rows: Sequence[Row]) -> bool:
    """Whether each row is two ends, and perhaps a number."""
    lengths = {len(_filled(row)) for row in rows} - {1}
    if not lengths <= {2, 3} or len(lengths) > 1:
        return False
    thirds = [row.cells[FEW] for row in rows if len(_filled(row)) > FEW]
    mark = decimal_mark(thirds)
    return all(cell_number(third, mark) for third in thirds)


def _filled(row: Row) -> list[str]:
    """The cells of a row up to the last that is not empty."""
    cells = [*row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _is_full(row: Row) -> bool:
    """Whether no cell is empty before the last that is not."""
    return all(_filled(row))


def _records(
    rows: Sequence[Row],
    header: Sequence[str],
    ties: bool,
    others: Sequence[Sheet],
    context: ImportContext,
) -> Iterator[Record]:
    reader, notes = GraphReader(context, context.options.get("directed")), Notes(context)
    known: dict[str, int] = {}
    found: list[tuple[str, str, Mapping[str, Any], int]] = []
    ends = ends_of(header) or (0, 1)
    columns = _columns(header, ends)
    places = {name: at for at, name in columns.items()}
    weight = places.get("weight") if header else FEW
    weights = {} if weight is None or not ties else _weights(rows, weight, context)
    for row in rows:
        cells = _filled(row)
        named = [cells[at] if at < len(cells) else "" for at in ends] if ties else cells
        source, *rest = named or [""]
        targets = [name for name in rest if name]
        if not source:
            notes.bad("the row does not begin with a name", row.line, "fill in the first cell")
            continue
        more = _more(cells, ends, columns, weights) if ties else {}
        for name in (source, *targets):
            known.setdefault(name, row.line)
        found += [(source, target, more, row.line) for target in targets]
    notes.finish()
    for name, values, line in nodes_of(others, known.keys(), context):
        known.pop(name, None)
        yield from reader.node(name, values, line)
    for name, line in known.items():
        yield from reader.node(name, {}, line)
    for source, target, said, line in found:
        more = dict(said)
        direction = DIRECTIONS.get(str(more.get("type", "")).casefold())
        if direction is not None:
            del more["type"]
        elif "directed" in more:
            direction = _TRUTH.get(more.pop("directed").casefold())
        yield from reader.edge(source, target, None, more, line, direction)
    yield from reader.finish()


def _columns(header: Sequence[str], ends: tuple[int, int]) -> dict[int, str]:
    """The names of the columns beside the ends, by their places; one that comes again has its own.

    The first that is of weights or types is called so.
    """
    found: dict[int, str] = {}
    for at, name in enumerate(header):
        if at not in ends:
            ways = (column_of(name), name, f"{name} ({at + 1})")
            found[at] = next((way for way in ways if way not in found.values()), f"column {at + 1}")
    return found


def _weights(rows: Sequence[Row], at: int, context: ImportContext) -> dict[tuple[int, str], str]:
    """The numbers of the column of weights, by its place and the words of a cell."""
    cells = [row.cells[at] for row in rows if at < len(row.cells)]
    report_commas(cells, context)
    mark = decimal_mark(cells)
    numbers = ((cell, cell_number(cell, mark)) for cell in cells)
    return {(at, cell): number for cell, number in numbers if number is not None}


def _more(
    cells: Sequence[str],
    ends: tuple[int, int],
    columns: Mapping[int, str],
    weights: Mapping[tuple[int, str], str],
) -> dict[str, Any]:
    """What a row says beside its ends."""
    found: dict[str, Any] = {}
    for at, cell in enumerate(cells):
        if cell and at not in ends:
            number = weights.get((at, cell))
            name = "weight" if number is not None else columns.get(at) or f"column {at + 1}"
            found[name] = cell if number is None else number
    return found


def sniff(head: bytes) -> bool | str:
    """Whether it can be nothing but a list of ties.

    Its rows have two names, or two and a number, or, in a text, are of three lengths at least
    without gaps; first names are among the others too; and the first row, which would be a header
    elsewhere, has a name that comes again.
    """
    if any(other(head) is True for other in OTHERS):
        return "it begins as the file of a network program"
    sheets = [sheet for sheet in map(_without_remarks, rows_of_head(head)) if sheet.rows]
    if any(len(sheet.rows) > 1 and _named(sheet) for sheet in sheets):
        return True
    for sheet in sheets[:1]:
        if is_unlabelled([row.cells for row in sheet.rows]):
            return "its numbers are those of a matrix without labels"
        rows = [row for row in sheet.rows if len(_filled(row)) > 1]
        if len(rows) < FEW:
            continue
        if not all(len(row.cells) >= FEW and row.cells[0] for row in rows):
            continue
        firsts, others = {r.cells[0] for r in rows}, {c for r in rows for c in _filled(r)[1:]}
        lengths = {len(_filled(row)) for row in sheet.rows}
        ragged = bool(sheet.delimiter) and len(lengths) > FEW and all(map(_is_full, rows))
        if firsts & others and (ragged or _is_list_of_ties(sheet.rows[1:])):
            return _recurs(sheet.rows) or UNSURE
    return "it is no list of two names in each row"

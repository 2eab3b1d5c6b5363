"""Reads lists of ties that have no header, lists of neighbours, and lists parted by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, Record, Severity, Where
from jmdi.files.delimited import Row
from jmdi.files.graphs.choosing import chosen_graph
from jmdi.files.graphs.records import GraphReader
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.gml import reading as gml
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.pajek import reading as pajek
from jmdi_networkfiles.sheets.cells import cell_number, is_unlabelled
from jmdi_networkfiles.sheets.rows import Sheet, rows_of_head, sheets_of
from jmdi_networkfiles.text import shown
from jmdi_networkfiles.ucinet import dl
from jmdi_networkfiles.vna import reading as vna

__all__ = ["read", "sniff"]

ENDS = (("source", "target"), ("from", "to"), ("ego", "alter"), ("sender", "receiver"))
"""How headers name the two ends."""

DIRECTIONS = {"directed": True, "undirected": False, "mutual": False}
"""What Gephi writes in its column Type."""

UNSURE = "it looks like a list of ties, whose first row may be a header"
_TRUTH = {"true": True, "false": False}

OTHERS = (pajek.sniff, dl.sniff, vna.sniff, gml.sniff)
"""What knows texts of other programs, whose lines look like those of a list."""

FEW = 2
"""How many cells each row of a list of ties has at least."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a list: source, target and perhaps a weight, or a name and its neighbours.

    Rows of other lengths, or with a third cell that is no number, are a name and all its
    neighbours. A row of one name is an actor without ties. The same pair twice is two ties.
    Unless ``directed`` says it, nobody knows whether ties have a direction.

    Raises:
        FormatError: If it is empty, goes beyond the limits, or has several sheets and none is
            chosen.
    """
    sheets = sheets_of(stream, context)
    if not sheets or not sheets[0].rows:
        raise refused("N101", "it is empty", Where(file=context.name))
    sheet = sheets[chosen_graph([sheet.name for sheet in sheets], context)]
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
    yield from _records(rows, header if ties else [], bool(ties), context)


def _header(sheet: Sheet, context: ImportContext) -> tuple[list[str], Sequence[Row]]:
    """The names of the columns, if the first row has them, and the other rows."""
    first, said = sheet.rows[0], context.options.get("header")
    named = _ends(first.cells) is not None if said is None else said
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


def _ends(cells: Sequence[str]) -> tuple[int, int] | None:
    """Where a header names the two ends."""
    names = [cell.casefold() for cell in cells]
    found = (pair for pair in ENDS if {*pair} <= {*names})
    return next(((names.index(one), names.index(two)) for one, two in found), None)


def _recurs(rows: Sequence[Row]) -> bool:
    """Whether an end of the first row stands in another too, so that it is no header."""
    return any(set(row.cells[:FEW]) & set(rows[0].cells[:FEW]) for row in rows[1:])


def _is_list_of_ties(rows: Sequence[Row]) -> bool:
    """Whether each row is two ends, and perhaps a number."""
    lengths = {len(_filled(row)) for row in rows} - {1}
    if not lengths <= {2, 3} or len(lengths) > 1:
        return False
    return all(cell_number(row.cells[2]) for row in rows if len(_filled(row)) == 3)


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
    rows: Sequence[Row], header: Sequence[str], ties: bool, context: ImportContext
) -> Iterator[Record]:
    reader, notes = GraphReader(context, context.options.get("directed")), Notes(context)
    known: dict[str, int] = {}
    found: list[tuple[str, str, Mapping[str, Any], int]] = []
    ends = _ends(header) or (0, 1)
    for row in rows:
        cells = _filled(row)
        named = [cells[at] if at < len(cells) else "" for at in ends] if ties else cells
        source, *rest = named or [""]
        others = [name for name in rest if name]
        if not source:
            notes.bad("the row does not begin with a name", row.line, "fill in the first cell")
            continue
        more = _more(cells, header, ends) if ties else {}
        for name in (source, *others):
            known.setdefault(name, row.line)
        found += [(source, target, more, row.line) for target in others]
    notes.finish()
    for name, line in known.items():
        yield from reader.node(name, {}, line)
    for source, target, values, line in found:
        said = dict(values)
        direction = DIRECTIONS.get(str(said.get("type", "")).casefold())
        if direction is not None:
            del said["type"]
        elif "directed" in said:
            direction = _TRUTH.get(said.pop("directed").casefold())
        yield from reader.edge(source, target, None, said, line, direction)
    yield from reader.finish()


def _more(cells: Sequence[str], header: Sequence[str], ends: tuple[int, int]) -> dict[str, Any]:
    """What a row says beside its ends; the third cell of a list without a header is the weight."""
    names = header or ["", "", "weight"]
    found: dict[str, Any] = {}
    for at, (name, cell) in enumerate(zip(names, cells, strict=False)):
        if at in ends or not cell:
            continue
        key = name.casefold() if name.casefold() in ("weight", "type") else name
        number = cell_number(cell) if key == "weight" else None
        if number is None and not header:
            key = ""
        found[key or f"column {at + 1}"] = cell if number is None else number
    return found


def sniff(head: bytes) -> bool | str:
    """Whether it can be nothing but a list of ties.

    Its rows have two names, or two and a number, or, in a text, are of three lengths at least
    without gaps; first names are among the others too; and the first row, which would be a header
    elsewhere, has a name that comes again.
    """
    if any(other(head) is True for other in OTHERS):
        return "it begins as the file of a network program"
    for sheet in map(_without_remarks, rows_of_head(head)[:1]):
        if is_unlabelled([row.cells for row in sheet.rows]):
            return "its numbers are those of a matrix without labels"
        rows = [row for row in sheet.rows if len(_filled(row)) > 1]
        if len(rows) < FEW:
            continue
        if sheet.delimiter == " " and _ends(sheet.rows[0].cells):
            return True
        if not all(len(row.cells) >= FEW and row.cells[0] for row in rows):
            continue
        firsts, others = {r.cells[0] for r in rows}, {c for r in rows for c in _filled(r)[1:]}
        lengths = {len(_filled(row)) for row in sheet.rows}
        ragged = bool(sheet.delimiter) and len(lengths) > FEW and all(map(_is_full, rows))
        if firsts & others and (ragged or _is_list_of_ties(sheet.rows[1:])):
            return _recurs(sheet.rows) or UNSURE
    return "it is no list of two names in each row"

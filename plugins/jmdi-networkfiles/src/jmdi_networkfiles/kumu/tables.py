"""Reads Kumu's tables: elements by label, connections from and to, in texts and workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from jmdi import ImportContext, Record, Where
from jmdi.files.delimited import Row
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.kumu.content import Connection, Content, Element
from jmdi_networkfiles.sheets.rows import Sheet, rows_of_head, sheets_of

__all__ = ["read", "sniff"]

IGNORED = "(ignore)"
"""In the name of a sheet that Kumu passes over."""

ELEMENT_WORDS = frozenset({"type", "tags", "description", "image", "id"})
CONNECTION_WORDS = frozenset({"type", "direction", "tags", "description", "label", "strength"})
"""Columns of Kumu's own, of which its tables have at least one."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads tables of elements as actors, and tables of connections as ties.

    ``a|b`` in a cell is two values; at an end of a connection, two connections. An end that no
    table lists is an actor too. Sheets whose name has ``(ignore)`` are passed over.

    Raises:
        FormatError: If no table is one of Kumu.
    """
    content, tables = Content(), 0
    for sheet in sheets_of(stream, context):
        what = None if IGNORED in sheet.name.casefold() else _kind(sheet)
        if what is None:
            continue
        tables += 1
        header = [cell.casefold() for cell in sheet.rows[0].cells]
        for row in sheet.rows[1:]:
            if what == "elements":
                content.elements.append(_element(sheet.rows[0].cells, header, row))
            else:
                content.connections.append(_connection(sheet.rows[0].cells, header, row))
    if not tables:
        cure = "the first column is Label for elements; the first two are From, To for connections"
        raise refused("N101", "it has no table of Kumu", Where(file=context.name), cure)
    yield from content.records(context)


def _kind(sheet: Sheet) -> str | None:
    """What a sheet lists, by its first columns."""
    names = [cell.casefold() for cell in sheet.rows[0].cells] if sheet.rows else []
    if names[:2] in (["from", "to"], ["to", "from"]):
        return "connections"
    return "elements" if names[:1] == ["label"] else None


def _element(names: Sequence[str], header: Sequence[str], row: Row) -> Element:
    said = dict(zip(header, row.cells, strict=False))
    values = _values(names, header, row, ("label", "type", "id"))
    key = said.get("id", "")
    return Element(key, said.get("label", "") or key, said.get("type", ""), values, row.line)


def _connection(names: Sequence[str], header: Sequence[str], row: Row) -> Connection:
    said = dict(zip(header, row.cells, strict=False))
    values = _values(names, header, row, ("from", "to", "type", "direction"))
    ends = [[part.strip() for part in said.get(end, "").split("|")] for end in ("from", "to")]
    direction = said.get("direction", "").casefold()
    return Connection(ends[0], ends[1], direction, said.get("type", ""), values, row.line)


def _values(
    names: Sequence[str], header: Sequence[str], row: Row, without: Sequence[str]
) -> dict[str, Any]:
    """The other cells of a row that are not empty, with several values as a list."""
    found: dict[str, Any] = {}
    for name, folded, cell in zip(names, header, row.cells, strict=False):
        if cell and folded not in without:
            key = folded if folded in ("description", "strength", "tags") else name
            several = folded == "tags" or "|" in cell
            found[key] = [part.strip() for part in cell.split("|")] if several else cell
    return found


def sniff(head: bytes) -> bool | str:
    """Whether one of its tables has the columns of Kumu."""
    for sheet in rows_of_head(head):
        what = None if IGNORED in sheet.name.casefold() else _kind(sheet)
        names = {cell.casefold() for cell in sheet.rows[0].cells[1:]} if sheet.rows else set()
        if (what == "elements" and names & ELEMENT_WORDS) or (
            what == "connections" and names & CONNECTION_WORDS
        ):
            return True
    return "no table begins with Label, or with From and To, as those of Kumu do"

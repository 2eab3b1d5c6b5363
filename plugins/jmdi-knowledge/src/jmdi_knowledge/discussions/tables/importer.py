"""Reads a table of messages: what its columns mean says a mapping, the usual one if none is given.

The records are made by the mapping of the core; here people get pseudonyms, and replies to rows
that are not in the table are taken away and counted.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import as_file, files
from typing import BinaryIO

import attrs

from jmdi import (
    FormatError,
    ImportContext,
    KnowledgeItem,
    Problem,
    Record,
    Severity,
    Where,
    code,
    evolve,
    make_id,
)
from jmdi.app import default_model
from jmdi.files.mapping import TableMapping, TableRow, read_mapping, records_of_rows
from jmdi.files.mapping.tables import (
    exact_numbers,
    header_and_rows,
    objects_of,
    rows_of_objects,
    rows_of_text,
)
from jmdi_documents import Grid, read_document
from jmdi_knowledge.discussions.building import METHOD, REPLY_LINK, Discussion

__all__ = ["read", "sniff"]

ZIP = b"PK\x03\x04"
KEYS = ("id", "message id")
"""The columns, by their folded header, that tell the rows of the usual mapping apart."""


def sniff(head: bytes) -> bool | str:
    """Never sure: a table of messages looks as any table does."""
    return "a table of messages is read where that is asked for"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a table as CSV, as a workbook, or as a list of JSON objects.

    Args:
        stream: The file.
        context: The options of `discussions.formats` and ``mapping``; where problems go.

    Yields:
        What the mapping makes of each row; items with pseudonyms of their authors.

    Raises:
        FormatError: If the mapping does not fit, or the table cannot be read.
    """
    given = context.options.get("mapping")
    mapping = read_mapping(given) if given else _usual()
    mapping, rows = _rows(stream.read(), mapping, context)
    catalog = context.catalog if context.catalog is not None else default_model().catalog
    header, below = header_and_rows(mapping, rows, context)
    records = list(records_of_rows(mapping, header, below, catalog, context))
    discussion = Discussion(context, context.options.get("source_type"))
    yield from discussion.places
    yield from _Table(discussion, records, own_ids=bool(given)).hidden()
    discussion.report()


def _usual() -> TableMapping:
    with as_file(files("jmdi_knowledge.discussions.tables") / "discussion.toml") as place:
        return read_mapping(place)


def _rows(
    data: bytes, mapping: TableMapping, context: ImportContext
) -> tuple[TableMapping, Iterable[TableRow]]:
    """The rows of a table in whichever format, and the mapping as that format needs it."""
    if data.startswith(ZIP):
        return mapping, _rows_of_sheet(data, mapping, context)
    if data.lstrip()[:1] in (b"[", b"{"):
        return exact_numbers(mapping), rows_of_objects(objects_of(data, context), context)
    encoding = context.options.get("encoding") or mapping.table.encoding
    table = attrs.evolve(mapping.table, encoding=encoding)
    return mapping, rows_of_text(io.BytesIO(data), table, context)


def _rows_of_sheet(
    data: bytes, mapping: TableMapping, context: ImportContext
) -> Iterator[TableRow]:
    """The rows of the sheet that the mapping names, else of the first with a table.

    Raises:
        FormatError: If there is none.
    """
    document = read_document(
        io.BytesIO(data),
        name=context.name,
        plugin="knowledge",
        problem=context.report,
        limits=context.limits,
    )
    wanted = mapping.table.sheet
    grid = next((one for one in document.grids if wanted in (None, one.title)), None)
    if grid is None:
        message = f"it has no sheet {wanted!r}" if wanted else "it has no sheet with a table"
        where = Where(file=context.name)
        cure = "correct the name of the sheet in the mapping"
        raise FormatError([Problem("knowledge:M101", Severity.ERROR, message, where, cure=cure)])
    for row in range(grid.rows):
        where = Where(file=context.name, sheet=grid.title or None, row=row + 1)
        yield TableRow(_cells(grid, row), where)


def _cells(grid: Grid, row: int) -> Sequence[str]:
    found = (grid.at(row, column) for column in range(grid.columns))
    return [cell.text if cell is not None and cell.row == row else "" for cell in found]


class _Table:
    """The records of a table, on their way to pseudonyms."""

    def __init__(self, discussion: Discussion, records: Sequence[Record], *, own_ids: bool) -> None:
        self.discussion = discussion
        self.records = records
        for record in records:
            if isinstance(record, KnowledgeItem):
                discussion.people.meet(record.author)
        # An id that is a number tells the rows of one file apart, not those of two.
        self.ids = {} if own_ids else {one.id: self.identity(one) for one in self.items()}
        self.known = {record.id for record in records}

    def items(self) -> Iterator[KnowledgeItem]:
        return (one for one in self.records if isinstance(one, KnowledgeItem))

    def identity(self, item: KnowledgeItem) -> str:
        """The id of a row by its file and key, of a thread by its title."""
        if item.text is None and item.names:
            return make_id("item", "thread", self.discussion.people.hide(item.label()).text)
        key = next((str(v) for name, v in item.extra.items() if name.casefold() in KEYS), None)
        place = item.sources[0].locator if item.sources else None
        return make_id("item", "table", self.discussion.stem, key or place)

    def hidden(self) -> Iterator[Record]:
        """The records, people hidden in items and in what names them."""
        for record in self.records:
            yield self.item(record) if isinstance(record, KnowledgeItem) else record

    def item(self, item: KnowledgeItem) -> KnowledgeItem:
        """An item with a pseudonym, and replies only to what is in the table."""
        people = self.discussion.people
        reply = item.reply_to
        if reply is not None and (reply not in self.known or reply == item.id):
            self.discussion.count("knowledge:M104", "replies to messages that are not in the file")
            reply = None
        stated = self.discussion.places[0].id if self.discussion.places else None
        return evolve(
            item,
            id=self.ids.get(item.id, item.id),
            names={language: people.hide(name).text for language, name in item.names.items()},
            source_type=item.source_type or self.discussion.source_type,
            language=item.language or self.discussion.context.options.get("language"),
            text=people.hide(item.text).text if item.text is not None else None,
            author=people.pseudonym(item.author),
            date=item.date or self.discussion.date,
            territory=item.territory or stated,
            part_of=self.ids.get(item.part_of, item.part_of) if item.part_of else None,
            reply_to=self.ids.get(reply, reply) if reply else None,
            extra={
                name: people.hide(value).text if isinstance(value, str) else value
                for name, value in item.extra.items()
            },
            sources=tuple(
                evolve(
                    source,
                    title=self.discussion.file,
                    method=METHOD,
                    certainty=code("certainty", "stated") if reply else None,
                    note=f"reply_to: {REPLY_LINK}" if reply else None,
                )
                for source in item.sources
            ),
        )

"""Reads a table of messages: what its columns mean says a mapping, the usual one if none is given.

The records are made by the mapping of the core; here people get pseudonyms, and replies to rows
that are not in the table are taken away and counted.
"""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, KnowledgeItem, Record, code, evolve, make_id
from jmdi.files.mapping import TableMapping, given_mapping, records_by_mapping
from jmdi.files.mapping.importing import Sheets
from jmdi.files.mapping.tables import (
    exact_numbers,
    objects_of,
    rows_of_objects,
    rows_of_text,
)
from jmdi.model.kinds import Claim
from jmdi_documents import read_document
from jmdi_documents.rows import tables_of
from jmdi_knowledge.discussions.building import REPLY_LINK, Discussion
from jmdi_knowledge.origins import METHOD

__all__ = ["read", "sniff"]

ZIP = b"PK\x03\x04"
AUTHOR = "/author"
KEYS = ("id", "id (cell)", "message id")
"""The columns that tell rows apart; "(cell)" is added to what is called as a field."""


def sniff(head: bytes) -> bool | str:
    """Never sure: a table of messages looks as any table does."""
    return "a table of messages is read where that is asked for"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a table as CSV, as a workbook, or as a list of JSON objects.

    Args:
        stream: The file.
        context: The options of `discussions.options` and ``mapping``; where problems go.

    Yields:
        What the mapping makes of each row; items with pseudonyms of their authors.

    Raises:
        FormatError: If the mapping does not fit, or the table cannot be read.
    """
    mapping = given_mapping(context, _usual())
    most = context.limits.size
    data = stream.read(most + 1)
    if len(data) > most:
        raise context.beyond(f"has more than {most:,} bytes", "size")
    if not data.startswith(ZIP) and data.lstrip()[:1] in (b"[", b"{"):
        mapping = exact_numbers(mapping)
    records = list(records_by_mapping(_sheets(data, mapping, context), context, mapping))
    discussion = Discussion(context, context.options.get("source_type"))
    yield from discussion.places
    own_ids = context.options.get("mapping") is not None and _tells_rows(mapping)
    yield from _Table(discussion, records, own_ids=own_ids).hidden()
    discussion.report()


def _usual() -> dict[str, Any]:
    """The mapping of the columns as they are usually called."""
    file = files("jmdi_knowledge.discussions.tables") / "discussion.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _tells_rows(mapping: TableMapping) -> bool:
    """Whether a mapping says what identifies a row; else ids would be made of names and texts."""
    parts = mapping.parts()
    fields = [to for part in parts for column in part.columns.values() for to in column.to]
    keys = [rule.key for part in parts for rule in part.records.values()]
    return any(keys) or any(field.rpartition(".")[2] == "id" for field in fields)


def _sheets(data: bytes, mapping: TableMapping, context: ImportContext) -> Sheets:
    """The tables of a file in whichever format."""
    if data.startswith(ZIP):
        document = read_document(
            io.BytesIO(data),
            name=context.name,
            plugin="knowledge",
            problem=context.report,
            limits=context.limits,
        )
        return tables_of(document)
    if data.lstrip()[:1] in (b"[", b"{"):
        rows = rows_of_objects(objects_of(data, context), context)
    else:
        encoding = context.options.get("encoding") or mapping.table.encoding
        table = attrs.evolve(mapping.table, encoding=encoding)
        rows = rows_of_text(io.BytesIO(data), table, context)
    return [(mapping.table.sheet or "", rows)]


class _Table:
    """The records of a table, on their way to pseudonyms."""

    def __init__(self, discussion: Discussion, records: Sequence[Record], *, own_ids: bool) -> None:
        self.discussion = discussion
        self.records = records
        for record in records:
            if isinstance(record, KnowledgeItem):
                discussion.people.meet(record.author)
            elif isinstance(record, Claim) and record.field == AUTHOR:
                discussion.people.meet(json.loads(record.value))
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
        return self.discussion.identity("table", self.discussion.stem, key or place)

    def hidden(self) -> Iterator[Record]:
        """The records, people hidden in items, and in claims of rows that contradict each other."""
        claims: dict[str, Claim] = {}
        for record in self.records:
            if isinstance(record, KnowledgeItem):
                yield self.item(record)
            elif isinstance(record, Claim):
                claim = self.claim(record)
                claims.setdefault(claim.id, claim)
            else:
                yield record
        yield from claims.values()

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
            names=self.text(item.names),
            description=self.text(item.description),
            source_type=item.source_type or self.discussion.source_type,
            language=item.language or self.discussion.context.options.get("language"),
            text=people.hide(item.text).text if item.text is not None else None,
            author=people.pseudonym(item.author),
            date=item.date or self.discussion.date,
            territory=item.territory or stated,
            part_of=self.ids.get(item.part_of, item.part_of) if item.part_of else None,
            reply_to=self.ids.get(reply, reply) if reply else None,
            extra=self.text(item.extra),
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

    def text(self, members: Mapping[str, Any]) -> dict[str, Any]:
        """Members of an item without people."""
        hide = self.discussion.people.hide
        return {
            name: hide(value).text if isinstance(value, str) else value
            for name, value in members.items()
        }

    def claim(self, claim: Claim) -> Claim:
        """What one of several rows says of an item; two spellings of a name are one claim."""
        said = json.loads(claim.value)
        about = self.ids.get(claim.about, claim.about)
        if claim.field == AUTHOR:
            said = self.discussion.people.pseudonym(said)
        elif isinstance(said, str):
            said = self.ids.get(said) or self.discussion.people.hide(said).text
        value = json.dumps(said, ensure_ascii=False)
        return evolve(
            claim,
            id=make_id("claim", about, claim.field, value),
            about=about,
            value=value,
            sources=tuple(evolve(one, title=self.discussion.file) for one in claim.sources),
        )

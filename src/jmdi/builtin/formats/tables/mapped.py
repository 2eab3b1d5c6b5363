"""Any table by a mapping: delimited text or a list of JSON objects."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from jmdi.files.delimited import Joined
from jmdi.files.mapping import RecordRule, TableMapping, given_mapping, records_by_mapping
from jmdi.files.mapping.tables import exact_numbers, objects_of, rows_of_objects, rows_of_text
from jmdi.model.records import Record
from jmdi.plugins.context import ImportContext

__all__ = ["read_mapped"]


def read_mapped(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a table by the mapping in the option ``mapping``.

    Raises:
        FormatError: If the mapping does not fit, or the table cannot be read.
    """
    mapping = _mapping(context)
    head = stream.read(64)
    if head.removeprefix(BOM_UTF8).lstrip()[:1] in (b"[", b"{"):
        data = head.removeprefix(BOM_UTF8) + context.whole(stream)
        mapping = exact_numbers(mapping)
        rows = rows_of_objects(objects_of(data, context), context)
    else:
        rows = rows_of_text(io.BufferedReader(Joined(head, stream)), mapping.table, context)
    yield from records_by_mapping([(mapping.table.sheet or "", rows)], context, mapping)


def _mapping(context: ImportContext) -> TableMapping:
    """The mapping with what other options say of the table."""
    mapping = given_mapping(context)
    said = {name: context.options.get(name) for name in ("delimiter", "encoding")}
    table = attrs.evolve(mapping.table, **{k: v for k, v in said.items() if v is not None})
    kind = context.options.get("kind")
    records = mapping.records or ({kind: RecordRule(kind=kind)} if kind else {})
    return attrs.evolve(mapping, table=table, records=records)

"""Any table by a mapping: delimited text or a list of JSON objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import attrs

from jmdi.files.mapping import RecordRule, TableMapping, read_mapping, records_of_rows
from jmdi.files.mapping.tables import (
    exact_numbers,
    header_and_rows,
    objects_of,
    rows_of_objects,
    rows_of_text,
)
from jmdi.graph.doer import default_doer
from jmdi.model.records import Record
from jmdi.plugins.context import ImportContext

__all__ = ["read_mapped"]


def read_mapped(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a table by the mapping in the option ``mapping``.

    Raises:
        FormatError: If the mapping does not fit, or the table cannot be read.
    """
    mapping = _mapping(context)
    head = stream.read(1)
    while head and head.isspace():
        head = stream.read(1)
    stream.seek(0)
    if head in (b"[", b"{"):
        mapping = exact_numbers(mapping)
        rows = rows_of_objects(objects_of(stream.read(), context), context)
    else:
        rows = rows_of_text(stream, mapping.table, context)
    catalog = context.catalog if context.catalog is not None else default_doer().catalog
    header, below = header_and_rows(mapping, rows, context)
    yield from records_of_rows(mapping, header, below, catalog, context)


def _mapping(context: ImportContext) -> TableMapping:
    """The mapping with what other options say of the table."""
    mapping = read_mapping(context.options["mapping"])
    said = {name: context.options.get(name) for name in ("delimiter", "encoding")}
    table = attrs.evolve(mapping.table, **{k: v for k, v in said.items() if v is not None})
    kind = context.options.get("kind")
    records = mapping.records or ({kind: RecordRule(kind=kind)} if kind else {})
    return attrs.evolve(mapping, table=table, records=records)

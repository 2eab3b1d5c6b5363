"""Surveys and who-does-what-where tables, by a mapping of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jmdi import ImportContext, Record
from jmdi.files.mapping import given_mapping, records_by_mapping
from jmdi_documents import read_document
from jmdi_documents.rows import tables_of

__all__ = ["read"]


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the tables of a survey by the mapping in the option ``mapping``.

    Raises:
        FormatError: If there is no mapping, it does not fit, or the file cannot be read.
    """
    mapping = given_mapping(context)
    document = read_document(
        stream,
        name=context.name,
        plugin="surveys",
        problem=context.report,
        limits=context.limits,
    )
    yield from records_by_mapping(tables_of(document), context, mapping)

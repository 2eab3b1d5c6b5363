"""Any table by a mapping: delimited text or a list of JSON objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.files.mapping import TableMapping, read_mapping, records_of_rows
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
from jmdi.plugins.specs import Importer, Parameter, ProblemCode

__all__ = ["IMPORTERS", "PROBLEM_CODES", "read", "sniff"]


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a table by the mapping in the option ``mapping``.

    Raises:
        FormatError: If there is no mapping, it does not fit, or the table cannot be read.
    """
    mapping = mapping_option(context)
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


def mapping_option(context: ImportContext) -> TableMapping:
    """The mapping that an importer is given.

    Raises:
        FormatError: If it is given none, or cannot read it.
    """
    given = context.options.get("mapping")
    if given is None:
        raise FormatError(
            [
                Problem(
                    "J540",
                    Severity.ERROR,
                    "no mapping says what its columns mean",
                    Where(file=context.name),
                    cure="'jmdi mapping FILE -o m.toml' proposes one; then --option mapping=m.toml",
                )
            ]
        )
    return read_mapping(given)


def sniff(head: bytes) -> bool | str:
    """Never: a table says nothing of its meaning, so a mapping is asked for by name."""
    return "give a mapping: --from mapped --option mapping=m.toml"


MAPPING = Parameter(
    "mapping",
    "how columns become records: a TOML file, or the same as a dict",
    type=str | Mapping[str, Any] | TableMapping | None,
)
"""The option of every importer that reads tables by a mapping."""

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "mapped",
        (".csv", ".tsv", ".tab", ".json"),
        "jmdi.builtin.formats.mapped:read",
        "jmdi.builtin.formats.mapped:sniff",
        "Any table in delimited text or JSON objects, by a mapping of its columns.",
        options=(MAPPING,),
    ),
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J540",
        "mapping that cannot be read",
        "A mapping is a TOML file; a key of it is unknown or has a value that it cannot have.",
        "Correct the key that the problem names; the page of mappings lists all keys.",
    ),
    ProblemCode(
        "J541",
        "mapping of an unknown field",
        "The mapping names a kind, field, member or record that there is not, or that no cell "
        "can be read as.",
        "Take one of the names that the cure proposes; jmdi schema KIND lists the fields.",
    ),
    ProblemCode(
        "J542",
        "mapped column that the table lacks",
        "The mapping says what a column means, and the table has no column of that header.",
        "Correct the header in the mapping, or say optional = true.",
    ),
    ProblemCode(
        "J543",
        "column without a meaning",
        "The mapping says nothing about a column. Its cells are kept under its header.",
        "Map it to a field, or say that it is to be kept (extra) or left out (drop).",
    ),
    ProblemCode(
        "J544",
        "row longer than the header",
        "A row has more cells than the header, often after a delimiter that is not quoted.",
        "Quote cells that hold the delimiter.",
    ),
    ProblemCode(
        "J545",
        "cell that is not what its field holds",
        "A cell cannot be read as its column is mapped, or can be read in two ways. Its words are "
        "kept, the field is not known.",
        "Say in the mapping what the words mean: values, date, decimal, no, unknown, not_asked.",
    ),
    ProblemCode(
        "J546",
        "row without an end of a relation",
        "A relation joins two records, and the row names only one. Its words are kept.",
        "Fill in the cell, or link another record of the row in the mapping.",
    ),
    ProblemCode(
        "J547",
        "row without a record",
        "No record could be made from a row, such as a note or a sum below a table.",
        "Take the row out, or map the column that names what it is about.",
    ),
    ProblemCode(
        "J548",
        "column dropped",
        "The mapping says that a column is left out, such as addresses; its cells are counted.",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "J549",
        "no table to map",
        "The file has no header or no list of objects, or words above its header.",
        "Say in the mapping which row is the header: header_row.",
    ),
)
"""What can be wrong with mappings, and with tables that are read by one."""

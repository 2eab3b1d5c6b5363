"""The tables of a file: sheets of a workbook, delimited text, JSON answers, an ODK archive."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import BinaryIO

import attrs

from jmdi import ImportContext, Where
from jmdi.files.encodings import byte_order_mark, decoded
from jmdi.files.mapping import TableRow
from jmdi.files.mapping.rules import TableRule
from jmdi.files.mapping.tables import rows_of_text
from jmdi.files.strict_json import parse_json
from jmdi_documents import read_document
from jmdi_documents.office.archive import Archive
from jmdi_documents.reading import Reading
from jmdi_documents.rows import tables_of
from jmdi_surveys.answers.objects import sheets_of_answers
from jmdi_surveys.codes import refused

__all__ = ["ANYWHERE", "Sheet", "read_sheets"]

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ANYWHERE = TableRule()


@attrs.frozen
class Sheet:
    """One table of a file.

    Attributes:
        name: Its name; empty where a file has only one.
        rows: All its rows, the header among them.
    """

    name: str
    rows: list[TableRow]


def read_sheets(
    stream: BinaryIO, context: ImportContext, place: TableRule = ANYWHERE
) -> list[Sheet]:
    """The tables of a file, found out by its first bytes.

    Args:
        stream: The file.
        context: Its name, options and limits.
        place: What a mapping says of encoding and delimiter.

    Raises:
        FormatError: If it cannot be read, or a limit is passed.
    """
    data = context.whole(stream)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        return _from_json(data.removeprefix(b"\xef\xbb\xbf"), context)
    if data.startswith(ZIP):
        reading = Reading(context.name, context.report, plugin="surveys", limits=context.limits)
        archive = Archive(data, reading)
        members = [name for name in archive.names if name.lower().endswith(".csv")]
        if members and "[Content_Types].xml" not in archive:
            sheets = [
                Sheet(PurePath(name).stem, _text(archive.read(name), name, context, place))
                for name in members
            ]
            reading.close()
            return sheets
    if data.startswith((ZIP, OLD_OFFICE)):
        document = read_document(
            io.BytesIO(data),
            name=context.name,
            plugin="surveys",
            problem=context.report,
            limits=context.limits,
        )
        return [Sheet(name, list(rows)) for name, rows in tables_of(document)]
    return [Sheet("", _text(data, context.name, context, place))]


def _text(data: bytes, name: str, context: ImportContext, place: TableRule) -> list[TableRow]:
    """The rows of delimited text; what is no UTF-8 is read as Windows-1252, and reported."""
    encoding = context.options.get("encoding") or place.encoding
    if encoding is None and byte_order_mark(data) is None:
        text, line = decoded(data)
        data, encoding = text.encode("utf-8", "surrogatepass"), "utf-8"
        if line is not None:
            context.problem(
                "surveys:D109",
                "the text is not UTF-8; it was read as Windows-1252",
                where=Where(file=name, line=line),
                cure="save it as UTF-8, or name the option encoding",
            )
    rule = TableRule(
        encoding=encoding, delimiter=context.options.get("delimiter") or place.delimiter
    )
    inner = attrs.evolve(context, name=name) if name != context.name else context
    return list(rows_of_text(io.BytesIO(data), rule, inner))


def _from_json(data: bytes, context: ImportContext) -> list[Sheet]:
    """The answers that an API gives: a list of objects, which may hold lists of objects.

    Raises:
        FormatError: If it is no JSON, or has no such list.
    """
    try:
        value = parse_json(data)
    except ValueError as error:
        raise refused("S1", f"is not JSON: {error}", context.name) from None
    if isinstance(value, dict):
        lists = [value[key] for key in ("results", "value", "data") if key in value]
        value = lists[0] if lists else value
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or not value:
        message = "has no list of answers"
        cure = "give the answers of the API: an object with results, or a list of objects"
        raise refused("S1", message, context.name, cure)
    return [Sheet(name, rows) for name, rows in sheets_of_answers(value, context)]

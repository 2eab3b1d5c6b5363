"""Office files as they were typed: bytes in, paragraphs and grids of cells out, no meaning yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from jmdi.errors import Problem, Severity
from jmdi.plugins.context import Limits
from jmdi_documents.codes import CODES, problem_codes
from jmdi_documents.content.grid import Block, Cell, Document, Grid, Paragraph
from jmdi_documents.office.archive import Archive
from jmdi_documents.reading import Reading
from jmdi_documents.sniff import FORMATS, archive_format, find_format, text_format

__all__ = [
    "CODES",
    "FORMATS",
    "Block",
    "Cell",
    "Document",
    "Grid",
    "Paragraph",
    "find_format",
    "problem_codes",
    "read_document",
]


def read_document(
    stream: BinaryIO,
    *,
    name: str,
    plugin: str,
    format: str | None = None,
    problem: Callable[[Problem], None],
    limits: Limits | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Document:
    """Reads a document as paragraphs and grids of cells.

    Args:
        stream: The file, open for reading bytes.
        name: Its name, for places and, where the content does not tell, for the format.
        plugin: Name of the plugin that reads the document; problems are reported under it, such as
            ``workplan:D101``.
        format: ``docx``, ``xlsx``, ``ods``, ``csv``, ``tsv``, ``md`` or ``html``; found by the
            content, then by the name, if not given.
        problem: Called with each problem.
        limits: Bounds on what may be read; those of `jmdi_documents.reading.CEILING`
            hold in any case.
        encoding: Encoding of a text file that is not UTF-8, such as ``cp1256``.
        delimiter: Delimiter of a ``csv`` file; found by the content if not given.

    Returns:
        The document. An empty file is a document without blocks, and a problem.

    Raises:
        FormatError: If the file cannot be read at all, or not safely.
    """
    reading = Reading(name, problem, plugin=plugin, limits=limits)
    if format is not None and format not in FORMATS:
        message = f"the format {format!a} is not one of {', '.join(FORMATS)}"
        reading.fail("D112", message)
    data = reading.read_all(stream)
    try:
        if data.startswith(b"PK") or format in ("docx", "xlsx", "ods"):
            return _from_archive(data, reading, format)
        return _from_text(data, reading, format, encoding, delimiter)
    except RecursionError:
        reading.fail("D108", "the document is nested too deep")
    finally:
        reading.close()


def _from_archive(data: bytes, reading: Reading, format: str | None) -> Document:
    from jmdi_documents.docx.document import read_docx
    from jmdi_documents.ods.workbook import read_ods
    from jmdi_documents.office.ooxml import Package
    from jmdi_documents.xlsx.workbook import read_xlsx

    if not data.strip():
        return _empty(reading, format)
    archive = Archive(data, reading)
    format = format or archive_format(Package(archive, reading))
    if format == "docx":
        blocks = read_docx(Package(archive, reading))
    elif format == "xlsx":
        blocks = read_xlsx(Package(archive, reading))
    else:
        blocks = read_ods(archive, reading)
    return Document(blocks, reading.name, format)


def _from_text(
    data: bytes, reading: Reading, format: str | None, encoding: str | None, delimiter: str | None
) -> Document:
    from jmdi_documents.html.page import read_html
    from jmdi_documents.text.decode import decode
    from jmdi_documents.text.delimited import read_delimited
    from jmdi_documents.text.markdown import read_markdown

    text = decode(data, reading, encoding) if data else ""
    if not text.strip():
        return _empty(reading, format)
    format = format or text_format(data, text, reading)
    if format == "html":
        blocks = read_html(text, reading)
    elif format == "md":
        blocks = read_markdown(text, reading)
    else:
        blocks = read_delimited(text, reading, delimiter)
    return Document(blocks, reading.name, format)


def _empty(reading: Reading, format: str | None) -> Document:
    reading.problem("D101", "the file is empty", severity=Severity.WARNING)
    return Document((), reading.name, format or "")

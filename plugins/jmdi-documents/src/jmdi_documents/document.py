"""Reads a document of any of the formats, by its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from jmdi.errors import Problem, Severity
from jmdi.plugins.context import Limits
from jmdi_documents.content.grid import Block, Document
from jmdi_documents.content.hidden import visible
from jmdi_documents.office.archive import Archive
from jmdi_documents.reading import Reading
from jmdi_documents.sniff import (
    FORMATS,
    OLD_OFFICE,
    archive_format,
    refuse_other_old_files,
    text_format,
)

__all__ = ["read_document"]


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
    hidden: bool = False,
) -> Document:
    """Reads a document as paragraphs and grids of cells.

    Args:
        stream: The file, open for reading bytes.
        name: Its name, for places and, where the content does not tell, for the format.
        plugin: Name of the plugin that reads the document; problems are reported under it, such as
            ``workplan:D101``.
        format: ``docx``, ``odt``, ``xlsx``, ``xls``, ``ods``, ``csv``, ``tsv``, ``md`` or
            ``html``; found by the content, then by the name, if not given. The text of a
            ``pdf`` is read only where that is asked for, as it has no tables.
        problem: Called with each problem.
        limits: Bounds on what may be read; those of `jmdi_documents.reading.CEILING`
            hold in any case.
        encoding: Encoding of a text file that is not UTF-8, such as ``cp1256``.
        delimiter: Delimiter of a ``csv`` file; found by the content if not given.
        hidden: Whether to read hidden sheets, rows, columns and words, and words that are struck
            out. Otherwise they are left out and reported.

    Returns:
        The document. An empty file is a document without blocks, and a problem.

    Raises:
        FormatError: If the file cannot be read at all, or not safely.
    """
    reading = Reading(name, problem, plugin=plugin, limits=limits, hidden=hidden)
    if format is not None and format not in FORMATS:
        message = f"the format {format!a} is not one of {', '.join(FORMATS)}"
        reading.fail("D112", message)
    data = reading.read_all(stream)
    try:
        if data.startswith(OLD_OFFICE) or format == "xls":
            blocks, format = _from_old_office(data, reading), "xls"
        elif format == "pdf":
            blocks = _from_pdf(data, reading)
        elif data.startswith(b"PK") or format in ("docx", "odt", "xlsx", "ods"):
            blocks, format = _from_archive(data, reading, format)
        else:
            blocks, format = _from_text(data, reading, format, encoding, delimiter)
        return Document(tuple(visible(blocks, reading)), name, format)
    except RecursionError:
        reading.fail("D108", "the document is nested too deep")
    finally:
        reading.close()


def _from_old_office(data: bytes, reading: Reading) -> Sequence[Block]:
    from jmdi_documents.xls.workbook import read_xls

    if not data.strip():
        return _empty(reading)
    refuse_other_old_files(data, reading)
    return read_xls(data, reading)


def _from_pdf(data: bytes, reading: Reading) -> Sequence[Block]:
    from jmdi_documents.pdf.text import read_pdf

    return read_pdf(data, reading) if data.strip() else _empty(reading)


def _from_archive(data: bytes, reading: Reading, format: str | None) -> tuple[Sequence[Block], str]:
    from jmdi_documents.docx.document import read_docx
    from jmdi_documents.odf.document import read_odt
    from jmdi_documents.odf.workbook import read_ods
    from jmdi_documents.office.ooxml import Package
    from jmdi_documents.xlsx.workbook import read_xlsx

    if not data.strip():
        return _empty(reading), format or ""
    archive = Archive(data, reading)
    format = format or archive_format(Package(archive, reading))
    if format == "docx":
        return read_docx(Package(archive, reading)), format
    if format == "xlsx":
        return read_xlsx(Package(archive, reading)), format
    return (read_odt if format == "odt" else read_ods)(archive, reading), format


def _from_text(
    data: bytes, reading: Reading, format: str | None, encoding: str | None, delimiter: str | None
) -> tuple[Sequence[Block], str]:
    from jmdi_documents.html.page import read_html
    from jmdi_documents.text.decode import decode
    from jmdi_documents.text.delimited import read_delimited
    from jmdi_documents.text.markdown import read_markdown

    text = decode(data, reading, encoding) if data else ""
    if not text.strip():
        return _empty(reading), format or ""
    format = format or text_format(data, text, reading)
    if format == "html":
        return read_html(text, reading), format
    if format == "md":
        return read_markdown(text, reading), format
    return read_delimited(text, reading, delimiter), format


def _empty(reading: Reading) -> Sequence[Block]:
    reading.problem("D101", "the file is empty", severity=Severity.WARNING)
    return ()

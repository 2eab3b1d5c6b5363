"""Which format a file has: by its content first, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from jmdi_documents.reading import Reading

if TYPE_CHECKING:
    from jmdi_documents.office.ooxml import Package

__all__ = ["FORMATS", "archive_format", "find_format", "text_format"]

FORMATS = ("docx", "xlsx", "ods", "csv", "tsv", "md", "html")

EXTENSIONS = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls), or one with a password"),
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"SQLite", "a database"),
)
PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|table|div|meta|h1|p)\b", re.IGNORECASE)
TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
HEAD = 65_536


def find_format(name: str) -> str | None:
    """The format that a file name means."""
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def archive_format(package: Package) -> str:
    """The format of a zip archive.

    Raises:
        FormatError: If it is none that is read.
    """
    from jmdi_documents.office.ooxml import main_part

    archive = package.archive
    if "mimetype" in archive and "content.xml" in archive:
        kind = archive.read("mimetype").strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
    main = main_part(package) or ""
    if main.endswith(".bin"):
        package.reading.fail("D102", "the file is a binary workbook (.xlsb)")
    for folder, format in (("word", "docx"), ("xl", "xlsx")):
        usual = f"{folder}/{'document' if folder == 'word' else 'workbook'}.xml"
        if main.startswith(f"{folder}/") or usual in archive:
            return format
    return package.reading.fail("D102", "the archive is no Word, Excel or .ods file")


def text_format(data: bytes, text: str, reading: Reading) -> str:
    """The format of a file that is no archive.

    Raises:
        FormatError: If it is no text.
    """
    from jmdi_documents.text.markdown import has_pipe_table

    for start, what in BINARY:
        if data.startswith(start):
            reading.fail("D102", f"the file is {what}")
    named = find_format(reading.name)
    head = text[:HEAD]
    if PAGE.match(head) or (named not in ("md", "csv", "tsv") and TABLE.search(head)):
        return "html"
    if named == "md" or (named != "tsv" and has_pipe_table(head)):
        return "md"
    return named if named in ("html", "tsv") else "csv"

"""Which format a file has: by its content first, then by its name."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING

from jmdi_documents.reading import Reading

if TYPE_CHECKING:
    from jmdi_documents.office.archive import Archive
    from jmdi_documents.office.ooxml import Package

__all__ = [
    "FORMATS",
    "OLD_OFFICE",
    "archive_format",
    "find_format",
    "refuse_other_old_files",
    "text_format",
]

FORMATS = ("docx", "odt", "xlsx", "xls", "ods", "csv", "tsv", "md", "html", "pdf")

EXTENSIONS = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
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
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How the files of Office before 2007 begin, and those with a password."""

BINARY = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"SQLite", "a database"),
)
OLD_PARTS = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")
UNLOCK = "Open the file in its program, take the password away, and save it again."
COPY = "Copy the table into a text document or a workbook, and save it as .docx or .xlsx."
PDF = (
    "Ask for the document that the PDF was made from. Else open it in Word, which makes tables of "
    "it anew; compare them with the PDF, and save the document as .docx."
)
PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|table|div|meta|h1|p)\b", re.IGNORECASE)
TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
HEAD = 65_536


def convert(name: str, to: str) -> str:
    """The command that makes a file which is read of one that is not."""
    file = shlex.quote(name)
    return (
        f"Convert it with LibreOffice: soffice --headless --convert-to {to} {file}; "
        f"or open it in its program and save it as .{to}."
    )


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
        if b"encryption-data" in _manifest(archive):
            package.reading.fail("D102", "the file has a password", cure=UNLOCK)
        for name, format in (("spreadsheet", "ods"), ("text", "odt")):
            if kind.startswith(f"application/vnd.oasis.opendocument.{name}".encode()):
                return format
    main = main_part(package) or ""
    if main.endswith(".bin"):
        cure = convert(package.reading.name, "xlsx")
        package.reading.fail("D102", "the file is a binary workbook (.xlsb)", cure=cure)
    for folder, format in (("word", "docx"), ("xl", "xlsx")):
        usual = f"{folder}/{'document' if folder == 'word' else 'workbook'}.xml"
        if main.startswith(f"{folder}/") or usual in archive:
            return format
    return package.reading.fail("D102", "the archive is no Word, Excel or OpenDocument file")


def _manifest(archive: Archive) -> bytes:
    name = "META-INF/manifest.xml"
    return archive.read(name) if name in archive else b""


def refuse_other_old_files(data: bytes, reading: Reading) -> None:
    """Refuses a file of the Office before 2007 that is no workbook, with what to do.

    Raises:
        FormatError: If it is a Word document, or has a password.
    """
    if not data.startswith(OLD_OFFICE):
        reading.fail("D102", "the file is no old Excel workbook (.xls)")
    parts = [name for name in OLD_PARTS if name.encode("utf-16-le") in data]
    if "EncryptedPackage" in parts:
        reading.fail("D102", "the file has a password", cure=UNLOCK)
    if "WordDocument" in parts:
        cure = convert(reading.name, "docx")
        reading.fail("D102", "the file is an old Word document (.doc)", cure=cure)
    if "PowerPoint Document" in parts:
        reading.fail("D102", "the file is an old presentation (.ppt)", cure=COPY)
    if not {"Workbook", "Book"}.intersection(parts):
        reading.fail("D102", "the file is an old Office file, but no workbook")


def text_format(data: bytes, text: str, reading: Reading) -> str:
    """The format of a file that is no archive.

    Raises:
        FormatError: If it is no text.
    """
    from jmdi_documents.text.markdown import has_pipe_table

    if data.startswith(b"{\\rtf"):
        cure = convert(reading.name, "docx")
        reading.fail("D102", "the file is rich text (.rtf)", cure=cure)
    if data.startswith(b"%PDF"):
        reading.fail("D102", "the file is a PDF, which holds words but no tables", cure=PDF)
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

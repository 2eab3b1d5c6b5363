"""Bytes of a text file as text: by mark, by what it declares, UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs
import re

from jmdi.files.encodings import byte_order_mark
from jmdi_documents.reading import Reading

__all__ = ["decode"]

ENCODINGS = {
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp437",
    "cp850",
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "iso8859-1",
    "iso8859-2",
    "iso8859-6",
    "iso8859-9",
    "iso8859-15",
    "mac-roman",
    "ascii",
}
DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
# A declaration of the encoding stands at the very start; HTML asks for the first 1,024 bytes.
HEAD = 4096


def decode(data: bytes, reading: Reading, encoding: str | None = None) -> str:
    """The text of a file.

    Args:
        data: Its bytes.
        reading: Where problems go.
        encoding: The encoding that the user names.

    Raises:
        FormatError: If the named encoding is unknown.
    """
    if marked := byte_order_mark(data):
        name, length = marked
        return _clean(_decoded(data[length:], name, reading), reading)
    if encoding is not None:
        return _clean(_decoded(data, _known(encoding, reading), reading), reading)
    try:
        return _clean(data.decode(_wide(data) or "utf-8"), reading)
    except UnicodeDecodeError:
        pass
    found = DECLARED.search(data[:HEAD])
    declared = _canonical(found[1].decode("ascii", "replace")) if found else None
    if declared is None or declared not in ENCODINGS - {"utf-8"}:
        reading.problem("D109", "the text is not UTF-8; it was read as Windows-1252")
        declared = "cp1252"
    return _clean(_decoded(data, declared, reading), reading)


def _canonical(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _known(encoding: str, reading: Reading) -> str:
    name = _canonical(encoding) if encoding.isascii() and "\0" not in encoding else None
    if name not in ENCODINGS or name is None:
        message = f"the encoding {encoding!a} is not one of {', '.join(sorted(ENCODINGS))}"
        reading.fail("D112", message)
    return name


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is NUL."""
    head = data[:HEAD]
    if len(head) < 4 or len(data) % 2:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd * 2 > len(head[1::2]) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > len(head[::2]) and not odd else None


def _decoded(data: bytes, name: str, reading: Reading) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        message = f"bytes at {error.start:,} are no {name} text; such bytes are kept as \\xNN"
        reading.problem("D109", message)
        return data.decode(name, "backslashreplace")


def _clean(text: str, reading: Reading) -> str:
    if "\0" in text:
        reading.problem("D153", f"{text.count(chr(0)):,} NUL characters")
        text = text.replace("\0", "\ufffd")
    return text.removeprefix("\ufeff")

"""Bytes of any declared encoding as clean UTF-8, chunk by chunk, counting what was repaired."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from jmdi.files.encodings import byte_order_mark
from jmdi_iati.problems.report import Report

__all__ = ["CHUNK", "raw_chunks", "utf8_chunks"]

CHUNK = 1 << 16
MANY_REPAIRS = 64
CONTROLS = bytes(n for n in range(32) if n not in (9, 10, 13))
EACH_CONTROL = tuple(bytes([n]) for n in CONTROLS)
DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
DECLARABLE = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Encodings that a declaration can name, besides UTF-8; others are hardly used."""


def utf8_chunks(stream: BinaryIO, report: Report) -> Iterator[tuple[bytes, int]]:
    """The document as UTF-8 without characters that XML forbids, and the bytes read for it.

    The byte-order mark decides, else the XML declaration, else it is UTF-8. Bytes that are not of
    that encoding are read as Windows-1252, and that is reported.
    """
    head = stream.read(CHUNK)
    encoding, skip = _encoding(head)
    if encoding not in ("utf-8", "ascii"):
        yield from _decoded(stream, head[skip:], encoding, report)
        return
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    chunk, line = head[skip:], 1
    rest = b""
    while chunk:
        data = rest + chunk
        rest = b""
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            decoder.reset()
            data, rest, bad = _mended(data)
            report.add("I106", "UTF-8", line=line, times=bad)
            decoder.decode(rest)
        else:
            pending = decoder.getstate()[0]
            if pending:
                data, rest = data[: -len(pending)], pending
        yield _clean(data, line, report), len(chunk)
        line += data.count(b"\n")
        chunk = stream.read(CHUNK)
    if rest:
        report.add("I106", "UTF-8", line=line)
        yield _clean(rest.decode("cp1252", "replace").encode(), line, report), 0


def raw_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The document as UTF-8; if it says that it is UTF-8, its bytes without any repair."""
    head = stream.read(CHUNK)
    encoding, skip = _encoding(head)
    if encoding in ("utf-8", "ascii"):
        yield head
        while chunk := stream.read(CHUNK):
            yield chunk
    else:
        yield from (data for data, _ in _decoded(stream, head[skip:], encoding, Report()))


def _encoding(head: bytes) -> tuple[str, int]:
    """The encoding of a document, and how many bytes its byte-order mark has."""
    if marked := byte_order_mark(head):
        return marked
    if head.startswith(b"<\0?\0"):
        return "utf-16-le", 0
    if head.startswith(b"\0<\0?"):
        return "utf-16-be", 0
    found = DECLARED.match(head)
    if found is None:
        return "utf-8", 0
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return "utf-8", 0
    # Windows-1252 has the characters of ISO 8859-1, and more where that has only controls. A
    # declaration that could be read here and says UTF-16 is wrong: UTF-16 has two bytes for each.
    name = "cp1252" if name == "iso8859-1" else name
    return (name if name in DECLARABLE else "utf-8"), 0


def _decoded(
    stream: BinaryIO, chunk: bytes, encoding: str, report: Report
) -> Iterator[tuple[bytes, int]]:
    """A document of another encoding, transcoded."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    line = 1
    while chunk:
        text = decoder.decode(chunk)
        if bad := text.count("\ufffd"):
            report.add("I106", encoding.upper(), line=line, times=bad)
        data = text.encode("utf-8", "replace")
        yield _clean(data, line, report), len(chunk)
        line += data.count(b"\n")
        chunk = stream.read(CHUNK)
    yield _clean(decoder.decode(b"", True).encode("utf-8", "replace"), line, report), 0


def _mended(data: bytes) -> tuple[bytes, bytes, int]:
    """Valid UTF-8, an unfinished character at the end, and how many runs were mended."""
    parts: list[bytes] = []
    bad = start = 0
    while True:
        try:
            data[start:].decode("utf-8")
        except UnicodeDecodeError as error:
            if error.end + start == len(data) and error.reason == "unexpected end of data":
                return (
                    b"".join((*parts, data[start : start + error.start])),
                    data[start + error.start :],
                    bad,
                )
            bad += 1
            if bad > MANY_REPAIRS:  # hardly UTF-8 at all, and each repair decodes the rest again
                parts.append(data[start:].decode("cp1252", "replace").encode())
                return b"".join(parts), b"", bad
            parts.append(data[start : start + error.start])
            odd = data[start + error.start : start + error.end]
            parts.append(odd.decode("cp1252", "replace").encode())
            start += error.end
        else:
            parts.append(data[start:])
            return b"".join(parts), b"", bad


def _clean(data: bytes, line: int, report: Report) -> bytes:
    """The bytes without control characters."""
    if not any(byte in data for byte in EACH_CONTROL):  # cheaper than to take out what is not there
        return data
    clean = data.translate(None, CONTROLS)
    first = next(n for n, byte in enumerate(data) if byte in CONTROLS)
    report.add("I107", line=line + data.count(b"\n", 0, first), times=len(data) - len(clean))
    return clean

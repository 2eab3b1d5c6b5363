"""Bytes of any declared encoding as clean UTF-8, chunk by chunk, counting what was repaired.

libxml2 makes characters of references such as ``&#xD800;`` that no UTF-8 can hold, and lxml then
fails on the text around them. So they are corrected here too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

from jmdi.files.encodings import byte_order_mark
from jmdi_iati.problems.report import Report

__all__ = ["CHUNK", "Readable", "raw_chunks", "utf8_chunks", "utf8_mark"]

CHUNK = 1 << 16
MANY_REPAIRS = 64
CONTROLS = bytes(n for n in range(32) if n not in (9, 10, 13))
EACH_CONTROL = tuple(bytes([n]) for n in CONTROLS)
NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, at which libxml2 drops the text around."""

DIGITS = 64
"""Of a reference to a character; one with more refers to none."""

REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]{1,%d})|([0-9]{1,%d}));?" % (DIGITS, DIGITS))
HIGH = rb"&#(?:x0*(D[89AB][0-9A-F]{2})|0*(5[56]\d{3}));"
LOW = rb"&#(?:x0*(D[C-F][0-9A-F]{2})|0*(5[67]\d{3}));"
PAIR = re.compile(HIGH + LOW, re.IGNORECASE)
"""A character beyond the first 65,536 as some programs write it: the halves of it in UTF-16."""

# Behind 64 digits libxml2 would read on; a reference that may go on in the next chunk has fewer.
ENDLESS = re.compile(rb"&(?=#[xX]?[0-9A-Fa-f]{%d})" % (DIGITS + 1))
UNFINISHED = re.compile(
    rb"(?:%b)?&(?:#x?[0-9A-F]{0,%d})?\Z|%b\Z" % (HIGH, DIGITS, HIGH), re.IGNORECASE
)
DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
HALVES = ("I105", "two references to the halves of a character")
NOTHING = ("I105", "a reference to a character that does not exist")
CONTROL = ("I107", "")
UNICODE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""Encodings that the first bytes show."""

BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
EACH_BEYOND_ASCII = bytes(range(128, 256))
LONGEST_RUN = 1 << 20
"""Bytes beyond ASCII that are taken together; no text has as many."""

# A letter and what closes a quotation or a sentence, such as the end of "PERÚ»" in Latin 1, is
# also a rare letter in UTF-8. Those of Western Europe in UTF-8 begin with other bytes.
CLOSING = re.compile(rb"[\xc6-\xdf][\x85\x92\x94\x96\x97\x99\xa0\xaa\xab\xae\xb0\xba\xbb]")


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """So many bytes at most; none at the end."""
        ...


def utf8_chunks(stream: Readable, report: Report, line: int = 1) -> Iterator[tuple[bytes, int]]:
    """The document as UTF-8 without characters that XML forbids, and the bytes read for it.

    The byte-order mark decides, else the XML declaration, else it is UTF-8. A declaration can be
    false, and bytes tell: those that UTF-8 does not have are read as Windows-1252, and those that
    only UTF-8 has are read so in a document of another encoding. Both are reported.
    """
    rest = b""
    for chunk, size in _transcoded(stream, report, line):
        data = rest + chunk
        found = UNFINISHED.search(data, max(0, len(data) - 2 * DIGITS - 8))
        rest = data[found.start() :] if found else b""
        data = data[: len(data) - len(rest)]
        yield _clean(data, line, report), size
        line += data.count(b"\n")
    if rest:
        yield _clean(rest, line, report), 0


def _transcoded(stream: Readable, report: Report, line: int) -> Iterator[tuple[bytes, int]]:
    """The document as UTF-8, never broken within a character, and the bytes read for it."""
    head = stream.read(CHUNK)
    encoding, skip = _encoding(head)
    if encoding != "utf-8":
        decoded = _decoded if encoding in UNICODE else _of_single_bytes
        yield from decoded(stream, head[skip:], encoding, report)
        return
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    chunk, rest = head[skip:], b""
    while chunk:
        data = rest + chunk
        rest = b""
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            decoder.reset()
            data, rest, bad = _corrected(data)
            report.add("I106", "UTF-8", line=line, times=bad)
            decoder.decode(rest)
        else:
            pending = decoder.getstate()[0]
            if pending:
                data, rest = data[: -len(pending)], pending
        yield data, len(chunk)
        line += data.count(b"\n")
        chunk = stream.read(CHUNK)
    if rest:
        report.add("I106", "UTF-8", line=line)
        yield rest.decode("cp1252", "replace").encode(), 0


def raw_chunks(stream: Readable) -> Iterator[bytes]:
    """The document as UTF-8; if it says that it is UTF-8, its bytes without any repair."""
    head = stream.read(CHUNK)
    encoding, skip = _encoding(head)
    if encoding == "utf-8":
        yield head
        while chunk := stream.read(CHUNK):
            yield chunk
    else:
        decoded = _decoded if encoding in UNICODE else _of_single_bytes
        yield from (data for data, _ in decoded(stream, head[skip:], encoding, Report()))


def utf8_mark(head: bytes) -> int | None:
    """How many bytes of a mark begin a document in UTF-8; ``None`` if its encoding is another."""
    encoding, skip = _encoding(head)
    return skip if encoding == "utf-8" else None


def _encoding(head: bytes) -> tuple[str, int]:
    """The encoding of a document, and how many bytes its byte-order mark has."""
    if marked := byte_order_mark(head):
        return marked
    if head.startswith(b"<\0"):
        return "utf-16-le", 0
    if head.startswith(b"\0<"):
        return "utf-16-be", 0
    found = DECLARED.match(head)
    name = _single_byte(found[1].decode("ascii")) if found else None
    return name or "utf-8", 0


def _single_byte(declared: str) -> str | None:
    """The encoding of this name if each byte is a character in it, those of ASCII the same.

    A declaration that could be read as ASCII and names one of two bytes, such as UTF-16, is wrong.
    """
    every = bytes(range(256))
    try:
        name = codecs.lookup(declared).name
        letters = every.decode(name, "replace")
    except (LookupError, UnicodeError):
        return None
    if len(letters) != 256 or letters[:128] != every[:128].decode("ascii"):
        return None
    if letters.count("\ufffd") > 64:  # as of ASCII and UTF-8, which have none of these bytes
        return None
    # Windows-1252 has the characters of ISO 8859-1, and more where that has only controls.
    return "cp1252" if name == "iso8859-1" else name


def _of_single_bytes(
    stream: Readable, chunk: bytes, encoding: str, report: Report
) -> Iterator[tuple[bytes, int]]:
    """A document of one byte for each character, transcoded; what is UTF-8 in it stays."""
    line, rest = 1, b""
    while chunk:
        data = rest + chunk
        whole = data.rstrip(EACH_BEYOND_ASCII)
        if len(data) - len(whole) > LONGEST_RUN:
            whole = data
        rest, data = data[len(whole) :], whole
        yield _transcoded_bytes(data, encoding, line, report), len(chunk)
        line += data.count(b"\n")
        chunk = stream.read(CHUNK)
    yield _transcoded_bytes(rest, encoding, line, report), 0


def _transcoded_bytes(data: bytes, encoding: str, line: int, report: Report) -> bytes:
    own = 0

    def transcoded(found: re.Match[bytes]) -> bytes:
        nonlocal own
        letters = found[0]
        try:
            letters.decode("utf-8")
        except UnicodeDecodeError:
            return letters.decode(encoding, "replace").encode()
        if CLOSING.fullmatch(letters):
            return letters.decode(encoding, "replace").encode()
        own += 1
        return letters

    made = BEYOND_ASCII.sub(transcoded, data)
    if own:
        report.add("I116", encoding.upper(), line=line, times=own)
    if bad := made.count("\ufffd".encode()) - data.count("\ufffd".encode()):
        report.add("I117", encoding.upper(), line=line, times=bad)
    return made


def _decoded(
    stream: Readable, chunk: bytes, encoding: str, report: Report
) -> Iterator[tuple[bytes, int]]:
    """A document of an encoding of Unicode, transcoded."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    line = 1
    while chunk:
        text = decoder.decode(chunk)
        if bad := text.count("\ufffd"):
            report.add("I117", encoding.upper(), line=line, times=bad)
        data = text.encode("utf-8", "replace")
        yield data, len(chunk)
        line += data.count(b"\n")
        chunk = stream.read(CHUNK)
    yield decoder.decode(b"", True).encode("utf-8", "replace"), 0


def _corrected(data: bytes) -> tuple[bytes, bytes, int]:
    """Valid UTF-8, an unfinished character at the end, and how many runs were corrected."""
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
    """The bytes without control characters, and without references to what is no character."""
    if b"&#" in data:
        data = _without_bad_references(data, line, report)
    for noncharacter in NONCHARACTERS:
        if number := data.count(noncharacter):
            first = line + data.count(b"\n", 0, data.find(noncharacter))
            report.add("I107", line=first, times=number)
            data = data.replace(noncharacter, b"")
    if not any(byte in data for byte in EACH_CONTROL):  # cheaper than to take out what is not there
        return data
    clean = data.translate(None, CONTROLS)
    place = next(n for n, byte in enumerate(data) if byte in CONTROLS)
    report.add("I107", line=line + data.count(b"\n", 0, place), times=len(data) - len(clean))
    return clean


def _without_bad_references(data: bytes, line: int, report: Report) -> bytes:
    """Leaves out references to control characters; others to no character become U+FFFD."""
    bad: dict[tuple[str, str], list[int]] = {}

    def joined(found: re.Match[bytes]) -> bytes:
        high, low = _number(found[1], found[2]), _number(found[3], found[4])
        if not 0xD800 <= high < 0xDC00 <= low < 0xE000:
            return found[0]
        bad.setdefault(HALVES, []).append(found.start())
        return b"&#x%X;" % (0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)

    def corrected(found: re.Match[bytes]) -> bytes:
        number = _number(found[1], found[2])
        if number < 32 and number not in (9, 10, 13):
            bad.setdefault(CONTROL, []).append(found.start())
            return b""
        if number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000:
            return found[0]
        bad.setdefault(NOTHING, []).append(found.start())
        return "\ufffd".encode()

    data, endless = ENDLESS.subn(b"&amp;", data)
    clean = REFERENCE.sub(corrected, PAIR.sub(joined, data))
    for (code, what), places in bad.items():
        first = line + data.count(b"\n", 0, places[0])
        report.add(code, what, line=first, times=len(places))
    if endless:
        report.add(*NOTHING, line=line, times=endless)
    return clean


def _number(hexadecimal: bytes | None, decimal: bytes | None) -> int:
    return int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")

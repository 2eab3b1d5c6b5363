"""The documents in one file: itself, unpacked, or the members of an archive; never on disk.

Every unpacked stream is bounded: a few kilobytes can expand to more than any memory.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

import attrs

from jmdi import Limits
from jmdi.files.archives import leads_out, overlapping
from jmdi.files.paths import escaped
from jmdi_iati.problems.report import Report

__all__ = ["HEAD", "Document", "Unsafe", "documents_of", "rank"]

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    gzip.BadGzipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
)
"""What the standard library raises for damaged archives."""

ZIP, GZIP, XZ, BZIP2 = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b", b"\xfd7zXZ", b"BZh"
FLOOR = 10_000_000
"""What expands to no more bytes than this may have any ratio: short files of spaces do."""

GENERATED = re.compile(rb"""[\s:]generated-datetime\s*=\s*["']\s*(\d{4}[^"'<>]{0,15})""")
"""When a document was generated, to the second; d-portal gives it a prefix."""

HEAD = 4096
"""Bytes of a document in which its root is looked for."""


class Unsafe(Exception):
    """A compressed document is damaged, or expands too much."""


@attrs.frozen(slots=True)
class Document:
    """One XML document.

    Attributes:
        name: What it is called in messages: the file, or archive and member.
        stream: Its bytes.
    """

    name: str
    stream: BinaryIO

    @property
    def title(self) -> str:
        """The last part of its name."""
        return escaped(self.name.rpartition("/")[2])


def rank(head: bytes) -> str:
    """Sorts documents, the last first, by the first bytes of each.

    Organisation files come first, then the documents that were generated last: an actor is made
    of the first mention, so it has what its own file says, or the newest one that names it.
    """
    first = "2" if b"<iati-organisations" in head else "1"
    made = GENERATED.search(head)
    return first + (made[1].decode("ascii", "replace") if made else "")


def documents_of(stream: BinaryIO, name: str, limits: Limits, report: Report) -> Iterator[Document]:
    """The documents of one file, by its first bytes, whatever its ending.

    Args:
        stream: A file that can be sought in.
        name: What it is called in messages.
        limits: Bounds on members, size and ratio.
        report: Where problems go.
    """
    place = stream.tell()
    head = stream.read(512)
    stream.seek(place)
    try:
        if head.startswith(ZIP):
            yield from _of_zip(stream, name, limits, report)
        elif head.startswith((GZIP, XZ, BZIP2)):
            unpacked = _unpacked(head, stream, limits)
            if _is_tar(unpacked.peek(512)):
                yield from _of_tar(unpacked, name, limits, report)
            else:
                yield Document(name, unpacked)
        elif _is_tar(head):
            yield from _of_tar(stream, name, limits, report)
        else:
            yield Document(name, stream)
    except (*BROKEN, Unsafe) as error:
        report.file = name
        report.add("I109", f"{name} ({error!s:.100})")


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _unpacked(head: bytes, packed: BinaryIO, limits: Limits) -> io.BufferedReader:
    opened: Readable
    if head.startswith(GZIP):
        opened = gzip.GzipFile(fileobj=packed, mode="rb")
    elif head.startswith(BZIP2):
        opened = bz2.BZ2File(packed)
    else:
        opened = lzma.LZMAFile(packed)  # noqa: SIM115 (the packed file is not ours to close)
    return _bounded(opened, limits.size, packed, limits.ratio)


def _of_zip(stream: BinaryIO, name: str, limits: Limits, report: Report) -> Iterator[Document]:
    with zipfile.ZipFile(stream) as archive:
        members = [m for m in archive.infolist() if not m.filename.endswith("/")]
        if len(members) > limits.members:
            raise ValueError(f"more than {limits.members:,} members")
        if shared := overlapping(archive.infolist()):
            raise ValueError(f"the member {shared:.80} shares bytes with another")
        ranked = []
        for member in members:
            if not member.filename.lower().endswith(".xml"):
                continue
            if leads_out(member.filename) or member.flag_bits & 1:  # bit 0: encrypted
                report.add("I109", _label(name, member.filename))
                continue
            with archive.open(member) as opened:
                ranked.append((rank(opened.read(HEAD)), member))
        ranked.sort(key=lambda pair: pair[1].filename)
        ranked.sort(key=lambda pair: pair[0], reverse=True)
        left = limits.expanded
        for _, member in ranked:
            most = min(left, limits.size, max(FLOOR, member.compress_size * limits.ratio))
            left -= min(left, member.file_size)
            with archive.open(member) as opened:
                yield Document(_label(name, member.filename), _bounded(opened, most))


def _of_tar(stream: BinaryIO, name: str, limits: Limits, report: Report) -> Iterator[Document]:
    left = limits.expanded
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for count, member in enumerate(archive, 1):
            if count > limits.members:
                raise ValueError(f"more than {limits.members:,} members")
            if not member.name.lower().endswith(".xml"):
                continue
            opened = archive.extractfile(member) if member.isreg() else None
            if opened is None or leads_out(member.name):
                report.add("I110", _label(name, member.name))
                continue
            most = min(left, limits.size)
            left -= min(left, member.size)
            yield Document(_label(name, member.name), _bounded(opened, most))


def _label(archive: str, member: str) -> str:
    return f"{archive}/{member:.200}"


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, at most so many."""
        ...


def _bounded(
    stream: Readable, most: int, packed: BinaryIO | None = None, ratio: int = 0
) -> io.BufferedReader:
    return io.BufferedReader(_Bounded(stream, most, packed, ratio), 1 << 16)


class _Bounded(io.RawIOBase):
    """A stream that raises `Unsafe` where it expands too much.

    Args:
        stream: The unpacked stream.
        most: How many bytes it may have.
        packed: The packed file, read from its beginning, if its ratio is bounded too.
        ratio: How many bytes each packed byte may expand to.
    """

    def __init__(self, stream: Readable, most: int, packed: BinaryIO | None, ratio: int) -> None:
        self._stream = stream
        self._left = most
        self._packed = packed
        self._ratio = ratio
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(min(len(buffer), max(1, self._left + 1)))
        except (*BROKEN, OSError) as error:
            raise Unsafe(str(error)) from None
        self._left -= len(data)
        self._done += len(data)
        packed = self._packed
        if self._left < 0 or (packed and self._done > max(FLOOR, packed.tell() * self._ratio)):
            raise Unsafe("it expands too much")
        buffer[: len(data)] = data
        return len(data)

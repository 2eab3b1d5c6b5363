"""The documents in a file, an archive or a folder, one after the other, never unpacked to disk."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from jmdi import FormatError, ImportContext
from jmdi.files.paths import open_input
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.progress import Progress

__all__ = ["Document", "Unsafe", "documents", "seekable"]

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

ENDINGS = (".xml", ".xml.gz", ".gz", ".xml.xz", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz")
FLOOR = 10_000_000
"""Members up to this size may have any ratio."""

HEAD = 4096
DEPTH = 16


@attrs.frozen(slots=True)
class Document:
    """One XML document.

    Attributes:
        name: What it is called in messages: the file, or archive and member.
        stream: Its bytes.
        title: The last part of its name.
    """

    name: str
    stream: BinaryIO
    title: str = attrs.field(
        default=attrs.Factory(lambda self: self.name.rpartition("/")[2], takes_self=True)
    )


class Unsafe(Exception):
    """A compressed document is damaged, or expands beyond measure."""


class _Counted:
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.done += len(data)
        return data


class _Bounded(io.RawIOBase):
    """A stream that stops with an error where it expands beyond measure."""

    def __init__(
        self, stream: Any, most: int, packed: _Counted | None = None, ratio: int = 0
    ) -> None:
        self._stream = stream
        self._left = most
        self._packed = packed
        self._ratio = ratio
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(min(len(buffer), max(1, self._left + 1)))
        except (*BROKEN, OSError) as error:
            raise Unsafe(str(error)) from None
        self._left -= len(data)
        self._done += len(data)
        packed = self._packed
        if self._left < 0 or (packed and self._done > max(FLOOR, packed.done * self._ratio)):
            raise Unsafe("it expands beyond measure")
        buffer[: len(data)] = data
        return len(data)


def _bounded(stream: Any, most: int, packed: _Counted | None = None, ratio: int = 0) -> BinaryIO:
    return io.BufferedReader(_Bounded(stream, most, packed, ratio), 1 << 16)


@contextlib.contextmanager
def seekable(stream: BinaryIO | None, most: int) -> Iterator[BinaryIO | None]:
    """The stream, or a copy of it on disk where it cannot be sought in.

    Args:
        stream: A stream, or ``None``.
        most: How many bytes are copied, and one more, so that it is seen that there are more.
    """
    if stream is None or stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while copy.tell() <= most and (chunk := stream.read(min(1 << 20, most + 1 - copy.tell()))):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def documents(
    stream: BinaryIO | None, context: ImportContext, report: Report, progress: Progress
) -> Iterator[Document]:
    """The documents of an input.

    Args:
        stream: A file that can be sought in; ``None`` for the folder ``context.path``.
        context: Name, path and limits.
        report: Where problems go.
        progress: Told which file is read.
    """
    if stream is None:
        yield from _of_folder(Path(context.path or "."), context, report, progress)
    else:
        progress.begin(stream)
        yield from _of_stream(stream, context.name, context, report)


def _of_folder(
    folder: Path, context: ImportContext, report: Report, progress: Progress
) -> Iterator[Document]:
    """The files of a folder, the newest document first."""
    found: list[Path] = []
    for path in _walk(folder, report, DEPTH):
        if len(found) >= context.limits.members:
            report.add("I108", f"the folder has more than {context.limits.members:,} files")
            break
        found.append(path)
    dated = [(_date_of_file(path), path) for path in found]
    dated.sort(key=lambda pair: str(pair[1].relative_to(folder)))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    sizes = {path: path.stat().st_size for path in found}
    progress.total = sum(sizes.values())
    for _, path in dated:
        name = path.relative_to(folder).as_posix()
        try:
            with open_input(path, limit=context.limits.size) as stream:
                progress.begin(stream)
                yield from _of_stream(stream, name, context, report)
                progress.end(sizes[path])
        except FormatError as error:
            report.add("I109", f"{name} ({error.problems[0].message})")


def _walk(folder: Path, report: Report, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            if depth > 0:
                yield from _walk(Path(entry.path), report, depth - 1)
        elif entry.name.lower().endswith(ENDINGS):
            if stat.S_ISREG(mode):
                yield Path(entry.path)
            else:
                report.add("I110", entry.name)
        elif stat.S_ISREG(mode):
            report.add("I114", value=entry.name)


def _date_of_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return _rank(stream.read(HEAD))
    except OSError:
        return ""


def _rank(head: bytes) -> str:
    """Sorts organisation files first, then by the day a document says it was generated."""
    first = "2" if b"<iati-organisations" in head else "1"
    _, found, rest = head.partition(b'generated-datetime="')
    date = rest[:19].decode("ascii", "replace") if found else ""
    return first + (date if date[:4].isdecimal() else "")


def _of_stream(
    stream: BinaryIO, name: str, context: ImportContext, report: Report
) -> Iterator[Document]:
    """The documents of one file, by its first bytes."""
    head, stream = _peeked(stream)
    try:
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield from _of_zip(stream, name, context, report)
        elif head.startswith((b"\x1f\x8b", b"\xfd7zXZ", b"BZh")):
            packed = _Counted(stream)
            opened = _unpacked(head, packed)
            inner, unpacked = _peeked(
                _bounded(opened, context.limits.size, packed, context.limits.ratio)
            )
            if inner[257:262] == b"ustar":
                yield from _of_tar(unpacked, name, context, report)
            else:
                yield Document(name, unpacked)
        elif head[257:262] == b"ustar":
            yield from _of_tar(stream, name, context, report)
        else:
            yield Document(name, stream)
    except (*BROKEN, Unsafe) as error:
        report.file = name
        report.add("I109", f"{name} ({error!s:.100})")


def _unpacked(head: bytes, packed: Any) -> Any:
    """A compressed stream, opened by its first bytes."""
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=packed, mode="rb")
    return bz2.BZ2File(packed) if head.startswith(b"BZh") else lzma.LZMAFile(packed)


def _peeked(stream: Any) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream with them still to be read."""
    if not hasattr(stream, "peek"):
        if stream.seekable() if hasattr(stream, "seekable") else False:
            place = stream.tell()
            head = stream.read(512)
            stream.seek(place)
            return head, stream
        stream = io.BufferedReader(stream, 1 << 16)
    return stream.peek(512)[:512], stream


def _of_zip(
    stream: BinaryIO, name: str, context: ImportContext, report: Report
) -> Iterator[Document]:
    limits = context.limits
    with zipfile.ZipFile(stream) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > limits.members:
            raise ValueError(f"more than {limits.members:,} members")
        left = limits.size
        ranked = []
        for member in members:
            label = f"{name}/{member.filename:.200}"
            if not member.filename.lower().endswith(".xml"):
                continue
            if leads_out(member.filename) or member.flag_bits & 1:
                report.add("I109", label)
                continue
            with archive.open(member) as opened:
                ranked.append((_rank(opened.read(HEAD)), member))
        ranked.sort(key=lambda pair: pair[1].filename)
        ranked.sort(key=lambda pair: pair[0], reverse=True)
        for _, member in ranked:
            most = min(left, max(FLOOR, member.compress_size * limits.ratio))
            left -= min(left, member.file_size)
            with archive.open(member) as opened:
                yield Document(f"{name}/{member.filename:.200}", _bounded(opened, most))


def _of_tar(
    stream: BinaryIO, name: str, context: ImportContext, report: Report
) -> Iterator[Document]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for count, member in enumerate(archive, 1):
            if count > context.limits.members:
                raise ValueError(f"more than {context.limits.members:,} members")
            label = f"{name}/{member.name:.200}"
            if not member.name.lower().endswith(".xml"):
                continue
            opened = archive.extractfile(member) if member.isreg() else None
            if opened is None or leads_out(member.name):
                report.add("I110", label)
                continue
            yield Document(label, _bounded(opened, context.limits.size))


def leads_out(name: str) -> bool:
    """Whether the name of a member leads out of its archive."""
    steps = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\0" in name

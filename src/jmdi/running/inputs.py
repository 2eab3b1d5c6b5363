"""What a source means: paths, glob patterns, streams, and their first bytes."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Iterable, Mapping
from typing import IO, NoReturn, TypeAlias, cast

from jmdi.plugins.context import ImportContext

__all__ = [
    "HEAD",
    "Input",
    "PathName",
    "Source",
    "counted",
    "first_bytes",
    "inputs_of",
    "name_of",
    "peeked",
]

HEAD = 65536
"""How many first bytes of a file show what it is."""

ZIP = b"PK\x03\x04"
ARCHIVE = 4_000_000
"""How many first bytes of an archive: the texts of a workbook stand behind its sheets."""

CHUNK = 1 << 18
"""Bytes between two reports of progress, so that they cost nothing."""

PathName: TypeAlias = str | os.PathLike[str]
Input: TypeAlias = PathName | IO[bytes]
"""One file, folder or stream."""

Source: TypeAlias = Input | Iterable[Input]
"""What can be read: one input, a glob pattern, or several."""


def name_of(source: Input) -> str:
    """What messages call an input."""
    if isinstance(source, (str, os.PathLike)):
        return str(os.fspath(source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "input"


def inputs_of(source: object) -> list[Input]:
    """The inputs that a source means; a glob pattern means its files in order.

    A pattern that no file fits is an input that cannot be read, as a path without a file is.

    Raises:
        TypeError: If it is nothing that can be read.
        ValueError: If the list of sources is empty.
    """
    if isinstance(source, (str, os.PathLike)):
        text = str(os.fspath(source))
        if not glob.has_magic(text) or os.path.exists(text):  # noqa: PTH110
            return [source]
        return [*sorted(glob.glob(text, recursive=True))] or [source]  # noqa: PTH207
    if isinstance(source, (bytes, bytearray, memoryview)):
        _refuse(source, "wrap bytes in io.BytesIO, or give a path as str")
    if isinstance(source, io.TextIOBase):
        _refuse(source, "open the file in binary mode, open(path, 'rb')")
    if callable(getattr(source, "read", None)):
        return [cast("IO[bytes]", source)]
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        _refuse(source)
    parts = [one for part in source for one in inputs_of(part)]
    if not parts:
        raise ValueError("there is nothing to read: the list of sources is empty")
    return parts


def _refuse(source: object, cure: str = "") -> NoReturn:
    shown = f"{source!r:.60}" if isinstance(source, (int, float)) else f"a {type(source).__name__}"
    wanted = "a source is a path, a glob pattern, a binary stream, or a list of these"
    raise TypeError(f"{wanted}, not {shown}{f': {cure}' if cure else ''}")


class _Replayed(io.RawIOBase):
    """A stream whose first bytes were read already and come once more."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head.read(len(buffer)) or self._rest.read(len(buffer)) or b""
        buffer[: len(part)] = part
        return len(part)


def peeked(stream: IO[bytes]) -> tuple[IO[bytes], bytes, int | None]:
    """A stream, its first bytes, which are still to be read, and how many it has if known.

    Raises:
        TypeError: If it gives text.
    """
    seekable = getattr(stream, "seekable", None)
    if seekable is not None and seekable():
        start = stream.tell()
        head = first_bytes(stream)
        stream.seek(0, os.SEEK_END)
        size = stream.tell() - start
        stream.seek(start)
        return stream, head, size
    head = first_bytes(stream)
    return io.BufferedReader(_Replayed(head, stream), HEAD), head, None


def first_bytes(stream: IO[bytes]) -> bytes:
    """The first bytes of a stream that show what it is; of an archive more, as parts of it tell.

    Raises:
        TypeError: If it gives text.
    """
    head = _read(stream, HEAD)
    return head + _read(stream, ARCHIVE - HEAD) if head.startswith(ZIP) else head


def _read(stream: IO[bytes], left: int) -> bytes:
    parts: list[bytes] = []
    while left > 0 and (part := stream.read(left)):
        if isinstance(part, str):
            _refuse(stream, "its read() gives text; give a stream of bytes")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


class _Counted(io.RawIOBase):
    """A stream that reports to a context how much of it was read.

    Only this class sees every read of every importer, so only here progress, ``cancel`` and
    ``limits.seconds`` hold for all of them. Whoever opened the stream closes it.
    """

    def __init__(self, stream: IO[bytes], context: ImportContext) -> None:
        self._stream = stream
        # Of a pipe what is there, without waiting for more.
        self._read = getattr(stream, "read1", stream.read)
        self._context = context
        self._done = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        context = self._context
        try:
            part = self._read(len(buffer)) or b""
        except OSError:
            raise
        except BaseException as error:  # a fault of the stream, not of the importer
            context.stopped = error
            raise
        buffer[: len(part)] = part
        self._done += len(part)
        # An importer may go over a file twice; it is never said to be more than whole.
        context.counted(self._done if context.size is None else min(self._done, context.size))
        return len(part)


class _Buffered(io.BufferedReader):
    """A stream that takes memory for the bytes that there are, not for those that may be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size <= CHUNK:
            return super().read(size)
        parts: list[bytes] = []
        while size > 0 and (part := super().read(min(size, CHUNK))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def counted(stream: IO[bytes], context: ImportContext) -> IO[bytes]:
    """A stream of the same bytes that reports to the context how much of it was read."""
    return _Buffered(_Counted(stream, context), CHUNK)

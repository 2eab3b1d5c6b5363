"""A file that was compressed with gzip, whatever its name says."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, BinaryIO, cast

from jmdi.files.paths import unreadable
from jmdi.plugins.context import ImportContext

__all__ = ["start_of", "unpacked"]

MARK = b"\x1f\x8b\x08"
"""The first bytes of every such file."""

FLOOR = 10_000_000
"""What expands to no more bytes than this may have any ratio: short files of spaces do."""


def start_of(head: bytes, most: int) -> bytes:
    """The first bytes of the file within a compressed one; empty if it is damaged.

    Args:
        head: The first bytes of the compressed file.
        most: How many bytes are wanted.
    """
    try:
        return zlib.decompressobj(31).decompress(head, most) if head.startswith(MARK) else b""
    except zlib.error:
        return b""


def unpacked(stream: IO[bytes], context: ImportContext) -> BinaryIO:
    """The file within a compressed one.

    Reading it raises a FormatError where it is damaged, or expands to more than the limits allow.

    Args:
        stream: The compressed file.
        context: Its name, and the limits.
    """
    return io.BufferedReader(_Unpacked(stream, context), 1 << 16)


class _Tally:
    """Counts the bytes that are read of a stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        self.done += len(part)
        return part


class _Unpacked(io.RawIOBase):
    """Unpacks a stream as it is read."""

    def __init__(self, stream: IO[bytes], context: ImportContext) -> None:
        self._packed = _Tally(stream)
        self._file = gzip.GzipFile(fileobj=cast("BinaryIO", self._packed), mode="rb")
        self._context = context
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        context = self._context
        try:
            part = self._file.read(len(buffer))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            message = f"is compressed with gzip, and damaged: {error}"
            raise unreadable(context.name, message, "compress it again") from None
        self._done += len(part)
        if self._done > context.limits.size:
            raise context.beyond(f"expands to more than {context.limits.size:,} bytes", "size")
        if self._done > max(FLOOR, self._packed.done * context.limits.ratio):
            message = f"expands to more than {context.limits.ratio:,} times its size"
            raise context.beyond(message, "ratio")
        buffer[: len(part)] = part
        return len(part)

"""What a source means: paths, glob patterns, streams, and their first bytes."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Sequence
from typing import IO, TypeAlias

from jmdi.files.paths import unreadable

__all__ = ["HEAD", "Input", "PathName", "Source", "inputs_of", "name_of", "peeked"]

HEAD = 65536
"""How many first bytes of a file show what it is."""

PathName: TypeAlias = str | os.PathLike[str]
Input: TypeAlias = PathName | IO[bytes]
"""One file, folder or stream."""

Source: TypeAlias = Input | Sequence[PathName]
"""What can be read: one input, a glob pattern, or several."""


def name_of(source: Input) -> str:
    """What messages call an input."""
    if isinstance(source, (str, os.PathLike)):
        return str(os.fspath(source))
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else "input"


def inputs_of(source: Source) -> list[Input]:
    """The inputs that a source means; a glob pattern means its files in order.

    Raises:
        FormatError: If no file fits a pattern.
        ValueError: If the list of sources is empty.
    """
    if isinstance(source, (str, os.PathLike)):
        text = str(os.fspath(source))
        if not glob.has_magic(text) or os.path.exists(text):  # noqa: PTH110
            return [source]
        if found := sorted(glob.glob(text, recursive=True)):  # noqa: PTH207
            return list(found)
        raise unreadable(text, "no file fits this pattern")
    if not isinstance(source, Sequence):
        return [source]
    parts = [one for part in source for one in inputs_of(part)]
    if not parts:
        raise ValueError("there is nothing to read: the list of sources is empty")
    return parts


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


def peeked(stream: IO[bytes]) -> tuple[IO[bytes], bytes]:
    """A stream with its first bytes, which are still to be read from it."""
    seekable = getattr(stream, "seekable", None)
    if seekable is not None and seekable():
        start = stream.tell()
        head = stream.read(HEAD)
        stream.seek(start)
        return stream, head
    head = b""
    while len(head) < HEAD and (part := stream.read(HEAD - len(head))):
        head += part
    return io.BufferedReader(_Replayed(head, stream), HEAD), head

"""Sorting more lines than memory holds: sorted runs on disk, merged at the end."""

from __future__ import annotations

import heapq
import struct
import tempfile
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import IO

__all__ = ["Sorter", "key_of"]

IN_MEMORY = 16 << 20
"""Bytes of lines and keys that are held before they go to disk."""

MOST_RUNS = 64
"""How many sorted files of one size there are before they become one of the next size."""

SIZES = struct.Struct(">II")
Pair = tuple[bytes, bytes]


def key_of(parts: Iterable[str]) -> bytes:
    """Bytes that sort as a tuple of these texts, at least one, does."""
    return b"\0\0".join(p.encode("utf-8", "surrogatepass").replace(b"\0", b"\0\xff") for p in parts)


class Sorter:
    """Takes lines with keys in any order and gives the lines back in order of their keys.

    Lines of the same key come in the order in which they were put.
    """

    def __init__(self) -> None:
        self._held: list[Pair] = []
        self._size = 0
        self._runs: list[tuple[int, IO[bytes]]] = []

    def put(self, key: bytes, line: bytes) -> None:
        """Takes a line."""
        self._held.append((key, line))
        self._size += len(key) + len(line)
        if self._size > IN_MEMORY:
            self._spill()

    def lines(self) -> Iterator[bytes]:
        """All lines in order; may be asked once."""
        self._held.sort(key=itemgetter(0))
        runs = [_read(run) for _, run in self._runs]
        for _, line in heapq.merge(*runs, self._held, key=itemgetter(0)):
            yield line
        self.close()

    def close(self) -> None:
        """Takes away what lies on disk."""
        for _, run in self._runs:
            run.close()
        self._runs.clear()
        self._held.clear()

    def _spill(self) -> None:
        """Puts what is held on disk as a sorted run; many runs of one size become one."""
        self._held.sort(key=itemgetter(0))
        self._runs.append((0, _written(self._held)))
        self._held, self._size = [], 0
        level = 0
        while [n for n, _ in self._runs[-MOST_RUNS:]] == [level] * MOST_RUNS:
            parts = [run for _, run in self._runs[-MOST_RUNS:]]
            merged = _written(heapq.merge(*map(_read, parts), key=itemgetter(0)))
            for part in parts:
                part.close()
            level += 1
            self._runs[-MOST_RUNS:] = [(level, merged)]


def _written(pairs: Iterable[Pair]) -> IO[bytes]:
    """A file without a name that holds pairs of key and line."""
    run = tempfile.TemporaryFile()  # noqa: SIM115
    for key, line in pairs:
        run.write(SIZES.pack(len(key), len(line)) + key + line)
    return run


def _read(run: IO[bytes]) -> Iterator[Pair]:
    run.seek(0)
    while head := run.read(SIZES.size):
        key, line = SIZES.unpack(head)
        yield run.read(key), run.read(line)

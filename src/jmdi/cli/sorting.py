"""Sorting more lines than memory holds: sorted runs on disk, merged at the end."""

from __future__ import annotations

import heapq
import struct
import tempfile
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import IO

__all__ = ["Pair", "Sorter", "key_of", "merged", "read_pairs", "write_pairs"]

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

    Args:
        held: Bytes of lines and keys that are held; by default `IN_MEMORY`.
    """

    def __init__(self, held: int | None = None) -> None:
        self._most = IN_MEMORY if held is None else held
        self._held: list[Pair] = []
        self._size = 0
        self._runs: list[tuple[int, IO[bytes]]] = []

    def put(self, key: bytes, line: bytes) -> None:
        """Takes a line."""
        self._held.append((key, line))
        self._size += len(key) + len(line)
        if self._size > self._most:
            self._spill()

    def lines(self) -> Iterator[bytes]:
        """All lines in order; may be asked once."""
        return map(itemgetter(1), self.pairs())

    def pairs(self) -> Iterator[Pair]:
        """All lines in order, each with its key; may be asked once."""
        self._held.sort(key=itemgetter(0))
        yield from merged([*(read_pairs(run) for _, run in self._runs), self._held])
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
            one = _written(merged([read_pairs(part) for part in parts]))
            for part in parts:
                part.close()
            level += 1
            self._runs[-MOST_RUNS:] = [(level, one)]


def merged(runs: Iterable[Iterable[Pair]]) -> Iterator[Pair]:
    """The pairs of sorted runs in order; those of one key in the order of the runs."""
    return heapq.merge(*runs, key=itemgetter(0))


def _written(pairs: Iterable[Pair]) -> IO[bytes]:
    """A file without a name that holds pairs of key and line."""
    run = tempfile.TemporaryFile()  # noqa: SIM115
    write_pairs(pairs, run)
    return run


def write_pairs(pairs: Iterable[Pair], run: IO[bytes]) -> None:
    """Writes pairs, such as those of a `Sorter`, as a run for `read_pairs`."""
    for key, line in pairs:
        run.write(SIZES.pack(len(key), len(line)) + key + line)


def read_pairs(run: IO[bytes]) -> Iterator[Pair]:
    """The pairs of a run from its beginning."""
    run.seek(0)
    while head := run.read(SIZES.size):
        key, line = SIZES.unpack(head)
        yield run.read(key), run.read(line)

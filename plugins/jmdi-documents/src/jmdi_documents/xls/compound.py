"""Takes the workbook out of the compound file around it, by [MS-CFB].

xlrd does that too, but follows chains of sectors and trees of entries without end where a damaged
file leads them in a circle.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import attrs

__all__ = ["Damaged", "workbook_in"]

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<30x HH 14x I 4x I I 4x I 4x 109I")
ENTRY = struct.Struct("<64s H B x I I I 36x I I 4x")
LAST = 0xFFFFFFFA
"""Numbers of sectors are smaller; the others say that a chain ends, or that a sector is free."""
STREAM = 2
NAMES = ("workbook", "book")


class Damaged(ValueError):
    """The file contradicts itself."""


@attrs.frozen(slots=True)
class _Entry:
    """A stream or a storage; ``before``, ``after`` and ``inside`` are the places of others."""

    name: str
    sort: int
    before: int
    after: int
    inside: int
    start: int
    size: int

    @classmethod
    def of(cls, data: bytes) -> _Entry:
        name, length, *rest = ENTRY.unpack(data)
        text = name[: min(64, max(0, length - 2))].decode("utf-16-le", "replace")
        return cls(text.lower(), *rest)


def workbook_in(data: bytes) -> bytes:
    """The stream of a workbook in a compound file; other content is returned as it is.

    Raises:
        Damaged: If there is none, or it cannot be found.
    """
    if not data.startswith(SIGNATURE):
        return data
    if len(data) < HEADER.size:
        raise Damaged("the file is cut off")
    shift, short, directory, smallest, short_first, more, *first = HEADER.unpack_from(data)
    if not 7 <= shift <= 20 or short > shift:
        raise Damaged("the size of its sectors is impossible")
    size = 1 << shift
    whole = data[size:]
    table = _words(_joined(whole, size, _tables(whole, size, first, more)))
    listed = _joined(whole, size, _chain(table, directory))
    entries = [_Entry.of(listed[at : at + 128]) for at in range(0, len(listed) - 127, 128)]
    found = {e.name: e for e in _in_root(entries) if e.sort == STREAM}
    book = next((found[name] for name in NAMES if name in found), None)
    if book is None:
        raise Damaged("there is no workbook in it")
    if book.size < smallest:
        whole = _joined(whole, size, _chain(table, entries[0].start))[: entries[0].size]
        table = _words(_joined(data[size:], size, _chain(table, short_first)))
        size = 1 << short
    stream = _joined(whole, size, _chain(table, book.start))
    if len(stream) < book.size:
        raise Damaged("the workbook is cut off")
    return stream[: book.size]


def _tables(whole: bytes, size: int, first: Sequence[int], more: int) -> Iterator[int]:
    """The sectors that say which sector follows which."""
    told, seen = list(first), 0
    while more < LAST and more * size < len(whole):
        *others, more = _words(_joined(whole, size, [more]))
        told += others
        seen += size
        if seen > len(whole):
            raise Damaged("its list of tables goes in a circle")
    known = [at for at in told if at < LAST]
    if len(set(known)) < len(known):
        raise Damaged("one of its tables is there twice")
    return iter(known)


def _chain(table: Sequence[int], at: int) -> Iterator[int]:
    """The sectors of a chain, in their order."""
    for _ in range(len(table) + 1):
        if at >= LAST:
            return
        yield at
        if at >= len(table):
            raise Damaged("a chain of sectors leads out of it")
        at = table[at]
    raise Damaged("a chain of sectors goes in a circle")


def _joined(whole: bytes, size: int, sectors: Iterator[int] | Sequence[int]) -> bytes:
    """What the sectors hold; one behind the end of the file holds nothing."""
    return b"".join(whole[at * size : (at + 1) * size] for at in sectors)


def _words(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _in_root(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """The entries that lie in no storage, so that a workbook within the workbook is not meant."""
    ahead, seen = [entries[0].inside] if entries else [], set[int]()
    while ahead:
        at = ahead.pop()
        if at < len(entries) and at not in seen:
            seen.add(at)
            yield entries[at]
            ahead += (entries[at].before, entries[at].after)

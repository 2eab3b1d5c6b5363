"""Changes of any bytes, of lines and of cells."""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable, Sequence

from jmdi.testing.damage.hard import BROKEN, TIMES, Change, hard_text, number

__all__ = ["change_bytes", "change_table", "change_words"]

LARGEST = 60_000
"""Bytes that a change may add by repeating."""
CODES = ("utf-16", "cp1252", "utf-8-sig", "utf-32", "utf-16-be", "latin-1", "cp437", "mac-roman")
ENDS = (b"\r\n", b"\r", b"\n\r", b"\n\n", b"\x0b", b"\x0c", b"\x1e", b"\xc2\x85", b"\xe2\x80\xa8")
MARKS = (b",", b";", b"\t", b"|")


def change_bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes cut off, turned, put in, or doubled; or all of them in another encoding."""
    if dice.random() < 0.1:
        return data.decode("utf-8", "replace").encode(dice.choice(CODES), "replace")
    first, last = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    last = min(last, first + dice.choice((0, 1, 8, 10**9)))
    new: Sequence[Callable[[], bytes]] = (
        lambda: b"",
        lambda: data[first:last] * 2,
        lambda: data[first:last][::-1],
        lambda: dice.randbytes(dice.randrange(1, 9)),
        lambda: hard_text(dice),
        lambda: dice.choice(BROKEN),
    )
    return data[:first] + dice.choice(new)() + data[last:]


def change_words(data: bytes, dice: random.Random) -> bytes:
    """Numbers in a binary file at their limits, or blocks of it exchanged: no byte moves away."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        size = dice.choice((1, 2, 2, 4, 8))
        at = dice.randrange(max(1, len(data) - size))
        at -= at % size if dice.random() < 0.7 else 0
        before = int.from_bytes(changed[at : at + size], "little")
        limit = 256 ** len(changed[at : at + size])
        value = dice.choice((0, 1, limit - 1, limit // 2, before + 1, before - 1, before * 2))
        changed[at : at + size] = (value % limit).to_bytes(len(changed[at : at + size]), "little")
    if dice.random() < 0.1:
        block = dice.choice((4, 64, 512))
        one, other = (dice.randrange(len(data) // block + 1) * block for _ in range(2))
        changed[one : one + block] = changed[other : other + block]
    return bytes(changed)


def change_table(data: bytes, dice: random.Random) -> bytes:
    """A line, a cell or a column of a delimited or any other text changed."""
    return dice.choices(_TABLES, _WEIGHTS)[0](data, dice)


def _lines(data: bytes, dice: random.Random) -> bytes:
    """A line taken out, doubled, or exchanged with another."""
    lines = data.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    chance = dice.random()
    if chance < 0.3:
        del lines[at]
    elif chance < 0.7:
        times = min(dice.choice(TIMES), LARGEST // (len(lines[at]) + 1) + 1)
        lines[other:other] = [lines[at]] * times
    else:
        lines[at], lines[other] = lines[other], lines[at]
    return b"\n".join(lines)


def _cell(data: bytes, dice: random.Random) -> bytes:
    """A cell taken out, doubled, left open, or with another value."""
    lines = data.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    mark = max(MARKS, key=lines[at].count)
    cells = lines[at].split(mark)
    place = dice.randrange(len(cells))
    chance = dice.random()
    if chance < 0.12:
        del cells[place]
    elif chance < 0.24:
        cells.insert(place, dice.choice(cells))
    elif chance < 0.32:
        cells[place] = b'"' + cells[place]
    elif chance < 0.42:
        cells[place] = number(dice)
    elif chance < 0.54:  # what another row says there: the same key, a circle of references
        cells[place] = dict(enumerate(lines[other].split(mark))).get(place, b"")
    elif chance < 0.6:
        cells[place] = dice.choice((b'"%s"', b" %s ", b"'%s'", b"(%s)", b"%s;%s")).replace(
            b"%s", cells[place]
        )
    else:
        cells[place] = hard_text(dice)
    lines[at] = mark.join(cells)
    return b"\n".join(lines)


def _column(data: bytes, dice: random.Random) -> bytes:
    """A column taken out, doubled, or exchanged with another."""
    mark = max(MARKS, key=data.count)
    rows = [line.split(mark) for line in data.split(b"\n")]
    width = max(map(len, rows))
    at, other = dice.randrange(width), dice.randrange(width)
    what = dice.randrange(4)
    for row in rows:
        if what == 0:
            del row[at : at + 1]
        elif what == 1:
            row[other:other] = row[at : at + 1] * dice.choice((1, 1, 2))
        elif max(at, other) < len(row):
            row[at], row[other] = row[other], row[at] if what == 2 else row[other]
    return b"\n".join(map(mark.join, rows))


def _whole(data: bytes, dice: random.Random) -> bytes:
    """Other ends of lines, another mark between cells, or another encoding of one line."""
    lines = data.split(b"\n")
    at = dice.randrange(len(lines))
    chance = dice.random()
    if chance < 0.3:
        return dice.choice(ENDS).join(lines)
    if chance < 0.5:
        mark, other = max(MARKS, key=data.count), dice.choice((*MARKS, b" ", b":", b"  "))
        if dice.random() < 0.5:
            return data.replace(mark, other)
        lines[at] = lines[at].replace(mark, other)
    elif chance < 0.7:
        lines[at] = (
            dice.choice((codecs.BOM_UTF8, b"\x00", b"sep=;\n", b"#", b"%", b'"')) + lines[at]
        )
    else:
        lines[at] = lines[at].decode("utf-8", "replace").encode(dice.choice(CODES), "replace")
    return b"\n".join(lines)


_TABLES: Sequence[Change] = (_lines, _cell, _column, _whole)
_WEIGHTS = (20, 60, 10, 10)

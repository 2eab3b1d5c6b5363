"""Changes files as people and programs damage them, by their structure, not only byte by byte.

A file is taken apart by what it is: the members of a zip file, the nodes of JSON, the elements of
XML, the rows of a database, the lines and cells of a table. A part is cut, doubled, moved, or
becomes a value that is hard to read; what comes out is put together again, so that it gets past
the first check of a reader.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

from jmdi.testing.damage.database import change_database
from jmdi.testing.damage.markup import change_markup
from jmdi.testing.damage.packed import change_gzip, change_zip
from jmdi.testing.damage.plain import change_bytes, change_table, change_words
from jmdi.testing.damage.tree import change_json

__all__ = ["hard_cases", "mutated"]

NUMBER = re.compile(rb"(?<![\w.])\d+(?![\w.])")
ZIP, GZIP, SQLITE = b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3\x00"


def mutated(files: Mapping[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """A file, or a folder of files by name, with one to four changes.

    Args:
        files: Content by name; a single file has an empty name.
        dice: Where all chance comes from.
    """
    changed, changes = dict(files), dice.choice((1, 1, 1, 2, 2, 3, 4))
    for number in range(8):
        if number >= changes and changed != files:  # equal parts may have been exchanged
            break
        if len(changed) > 1 and dice.random() < 0.1:
            _change_folder(changed, dice)
        if changed:
            name = dice.choice(sorted(changed))
            changed[name] = _changed(changed[name], dice)
    return changed


def hard_cases(data: bytes) -> Iterator[bytes]:
    """Content whose first number is none, and such that is nested deeper than Python bears."""
    for word in (b"NaN", b"Infinity", b"-1e999", b"9" * 5000):
        yield NUMBER.sub(word, data, count=1)
    yield b"[" * 3_000
    yield b'{"a":' * 3_000
    yield b"<a>" * 3_000
    if data[:1] in (b"{", b"["):
        yield NUMBER.sub(b"[" * 3_000 + b"]" * 3_000, data, count=1)


def _change_folder(files: dict[str, bytes], dice: random.Random) -> None:
    """Takes a file out of a folder, gives it another name, or the content of its neighbour."""
    one, other = dice.choice(sorted(files)), dice.choice(sorted(files))
    content = files.pop(one)
    if dice.random() < 0.5:
        files[dice.choice((other, one.upper(), f"{one}~", f"x/{one}"))] = content


def _changed(data: bytes, dice: random.Random) -> bytes:
    """Content with one change that fits what it is; now and then one of plain bytes."""
    if data.startswith(SQLITE):
        return change_database(data, dice)
    if dice.random() < 0.1 or not data:
        return change_bytes(data, dice)
    head = data[:300].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(ZIP):
        return change_zip(data, dice, _changed)
    if data.startswith(GZIP):
        return change_gzip(data, dice, _changed)
    if head.startswith((b"{", b"[")):
        return change_json(data, dice)
    if head.startswith(b"<"):
        return change_markup(data, dice)
    if b"\x00" in data[:1000]:
        return change_words(data, dice)
    return change_table(data, dice)

"""The messages of an mbox file one by one.

A line begins a message only if it is ``From``, an address and a date, with a header below it, or
with empty lines around it; the standard library splits at any line that begins with ``From``
(python/cpython#93376), and some writers leave no empty line between messages.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

import attrs

__all__ = ["POSTMARK", "Raw", "split"]

POSTMARK = re.compile(
    rb"From (?:\S{1,320}(?: at \S{1,320})?|\S.{0,320}?) +"
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +[A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?"
    rb"(?: +(?:[A-Z]{1,5}|[+-]\d{4}))? +\d{4}(?: +(?:[A-Z]{1,5}|[+-]\d{4}))?\s*\Z"
)
FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>+From ")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)

CHUNK = 1 << 20
"""Bytes of a line that are read at once, so that one without an end takes no memory."""

MOST = 32_000_000
"""Bytes of a message that are kept; what is beyond is attached files."""


@attrs.frozen(slots=True)
class Raw:
    """A message as it stands in the file.

    Attributes:
        number: Its number in the file, from 1.
        line: The line that it begins on, from 1.
        data: Its bytes, after the ``From`` line, lines that begin with ``>From`` as they were.
        left: Bytes that were not kept.
    """

    number: int
    line: int
    data: bytes
    left: int


def split(stream: BinaryIO) -> Iterator[Raw]:
    """The messages of an mbox file; what stands before the first one is none."""
    parts: list[bytes] | None = None
    number = begin = size = left = 0
    blank, held, alone = True, b"", True
    for at, line in _lines(stream):
        if held:
            if FIELD.match(line) or (alone and not line.strip()):
                if parts is not None:
                    yield _raw(number, begin, parts, left)
                number, begin = number + 1, at - 1
                parts, size, left = [], 0, 0
            elif parts is not None:
                parts.append(held)
            held = b""
        if line.startswith(b"From ") and POSTMARK.match(line):
            held, alone, blank = line, blank, False
            continue
        blank = not line.strip()
        if parts is None:
            continue
        size += len(line)
        if size > MOST:
            left += len(line)
        else:
            parts.append(line)
    if parts is not None:
        yield _raw(number, begin, [*parts, held], left)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines, or parts of long ones, each with its number."""
    number, whole = 0, True
    while line := stream.readline(CHUNK):
        number += whole
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        whole = line.endswith(b"\n")
        yield number, line


def _raw(number: int, line: int, parts: list[bytes], left: int) -> Raw:
    data = b"".join(parts)
    return Raw(number, line, ESCAPED.sub(rb"\1", data) if b">From " in data else data, left)

"""CSV text as rows of cells and back, strictly after RFC 4180 but for any delimiter.

Python's csv module is not used, because its limit on the size of a cell is global.
"""

from __future__ import annotations

import codecs
import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from jmdi.classes import frozen
from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.files.encodings import byte_order_mark

__all__ = [
    "DELIMITERS",
    "IsDelimiter",
    "Joined",
    "Row",
    "delimiter_of",
    "guard",
    "read_rows",
    "unguard",
    "write_row",
]

DELIMITERS = (",", ";", "\t", "|")
# Some spreadsheets split a line at these, and see no quote that stands behind a comma.
_SPLIT = r"[;\t\r\n]"
# What is run as a formula (OWASP, CSV injection), also behind blanks, marks and quotes. Signs of
# full width are run where Chinese, Japanese or Korean is the language.
_RUN = r"""(?:[^\S\t\r\n]|[\x00-\x08\ufeff\u200b-\u200f\u2060"'])*[=+\-@\t\r＝＋－＠]"""
_DANGER = re.compile(rf"(?:\A|{_SPLIT}){_RUN}")
_WITHIN = re.compile(rf"({_SPLIT})(?={_RUN})")
_GUARDED_WITHIN = re.compile(rf"({_SPLIT})'(?={_RUN})")

QUOTED = re.compile(r'[",;|\t\r\n]|^[\s\ufeff]|\s$')
"""What must be quoted, whichever delimiter a reader guesses, and blanks that some readers trim."""


@frozen
class IsDelimiter:
    """A delimiter is one character, and none that ends a line or quotes a cell."""

    def holds(self, value: Any, /) -> bool:
        """Whether it is one."""
        return len(value) == 1 and value not in '"\r\n'

    def describe(self, words: str, /) -> str:
        """It in words."""
        return "one character, such as ;"


@frozen
class Row:
    """One row of a table.

    Attributes:
        line: The line that it begins on, counted from 1.
        cells: Its cells as typed.
    """

    line: int
    cells: list[str]


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula, and that is not an empty cell.

    An apostrophe goes before a text that begins with ``= + - @``, tab or carriage return, before
    an empty text, and before one that `unguard` would otherwise change. The same signs behind a
    semicolon, tab or end of line get one too, because some spreadsheets split the cell there.
    """
    if text and not _DANGER.search(text) and not _is_guarded(text):
        return text
    return "'" + _WITHIN.sub(r"\1'", text)


def unguard(cell: str) -> str:
    """The text of a cell that `guard` wrote; any other cell as it is."""
    return _GUARDED_WITHIN.sub(r"\1", cell[1:]) if _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    # Nearly all cells begin with another sign.
    return cell[:1] == "'" and (
        len(cell) == 1 or cell[1] == "'" or _DANGER.search(cell[1:]) is not None
    )


def write_row(cells: Iterable[str], delimiter: str = ",") -> str:
    """One line of CSV with its end; a cell is quoted only where it must be."""
    quoted = (
        '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in cells
    )
    return delimiter.join(quoted) + "\n"


def open_text(stream: BinaryIO, name: str, encoding: str | None) -> io.TextIOWrapper:
    """A stream of text, in the encoding given, else that of its byte order mark, else UTF-8.

    The mark is still in the text.

    Raises:
        FormatError: If there is no such encoding.
    """
    head = stream.read(4)
    if encoding is None:
        encoding = (byte_order_mark(head) or ("utf-8", 0))[0]
    try:
        known = codecs.lookup(encoding)
    except (LookupError, ValueError):
        known = None
    if known is None or not known._is_text_encoding:
        raise _refuse(
            name, f"there is no encoding {encoding!r}", "utf-8, utf-16 and cp1252 are usual"
        )
    return io.TextIOWrapper(io.BufferedReader(Joined(head, stream)), encoding=encoding, newline="")


class Joined(io.RawIOBase):
    """Bytes already read, then the stream that they came from."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills a buffer, first with the bytes already read."""
        part = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def delimiter_of(line: str) -> str:
    """The delimiter that the first line of a table uses most, outside quotes."""
    # A comma within a quoted title says nothing; a tie goes to the earlier, more usual one.
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=lambda d: (bare.count(d), -DELIMITERS.index(d)))


def read_rows(
    stream: BinaryIO,
    name: str,
    *,
    size: int,
    cells: int,
    rows: int = sys.maxsize,
    columns: int = sys.maxsize,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> Iterator[Row]:
    """The rows of a table, the header first, without empty ones.

    Args:
        stream: The bytes.
        name: Name of the file, for errors.
        size: Most characters that are read.
        cells: Most cells that are read.
        rows: Most rows that are read, without the header.
        columns: Most cells of a row.
        delimiter: What stands between cells; the one that the first line uses if not given.
        encoding: The encoding; by byte order mark, else UTF-8, if not given.

    Raises:
        FormatError: If it is not text in this encoding, is too large, or a quote never ends.
    """
    text = open_text(stream, name, encoding)
    limits = _Limits(name, cells, rows, columns)
    parser: _Parser | None = None
    try:
        for number, line in enumerate(_lines(text, name, size), 1):
            if parser is None:
                parser = _Parser(delimiter or delimiter_of(line))
            row = parser.feed(line, number)
            if row is not None and any(row.cells):
                limits.count(row)
                yield row
    except UnicodeError as error:
        raise _refuse(
            name,
            f"is not text in the encoding {text.encoding}: {getattr(error, 'reason', error)}",
            "save it as CSV UTF-8, or say which encoding it has (encoding=cp1252)",
        ) from None
    finally:
        text.detach()  # else closing the wrapper would close the stream of the caller
    if parser is not None and parser.open:
        raise _refuse(name, "a quoted cell never ends", "close the quote", "J523", parser.start)


def _lines(text: io.TextIOWrapper, name: str, size: int) -> Iterator[str]:
    """The lines of a text of at most so many characters, without its byte order mark."""
    seen = 0
    # One character beyond the limit is asked for, so that a line without end is noticed.
    while line := text.readline(size - seen + 1):
        if not seen:  # Python takes the mark away in some encodings only
            seen, line = len(line), line.removeprefix("\ufeff")
        else:
            seen += len(line)
        if seen > size:
            raise _refuse(name, f"has more than {size:,} characters", "split it", "J522")
        yield line


class _Limits:
    """Counts rows and cells, and refuses more than was allowed."""

    def __init__(self, name: str, cells: int, rows: int, columns: int) -> None:
        self._name, self._most = name, (cells, rows, columns)
        self._cells = 0
        self._rows = -1  # the header is no row of data

    def count(self, row: Row) -> None:
        width = len(row.cells)
        self._cells += width
        self._rows += 1
        cells, rows, columns = self._most
        if self._cells > cells or self._rows > rows or width > columns:
            found = {"cells": (self._cells, cells), "rows": (self._rows, rows)}
            found["columns"] = (width, columns)
            limit = next(name for name, (count, most) in found.items() if count > most)
            what = f"has more than {found[limit][1]:,} {limit}"
            raise _refuse(self._name, what, f"split it, or raise limits.{limit}", "J522")


class _Parser:
    """Takes lines and gives a row whenever one is complete."""

    def __init__(self, delimiter: str) -> None:
        mark = re.escape(delimiter)
        self._plain = re.compile(f"[^{mark}\r\n]*")
        self._quoted = re.compile(r'[^"]*(?:""[^"]*)*')
        self._delimiter = delimiter
        self._cells: list[str] = []
        self._parts: list[str] = []
        self.open = False
        self.start = 0

    def feed(self, line: str, number: int) -> Row | None:
        at = 0
        if not self.open:
            self._cells, self.start = [], number
        while True:
            if self.open or line[at : at + 1] == '"':
                at = self._quoted_part(line, at)
                if self.open:
                    return None
            else:
                self._parts = []
            match = self._plain.match(line, at)
            rest = match[0] if match else ""
            at += len(rest)
            self._cells.append("".join(self._parts).replace('""', '"') + rest)
            self._parts = []
            if line[at : at + 1] != self._delimiter:
                return Row(self.start, self._cells)
            at += 1

    def _quoted_part(self, line: str, at: int) -> int:
        """Reads up to the closing quote, or the whole line when it has none."""
        if not self.open:
            at += 1
            self.open = True
        match = self._quoted.match(line, at)
        part = match[0] if match else ""
        self._parts.append(part)
        at += len(part)
        if at < len(line):
            self.open = False
            return at + 1
        return at


def _refuse(
    name: str, message: str, cure: str, code: str = "J520", line: int | None = None
) -> FormatError:
    return FormatError(
        [Problem(code, Severity.ERROR, message, Where(file=name, line=line), cure=cure)]
    )

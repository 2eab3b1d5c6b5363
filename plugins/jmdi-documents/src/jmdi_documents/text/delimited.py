"""Delimited text (.csv, .tsv) with any delimiter: the file as one grid of typed words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, takewhile
from typing import NamedTuple

from jmdi.errors import Severity
from jmdi.files.delimited import DELIMITERS, unguard
from jmdi_documents.content.build import typed_cell
from jmdi_documents.content.grid import Block, Cell, Grid
from jmdi_documents.reading import Reading

__all__ = ["find_delimiter", "read_delimited"]

# The delimiter is chosen by the first rows: enough to see it, fast for a large file.
SAMPLE = 1 << 18
ROWS = 200
# A label and its value, which may stand between two tables.
LABEL = 2
# Rows that follow each other with a width of their own: a table, not a slip in each.
ANOTHER_TABLE = 3
DIRECTIVE = re.compile(r"sep=([,;\t|])\r?\n")


class Record(NamedTuple):
    """One row of the file: its fields and the lines they begin on.

    Attributes:
        fields: Its fields.
        lines: The first line of each field, from 1.
        unclosed: Whether a field begins with a quote that nothing closes.
    """

    fields: tuple[str, ...]
    lines: tuple[int, ...]
    unclosed: bool


class Width(NamedTuple):
    """How wide a row is: its line, its cells, those with words, and the last one with words."""

    line: int
    cells: int
    filled: int
    last: int


def _pattern(delimiter: str) -> re.Pattern[str]:
    """One field and what ends it; every part is possessive, so that the search never backtracks."""
    d = re.escape(delimiter)
    return re.compile(
        rf'(?: *"(?P<quoted>(?:[^"]++|"")*+)"(?P<rest>[^{d}\r\n]*+)|(?P<plain>[^{d}\r\n]*+))'
        rf"(?P<end>{d}|\r\n|\r|\n|\Z)"
    )


def _records(text: str, delimiter: str) -> Iterator[Record]:
    line, fields, lines, unclosed = 1, list[str](), list[int](), False
    at, pattern = 0, _pattern(delimiter)
    carriage = "\r" in text
    while at < len(text) or fields:
        if not fields and not carriage:  # a line without quotes, which most are, is cut at once
            end = text.find("\n", at)
            typed = text[at : end if end >= 0 else len(text)]
            if '"' not in typed:
                cells = tuple(typed.split(delimiter))
                yield Record(cells, (line,) * len(cells), False)
                line += 1
                at += len(typed) + 1
                continue
        found = pattern.match(text, at)
        assert found is not None  # the pattern also matches nothing at all
        quoted = found["quoted"]
        lines.append(line)
        if quoted is None:
            fields.append(found["plain"])
            unclosed = unclosed or found["plain"].lstrip(" ").startswith('"')
        else:
            fields.append(quoted.replace('""', '"').replace("\r\n", "\n") + found["rest"])
        line += _line_breaks(found[0])
        at = found.end()
        if found["end"] != delimiter:
            yield Record(tuple(fields), tuple(lines), unclosed)
            fields, lines, unclosed = [], [], False


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def find_delimiter(text: str) -> str:
    """The delimiter that gives most rows the same number of cells, quotes respected."""
    directive = DIRECTIVE.match(text)
    if directive:
        return directive[1]
    sample = text[:SAMPLE]
    scores = [(_score(sample, delimiter), -at) for at, delimiter in enumerate(DELIMITERS)]
    return DELIMITERS[-max(scores)[1]]


def _score(sample: str, delimiter: str) -> tuple[int, int]:
    """Rows that agree on a number of cells greater than one, and that number."""
    counts = Counter(len(r.fields) for r in islice(_records(sample, delimiter), ROWS))
    counts.pop(1, None)
    width, rows = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return rows, width


def read_delimited(text: str, reading: Reading, delimiter: str | None = None) -> tuple[Block, ...]:
    """The grid of a file; a ragged row keeps all its cells, and a quote that is never closed stays.

    Raises:
        FormatError: If it has too many cells, or the delimiter is not one character.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n '):
        reading.fail("D112", f"the delimiter {delimiter!a} is not one character")
    separator = delimiter or find_delimiter(text)
    cells: list[Cell] = []
    widths: list[Width] = []
    skipped = 1 if DIRECTIVE.match(text) else 0
    for row, record in enumerate(islice(_records(text, separator), skipped, None)):
        reading.spend_cells(len(record.fields))
        widths.append(_width(record))
        for column, (field, line) in enumerate(zip(record.fields, record.lines, strict=True)):
            if field:
                cells.append(typed_cell(row, column, unguard(field), line))
        if record.unclosed:
            reading.problem("D152", "a quote is not closed", line=record.lines[0])
    _report_ragged(widths, reading)
    columns = max((row.cells for row in widths), default=0)
    reading.check_grid(len(widths), columns, "file")
    return (Grid(len(widths), columns, tuple(cells), place="file", kind="file"),)


def _width(record: Record) -> Width:
    filled = [number for number, field in enumerate(record.fields, 1) if field.strip()]
    return Width(record.lines[0], len(record.fields), len(filled), filled[-1] if filled else 0)


def _report_ragged(rows: Sequence[Width], reading: Reading) -> None:
    """Reports rows in the midst of a table that have more or fewer cells than it has.

    Titles, labels and notes around a table have their own widths, and so has another table.
    """
    counts = Counter(row.cells for row in rows if row.cells > 1)
    usual = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    at = [number for number, row in enumerate(rows) if row.cells == usual]
    within = list(rows[at[0] : at[-1]]) if at else []
    within += takewhile(lambda row: row.filled, rows[at[-1] :] if at else ())
    for cells, run in groupby(within, lambda row: row.cells):
        own = list(run)
        if cells in (1, usual) or len(own) >= ANOTHER_TABLE:
            continue
        for row in own:
            if row.last > usual or (cells < usual and row.filled > LABEL):
                severity = Severity.WARNING if cells > usual else Severity.INFO
                message = f"the row has {cells} cells where most have {usual}"
                reading.problem("D151", message, severity=severity, line=row.line)

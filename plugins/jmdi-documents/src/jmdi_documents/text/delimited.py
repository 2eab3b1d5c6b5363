"""Delimited text (.csv, .tsv) with any delimiter: the file as one grid of typed words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice, takewhile

from jmdi.errors import Severity
from jmdi.files.delimited import DELIMITERS, unguard
from jmdi_documents.content.grid import Block, Grid
from jmdi_documents.content.typed import TypedCells, TypedRow
from jmdi_documents.reading import Reading

__all__ = ["find_delimiter", "read_delimited"]

# The delimiter is chosen by the first rows: enough to see it, fast for a large file.
SAMPLE = 1 << 18
ROWS = 200
# Lines are cut in chunks, so that a file is never all in pieces before its cells are counted.
CHUNK = 1 << 16
# A label and its value, which may stand between two tables.
LABEL = 2
# Rows that follow each other with a width of their own: a table, not a slip in each.
ANOTHER_TABLE = 3
DIRECTIVE = re.compile(r"sep=([,;\t|])\r?\n")


_new = tuple.__new__
"""Makes a row in half of the time: the constructor of a named tuple is a Python function."""


def _pattern(delimiter: str) -> re.Pattern[str]:
    """One field and what ends it; its parts exclude each other, so that nothing is tried twice."""
    d = re.escape(delimiter)
    return re.compile(
        rf'(?: *"(?P<quoted>(?:[^"]++|"")*)"(?!")(?P<rest>[^{d}\r\n]*+)|(?P<plain>[^{d}\r\n]*+))'
        rf"(?P<end>{d}|\r\n|\r|\n|\Z)"
    )


def _rows(text: str, delimiter: str) -> Iterator[list[TypedRow]]:
    """The rows of a file as typed, some at once."""
    line, at, carriage = 1, 0, "\r" in text
    pattern, quote = _pattern(delimiter), -1
    while at < len(text):
        # Lines without quotes, which most are, are cut many at once.
        if quote < at:
            quote = text.find('"', at)
            quote = len(text) if quote < 0 else quote
        end = 0 if carriage else _end_of_lines(text, at, quote)
        if end > at:
            plain = text[at:end].removesuffix("\n").split("\n")
            cells = [tuple(row.split(delimiter)) for row in plain]
            yield [_new(TypedRow, (row, n, (), False)) for n, row in enumerate(cells, line)]
            line, at = line + len(plain), end
        else:
            row, line, at = _row(text, at, line, pattern, delimiter)
            yield [row]


def _end_of_lines(text: str, at: int, quote: int) -> int:
    """Where some lines end that begin here and have no quote, as many as make a chunk."""
    if quote == len(text) <= at + CHUNK:
        return quote
    return text.rfind("\n", at, min(quote, at + CHUNK)) + 1


def _row(
    text: str, at: int, line: int, pattern: re.Pattern[str], delimiter: str
) -> tuple[TypedRow, int, int]:
    """A row field by field; with the line and the place at which the next one begins."""
    fields, lines, unclosed, more = list[str](), list[int](), False, True
    while more:
        found = pattern.match(text, at)
        assert found is not None  # the pattern also matches nothing at all
        quoted, rest, plain, end = found.groups()
        lines.append(line)
        if quoted is None:
            fields.append(plain)
            unclosed = unclosed or plain.lstrip(" ").startswith('"')
        else:
            fields.append(quoted.replace('""', '"').replace("\r\n", "\n") + rest)
            line += _line_breaks(quoted)
        at, more = found.end(), end == delimiter
    return TypedRow(tuple(fields), lines[0], tuple(lines), unclosed), line + 1, at


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
    first = islice(chain.from_iterable(_rows(sample, delimiter)), ROWS)
    counts = Counter(len(row.texts) for row in first)
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
    rows: list[TypedRow] = []
    guarded = "'" in text
    for some in _rows(text, separator):
        reading.spend_cells(sum([len(row.texts) for row in some]))
        if some[0].unclosed:  # one with a quote is alone
            reading.problem("D152", "a quote is not closed", line=some[0].line)
        if guarded or some[0].lines:
            some = [row._replace(texts=tuple(map(_clean, row.texts))) for row in some]
        rows += some
    if DIRECTIVE.match(text):
        del rows[0]
    _report_ragged(rows, reading)
    columns = max((len(row.texts) for row in rows), default=0)
    reading.check_grid(len(rows), columns, "file")
    return (Grid(len(rows), columns, TypedCells(rows), place="file", kind="file"),)


def _clean(field: str) -> str:
    """The words of a field, as a cell has them."""
    text = unguard(field)
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return text


def _report_ragged(rows: Sequence[TypedRow], reading: Reading) -> None:
    """Reports rows in the midst of a table that have more or fewer cells than it has.

    Titles, labels and notes around a table have their own widths, and so has another table.
    """
    widths = [len(row.texts) for row in rows]
    counts = Counter(widths)
    del counts[1]
    if len(counts) < 2:  # as in most files
        return
    usual = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    at = [number for number, width in enumerate(widths) if width == usual]
    within = list(rows[at[0] : at[-1]]) if at else []
    within += takewhile(_filled, rows[at[-1] :] if at else ())
    for cells, run in groupby(within, lambda row: len(row.texts)):
        own = list(run)
        if cells in (1, usual) or len(own) >= ANOTHER_TABLE:
            continue
        for row in own:
            filled = _filled(row)
            if (filled and filled[-1] > usual) or (cells < usual and len(filled) > LABEL):
                severity = Severity.WARNING if cells > usual else Severity.INFO
                message = f"the row has {cells} cells where most have {usual}"
                reading.problem("D151", message, severity=severity, line=row.line)


def _filled(row: TypedRow) -> list[int]:
    """The cells of a row that have words, counted from 1."""
    return [number for number, text in enumerate(row.texts, 1) if text.strip()]

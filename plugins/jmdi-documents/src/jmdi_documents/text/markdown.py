"""Markdown (.md): pipe tables as grids, headings and text as paragraphs.

Inline marks stay as typed, but for backslash escapes, entities, ``<br>``, and bold around all of a
line or cell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from jmdi_documents.content.build import Draft, freeze_grid, typed_draft
from jmdi_documents.content.grid import Block, Grid, Paragraph
from jmdi_documents.content.listing import split_marker
from jmdi_documents.html.page import WebReader
from jmdi_documents.reading import Reading

__all__ = ["escape_markdown", "has_pipe_table", "read_markdown"]

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
ALIGNMENT = re.compile(r":?-+:?")
FENCE = re.compile(r" {0,3}(```+|~~~+)")
CODE = re.compile(r"\\.|`+", re.DOTALL)
SPLIT = re.compile(r"\\.|\||[^\\|]+|\\", re.DOTALL)
TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<br><br[ ]?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)|[^\\<&]+|.",
    re.IGNORECASE | re.DOTALL,
)
ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\|`*_#[]"} | {"&": "&amp;", "<": "&lt;"})

LINE_END = re.compile(r"\r\n|\r|\n")


def escape_markdown(text: str) -> str:
    """A text for one cell of a pipe table, so that `read_markdown` gives it back."""
    return "<br>".join(LINE_END.split(text.translate(ESCAPES)))


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Where inline code begins and ends: between runs of backticks of the same length."""
    runs = [found for found in CODE.finditer(text) if found[0][0] == "`"]
    ends: dict[int, int] = {}
    partner: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        partner[at] = ends.get(len(runs[at][0]), -1)
        ends[len(runs[at][0])] = at
    spans = []
    at = 0
    while at < len(runs):
        if partner[at] > 0:
            spans.append((runs[at].start(), runs[partner[at]].end()))
            at = partner[at]
        at += 1
    return spans


def _outside(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and whether each is inline code."""
    at = 0
    for start, end in spans:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _split(line: str, spans: list[tuple[int, int]]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for piece, is_code in _outside(line, spans):
        for part in [piece] if is_code else SPLIT.findall(piece):
            if part == "|" and not is_code:
                pieces.append([])
            else:
                pieces[-1].append(part)
    cells = ["".join(parts) for parts in pieces]
    if len(cells) > 1 and not cells[0].strip():
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return [cell.strip() for cell in cells]


def _row(line: str, width: int | None = None) -> list[str]:
    """Raw cells of a row; a pipe in inline code is text unless the row is too short without it."""
    line = line.strip()
    cells = _split(line, _code_spans(line))
    if width is not None and len(cells) != width:
        plain = _split(line, [])
        return plain if len(plain) == width else cells
    return cells


def _plain(raw: str) -> str:
    """The text of a raw cell or line."""
    raw = raw.strip()
    for mark in ("**", "__"):
        inner = raw[2:-2]
        if len(raw) > 4 and raw.startswith(mark) and raw.endswith(mark) and mark not in inner:
            raw = inner.strip() if not inner.endswith("\\") else raw
    pieces = []
    for piece, is_code in _outside(raw, _code_spans(raw)):
        pieces.append(piece.replace("\\|", "|") if is_code else TOKEN.sub(_shown, piece))
    return "".join(pieces)


def _shown(found: re.Match[str]) -> str:
    if found["entity"]:
        return html.unescape(found[0])
    return "\n" if found["br"] else found["escaped"] or found[0]


def _is_table(lines: list[str], at: int) -> bool:
    """Whether a header and a row of dashes with as many cells stand here."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "-" not in lines[at + 1]:
        return False
    dashes = _row(lines[at + 1])
    if not all(map(ALIGNMENT.fullmatch, dashes)):
        return False
    return len(_row(lines[at], len(dashes))) == len(dashes)


def has_pipe_table(text: str) -> bool:
    """Whether a text has a pipe table."""
    lines = text.split("\n")
    return any(_is_table(lines, at) for at in range(len(lines)))


def read_markdown(text: str, reading: Reading) -> tuple[Block, ...]:
    """Headings, text and tables in order.

    Raises:
        FormatError: If it has too many cells.
    """
    return tuple(_Markdown(text, reading).blocks())


class _Markdown:
    def __init__(self, text: str, reading: Reading) -> None:
        self.reading = reading
        self.lines = re.split(r"\r\n|\r|\n", text)
        self.title = ""
        self.tables = 0
        self.paragraphs = 0
        self._waiting: list[str] = []

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            heading = HEADING.match(line)
            if heading:
                yield from self._flush()
                words = CLOSING.sub("", line[heading.end() :])
                yield from self._paragraph(words, len(heading[1]))
            elif self._waiting and UNDERLINE.fullmatch(line):
                level = 1 if "=" in line else 2
                yield from self._flush(level)
            elif _is_table(self.lines, at):
                yield from self._flush()
                at, grid = self._table(at)
                yield grid
                continue
            elif line.lstrip()[:6].lower() == "<table":
                yield from self._flush()
                end = self._end_of_html(at)
                yield from self._html("\n".join(self.lines[at:end]))
                at = end
                continue
            elif FENCE.match(line) or not line.strip():
                yield from self._flush()
            else:
                if split_marker(line)[0]:
                    yield from self._flush()
                self._waiting.append(line)
            at += 1
        yield from self._flush()

    def _flush(self, heading: int | None = None) -> Iterator[Paragraph]:
        waiting, self._waiting = self._waiting, []
        if waiting:
            yield from self._paragraph("\n".join(waiting), heading)

    def _paragraph(self, raw: str, heading: int | None) -> Iterator[Paragraph]:
        marker, level, label, words = split_marker(raw)
        if marker != "bullet":
            marker, level, label, words = None, 0, "", raw
        text = "\n".join(_plain(line) for line in words.split("\n"))
        if text.strip():
            self.paragraphs += 1
            self.title = text
            yield Paragraph(
                text, marker, level, label, heading=heading, place=f"paragraph {self.paragraphs}"
            )

    def _table(self, at: int) -> tuple[int, Grid]:
        """The table that begins at a line, and the line after it."""
        self.tables += 1
        place = f"table {self.tables}"
        width = len(_row(self.lines[at + 1]))
        drafts: list[Draft] = []
        row = 0
        while at < len(self.lines) and self._goes_on(at, row):
            cells = _row(self.lines[at], width)
            if len(cells) != width:
                message = f"the row has {len(cells)} cells where the table has {width}"
                self.reading.problem("D151", message, line=at + 1)
            self.reading.spend_cells(len(cells))
            for column, raw in enumerate(cells):
                where = f"{place}, row {row + 1}, cell {column + 1}"
                drafts.append(typed_draft(row, column, where, _plain(raw), at + 1))
            at += 2 if row == 0 else 1
            row += 1
        grid = freeze_grid(
            self.reading,
            drafts,
            rows=row,
            columns=width,
            title=self.title,
            place=place,
            header_rows=1,
        )
        self.title = ""
        return at, grid

    def _goes_on(self, at: int, row: int) -> bool:
        """Whether a line is the next row: one with a pipe, as text without one is a paragraph."""
        return row == 0 or "|" in self.lines[at]

    def _end_of_html(self, at: int) -> int:
        depth = 0
        for end in range(at, len(self.lines)):
            line = self.lines[end].lower()
            depth += line.count("<table") - line.count("</table")
            if depth <= 0:
                return end + 1
        return len(self.lines)

    def _html(self, text: str) -> Iterator[Block]:
        reader = WebReader(
            self.reading, tables=self.tables, paragraphs=self.paragraphs, title=self.title
        )
        yield from reader.read(text)
        self.tables, self.paragraphs, self.title = reader.tables, reader.paragraphs, ""

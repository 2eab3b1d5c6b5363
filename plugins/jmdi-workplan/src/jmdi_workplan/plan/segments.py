"""A document cut into segments: what each line and row is, before anyone asks what it means.

A grid is cut where a header of a table of actions stands. What stands between the last action of
one table and the header of the next is loose: title block, heading, caption. It is no action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import attrs

from jmdi.words.folding import fold
from jmdi_documents import Document, Grid, Paragraph
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.plan.entries import Entry, entries
from jmdi_workplan.plan.given import NOTHING, Given
from jmdi_workplan.plan.grids import GridRow, flat, rows_of
from jmdi_workplan.plan.header_rows import columns_of, headers, is_name
from jmdi_workplan.plan.labels import is_label, label_kind, split_labels
from jmdi_workplan.plan.letterhead import country_of, is_letterhead, is_like_plan, names_plan
from jmdi_workplan.plan.levels import read_level
from jmdi_workplan.plan.rows import heads_section, row_roles
from jmdi_workplan.words.lexicon import group

__all__ = ["Line", "Segment", "SegmentKind", "is_numbered", "segments"]

SegmentKind: TypeAlias = Literal[
    "title block",
    "caption",
    "header",
    "repeated header",
    "continued table",
    "section",
    "action",
    "total",
    "note",
    "numbered empty",
    "text",
    "aside",
]

Follows: TypeAlias = Literal["nothing", "same header", "new header"]

ASIDES = frozenset({"header", "footer", "footnote", "endnote", "comment", "text box", "caption"})
"""Styles of paragraphs that are no part of the running text, so never a title or heading."""

FEWEST_CHOICES, LONGEST_CHOICE = 3, 40
"""Fewest rows of a sheet that lists what to choose from, and its longest choice."""

_SIGNATURES = 4
"""Most labels of signatures beside each other."""

UNNAMED = re.compile(r"(?:sheet|feuille?|hoja|tabelle|plan|table|tableau)?\s*\d*", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LABELLED = re.compile(r"[^:]{1,60}:\s*\S")


@attrs.frozen(slots=True)
class Line:
    """A line that is no action: a paragraph, or a row of a grid.

    Attributes:
        cells: Its texts: one of a paragraph, one for each cell with words of a row.
        place: Where it stands.
        style: Style of the paragraph: ``header`` or ``footer`` of a page, ``comment``, …
        heading: Level of the heading, 0 for a title; ``None`` for other lines.
        texts: Of a row, its text under each column.
    """

    cells: tuple[str, ...]
    place: str = ""
    style: str = ""
    heading: int | None = None
    texts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The line as one text; two cells are a label and its value."""
        if len(self.cells) == 2:
            return f"{self.cells[0].rstrip(' :')}: {self.cells[1]}"
        return " | ".join(self.cells)


@attrs.frozen(slots=True)
class Segment:
    """Lines or rows of a document that are one thing.

    Attributes:
        kind: What they are.
        place: Where they stand: the grid, or the first line.
        lines: The lines; of actions none, since their words are in ``entries``.
        columns: Of a header, what its columns mean.
        entries: Of actions that follow each other, the rows of each.
        sheet: Of a header, the name of its sheet.
    """

    kind: SegmentKind
    place: str
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    entries: tuple[Entry, ...] = ()
    sheet: str = ""


def segments(document: Document, given: Given = NOTHING) -> tuple[Segment, ...]:
    """Cuts a document into its segments, in the order of the document.

    Args:
        document: The document.
        given: What the caller says that columns mean.
    """
    cutter = _Cutter(given)
    for block in flat(document.blocks, given):
        if isinstance(block, Grid):
            cutter.read_grid(block)
        else:
            cutter.read_paragraph(block)
    cutter.end_of_lines()
    return tuple(cutter.found)


@attrs.define
class _Cutter:
    """Reads blocks one after the other and remembers the lines that no table has claimed yet."""

    given: Given = NOTHING
    found: list[Segment] = attrs.field(factory=list)
    loose: list[Line] = attrs.field(factory=list)
    columns: tuple[Column, ...] = ()
    begun: bool = False

    def read_paragraph(self, block: Paragraph) -> None:
        words = f"{block.label} {block.text}".strip() if block.label else block.text.strip()
        if not words:
            return
        line = Line((words,), block.place, block.style, block.heading)
        if block.style in ASIDES:
            self.add("aside", [line])
        else:
            self.loose.append(line)

    def read_grid(self, grid: Grid) -> None:
        """Cuts a grid at its headers."""
        rows = rows_of(grid)
        texts = [row.texts for row in rows]
        heads = _heads(grid, rows, texts, self.given)
        first = heads[0][0] if heads else len(rows)
        if not heads and grid.kind == "sheet" and _are_choices(rows):
            self.add("aside", [Line((grid.title,), grid.place), *_lines(grid, rows)])
        elif not heads and self._goes_on(rows):
            self.add("continued table", [], place=grid.place)
            self._read_body(grid, rows)
        else:
            self.loose += _lines(grid, rows[:first])
        for number, (start, depth) in enumerate(heads):
            self._open(grid, rows, start, depth)
            body = rows[start + depth :]
            follows: Follows = "nothing"
            if number + 1 < len(heads):
                body = rows[start + depth : heads[number + 1][0]]
                again = _same_head(columns_of(texts, *heads[number + 1], self.given), self.columns)
                follows = "same header" if again else "new header"
            cut = _cut(body, follows)
            self._read_body(grid, body[:cut])
            self.loose += _lines(grid, body[cut:])

    def end_of_lines(self) -> None:
        """What no table has claimed is text around the tables."""
        self.add("text" if self.begun else "title block", self.loose)
        self.loose = []

    def add(
        self, kind: SegmentKind, lines: Sequence[Line], *, place: str = "", **more: object
    ) -> None:
        """Adds a segment, unless it is empty."""
        if lines or place:
            where = place or lines[0].place
            self.found.append(Segment(kind, where, tuple(lines), **more))  # type: ignore[arg-type]

    def _open(self, grid: Grid, rows: Sequence[GridRow], start: int, depth: int) -> None:
        """Begins a table with what stands above it."""
        texts = [row.texts for row in rows]
        columns = columns_of(texts, start, depth, self.given)
        repeated = not self.loose and self.begun and _same_head(columns, self.columns)
        captions = self._captions(grid)
        self.add("title block", [line for line in self.loose if line not in captions])
        self.add("caption", captions)
        head = list(_lines(grid, rows[start : start + depth]))
        sheet = grid.title if grid.kind == "sheet" else ""
        kind: SegmentKind = "repeated header" if repeated and not captions else "header"
        self.add(kind, head, place=grid.place, columns=columns, sheet=sheet)
        self.columns, self.begun, self.loose = columns, True, []

    def _captions(self, grid: Grid) -> list[Line]:
        """The lines above a table that name it, else the name of its sheet if that is one.

        The first line of a document that can be is its title, and a line such as "Author: …" or
        "Town of Naga" belongs to the title block.
        """
        sure = [line for line in self.loose[not self.begun :] if is_caption(line.words)]
        if sure:
            return sure
        last = self.loose[-1] if self.loose else None
        above = self.begun or _is_below_title(self.loose)
        if last and above and not self._is_of_block(last):
            return [last]
        named = grid.kind == "sheet" and (
            YEAR.search(grid.title) or not UNNAMED.fullmatch(grid.title)
        )
        return [Line((grid.title,), grid.place)] if named else []

    def _is_of_block(self, last: Line) -> bool:
        """Whether the last line says something of the plan: "Author: …", "Republic of Ghana"."""
        return _labelled(last) or _answers(self.loose) or _is_country(last.words)

    def _goes_on(self, rows: Sequence[GridRow]) -> bool:
        """Whether a grid without a header continues the table before it."""
        return bool(
            self.begun and not self.loose and rows and len(self.columns) == len(rows[0].texts)
        )

    def _read_body(self, grid: Grid, rows: Sequence[GridRow]) -> None:
        """The rows of a table; actions that follow each other are one segment."""
        waiting: list[GridRow] = []
        roles = row_roles(rows, self.columns)
        for row, role in zip(rows, roles, strict=True):
            if role == "action":
                waiting.append(row)
                continue
            self._add_actions(grid, waiting)
            waiting = []
            if role != "empty":
                kind: SegmentKind = "repeated header" if role == "repeat-header" else role
                self.add(kind, list(_lines(grid, [row])))
        self._add_actions(grid, waiting)

    def _add_actions(self, grid: Grid, rows: Sequence[GridRow]) -> None:
        if rows:
            acting = tuple(entries(rows, self.columns))
            self.found.append(Segment("action", grid.place, entries=acting))


def _heads(
    grid: Grid, rows: Sequence[GridRow], texts: Sequence[Sequence[str]], given: Given
) -> list[tuple[int, int]]:
    """Where headers begin in a grid, and how many rows they have; the caller's word comes first."""
    heads = list(headers(texts, given))
    told = given.row
    start = next((n for n, row in enumerate(rows) if told and row.number == told.first), None)
    if told is None or start is None or not told.is_in(grid.place) or not rows[start].words:
        return heads
    if told.last is None:
        depth = next((d for n, d in heads if n == start), 1)
    else:
        depth = sum(told.first <= row.number <= told.last for row in rows)
    return [(start, depth), *(head for head in heads if head[0] >= start + depth)]


def _are_choices(rows: Sequence[GridRow]) -> bool:
    """Whether rows are lists to choose from: names of columns, and short words below each."""
    lines = [row.words for row in rows if row.words]
    if len(lines) < FEWEST_CHOICES or not all(map(is_name, lines[0])):
        return False
    texts = [text for line in lines[1:] for text in line]
    plain = all(len(text) <= LONGEST_CHOICE and ":" not in text for text in texts)
    return plain and not any(is_label(line[0]) for line in lines[1:])


def _lines(grid: Grid, rows: Sequence[GridRow]) -> Iterator[Line]:
    """Rows that hold words as lines."""
    for row in rows:
        if row.words:
            place = f"{grid.place}, row {row.number}"
            yield Line(tuple(row.words), place, texts=tuple(row.texts))


def _cut(rows: Sequence[GridRow], follows: Follows) -> int:
    """Where the rows of a table end, so that the others are a heading or title block.

    Args:
        rows: The rows between two headers, or from the last one on.
        follows: What stands below them.
    """
    blank = max((n for n, row in enumerate(rows[:-1]) if not row.words), default=0)
    if follows == "nothing" and blank and _is_signed(rows[blank + 1].words):
        return blank
    tail = len(rows)
    while tail and _is_loose(rows[tail - 1]):
        tail -= 1
    for number in range(max(tail, 1), len(rows)):
        words = rows[number].words
        apart = not rows[number - 1].words
        if not words:
            continue
        if follows == "nothing":
            if not apart and _is_approved(words[0]):
                continue
            if split_labels(words[0]) or (apart and is_label(words[0])):
                return number
        elif apart or _is_labelled(words[0]) or is_caption(words[0]):
            return number
    end = len(rows)
    while follows == "new header" and end > max(tail, 1) and len(rows[end - 1].words) == 1:
        end -= 1
    return end


def _is_signed(words: Sequence[str]) -> bool:
    """Whether a row has the labels of signatures and little else: "Approved by", "Date"."""
    last = [sorts_of(fold(text).split()[-1]) if fold(text) else frozenset() for text in words]
    checked = any("check" in sorts_of(word) for word in fold(words[0]).split())
    return len(words) <= _SIGNATURES and ("by" in last[0] or checked)


def _is_approved(text: str) -> bool:
    """Whether a row says who approved the table above it, and belongs to its notes."""
    return label_kind(text.partition(":")[0], "mark") == "approver"


def _is_loose(row: GridRow) -> bool:
    return len(row.words) < 2 or (len(row.words) == 2 and is_label(row.words[0]))


def _is_labelled(text: str) -> bool:
    """Whether a text is a label, or has one: "Country", "Prepared by: planning unit"."""
    return is_label(text) or bool(split_labels(text))


def is_caption(words: str) -> bool:
    """Whether a line names a table for sure: "Table 1: …", "Goal 2: …", "At the local level"."""
    return is_numbered(words) or heads_section(words) or read_level(words) is not None


def is_numbered(words: str) -> bool:
    """Whether a line begins as "Table 1" or "Tableau 2" do."""
    first = fold(words[:40]).split()[:2]
    return len(first) == 2 and first[1].isdigit() and first[0] in group("row", "caption")


def _is_below_title(lines: Sequence[Line]) -> bool:
    """Whether the last line above the first table can be a caption: the title is another one."""
    if not lines:
        return False
    words = lines[-1].words
    others = [line for line in lines[:-1] if not _labelled(line)]
    if names_plan(words) or is_like_plan(words):
        return any(names_plan(line.words) for line in others)
    return not is_letterhead(words) and not all(is_letterhead(line.words) for line in others)


def _labelled(line: Line) -> bool:
    return len(line.cells) > 1 or LABELLED.match(line.words) is not None or _inside(line)


def _inside(line: Line) -> bool:
    return any(split_labels(text) for text in line.cells[0].split("\n"))


def _is_country(words: str) -> bool:
    """Whether a line says which country the plan is of: "Republic of Ghana", "Kayes, Mali"."""
    return any(map(country_of, (words, re.split(r"[,(–—]|\s-\s", words)[-1].strip(" )"))))


def _answers(lines: Sequence[Line]) -> bool:
    """Whether the last line is the value of a label on the line before."""
    return len(lines) > 1 and len(lines[-2].cells) == 1 and is_label(lines[-2].cells[0])


def _same_head(one: Sequence[Column], other: Sequence[Column]) -> bool:
    return [fold(column.header) for column in one] == [fold(column.header) for column in other]

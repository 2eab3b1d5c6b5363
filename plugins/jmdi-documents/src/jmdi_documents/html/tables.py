"""Tables of a web page: where each cell stands, by the rules that browsers follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from jmdi_documents.content.build import Draft, Occupied, freeze_grid
from jmdi_documents.content.colours import css_colour
from jmdi_documents.content.grid import Block, Grid, Paragraph
from jmdi_documents.content.listing import with_typed_markers
from jmdi_documents.office.xml import Element, local, small

if TYPE_CHECKING:
    from jmdi_documents.html.page import WebReader

__all__ = ["WebTable"]

GROUPS = {"thead", "tbody", "tfoot"}
SILENT = {"colgroup", "col", "script", "style", "template"}
CELLS = {"td", "th"}
MOST_COLUMNS = 1000
"""What browsers take as the largest ``colspan``."""

BACKGROUND = re.compile(r"(?:^|;)\s*background(-color)?\s*:\s*([^;]{0,200})", re.IGNORECASE)


@attrs.define(slots=True)
class _Row:
    """A row: its element if it has one, its cells, the number of its group."""

    element: Element | None
    cells: list[Element]
    group: int
    in_head: bool


class WebTable:
    """One table in the making.

    Attributes:
        stray: Blocks that lie in the table but in no cell.
        title: Its caption.
    """

    def __init__(self, reader: WebReader, element: Element, place: str, depth: int) -> None:
        self.reader = reader
        self.reading = reader.reading
        self.place = place
        self.depth = depth
        self.stray: list[Block] = []
        self.title = ""
        self._rows: list[_Row] = []
        self._groups = 0
        self._loose = False
        self._gather(element, False, depth)

    def _gather(self, parent: Element, in_head: bool, depth: int) -> None:
        """Collects rows; cells without a row make one, and what is neither is stray."""
        self.reading.check_depth(depth, self.place)
        self._stray_words(parent.text)
        for item in parent:
            name = local(item)
            if name == "tr" and self.reader.leaves_out(item, self.place):
                continue
            if name == "tr":
                self._rows.append(_Row(item, [*self._cells(item, depth)], self._groups, in_head))
                self._loose = False
            elif name in CELLS:
                if not self._loose:
                    self._rows.append(_Row(None, [], self._groups, in_head))
                self._loose = True
                self._rows[-1].cells.append(item)
            elif name in GROUPS:
                self._groups += 1
                self._gather(item, name == "thead", depth + 1)
                self._groups += 1
            elif name == "caption":
                self._caption(item)
            elif name and name not in SILENT:
                self._other(item, in_head, depth)
            self._stray_words(item.tail)

    def _other(self, item: Element, in_head: bool, depth: int) -> None:
        if next(item.iter("tr", "td", "th"), None) is not None and local(item) != "table":
            self._gather(item, in_head, depth + 1)
        else:
            place = f"{self.place}, outside its cells"
            self.stray += self.reader.flow(item, place, depth + 1, whole=True)

    def _cells(self, row: Element, depth: int) -> Iterator[Element]:
        self.reading.check_depth(depth, self.place)
        self._stray_words(row.text)
        for item in row:
            if local(item) in CELLS:
                yield item
            elif local(item) and local(item) not in SILENT:
                yield from self._cells(item, depth + 1)
            self._stray_words(item.tail)

    def _stray_words(self, text: str | None) -> None:
        if text and text.strip():
            place = f"{self.place}, outside its cells"
            self.stray.append(Paragraph(" ".join(text.split()), place=place))

    def _caption(self, item: Element) -> None:
        blocks = self.reader.flow(item, f"{self.place}, caption", self.depth + 1)
        self.stray += blocks
        words = [block.text for block in blocks if isinstance(block, Paragraph)]
        self.title = self.title or " ".join(words)

    def grid(self, title: str) -> Grid:
        """The grid with its cells placed."""
        occupied = Occupied(self.reading)
        drafts: list[Draft] = []
        ends = {row.group: at + 1 for at, row in enumerate(self._rows)}
        for at, row in enumerate(self._rows):
            column = 0
            for number, cell in enumerate(row.cells, 1):
                while (at, column) in occupied:
                    column += 1
                draft = self._draft(cell, row, at, column, number, ends[row.group] - at, occupied)
                drafts.append(draft)
                column += draft.column_span
        return freeze_grid(
            self.reading,
            drafts,
            rows=len(self._rows),
            title=title,
            place=self.place,
            header_rows=self._header_rows(),
        )

    def _draft(
        self,
        cell: Element,
        row: _Row,
        at: int,
        column: int,
        number: int,
        left: int,
        occupied: Occupied,
    ) -> Draft:
        place = f"{self.place}, row {at + 1}, cell {number}"
        columns = self._span(cell, "colspan", MOST_COLUMNS, place)
        rows = self._span(cell, "rowspan", 65_534, place)
        rows = left if rows == 0 else min(rows, left)
        columns = self._free(at, column, max(1, columns), occupied, place)
        occupied.take(at, column, rows, columns)  # what is free in a row is free below it
        draft = Draft(at, column, place, rows, columns, self._fill(cell, row.element, place))
        self._fill_in(draft, cell)
        return draft

    def _free(self, row: int, column: int, columns: int, occupied: Occupied, place: str) -> int:
        """How many of the wanted columns are free."""
        for more in range(1, columns):
            if (row, column + more) in occupied:
                self.reading.problem("D123", "the cell reaches into another", place=place)
                return more
        return columns

    def _span(self, cell: Element, name: str, most: int, place: str) -> int:
        text = (cell.get(name) or "1").strip()
        number = small(text)
        if 0 <= number <= most:
            return number
        self.reading.problem("D121", f"the {name} cannot be", place=place, value=text)
        return most if number > most or (text.isdecimal() and text.isascii()) else 1

    def _fill_in(self, draft: Draft, cell: Element) -> None:
        blocks = self.reader.flow(cell, draft.place, self.depth + 1)
        texts = [block for block in blocks if isinstance(block, Paragraph)]
        draft.nested += [block for block in blocks if isinstance(block, Grid)]
        draft.lines += [paragraph.text for paragraph in texts]
        draft.paragraphs += with_typed_markers(texts)

    def _header_rows(self) -> int:
        """First rows that are in the head of the table or have header cells only."""
        count = 0
        for row in self._rows:
            if not row.in_head and not (row.cells and all(local(c) == "th" for c in row.cells)):
                break
            count += 1
        return count

    def _fill(self, cell: Element, row: Element | None, place: str) -> str | None:
        """Background of a cell: its own, or that of its row."""
        for element in (cell, row):
            for text in () if element is None else self._backgrounds(element):
                colour, understood = css_colour(text)
                if not understood:
                    self.reading.problem(
                        "D161", "the colour is not understood", place=place, value=text
                    )
                elif colour:
                    return colour
        return None

    def _backgrounds(self, element: Element) -> Iterator[str]:
        """What is said of a background, the strongest first."""
        classes = (
            self.reader.classes.get(name, "") for name in (element.get("class") or "").split()
        )
        for declarations in (element.get("style") or "", *classes):
            for is_colour, value in BACKGROUND.findall(declarations):
                words = value.split() if not is_colour and "(" not in value else [value]
                yield from words[:1]
        if colour := (element.get("bgcolor") or "").strip():
            yield f"#{colour}" if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else colour

"""Tables of an OpenDocument text: spans, fills and what lies inside the cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jmdi_documents.content.build import Draft, Occupied, freeze_grid
from jmdi_documents.content.grid import Grid
from jmdi_documents.content.listing import with_bullet, with_typed_markers
from jmdi_documents.office.xml import Element, attribute, local, small

if TYPE_CHECKING:
    from jmdi_documents.odf.document import OpenText

__all__ = ["OpenTable"]

MOST_COLUMNS = 1024
MOST_ROWS = 65_536


class OpenTable:
    """One table.

    Args:
        text: The text it stands in.
        place: Where it stands.
        title: The nearest words before it.
        depth: How deep it is nested.
    """

    def __init__(self, text: OpenText, place: str, title: str, depth: int) -> None:
        self.text = text
        self.place = place
        self.title = title
        self.depth = depth
        self._drafts: list[Draft] = []
        self._rows = self._columns = self._header_rows = 0
        self._hidden: list[int] = []
        self._occupied = Occupied(text.reading)

    def read(self, table: Element) -> Grid:
        """The grid of a ``table:table``."""
        self._gather(table, False, self.depth)
        for draft in self._drafts:
            self._within_rows(draft)
        return freeze_grid(
            self.text.reading,
            self._drafts,
            rows=self._rows,
            columns=self._columns,
            title=self.title,
            place=self.place,
            header_rows=self._header_rows,
            hidden_rows=self._hidden,
        )

    def _within_rows(self, draft: Draft) -> None:
        """Ends a cell with the last row: rows that it covers are there, with covered cells."""
        most = self._rows - draft.row
        if draft.row_span > most:
            message = f"the cell covers {draft.row_span} rows, and the table has {most} of them"
            self.text.reading.problem("D121", message, place=draft.place)
            draft.row_span = most

    def _gather(self, parent: Element, in_head: bool, depth: int) -> None:
        self.text.reading.check_depth(depth, self.place)
        for item in parent:
            name = local(item)
            if name == "table-row":
                for _ in range(self._repeats(item, "number-rows-repeated", MOST_ROWS)):
                    if in_head and self._header_rows == self._rows:
                        self._header_rows += 1
                    self._row(item)
            elif name in ("table-header-rows", "table-rows", "table-row-group"):
                self._gather(item, in_head or name == "table-header-rows", depth + 1)

    def _row(self, row: Element) -> None:
        if attribute(row, "visibility") in ("collapse", "filter"):
            self._hidden.append(self._rows)
        number = column = 0
        for cell in self._cells(row):
            if local(cell) == "table-cell":
                number += 1
                place = f"{self.place}, row {self._rows + 1}, cell {number}"
                self._cell(cell, column, place)
            column += 1
        self._rows += 1
        self._columns = max(self._columns, column)

    def _cells(self, row: Element) -> Iterator[Element]:
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                for _ in range(self._repeats(cell, "number-columns-repeated", MOST_COLUMNS)):
                    yield cell

    def _repeats(self, item: Element, name: str, most: int) -> int:
        times = small(attribute(item, name), 1)
        self.text.reading.spend_cells(times)
        return min(times, most)

    def _cell(self, cell: Element, column: int, place: str) -> None:
        rows = max(1, small(attribute(cell, "number-rows-spanned"), 1))
        columns = max(1, small(attribute(cell, "number-columns-spanned"), 1))
        if columns > MOST_COLUMNS or rows > MOST_ROWS:
            message = "the numbers of rows and columns of the cell cannot be"
            self.text.reading.problem("D121", message, place=place, value=f"{rows} x {columns}")
            rows = columns = 1
        if not self._occupied.take(self._rows, column, rows, columns):
            self.text.reading.problem("D123", "the cell overlaps another", place=place)
            rows = columns = 1
        draft = Draft(self._rows, column, place, row_span=rows, column_span=columns)
        draft.fill = self.text.styles.fill(attribute(cell, "style-name"))
        found = list(self.text.blocks(cell, place, self.depth + 1))
        texts = [block for block in found if not isinstance(block, Grid)]
        draft.nested += [block for block in found if isinstance(block, Grid)]
        draft.lines += map(with_bullet, texts)
        draft.paragraphs += with_typed_markers(texts)
        self._drafts.append(draft)

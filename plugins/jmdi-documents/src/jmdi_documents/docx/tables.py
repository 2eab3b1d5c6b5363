"""Tables of a Word document: spans, vertical merges, fills and what lies inside the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jmdi_documents.content.build import Draft, freeze_grid
from jmdi_documents.content.colours import hex_colour, mixed
from jmdi_documents.content.grid import Grid
from jmdi_documents.content.listing import with_bullet, with_typed_markers
from jmdi_documents.docx.text import is_off
from jmdi_documents.office.xml import Element, attribute, by_name, child, children

if TYPE_CHECKING:
    from jmdi_documents.docx.document import Context

__all__ = ["read_table"]

MOST_COLUMNS = 1024
"""Word itself stops at 63 columns."""

ROW = frozenset({"tr"})
CELL = frozenset({"tc"})


def read_table(
    context: Context, table: Element, place: str, title: str, struck: bool, depth: int
) -> Grid:
    """The grid of a ``w:tbl``; cells count as the boxes that a reader sees in a row."""
    reader = _Table(context, table, place, depth)
    for _, row, gone in context.content(table, ROW, place, struck):
        reader.row(row, gone)
    return freeze_grid(
        context.reading,
        reader.drafts,
        rows=reader.rows,
        columns=reader.columns,
        title=title,
        place=place,
        header_rows=reader.header_rows,
        hidden_rows=reader.hidden_rows,
    )


class _Table:
    def __init__(self, context: Context, table: Element, place: str, depth: int) -> None:
        self.context = context
        self.place = place
        self.depth = depth
        self.drafts: list[Draft] = []
        self.rows = 0
        self.columns = min(MOST_COLUMNS, len(list(children(child(table, "tblGrid"), "gridCol"))))
        self.header_rows = 0
        self.hidden_rows: list[int] = []
        self._open: dict[int, Draft] = {}

    def row(self, row: Element, struck: bool) -> None:
        properties = by_name(child(row, "trPr"))
        place = f"{self.place}, row {self.rows + 1}"
        if not is_off(properties.get("tblHeader")) and self.header_rows == self.rows:
            self.header_rows += 1
        if not is_off(properties.get("hidden")):
            self.hidden_rows.append(self.rows)
        struck = struck or "del" in properties
        column = self._number(properties.get("gridBefore"), 0, 0, place)
        still_open: dict[int, Draft] = {}
        for number, (_, cell, gone) in enumerate(self.context.content(row, CELL, place, struck), 1):
            column = self._cell(cell, column, f"{place}, cell {number}", gone, still_open)
        column += self._number(properties.get("gridAfter"), column, 0, place)
        self.columns = max(self.columns, column)
        self._open = still_open
        self.rows += 1

    def _cell(
        self, cell: Element, column: int, place: str, struck: bool, still_open: dict[int, Draft]
    ) -> int:
        properties = by_name(child(cell, "tcPr"))
        span = self._number(properties.get("gridSpan"), column, 1, place)
        self.context.reading.spend_cells(span)
        draft = Draft(self.rows, column, place, column_span=span, fill=_fill(properties.get("shd")))
        gone = struck or "cellDel" in properties
        self._fill_in(draft, cell, gone)
        merge = properties.get("vMerge")
        if "hMerge" in properties and _goes_on(properties["hMerge"]):
            self._join_left(draft)
        elif merge is None:
            self.drafts.append(draft)
        elif _goes_on(merge):
            still_open[column] = self._join_above(draft)
        else:
            self.drafts.append(draft)
            still_open[column] = draft
        return column + span

    def _join_above(self, draft: Draft) -> Draft:
        """The cell above that a vertical merge continues, extended by this row."""
        origin = self._open.get(draft.column)
        if origin is None or origin.column_span != draft.column_span:
            message = "the cell continues a vertical merge that no cell above begins"
            self.context.reading.problem("D122", message, place=draft.place)
            self.drafts.append(draft)
            return draft
        origin.row_span += 1
        origin.cover(draft, self.context.reading)
        return origin

    def _join_left(self, draft: Draft) -> None:
        """Old documents merge to the left without a span."""
        left = self.drafts[-1] if self.drafts else None
        if left is None or left.row != draft.row or left.column + left.column_span != draft.column:
            message = "the cell continues a merge that no cell before it begins"
            self.context.reading.problem("D122", message, place=draft.place)
            self.drafts.append(draft)
            return
        left.column_span += draft.column_span
        left.cover(draft, self.context.reading)

    def _fill_in(self, draft: Draft, cell: Element, struck: bool) -> None:
        """Paragraphs and tables of a cell; its own lists and the typed ones.

        A bullet that Word draws stands in the text as if it were typed, so that the same cell in
        a workbook says the same.
        """
        blocks = self.context.blocks(cell, draft.place, struck, self.depth + 1)
        found = [*blocks]
        texts = [block for block in found if not isinstance(block, Grid)]
        draft.nested += [block for block in found if isinstance(block, Grid)]
        draft.lines += map(with_bullet, texts)
        draft.paragraphs += with_typed_markers(texts)

    def _number(self, element: Element | None, column: int, least: int, place: str) -> int:
        """A number of columns; one that cannot be is cut to what the table has left."""
        text = attribute(element, "val")
        if element is None or text is None:
            return least
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if least <= number <= MOST_COLUMNS - column:
            return number
        self.context.reading.problem(
            "D121", "the number of columns cannot be", place=place, value=text
        )
        return max(least, self.columns - column) if number > 0 else least


def _goes_on(merge: Element) -> bool:
    """Whether a merge continues a cell rather than beginning one."""
    return (attribute(merge, "val") or "continue") != "restart"


def _fill(shading: Element | None) -> str | None:
    """Background of a cell: a plain fill, or a pattern of two colours as they look together."""
    if shading is None:
        return None
    pattern = attribute(shading, "val") or "clear"
    fill = hex_colour(attribute(shading, "fill"))
    if pattern in ("clear", "nil"):
        return fill
    front = hex_colour(attribute(shading, "color")) or "000000"
    share = pattern.removeprefix("pct")
    if share != pattern and share.isdecimal() and len(share) < 3:
        return mixed(front, fill or "FFFFFF", int(share))
    return front if pattern == "solid" else mixed(front, fill or "FFFFFF", 50)

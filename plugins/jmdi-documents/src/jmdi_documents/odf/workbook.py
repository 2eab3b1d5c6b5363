"""OpenDocument spreadsheets (.ods): every sheet as one grid, with merges, fills and annotations.

python-calamine reads the values of .ods files but neither their merges nor their colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jmdi_documents.content.build import typed_draft
from jmdi_documents.content.grid import Block, Paragraph
from jmdi_documents.odf.styles import OdfStyles
from jmdi_documents.odf.words import Words
from jmdi_documents.office.archive import Archive
from jmdi_documents.office.numbers import number_text, percent_text
from jmdi_documents.office.sheet import DERIVED, Merge, SheetDrafts, cell_name, report_derived
from jmdi_documents.office.xml import Element, attribute, child, children, local, parse_xml, small
from jmdi_documents.reading import Reading

__all__ = ["read_ods"]

FORMULA = re.compile(r"^(?:of|oooc|msoxl):")
SHOWN = re.compile(r"(?P<before>\D*?)[-+(]?\d[\d.,\s'’\u00a0\u202f]*(?P<after>\D*)")
GROUPS = {
    "table-row-group",
    "table-header-rows",
    "table-rows",
    "table-column-group",
    "table-header-columns",
    "table-columns",
}
TO_THE_EDGE = 1000
"""Repeats above which a fill without words is the format of a whole row or column."""


def read_ods(archive: Archive, reading: Reading) -> tuple[Block, ...]:
    """A grid for each sheet, and its annotations and drawn text as paragraphs after it.

    Raises:
        FormatError: If the workbook cannot be read, or not safely.
    """
    names = [name for name in ("styles.xml", "content.xml") if name in archive]
    roots = [parse_xml(archive.read(name), name, reading) for name in names]
    content = roots[-1] if names[-1:] == ["content.xml"] else None
    book = child(content, "body", "spreadsheet")
    if book is None:
        reading.fail("D111", "the document holds no spreadsheet")
    styles = OdfStyles(roots)
    blocks: list[Block] = []
    for number, table in enumerate(children(book, "table"), 1):
        name = attribute(table, "name") or f"Sheet {number}"
        named = children(child(table, "named-expressions"), "named-range")
        if any(attribute(item, "name") == DERIVED for item in named):
            report_derived(reading, name)
        else:
            blocks += _Table(reading, styles, name).blocks(table)
    return tuple(blocks)


def _flat(parent: Element, names: set[str], reading: Reading, depth: int = 0) -> Iterator[Element]:
    """Rows or columns of a table, in whatever groups they lie."""
    reading.check_depth(depth)
    for item in parent:
        name = local(item)
        if name in names:
            yield item
        elif name in GROUPS:
            yield from _flat(item, names, reading, depth + 1)


class _Table:
    """One sheet."""

    def __init__(self, reading: Reading, styles: OdfStyles, name: str) -> None:
        self.reading = reading
        self.styles = styles
        self.name = name
        self.drafts = SheetDrafts(reading, name)
        self._after: list[Paragraph] = []
        self._column_styles: list[tuple[int, str | None]] = []

    def blocks(self, table: Element) -> Iterator[Block]:
        self._columns(table)
        row = 0
        for item in _flat(table, {"table-row"}, self.reading):
            repeat = max(1, small(attribute(item, "number-rows-repeated"), 1))
            if attribute(item, "visibility") in ("collapse", "filter") and repeat < 10_000:
                self.drafts.hidden_rows.update(range(row, row + repeat))
            cells = self._cells_of(item, repeat)
            self.reading.spend_cells(repeat * sum(times for _, _, times in cells))
            for at in range(row, row + repeat) if cells else ():
                for cell, column, times in cells:
                    for place in range(column, column + times):
                        self._cell(cell, at, place)
            row += repeat
        for shapes in children(table, "shapes"):
            self._shapes(shapes, f"[{self.name}], text box")
        yield self.drafts.grid(self.styles.is_hidden(attribute(table, "style-name")))
        yield from self._after

    def _columns(self, table: Element) -> None:
        column = 0
        for item in _flat(table, {"table-column"}, self.reading):
            repeat = max(1, small(attribute(item, "number-columns-repeated"), 1))
            if attribute(item, "visibility") in ("collapse", "filter") and repeat < 10_000:
                self.drafts.hidden_columns.update(range(column, column + repeat))
            column += repeat

    def _cells_of(self, row: Element, rows: int) -> list[tuple[Element, int, int]]:
        """The cells of a row that matter, each with its first column and how often it repeats."""
        cells = []
        column = 0
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                times = max(1, small(attribute(cell, "number-columns-repeated"), 1))
                if self._matters(cell, max(rows, times)):
                    cells.append((cell, column, times))
                column += times
        return cells

    def _matters(self, cell: Element, repeat: int) -> bool:
        """Whether a cell has more than a place: programs fill up sheets with empty ones."""
        if len(cell) or attribute(cell, "formula") or attribute(cell, "value") is not None:
            return True
        if small(attribute(cell, "number-columns-spanned"), 1) > 1:
            return True
        if small(attribute(cell, "number-rows-spanned"), 1) > 1:
            return True
        filled = self.styles.fill(attribute(cell, "style-name")) is not None
        return filled and repeat <= TO_THE_EDGE

    def _cell(self, cell: Element, row: int, column: int) -> None:
        place = f"[{self.name}]!{cell_name(row, column)}"
        formula = attribute(cell, "formula")
        draft = typed_draft(row, column, place, self._value(cell, place))
        draft.fill = self.styles.fill(attribute(cell, "style-name"))
        draft.formula = None if formula is None else FORMULA.sub("", formula)
        if formula is not None and not draft.text and attribute(cell, "value-type") is None:
            self.reading.problem(
                "D141", "the formula has no value", place=place, value=draft.formula
            )
        rows = max(1, small(attribute(cell, "number-rows-spanned"), 1))
        columns = max(1, small(attribute(cell, "number-columns-spanned"), 1))
        if rows > 1 or columns > 1:
            self.drafts.merges.append(Merge(row, column, rows, columns))
        self.drafts.add(draft)
        for note in children(cell, "annotation"):
            self._note(note, f"{place}, comment", "comment")
        self._shapes(cell, f"{place}, text box")

    def _value(self, cell: Element, place: str) -> str:
        """Text of a cell: typed words as they are, numbers exact with the unit they show."""
        look = self.styles.look("table-cell", attribute(cell, "style-name"))
        shown = "\n".join(
            Words(self.reading, self.styles).of(p, place, look) for p in children(cell, "p")
        )
        if not self.reading.hidden and (look.hidden or look.crossed):
            return shown  # without the words, so without the number or date that they show, too
        sort = attribute(cell, "value-type")
        if sort == "date":
            return self.styles.date(attribute(cell, "style-name"), attribute(cell, "date-value"))
        if sort == "boolean":
            return (attribute(cell, "boolean-value") or "").upper()
        raw = attribute(cell, "value")
        if sort not in ("float", "percentage", "currency") or raw is None:
            return shown
        try:
            number = float(raw)
            return percent_text(number) if sort == "percentage" else _with_unit(number, shown)
        except (ValueError, ArithmeticError):
            return raw

    def _note(self, note: Element, place: str, style: str) -> None:
        collector = Words(self.reading, self.styles)
        words = "\n".join(collector.of(p, place) for p in note.iter() if local(p) == "p")
        if words.strip():
            self._after.append(Paragraph(words, style=style, place=place))

    def _shapes(self, parent: Element, place: str) -> None:
        shapes = [item for item in parent if local(item) not in ("p", "annotation")]
        for number, shape in enumerate(shapes, 1):
            self._note(shape, f"{place} {number}", "text box")


def _with_unit(number: float, shown: str) -> str:
    """The exact number between the words that are shown around it."""
    found = SHOWN.fullmatch(shown)
    before, after = (found["before"], found["after"]) if found else ("", "")
    before, after = before.strip(" -+(\u00a0"), after.strip(" )\u00a0")
    gap = " " if before and before[-1].isalpha() else ""
    return f"{before}{gap}{number_text(number)}{' ' if after else ''}{after}"

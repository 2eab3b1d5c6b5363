"""Excel workbooks of before 2007 (.xls): every sheet as one grid, values by xlrd.

xlrd is the only kept library that reads merges, fills, number formats and what is hidden of such
files; python-calamine reads their values alone. Formulas are not read, only their results.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jmdi_documents.content.build import typed_draft
from jmdi_documents.content.grid import Block, Paragraph
from jmdi_documents.office.numbers import GENERAL, NotADate, NumberFormat, number_text
from jmdi_documents.office.sheet import DERIVED, Merge, SheetDrafts, cell_name, report_derived
from jmdi_documents.reading import Reading
from jmdi_documents.xls.compound import workbook_in

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.formatting import XF
    from xlrd.sheet import Cell as OldCell
    from xlrd.sheet import Sheet

__all__ = ["read_xls"]

EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR, BLANK = range(7)
"""What xlrd calls the sorts of cells."""


def read_xls(data: bytes, reading: Reading) -> tuple[Block, ...]:
    """A grid for each sheet, and its notes as paragraphs after it.

    Raises:
        FormatError: If the workbook cannot be read, or not safely.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=workbook_in(data),
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        sheets = range(book.nsheets)
    except Exception as error:  # whatever xlrd meets in a damaged file, found by fuzzing
        locked = "encrypted" in str(error)
        reading.fail(
            "D102" if locked else "D103",
            "the file has a password" if locked else f"the workbook cannot be opened: {error!r}",
            cure="Open the file in its program, take the password away, and save it again."
            if locked
            else None,
        )
    blocks: list[Block] = []
    made = {name.scope for name in book.name_obj_list if name.name == DERIVED}
    for number in sheets:
        if number in made:
            report_derived(reading, book.sheet_names()[number])
            continue
        sheet = _opened(book, number, reading)
        blocks += _Sheet(book, sheet, reading).blocks()
        book.unload_sheet(number)
    return tuple(blocks)


def _opened(book: Book, number: int, reading: Reading) -> Sheet:
    try:
        return book.sheet_by_index(number)
    except Exception as error:  # as above
        reading.fail("D103", f"sheet {number + 1} cannot be read: {error!r}")


class _Sheet:
    """One worksheet."""

    def __init__(self, book: Book, sheet: Sheet, reading: Reading) -> None:
        self.book = book
        self.sheet = sheet
        self.reading = reading
        self.drafts = SheetDrafts(reading, sheet.name)
        self._formats: dict[int, NumberFormat] = {}

    def blocks(self) -> Iterator[Block]:
        sheet = self.sheet
        self.drafts.hidden_rows |= {at for at, row in sheet.rowinfo_map.items() if row.hidden}
        self.drafts.hidden_columns |= {at for at, one in sheet.colinfo_map.items() if one.hidden}
        for first_row, end_row, first_column, end_column in sheet.merged_cells:
            rows, columns = end_row - first_row, end_column - first_column
            if rows > 0 and columns > 0:
                self.drafts.merges.append(Merge(first_row, first_column, rows, columns))
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                self._cell(row, column, cell)
        yield self.drafts.grid(sheet.visibility != 0)
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            if note.text.strip():
                place = f"[{sheet.name}]!{cell_name(row, column)}, comment"
                yield Paragraph(note.text.strip(), style="comment", place=place)

    def _cell(self, row: int, column: int, cell: OldCell) -> None:
        style = self._style(cell.xf_index)
        fill = self._fill(style)
        if cell.ctype in (EMPTY, BLANK) and fill is None:
            return
        place = f"[{self.sheet.name}]!{cell_name(row, column)}"
        text = self._text(cell, style, place)
        if not self.reading.hidden:
            text = self._uncrossed(row, column, style, text, place)
        if text or fill is not None:
            self.reading.spend_cells()
            draft = typed_draft(row, column, place, text)
            draft.fill = fill
            self.drafts.add(draft)

    def _style(self, at: int | None) -> XF | None:
        styles = self.book.xf_list
        return styles[at] if at is not None and 0 <= at < len(styles) else None

    def _fill(self, style: XF | None) -> str | None:
        background = style.background if style is not None else None
        if background is None or not background.fill_pattern:
            return None
        colour = self.book.colour_map.get(background.pattern_colour_index)
        return "".join(f"{part:02X}" for part in colour) if colour else None

    def _text(self, cell: OldCell, style: XF | None, place: str) -> str:
        """Text of a cell: typed words as they are, numbers exact with the unit they show."""
        if cell.ctype == TEXT:
            return str(cell.value)
        if cell.ctype == BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype == ERROR:
            from xlrd.biffh import error_text_from_code

            shown = str(error_text_from_code.get(int(cell.value), f"#{cell.value}"))
            self.reading.problem("D142", "the value is an error", place=place, value=shown)
            return shown
        if cell.ctype not in (NUMBER, DATE):
            return ""
        try:
            return self._format(style).text(repr(cell.value), from_1904=self.book.datemode == 1)
        except NotADate:
            number = number_text(float(cell.value))
            self.reading.problem("D143", "no date has this number", place=place, value=number)
            return number

    def _format(self, style: XF | None) -> NumberFormat:
        key = style.format_key if style is not None else None
        if key is None:
            return GENERAL
        if key not in self._formats:
            known = self.book.format_map.get(key)
            code = known.format_str if known is not None else "General"
            self._formats[key] = GENERAL if code == "General" else NumberFormat.parse(code)
        return self._formats[key]

    def _uncrossed(self, row: int, column: int, style: XF | None, text: str, place: str) -> str:
        """The text without what a line goes through, which is reported."""
        runs = [(0, style.font_index if style is not None else 0)]
        runs += self.sheet.rich_text_runlist_map.get((row, column), [])
        if not any(self._is_crossed(font) for _, font in runs):
            return text
        ends = [start for start, _ in runs[1:]] + [len(text)]
        pieces = [
            (text[start:end], self._is_crossed(font))
            for (start, font), end in zip(runs, ends, strict=True)
        ]
        self.reading.left_out("D135", "".join(words for words, gone in pieces if gone), place)
        return "".join(words for words, gone in pieces if not gone)

    def _is_crossed(self, font: int) -> bool:
        fonts = self.book.font_list
        return 0 <= font < len(fonts) and bool(fonts[font].struck_out)

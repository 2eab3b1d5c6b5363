"""A workbook to be printed and sent: its formats, its pages, and tables put on its sheets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter

from jmdi import Table
from jmdi.files.safe_xml import legal
from jmdi_workplan.export.labels import cell_words, head_words, label, reason_words
from jmdi_workplan.export.widths import column_widths, lines_in

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["CHARACTERS", "Book"]

EPOCH = datetime.datetime(2000, 1, 1)
CHARACTERS = 150
"""How many characters fit side by side on a printed page that can still be read."""

LINE, PADDING, TALLEST = 14.5, 3, 409
"""Height of a line and of what surrounds it, and the most that Excel allows, in points."""

FIGURES = 15
"""Digits that a number has in a spreadsheet; one with more is written as text."""

NAMED = {
    **dict.fromkeys(("currency", "level", "source", "where", "who"), "not_stated"),
    "year": "not_dated",
}
"""Columns in which what is not known is named; in others it is an empty cell."""

STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
    "line": {"text_wrap": True, "valign": "top"},
    "header": {
        "bold": True,
        "bg_color": "#D9D9D9",
        "text_wrap": True,
        "valign": "top",
        "border": 1,
    },
    "cell": {"text_wrap": True, "valign": "top", "border": 1},
    "section": {"bold": True, "text_wrap": True, "bg_color": "#EDEDED", "border": 1},
    "planned": {"bg_color": "#A6A6A6", "border": 1},
    "number": {"num_format": "#,##0.##########", "valign": "top", "border": 1},
    "whole": {"num_format": "#,##0", "valign": "top", "border": 1},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "align": "left"},
    "scale": {"bold": True, "bg_color": "#D9D9D9", "align": "center", "border": 1},
    "firm": {"bg_color": "#44546A", "font_color": "#FFFFFF", "align": "center", "border": 1},
    "vague": {
        "pattern": 14,
        "fg_color": "#8497B0",
        "bg_color": "#FFFFFF",
        "align": "center",
        "border": 1,
    },
    "empty": {"align": "center", "border": 1},
}


class Book:
    """A workbook in the making; the same tables give the same bytes.

    Args:
        stream: Where the bytes go when it is closed.
        language: The language of heads and codes.
        right_to_left: Whether its sheets are.
    """

    def __init__(self, stream: BinaryIO, language: str = "en", right_to_left: bool = False) -> None:
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(stream, options)
        self.book.set_properties({"author": "jmdi", "created": EPOCH})
        self.language = language
        self.right_to_left = right_to_left
        self._names: set[str] = set()

    @cached_property
    def formats(self) -> dict[str, Format]:
        """The formats of cells by name; with a trailing ``<``, from right to left."""
        return {
            name + side: self.book.add_format(
                {**style, "reading_order": 2, "align": style.get("align", "right")}
                if side
                else style
            )
            for name, style in STYLES.items()
            for side in ("", "<")
        }

    def format(self, name: str) -> Format:
        """A format, in the direction of the sheets."""
        return self.formats[name + ("<" if self.right_to_left else "")]

    def sheet(self, title: str, *, derived: bool = False) -> Worksheet:
        """Adds a sheet that prints across an A4 page, as wide as the page.

        Args:
            title: Its name, shortened to what Excel takes.
            derived: Whether it was made from the others, so that no importer reads it again.
        """
        name = self._name(legal(title))
        sheet: Worksheet = self.book.add_worksheet(name)
        if self.right_to_left:
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        if derived:
            self.book.define_name(f"'{name}'!jmdi_made", f"='{name}'!$A$1")
        return sheet

    def _name(self, title: str) -> str:
        """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\``, each once."""
        base = re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", title).strip()[:28] or "Plan"
        name, number = base, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{base[:25]} {number}"
        self._names.add(name.casefold())
        return name

    def put(self, sheet: Worksheet, line: int, column: int, words: str, style: str) -> None:
        """Writes a cell of text; what XML cannot hold is refused before anything is packed."""
        if words:
            sheet.write_string(line, column, legal(words), self.format(style))
        else:
            sheet.write_blank(line, column, None, self.format(style))

    def span(
        self, sheet: Worksheet, line: int, widths: Sequence[float], words: str, style: str
    ) -> None:
        """Writes a text over a whole row, as high as it needs."""
        if len(widths) > 1:
            sheet.merge_range(line, 0, line, len(widths) - 1, "", self.format(style))
        self.put(sheet, line, 0, words, style)
        larger = 1.4 if style == "title" else 1.0
        lines = lines_in(words, sum(widths) / larger)
        sheet.set_row(line, min(TALLEST, lines * LINE * larger + PADDING))

    def height(
        self, sheet: Worksheet, line: int, cells: Sequence[str], widths: Sequence[float]
    ) -> None:
        """Makes a row as high as its tallest cell."""
        lines = max(map(lines_in, cells, widths), default=1)
        sheet.set_row(line, min(TALLEST, lines * LINE + PADDING))

    def columns(self, sheet: Worksheet, widths: Iterable[float]) -> None:
        """Sets the widths of the first columns."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def table(
        self, sheet: Worksheet, line: int, table: Table, widths: Sequence[float] | None = None
    ) -> int:
        """Writes a table with a header row, and gives the line after it.

        Args:
            sheet: The sheet.
            line: The line of its header, from 0.
            table: The table; what is not known is an empty cell.
            widths: The widths of its columns, if they are set already.
        """
        if widths is None:
            widths = column_widths(self.texts(table), CHARACTERS)
            self.columns(sheet, widths)
        heads, *texts = self.texts(table)
        for column, words in enumerate(heads):
            self.put(sheet, line, column, words, "header")
        self.height(sheet, line, heads, widths)
        for row, words_of_row in zip(table, texts, strict=True):
            line += 1
            for column, (value, words) in enumerate(zip(row, words_of_row, strict=True)):
                self._value(sheet, line, column, value, words)
            self.height(sheet, line, words_of_row, widths)
        return line + 1

    def texts(self, table: Table) -> list[list[str]]:
        """The words of the heads and cells of a table."""
        names = table.columns
        cells = ([self._words(n, v) for n, v in zip(names, row, strict=True)] for row in table)
        return [[self.head(name) for name in names], *cells]

    def head(self, column: str) -> str:
        """The words for a column or table; its own name where the tables of words have none."""
        return head_words(column, self.language) or label("reason-not_stated", self.language)

    def _words(self, column: str, value: object) -> str:
        """A cell in words, in the language of the book."""
        if value is None:
            return reason_words(NAMED.get(column), self.language)
        return cell_words(column, value, self.language)

    def _value(self, sheet: Worksheet, line: int, column: int, value: object, words: str) -> None:
        if isinstance(value, datetime.date):
            day = datetime.datetime(value.year, value.month, value.day)
            if day.year >= 1900:
                sheet.write_datetime(line, column, day, self.format("date"))
                return
        if isinstance(value, (int, Decimal)):
            number = Decimal(value)
            if len(number.as_tuple().digits) <= FIGURES:
                whole = number == number.to_integral_value()
                sheet.write_number(
                    line, column, float(number), self.format("whole" if whole else "number")
                )
                return
        self.put(sheet, line, column, words, "cell")

    @classmethod
    def of_tables(cls, stream: BinaryIO, tables: Mapping[str, Table], language: str) -> None:
        """Writes a workbook with a sheet for each table, which no importer reads as a plan."""
        book = cls(stream, language, language == "ar")
        for name, table in tables.items():
            sheet = book.sheet(book.head(name).capitalize(), derived=True)
            book.table(sheet, 0, table)
            sheet.repeat_rows(0)
            sheet.freeze_panes(1, 0)
            if len(table):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
        book.close()

    def close(self) -> None:
        """Writes the workbook; one without a sheet gets an empty one."""
        if not self.book.worksheets():
            self.book.add_worksheet("No plan")
        self.book.close()

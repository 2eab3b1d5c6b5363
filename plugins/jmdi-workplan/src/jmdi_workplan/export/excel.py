"""Work plans as Excel workbooks: one sheet per table."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter

from jmdi import Dataset
from jmdi.files.safe_xml import legal
from jmdi_workplan.export.layout import PlanSheet, Row, lay_out

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write"]

EPOCH = datetime.datetime(2000, 1, 1)
WIDTH = 32


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes every work plan; all cells are text, so that no spreadsheet computes them."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(stream, options)
    workbook.set_properties({"author": "jmdi", "created": EPOCH})
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "header": workbook.add_format(
            {"bold": True, "bg_color": "#D9D9D9", "text_wrap": True, "border": 1}
        ),
        "cell": workbook.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "planned": workbook.add_format({"bg_color": "#A6A6A6", "border": 1}),
    }
    names: set[str] = set()
    for plan in lay_out(dataset):
        _plan(workbook, plan, formats, names)
    if not workbook.worksheets():
        workbook.add_worksheet("No plan")
    workbook.close()


def _plan(
    workbook: xlsxwriter.Workbook, plan: PlanSheet, formats: dict[str, Format], names: set[str]
) -> None:
    """The title block stands on the sheet of the first table."""
    sheets = plan.tables or (None,)
    for number, table in enumerate(sheets):
        title = table.title if table is not None else plan.title
        sheet = workbook.add_worksheet(_sheet_name(legal(title), names))
        line = 0
        if number == 0:
            _put(sheet, 0, 0, plan.title, formats["title"])
            line = 1
            for text in plan.lines:
                _put(sheet, line, 0, text)
                line += 1
            line += 1
        if table is None:
            continue
        if table.title:
            _put(sheet, line, 0, table.title, formats["title"])
            line += 1
        sheet.set_column(0, len(table.columns) - 1, WIDTH)
        for column, words in enumerate(table.columns):
            _put(sheet, line, column, words, formats["header"])
        for row in table.rows:
            line += 1
            _row(sheet, line, row, len(table.columns), formats)


def _put(sheet: Worksheet, line: int, column: int, words: str, style: Format | None = None) -> None:
    """A cell of text; what XML cannot hold is refused before anything is packed."""
    sheet.write_string(line, column, legal(words), style)


def _row(sheet: Worksheet, line: int, row: Row, width: int, formats: dict[str, Format]) -> None:
    if len(row.cells) == 1 and width > 1:
        sheet.merge_range(line, 0, line, width - 1, "", formats["cell"])
        _put(sheet, line, 0, row.cells[0], formats["cell"])
        return
    for column, words in enumerate(row.cells):
        planned = column < len(row.planned) and row.planned[column]
        style = formats["planned" if planned else "cell"]
        if words:
            _put(sheet, line, column, words, style)
        else:
            sheet.write_blank(line, column, None, style)


def _sheet_name(title: str, names: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\``, each once."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", title).strip()[:28] or "Plan"
    name, number = base, 1
    while name.casefold() in names:
        number += 1
        name = f"{base[:25]} {number}"
    names.add(name.casefold())
    return name

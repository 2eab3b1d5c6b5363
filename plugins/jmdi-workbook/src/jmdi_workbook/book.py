"""The file itself: sheets, lists, colours and notes, written with XlsxWriter."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import xlsxwriter

from jmdi import Dataset, FormatError, Problem, Severity, Where
from jmdi_documents.reading import CEILING
from jmdi_workbook.cells import Words, escape
from jmdi_workbook.guide import write_guide
from jmdi_workbook.layout import Sheet
from jmdi_workbook.lists import FIRST, HIDDEN, SPARE, Lists, Written
from jmdi_workbook.looks import A4, LOOKS, RIGHT_TO_LEFT, height_of, look_of, width_of
from jmdi_workbook.questions import Marked
from jmdi_workbook.rows import Row
from jmdi_workbook.sniff import MARK, PART
from jmdi_workbook.titles import Titles

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["file_of", "named"]

EPOCH = datetime.datetime(2000, 1, 1)
OLDEST = (1980, 1, 1, 0, 0, 0)


def named(
    sheets: Iterable[Sheet], rows: Mapping[str, Sequence[Row]], titles: Titles
) -> list[Written]:
    """The sheets with names that Excel takes: of at most 31 characters, each once.

    Raises:
        FormatError: If they have more cells than a workbook may have that is read back.
    """
    used = {HIDDEN, "history", titles.of("sheet", "guide").casefold()}  # Excel keeps one for itself
    found: list[Written] = []
    cells = 0
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\']", " ", titles.sheet(sheet.table)).strip()
        name, number = base[:31].strip(), 1
        while name.casefold() in used:
            number += 1
            name = f"{base[:27].strip()} {number}"
        used.add(name.casefold())
        found.append(Written(sheet, name, rows[sheet.table]))
        cells += (len(rows[sheet.table]) + SPARE) * len(sheet.columns)
    if cells > CEILING.cells:
        message = f"has {cells:,} cells; at most {CEILING.cells:,} are read back"
        cure = "write it for fewer metrics, or for a part of the data"
        raise FormatError(
            [Problem("workbook:W11", Severity.ERROR, message, Where(file="workbook"), cure=cure)]
        )
    return found


def file_of(
    dataset: Dataset,
    words: Words,
    sheets: Sequence[Written],
    marks: Sequence[Marked],
    metrics: Iterable[str],
) -> bytes:
    """The bytes of the workbook."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"author": "jmdi", "created": EPOCH})
    titles = words.titles
    order = {"reading_order": RIGHT_TO_LEFT} if titles.right_to_left else {}
    formats = {name: workbook.add_format({**look, **order}) for name, look in LOOKS.items()}
    guide = workbook.add_worksheet(titles.of("sheet", "guide"))
    pages = [workbook.add_worksheet(one.name) for one in sheets]
    hidden = workbook.add_worksheet(HIDDEN)
    hidden.hide()
    workbook.define_name(MARK, f"={HIDDEN}!$A$1")
    lists = Lists(hidden, sheets, words, dataset)
    by_table = {one.sheet.table: one for one in sheets}
    write_guide(guide, titles, dataset, metrics, by_table, marks, formats)
    for one, page in zip(sheets, pages, strict=True):
        _write_sheet(page, one, titles, lists, formats)
        if one.sheet.hidden:
            page.hide()
        for mark in marks:
            if mark.table == one.sheet.table:
                _mark(page, one, mark, formats)
    for page in (guide, *pages):
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)  # as wide as the paper, as long as need be
        if titles.right_to_left:
            page.right_to_left()
    workbook.close()
    return _in_order(out.getvalue())


def _write_sheet(
    page: Worksheet, one: Written, titles: Titles, lists: Lists, formats: Mapping[str, Format]
) -> None:
    """Titles, names of columns, what is known, and the lists of cells, also of empty rows."""
    page.freeze_panes(FIRST, 1)
    names = [column.name for column in one.sheet.columns]
    widths = [width_of(column) for column in one.sheet.columns]
    page.set_row(0, height_of(zip(widths, map(titles.column, names), strict=True)))
    for number, column in enumerate(one.sheet.columns):
        page.set_column(number, number, widths[number], formats[look_of(column)])
        page.write_string(0, number, titles.column(column.name), formats["title"])
        page.write_string(1, number, one.sheet.key(column), formats["key"])
        source = lists.range_of(column)
        if source is not None:
            # A word that is not in the list is only warned of: lists of codes may be extended.
            options = {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "show_error": not column.many,
            }
            page.data_validation(FIRST, number, one.last, number, options)
    # Whoever sorts with its arrows leaves the titles and the names of columns where they are.
    page.autofilter(FIRST - 1, 0, one.last, len(one.sheet.columns) - 1)
    for line, row in enumerate(one.rows, FIRST):
        shown = [row.cells.get(name) if name != "id" else None for name in names]
        page.set_row(line, height_of(zip(widths, shown, strict=True)))
        for number, column in enumerate(one.sheet.columns):
            if cell := row.cells.get(column.name):
                page.write_string(line, number, cell, formats[look_of(column)])


def _mark(page: Worksheet, one: Written, mark: Marked, formats: Mapping[str, Format]) -> None:
    """Colours a cell and gives it the question as a note."""
    number = [column.name for column in one.sheet.columns].index(mark.column)
    line = FIRST + mark.row
    cell = one.rows[mark.row].cells.get(mark.column, "")
    if cell:
        page.write_string(line, number, cell, formats["asked"])
    else:
        page.write_blank(line, number, None, formats["asked"])
    page.write_comment(line, number, escape(mark.words), {"author": "jmdi", "x_scale": 2})


def _in_order(file: bytes) -> bytes:
    """The archive with the part first by which the importer recognises it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: name != PART):
            member = zipfile.ZipInfo(name, OLDEST)
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()

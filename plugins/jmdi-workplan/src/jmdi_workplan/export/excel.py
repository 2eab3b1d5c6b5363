"""Work plans as Excel workbooks: a sheet per table, a chart of the timeline, and a summary."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from jmdi import Action, Dataset, Table
from jmdi_workplan.export.gantt import Bar, Chart, chart_of
from jmdi_workplan.export.labels import label, reason_words
from jmdi_workplan.export.layout import PlanSheet, TableSheet, lay_out, timeline_words
from jmdi_workplan.export.widths import column_widths
from jmdi_workplan.export.workbook import CHARACTERS, Book
from jmdi_workplan.overview import tables
from jmdi_workplan.overview.facts import Planned, facts_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write"]

SHORT = 6
"""Lines of a title block that fit above a header row that does not scroll away."""

UNTITLED = "Plan"
"""The name of the sheet of a table without a title; importers take it for no title."""

MANY = 9
"""Columns of a table whose first one stays in sight."""

CHART = (44.0, 26.0)
"""Widths of the names of actions and of their dates beside the chart."""


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes every work plan, then a chart of all timelines and a summary.

    Cells of plans are text, so that no spreadsheet computes them. Each sheet prints as wide as a
    page, with its header row on each page. The chart and the summary are made from the plans:
    importers leave them out.
    """
    plans = [*lay_out(dataset)]
    first = plans[0] if plans else None
    book = Book(stream, first.language if first else "en", bool(first and first.right_to_left))
    for plan in plans:
        _plan(book, plan)
    if any(plan.actions for plan in plans):
        _gantt(book, plans, dataset)
        _summary(book, facts_of(dataset))
    book.close()


def _plan(book: Book, plan: PlanSheet) -> None:
    """The title block stands above the first table, or on a sheet of its own if it is long."""
    block = (plan.title, *plan.lines) if plan.title else plan.lines
    if not plan.tables or len(block) > SHORT:
        _title_block(book, book.sheet(plan.title), plan.title, block, [float(CHARACTERS)])
        block = ()
    for table in plan.tables:
        sheet = book.sheet(table.title or UNTITLED)
        alike = (other for other in plan.tables if other.columns == table.columns)
        cells = [table.columns, *(row.cells for other in alike for row in other.rows)]
        widths = column_widths(cells, CHARACTERS)
        book.columns(sheet, widths)
        line = _title_block(book, sheet, plan.title, block, widths)
        block = ()
        _table(book, sheet, line, table, widths)


def _title_block(
    book: Book, sheet: Worksheet, title: str, block: tuple[str, ...], widths: list[float]
) -> int:
    """Writes the title and the lines under it, and gives the line of what comes next."""
    if len(widths) == 1:
        book.columns(sheet, widths)
    for line, words in enumerate(block):
        book.span(sheet, line, widths, words, "title" if words == title else "line")
    return len(block) + 1 if block else 0


def _table(book: Book, sheet: Worksheet, line: int, table: TableSheet, widths: list[float]) -> None:
    if table.title:
        book.span(sheet, line, widths, table.title, "title")
        line += 1
    for column, words in enumerate(table.columns):
        book.put(sheet, line, column, words, "header")
    book.height(sheet, line, table.columns, widths)
    sheet.repeat_rows(line)
    sheet.freeze_panes(line + 1, 1 if len(widths) >= MANY else 0)
    for row in table.rows:
        line += 1
        if len(row.cells) == 1 and len(widths) > 1:
            book.span(sheet, line, widths, row.cells[0], "section")
            continue
        marks = row.planned or (False,) * len(row.cells)
        for column, (words, planned) in enumerate(zip(row.cells, marks, strict=True)):
            book.put(sheet, line, column, words, "planned" if planned else "cell")
        book.height(sheet, line, row.cells, widths)


def _gantt(book: Book, plans: list[PlanSheet], dataset: Dataset) -> None:
    """The chart: dark where something is planned, striped where it may be, a tick where done."""
    actions = [action for plan in plans for action in plan.actions]
    chart = chart_of(actions, dataset)
    sheet = book.sheet(label("gantt", book.language), derived=True)
    widths = [*CHART, *([3.3] * chart.columns)]
    book.columns(sheet, widths)
    _legend(book, sheet)
    _scale(book, sheet, chart)
    line = 4
    bars = iter(chart.rows)
    for plan in plans:
        if len(plans) > 1:
            book.span(sheet, line, widths, plan.title, "section")
            line += 1
        for action in plan.actions:
            _row(book, sheet, line, action, next(bars), chart.columns, plan.language)
            line += 1
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(4, 1)


def _legend(book: Book, sheet: Worksheet) -> None:
    book.put(sheet, 0, 0, label("gantt", book.language), "title")
    sheet.set_row(0, 20)
    for line, (style, key) in enumerate((("firm", "planned"), ("vague", "vague"))):
        book.put(sheet, line, 2, "", style)
        sheet.write_string(line, 3, label(key, book.language))
    sheet.write_string(0, 1, f"✓ {label('done', book.language)}")


def _scale(book: Book, sheet: Worksheet, chart: Chart) -> None:
    """Two rows of heads: years, and in them months or quarters."""
    for line in (2, 3):
        book.put(sheet, line, 0, label("actions", book.language) if line == 3 else "", "header")
        book.put(sheet, line, 1, label("words", book.language) if line == 3 else "", "header")
    heads = [*enumerate(chart.heads(), start=2)]
    for year, group in groupby(heads, key=lambda head: head[1][0]):
        columns = [column for column, _ in group]
        if len(columns) > 1:
            sheet.merge_range(2, columns[0], 2, columns[-1], "", book.format("scale"))
        book.put(sheet, 2, columns[0], str(year), "scale")
    for column, (_, month) in heads:
        words = str(month) if chart.step == 1 else f"{(month + 2) // 3}" if chart.step == 3 else ""
        book.put(sheet, 3, column, words, "scale")


def _row(
    book: Book,
    sheet: Worksheet,
    line: int,
    action: Action,
    bars: tuple[Bar, ...],
    columns: int,
    language: str,
) -> None:
    words = timeline_words(action.timeline, language) or reason_words("not_stated", language)
    texts = (action.label(), words)
    for column, text in enumerate(texts):
        book.put(sheet, line, column, text, "cell")
    book.height(sheet, line, texts, CHART)
    at = {bar.column: bar for bar in bars}
    for column in range(columns):
        bar = at.get(column, Bar(column))
        style = "firm" if bar.firm else "vague" if bar.planned else "empty"
        book.put(sheet, line, column + 2, "✓" if bar.done else "", style)


def _summary(book: Book, actions: list[Planned]) -> None:
    """Money by source and year, actions by level, and who works where."""
    sheet = book.sheet(label("summary", book.language), derived=True)
    found: list[tuple[str, Table]] = [
        ("money", tables.money(actions)),
        ("levels", tables.levels(actions)),
        ("who_where", tables.who_where_matrix(actions) or tables.who_where(actions)),
    ]
    cells = [row for _, table in found for row in book.texts(table)]
    most = max(len(row) for row in cells)
    widths = column_widths([[*row, *[""] * (most - len(row))] for row in cells], CHARACTERS)
    book.columns(sheet, widths)
    line = 0
    for title, table in found:
        book.span(sheet, line, widths, label(title, book.language), "title")
        line = book.table(sheet, line + 1, table, widths) + 1

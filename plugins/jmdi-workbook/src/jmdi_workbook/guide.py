"""The first sheet: what the workbook is for, how to fill it in, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jmdi import Dataset
from jmdi_workbook.cells import escape
from jmdi_workbook.lists import FIRST, Written
from jmdi_workbook.looks import height_of
from jmdi_workbook.questions import Marked
from jmdi_workbook.sniff import MARK
from jmdi_workbook.titles import ANSWERS, Titles

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_guide"]

LINKS = 65_530
"""Most links of a sheet; a file with more Excel repairs by dropping all of them."""

ASIDE = 25
"""A column to the right of all that is shown."""

WIDTH = 100
"""How many characters of a line are shown."""

STEPS = ("colour", "empty", "unsaid", "list", "new", "keys", "back")
"""The lines of the guide, each a word of the topic ``guide``."""


def write_guide(
    sheet: Worksheet,
    titles: Titles,
    dataset: Dataset,
    metrics: Iterable[str],
    sheets: Mapping[str, Written],
    marks: Iterable[Marked],
    formats: Mapping[str, Format],
) -> None:
    """Writes the guide, then a line for each question with a link to its cell."""
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 1, 40)
    # A cell that nobody looks at has the mark by which the file is recognised.
    note = {"validate": "any", "input_title": MARK, "input_message": MARK}
    sheet.data_validation(0, ASIDE, 0, ASIDE, note)
    sheet.write_string(0, 0, titles.of("guide", "title"), formats["heading"])
    answers = {name: titles.answer(name) for name in ANSWERS}
    lines = [titles.of("guide", step).format(**answers) for step in STEPS]
    for name in metrics:
        spec = dataset.model.catalog.metric(name)
        lines.append(f"{titles.of('guide', 'metric')}: {spec.title} ({spec.name})")
    for number, line in enumerate(lines, 2):
        sheet.set_row(number, height_of([(WIDTH, line)]))
        sheet.write_string(number, 0, escape(line), formats["wrapped"])
    row = len(lines) + 3
    sheet.write_string(row, 0, titles.of("guide", "questions"), formats["heading"])
    for number, mark in enumerate(marks, row + 1):
        written = sheets[mark.table]
        column = [one.name for one in written.sheet.columns].index(mark.column)
        sheet.set_row(number, height_of([(WIDTH, mark.words)]))
        sheet.write_string(number, 0, escape(mark.words), formats["wrapped"])
        place = f"internal:'{written.name}'!{_name(mark.row + FIRST, column)}"
        shown = f"{written.name} {_name(mark.row + FIRST, column)}"
        if number - row <= LINKS:
            sheet.write_url(number, 1, place, formats["link"], shown)
        else:
            sheet.write_string(number, 1, shown, formats["wrapped"])


def _name(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))

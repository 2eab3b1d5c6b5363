"""Random grids written by other programs' libraries and read back: same texts, same spans."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import docx
import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmdi_documents.office.sheet import cell_name
from jmdi_documents.text.markdown import escape_markdown

Placed: TypeAlias = tuple[int, int, int, int, str]
"""Row, column, row span, column span and text of a cell."""

CHARACTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Z"])
WORDS = st.lists(st.text(CHARACTERS, min_size=1, max_size=6), max_size=3).map(" ".join)
TEXTS = st.lists(WORDS.filter(bool), max_size=3).map("\n".join)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def grids(draw: st.DrawFn, *, spans: bool = True) -> tuple[int, int, list[Placed]]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    taken: set[tuple[int, int]] = set()
    cells: list[Placed] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while spans and column + wide < columns and (row, column + wide) not in taken:
                if not draw(st.booleans()):
                    break
                wide += 1
            high = draw(st.integers(1, rows - row)) if spans else 1
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            cells.append((row, column, high, wide, draw(TEXTS)))
    return rows, columns, cells


def write_docx(rows: int, columns: int, cells: list[Placed]) -> bytes:
    made = docx.Document()
    table = made.add_table(rows, columns)
    for row, column, high, wide, text in cells:
        cell = table.cell(row, column)
        if high * wide > 1:
            cell = cell.merge(table.cell(row + high - 1, column + wide - 1))
        first, *more = text.split("\n")
        cell.text = first
        for line in more:
            cell.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def write_xlsx(rows: int, columns: int, cells: list[Placed]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, column, high, wide, text in cells:
        cell = sheet.cell(row + 1, column + 1)
        if text:
            cell.value = text
            cell.data_type = "s"
        if high * wide > 1:
            sheet.merge_cells(
                start_row=row + 1,
                start_column=column + 1,
                end_row=row + high,
                end_column=column + wide,
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_html(rows: int, columns: int, cells: list[Placed]) -> bytes:
    lines = []
    for at in range(rows):
        inner = "".join(
            f'<td rowspan="{high}" colspan="{wide}">'
            f"{html.escape(text).replace(chr(10), '<br>')}</td>"
            for row, _, high, wide, text in cells
            if row == at
        )
        lines.append(f"<tr>{inner}</tr>")
    return f"<!DOCTYPE html><table>{''.join(lines)}</table>".encode()


def write_ods(make: Callable[[str], bytes], rows: int, columns: int, cells: list[Placed]) -> bytes:
    at = {(row, column): (high, wide, text) for row, column, high, wide, text in cells}
    lines = []
    for row in range(rows):
        inner = ""
        for column in range(columns):
            if (row, column) not in at:
                inner += "<table:covered-table-cell/>"
                continue
            high, wide, text = at[row, column]
            paragraphs = "".join(f"<text:p>{escape(x)}</text:p>" for x in text.split("\n") if x)
            inner += (
                f'<table:table-cell table:number-rows-spanned="{high}" '
                f'table:number-columns-spanned="{wide}">{paragraphs}</table:table-cell>'
            )
        lines.append(f"<table:table-row>{inner}</table:table-row>")
    return make(f'<table:table table:name="T">{"".join(lines)}</table:table>')


def found(document: Any) -> list[Placed]:
    """Cells with words or spans; some formats hold no others."""
    (grid,) = document.grids
    cells = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]
    return sorted(c for c in cells if c[4] or c[2] * c[3] > 1)


def expected(cells: list[Placed]) -> list[Placed]:
    return sorted(c for c in cells if c[4] or c[2] * c[3] > 1)


@SETTINGS
@given(grid=grids())
def test_docx(files: Any, grid: tuple[int, int, list[Placed]]) -> None:
    on = files()
    assert found(on.read(write_docx(*grid), "p.docx")) == expected(grid[2])
    assert on.problems == []


@SETTINGS
@given(grid=grids())
def test_xlsx(files: Any, grid: tuple[int, int, list[Placed]]) -> None:
    on = files()
    assert found(on.read(write_xlsx(*grid), "p.xlsx")) == expected(grid[2])
    assert on.problems == []


@SETTINGS
@given(grid=grids())
def test_html(files: Any, grid: tuple[int, int, list[Placed]]) -> None:
    on = files()
    assert found(on.read(write_html(*grid), "p.html")) == expected(grid[2])
    assert on.problems == []


@SETTINGS
@given(grid=grids())
def test_ods(files: Any, grid: tuple[int, int, list[Placed]]) -> None:
    on = files()
    assert found(on.read(write_ods(on.ods_file, *grid), "p.ods")) == expected(grid[2])
    assert on.problems == []


@SETTINGS
@given(grid=grids(spans=False), delimiter=st.sampled_from(",;\t|"), crlf=st.booleans())
def test_csv(files: Any, grid: tuple[int, int, list[Placed]], delimiter: str, crlf: bool) -> None:
    rows, columns, cells = grid
    text = {(row, column): words for row, column, _, _, words in cells}
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator="\r\n" if crlf else "\n", quoting=csv.QUOTE_ALL
    )
    writer.writerows([text[row, column] for column in range(columns)] for row in range(rows))
    on = files()
    document = on.read(out.getvalue(), "p.csv", format="csv")
    assert found(document) == expected(cells)
    assert (document.grids[0].rows, document.grids[0].columns) == (rows, columns)
    assert on.problems == []


@SETTINGS
@given(grid=grids(spans=False))
def test_markdown(files: Any, grid: tuple[int, int, list[Placed]]) -> None:
    rows, columns, cells = grid
    text = {(row, column): words for row, column, _, _, words in cells}
    lines = [
        "| " + " | ".join(escape_markdown(text[row, column]) for column in range(columns)) + " |"
        for row in range(rows)
    ]
    lines.insert(1, "|" + " --- |" * columns)
    on = files()
    document = on.read("\n".join(lines), "p.md")
    assert found(document) == expected(cells)
    assert on.problems == []


@SETTINGS
@given(grid=grids())
def test_cells_never_overlap_and_at_finds_them(
    files: Any, grid: tuple[int, int, list[Placed]]
) -> None:
    read = files().read(write_docx(*grid), "p.docx").grids[0]
    for cell in read.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                assert read.at(row, column) is cell


def test_cell_names() -> None:
    assert [cell_name(0, n) for n in (0, 25, 26, 701, 702, 16383)] == [
        "A1",
        "Z1",
        "AA1",
        "ZZ1",
        "AAA1",
        "XFD1",
    ]

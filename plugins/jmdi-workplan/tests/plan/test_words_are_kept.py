"""No word of a plan is lost, none is invented: each is in a record or in a problem."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi import Model
from jmdi.words.folding import fold

MODEL = Model.build(["workplan"])
HEADERS = (
    ("No", "Activity", "Objective", "Timeline", "Budget"),
    ("Objective", "Activity", "Responsible", "Q1 2016", "Q2 2016"),
    ("Activity", "Weather", "Place", "Start date", "End date"),
    ("Produit", "Activité", "Public cible", "Calendrier", "Coût"),
)
STARTS = (
    "", "", "", "", "1", "1.1", "2.", "A.", "Phase 1:", "Outcome 2", "Total", "Note:", "*", "TITLE",
    "Country:", "Table 2:", "At the local level", "Author", "Activity", "March 2016", "USD 5", "x",
    "Region V", "TBD", "-", "Q1", "2016", "Niveau national", "12 youth",
)  # fmt: skip


SORTS = ("header", "lone", "row", "row", "row", "pair", "blank", "same")


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Rows of typed cells, every one with a word that no other has."""
    rows: list[list[str]] = []
    number = 0
    header = draw(st.sampled_from(HEADERS))
    for _ in range(draw(st.integers(1, 14))):
        sort = draw(st.sampled_from(SORTS))
        if sort == "header":
            header = draw(st.sampled_from((header, *HEADERS)))
            rows.append([*header])
            continue
        row = [""] * 5
        places = {"lone": 1, "pair": 2, "row": 5, "blank": 0, "same": 5}[sort]
        same = f"word{number}same"
        for place in range(places):
            start = draw(st.sampled_from(STARTS))
            number += 1
            word = draw(st.sampled_from(("", f"word{number}x")))
            row[place] = same if sort == "same" else f"{start} {word}".strip()
        rows.append(row)
    return rows


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def said(data: bytes, format: str) -> str:
    """All that records and problems say; of a refused file, its problems."""
    found = MODEL.read(io.BytesIO(data), format=f"workplan:{format}", on_error="keep")
    return " ".join(map(repr, [*found, *found.problems]))


def typed(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def book(rows: list[list[str]]) -> bytes:
    """A workbook in which a text below itself is one merged cell."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                sheet.cell(number, column, text)
        if len(set(row)) == 1 and row[0]:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def check(rows: list[list[str]], data: bytes, format: str) -> None:
    told = said(data, format)
    if "W201" in told:
        return
    missing = words_of(" ".join(cell for row in rows for cell in row)) - words_of(told)
    assert not missing


@given(grids())
@settings(max_examples=300, deadline=None)
def test_no_word_of_a_csv_file_is_lost(rows: list[list[str]]) -> None:
    check(rows, typed(rows), "csv")


@given(grids())
@settings(max_examples=100, deadline=None)
def test_no_word_of_a_workbook_is_lost(rows: list[list[str]]) -> None:
    check(rows, book(rows), "xlsx")


@given(grids())
@settings(max_examples=150, deadline=None)
def test_every_action_has_words_of_its_own(rows: list[list[str]]) -> None:
    """Titles, sections and cells of actions are words of the document."""
    found = MODEL.read(io.BytesIO(typed(rows)), format="workplan:csv", on_error="keep")
    document = words_of(" ".join(cell for row in rows for cell in row))
    for record in found:
        if record.kind == "action":
            assert any(record.cells)
            texts = [*record.names.values(), record.section or "", *record.cells]
            assert words_of(" ".join(texts)) <= document

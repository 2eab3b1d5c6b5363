"""A file that is refused or read by half names the options that would read it, and they do."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

import jmdi
from jmdi_workplan.explain import command

ROWS = [
    ["Arbeitsplan 2016"],
    ["Was", "Wer", "Wann", "Kosten"],
    ["Lehrer ausbilden", "Ministerium", "March 2016", "5000 USD"],
    ["Zentrum bauen", "Stadt Kumasi", "May 2016", "2000 USD"],
]


def csv_file(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def xlsx_file(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Plan A"
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx_file(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    document.add_table(1, 1)
    table = document.add_table(len(rows), 4)
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html_file(rows: list[list[str]]) -> bytes:
    cells = ("".join(f"<td>{words}</td>" for words in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()


FORMATS = {"csv": csv_file, "xlsx": xlsx_file, "docx": docx_file, "html": html_file}


def titles(data: jmdi.Dataset) -> list[str | None]:
    actions = sorted(data.of(jmdi.Action), key=lambda action: action.position or 0)
    return [jmdi.pick(action.names) for action in actions]


@pytest.mark.parametrize("format", FORMATS)
def test_the_cure_of_a_refused_file_reads_it(format: str, tmp_path: Path) -> None:
    file = tmp_path / f"plan.{format}"
    file.write_bytes(FORMATS[format](ROWS))
    refused = jmdi.read(file, format=f"workplan:{format}", on_error="keep")
    (problem,) = [p for p in refused.problems if p.code == "workplan:W201"]
    assert "'Was', 'Wer', 'Wann', 'Kosten'" in problem.message
    typed = re.findall(r"--option ('[^']+'|\S+)", problem.cure or "")
    options = dict(shlex.split(one)[0].split("=", 1) for one in typed)
    options["columns"] = json.loads(options["columns"])
    read = jmdi.read(file, format=f"workplan:{format}", on_error="keep", **options)
    assert titles(read) == ["Lehrer ausbilden", "Zentrum bauen"]

    explained = CliRunner().invoke(command, [str(file)]).stdout
    (line,) = [line for line in explained.splitlines() if line.startswith("TRY")]
    again = CliRunner().invoke(command, [*shlex.split(line)[1:], str(file)]).stdout
    assert "Was     action" in again and "NEAREST" not in again


def test_the_header_row_alone_keeps_the_words_and_asks_for_the_action() -> None:
    data = csv_file(ROWS)
    read = jmdi.read(io.BytesIO(data), format="workplan:csv", on_error="keep", header_row=2)
    assert [action.cells[0] for action in read.of(jmdi.Action)] == [
        "Lehrer ausbilden",
        "Zentrum bauen",
    ]
    (problem,) = [p for p in read.problems if p.code == "workplan:W210"]
    assert 'columns={"Was": "action"}' in (problem.cure or "")


@pytest.mark.parametrize("row", [2, "2", "2-3", "file, row 2", " file, row 2 - 3"])
def test_ways_to_say_the_header_row(row: int | str) -> None:
    rows = [["x", "y"], ["Activity", "Timeline"], ["", "Month"], ["Train", "May 2016"]]
    read = jmdi.read(
        io.BytesIO(csv_file(rows)), format="workplan:csv", on_error="keep", header_row=row
    )
    assert titles(read)[-1] == "Train"


@pytest.mark.parametrize("row", [9, "table 1, row 2"])
def test_a_row_that_is_not_there_is_said(row: int | str) -> None:
    rows = [["Activity", "Timeline"], ["Train", "May 2016"]]
    read = jmdi.read(
        io.BytesIO(csv_file(rows)), format="workplan:csv", on_error="keep", header_row=row
    )
    assert titles(read) == ["Train"]
    assert "workplan:W211" in {problem.code for problem in read.problems}


@pytest.mark.parametrize("row", ["x", "0", "5-3", "1-90", "table 2"])
def test_a_row_that_is_none_is_refused(row: str) -> None:
    with pytest.raises(jmdi.FormatError, match="header_row"):
        jmdi.read(
            io.BytesIO(b"Activity,Timeline\nTrain,May"), format="workplan:csv", header_row=row
        )


def test_dates_that_lack_a_year() -> None:
    data = csv_file([["Activity", "Timeline"], ["Train", "May"], ["Build", "soon"]])
    read = jmdi.read(io.BytesIO(data), format="workplan:csv", on_error="keep")
    (problem,) = [p for p in read.problems if p.code == "workplan:W212"]
    assert "1 date(s) name no year, such as 'May'" in problem.message
    again = jmdi.read(io.BytesIO(data), format="workplan:csv", on_error="keep", default_year=2016)
    assert "workplan:W212" not in {problem.code for problem in again.problems}


def test_a_table_that_was_kept_as_text() -> None:
    document = docx.Document()
    for head in ("Activity", "Vorhaben"):
        document.add_paragraph("Next")
        table = document.add_table(4, 3)
        for column, words in enumerate((head, "Budget", "Timeline")):
            table.cell(0, column).text = words
            for row in (1, 2, 3):
                table.cell(row, column).text = ("Forum", "5 USD", "May 2016")[column]
    out = io.BytesIO()
    document.save(out)
    options = {"format": "workplan:docx", "on_error": "keep"}
    read = jmdi.read(io.BytesIO(out.getvalue()), **options)
    (problem,) = [p for p in read.problems if p.code == "workplan:W213"]
    assert problem.where.table == 2 or "table 2, row 1" in problem.message
    columns = {"Vorhaben": "action"}
    again = jmdi.read(
        io.BytesIO(out.getvalue()), **options, header_row="table 2, row 1", columns=columns
    )
    assert len(titles(read)) == 3 and len(titles(again)) == 6

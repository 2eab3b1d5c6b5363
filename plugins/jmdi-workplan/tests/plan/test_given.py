"""Columns that the caller names by a mapping: in every format, before what headers say."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Action, FormatError, WorkPlan

HEAD = ("Zona", "Lo nuestro", "Para qué", "Correo")
ROWS = (
    ("Ayllu 1", "Taller de retorno", "Informar", "a@example.org"),
    ("Ayllu 2", "Feria", "Ahorro", ""),
)
COLUMNS = {
    "Zona": "location",
    "Lo nuestro": "space",
    "para que": "objectives",
    "Correo": "drop",
}


def as_csv() -> bytes:
    return "\n".join(";".join(row) for row in (("Plan",), (), HEAD, *ROWS)).encode()


def as_markdown() -> bytes:
    lines = [HEAD, ["---"] * 4, *ROWS]
    return ("# Plan\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)).encode()


def as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in (HEAD, *ROWS))
    return f"<html><body><h1>Plan</h1><table>{rows}</table></body></html>".encode()


def as_docx() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(0, 4)
    for row in (HEAD, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_xlsx() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


MADE = {
    "csv": as_csv,
    "markdown": as_markdown,
    "html": as_html,
    "docx": as_docx,
    "xlsx": as_xlsx,
}


@pytest.mark.parametrize("name", MADE)
def test_a_mapping_names_the_columns_in_every_format(name: str) -> None:
    plan = jmdi.read(io.BytesIO(MADE[name]()), format=f"workplan:{name}", columns=COLUMNS)
    actions = plan.of(Action)
    assert [a.label() for a in actions] == ["Taller de retorno", "Feria"]
    assert [dict(a.objectives[0]) for a in actions] == [{"und": "Informar"}, {"und": "Ahorro"}]
    assert [a.places[0].words for a in actions] == ["Ayllu 1", "Ayllu 2"]
    (table,) = plan.of(WorkPlan)[0].tables
    assert table.meanings == ("place", "action", "objective", "drop")
    assert "example.org" not in str([r.to_dict() for r in plan.records])
    assert ["1 cell" in p.message for p in plan.problems if p.code == "J548"] == [True]


def test_without_it_the_plan_is_refused() -> None:
    with pytest.raises(jmdi.DataError, match="no table of actions"):
        jmdi.read(io.BytesIO(as_csv()), format="workplan:csv")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Zona": "spaces"}, "did you mean space"),
        ({"Zona": {"to": "location", "date": "day-first"}}, "a plan reads cells itself"),
        ({"columns": {"Zona": "space"}, "cells": {"language": "es"}}, "nothing but .columns. from"),
        ({"Zonas": "location", "Lo nuestro": "space", "Para qué": "objectives"}, "'Zona'"),
    ],
)
def test_what_does_not_fit_is_said_with_its_cure(columns: dict[str, object], said: str) -> None:
    with pytest.raises(jmdi.DataError, match=said):
        jmdi.read(io.BytesIO(as_csv()), format="workplan:csv", columns=columns)


def test_the_mapping_is_a_file_too(tmp_path) -> None:
    file = tmp_path / "m.toml"
    file.write_text('[columns]\n"Zona" = "location"\n"Lo nuestro" = "space"\n', "utf-8")
    plan = jmdi.read(io.BytesIO(as_csv()), format="workplan:csv", columns=str(file))
    assert len(plan.of(Action)) == 2
    file.write_text('[columns\n"Zona" = ', "utf-8")
    with pytest.raises(FormatError, match="line 1"):
        jmdi.read(io.BytesIO(as_csv()), format="workplan:csv", columns=str(file))


def test_a_mapping_typed_on_the_command_line_is_json() -> None:
    plan = jmdi.read(
        io.BytesIO(as_csv()), format="workplan:csv", columns='{"Lo nuestro": "action"}'
    )
    assert len(plan.of(Action)) == 2
    with pytest.raises(FormatError, match=r"no JSON: .* at character 16"):
        jmdi.read(io.BytesIO(as_csv()), format="workplan:csv", columns='{"Lo nuestro": action}')


def test_a_year_is_the_default_year() -> None:
    with pytest.raises(jmdi.errors.NotFound, match="did you mean 'default_year'"):
        jmdi.read(io.BytesIO(as_csv()), format="workplan:csv", year=2021)

"""Heads of a calendar that only those beside or above them explain."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.plan.columns import match_columns


def when(above: str, heads: str, row: str, title: str = "Work plan 2022") -> str | None:
    """When the one action of a plan is, whose calendar has one head over the others."""
    width = heads.count(",")
    lines = [f"{title},", "", f"Action,{above}{',' * width},Lead", f",{heads},", f"Fair,{row},ILO"]
    text = "\n".join(lines)
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    (action,) = found.of(jmdi.Action)
    return action.timeline.edtf


@pytest.mark.parametrize(
    ("above", "heads", "row", "edtf"),
    [
        ("Months", "J,F,M,A,M,J", ",x,x,,,", "2022-02/2022-03"),
        ("Meses", "A,S,O,N,D", ",,x,,x", "{2022-10,2022-12}"),
        ("Mois de 2021", "J,A,S,O,N,D", "x,,,,,", "2021-07"),
        ("Quarterly timetable", "1st,2nd,3rd,4th", ",x,x,", "2022-34/2022-35"),
        ("Programación trimestral", "1er,2do,3er,4to", ",,,x", "2022-36"),
        ("Semestre", "1er,2e", ",x", "2022-41"),
        ("الشهر", "1-3,4-6,7-9,10-12", "x,x,,", "2022-01/2022-06"),
    ],
)
def test_the_head_above_says_what_letters_and_numbers_are(above, heads, row, edtf):
    assert when(above, heads, row) == edtf


def test_a_head_with_other_words_may_name_the_year():
    heads = [f"Programa de actividades para el año 2023 / {month}" for month in ("Ene", "Feb")]
    assert [one.period for one in match_columns(heads)] == ["2023-01", "2023-02"]


def test_months_that_turn_into_the_next_year_are_in_a_fiscal_one():
    heads, row = "J,A,S,O,N,D,J,F,M,A,M,J", ",,,,,x,x,,,,,"
    assert when("Months", heads, row) is None
    assert when("Months", heads, row, "Work plan 2022/23") == "2022-12/2023-01"


@pytest.mark.parametrize(
    ("duration", "dates", "edtf"),
    [("20 days", "4 Jan 2021,29 Jan 2021", "2021-01-04/2021-01-29"), ("weekly", ",", None)],
)
def test_a_duration_does_not_hide_start_and_end(duration, dates, edtf):
    text = f"Action,Duration,Start,Finish,Lead\nFair,{duration},{dates},ILO\n"
    (action,) = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv").of(jmdi.Action)
    assert action.timeline.edtf == edtf
    assert duration in action.timeline.words

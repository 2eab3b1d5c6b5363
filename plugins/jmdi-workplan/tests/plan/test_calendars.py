"""Marks and colours under months, quarters, semesters and weeks, in five languages."""

from __future__ import annotations

import csv
import io

import pytest

import jmdi
from jmdi_documents import Cell
from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.plan.context import year_in
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.marks import grounds, is_mark, marked


def read(*rows, **options):
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    stream = io.BytesIO(file.getvalue().encode())
    return jmdi.read(stream, format="workplan:csv", on_error="keep", **options)


def when(*rows, **options):
    """Dates, words and reason of every action."""
    actions = read(*rows, **options).of(jmdi.Action)
    found = sorted((a.position, a.timeline) for a in actions)
    return [t and (t.edtf, t.words, t.reason) for _, t in found]


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("Annual work plan 2016", ("Activity", "Q1", "Q2", "Budget")),
        ("Plan de travail annuel 2016", ("Activité", "T1", "T2", "Budget")),
        ("Plan operativo anual 2016", ("Actividad", "I trimestre", "II trimestre", "Costo")),
        ("Plano de trabalho 2016", ("Atividade", "1º trimestre", "2º trimestre", "Orçamento")),
        ("خطة العمل 2016", ("النشاط", "الربع الأول", "الربع الثاني", "الميزانية")),
    ],
)
def test_the_year_of_the_title_dates_quarters(title, heads):
    assert when([title], [], heads, ["Forum", "X", "", "5"], ["Fair", "✓", "x", "6"]) == [
        ("2016-33", heads[1], None),
        ("2016-33/2016-34", ", ".join(heads[1:3]), None),
    ]


def test_without_a_year_the_marks_are_words_and_that_is_reported():
    table = ["Activity", "Q1", "Q2", "Budget"], ["Forum", "X", "X", "5"]
    assert when(*table) == [(None, "Q1, Q2", "not_dated")]
    (problem,) = [p for p in read(*table).problems if p.code == "workplan:W208"]
    assert "Q1, Q2" in problem.message
    assert "default_year" in problem.cure
    assert when(*table, default_year=2016) == [("2016-33/2016-34", "Q1, Q2", None)]
    assert not [p for p in read(*table, default_year=2016).problems if "W208" in p.code]


def test_a_calendar_without_marks_is_reported():
    problems = read(["Activity", "Q1 2016", "Q2 2016"], ["Forum", "", "☐"]).problems
    assert [p.message for p in problems if p.code == "workplan:W208"] == [
        "no action has a mark or colour under Q1 2016, Q2 2016"
    ]


@pytest.mark.parametrize(
    ("heads", "marks", "edtf"),
    [
        ([*"JFMAMJJASOND"], "   xx       ", "2016-04/2016-05"),
        ([*"EFMAMJJASOND"], "x          x", "{2016-01,2016-12}"),
        (["Jan", "Feb", "Mar"], " x ", "2016-02"),
        (["janv.", "févr.", "mars"], " xx", "2016-02/2016-03"),
        (["S1", "S2"], " x", "2016-41"),
        (["1er semestre", "2e semestre"], "xx", "2016-40/2016-41"),
        (["1.º semestre 2016", "2.º semestre 2016"], "xx", "2016-40/2016-41"),
        (["1.º trim.", "2.º trim.", "3.º trim."], " x ", "2016-34"),
        (["أيلول", "ت1", "ت2", "ك1"], " xx ", "2016-10/2016-11"),
        (["2017", "2018"], "xx", "2017/2018"),
        (["Mes 1", "Mes 2"], "xx", None),
        (["Week 1", "Week 2"], "xx", None),
        (["Year 1 / Q1", "Year 1 / Q2"], "xx", None),
        (["FY 2016 / Q1", "FY 2016 / Q2"], "xx", None),
        ([f"W{n}" for n in range(1, 53)], "xx" + 50 * " ", "2016-01-04/2016-01-17"),
    ],
)
def test_units(heads, marks, edtf):
    table = ["Work plan 2016"], [], ["Activity", *heads], ["Forum", *map(str.strip, marks)]
    ((found, _, reason),) = when(*table)
    assert found == edtf
    assert reason == (None if edtf else "not_dated")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Annual work plan 2016", 2016),
        ("Plan 2016-2018", None),
        ("Plan 2015/16", None),
        ("Plan 2016 (draft of 2015)", None),
        ("FY 2016", None),
        ("Localizing the Agenda 2030", None),
        ("19/10/2016", None),
        ("Resolution 12016", None),
        ("POA-2016", 2016),
    ],
)
def test_year_of_a_title(text, year):
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("Period: January - December 2016", "2016-33"),
        ("Year: 2016", "2016-33"),
        ("Period: 2016-2017", None),
        ("Fiscal year: 2016", None),
        ("Fiscal year 2016", None),
    ],
)
def test_the_period_of_the_plan_says_the_year(line, edtf):
    rows = [line], [], ["Activity", "Q1", "Q2", "Budget"], ["Forum", "x", "", "5"]
    assert when(*rows)[0][0] == edtf


def test_months_of_two_words():
    head = ["النشاط", "كانون الثاني", "شباط", "كانون الأول"]
    assert when(head, ["منتدى", "✓", "✓", ""], default_year=2016)[0][0] == "2016-01/2016-02"


@pytest.mark.parametrize("text", ["X", "x", "✓", "☑", "☒", "■", "●", "done", "1", "[x]", "100%"])
def test_marks(text):
    assert is_mark(text, None)


@pytest.mark.parametrize(
    "text",
    ["☐", "□", "○", "-", "– ", "…", "0", "no", "non", "não", "لا", "N/A", "TBD", "[ ]", "☐\n"],
)
def test_no_marks(text):
    assert not is_mark(text, None)


COLUMNS = match_columns(["Activity", "Jan 2016", "Feb 2016", "Mar 2016"])


def row(*cells):
    """An action: texts and colours, each cell ``text`` or ``#COLOUR``."""
    found = [c.partition("#") for c in cells]
    made = (
        (Cell(row=0, column=n, place="", text=text, fill=fill or None),)
        for n, (text, _, fill) in enumerate(found)
    )
    return Entry(tuple(made), 1, 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("A", "#00FF00", "", "")], [[1]]),
        ([row("A#EEEEEE", "#EEEEEE", "#00FF00", "#EEEEEE")], [[2]]),
        ([row("A#EEEEEE", "#EEEEEE", "x#EEEEEE", "#EEEEEE")], [[2]]),
        ([row("A", "#EEEEEE", "x#EEEEEE", "#EEEEEE")], [[2]]),
        ([row("A#00FF00", "#00FF00", "", "")], [[1]]),
        ([row("A", "#CCCCCC", "x", ""), row("B", "#CCCCCC", "", "x")], [[2], [3]]),
        ([row("A", "#CCCCCC", "#00FF00", ""), row("B", "#CCCCCC", "", "#00FF00")], [[2], [3]]),
        ([row("A", "#00FF00", "#00FF00", ""), row("B", "#00FF00", "", "")], [[1, 2], [1]]),
        ([row("A", "#00FF00", "", ""), row("B", "#00FF00", "", "")], [[1], [1]]),
    ],
)
def test_colours_that_are_a_ground_are_no_marks(rows, expected):
    ground = grounds(rows, COLUMNS)
    assert [marked(one, COLUMNS, ground) for one in rows] == expected


def test_the_order_of_day_and_month_is_proven_for_a_table():
    head = ["Activity", "Start date", "End date"]
    one, other = ["A", "28/11/2016", "02/12/2016"], ["B", "11/28/2016", "12/02/2016"]
    assert when(head, one)[0][0] == "2016-11-28/2016-12-02"
    assert when(head, other)[0][0] == "2016-11-28/2016-12-02"
    assert [w[0] for w in when(head, one, other)] == ["2016-11-28/", "2016-11-28/"]
    assert when(head, ["A", "01/02/2016", "02/03/2016"])[0][2] == "ambiguous"
    assert when(head, ["A", "03/02/2016", ""], ["B", "14.02.2016", ""])[0][0] == "2016-02-03/"


@pytest.mark.parametrize(
    ("words", "every", "edtf"),
    [
        ("quarterly", "quarter", None),
        ("once a year", "year", None),
        ("une fois par trimestre", "quarter", None),
        ("una vez al mes", "month", None),
        ("anualmente", "year", None),
        ("شهريا", "month", None),
        ("Quarterly in 2016", "quarter", "{2016-33..2016-36}"),
        ("twice a year", "twice a year", None),
        ("2 fois par an", "twice a year", None),
        ("dos veces al año", "twice a year", None),
        ("مرتين في السنة", "twice a year", None),
        ("twice a year in 2016", "twice a year", "2016"),
        ("half-yearly", "semester", None),
        ("tous les 2 mois", "two months", None),
        ("weekly", "week", None),
        ("as needed", None, None),
        ("from 2016", None, "2016/.."),
        ("à partir de 2016", None, "2016/.."),
    ],
)
def test_frequencies_and_open_ranges_are_data(words, every, edtf):
    (action,) = read(["Activity", "Timeline"], ["A", words]).of(jmdi.Action)
    assert action.timeline.extra.get("every") == every
    assert action.timeline.edtf == edtf
    assert action.timeline.words == words


@pytest.mark.parametrize("words", ["ongoing", "en continu", "permanente", "مستمر"])
def test_a_time_without_an_end_is_data(words):
    (action,) = read(["Activity", "Timeline"], ["A", words]).of(jmdi.Action)
    assert action.timeline.extra == {"ongoing": True}
    assert (action.timeline.edtf, action.timeline.reason) == (None, "not_dated")


def test_a_heading_row_says_the_year():
    head = ["Activity", "Objective", "Q1", "Q2"]
    rows = ["2016", "", "", ""], ["A", "a", "X", ""], ["2017", "", "", ""], ["B", "b", "", "X"]
    assert [w[0] for w in when(head, *rows)] == ["2016-33", "2017-34"]


@pytest.mark.parametrize(
    ("above", "numbers", "third"),
    [
        ("2018", ["I", "II", "III", "IV"], "2018-35"),
        ("2018", ["1", "2", "3", "4"], "2018-35"),
        ("Cronograma 2018", ["I", "II", "III", "IV"], "2018-35"),
        ("Schedule", ["I", "II", "III", "IV"], None),
        ("Schedule", ["1", "2", "3", "4"], None),
        ("Year 2", ["I", "II", "III", "IV"], None),
    ],
)
def test_four_numbers_below_a_year_are_quarters(above, numbers, third):
    columns = match_columns(["Activity", *(f"{above} / {number}" for number in numbers)])
    assert columns[3].period == third


def test_two_numerals_below_a_year_are_semesters():
    columns = match_columns(["Activity", "2018 / I", "2018 / II", "Lead"])
    assert [one.period for one in columns[1:3]] == ["2018-40", "2018-41"]

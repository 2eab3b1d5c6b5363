"""The year of dates that name none, and what stands under the years of a budget."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.overview import overview


def read(text: str, **options: object) -> jmdi.Dataset:
    return jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep", **options)


def dates(text: str, **options: object) -> list[str | None]:
    actions = read(text, **options).of(jmdi.Action)
    return [action.timeline.edtf if action.timeline else None for action in actions]


TABLE = "Action,Objective,Timeline\nFair,Inform,March\n"


@pytest.mark.parametrize(
    ("above", "right"),
    [
        ("", None),
        ("Work plan 2016\n", "2016-03"),
        ("Work plan\nPeriod: January to December 2016\n", "2016-03"),
        ("Work plan 2016-2018\n", None),
        ("Work plan 2016\nPeriod: July 2016 to June 2017\n", None),
        ("Work plan FY 2016\n", None),
    ],
)
def test_the_title_block_says_the_year(above, right):
    assert dates(above + TABLE) == [right]


def test_an_option_says_the_year():
    assert dates(TABLE, default_year=2017) == ["2017-03"]


def test_a_heading_row_says_the_year_of_those_below():
    rows = "Action,Objective,Timeline\n2016\nFair,Inform,March\n2017\nForum,Inform,May\n"
    assert dates("Work plan 2016-2017\n" + rows) == ["2016-03", "2017-05"]


def test_a_date_of_another_year_leaves_the_others_open():
    rows = "Action,Objective,Timeline\nFair,Inform,March\nForum,Inform,May 2017\n"
    assert dates("Work plan 2016\n" + rows) == [None, "2017-05"]


@pytest.mark.parametrize(
    "heads",
    [
        "Action,Lead,Budget (PHP),,,\n,,2016,2017,Total,\n",
        "Action,Lead,Budget (PHP) 2016,Budget (PHP) 2017,Total budget (PHP),\n",
    ],
)
def test_years_under_a_budget_are_amounts_and_no_calendar(heads):
    (action,) = read(f"{heads}Fair,Town Hall,100,200,300,\n").of(jmdi.Action)
    assert [money.amount for money in action.finance] == [100, 200, 300]
    assert [money.extra.get("period") for money in action.finance] == ["2016", "2017", None]
    assert [money.per for money in action.finance] == [None, None, "total"]
    assert action.timeline is None


def test_the_sum_of_the_years_is_checked_against_the_total():
    table = "Action,Lead,Budget (PHP),,\n,,2016,2017,Total\nFair,Town Hall,100,200,{}\n"
    assert "workplan:W209" not in {p.code for p in read(table.format(300)).problems}
    (problem,) = (p for p in read(table.format(310)).problems if p.code == "workplan:W209")
    assert "310" in problem.message and "300" in problem.message


def test_money_counts_in_the_year_that_it_is_for():
    table = "Action,Lead,Budget (PHP),,\n,,2016,2017,Total\nFair,Town Hall,100,200,300\n"
    found = overview(read(table))["money"]
    assert list(zip(found.column("year"), found.column("amount"), strict=True)) == [
        ("2016", 100),
        ("2017", 200),
    ]


def test_amounts_below_the_names_of_those_who_pay_are_theirs():
    table = (
        "Activité,Lieu,Financement (FCFA),,\n,,État,Partenaires,Total\nForum,Kolda,100,200,300\n"
    )
    found = overview(read("Pays: Sénégal\n" + table))["money"]
    assert list(zip(found.column("source"), found.column("amount"), strict=True)) == [
        ("Partenaires", 200),
        ("État", 100),
    ]


def test_the_years_of_targets_are_their_periods():
    table = "Action,Indicator,Target,\n,,2016,2017\nFair,Visitors,100,200\n"
    seen = read(table).of(jmdi.Observation)
    assert [(one.value, one.period.edtf) for one in seen] == [(100, "2016"), (200, "2017")]


def test_a_cible_is_a_target_beside_an_indicator_only():
    (plain,) = read("Activité,Objectif,Cible\nForum,Informer,40 élus\n").of(jmdi.WorkPlan)
    (measured,) = read("Activité,Indicateur,Cible\nForum,Élus,40\n").of(jmdi.WorkPlan)
    assert [plan.tables[0].meanings[2] for plan in (plain, measured)] == ["audience", "target"]


def test_amounts_below_years_are_no_marks_whatever_stands_above_them():
    table = 'Action,Lead,Tranches,,\n,,2016,2017,\nFair,Town Hall,"1 500",2000,\n'
    (action,) = read(table).of(jmdi.Action)
    assert [money.amount for money in action.finance] == [1500, 2000]
    assert action.timeline is None
    (action,) = read(table.replace('"1 500",2000', "2,1")).of(jmdi.Action)
    assert (action.finance, action.timeline.edtf) == ((), "2016/2017")


@pytest.mark.parametrize(
    ("planned", "right"), [("Échéance", ("2018-03", "2018-04-15")), ("Lieu", ("2018-04-15", None))]
)
def test_a_date_of_realisation_is_that_of_what_was_done_beside_a_planned_one(planned, right):
    table = f"Activité,{planned},Date de réalisation\nForum,mars 2018,15/04/2018\n"
    found = read(table)
    (action,) = found.of(jmdi.Action)
    done = next(iter(found.of(jmdi.Observation)), None)
    assert (action.timeline.edtf, done and done.period.edtf) == right


@pytest.mark.parametrize(
    "title", ["Work plan 2016 E.C.", "Plan 2080 BS", "Plan 2016 EC", "خطة 1445 هـ"]
)
def test_a_year_of_another_calendar_dates_nothing(title):
    plan = f"# {title}\n\n|Activity|When|\n|-|-|\n|Train|March|\n|Dig|Q1|\n"
    found = jmdi.read(io.BytesIO(plan.encode()), format="workplan:markdown", on_error="keep")
    (workplan,) = found.of(jmdi.WorkPlan)
    assert workplan.country is None
    assert workplan.period is None or workplan.period.edtf is None
    assert {action.timeline.edtf for action in found.of(jmdi.Action)} == {None}

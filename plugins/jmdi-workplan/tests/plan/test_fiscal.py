"""Quarters and months of fiscal years: dated where it is known when these begin, else not."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.plan.fiscal import begins_in, fiscal_label, in_fiscal_year


def read(head: str, row: str, *above: str, **options: object) -> jmdi.Dataset:
    """A plan with one action below a head, and lines above it."""
    text = "\n".join([*above, "", f"Action,{head},Lead", f"Fair,{row},Town Hall"])
    return jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep", **options)


def when(head: str, row: str, *above: str, **options: object) -> str | None:
    return read(head, row, *above, **options).of(jmdi.Action)[0].timeline.edtf


KENYA = ("Republic of Kenya", "Annual work plan FY 2023/24")


def test_quarters_of_a_fiscal_year_begin_when_that_of_the_country_does():
    assert when("Q1,Q2,Q3,Q4", ",x,x,", *KENYA) == "2023-10/2024-03"
    assert when("Q1,Q2,Q3,Q4", "x,,,", "Republic of Ghana", "Work plan FY 2024") == "2024-33"
    assert read("Q1,Q2", "x,", *KENYA).of(jmdi.WorkPlan)[0].period.edtf == "2023-07/2024-06"


@pytest.mark.parametrize("head", ["FY2023/24 Q1,FY2023/24 Q2", "Q1 2023-24,Q2 2023-24"])
def test_heads_name_their_fiscal_year(head):
    assert when(head, ",x", "Work plan", fiscal_year_start=7) == "2023-10/2023-12"
    assert when(head, ",x", "Work plan July 2023 – June 2024") == "2023-10/2023-12"


def test_twelve_months_show_when_a_fiscal_year_begins():
    head = "Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar,Apr,May,Jun"
    assert when(head, ",,,,,x,x,,,,,", "Work plan 2023/24") == "2023-12/2024-01"


def test_without_its_first_month_a_fiscal_year_is_not_dated():
    found = read("Q1,Q2", "x,", "Work plan FY 2023/24")
    assert found.of(jmdi.Action)[0].timeline.edtf is None
    (problem,) = found.problems
    assert "it is not known when the fiscal year of Q1 is" in problem.message
    assert "fiscal_year_start=7" in problem.cure


def test_a_fiscal_year_of_one_number_may_be_either():
    assert when("Q1,Q2", "x,", "Republic of Kenya", "Work plan FY 2024") is None


def test_what_names_a_fiscal_year():
    texts = ["Plan 2023/24", "Plan FY 2023-2024", "Plan 2023-2024", "Plan 2023/25", "3/2024"]
    assert list(map(fiscal_label, texts)) == ["2023/2024", "2023/2024", "", "", ""]
    assert in_fiscal_year("{year}-W05", "2023/2024", 7) is None
    assert begins_in("2023-07/2024-05") is None


def test_a_cross_beside_a_check_says_no():
    assert when("Q1,Q2,Q3", "✔,✘,✘", "Work plan 2024") == "2024-33"
    assert when("Q1,Q2,Q3", ",✘,✘", "Work plan 2024") == "2024-34/2024-35"


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("Q1-Q3", "2023-07/2024-03"),
        ("T2", "2023-10/2023-12"),
        ("as needed", None),
        ("Mondays", None),
    ],
)
def test_quarters_in_a_cell_are_those_of_the_fiscal_year(typed, edtf):
    (action,) = read("When", typed, *KENYA).of(jmdi.Action)
    assert (action.timeline.edtf, action.timeline.words) == (edtf, typed)

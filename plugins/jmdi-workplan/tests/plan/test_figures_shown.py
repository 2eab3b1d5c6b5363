"""What the amounts of a table show of each other: decimal marks, currencies, sums."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.plan.figures_shown import decimal_mark


def amounts(*lines: str, head: str = "Budget (JOD)") -> list[tuple[str | None, str | None]]:
    """Amount and currency of each action of a plan with a row per line."""
    rows = [f'Fair {n},Inform,"{one}"' for n, one in enumerate(lines)]
    rows = [row if "Total" not in row else f'Total,,"{lines[-1][6:]}"' for row in rows]
    text = "\n".join([f"Action,Objective,{head}", *rows])
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    paid = [action.finance[0] for action in found.of(jmdi.Action)]
    return [(money.amount and str(money.amount), money.currency) for money in paid]


@pytest.mark.parametrize(
    ("figures", "mark"),
    [
        (["300,000", "1,250,000"], "."),
        (["300,000", "12.50"], "."),
        (["300,000", "12,50"], ","),
        (["300.000", "1.250,5"], ","),
        (["300,000", "1.500,000"], None),
        (["300,000", "1 500,000"], ","),
        (["300,000", "12/03/2024"], None),
        (["300,000", "12.50", "12,50"], None),
        (["1 200", "12,50"], None),
    ],
)
def test_a_figure_shows_how_others_are_typed(figures, mark):
    assert decimal_mark([figures], [[]]) == mark


@pytest.mark.parametrize(("total", "mark"), [("300,500", "."), ("800,000", ","), ("420,500", None)])
def test_a_total_shows_it_where_it_is_the_sum_in_one_reading_only(total, mark):
    assert decimal_mark([["300,000", "500"]], [[total]]) == mark


def test_what_is_shown_decides_between_thousands_and_decimals():
    head = "Budget (TND)"
    assert amounts("300,000", "120,500", head=head) == [(None, "TND"), (None, "TND")]
    assert amounts("300,000", "1,120,500", head=head) == [("300000", "TND"), ("1120500", "TND")]
    total = amounts("300,000", "500", "Total 300,500", head=head)
    assert total == [("300000", "TND"), ("500", "TND")]


def test_countries_that_write_the_point_before_three_decimals_have_thousands_behind_a_comma():
    assert amounts("300,000", "1.250", head="Budget (JOD)") == [("300000", "JOD"), ("1.250", "JOD")]


def test_a_bare_figure_is_in_the_currency_that_all_others_of_the_table_name():
    assert amounts("EUR 200", "80 000", head="Budget") == [("200", "EUR"), ("80000", "EUR")]
    assert amounts("EUR 200", "USD 5", "80 000", head="Budget")[2] == ("80000", None)
    assert amounts("$ 200", "80 000", head="Budget")[1] == ("80000", None)


SHARED = """Activity,Time,Budget (GHS),IGF,DACF,Donor,Lead
Forum,May 2022,"20,000","5,000","15,000",,Assembly
Training,June 2022,"60,000",,"20,000","40,000",Assembly
Total,,"80,000","5,000","35,000","40,000",
"""


def test_columns_whose_amounts_sum_up_to_another_say_who_pays():
    found = jmdi.read(io.BytesIO(SHARED.encode()), format="workplan:csv", on_error="keep")
    paid = [
        [(str(money.amount), money.per, money.extra.get("source")) for money in action.finance]
        for action in found.of(jmdi.Action)
    ]
    assert paid == [
        [("20000", "total", None), ("5000", None, "IGF"), ("15000", None, "DACF")],
        [("60000", "total", None), ("20000", None, "DACF"), ("40000", None, "Donor")],
    ]
    assert {problem.code for problem in found.problems} == {"workplan:W214"}


def test_columns_that_do_not_sum_up_stay_what_they_are():
    text = SHARED.replace("15,000", "14,000").replace("20,000", "21,000", 1)
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    assert len(found.of(jmdi.Action)[0].finance) == 1


def test_a_total_is_held_against_the_sum_of_its_own_column():
    text = b"""Action,2021,2022,Total (USD),Lead
Study,"50,000",,"50,000",Office
Portal,"20,000","80,000","100,000",Office
Total,"70,000","80,000","151,000",
"""
    found = jmdi.read(io.BytesIO(text), format="workplan:csv", on_error="keep")
    (problem,) = found.problems
    assert "the total is 151000 USD, the actions sum up to 150000 USD" in problem.message

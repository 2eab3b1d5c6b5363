"""What a report shows of IATI, on the files of two publishers and by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import jmdi
from jmdi.panels import Unknown, in_language
from jmdi_iati.facets import Activity
from jmdi_iati.panels.activities import activities
from jmdi_iati.panels.money import money
from jmdi_iati.panels.roles import roles
from jmdi_iati.panels.unknowns import unknowns

FILES = Path(__file__).parents[1] / "files"


def english(words):
    return in_language(words, "en")


@pytest.fixture(scope="module")
def agency():
    return jmdi.read(FILES / "agency-a.xml", on_error="keep")


def test_an_activity_says_what_its_publisher_says(agency):
    (row,) = activities(agency).rows
    assert english(row[0].label) == "Remittances for local development"
    assert row[1] == "GB-CHC-1-A1" and english(row[2]) == "Implementation"
    assert row[3].edtf == "2017-02-06/2019-12-31"
    assert [(m.amount, m.currency) for m in row[4]] == [(8702, "USD")]


def test_roles_are_counted_by_kind(agency):
    found = roles(agency)
    assert english(found.columns[0]) == "Funding"
    assert sum(sum(row) for row in found.values) == 4


def test_sums_are_of_one_sort_year_and_currency():
    paid = [
        ("disbursement", 10, "EUR"),
        ("disbursement", 5, "EUR"),
        ("disbursement", 7, "USD"),
        ("disbursement", 3, None),
        ("loan_repayment", 4, "EUR"),
    ]
    budget = jmdi.Budget(
        id="budget",
        initiative="a",
        type=jmdi.code("budget-type", "budget"),
        period=jmdi.Period("2015-01-01/2015-12-31"),
        value=jmdi.Money(100, "EUR"),
    )
    transactions = [
        jmdi.Transaction(
            id=str(number),
            initiative="a",
            type=jmdi.code("transaction-type", kind),
            date=jmdi.Period("2015-03-01"),
            value=jmdi.Money(figure, currency),
        )
        for number, (kind, figure, currency) in enumerate(paid)
    ]
    ds = jmdi.dataset([jmdi.Initiative(id="a").with_facet(Activity()), budget, *transactions])
    rows = [
        (
            english(r[0]),
            r[1] if isinstance(r[1], str) else None,
            getattr(r[2], "amount", None),
            r[3],
        )
        for r in money(ds).rows
    ]
    assert rows == [
        ("Budget of an initiative", "2015", 100, 1),
        ("Disbursement", "2015", 15, 2),
        ("Disbursement", "2015", 7, 1),
        ("Loan repayment", "2015", 4, 1),
        ("Transactions without type, year, amount or currency", None, None, 1),
    ]


def test_what_is_not_stated_is_counted(agency):
    bars = {english(bar.label): bar.value for bar in unknowns(agency).rows}
    assert bars["What it costs"] == bars["When it takes place"] == 1
    bare = jmdi.dataset([jmdi.Initiative(id="a").with_facet(Activity())])
    assert [bar.value for bar in unknowns(bare).rows] == [0] * 6
    (row,) = activities(bare).rows
    assert all(isinstance(cell, Unknown) for cell in row[1:])


@pytest.mark.parametrize("make", [activities, roles, money, unknowns])
def test_without_activities_there_is_nothing(make):
    assert make(jmdi.dataset([jmdi.Initiative(id="a")])) is None

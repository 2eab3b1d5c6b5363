"""What a report shows of IATI, on the files of two publishers and by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
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
        money_of(10, "EUR", "disbursement"),
        money_of(5, "EUR", "disbursement"),
        money_of(7, "USD", "disbursement"),
        money_of(3, None, "disbursement"),
        money_of(4, "EUR", "loan repayment"),
    ]
    activity = jmdi.Initiative(id="a", budget=(money_of(100, "EUR", "budget 2015/2016"),))
    ds = jmdi.dataset(
        [
            activity.with_facet(Activity()),
            jmdi.Actor(id="x"),
            jmdi.Actor(id="y"),
            jmdi.Tie(
                id="t",
                source="x",
                target="y",
                type=jmdi.code("tie-kind", "funding"),
                amounts=tuple(paid),
            ),
        ]
    )
    rows = [(english(r[0]), r[1], getattr(r[2], "amount", None), r[3]) for r in money(ds).rows]
    assert rows == [
        ("Budget", "2015", 100, 1),
        ("Payment", "2015", 15, 2),
        ("Payment", "2015", 7, 1),
        ("Payment", "2015", None, 1),
        ("Other flows", "2015", 4, 1),
    ]


def money_of(figure, currency, note):
    day = datetime.date(2015, 3, 1)
    return jmdi.Money(amount=Decimal(figure), currency=currency, date=day, note=note)


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

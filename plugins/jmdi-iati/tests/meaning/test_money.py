"""The rules for money: amounts, ties between organisations, and organisation files."""

from __future__ import annotations

from decimal import Decimal

import pytest
from iati_helpers import only, transaction

import jmdi

# 11 no ties to oneself


def test_money_to_oneself_is_no_tie(files):
    dataset, codes = files.of(
        transaction("3", provider="Agency A", ref="XM-DAC-41114", receiver="Agency A")
    )
    assert not dataset.of(jmdi.Tie)
    assert "I501" in codes


# 16 money


@pytest.mark.parametrize(
    ("text", "currency", "amount", "code"),
    [
        ("8,702", "", Decimal(8702), "I306"),
        ("-5.50", "", Decimal("-5.50"), None),
        ("0", "", Decimal(0), None),
        ("about 5", "", None, "I305"),
        ("", "", None, "I305"),
        ("5", "Eur ", Decimal(5), None),
        ("5", "17934", Decimal(5), "I307"),
        ("1e999999999", "", None, "I305"),
        ("NaN", "", None, "I305"),
    ],
)
def test_amounts(files, text, currency, amount, code):
    said = f'currency="{currency}"' if currency else ""
    dataset, codes = files.of(
        '<budget><period-start iso-date="2015-01-01"/><period-end iso-date="2015-12-31"/>'
        f"<value {said}>{text}</value></budget>"
    )
    (money,) = only(dataset, jmdi.Initiative).budget
    assert money.amount == amount
    assert (money.reason is None) == (amount is not None and currency != "17934")
    assert code is None or code in codes


def test_ties_add_up_by_sort_currency_and_day(files):
    one = transaction("3", receiver="Municipality A", value="0.10")
    other = transaction("3", receiver="Municipality A", value="5", currency="EUR")
    promised = transaction("2", receiver="Municipality A", value="100")
    dataset, _ = files.of(one, one, one, other, promised)
    tie = only(dataset, jmdi.Tie)
    assert tie.type.code == "funding"
    assert dataset.get(tie.target).label() == "Municipality A"
    assert [(m.note, m.amount, m.currency) for m in tie.amounts] == [
        ("disbursement", Decimal("0.30"), "USD"),
        ("disbursement", Decimal(5), "EUR"),
        ("commitment", Decimal(100), "USD"),
    ]


def test_second_party_is_not_invented(files):
    dataset, codes = files.of(transaction("3"))
    assert not dataset.of(jmdi.Tie)
    assert "I502" in codes


# organisation files


def test_organisation_file(files):
    data = b"""<iati-organisations version="2.03"><iati-organisation default-currency="EUR">
        <organisation-identifier>GB-CHC-1</organisation-identifier>
        <name><narrative xml:lang="en">Trust</narrative></name>
        <recipient-org-budget><recipient-org ref="NP-SWC-2"><narrative>Group</narrative>
        </recipient-org><value value-date="2015-01-01">50</value></recipient-org-budget>
        <document-link url="http://example.org/r.pdf"><category code="B01"/></document-link>
        </iati-organisation></iati-organisations>"""
    dataset, _ = files.read(data)
    tie = only(dataset, jmdi.Tie)
    assert dataset.get(tie.source).label() == "Trust"
    assert tie.amounts[0].amount == 50
    assert len(dataset.of(jmdi.KnowledgeProduct)) == 1

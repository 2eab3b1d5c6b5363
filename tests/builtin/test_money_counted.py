"""Which budgets and transactions count, in which currency."""

from __future__ import annotations

import jmdi
from jmdi.app import Model

CORE = Model.build([])


def budget(
    id: str,
    amount: int | None,
    period: str = "2020",
    *,
    status: str | None = None,
    version: str | None = None,
    currency: str = "USD",
    kind: str = "budget",
    initiative: str = "a",
) -> jmdi.Budget:
    return jmdi.Budget(
        id=id,
        initiative=initiative,
        type=jmdi.code("budget-type", kind),
        status=None if status is None else jmdi.code("budget-status", status),
        version=None if version is None else jmdi.code("budget-version", version),
        period=jmdi.Period(period),
        value=None if amount is None else jmdi.Money(amount, currency),
    )


def paid(id: str, amount: int, currency: str, initiative: str, kind: str | None) -> jmdi.Record:
    return jmdi.Transaction(
        id=id,
        initiative=initiative,
        type=None if kind is None else jmdi.code("transaction-type", kind),
        date=jmdi.Period("2020-01-01"),
        value=jmdi.Money(amount, currency),
    )


def test_a_committed_budget_stands_for_the_indicative_one_of_its_period() -> None:
    ds = CORE.dataset(
        [
            budget("1", 38, status="indicative"),
            budget("2", 42, status="committed"),
            budget("3", 5, "2021", status="indicative"),
            budget("4", 1, "2020-01", status="indicative"),
        ]
    )
    found = ds.metric("money-total", of="budgets")
    assert (found.value, found.lower, found.upper) == (48, 48, 86)
    assert found.notes["replaced_by_a_commitment"] == 1
    assert "a committed one the indicative one of the same period" in found.convention


def test_a_revision_of_another_status_replaces_the_original_once() -> None:
    ds = CORE.dataset(
        [
            budget("1", 10, status="committed", version="original"),
            budget("2", 12, status="indicative", version="revised"),
        ]
    )
    found = ds.metric("money-total", of="budgets")
    assert (found.value, found.upper) == (12, 22)


def test_an_original_in_one_currency_is_replaced_by_a_revision_in_another() -> None:
    ds = CORE.dataset([budget("1", 10), budget("2", 9, version="revised", currency="EUR")])
    assert ds.metric("money-total", of="budgets").values == {
        "budget · EUR": {"type": "budget", "currency": "EUR", "amount": 9, "n": 1}
    }
    assert ds.metric("money-total", of="budgets", currency="USD").value is None


def test_an_item_of_a_country_budget_is_no_amount_even_without_a_share() -> None:
    ds = CORE.dataset([budget("1", 10), budget("2", None, kind="country_budget_item")])
    found = ds.metric("money-total", of="budgets")
    assert (found.value, found.no_bounds, found.n_eligible) == (10, "", 1)
    assert found.notes["budget_lines"] == 1


def test_parts_in_another_currency_do_not_hide_the_whole() -> None:
    parent = jmdi.code("initiative-relation", "parent")
    ds = CORE.dataset(
        [
            *(jmdi.Initiative(id=name) for name in ("whole", "part")),
            jmdi.Relates(id="r", source="part", target="whole", type=parent),
            paid("1", 100, "EUR", "whole", "disbursement"),
            paid("2", 110, "USD", "part", "disbursement"),
        ]
    )
    assert ds.metric("money-total", currency="EUR").value == 100
    assert ds.metric("money-total", currency="USD").value == 110
    assert ds.metric("money-total").value == 110


def test_money_of_an_unknown_type_in_another_currency_is_not_asked_for() -> None:
    ds = CORE.dataset([paid("1", 5, "EUR", "a", "disbursement"), paid("2", 5, "USD", "a", None)])
    found = ds.metric("money-total", types="disbursement", currency="EUR")
    assert (found.value, found.upper, found.n_used, found.n_eligible) == (5, None, 1, 1)

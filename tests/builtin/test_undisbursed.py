"""Commitments of which nothing is paid: by hand, and beside a plain loop over all completions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi.app import Model

A, B = (jmdi.Initiative(id=name) for name in "ab")
PROMISE = "outgoing_commitment"


@pytest.fixture(scope="module")
def core() -> Model:
    return Model.build([])


def move(
    id: str,
    amount: int | None = None,
    currency: str | None = "USD",
    *,
    kind: str | None = "disbursement",
    date: str | None = "2019-03-01",
    initiative: str = "a",
) -> jmdi.Transaction:
    return jmdi.Transaction(
        id=id,
        initiative=initiative,
        type=None if kind is None else jmdi.code("transaction-type", kind),
        date=None if date is None else jmdi.Period(date),
        value=jmdi.Money(amount, currency),
    )


def test_commitments_without_disbursement(core: Model) -> None:
    promise = "outgoing_commitment"
    ds = core.dataset(
        [
            *(jmdi.Initiative(id=name) for name in ("paid", "unpaid", "back", "part", "whole")),
            jmdi.Relates(
                id="r",
                source="part",
                target="whole",
                type=jmdi.code("initiative-relation", "parent"),
            ),
            move("1", 10, kind=promise, initiative="paid"),
            move("2", 10, kind="expenditure", initiative="paid"),
            move("3", 8, kind=promise, initiative="unpaid"),
            move("4", 1, "EUR", kind=promise, initiative="unpaid"),
            move("5", 5, kind=promise, initiative="back"),
            move("6", -5, kind=promise, initiative="back"),
            move("7", 5, kind=promise, initiative="whole"),
            move("8", 1, initiative="part"),
        ]
    )
    found = ds.metric("undisbursed")
    assert found.value == pytest.approx(1 / 3)
    assert found.values == {"unpaid": {"USD": 8, "EUR": 1}}
    assert found.contributing == ("unpaid",)


def test_nothing_is_paid_by_0_by_what_was_taken_back_or_perhaps_by_what_is_unknown(
    core: Model,
) -> None:
    promised = move("1", 8, kind="outgoing_commitment")
    found = core.dataset([A, promised, move("2", 0)]).metric("undisbursed")
    assert (found.value, found.lower, found.upper) == (1, 1, 1)
    found = core.dataset([A, promised, move("2", 5), move("3", -5)]).metric("undisbursed")
    assert (found.value, found.lower, found.upper) == (1, 1, 1)
    unknown = jmdi.evolve(move("2", 1), value=jmdi.Money(reason="unreadable"))
    found = core.dataset([A, promised, unknown]).metric("undisbursed")
    assert (found.value, found.lower, found.upper) == (1, 0, 1)


def test_a_transaction_of_unknown_type_may_be_a_payment_or_a_commitment(core: Model) -> None:
    promised = move("1", 8, kind="outgoing_commitment")
    ds = core.dataset(
        [A, B, promised, move("2", 1, kind=None), move("3", 1, kind=None, initiative="b")]
    )
    found = ds.metric("undisbursed")
    assert (found.value, found.lower, found.upper) == (1, 0, 1)
    assert (found.n_used, found.n_eligible) == (1, 2)


# currencies


def test_what_was_taken_back_in_another_currency_takes_a_rate(core: Model, tmp_path: Path) -> None:
    paid = [move("2", 5), move("3", -5, "EUR")]
    ds = core.dataset([A, B, move("1", 8, kind=PROMISE), *paid])
    found = ds.metric("undisbursed")
    assert (found.value, found.undefined) == (None, "missing_input")
    assert found.notes["taken_back_in_other_currencies"] == 1
    other = move("4", 8, kind=PROMISE, initiative="b")
    found = core.dataset([*ds, other]).metric("undisbursed")
    assert (found.value, found.lower, found.upper) == (1, 0.5, 1)
    assert (found.n_used, found.n_eligible) == (1, 2)
    table = tmp_path / "rates.csv"
    for rate, value in (("0.9", 0), ("1", 1), ("1.1", 1)):
        table.write_text(f"currency,date,rate\nEUR,2019,{rate}\n")
        found = ds.metric("undisbursed", currency="USD", rates=str(table))
        assert (found.value, found.lower, found.upper) == (value, value, value)
        assert (found.notes["converted"], found.notes["rates"]) == (1, "rates.csv")
        assert "converted to USD at the rates supplied" in found.convention
    assert ds.metric("undisbursed", currency="USD").value == 0  # what was taken back is in euros
    assert ds.metric("undisbursed", currency="EUR").undefined == "missing_input"


def test_commitments_of_two_currencies_stand_if_none_was_taken_back(core: Model) -> None:
    ds = core.dataset([A, move("1", 8, kind=PROMISE), move("2", 1, "EUR", kind=PROMISE)])
    found = ds.metric("undisbursed")
    assert (found.value, found.values) == (1, {"a": {"USD": 8, "EUR": 1}})
    turned = core.dataset([*ds, move("3", -2, "EUR", kind=PROMISE)]).metric("undisbursed")
    assert (turned.value, turned.notes["taken_back_in_other_currencies"]) == (None, 1)


def test_a_commitment_taken_back_in_no_currency_does_not_stand(core: Model) -> None:
    found = core.dataset([A, move("1", -8, None, kind=PROMISE)]).metric("undisbursed")
    assert found.why == "no initiative has a commitment of which enough is known"


# every completion

CORE = Model.build([])
AMOUNTS, RATES = (-3, 0, 3), (Fraction(1, 100), Fraction(1), Fraction(100))
TYPES = (PROMISE, "disbursement", "interest_payment")


@st.composite
def records(draw: st.DrawFn) -> list[jmdi.Transaction]:
    return [
        move(
            str(number),
            draw(st.sampled_from([-3, 2, 3, None])),
            draw(st.sampled_from(["USD", "EUR", None])),
            kind=draw(st.sampled_from([PROMISE, PROMISE, "disbursement", "expenditure", None])),
            date=draw(st.sampled_from(["2019-03-01", "2019-03-01", "2021", None])),
            initiative=draw(st.sampled_from("ab")),
        )
        for number in range(draw(st.integers(1, 5)))
    ]


def completions(rows: list[jmdi.Transaction]) -> Iterator[list[tuple[str, str, Fraction]]]:
    """Initiative, type and worth of each transaction in 2019, whatever is not known."""
    for rate in RATES:
        worth = {"USD": Fraction(1), "EUR": rate}
        choices: list[list[tuple[str, str, Fraction] | None]] = []
        for row in rows:
            assert row.value is not None and row.initiative is not None
            amounts = AMOUNTS if row.value.amount is None else (int(row.value.amount),)
            currencies = [row.value.currency] if row.value.currency else ["USD", "EUR"]
            kinds = TYPES if row.type is None else (row.type.code,)
            inside: list[tuple[str, str, Fraction] | None] = [
                (row.initiative, kind, amount * worth[currency])
                for kind in kinds
                for amount in amounts
                for currency in currencies
            ]
            known = row.date is not None and row.date.edtf
            outside = [None] if known != "2019-03-01" else []
            choices.append(outside if known == "2021" else [*inside, *outside])
        for chosen in itertools.product(*choices):
            yield [one for one in chosen if one is not None]


def share(moves: list[tuple[str, str, Fraction]]) -> Fraction | None:
    def total(initiative: str, kinds: tuple[str, ...]) -> Fraction:
        return sum((w for i, k, w in moves if i == initiative and k in kinds), Fraction())

    standing = [i for i in "ab" if total(i, (PROMISE,)) > 0]
    unpaid = [i for i in standing if total(i, ("disbursement", "expenditure")) <= 0]
    return Fraction(len(unpaid), len(standing)) if standing else None


@settings(max_examples=80, deadline=None)
@given(records())
def test_no_completion_lies_outside_the_bounds(rows: list[jmdi.Transaction]) -> None:
    found = CORE.dataset([A, B, *rows]).metric("undisbursed", during="2019-01-01/2020-01-01")
    if found.value is None:
        return
    shares = [one for moves in completions(rows) if (one := share(moves)) is not None]
    assert found.lower <= min(shares) <= max(shares) <= found.upper
    assert found.lower <= found.value <= found.upper


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(rows: list[jmdi.Transaction], order: Any) -> None:
    other = list(rows)
    order.shuffle(other)
    one, two = (CORE.dataset([A, B, *given]).metric("undisbursed") for given in (rows, other))
    assert (one.value, one.lower, one.upper) == (two.value, two.lower, two.upper)


@settings(max_examples=50, deadline=None)
@given(records(), st.sampled_from(RATES))
def test_with_rates_it_is_a_plain_loop(rows: list[jmdi.Transaction], rate: Fraction) -> None:
    import tempfile

    known = [row for row in rows if row.type and row.date and row.value and row.value.known]
    with tempfile.TemporaryDirectory() as home:
        table = Path(home) / "rates.csv"
        table.write_text(f"currency,date,rate\nEUR,2019,{float(rate)}\nEUR,2021,{float(rate)}\n")
        found = CORE.dataset([A, B, *known]).metric("undisbursed", currency="USD", rates=str(table))
    moves = [
        (
            row.initiative or "",
            row.type.code if row.type else "",
            int(row.value.amount or 0) * (rate if row.value.currency == "EUR" else 1)
            if row.value
            else Fraction(),
        )
        for row in known
    ]
    expected = share(moves)
    assert found.value == (None if expected is None else float(expected))
    assert expected is None or found.lower == found.value == found.upper

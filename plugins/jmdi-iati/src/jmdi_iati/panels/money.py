"""Transactions and budgets by type, year and currency, as stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from jmdi import Budget, Code, Dataset, Money, Period, Transaction
from jmdi.panels import Cell, Column, Grid, Unknown, label_of
from jmdi_iati.panels import MOST, say
from jmdi_iati.panels.published import published
from jmdi_iati.standard.numbers import EXACT

__all__ = ["money"]

Key: TypeAlias = tuple[int, str, str, str]
"""Whether of transactions, the type, the year and the currency; empty for what is not stated."""


def money(dataset: Dataset) -> Grid | None:
    """Sums of what publishers state; amounts that cannot be added are counted.

    Args:
        dataset: The records.
    """
    sums: dict[Key, list[Decimal]] = {}
    types: dict[str, Code] = {}
    for place, kind, period, amount in _stated(dataset):
        first = period.start if period else None
        year = f"{first.year:04}" if first else ""
        known = amount is not None and amount.amount is not None
        currency = (amount.currency or "") if amount is not None and known else ""
        if kind is not None:
            types[kind.code] = kind
        figure = amount.amount if amount is not None and amount.amount is not None else Decimal()
        sums.setdefault((place, kind.code if kind else "", year, currency), []).append(figure)
    if not sums:
        return None
    vocabularies = dataset.model.catalog.vocabularies
    order = {
        code: place
        for scheme in ("budget-type", "transaction-type")
        for place, code in enumerate(vocabularies[scheme].codes())
    }
    keys = sorted(
        sums,
        key=lambda k: (k[0], order.get(k[1], 99), k[1], k[2] == "", k[2], k[3] == "", k[3]),
    )
    columns = [
        Column(say("sort")),
        Column(say("year"), "date"),
        Column(say("amount"), "money"),
        Column(say("number"), "number"),
    ]
    rows: list[list[Cell]] = []
    for key in keys[: 2 * MOST]:
        _, code, year, currency = key
        named: Cell = label_of(types[code], vocabularies) if code else Unknown(say("not_stated"))
        when: Cell = year or Unknown(say("not_stated"))
        rows.append([named, when, _total(sums[key], currency), len(sums[key])])
    return Grid(columns, rows, note=say("money_note"), left_out=len(keys) - len(rows))


def _stated(
    dataset: Dataset,
) -> Iterator[tuple[int, Code | None, Period | None, Money | None]]:
    """All budgets and transactions of activities: place, type, when and how much."""
    activities = {one.id for one in published(dataset)}
    for budget in dataset.of(Budget):
        if budget.initiative in activities and budget.part_of is None and budget.share is None:
            yield 0, budget.type, budget.period, budget.value
    for transaction in dataset.of(Transaction):
        if transaction.initiative in activities:
            yield 1, transaction.type, transaction.date, transaction.value


def _total(amounts: list[Decimal], currency: str) -> Cell:
    if not currency:
        return Unknown(say("no_amount"))
    figure = Decimal()
    for amount in amounts:
        figure = EXACT.add(figure, amount)
    return Money(figure, currency)

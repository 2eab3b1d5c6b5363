"""Budgets and flows by sort, year and currency, as stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from jmdi import Dataset, Money, Tie
from jmdi.panels import Cell, Column, Grid, Unknown
from jmdi_iati.panels import MOST, say
from jmdi_iati.panels.published import published
from jmdi_iati.standard.numbers import EXACT

__all__ = ["money"]

SORTS = {
    "budget": "sort_budget",
    "revised budget": "sort_revised_budget",
    "commitment": "sort_commitment",
    "incoming funds": "sort_incoming_funds",
    "planned disbursement": "sort_planned_disbursement",
    "disbursement": "sort_disbursement",
    "expenditure": "sort_expenditure",
    "": "sort_other",
}
"""The sorts of money by what a note says, in the order of a project's life; others come last."""

PLACES = {sort: place for place, sort in enumerate(SORTS)}

Key: TypeAlias = tuple[int, str, str]
"""The place of the sort, the year and the currency; empty for what is not stated."""


def money(dataset: Dataset) -> Grid | None:
    """Sums of what publishers state; amounts that cannot be added are counted.

    Args:
        dataset: The records.
    """
    sums: dict[Key, list[Decimal]] = {}
    for sort, amount in _stated(dataset):
        year = f"{amount.date.year:04}" if amount.date else ""
        currency = amount.currency or "" if amount.amount is not None else ""
        sums.setdefault((sort, year, currency), []).append(amount.amount or Decimal())
    if not sums:
        return None
    keys = sorted(sums, key=lambda key: (key[0], key[1] == "", key[1], key[2] == "", key[2]))
    columns = [
        Column(say("sort")),
        Column(say("year"), "date"),
        Column(say("amount"), "money"),
        Column(say("number"), "number"),
    ]
    rows = [_row(key, sums[key]) for key in keys[: 2 * MOST]]
    return Grid(columns, rows, note=say("money_note"), left_out=len(keys) - len(rows))


def _stated(dataset: Dataset) -> Iterator[tuple[int, Money]]:
    """All amounts with the place of their sort."""
    activities = published(dataset)
    for activity in activities:
        for amount in activity.budget:
            revised = (amount.note or "").startswith("revised")
            yield PLACES["revised budget" if revised else "budget"], amount
    for tie in dataset.of(Tie) if activities else ():
        if tie.type is not None and tie.type.code == "funding":
            for amount in tie.amounts:
                yield PLACES.get(amount.note or "", PLACES[""]), amount


def _row(key: Key, amounts: list[Decimal]) -> list[Cell]:
    sort, year, currency = key
    when: Cell = year or Unknown(say("not_stated"))
    total: Cell = Unknown(say("no_amount"))
    if currency:
        figure = Decimal()
        for amount in amounts:
            figure = EXACT.add(figure, amount)
        total = Money(figure, currency)
    return [say([*SORTS.values()][sort]), when, total, len(amounts)]

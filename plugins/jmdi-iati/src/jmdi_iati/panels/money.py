"""Transactions and budgets by type, year and currency, as stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jmdi import Code, Dataset, Money
from jmdi.panels import Cell, Column, Grid, Unknown, label_of
from jmdi_iati.panels import MOST, say
from jmdi_iati.panels.published import published

__all__ = ["money"]

SCHEMES = {"budgets": "budget-type", "transactions": "transaction-type"}
OPEN = {"budgets": "open_budgets", "transactions": "open_transactions"}


def money(dataset: Dataset) -> Grid | None:
    """Sums of what publishers state; amounts that cannot be added are counted.

    Args:
        dataset: The records.
    """
    rows = [row for of in SCHEMES for row in _rows(dataset, of)] if published(dataset) else []
    if not rows:
        return None
    columns = [
        Column(say("sort")),
        Column(say("year"), "date"),
        Column(say("amount"), "money"),
        Column(say("number"), "number"),
    ]
    shown = rows[: 2 * MOST]
    return Grid(columns, shown, note=say("money_note"), left_out=len(rows) - len(shown))


def _rows(dataset: Dataset, of: str) -> Iterator[list[Cell]]:
    """The sums of ``money-total`` in the order of a project's life, and what is open."""
    found = dataset.metric("money-total", of=of, by=["year"])
    vocabularies = dataset.model.catalog.vocabularies
    order = {code: place for place, code in enumerate(vocabularies[SCHEMES[of]].codes())}
    sums: list[Any] = [*(found.values or {}).values()]
    for row in sorted(sums, key=lambda row: (order.get(row["type"], len(order)), row["year"])):
        named = label_of(Code(SCHEMES[of], row["type"]), vocabularies)
        yield [named, row["year"], Money(Decimal(row["amount"]), row["currency"]), row["n"]]
    if open_ := (found.n_eligible or 0) - (found.n_used or 0):
        yield [say(OPEN[of]), Unknown(say("not_stated")), Unknown(say("no_amount")), open_]

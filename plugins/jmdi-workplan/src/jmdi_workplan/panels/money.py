"""What plans say about money, by who pays and by year; sums are of one currency, as stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from jmdi import Action, Actor, Contributes, Dataset, Money, Participates, Period, evolve
from jmdi.panels import Cell, Column, Grid, Unknown, link_to, unknown_for
from jmdi_workplan.panels import MOST, say

__all__ = ["money"]

Mention: TypeAlias = tuple[tuple[str, ...], str, Money]
"""Who pays (ids), the year or years in EDTF (empty if not known), and an amount as stated."""


def money(dataset: Dataset) -> Grid | None:
    """Sums by payer, year and currency; what has no figure is counted by its reason.

    Args:
        dataset: The records.
    """
    sums: dict[tuple[Any, ...], list[Money]] = {}
    for payers, year, amount in _mentions(dataset):
        sums.setdefault((payers, year, _sort(amount)), []).append(amount)
    if not sums:
        return None
    keys = sorted(sums, key=lambda key: (key[0] == (), key[0], key[1] == "", key[1], key[2]))
    columns = [
        Column(say("payer")),
        Column(say("year"), "date"),
        Column(say("amount"), "money"),
        Column(say("mentions"), "number"),
    ]
    rows = [_row(key[0], key[1], sums[key], dataset) for key in keys[:MOST]]
    return Grid(columns, rows, note=say("money_note"), left_out=max(len(keys) - MOST, 0))


def _mentions(dataset: Dataset) -> Iterator[Mention]:
    given: dict[str, list[Contributes]] = {}
    for gift in dataset.of(Contributes):
        given.setdefault(gift.target, []).append(gift)
    payers: dict[str, list[str]] = {}
    for part in dataset.of(Participates):
        if part.role is not None and part.role.code == "funding":
            payers.setdefault(part.target, []).append(part.source)
    for action in dataset.of(Action):
        year = _year(action)
        gifts = [gift for gift in given.get(action.id, ()) if gift.amount is not None]
        for gift in gifts:
            yield (gift.source,), year, gift.amount or Money()
        if not gifts:
            who = tuple(sorted(payers.get(action.id, ())))
            for amount in action.finance or (Money(reason="not_stated"),):
                yield who, year, amount


def _year(action: Action) -> str:
    """The year of an action, or its first and last year; empty if that is not known."""
    when = action.timeline
    if when is None or when.start is None or when.end is None:
        return ""
    return "/".join(dict.fromkeys((f"{when.start.year:04}", f"{when.end.year:04}")))


def _sort(amount: Money) -> tuple[str, ...]:
    """What amounts must share to be added up."""
    if amount.amount is None:
        return ("~", amount.reason or "not_stated")
    return (amount.currency or "", amount.per or "", amount.qualifier or "")


def _row(payers: tuple[str, ...], year: str, amounts: list[Money], dataset: Dataset) -> list[Cell]:
    found = [dataset.find(payer, Actor) for payer in payers]
    who: Cell = tuple(link_to(actor) for actor in found if actor is not None)
    when: Cell = Period(edtf=year) if year else Unknown(say("year_unknown"))
    return [who or Unknown(say("payer_unknown")), when, _sum(amounts, dataset), len(amounts)]


def _sum(amounts: list[Money], dataset: Dataset) -> Cell:
    first = amounts[0]
    if first.amount is None:
        return unknown_for(first.reason, dataset.model.catalog.vocabularies)
    low = sum((money.amount or Decimal() for money in amounts), Decimal())
    high = sum((money.upper or money.amount or Decimal() for money in amounts), Decimal())
    total = Money(low, first.currency, upper=high if high > low else None)
    total = evolve(total, per=first.per, qualifier=first.qualifier)
    return total if first.currency else (total, Unknown(say("no_currency")))

"""The totals that a plan states, beside the sums of its actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product
from typing import TypeAlias

import attrs

from jmdi import Money
from jmdi_workplan.finance import read_finance
from jmdi_workplan.plan.cells.money import source_of, units_under
from jmdi_workplan.plan.columns import Column, by_meaning
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.segments import Segment

__all__ = ["Difference", "differences", "is_part", "of_parts"]

Part: TypeAlias = tuple[str, str]
"""The year and the payer of an amount, "" where it is for all of them."""


@attrs.frozen(slots=True)
class Difference:
    """A total that is not the sum of the actions above it.

    Attributes:
        words: The total as typed.
        stated: The amount that it states.
        summed: The sum of the actions of its section, of its table or of the plan, whichever is
            nearest to it.
        currency: The currency of both; ``None`` if it is not stated.
        open: How many amounts of these actions are not known, so that they were not added.
        place: Where the total stands.
    """

    words: str
    stated: Decimal
    summed: Decimal
    currency: str | None
    open: int
    place: str


def is_part(money: Money) -> bool:
    """Whether an amount is that of one year, or of one of those who pay."""
    return not {"period", "source"}.isdisjoint(money.extra)


def of_parts(finance: Sequence[Money]) -> tuple[Money, Decimal] | None:
    """The total that an action states beside its parts, which sum up to another one.

    Args:
        finance: The amounts of the action.

    Returns:
        The total and the sum of its parts; ``None`` if they agree, or cannot be compared.
    """
    parts = [money.amount for money in finance if is_part(money)]
    totals = [money for money in finance if money.per == "total"]
    known = [amount for amount in parts if amount is not None]
    if len(totals) != 1 or not known or len(known) < len(parts):
        return None
    summed = sum(known, Decimal(0))
    return None if totals[0].amount == summed else (totals[0], summed)


def differences(
    segments: Sequence[Segment], paid: Iterable[Sequence[Money]], known: Context
) -> Iterator[Difference]:
    """The totals that are neither the sum of their section, nor of their table, nor of the plan.

    Args:
        segments: The segments of the plan.
        paid: The amounts of each action, in the order of the plan.
        known: What is known of the plan.
    """
    amounts = iter(paid)
    plan: list[Money] = []
    table: list[Money] = []
    section: list[Money] = []
    columns: list[Column] = []
    for segment in segments:
        if segment.kind == "header":
            meant = by_meaning(segment.columns).get("finance", ())
            columns = [segment.columns[index] for index in meant]
            table, section = [], []
        elif segment.kind == "action":
            money = [one for own in islice(amounts, len(segment.entries)) for one in own]
            for sums in (plan, table, section):
                sums += money
        elif segment.kind == "section":
            section = []
        elif segment.kind == "total":
            yield from _unequal(segment, columns, (section, table, plan), known)
            section = []


def _unequal(
    segment: Segment,
    columns: Sequence[Column],
    parts: Sequence[Sequence[Money]],
    known: Context,
) -> Iterator[Difference]:
    units = units_under(columns, known)
    for line, part in product(segment.lines, dict.fromkeys(map(_part_under, columns))):
        stated = _sums(
            money
            for column in columns
            if _part_under(column) == part and column.index < len(line.texts)
            for money in read_finance(
                line.texts[column.index], country=known.country, unit=units[column.index]
            )
        )
        sums = [_sums(money for money in group if _part(money) == part) for group in parts]
        for currency, amount in stated.items():
            if any(amount in (found[currency], _only(found)) for found in sums):
                continue
            near = min((2, 1, 0), key=lambda which: abs(sums[which][currency] - amount))
            left_out = sum(_is_open(money) for money in parts[near] if _part(money) == part)
            summed = sums[near][currency]
            yield Difference(line.words, amount, summed, currency, left_out, line.place)


def _part(money: Money) -> Part:
    """Which part of what an action costs an amount is: that of a year, or of who pays."""
    return str(money.extra.get("period", "")), str(money.extra.get("source", ""))


def _part_under(column: Column) -> Part:
    """Which part of what actions cost a column has."""
    return column.period or "", source_of(column)


def _is_open(money: Money) -> bool:
    """Whether an amount is not known, or is no total that could be added."""
    if money.amount is None:
        return money.reason not in ("shared", "not_applicable")
    return money.upper is not None or money.per not in (None, "total")


def _sums(amounts: Iterable[Money]) -> dict[str | None, Decimal]:
    """The sum of each currency."""
    found: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for money in amounts:
        if money.amount is not None and not _is_open(money):
            found[money.currency] += money.amount
    return found


def _only(sums: Mapping[str | None, Decimal]) -> Decimal | None:
    """The one sum of a plan whose amounts, or whose total, do not all name their currency."""
    named = {currency for currency, amount in sums.items() if currency and amount}
    return sum(sums.values(), Decimal(0)) if len(named) < 2 else None

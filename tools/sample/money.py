"""Budgets and transactions of the initiatives, some of which leave something out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from jmdi import Budget, Money, Period, Record, Transaction, code
from sample.common import SOURCES, chance, stream
from sample.work import INITIATIVES, PARTS

__all__ = ["money"]

FUNDS = code("organisation-role", "funding")
LEADS = code("organisation-role", "accountable")
YEARS = (2013, 2014, 2015)


def money() -> Iterator[Record]:
    """All budgets and transactions."""
    for initiative in INITIATIVES.values():
        yield from _of(initiative.id)


def _of(initiative: str) -> Iterator[Record]:
    """A budget per year, one of them revised, and what was committed, paid and spent."""
    number = int(initiative[-2:])
    draw = stream(f"money {number}")
    funder = next((p.source for p in PARTS if p.target == initiative and p.role == FUNDS), None)
    leader = next((p.source for p in PARTS if p.target == initiative and p.role == LEADS), None)
    amount = Decimal(draw.randrange(10, 60)) * 1000
    for year in YEARS:
        yield _budget(initiative, year, "original", amount)
    if chance(draw, 0.4):
        yield _budget(initiative, YEARS[-1], "revised", amount + 5000)
    moves = [("outgoing_commitment", YEARS[0], amount * 3)]
    if not chance(draw, 0.2):
        moves += [("disbursement", year, amount) for year in YEARS[:2]]
    if chance(draw, 0.5):
        moves.append(("expenditure", YEARS[2], amount))
    for kind, year, figure in moves:
        day = datetime.date(year, draw.randrange(1, 13), draw.randrange(1, 28))
        known = not chance(draw, 0.1)
        taker = None if kind == "expenditure" else leader
        yield Transaction(
            id=f"transaction/{number:02}-{kind}-{year}",
            initiative=initiative,
            type=code("transaction-type", kind),
            date=Period(day.isoformat()) if known else Period(reason="not_stated"),
            value=Money(figure, "EUR", date=day),
            provider=funder,
            provider_reason=None if funder else "not_stated",
            receiver=taker,
            receiver_reason=None if taker else "not_stated",
            sources=SOURCES,
        )


def _budget(initiative: str, year: int, version: str, amount: Decimal) -> Budget:
    return Budget(
        id=f"budget/{initiative[-2:]}-{year}-{version}",
        initiative=initiative,
        type=code("budget-type", "budget"),
        version=code("budget-version", version),
        status=code("budget-status", "committed"),
        period=Period(f"{year}-01-01/{year}-12-31"),
        value=Money(amount, "EUR"),
        sources=SOURCES,
    )

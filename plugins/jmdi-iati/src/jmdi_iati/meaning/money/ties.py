"""Ties of funding: who funds whom in an activity, derived from its transactions and budgets.

They say nothing that the transactions do not say, and no metric of money counts them.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from jmdi import Budget, Money, Period, Tie, Transaction, code, make_id
from jmdi.model.amounts import EXACT, ends_of
from jmdi.model.constructors import unchecked
from jmdi_iati.meaning.draft import Draft

__all__ = ["ties"]

FUNDING = code("tie-kind", "funding")
DERIVED = code("certainty", "derived")
BETWEEN = frozenset({"planned_disbursement", "recipient_organisation_budget"})
"""The budgets that are for somebody else."""

make_tie, make_money = unchecked(Tie), unchecked(Money)

Sort: TypeAlias = tuple[str | None, str | None, datetime.date | None]
"""Type of money, currency and day."""


def ties(draft: Draft) -> Iterator[Tie]:
    """A tie of funding for each pair, its amounts by type, currency and day."""
    flows: dict[tuple[str, str], dict[Sort, Decimal]] = {}
    for record in draft.after:
        if isinstance(record, Transaction):
            _add(record, record.date, flows, draft)
        elif isinstance(record, Budget) and _is_between(record):
            _add(record, record.period, flows, draft)
    if not flows:
        return
    sources = (draft.derived(certainty=DERIVED),)
    for (giver, taker), amounts in flows.items():
        yield make_tie(
            id=make_id("tie", "funding", giver, taker, draft.id),
            source=giver,
            target=taker,
            type=FUNDING,
            sources=sources,
            amounts=tuple([_money(sort, figure) for sort, figure in amounts.items()]),
        )


def _is_between(budget: Budget) -> bool:
    """Whether a budget is for somebody else, and no line of another."""
    return budget.type is not None and budget.type.code in BETWEEN and budget.part_of is None


def _add(
    record: Transaction | Budget,
    when: Period | None,
    flows: dict[tuple[str, str], dict[Sort, Decimal]],
    draft: Draft,
) -> None:
    """Adds an amount between two actors, if both are known and are not the same."""
    giver, taker, _ = ends_of(record)
    kind = None if record.type is None else record.type.code
    money = record.value
    if giver is None or taker is None:
        draft.run.report.add("I502")
    elif giver == taker:
        draft.run.report.add("I501")
    elif money is not None and money.amount is not None:
        day = None if when is None or when.edtf is None else _day(when.edtf)
        sort = (kind, money.currency, day)
        amounts = flows.setdefault((giver, taker), {})
        before = amounts.get(sort)
        amounts[sort] = money.amount if before is None else EXACT.add(before, money.amount)


@functools.lru_cache(maxsize=8192)
def _day(edtf: str) -> datetime.date | None:
    """The day, or the first of a period."""
    if len(edtf) == 10 and edtf[7] == "-":  # nearly all, and much faster than EDTF
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(edtf)
    return Period(edtf).start


def _money(sort: Sort, figure: Decimal) -> Money:
    kind, currency, date = sort
    return make_money(
        amount=figure,
        currency=currency,
        reason=None if currency else "not_stated",
        date=date,
        note=None if kind is None else kind.replace("_", " "),
    )

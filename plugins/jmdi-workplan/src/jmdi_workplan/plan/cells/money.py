"""How an action is paid for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jmdi import Money, evolve
from jmdi_documents import Cell
from jmdi_workplan.finance import read_finance
from jmdi_workplan.finance.currencies import is_code
from jmdi_workplan.plan.cells.under import Under

__all__ = ["finance"]

CURRENCY = re.compile(r"\b[A-Z]{3}\b")


def finance(under: Under) -> Iterator[tuple[Money, Cell | None]]:
    """The money, or the reasons why there is none, and the cells that say so.

    An amount that is merged over several actions is that of the first of them. The others say that
    it is ``shared``, so that a sum counts it once. Source and line of a budget that stand beside
    an amount are its note.
    """
    found = False
    places = under.places("finance")
    beside = [*under.places("funding-source"), *under.places("budget-line")] if places else []
    for index in places or under.places("funding-source"):
        shared = index in under.entry.shared
        for column, cell, words in under.column(index):
            found = True
            if shared and cell.row + 1 < under.entry.first:
                yield Money(words=words, reason="shared"), cell
                continue
            note = _beside(cell, beside, under)
            currency = _currency(column.header) or under.context.currency
            for money in _read(words, under.context.country, currency):
                mark = shared and cell.row + cell.row_span > under.entry.last
                yield _noted(money, note, mark), cell
    if not found and (places or under.places("funding-source")):
        yield Money(reason="not_stated"), None


@lru_cache(maxsize=4096)
def _read(words: str, country: str | None, currency: str | None) -> tuple[Money, ...]:
    """What words say of money; many cells of a long table say the same."""
    return tuple(read_finance(words, country=country, currency=currency))


def _beside(cell: Cell, columns: Sequence[int], under: Under) -> str:
    """What stands in these columns beside a cell: who pays, and the line of the budget."""
    rows = range(cell.row, cell.row + cell.row_span)
    found = (
        words.strip()
        for index in columns
        for _, other, words in under.column(index)
        if other.row < rows.stop and rows.start < other.row + other.row_span
    )
    return "; ".join(dict.fromkeys(found))


def _noted(money: Money, note: str, shared: bool) -> Money:
    if note:
        money = evolve(money, note="; ".join(filter(None, (money.note, note))))
    return evolve(money, extra={"shared": True}) if shared else money


@lru_cache(maxsize=256)
def _currency(header: str) -> str | None:
    """The one currency that a column's header names by its code: "Budget (USD)"."""
    codes = {code for code in CURRENCY.findall(header) if is_code(code)}
    return codes.pop() if len(codes) == 1 else None

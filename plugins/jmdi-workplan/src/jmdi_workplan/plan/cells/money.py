"""How an action is paid for."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    it is ``shared``, so that a sum counts it once.
    """
    found = False
    for index in under.places("finance"):
        shared = index in under.entry.shared
        for column, cell, words in under.column(index):
            found = True
            if shared and cell.row + 1 < under.entry.first:
                yield Money(words=words, reason="shared"), cell
                continue
            currency = _currency(column.header)
            for money in read_finance(words, country=under.context.country, currency=currency):
                mark = shared and cell.row + cell.row_span > under.entry.last
                yield (evolve(money, extra={"shared": True}) if mark else money), cell
    if not found and any(True for _ in under.places("finance")):
        yield Money(reason="not_stated"), None


def _currency(header: str) -> str | None:
    """The one currency that a column's header names by its code: "Budget (USD)"."""
    codes = {code for code in CURRENCY.findall(header) if is_code(code)}
    return codes.pop() if len(codes) == 1 else None

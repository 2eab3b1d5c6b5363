"""What amounts are worth in the currency that is asked for."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from jmdi.builtin.money.counted import Row
from jmdi.builtin.money.rates import Rates, read_rates
from jmdi.errors import BadParameter
from jmdi.model.money import Transaction

__all__ = ["Purse"]

CURRENCY = re.compile("[A-Z]{3}")


class Purse:
    """What amounts are worth in the currency asked for, with counts of those that are not known.

    Args:
        currency: The currency; each amount stays in its own if not given.
        rates: Path of a table of rates; nothing is converted without one.

    Raises:
        BadParameter: If rates are given without a currency, or the currency is no code of one.
        FormatError: If the table of rates cannot be used.
        NotFound: If there is no such table.
    """

    def __init__(self, currency: str | None, rates: str | None) -> None:
        if rates is not None and currency is None:
            raise BadParameter("rates convert to one currency: give currency= too, such as 'USD'")
        if currency is not None and not CURRENCY.fullmatch(currency):
            raise BadParameter(f"{currency!r} is no currency: give three capitals, such as 'USD'")
        self.currency = currency
        self.rates: Rates | None = None if rates is None else read_rates(rates)
        self.counts: Counter[str] = Counter()

    def worth(self, row: Row, *, sure: bool = True) -> tuple[Decimal, str] | None:
        """Amount and currency of a row; ``None`` if it cannot be counted.

        Args:
            row: The transaction or budget.
            sure: Whether it counts, so that what happens to it is said in the notes.
        """
        money, found, why = row.value, None, "amounts_unknown"
        if money is None or money.amount is None or money.currency is None:
            pass
        elif self.currency is None or money.currency == self.currency:
            found, why = (money.amount, money.currency), ""
        elif self.rates is None:
            why = "in_other_currencies"
        else:
            when = row.date if isinstance(row, Transaction) else row.period
            worth = self.rates.convert(money, None if when is None else when.start, self.currency)
            found = None if worth is None else (worth, self.currency)
            why = "without_rate" if worth is None else "converted"
        if sure and why:
            self.counts[why] += 1
        return found

    def notes(self) -> dict[str, Any]:
        """What was converted and what was left out."""
        table = {} if self.rates is None else self.rates.notes()
        return {**dict(sorted(self.counts.items())), **table}

    @property
    def left_out(self) -> int:
        """How many amounts that were asked for are not known."""
        return self.counts["amounts_unknown"] + self.counts["without_rate"]

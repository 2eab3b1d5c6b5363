"""What amounts are worth in the currency that is asked for."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any, NamedTuple

from jmdi.builtin.money.counted import Row
from jmdi.builtin.money.rates import Rates, read_rates
from jmdi.errors import BadParameter
from jmdi.model.money import Transaction

__all__ = ["Purse", "Worth"]

CURRENCY = re.compile("[A-Z]{3}")


class Worth(NamedTuple):
    """What a row is worth.

    Attributes:
        amount: How much; ``None`` if that is not known, in no currency or without a rate.
        currency: In which currency; ``None`` if that is not known.
    """

    amount: Decimal | None
    currency: str | None


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

    def asks_for(self, row: Row) -> bool:
        """Whether an amount counts; one of another currency does not, if nothing is converted."""
        money = row.value
        stated = None if money is None else money.currency
        return self.rates is not None or stated is None or self.currency in (None, stated)

    def worth(self, row: Row, *, sure: bool = True) -> Worth:
        """What a row that is asked for is worth.

        Args:
            row: The transaction or budget.
            sure: Whether it counts, so that what happens to it is said in the notes.
        """
        money, amount, why = row.value, None, "amounts_unknown"
        stated = None if money is None else money.currency
        if money is None or money.amount is None or stated is None:
            pass
        elif self.rates is None or stated == self.currency:
            amount, why = money.amount, ""
        else:
            when = row.date if isinstance(row, Transaction) else row.period
            day = None if when is None else when.start
            amount = self.rates.convert(money, day, self.currency or stated)
            why = "without_rate" if amount is None else "converted"
        if sure and why:
            self.counts[why] += 1
        return Worth(amount, self.currency or stated)

    def notes(self) -> dict[str, Any]:
        """What was converted and what is not known."""
        table = {} if self.rates is None else self.rates.notes()
        return {**dict(sorted(self.counts.items())), **table}

    @property
    def left_out(self) -> int:
        """How many amounts that were asked for are not known."""
        return self.counts["amounts_unknown"] + self.counts["without_rate"]

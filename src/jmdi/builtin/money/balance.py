"""What remains of amounts of several currencies when what was taken back is taken off."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import attrs

from jmdi.builtin.money.counted import Row
from jmdi.builtin.money.purse import Worth
from jmdi.model.amounts import EXACT

__all__ = ["Balance"]

ZERO = Decimal()
ENDLESS = Decimal("Infinity")

UNKNOWN, TAKEN_BACK = "unknown", "unknown, taken back"
"""Of amounts of unknown currencies those that were taken back may be in another than the rest."""


@attrs.define(slots=True)
class Balance:
    """The sum of some amounts in each currency, and what it may be.

    Attributes:
        known: The sum of what surely counts and is known.
        below: How much lower it may be.
        above: How much higher it may be.
    """

    known: dict[str, Decimal] = attrs.field(factory=dict)
    below: dict[str, Decimal] = attrs.field(factory=dict)
    above: dict[str, Decimal] = attrs.field(factory=dict)

    def add(self, row: Row, worth: Worth, *, sure: bool) -> None:
        """Adds an amount.

        Args:
            row: The transaction or budget.
            worth: What it is worth; of what is not known of that, the sign may be.
            sure: Whether it counts.
        """
        stated = None if row.value is None else row.value.amount
        amount, at = worth.amount, worth.currency or UNKNOWN
        if amount is None and worth.currency is None:
            amount = stated
            at = TAKEN_BACK if stated is not None and stated < 0 else UNKNOWN
        if amount is not None and sure:
            self.known[at] = EXACT.add(self.known.get(at, ZERO), amount)
            return
        low, high = _span(amount, stated)
        self.below[at] = EXACT.add(self.below.get(at, ZERO), low)
        self.above[at] = EXACT.add(self.above.get(at, ZERO), high)

    @property
    def is_known_above_zero(self) -> bool | None:
        """Whether something remains of what is known; ``None`` if that takes a rate."""
        return _above_zero(self.known.values(), self.known.values())

    @property
    def is_above_zero(self) -> bool | None:
        """Whether something remains whatever is not known; ``None`` if it depends on that."""
        every = {**self.known, **self.below, **self.above}
        lows, highs = (
            [EXACT.add(self.known.get(at, ZERO), ends.get(at, ZERO)) for at in every]
            for ends in (self.below, self.above)
        )
        return _above_zero(lows, highs)


def _span(amount: Decimal | None, stated: Decimal | None) -> tuple[Decimal, Decimal]:
    """The least and the most that an amount can be which may count or not, or has no rate."""
    if amount is not None:
        return min(amount, ZERO), max(amount, ZERO)
    if stated is None:
        return -ENDLESS, ENDLESS
    return (-ENDLESS if stated < 0 else ZERO), (ENDLESS if stated > 0 else ZERO)


def _above_zero(lows: Collection[Decimal], highs: Collection[Decimal]) -> bool | None:
    """Whether the sum over currencies is above 0, whatever each is worth.

    Args:
        lows: The least in each currency.
        highs: The most in each currency.
    """
    if any(low > 0 for low in lows) and all(low >= 0 for low in lows):
        return True
    return False if all(high <= 0 for high in highs) else None

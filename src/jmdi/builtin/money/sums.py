"""Sums of money by key, with what may belong to each key as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from jmdi.builtin.money.divided import Key, is_possible
from jmdi.model.amounts import EXACT

__all__ = ["Sums", "times"]

ZERO = Decimal()


def times(amount: Decimal, factor: Decimal) -> Decimal:
    """A part of an amount, or its worth at a rate, without zeros that say nothing."""
    product = EXACT.multiply(amount, factor)
    digits = Decimal((0, (1,), int(amount.as_tuple().exponent)))
    short = product.quantize(digits, context=EXACT)
    return short if short == product else product.normalize(EXACT)


@attrs.define(slots=True)
class Sums:
    """Amounts by key.

    Attributes:
        known: The sum of what is surely of a key.
        rows: How many rows that is.
        perhaps: What may be of several keys, or may not count at all: the sum of what is below 0
            and the sum of what is above, by what is known of the key.
    """

    known: dict[Key, Decimal] = attrs.field(factory=dict)
    rows: dict[Key, int] = attrs.field(factory=dict)
    perhaps: dict[Key, tuple[Decimal, Decimal]] = attrs.field(factory=dict)

    def add(self, key: Key, amount: Decimal, *, sure: bool = True) -> None:
        """Adds an amount.

        Args:
            key: What it is of.
            amount: The amount.
            sure: Whether it counts.
        """
        if sure and all(isinstance(part, str) for part in key):
            self.known[key] = EXACT.add(self.known.get(key, ZERO), amount)
            self.rows[key] = self.rows.get(key, 0) + 1
            return
        below, above = self.perhaps.get(key, (ZERO, ZERO))
        self.perhaps[key] = (
            EXACT.add(below, min(amount, ZERO)),
            EXACT.add(above, max(amount, ZERO)),
        )

    def bounds(self) -> Mapping[Key, tuple[Decimal, Decimal]]:
        """Lowest and highest sum of each key; empty if nothing is open."""
        if not self.perhaps:
            return {}
        found = {key: (amount, amount) for key, amount in self.known.items()}
        for pattern, parts in self._by_pattern().items():
            index: dict[Key, list[Key]] = {}
            for key in self.known:
                index.setdefault(tuple(key[at] for at in pattern), []).append(key)
            for part in parts:
                below, above = self.perhaps[part]
                for key in index.get(tuple(part[at] for at in pattern), ()):
                    if all(map(is_possible, part, key)):
                        low, high = found[key]
                        found[key] = (EXACT.add(low, below), EXACT.add(high, above))
        return found

    def _by_pattern(self) -> Mapping[tuple[int, ...], Iterable[Key]]:
        """What may be of several keys, by the places that are known of it."""
        found: dict[tuple[int, ...], list[Key]] = {}
        for part in self.perhaps:
            pattern = tuple(at for at, known in enumerate(part) if isinstance(known, str))
            found.setdefault(pattern, []).append(part)
        return found

    def in_order(self) -> list[Key]:
        """The keys, sorted."""
        return sorted(self.known, key=lambda key: [str(part) for part in key])

"""Sectors and recipients that an activity leaves to its transactions, with shares by amount."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from jmdi import Transaction
from jmdi.model.amounts import EXACT
from jmdi_iati.meaning.draft import Draft, Movement, Recipient, Sectors, Stated
from jmdi_iati.meaning.sectors import share_of

__all__ = ["inherit"]

BASES = (
    frozenset({"disbursement", "expenditure"}),
    frozenset({"outgoing_commitment"}),
    frozenset({"incoming_funds"}),
)
"""Which transactions shares are taken from: of these sets the first that an activity has."""

MILLIONTH = Decimal("0.000001")

Key: TypeAlias = tuple[str, str]
N = TypeVar("N", Recipient, Stated)


class _Part(NamedTuple, Generic[N]):
    """A sector or recipient of a transaction.

    Attributes:
        group: Which parts divide the same whole.
        key: What sets it apart.
        share: Its share of the transaction; ``None`` if it is not known.
        what: What it is, without its percentage of the transaction.
    """

    group: str
    key: Key
    share: Decimal | None
    what: N


Row: TypeAlias = tuple[Transaction, Sequence[_Part[N]]]
"""A transaction with what it is divided among."""


def inherit(draft: Draft) -> None:
    """Gives an activity that names none the sectors and recipients of its transactions.

    Shares are by amount: of what was spent, else of what was committed, else of what came in. They
    are known only where each of these transactions says what it is for, in one currency.
    """
    said, movements = draft.said, draft.joined.movements
    if not said.countries and any(movement.recipients for movement in movements):
        recipients = [(movement.record, _recipients(movement)) for movement in movements]
        shares = _by_amount(recipients)
        countries = {part.key: part.what for _, parts in recipients for part in parts}
        said.countries = list(countries.values())
        said.by_amount = list(map(shares.get, countries))
        draft.run.report.add("I311", "recipients")
    if not said.sectors and any(movement.sectors.stated for movement in movements):
        sectors = [(movement.record, _sectors(movement.sectors)) for movement in movements]
        shares = _by_amount(sectors)
        stated = {part.key: part.what for _, parts in sectors for part in parts}
        said.sectors = list(stated.values())
        said.sector_shares = tuple(
            share_of(one.code, shares[key]) for key, one in stated.items() if key in shares
        )
        draft.run.report.add("I311", "sectors")


def _recipients(movement: Movement) -> list[_Part[Recipient]]:
    """Countries and regions of the DAC divide one whole; other regions divide it once more."""
    return [
        _Part(
            "" if one.vocabulary == "1" else one.vocabulary,
            (one.vocabulary, one.id or one.written),
            place.share,
            one._replace(percentage=None),
        )
        for one, place in zip(movement.recipients, movement.record.places, strict=True)
    ]


@functools.lru_cache(maxsize=1024)
def _sectors(sectors: Sectors) -> list[_Part[Stated]]:
    return [
        _Part(
            one.vocabulary,
            (one.code.scheme, one.code.code),
            share,
            Stated(one.code, one.vocabulary, None),
        )
        for one, share in zip(sectors.stated, sectors.each, strict=True)
    ]


def _by_amount(rows: Sequence[Row[N]]) -> dict[Key, Decimal]:
    """The shares that are known, by what they are of."""
    found: dict[Key, Decimal] = {}
    for group in dict.fromkeys(part.group for _, parts in rows for part in parts):
        own = [(record, [p for p in parts if p.group == group]) for record, parts in rows]
        keys = {part.key for _, parts in own for part in parts}
        if len(keys) == 1 and all(parts for _, parts in own):
            found[keys.pop()] = Decimal(1)
        else:
            found |= _shares(own)
    return found


def _shares(rows: Sequence[Row[N]]) -> dict[Key, Decimal]:
    """The shares of one group by amount; none where a transaction does not say what it is for."""
    typed = [(record.type.code, record, parts) for record, parts in rows if record.type is not None]
    base = next((base for base in BASES if any(kind in base for kind, _, _ in typed)), frozenset())
    sums: dict[Key, Decimal] = {}
    currencies = set()
    for kind, record, parts in typed:
        if kind not in base:
            continue
        money = record.value
        if money is None or money.amount is None or money.currency is None or not parts:
            return {}
        currencies.add(money.currency)
        for part in parts:
            if part.share is None:
                return {}
            more = EXACT.multiply(money.amount, part.share)
            sums[part.key] = EXACT.add(sums.get(part.key, Decimal()), more)
    total = sum(sums.values(), Decimal())
    if len(currencies) != 1 or total <= 0 or min(sums.values()) < 0:
        return {}
    return {key: (amount / total).quantize(MILLIONTH).normalize() for key, amount in sums.items()}

"""Sectors and recipients that an activity leaves to its transactions, with shares by amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias, TypeVar

from jmdi import Transaction
from jmdi_iati.meaning.draft import Draft, Movement, Recipient, Stated
from jmdi_iati.meaning.sectors import share_of
from jmdi_iati.standard.numbers import EXACT

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


class _Part(NamedTuple):
    """A sector or recipient of a transaction.

    Attributes:
        group: Which parts divide the same whole.
        key: What it is.
        share: Its share of the transaction; ``None`` if it is not known.
    """

    group: str
    key: Key
    share: Decimal | None


Parts: TypeAlias = Callable[[Movement], Iterator[_Part]]


def inherit(draft: Draft) -> None:
    """Gives an activity that names none the sectors and recipients of its transactions.

    Shares are by amount: of what was spent, else of what was committed, else of what came in. They
    are known only where each of these transactions says what it is for, in one currency.
    """
    movements = draft.joined.movements
    if not draft.said.countries:
        recipients = _named(movements, _recipients, lambda movement: movement.recipients)
        if recipients:
            shares = _by_amount(movements, _recipients)
            draft.said.countries = list(recipients.values())
            draft.said.by_amount = [shares.get(key) for key in recipients]
            draft.run.report.add("I311", "recipients")
    if not draft.said.sectors:
        sectors = _named(movements, _sectors, lambda movement: movement.sectors)
        if sectors:
            shares = _by_amount(movements, _sectors)
            draft.said.sectors = list(sectors.values())
            draft.said.sector_shares = tuple(
                share_of(one.code, shares[key]) for key, one in sectors.items() if key in shares
            )
            draft.run.report.add("I311", "sectors")


def _named(
    movements: Sequence[Movement], parts: Parts, named: Callable[[Movement], Sequence[N]]
) -> dict[Key, N]:
    """What transactions name, each once, without its percentage of a transaction."""
    return {
        part.key: one._replace(percentage=None)
        for movement in movements
        for part, one in zip(parts(movement), named(movement), strict=True)
    }


def _recipients(movement: Movement) -> Iterator[_Part]:
    """Countries and regions of the DAC divide one whole; other regions divide it once more."""
    for one, place in zip(movement.recipients, movement.record.places, strict=True):
        group = "" if one.vocabulary == "1" else one.vocabulary
        yield _Part(group, (one.vocabulary, one.id or one.written), place.share)


def _sectors(movement: Movement) -> Iterator[_Part]:
    known = {share.code: share.share for share in movement.record.sector_shares}
    for one in movement.sectors:
        yield _Part(one.vocabulary, (one.code.scheme, one.code.code), known.get(one.code))


def _by_amount(movements: Sequence[Movement], parts: Parts) -> dict[Key, Decimal]:
    """The shares that are known, by what they are of."""
    found: dict[Key, Decimal] = {}
    by_movement = [(movement.record, list(parts(movement))) for movement in movements]
    for group in dict.fromkeys(part.group for _, all_ in by_movement for part in all_):
        rows = [(record, [p for p in all_ if p.group == group]) for record, all_ in by_movement]
        keys = {part.key for _, row in rows for part in row}
        if len(keys) == 1 and all(row for _, row in rows):
            found[keys.pop()] = Decimal(1)
        else:
            found |= _shares(rows)
    return found


def _shares(rows: Sequence[tuple[Transaction, Sequence[_Part]]]) -> dict[Key, Decimal]:
    """The shares of one group by amount; none where a transaction does not say what it is for."""
    typed = [(record.type.code, record, row) for record, row in rows if record.type is not None]
    base = next((base for base in BASES if any(kind in base for kind, _, _ in typed)), frozenset())
    sums: dict[Key, Decimal] = {}
    currencies = set()
    for kind, record, row in typed:
        if kind not in base:
            continue
        money = record.value
        if money is None or money.amount is None or money.currency is None or not row:
            return {}
        currencies.add(money.currency)
        for part in row:
            if part.share is None:
                return {}
            more = EXACT.multiply(money.amount, part.share)
            sums[part.key] = EXACT.add(sums.get(part.key, Decimal()), more)
    total = sum(sums.values(), Decimal())
    if len(currencies) != 1 or total <= 0 or min(sums.values()) < 0:
        return {}
    return {key: (amount / total).quantize(MILLIONTH).normalize() for key, amount in sums.items()}

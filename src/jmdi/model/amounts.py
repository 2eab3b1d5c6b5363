"""How amounts are added up, and who gives and takes the money of a transaction or budget."""

from __future__ import annotations

from decimal import Context

from jmdi.model.money import Budget, Transaction

__all__ = ["EXACT", "ends_of"]

EXACT = Context(prec=100)
"""Sums of money keep all their digits."""

INCOMING = frozenset({"incoming_funds", "incoming_commitment", "incoming_pledge"})
"""Types of transactions by which money comes to who reports them."""


def ends_of(
    row: Transaction | Budget, *, publishers: bool = True
) -> tuple[str | None, str | None, bool]:
    """Who gives and who takes the money of a row, and whether one of them is inferred.

    Args:
        row: The transaction or budget.
        publishers: Whether who reports it is taken for who gives outgoing money, or takes incoming
            money, where nobody else is named. Who the other side is, that does not say.
    """
    giver, taker = row.provider, row.receiver
    if isinstance(row, Budget) and giver is None:
        giver = row.owner
    if not publishers or row.reported_by is None:
        return giver, taker, False
    if row.type is not None and row.type.code in INCOMING:
        return giver, taker or row.reported_by, taker is None
    return giver or row.reported_by, taker, giver is None

"""Sums of transactions by type and currency, as an engine counts them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jmdi.builtin.money.purse import Purse
from jmdi.builtin.money.sums import ZERO, Sums
from jmdi.metrics.types import Counts, Ids
from jmdi.model.amounts import EXACT

__all__ = ["count_totals"]


def count_totals(
    tables: Any,
    *,
    of: str,
    by: object,
    types: Ids | None,
    during: object,
    currency: str | None,
    rates: str | None,
    hierarchy: str,
    **parameters: object,
) -> Counts | None:
    """The sums of transactions of all days, each in its currency; others are made in memory.

    Args:
        tables: The records.
        of: ``transactions``, or budgets, which replace each other.
        by: What the sums are divided by.
        types: Codes of the types that count; all if not given.
        during: The days in question.
        currency: The currency that counts.
        rates: Rates to convert with.
        hierarchy: Whose amounts count where an initiative and parts of it state both.
        **parameters: The others of the metric.
    """
    if of != "transactions" or by or during is not None or rates is not None:
        return None
    if hierarchy != "all" and _has_parts(tables):
        return None
    purse = Purse(currency, None)
    wanted = {types} if isinstance(types, str) else None if types is None else set(types)
    sums, counts = Sums(), dict.fromkeys(("used", "rows", "untyped", "others", "unknown"), 0)
    for row in _groups(tables):
        kind, stated = row["type"], row["currency"]
        n, known = row["n"], row["known"]
        untyped = wanted is not None and kind is None
        if wanted is not None and not untyped and kind not in wanted:
            continue
        if stated is not None and purse.currency not in (None, stated):
            counts["others"] += 0 if untyped else n
            continue
        counts["untyped" if untyped else "rows"] += n
        worth = known if stated is not None else 0
        if not untyped:
            counts["unknown"] += n - worth
        if worth:
            sure = not untyped and kind is not None
            counts["used"] += worth if sure else 0
            _add(sums, (kind, str(stated)), row, sure=sure)
    notes = {
        "of_unknown_type": counts["untyped"],
        "in_other_currencies": counts["others"],
        "amounts_unknown": counts["unknown"],
    }
    return {
        "sums": sums,
        "used": counts["used"],
        "eligible": counts["rows"] + counts["untyped"],
        "left_out": counts["unknown"],
        "notes": {name: count for name, count in notes.items() if count},
    }


def _has_parts(tables: Any) -> bool:
    """Whether any initiative says that it is a part of another, or has parts."""
    relations = tables.of("relates", "id", type="type.code")
    parts = relations.filter(relations.type.isin(("parent", "child")))
    return bool(tables.rows(parts.limit(1)))


def _groups(tables: Any) -> list[dict[str, Any]]:
    """The transactions by type and currency: how many, and the sums of what they state."""
    rows = tables.of(
        "transaction",
        type="type.code",
        currency="value.currency",
        amount="value.amount",
        digits="value.amount_digits",
    )
    found: list[dict[str, Any]] = tables.rows(
        rows.group_by("type", "currency").agg(
            n=rows.count(),
            known=rows.amount.count(),
            below=rows.amount.sum(where=rows.amount < 0),
            above=rows.amount.sum(where=rows.amount > 0),
            digits_below=rows.digits.max(where=rows.amount < 0),
            digits_above=rows.digits.max(where=rows.amount > 0),
            digits=rows.digits.max(),
        )
    )
    return found


def _add(sums: Sums, key: tuple[str | None, str], row: Mapping[str, Any], *, sure: bool) -> None:
    """Adds what is below 0 and what is above, with as many decimals as were written."""
    parts = [_written(row[name], row[f"digits_{name}"]) for name in ("below", "above")]
    if sure:
        sums.known[key] = _written(EXACT.add(*parts), row["digits"])
        sums.rows[key] = row["known"]
        return
    old = sums.perhaps.get(key, (ZERO, ZERO))
    low, high = (EXACT.add(one, other) for one, other in zip(old, parts, strict=True))
    sums.perhaps[key] = (low, high)


def _written(amount: Decimal | None, digits: int | None) -> Decimal:
    """An amount with some decimals; 0 if there is none."""
    if amount is None:
        return ZERO
    places = Decimal((0, (1,), -max(digits or 0, 0)))
    return amount.quantize(places, context=EXACT)

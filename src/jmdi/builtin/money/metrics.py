"""Metrics of money: totals, and commitments of which nothing was disbursed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from jmdi.builtin.money.counted import PAID, Hierarchy, Row, above, select
from jmdi.builtin.money.divided import Dimension, divided
from jmdi.builtin.money.purse import Purse
from jmdi.builtin.money.sums import Sums, times
from jmdi.metrics.declare import metric, metrics_of
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Ids, Window
from jmdi.plugins.specs import Metric

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["METRICS", "money_total", "undisbursed"]

JOIN = " · "
"""Between the parts of the key of a sum."""

LEVELS: Mapping[Hierarchy, str] = {
    "lowest": "where an initiative and parts of it state amounts of one type, those of the parts",
    "highest": "where an initiative and parts of it state amounts of one type, those of the whole",
    "all": "amounts of an initiative and of its parts are added",
}


def _reading(
    of: str, hierarchy: Hierarchy, currency: str | None, rates: str | None, sectors: str
) -> str:
    """The convention of the totals."""
    parts = [f"{of} as stated"]
    if of == "budgets":
        parts.append("a revised budget replaces the original of an overlapping period")
    parts.append(LEVELS[hierarchy])
    if currency is None:
        parts.append("each currency by itself, nothing converted")
    elif rates is None:
        parts.append(f"amounts in {currency} only, nothing converted")
    else:
        parts.append(
            f"converted to {currency} at the rates supplied, of the day of value, else of the "
            "transaction or the beginning of the period, else of up to 7 days before, else of the "
            "month or year"
        )
    parts.append(f"sectors by {sectors}")
    return "; ".join(parts)


@metric(
    "money-total",
    "Money in total",
    on="dataset",
    value_is="sum",
    citation="IATI Standard 2.03",
    convention=_reading,
)
def money_total(
    dataset: Dataset,
    *,
    of: Literal["transactions", "budgets"] = "transactions",
    by: Dimension | Iterable[Dimension] = (),
    types: Ids | None = None,
    during: Window | None = None,
    currency: str | None = None,
    rates: str | None = None,
    hierarchy: Hierarchy = "lowest",
    sectors: str = "iati-sector",
) -> Result:
    """Sums of transactions or budgets, by type and currency and by what is asked for.

    Types are never added together, since a commitment, the payments of it and a budget are the
    same money; two publishers may report one payment, which cannot be told. ``values`` has a row
    for each sum with ``amount`` and ``n``, the rows that it is of. Where a row says nothing of
    places or sectors, those of its initiative divide it.

    The bounds add what may belong to a sum: amounts of an unknown type, year, country or sector,
    and amounts that are taken to repeat others. Amounts that are not known have no bounds.

    Args:
        dataset: The records.
        of: Whether transactions or budgets are added.
        by: What the sums are divided by beside type and currency.
        types: Codes of the types that count; all if not given.
        during: The days in question.
        currency: The currency that counts; with rates, the one that all is converted to.
        rates: Path of a CSV file of rates: ``currency,date,rate``, where ``date`` is a day, a month
            or a year and ``rate`` what one unit of the currency is worth in the one asked for.
        hierarchy: Whose amounts count where an initiative and parts of it state both.
        sectors: The vocabulary of sectors, where money is divided by them.
    """
    purse = Purse(currency, rates)
    by = (by,) if isinstance(by, str) else tuple(by)
    found = select(
        dataset,
        transactions=of == "transactions",
        budgets=of == "budgets",
        types=types,
        during=during,
        hierarchy=hierarchy,
    )
    sums, used = Sums(), 0
    for row in found.rows:
        used += _add(row, sums, purse, by, dataset, sectors)
    eligible = len(found.rows) + len(found.undated) + len(found.untyped)
    eligible -= purse.counts["in_other_currencies"]
    for row in (*found.doubtful, *found.undated, *found.untyped):
        _add(row, sums, purse, by, dataset, sectors, sure=False)
    basis: dict[str, Any] = {
        "n_used": used,
        "n_eligible": eligible,
        "of": of,
        "notes": {**found.notes, **purse.notes()},
    }
    if purse.left_out:
        basis["no_bounds"] = f"amounts that are not known: {purse.left_out}"
    if not sums.known:
        needed = ", ".join(("amount", "currency", "type", *by))
        why = f"there are no {of} of which all is known that is asked for: {needed}"
        return undefined("missing_input", why, **basis)
    return _result(sums, by, dataset, basis)


def _add(
    row: Row,
    sums: Sums,
    purse: Purse,
    by: tuple[Dimension, ...],
    dataset: Dataset,
    sectors: str,
    *,
    sure: bool = True,
) -> bool:
    """Adds a row to the sums; whether it counts, and all is known that it is divided by."""
    worth = purse.worth(row, sure=sure)
    if worth is None:
        return False
    amount, currency = worth
    kind = None if row.type is None else row.type.code
    whole = True
    for parts, share in divided(row, by, dataset, sectors):
        key = (kind, *parts, currency)
        whole &= all(isinstance(part, str) for part in key)
        sums.add(key, times(amount, share), sure=sure)
    return whole


def _result(
    sums: Sums, by: tuple[Dimension, ...], dataset: Dataset, basis: Mapping[str, Any]
) -> Result:
    """Sums as a Result: a value if there is one sum, and a row for each."""
    bounds = sums.bounds()
    names = ("type", *by, "currency")
    values, limits = {}, {}
    for key in sums.in_order():
        text = JOIN.join(map(str, key))
        row: dict[str, Any] = dict(zip(names, key, strict=True))
        for name in by:
            if name in ("initiative", "provider", "receiver"):
                record = dataset.find(str(row[name]))
                row[f"{name}_name"] = None if record is None else record.label()
        values[text] = row | {"amount": sums.known[key], "n": sums.rows[key]}
        if bounds:
            limits[text] = {"amount": bounds[key]}
    if len(values) > 1:
        return Result(values=values, bounds=limits, **basis)
    ((key, amount),) = sums.known.items()
    low, high = bounds.get(key, (None, None))
    return Result(
        value=amount,
        unit=str(key[-1]),
        values=values,
        bounds=limits,
        lower=low,
        upper=high,
        **basis,
    )


@metric(
    "undisbursed",
    "Commitments without disbursement",
    on="dataset",
    value_is="share",
    range=(0, 1),
    citation="IATI Standard 2.03",
    convention="as reported: money that was paid and not reported counts as not paid; what parts "
    "of an initiative paid counts for it; what was taken back, and payments of 0, do not count",
)
def undisbursed(
    dataset: Dataset, *, during: Window | None = None, incoming: bool = False
) -> Result:
    """Initiatives with commitments of which nothing is disbursed or spent, over those with some.

    ``values`` has the sum of the commitments of each of them by currency, and ``contributing``
    lists them. Transactions of an unknown type or day, and payments of an unknown amount, leave the
    share open.

    Args:
        dataset: The records.
        during: The days in which money was committed and paid.
        incoming: Whether commitments of others to the initiative count too.
    """
    kinds = ("outgoing_commitment", *(("incoming_commitment",) if incoming else ()))
    found = select(
        dataset,
        transactions=True,
        budgets=False,
        types=None,
        during=during,
        hierarchy="all",
    )
    parents = above(dataset)
    committed: dict[str, Sums] = {}
    disbursed: dict[str, Sums] = {}
    open_, perhaps = set[str](), set[str]()
    undated = {id(row) for row in found.undated}
    for row in (*found.rows, *found.undated):
        kind, sure = None if row.type is None else row.type.code, id(row) not in undated
        if row.initiative is None:
            continue
        if kind in kinds and sure:
            _promise(row, committed.setdefault(row.initiative, Sums()))
        elif kind is None or kind in kinds:
            open_.add(row.initiative)
        if kind is None or kind in PAID:
            ends = {row.initiative, *parents.get(row.initiative, ())}
            if kind is None or not sure or row.value is None or row.value.amount is None:
                perhaps |= ends
            else:
                for one in ends:
                    disbursed.setdefault(one, Sums()).add((row.value.currency,), row.value.amount)
    paid = {one for one, sums in disbursed.items() if _stands(sums)}
    standing = {one: sums for one, sums in committed.items() if _stands(sums)}
    return _share(standing, open_ - committed.keys(), paid, perhaps - paid, found.notes)


def _promise(row: Row, sums: Sums) -> None:
    """Adds a commitment by its currency; one without an amount is of no currency."""
    money = row.value
    if money is None or money.amount is None or money.currency is None:
        sums.add((None,), Decimal())
    else:
        sums.add((money.currency,), money.amount)


def _stands(sums: Sums) -> bool:
    """Whether something is left when what was taken back is taken off."""
    return bool(sums.perhaps) or any(amount > 0 for amount in sums.known.values())


def _share(
    standing: Mapping[str, Sums],
    open_: Set[str],
    paid: Set[str],
    perhaps: Set[str],
    notes: Mapping[str, Any],
) -> Result:
    """The share of initiatives of which nothing is known to be paid.

    Args:
        standing: The commitments of each initiative that has some.
        open_: Initiatives that may have some too.
        paid: Initiatives of which something is paid.
        perhaps: Others of which something may be paid.
        notes: What was left out.
    """
    basis: dict[str, Any] = {
        "n_used": len(standing),
        "n_eligible": len(standing) + len(open_),
        "of": "initiatives",
        "notes": notes,
    }
    if not standing:
        return undefined("missing_input", "no initiative has a commitment", **basis)
    unpaid = sorted(standing.keys() - paid)
    least, can_be_paid = len(set(unpaid) - perhaps), len(open_ & (paid | perhaps))
    most = len(unpaid) + len(open_ - paid)
    return Result(
        value=len(unpaid) / len(standing),
        lower=least / (len(standing) + can_be_paid),
        upper=most / (len(standing) + len(open_ - paid)),
        values={one: {str(c): s for (c,), s in standing[one].known.items()} for one in unpaid},
        contributing=unpaid,
        **basis,
    )


METRICS: tuple[Metric, ...] = tuple(metrics_of(sys.modules[__name__]))
"""The metrics of money that the core registers."""

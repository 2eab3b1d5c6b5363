"""Metrics of money: totals, and commitments of which nothing was disbursed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from jmdi.builtin.money.balance import Balance
from jmdi.builtin.money.counted import PAID, Hierarchy, Row, above, select
from jmdi.builtin.money.divided import Dimension, divided
from jmdi.builtin.money.purse import Purse
from jmdi.builtin.money.sums import Sums, times
from jmdi.metrics.declare import metric, metrics_of
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Counts, Ids, Window
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
        parts.append(
            "a revised budget replaces the original of an overlapping period, and a committed one "
            "the indicative one of the same period"
        )
    parts += [LEVELS[hierarchy], _converted(currency, rates), f"sectors by {sectors}"]
    return "; ".join(parts)


def _converted(currency: str | None, rates: str | None) -> str:
    """What is said of currencies."""
    if currency is None:
        return "each currency by itself, nothing converted"
    if rates is None:
        return f"amounts in {currency} only, nothing converted"
    return (
        f"converted to {currency} at the rates supplied, of the day of value, else of the "
        "transaction or the beginning of the period, else of up to 7 days before, else of the "
        "month or year"
    )


@metric(
    "money-total",
    "Money in total",
    on="dataset",
    value_is="sum",
    citation="IATI Standard 2.03",
    convention=_reading,
    count="jmdi.builtin.money.in_tables:count_totals",
    finish="jmdi.builtin.money.metrics:total_of",
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
        asked=purse.asks_for,
    )
    sums = Sums()
    used = sum(_add(row, sums, purse, by, dataset, sectors) for row in found.rows)
    for row in (*found.doubtful, *found.undated, *found.untyped):
        _add(row, sums, purse, by, dataset, sectors, sure=False)
    counts = {
        "sums": sums,
        "used": used,
        "eligible": len(found.rows) + len(found.undated) + len(found.untyped),
        "left_out": purse.left_out,
        "notes": {**found.notes, **purse.notes()},
    }
    return _result(counts, of, by, dataset)


def total_of(counts: Counts, *, of: str, **parameters: object) -> Result:
    """The totals, from sums by type and currency alone."""
    return _result(counts, of, (), None)


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
    amount, currency = purse.worth(row, sure=sure)
    if amount is None:
        return False
    kind = None if row.type is None else row.type.code
    whole = True
    for parts, share in divided(row, by, dataset, sectors):
        key = (kind, *parts, currency)
        whole &= all(isinstance(part, str) for part in key)
        sums.add(key, times(amount, share), sure=sure)
    return whole


def _result(counts: Counts, of: str, by: tuple[Dimension, ...], dataset: Dataset | None) -> Result:
    """Sums as a Result: a value if there is one sum, and a row for each."""
    sums: Sums = counts["sums"]
    basis: dict[str, Any] = {
        "n_used": counts["used"],
        "n_eligible": counts["eligible"],
        "of": of,
        "notes": counts["notes"],
    }
    if left := counts["left_out"]:
        basis["no_bounds"] = f"amounts that are not known: {left}"
    if not sums.known:
        needed = ", ".join(("amount", "currency", "type", *by))
        why = f"there are no {basis['of']} of which all is known that is asked for: {needed}"
        return undefined("missing_input", why, **basis)
    bounds = sums.bounds()
    names = ("type", *by, "currency")
    values, limits = {}, {}
    for key in sums.in_order():
        text = JOIN.join(map(str, key))
        row: dict[str, Any] = dict(zip(names, key, strict=True))
        for name in by:
            if name in ("initiative", "provider", "receiver"):
                record = None if dataset is None else dataset.find(str(row[name]))
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


def _as_reported(currency: str | None, rates: str | None) -> str:
    """The convention of what is not disbursed."""
    return (
        "as reported: money that was paid and not reported counts as not paid; what parts of an "
        "initiative paid counts for it; what was taken back, and payments of 0, do not count; "
        + _converted(currency, rates)
    )


@metric(
    "undisbursed",
    "Commitments without disbursement",
    on="dataset",
    value_is="share",
    range=(0, 1),
    citation="IATI Standard 2.03",
    convention=_as_reported,
)
def undisbursed(
    dataset: Dataset,
    *,
    during: Window | None = None,
    incoming: bool = False,
    currency: str | None = None,
    rates: str | None = None,
) -> Result:
    """Initiatives with commitments of which nothing is disbursed or spent, over those with some.

    ``values`` has the sum of the commitments of each of them by currency, and ``contributing``
    lists them. Money that was taken back is taken off in its own currency. Where that leaves less
    than nothing in one currency and more in another, only rates can say whether something remains:
    such an initiative, transactions of an unknown type or day, and unknown amounts leave the share
    open.

    Args:
        dataset: The records.
        during: The days in which money was committed and paid.
        incoming: Whether commitments of others to the initiative count too.
        currency: The currency that counts; with rates, the one that all is converted to.
        rates: Path of a CSV file of rates; see the metric ``money-total``.
    """
    purse = Purse(currency, rates)
    kinds = {"outgoing_commitment", *(("incoming_commitment",) if incoming else ())}
    found = select(
        dataset,
        transactions=True,
        budgets=False,
        types=None,
        during=during,
        hierarchy="all",
        asked=purse.asks_for,
    )
    parents = above(dataset)
    promised: dict[str, Balance] = {}
    paid: dict[str, Balance] = {}
    undated = {id(row) for row in found.undated}
    for row in (*found.rows, *found.undated):
        kind = None if row.type is None else row.type.code
        if row.initiative is None or kind not in {None, *kinds, *PAID}:
            continue
        worth, sure = purse.worth(row), kind is not None and id(row) not in undated
        if kind is None or kind in kinds:
            promised.setdefault(row.initiative, Balance()).add(row, worth, sure=sure)
        if kind is None or kind in PAID:
            for one in {row.initiative, *parents.get(row.initiative, ())}:
                paid.setdefault(one, Balance()).add(row, worth, sure=sure)
    return _share(promised, paid, {**found.notes, **purse.notes()})


def _share(
    promised: Mapping[str, Balance], paid: Mapping[str, Balance], notes: dict[str, Any]
) -> Result:
    """The share of initiatives of which nothing is known to be paid.

    Args:
        promised: The commitments of each initiative.
        paid: What was paid for each.
        notes: What was left out.
    """
    nothing = Balance()
    unpaid, used, unclear = list[str](), 0, 0
    possible: Counter[frozenset[str]] = Counter()
    for one, commitments in promised.items():
        payments = paid.get(one, nothing)
        stands, is_paid = commitments.is_known_above_zero, payments.is_known_above_zero
        unclear += stands is None or (stands and is_paid is None)
        if stands and is_paid is not None:
            used += 1
            unpaid += [] if is_paid else [one]
        possible[_states(commitments.is_above_zero, payments.is_above_zero)] += 1
    if unclear:
        notes["taken_back_in_other_currencies"] = unclear
    basis: dict[str, Any] = {
        "n_used": used,
        "n_eligible": possible.total() - possible[frozenset({OUT})],
        "of": "initiatives",
        "notes": notes,
    }
    if not used:
        why = "no initiative has a commitment of which enough is known"
        return undefined("missing_input", why if possible else NO_COMMITMENT, **basis)
    lower, upper = (
        _extreme(possible, wanted) for wanted in ((PAID_OUT, OUT, UNPAID), (UNPAID, OUT, PAID_OUT))
    )
    return Result(
        value=len(unpaid) / used,
        lower=lower,
        upper=upper,
        values={one: dict(promised[one].known) for one in sorted(unpaid)},
        contributing=sorted(unpaid),
        **basis,
    )


OUT, UNPAID, PAID_OUT = "without a commitment", "unpaid", "paid"
NO_COMMITMENT = "no initiative has a commitment"


def _states(stands: bool | None, is_paid: bool | None) -> frozenset[str]:
    """What an initiative can be, whatever is not known of it."""
    found = set()
    if stands is not True:
        found.add(OUT)
    if stands is not False:
        found |= {UNPAID} if is_paid is not True else set()
        found |= {PAID_OUT} if is_paid is not False else set()
    return frozenset(found)


def _extreme(possible: Mapping[frozenset[str], int], wanted: Sequence[str]) -> float:
    """The share of the unpaid if each initiative is the first of these that it can be."""
    counts: Counter[str] = Counter()
    for states, count in possible.items():
        counts[next(state for state in wanted if state in states)] += count
    standing = counts[UNPAID] + counts[PAID_OUT]
    if not standing:  # then one has to stand for there to be a share, as the last of these
        return float(wanted[-1] == UNPAID)
    return counts[UNPAID] / standing


METRICS: tuple[Metric, ...] = tuple(metrics_of(sys.modules[__name__]))
"""The metrics of money that the core registers."""

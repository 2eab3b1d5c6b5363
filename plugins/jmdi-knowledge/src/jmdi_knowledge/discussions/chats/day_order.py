"""Which of the three numbers of a date is the day: one order holds for all lines of a file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

import attrs

from jmdi import Period
from jmdi_knowledge.discussions.chats.lines import Moment

__all__ = ["ORDERS", "DayOrder", "day_order", "period"]

ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
"""Where year, month and day stand in each order."""

YEAR_LAST = ("dmy", "mdy")

FIRST_YEAR = 2009
"""No chat program whose exports are read here is older."""


@attrs.frozen(slots=True)
class DayOrder:
    """The orders that a file can have.

    Attributes:
        orders: The orders that fit; of several none can be told to be the right one.
        by_time: Whether the order was chosen because only in it time never goes backwards.
        misfits: Dates that fit none of the orders.
    """

    orders: tuple[str, ...]
    by_time: bool = False
    misfits: int = 0


def day_order(moments: Sequence[Moment], said: str | None = None) -> DayOrder:
    """The order of day, month and year that holds for all lines.

    Args:
        moments: The dates of all lines, in their order.
        said: The order that the user names.
    """
    dates = {order: [_date(moment, order) for moment in moments] for order in ORDERS}
    misfits = {order: sum(day is None for day in days) for order, days in dates.items()}
    # Of numbers of two digits each the year is the first only where it cannot be the last.
    orders = (said,) if said else YEAR_LAST
    if not said and misfits["ymd"] < min(misfits[order] for order in YEAR_LAST):
        orders = ("ymd",)
    least = min(misfits[order] for order in orders)
    fitting = [order for order in orders if misfits[order] == least]
    first = dates[fitting[0]]
    if all(dates[order] == first for order in fitting):
        return DayOrder((fitting[0],), misfits=least)
    forward = [order for order in fitting if _goes_forward(dates[order], moments)]
    if len(forward) == 1:
        return DayOrder((forward[0],), by_time=True, misfits=least)
    return DayOrder(tuple(fitting), misfits=least)


def period(moment: Moment, order: DayOrder) -> Period:
    """The date of a line: a day, or a second without its zone; of several orders all days."""
    days = sorted({day for one in order.orders if (day := _date(moment, one))})
    hour, minute = moment.time
    if not days or hour > 23 or minute > 59 or (moment.second or 0) > 59:
        return Period(None, moment.words, "unreadable")
    if len(days) > 1:
        return Period(f"[{','.join(day.isoformat() for day in days)}]", moment.words)
    if moment.second is None:
        return Period(days[0].isoformat(), moment.words)
    at = datetime.time(hour, minute, moment.second)
    return Period(datetime.datetime.combine(days[0], at).isoformat(), moment.words)


def _date(moment: Moment, order: str) -> datetime.date | None:
    year, month, day = (moment.numbers[at] for at in ORDERS[order])
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    number = int(year) + (2000 if len(year) == 2 else 0)
    if number < FIRST_YEAR:
        return None
    try:
        return datetime.date(number, int(month), int(day))
    except ValueError:
        return None


def _goes_forward(days: Sequence[datetime.date | None], moments: Sequence[Moment]) -> bool:
    known = [(day, m.time) for day, m in zip(days, moments, strict=True) if day]
    return all(one <= other for one, other in pairwise(known))

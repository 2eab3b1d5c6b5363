"""When facts hold and when events happened: yes, no, or not known."""

from __future__ import annotations

import datetime
from typing import Any

from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.metrics.types import Day, Window
from jmdi.model.edtf import parse_or_none
from jmdi.model.values import Period

__all__ = ["When", "as_day", "start_of", "when"]

ONE = datetime.timedelta(days=1)


def as_day(value: Day) -> datetime.date:
    """A day given as a date or its ISO form."""
    if isinstance(value, datetime.datetime):  # a date too, but one that compares with none
        return value.date()
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


def start_of(period: Period | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day on which something can have begun; ``None`` is not known."""
    if period is None or period.edtf is None:
        return None, None
    parsed = parse_or_none(period.edtf.split("/")[0].strip("[]{}"))
    if parsed is None:
        return period.start, None
    return parsed.lower(), parsed.upper()


@frozen
class When:
    """The day or the window that a metric is computed for; without either, all time.

    Attributes:
        first: First day.
        stop: The day after the last.
        as_of: Whether it is a day: an event then counts from the beginning of time.
    """

    first: datetime.date | None = None
    stop: datetime.date | None = None
    as_of: bool = False

    @property
    def last(self) -> datetime.date | None:
        """The last day of the window, or the day itself."""
        return None if self.stop is None else self.stop - ONE

    def holds(self, period: Period | None) -> bool | None:
        """Whether a lasting fact holds on the day, or at some time in the window."""
        if self.first is None or self.stop is None:
            return True
        if period is None or period.edtf is None:
            return None
        if self.as_of:
            return period.covers(self.first)
        parsed = period.parsed()
        if parsed is None:
            return None
        start, end = parsed.lower(), parsed.upper()
        if (start is not None and start >= self.stop) or (end is not None and end < self.first):
            return False
        begun = start is not None or parsed.start_state == "open"
        lasting = (end is not None or parsed.end_state == "open") or (
            start is not None and start >= self.first
        )
        return True if begun and lasting else None

    def happened(self, period: Period | None) -> bool | None:
        """Whether an event had begun by the day, or began in the window."""
        if self.first is None or self.stop is None:
            return True
        earliest, latest = start_of(period)
        if earliest is not None and earliest >= self.stop:
            return False
        if not self.as_of and latest is not None and latest < self.first:
            return False
        if latest is None or latest >= self.stop:
            return None
        if not self.as_of and (earliest is None or earliest < self.first):
            return None
        return True

    def contains(self, day: datetime.date | None) -> bool | None:
        """Whether something of that day had happened by the day, or did in the window."""
        if self.first is None or self.stop is None:
            return True
        if day is None:
            return None
        return day < self.stop and (self.as_of or day >= self.first)

    def members(self) -> dict[str, Any]:
        """``as_of`` or ``window`` as a Result has them."""
        if self.first is None or self.stop is None:
            return {}
        if self.as_of:
            return {"as_of": self.first.isoformat()}
        return {"window": (self.first.isoformat(), (self.stop - ONE).isoformat())}


def when(as_of: Day | None = None, window: Window | None = None) -> When:
    """A day, or a half-open window ``(first, stop)``, also written ``first/stop``.

    Raises:
        BadParameter: If both are given.
    """
    if window is None:
        if as_of is None:
            return When()
        day = as_day(as_of)
        return When(day, day + ONE, True)
    if as_of is not None:
        raise BadParameter("give as_of or window, not both")
    first, stop = window.split("/") if isinstance(window, str) else window
    return When(as_day(first), as_day(stop))

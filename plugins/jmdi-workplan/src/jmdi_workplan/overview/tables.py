"""Tables that sum up actions: money, levels, who works where, who addresses whom, when.

Amounts of different currencies are never added, and neither are amounts per region, per person or
the like. What is not known is counted beside what is: it is never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import attrs

from jmdi import Money, Quantity, Table, pick
from jmdi_workplan.metrics.costs import is_organisation, without_parts
from jmdi_workplan.metrics.selection import AREAS, places_of
from jmdi_workplan.overview.facts import Planned
from jmdi_workplan.plan.totals import is_part

__all__ = ["levels", "money", "targets", "when", "who_where", "who_where_matrix"]


@attrs.define
class Sum:
    """A sum of figures that may be ranges, and what could not be added.

    Attributes:
        low: The sum of the figures; ``None`` without any.
        high: The same with the upper end of ranges.
        apart: Figures that are for each of something, so no totals.
        reasons: Why others are not known, and how many.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    apart: int = 0
    reasons: Counter[str] = attrs.field(factory=Counter)

    def add(self, low: Decimal | None, high: Decimal | None, per: str | None, why: str) -> None:
        """Counts one figure, or why there is none."""
        if low is None:
            self.reasons[why] += 1
        elif per not in (None, "total"):
            self.apart += 1
        else:
            self.low = low + (self.low or 0)
            self.high = (low if high is None else high) + (self.high or 0)

    @property
    def above(self) -> Decimal | None:
        """The upper end, where it is above the lower one."""
        return None if self.high == self.low else self.high

    def why(self) -> str | None:
        """The reasons with their numbers."""
        return "; ".join(f"{why} {n}" for why, n in sorted(self.reasons.items())) or None


def money(actions: Sequence[Planned]) -> Table:
    """Amounts by source, year and currency, each summed by itself.

    An amount counts in the year of its own date, else in that of its action, which may be a span
    of years. Amounts that a total of the same action contains are not added to it.

    Returns:
        ``source``, ``year``, ``currency``, ``actions``, ``amount``, ``up_to`` where amounts are
        ranges, ``not_added`` (figures per unit), ``unknown`` and ``reasons``.
    """
    sums: dict[tuple[str | None, str | None, str | None], tuple[set[int], Sum]] = {}
    for at, one in enumerate(actions):
        stated = [*one.money()]
        if not stated and not one.shares():
            stated = [(None, Money(reason="not_stated"))]
        whole = _counted([amount for _, amount in stated if amount.known])
        for source, amount in stated:
            if amount.known and not any(amount is kept for kept in whole):
                continue
            year = _year(amount) or one.year()
            ids, total = sums.setdefault((source, year, amount.currency), (set(), Sum()))
            ids.add(at)
            figure = amount.amount if amount.known else None
            why = amount.reason or ("not_stated" if amount.amount is None else "currency")
            total.add(figure, amount.upper, amount.per, why)
    columns = ("source", "year", "currency", "actions", "amount", "up_to")
    rows = (
        (*key, len(ids), s.low, s.above, s.apart, s.reasons.total(), s.why())
        for key, (ids, s) in sorted(sums.items(), key=lambda item: _known_first(item[0]))
    )
    return Table((*columns, "not_added", "unknown", "reasons"), rows)


def _counted(amounts: Sequence[Money]) -> list[Money]:
    """Amounts that count once: the parts of a total if they make it up, else the total.

    Parts are the amounts of years, or of those who pay.
    """
    parts = [money for money in amounts if is_part(money)]
    totals = [money.amount for money in amounts if money.per == "total"]
    rest = len(amounts) - len(parts) - len(totals)
    if parts and not rest and [sum(money.amount or 0 for money in parts)] == totals:
        return parts
    return without_parts(amounts)


def _year(amount: Money) -> str | None:
    """The year that an amount itself is for."""
    if amount.date is not None:
        return str(amount.date.year)
    period = amount.extra.get("period")
    return period.replace("/", "–") if isinstance(period, str) else None


def levels(actions: Sequence[Planned]) -> Table:
    """Actions by level, and how many of them have a date and a known amount."""
    rows: dict[str | None, list[Planned]] = {}
    for one in actions:
        level = one.action.level
        rows.setdefault(level.code if level else None, []).append(one)
    return Table(
        ("level", "actions", "dated", "funded"),
        (
            (level, len(own), sum(one.year() is not None for one in own), sum(map(_funded, own)))
            for level, own in sorted(rows.items(), key=lambda item: _known_first((item[0],)))
        ),
    )


def who_where(actions: Sequence[Planned]) -> Table:
    """How many actions each actor carries out in each place."""
    counts = Counter(
        (who, where)
        for one in actions
        for who in (one.who() or (None,))
        for where in (one.where() or (None,))
    )
    rows = sorted(counts.items(), key=lambda item: _known_first(item[0]))
    return Table(("who", "where", "actions"), ((*key, n) for key, n in rows))


def who_where_matrix(actions: Sequence[Planned], most: int = 20) -> Table | None:
    """The same with a column per place; ``None`` if there are more places than that."""
    long = who_where(actions)
    places = [*dict.fromkeys(sorted(long.column("where"), key=lambda w: _known_first((w,))))]
    heads = ["" if place is None else f" {place}" if place == "who" else place for place in places]
    if len(places) > most:
        return None
    cells = {(who, where): number for who, where, number in long}
    actors = dict.fromkeys(long.column("who"))
    rows = ((who, *(cells.get((who, place)) for place in places)) for who in actors)
    return Table(("who", *heads), rows)


def targets(actions: Sequence[Planned]) -> Table:
    """Who addresses whom: for each plan and group, the actions and the people.

    Returns:
        ``plan``, ``audience``, ``type``, ``actions``, ``people``, ``up_to`` where numbers are
        ranges, ``not_added`` (numbers per place where the places are not known, per anything
        else, or of organisations) and ``unknown``.
    """
    found: dict[tuple[str | None, str, str | None], tuple[set[int], Sum]] = {}
    for at, one in enumerate(actions):
        for group in one.action.audience:
            key = (one.plan_name, pick(group.who), group.type.code if group.type else None)
            ids, total = found.setdefault(key, (set(), Sum()))
            ids.add(at)
            size = group.size or Quantity(reason="not_stated")
            per = "organisation" if is_organisation(size.unit) else size.per
            low, high = size.value, size.upper
            if per in AREAS and low is not None and (times := places_of(one.action, one.plan)):
                low, per = low * times, "total"
                high = None if high is None else high * times
            total.add(low, high, per, size.reason or "not_stated")
    columns = ("plan", "audience", "type", "actions", "people", "up_to", "not_added", "unknown")
    rows = (
        (*key, len(ids), s.low, s.above, s.apart, s.reasons.total())
        for key, (ids, s) in found.items()
    )
    return Table(columns, rows)


def when(actions: Sequence[Planned]) -> Table:
    """How many actions fall in each year, surely or perhaps; those without a date come last."""
    years: dict[str | None, list[int]] = {}
    for one in actions:
        period = one.action.timeline
        start, end = (period.start, period.end) if period else (None, None)
        if start is None or end is None:
            key = None if start is None and end is None else one.year()
            years.setdefault(key, [0, 0])[1 if key else 0] += 1
            continue
        for year in range(start.year, end.year + 1):
            sure = start.year == end.year
            years.setdefault(str(year), [0, 0])[0 if sure else 1] += 1
    rows = sorted(years.items(), key=lambda item: _known_first((item[0],)))
    return Table(("year", "actions", "perhaps"), ((year, *counts) for year, counts in rows))


def _funded(one: Planned) -> bool:
    return one.shares() or any(amount.known for _, amount in one.money())


def _known_first(key: Sequence[str | None]) -> list[tuple[bool, str]]:
    return [(part is None, part or "") for part in key]

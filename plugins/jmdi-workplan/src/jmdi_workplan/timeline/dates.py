"""The dates of a run in EDTF: what one date leaves out is taken from those beside it.

In "19 and 21 October 2015" the year and month of the 19th are those of the 21st.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from itertools import pairwise

from attrs import evolve, frozen

from jmdi.model import edtf
from jmdi_workplan.timeline.items import Item, Run

__all__ = ["Element", "Settings", "Unreadable", "elements_of"]

_GROUPS = {"quarter": (32, 4), "quadrimester": (36, 3), "semester": (39, 2)}


class Unreadable(Exception):
    """Dates that cannot be read: ``ambiguous``, ``not_dated`` or ``unreadable``."""


@frozen
class Settings:
    """What is known besides the words; see `jmdi_workplan.timeline.read_timeline`."""

    default_year: int | None = None
    day_first: bool | None = None
    fiscal_year_start: int | None = None


@frozen
class Element:
    """A date or, with an end, an interval; ends are EDTF, ``..`` or empty."""

    start: str
    end: str | None = None

    def alone(self) -> str:
        """As EDTF."""
        return self.start if self.end is None else f"{self.start}/{self.end}"

    def member(self) -> str:
        """As a date of a set."""
        if self.end is None:
            return self.start
        return "".join((self.start.replace("..", ""), "..", self.end.replace("..", "")))


def elements_of(run: Run, settings: Settings, year: int | None) -> tuple[list[Element], bool]:
    """The dates of a run, with what they leave out taken from each other.

    Args:
        run: The run.
        settings: What is known besides the words.
        year: The year for a run without one.

    Returns:
        The dates and intervals, and whether only one of them is meant.

    Raises:
        Unreadable: If a date cannot be read.
    """
    items = [evolve(item) for item in run.items]
    problems = [item.problem for item in items if item.problem]
    if problems:
        raise Unreadable(problems[0])
    _share_heads(items, settings)
    items = _share_years(items, year)
    joints = {item.joint for item in items[1:]} - {"range", "slash"}
    if "or" in joints and "list" in joints:
        raise Unreadable("ambiguous")
    elements: list[Element] = []
    at = 0
    while at < len(items):
        following = items[at + 1] if at + 1 < len(items) else None
        if following is not None and following.joint in ("range", "slash"):
            elements.append(_between(items[at], following, settings))
            at += 2
            if at < len(items) and items[at].joint in ("range", "slash"):
                raise Unreadable("ambiguous")
        else:
            elements.append(_element(items[at], settings))
            at += 1
    if joints == {"list"}:
        elements = _without_gaps(elements)
    return elements, "or" in joints


def _without_gaps(elements: list[Element]) -> list[Element]:
    """Months, quarters or years that follow each other, such as "May and June", as one interval."""
    if all(_follows(one, other) for one, other in pairwise(elements)):
        return [Element(elements[0].start, elements[-1].end or elements[-1].start)]
    return elements


def _follows(one: Element, other: Element) -> bool:
    """Whether the second of two months, quarters, semesters or years is right after the first.

    A quarter of a fiscal year is a span of months.
    """
    if one.end and other.end:
        one, other = Element(one.end), Element(other.start)
    date, after = edtf.parse_or_none(one.alone()), edtf.parse_or_none(other.alone())
    if date is None or after is None or date.precision != after.precision:
        return False
    last, first = date.upper(), after.lower()
    if date.precision not in ("month", "quarter", "semester", "year") or not (last and first):
        return False
    return first == last + datetime.timedelta(days=1)


def _share_heads(items: list[Item], settings: Settings) -> None:
    """Give numbers without a month or unit that of the date beside them.

    In "10-12/05/2024", the number that shares the month shows that the day comes first.
    """
    for before, item in pairwise(items):
        if item.style == "bare" and before.style == "last":
            item.month, item.unit, item.style = before.month, before.unit, "last"
    for item, after in zip(items[-2::-1], items[:0:-1], strict=False):
        if item.style == "bare" and after.style == "first":
            if after.either and not after.month:
                if settings.day_first is False:
                    raise Unreadable("ambiguous")
                after.number, after.month = after.either
            item.month, item.unit, item.style = after.month, after.unit, "first"
    if any(item.style == "bare" for item in items):
        raise Unreadable("ambiguous")


def _share_years(items: list[Item], year: int | None) -> list[Item]:
    """Give dates without a year that of the next date, or that of the heading year."""
    if all(item.year is None for item in items):
        if any(item.short and item.style == "last" for item in items):
            raise Unreadable("ambiguous")
        if year is None:
            raise Unreadable("not_dated")
        return [evolve(item, year=year) for item in items]
    head, *rest = items
    if head.only_year and rest and all(item.year is None for item in rest):
        if rest[0].joint not in ("head", "list"):
            raise Unreadable("ambiguous")
        year, split, fiscal = head.year, head.split, head.fiscal
        return [evolve(item, year=year, split=split, fiscal=fiscal) for item in rest]
    for item, after in zip(items[-2::-1], items[:0:-1], strict=False):
        if item.year is None:
            item.year, item.split, item.fiscal = after.year, after.split, after.fiscal
    if any(item.year is None or item.joint == "head" for item in items):
        raise Unreadable("ambiguous")
    return items


def _between(first: Item, last: Item, settings: Settings) -> Element:
    """An interval from one date to another."""
    start, end = (
        _element(evolve(first, lead=""), settings),
        _element(evolve(last, lead=""), settings),
    )
    if last.joint == "slash":
        start, end = _slashed(first, last, start, end)
    if last.end_state or (first.lead and first.lead not in ("since", "start", "between")):
        raise Unreadable("ambiguous")
    since, until = start.start, end.end if end.end is not None else end.start
    return Element(since) if since == until else Element(since, until)


def _slashed(first: Item, last: Item, start: Element, end: Element) -> tuple[Element, Element]:
    """``Oct/Nov 2015`` is either or both; ``2015-10-19/2015-10-21`` an interval of EDTF."""
    if first.number and last.number and first.year and not (first.unit or first.either):
        return start, end
    if _follows(start, end) and first.year == last.year:
        return Element(_marked(start.start, unsure=True)), Element(_marked(end.start, unsure=True))
    if _follows(start, end) and first.only_year:
        return start, end
    raise Unreadable("ambiguous")


def _element(item: Item, settings: Settings) -> Element:
    """One date with what introduces it."""
    start, end = _span(item, settings)
    approx = item.approx or item.unit in ("week", "fortnight?") or _is_half_of_month(item)
    approx = approx or (item.week and end is None)
    approx = approx or (item.split and item.only_year and "-" not in start)
    start = _marked(start, approx=approx, unsure=item.unsure)
    end = end and _marked(end, approx=approx, unsure=item.unsure)
    until = end or start
    if item.end_state:
        return Element(start, ".." if item.end_state == "open" else "")
    if item.lead in ("since", "start"):
        return Element(start, ".." if item.lead == "since" else "")
    if item.lead in ("until", "end"):
        return Element(".." if item.lead == "until" else "", until)
    if item.lead in ("before", "after"):
        return _beside(item.lead, edtf.parse_or_none(start), edtf.parse_or_none(until))
    if item.lead == "between":
        raise Unreadable("ambiguous")
    return Element(start, end)


def _beside(lead: str, start: edtf.Edtf | None, end: edtf.Edtf | None) -> Element:
    """The time until the day before a date, or from the day after it."""
    if start is None or end is None:
        raise Unreadable("unreadable")
    first, last = start.lower(), end.upper()
    if first is None or last is None:
        raise Unreadable("unreadable")
    one_day = datetime.timedelta(days=1)
    marks = {"approx": start.approximate, "unsure": start.uncertain}
    if lead == "before":
        return Element("..", _marked(str(first - one_day), **marks))
    return Element(_marked(str(last + one_day), **marks), "..")


def _marked(text: str, *, approx: bool = False, unsure: bool = False) -> str:
    """A date with the marks for approximate and uncertain, its own included."""
    approx, unsure = approx or text[-1:] in "~%", unsure or text[-1:] in "?%"
    return text.rstrip("?~%") + ("%" if approx and unsure else "~" * approx + "?" * unsure)


def _is_half_of_month(item: Item) -> bool:
    return item.unit == "semester" and item.month is not None


def _span(item: Item, settings: Settings) -> tuple[str, str | None]:
    """Start and, for an interval, end of a date, in EDTF."""
    year = item.year or 0
    if item.fiscal or item.split:
        return _fiscal_span(item, year, settings.fiscal_year_start)
    if item.season:
        return f"{year}-{item.season}", None
    if item.unit:
        return _unit_span(item, year)
    month, day = item.month, item.number
    if item.either and (month is None or item.short):
        if settings.day_first is None:
            raise Unreadable("ambiguous")
        if month is None:
            day, month = item.either if settings.day_first else item.either[::-1]
    if month is None:
        return str(year), None
    if day is None:
        return f"{year}-{month:02}", None
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        raise Unreadable("unreadable") from None
    if item.week and date.weekday() == 0:
        return str(date), str(date + datetime.timedelta(days=6))
    return str(date), None


def _unit_span(item: Item, year: int) -> tuple[str, str | None]:
    """A quarter, semester, half of a month or week."""
    number, unit, month = item.number or 0, item.unit, item.month
    if unit == "isoweek":
        try:
            monday = datetime.date.fromisocalendar(year, number, 1)
        except ValueError:
            raise Unreadable("unreadable") from None
        return str(monday), str(monday + datetime.timedelta(days=6))
    if month is not None:
        if not -1 <= number <= 5 or (unit in _GROUPS and not _is_half_of_month(item)):
            raise Unreadable("unreadable")
        if unit == "fortnight" and number in (1, 2, -1):
            days = (1, 15) if number == 1 else (16, monthrange(year, month)[1])
            return f"{year}-{month:02}-{days[0]:02}", f"{year}-{month:02}-{days[1]}"
        return f"{year}-{month:02}", None
    base, most = _GROUPS.get(unit, (0, 6 if unit == "bimester" else 0))
    number = most if number == -1 else number
    if not 1 <= number <= most:
        raise Unreadable("unreadable" if most else "ambiguous")
    if unit == "bimester":
        return f"{year}-{2 * number - 1:02}", f"{year}-{2 * number:02}"
    return f"{year}-{base + number}", None


def _fiscal_span(item: Item, year: int, start: int | None) -> tuple[str, str | None]:
    """A fiscal year, or a quarter, semester or month of one."""
    if item.only_year and item.split and (start is None or not item.fiscal):
        return str(year), str(year + 1)
    if start is None:
        raise Unreadable("ambiguous")
    if start == 1 and not item.split and item.fiscal:
        return _span(evolve(item, fiscal=False), Settings())
    if not item.split or start == 1 or item.season or item.either:
        raise Unreadable("ambiguous")
    if item.month and not item.unit:
        return _span(
            evolve(item, split=False, fiscal=False, year=year + (item.month < start)), Settings()
        )
    first, length = start, 12
    if item.unit:
        base, most = _GROUPS.get(item.unit, (0, 0))
        if not base or item.month or not 1 <= (item.number or 0) <= most:
            raise Unreadable("ambiguous")
        length = 12 // most
        first = start + ((item.number or 1) - 1) * length
    return _month_text(year, first), _month_text(year, first + length - 1)


def _month_text(year: int, month: int) -> str:
    """A month counted from January of a year, in EDTF."""
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"

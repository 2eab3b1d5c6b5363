"""A date as typed, and a *run*: dates joined by words such as "to" and "and"."""

from __future__ import annotations

from attrs import define, field, frozen

__all__ = ["Item", "Run"]


@define
class Item:
    """One date as typed, perhaps without its year, its month or its unit.

    Attributes:
        start: Place of its first token.
        end: Place behind its last token.
        year: The year.
        month: The month.
        number: A day of the month, or the first, second, … of a unit; -1 is the last.
        unit: quarter, semester, week, …; empty for days and months.
        season: Code of a season.
        style: Where the number stands: ``first``, ``last``, ``bare`` without month or unit.
        either: Two figures of which one is the month, when that is not known.
        short: Whether the number can be a year of two digits.
        split: Whether it is two years, such as 2015/16.
        fiscal: Whether it is said to be a fiscal year.
        joint: What stands before it: ``list``, ``or``, ``range``, ``slash`` or ``head``.
        lead: What introduces it: ``since``, ``until``, …
        week: Whether it is the week of a day.
        approx: Whether it is about that time.
        unsure: Whether a question mark follows.
        end_state: ``open`` or ``unknown``, when a range without a date follows.
        problem: Why it cannot be read.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    number: int | None = None
    unit: str = ""
    season: int = 0
    style: str = ""
    either: tuple[int, int] | None = None
    short: bool = False
    split: bool = False
    fiscal: bool = False
    joint: str = ""
    lead: str = ""
    week: bool = False
    approx: bool = False
    unsure: bool = False
    end_state: str = ""
    problem: str = ""

    @property
    def only_year(self) -> bool:
        """Whether it is a year and no more."""
        return self.year is not None and not (self.month or self.unit or self.season or self.either)


@frozen
class Run:
    """Dates that belong together.

    Attributes:
        items: The dates.
        start: Place of the first token.
        end: Place behind the last.
        loose: Whether another word follows, so that "may" and "march" need not be months.
    """

    items: list[Item] = field(hash=False)
    start: int
    end: int
    loose: bool

    @property
    def has_year(self) -> bool:
        """Whether a year is typed in it."""
        return any(item.year is not None for item in self.items)

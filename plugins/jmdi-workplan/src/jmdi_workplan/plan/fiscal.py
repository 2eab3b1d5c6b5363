"""Fiscal years: how a text names one, in which month it begins, and when its quarters are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jmdi import Period
from jmdi.words.folding import fold
from jmdi_workplan.data import table
from jmdi_workplan.words.lexicon import lexicon

__all__ = [
    "SPLIT",
    "begins_in",
    "fiscal_label",
    "in_fiscal_year",
    "is_label",
    "label_of",
    "start_of",
]

SPLIT = re.compile(
    r"(?<![\d/–-])(?P<first>(?:19|20)\d\d)\s?[/–-]\s?(?P<last>(?:19|20)?\d\d)(?![\d/–-])"
)
"""A year that lies in two calendar years: "2023/24"."""

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MONTHS = re.compile(r"\d{4}-(?P<first>\d\d)/\d{4}-(?P<last>\d\d)")
WHOLE_YEAR = 12
QUARTERS = {
    33: (0, 3),
    34: (3, 3),
    35: (6, 3),
    36: (9, 3),
    37: (0, 4),
    38: (4, 4),
    39: (8, 4),
    40: (0, 6),
    41: (6, 6),
}
"""EDTF codes of parts of a year: months before them, and their length."""


def label_of(match: re.Match[str]) -> str:
    """The two years of a match of `SPLIT`, as "2023/2024"; "" if they do not follow each other."""
    first = int(match["first"])
    return f"{first}/{first + 1}" if int(match["last"]) % 100 == (first + 1) % 100 else ""


def fiscal_label(text: str, begins: int | None = None) -> str:
    """The one fiscal year that a title or heading names: "2023/2024", "2024"; "" if there is none.

    Args:
        text: The title or heading.
        begins: The month in which fiscal years begin; where it is not January, two years with a
            stroke between them are one.

    >>> [*map(fiscal_label, ("Work plan 2023/24", "Plan FY 2024", "Plan 2023-2024"))]
    ['2023/2024', '2024', '']
    >>> fiscal_label("Plan 2023/2024"), fiscal_label("Plan 2023/2024", begins=7)
    ('', '2023/2024')
    """
    stroke = begins not in (None, 1)
    said = "fiscal" in {lexicon("calendar").get(word, "") for word in fold(text).split()}
    split = [one for one in SPLIT.finditer(text) if said or _is_short(one, stroke)]
    labels = {label_of(one) for one in split}
    if said and not split:
        labels = set(YEAR.findall(text))
    return labels.pop() if len(labels) == 1 else ""


def is_label(words: str, label: str) -> bool:
    """Whether words are two years that are the fiscal year of a plan: "2023/2024"."""
    split = SPLIT.fullmatch(words.strip())
    return bool(label) and split is not None and label_of(split) == label


def _is_short(split: re.Match[str], stroke: bool) -> bool:
    """Whether two years are written as one: "2023/24", or with a stroke where that shows it."""
    return len(split["last"]) == len("24") or (stroke and "/" in split[0])


def in_fiscal_year(yearly: str, label: str, start: int | None) -> str | None:
    """The period that part of a fiscal year is; ``None`` if it is not known when that begins.

    Args:
        yearly: The part, as `gantt.PeriodColumn.yearly` has it.
        label: The year, as `fiscal_label` gives it. One of a single number is only known where
            fiscal years are those of the calendar.
        start: The month in which fiscal years begin.

    >>> in_fiscal_year("{year}-33", "2023/2024", 7), in_fiscal_year("{year}-02", "2023/2024", 7)
    ('2023-07/2023-09', '2024-02')
    >>> in_fiscal_year("{year}-33", "2024", 1)
    '2024-33'
    """
    if start is None or not label or ("/" in label) is (start == 1):
        return None
    first = int(label[:4])
    if start == 1:
        return None if "W" in yearly else yearly.replace("{year}", label)
    part = yearly.removeprefix("{year}").removeprefix("-")
    if part in ("", *map(str, QUARTERS)):
        before, length = QUARTERS[int(part)] if part else (0, WHOLE_YEAR)
        months = [_month(first, start + before), _month(first, start + before + length - 1)]
        return "/".join(months)
    if not part.isdigit():
        return None
    month = int(part)
    return f"{first + (month < start)}-{month:02d}"


def _month(year: int, month: int) -> str:
    """A month counted from January of a year, in EDTF."""
    return f"{year + (month - 1) // WHOLE_YEAR}-{(month - 1) % WHOLE_YEAR + 1:02d}"


def start_of(country: str | None) -> int | None:
    """The month in which the fiscal year of a country's government begins, if it is known."""
    return _starts().get(country or "")


@cache
def _starts() -> dict[str, int]:
    return {row["country"]: int(row["start_month"]) for row in table("fiscal_years.csv")}


def begins_in(period: str | None, months: Sequence[int | None] = ()) -> int | None:
    """The month in which fiscal years begin, as a period of a year or columns of months show it.

    Args:
        period: What a plan says it covers, in EDTF: "2023-07/2024-06".
        months: The months of the columns of a calendar.
    """
    found = MONTHS.fullmatch(period or "")
    if found:
        first, last = int(found["first"]), int(found["last"])
        days = Period(period)
        year = days.start and days.end and days.end.year - days.start.year == 1
        return first if year and first == last % WHOLE_YEAR + 1 else None
    in_turn = [month and (months[0] or 0) + n for n, month in enumerate(months)]
    turned = [month and (month - 1) % WHOLE_YEAR + 1 for month in in_turn]
    return months[0] if len(months) == WHOLE_YEAR and list(months) == turned else None

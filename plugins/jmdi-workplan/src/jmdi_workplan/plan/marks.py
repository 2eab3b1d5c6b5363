"""Timelines that are only a mark or a colour under month, quarter or year columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

import attrs

from jmdi.model import edtf
from jmdi.words.folding import fold
from jmdi_workplan.words.lexicon import lexicon

__all__ = ["Planned", "follows", "is_mark", "planned"]

NO_MARKS = frozenset("-–—0")
NO_COLOUR = frozenset({"FFFFFF", "AUTO"})


@attrs.frozen(slots=True)
class Planned:
    """When the marks or colours of a row say that something happens.

    Attributes:
        edtf: The time in EDTF; ``None`` if the columns have no dates.
        words: The headers of the columns that are marked.
        reason: Why there is no date.
    """

    edtf: str | None
    words: str
    reason: str | None = None


def is_mark(text: str, fill: str | None) -> bool:
    """Whether a cell under a time column says that something happens then.

    A colour counts unless it is white or automatic; any word counts unless it says no.
    """
    typed = text.strip()
    if typed:
        return typed not in NO_MARKS and lexicon("mark").get(fold(typed)) != "no"
    return fill is not None and fill.upper() not in NO_COLOUR


def planned(columns: Sequence[tuple[str, str | None]]) -> Planned:
    """The time that marked columns mean.

    Args:
        columns: Header and EDTF period of each marked column, left to right; at least one.

    Returns:
        One date, an interval where the columns follow each other without a gap, else a set.
    """
    words = ", ".join(header for header, _ in columns)
    known = [period for _, period in columns if period is not None]
    if len(known) != len(columns):
        return Planned(None, words, "not_dated")
    if len(known) == 1:
        return Planned(known[0], words)
    if all(follows(before, after) for before, after in pairwise(known)):
        return Planned(f"{known[0]}/{known[-1]}", words)
    return Planned("{" + ",".join(known) + "}", words)


def follows(before: str, after: str) -> bool:
    """Whether a period begins on the day after another ends."""
    first, second = edtf.parse_or_none(before), edtf.parse_or_none(after)
    if first is None or second is None:
        return False
    end, start = first.upper(), second.lower()
    return end is not None and start is not None and start - end == datetime.timedelta(days=1)

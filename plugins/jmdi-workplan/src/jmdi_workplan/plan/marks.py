"""Timelines that are only a mark or a colour under month, quarter or year columns.

A colour is a mark where it tells cells apart. It is none where it is the ground of a row (banding,
a heading) or of a column (a quarter that is over, weekends).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

import attrs

from jmdi.model import edtf
from jmdi.words.folding import fold
from jmdi.words.placeholders import whole
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.entries import Entry, leading
from jmdi_workplan.plan.gantt import CALENDAR
from jmdi_workplan.words.lexicon import lexicon

__all__ = [
    "Planned",
    "crosses_out",
    "follows",
    "grounds",
    "is_mark",
    "is_time",
    "marked",
    "planned",
]

NO_MARKS = frozenset(("", "0", "0%", "[]", "()"))
NO_SIGNS = str.maketrans("", "", " \t\n\u00a0-–—_.…☐□◻◽▢⬜○◯⚪")
"""An empty box or circle, a dash or dots: what a form has where nobody marked anything."""
CHECKS = frozenset("✓✔☑✅")
CROSSES = frozenset("✗✘❌❎✖")
"""A cross is a mark as good as any, unless others of its table are checked off; boxes have both."""

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


def is_time(column: Column) -> bool:
    """Whether a column is one of a calendar."""
    return (column.meaning or "").removeprefix("relative-") in CALENDAR


def is_mark(text: str, fill: str | None) -> bool:
    """Whether a cell under a time column says that something happens then.

    A colour counts unless it is white or automatic; any word counts unless it says no.
    """
    return _says_so(text) or (not text.strip() and _coloured(fill))


def _says_so(text: str) -> bool:
    typed = text.translate(NO_SIGNS)
    if typed in NO_MARKS or lexicon("mark").get(fold(text)) == "no":
        return False
    return whole(text) is None


def _coloured(fill: str | None) -> bool:
    return fill is not None and fill.upper() not in NO_COLOUR


def marked(
    entry: Entry,
    columns: Sequence[Column],
    ground: frozenset[tuple[int, str]] = frozenset(),
    *,
    crossed: bool = False,
) -> list[int]:
    """The calendar columns in which something happens.

    Args:
        entry: The rows of an action.
        columns: The columns of its table.
        ground: What `grounds` says of the table.
        crossed: Whether a cross says no, as `crosses_out` says of the table.
    """
    own = _ground_of_row(entry, columns)
    found: set[int] = set()
    for position in filter(lambda n: is_time(columns[n]), range(len(columns))):
        for cell in entry.cells[position]:
            plain = cell.fill is None or cell.fill == own or (position, cell.fill) in ground
            no = crossed and cell.text.strip() in CROSSES
            if not no and is_mark(cell.text, None if plain else cell.fill):
                found.update(range(position, min(position + cell.column_span, len(columns))))
    return sorted(found)


def _ground_of_row(entry: Entry, columns: Sequence[Column]) -> str | None:
    """The colour behind a whole row: that of its title, or of all cells that have marks in words.

    Where only some cells are coloured like the title, as in a phase that has its own colour, the
    colour is a mark.
    """
    cells = [c for n, one in enumerate(columns) if is_time(one) for c in entry.cells[n]]
    fills = {cell.fill for cell in cells}
    if None in fills:
        return None
    title = {cell.fill for cell in entry.cells[leading(columns)]}
    if len(title) == 1 and title <= fills:
        return title.pop()
    worded = any(_says_so(cell.text) for cell in cells)
    return fills.pop() if worded and len(fills) == 1 else None


def grounds(entries: Sequence[Entry], columns: Sequence[Column]) -> frozenset[tuple[int, str]]:
    """The calendar columns that have one colour in every row, if other cells are told apart.

    Args:
        entries: The actions of a table.
        columns: Its columns.

    Returns:
        Column and colour.
    """
    times = [n for n, column in enumerate(columns) if is_time(column)]
    if len(entries) < 2 or not times:
        return frozenset()
    full, partly, worded = set(), set(), False
    for n in times:
        cells = [entry.cells[n] for entry in entries]
        fills = [{c.fill for c in own if _coloured(c.fill)} for own in cells]
        everywhere = set.intersection(*fills)
        full |= {(n, fill) for fill in everywhere}
        partly |= set.union(*fills) - everywhere
        worded = worded or any(_says_so(cell.text) for own in cells for cell in own)
    told = worded or bool(partly)
    return frozenset((n, f) for n, f in full if f is not None and told and f not in partly)


def crosses_out(entries: Sequence[Entry], columns: Sequence[Column]) -> bool:
    """Whether crosses say no under the calendar of a table: other cells of it are checked off."""
    times = [n for n, column in enumerate(columns) if is_time(column)]
    signs = {cell.text.strip() for entry in entries for n in times for cell in entry.cells[n]}
    return not signs.isdisjoint(CHECKS) and not signs.isdisjoint(CROSSES)


def planned(columns: Sequence[tuple[str, str | None]]) -> Planned:
    """The time that marked columns mean.

    Args:
        columns: Header and EDTF period of each marked column, left to right; at least one.

    Returns:
        One date, an interval where the columns follow each other without a gap, else a set.
    """
    words = ", ".join(header for header, _ in columns)
    known = list(dict.fromkeys(period for _, period in columns if period is not None))
    if any(period is None for _, period in columns):
        return Planned(None, words, "not_dated")
    if len(known) == 1:
        return Planned(known[0], words)
    if all(follows(before, after) for before, after in pairwise(known)):
        return Planned(f"{known[0].split('/')[0]}/{known[-1].split('/')[-1]}", words)
    return Planned("{" + ",".join(known).replace("/", "..") + "}", words)


def follows(before: str, after: str) -> bool:
    """Whether a period begins on the day after another ends."""
    first, second = edtf.parse_or_none(before), edtf.parse_or_none(after)
    if first is None or second is None:
        return False
    end, start = first.upper(), second.lower()
    return end is not None and start is not None and start - end == datetime.timedelta(days=1)

"""Which rows of a table are one action, and which of its cells it shares with another.

A merged cell is one thing. An action whose cell covers three rows is one action with three dates,
and a row without words for its action goes on with the one above it. An amount that is merged over
two actions belongs to both: the first has it, the second only shares it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import attrs

from jmdi_documents import Cell
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.grids import GridRow, cell_words
from jmdi_workplan.words.lexicon import words_of

__all__ = ["Entry", "entries", "leading"]

GROUPING = frozenset({"number", "objective", "output", "level", "place", "indicator", "section"})
"""Meanings of columns that, left of the action, say to which group of actions a row belongs."""


@attrs.define(slots=True)
class Entry:
    """The rows of a table that are one action.

    Attributes:
        first: The first of its rows in the grid, counted from 1.
        last: The last of them.
        shared: The columns with a cell that other actions share.
        carried: The cells of a group that stand only in its first row: under columns left of the
            action that are empty here.
        texts: The words in each column, where the action is one row of plain cells and says all
            that it says in them; else ``None``.
    """

    _cells: tuple[tuple[Cell, ...], ...] | GridRow
    first: int
    last: int
    shared: frozenset[int] = frozenset()
    carried: tuple[tuple[int, Cell], ...] = ()
    texts: tuple[str, ...] | None = None

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells under each column, from the top, a merged one once."""
        if isinstance(self._cells, GridRow):
            self._cells = _alone(self._cells)
        return self._cells

    def words(self, index: int) -> str:
        """What was typed in a column, tables inside cells included; empty if nothing was."""
        if self.texts is not None:
            return self.texts[index]
        cells = self.cells[index]
        if len(cells) == 1:
            return cell_words(cells[0])
        return "\n".join(filter(str.strip, map(cell_words, cells)))


def leading(columns: Sequence[Column]) -> int:
    """The column that says what the action is."""
    parts = [set((column.meaning or "").split("+")) for column in columns]
    for meaning in ("action", "activity"):
        for index, own in enumerate(parts):
            if meaning in own:
                return index
    return 0


def entries(rows: Sequence[GridRow], columns: Sequence[Column]) -> list[Entry]:
    """The actions that rows of a table are, in order.

    Args:
        rows: Rows of actions that follow each other without a heading between them.
        columns: The columns of the table.
    """
    lead = leading(columns)
    groups: list[list[GridRow]] = []
    for row in rows:
        alone = row.plain and row.texts[lead].strip()  # as most rows are
        if groups and not alone and _goes_on(row, groups[-1], lead, columns):
            groups[-1].append(row)
        else:
            groups.append([row])
    return list(_made(groups, lead, columns))


def _goes_on(row: GridRow, group: Sequence[GridRow], lead: int, columns: Sequence[Column]) -> bool:
    """Whether a row belongs to the action above: one merged cell, or blank where it is named.

    A blank row begins an action of its own if a column on the left says something new.
    """
    before = group[-1]
    if row.texts[lead].strip():
        return row.cells[lead] is before.cells[lead]
    named = any(above.texts[lead].strip() for above in group)
    return named and not any(
        row.texts[index].strip() and row.cells[index] is not before.cells[index]
        for index in range(lead)
        if columns[index].meaning is None or columns[index].meaning in GROUPING
    )


def _made(
    groups: Sequence[Sequence[GridRow]], lead: int, columns: Sequence[Column]
) -> Iterator[Entry]:
    made = [_entry(group, len(columns)) for group in groups]
    merged = [entry for entry in made if entry.texts is None]
    holders = Counter(
        id(cell)
        for entry in merged
        for column in entry.cells
        for cell in column
        if cell.row_span > 1
    )
    for entry in merged if holders else ():
        entry.shared = frozenset(
            index
            for index, column in enumerate(entry.cells)
            if any(holders[id(cell)] > 1 for cell in column)
        )
    for entry, above in list(_dittos(made, lead)):
        entry.carried, entry.texts = above, None
    grouped = [index for index in range(lead) if _is_grouped(made, index, columns)]
    if grouped:
        _carry(made, grouped)
    yield from made


def _dittos(
    made: Sequence[Entry], lead: int
) -> Iterator[tuple[Entry, tuple[tuple[int, Cell], ...]]]:
    """The actions with cells that only say "ditto", and the cells above that say what."""
    signs = ditto()
    for number, entry in enumerate(made):
        own = entry.texts
        if own is None:
            own = tuple(cells[0].text.strip() if cells else "" for cells in entry.cells)
        if signs.isdisjoint(own):
            continue
        above = {
            n: cell
            for n, text in enumerate(own)
            if n != lead and text in signs
            for other in made[:number]
            for cell in other.cells[n]
            if cell.text.strip() not in signs
        }
        yield entry, tuple(above.items())


@cache
def ditto() -> frozenset[str]:
    """What says that the cell above holds, as people type it."""
    words = [word.word for word in words_of("mark") if word.meaning == "ditto"]
    forms = (form for word in words for form in (word, word.capitalize(), word.upper()))
    return frozenset(form + stop for form in forms for stop in ("", ".")) | {'"', "''", "″", "〃"}


def _entry(group: Sequence[GridRow], width: int) -> Entry:
    """The rows of an action, before those around it are looked at."""
    row = group[0]
    if len(group) > 1:
        return Entry(_together(group, width), row.number, group[-1].number)
    if row.plain:
        return Entry(row, row.number, row.number, texts=row.texts)
    return Entry(_alone(row), row.number, row.number)


def _carry(made: Sequence[Entry], grouped: Sequence[int]) -> None:
    """Gives to the actions of a group the cells that stand only in its first row."""
    above: dict[int, Entry] = {}
    for entry in made:
        filled = entry.texts if entry.texts is not None else entry.cells
        above |= {index: entry for index in grouped if filled[index]}
        blank = [index for index in above if not filled[index]]
        if blank:
            entry.carried += tuple([(index, above[index].cells[index][-1]) for index in blank])
            entry.texts = None


def _alone(row: GridRow) -> tuple[tuple[Cell, ...], ...]:
    """The cells that begin in each column of one row, as most actions have."""
    places = enumerate(row.cells)
    return tuple([() if cell is None or cell.column != n else (cell,) for n, cell in places])


def _together(group: Sequence[GridRow], width: int) -> tuple[tuple[Cell, ...], ...]:
    """The cells that begin in each column of several rows."""
    return tuple(_under(group, index) for index in range(width))


def _under(group: Sequence[GridRow], index: int) -> tuple[Cell, ...]:
    """The cells that begin in a column, each once."""
    found: list[Cell] = []
    for row in group:
        cell = row.cells[index]
        if cell is not None and cell.column == index and not (found and found[-1] is cell):
            found.append(cell)
    return tuple(found)


def _is_grouped(made: Sequence[Entry], index: int, columns: Sequence[Column]) -> bool:
    """Whether a cell of a column stands for the blank ones below it.

    Not so where neighbours repeat the same words: there a blank cell says nothing.
    """
    if columns[index].meaning not in GROUPING - {"number"}:
        return False
    texts = [
        entry.texts[index]
        if entry.texts is not None
        else "".join(c.text for c in entry.cells[index])
        for entry in made
    ]
    return not any(a and a == b for a, b in pairwise(texts))

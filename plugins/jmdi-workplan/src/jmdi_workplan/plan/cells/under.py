"""The cells of an action by the meaning of their columns, with what is known when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from jmdi import Money, Period
from jmdi.model.frozen import EMPTY, FrozenMap, owned
from jmdi_documents import Cell
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.grids import cell_words

__all__ = ["Doubt", "Under", "doubts"]

DOUBTFUL = frozenset({"ambiguous", "unreadable"})
"""Reasons that a reader of the document can clear up."""


@attrs.frozen(slots=True)
class Doubt:
    """A value that was not understood, or not all of it, and the cell that it was read from."""

    value: Period | Money
    cell: Cell


@attrs.define(slots=True)
class Under:
    """An action's cells under columns with a meaning.

    Attributes:
        entry: The rows of the action.
        columns: The columns of its table.
        context: What is known of its plan and table.
        meant: The columns of each meaning, as `columns.by_meaning` gives them.
    """

    entry: Entry
    columns: Sequence[Column]
    context: Context
    meant: Mapping[str, Sequence[int]]

    def places(self, meaning: str) -> Sequence[int]:
        """The columns that have a meaning, perhaps among others ("activity+place")."""
        return self.meant.get(meaning, ())

    def cells(self, meaning: str) -> Sequence[tuple[Column, Cell, str]]:
        """The cells with words under a meaning: column, cell and words.

        A cell that stands for a group of rows counts in each of its actions.
        """
        places = self.meant.get(meaning)
        if not places:
            return ()
        if len(places) == 1:
            return self.column(places[0])
        return [found for position in places for found in self.column(position)]

    def column(self, position: int) -> Sequence[tuple[Column, Cell, str]]:
        """The cells with words of one column, or the one of its group."""
        texts = self.entry.texts
        if texts is not None and not texts[position].strip():
            return ()
        cells = self.entry.cells[position]
        if len(cells) == 1 and not self.entry.carried:  # most columns of most actions
            words = texts[position] if texts is not None else cell_words(cells[0])
            return ((self.columns[position], cells[0], words),) if words.strip() else ()
        if self.entry.carried:
            cells = tuple(c for index, c in self.entry.carried if index == position) or cells
        column = self.columns[position]
        found = [(column, cell, cell_words(cell)) for cell in cells]
        return [one for one in found if one[2].strip()]

    def words(self, meaning: str) -> str:
        """The words under all columns of a meaning."""
        texts, places = self.entry.texts, self.meant.get(meaning, ())
        if texts is not None and len(places) < 2:  # most meanings of most actions
            return texts[places[0]].strip() if places else ""
        return "\n".join([words.strip() for _, _, words in self.cells(meaning)])

    def text(self, meaning: str) -> FrozenMap[str]:
        """The words under a meaning as a text by language."""
        words = self.words(meaning)
        return owned({self.context.language: words}) if words else EMPTY


def doubts(*values: tuple[Period | Money | None, Cell | None]) -> tuple[Doubt, ...]:
    """Those values that a reader of the document can clear up."""
    return tuple(
        [
            Doubt(value, cell)
            for value, cell in values
            if value is not None and value.reason in DOUBTFUL and cell is not None
        ]
    )

"""A sheet in the making: cells anywhere on it, merges laid over them."""

from __future__ import annotations

import attrs

from jmdi.errors import Severity
from jmdi_documents.content.build import Draft, Occupied, column_letters, freeze_grid
from jmdi_documents.content.grid import Grid
from jmdi_documents.reading import Reading

__all__ = ["DERIVED", "Merge", "SheetDrafts", "cell_name", "report_derived"]

DERIVED = "jmdi_made"
"""The name that a sheet defines which `jmdi` made from the others; programs keep it."""

LARGE = 100_000
"""Cells of a merge above which it is cut to the part of the sheet that is in use."""


def cell_name(row: int, column: int) -> str:
    """Name of a cell such as ``E22``."""
    return f"{column_letters(column)}{row + 1}"


def report_derived(reading: Reading, name: str) -> None:
    """Reports a sheet that defines `DERIVED`, and so is not read."""
    message = "the sheet was made from the others and is not read"
    reading.problem("D145", message, severity=Severity.INFO, place=f"[{name}]")


@attrs.frozen(slots=True)
class Merge:
    """A merged rectangle of cells."""

    row: int
    column: int
    rows: int
    columns: int


class SheetDrafts:
    """Cells of a sheet by place, with its merges and what is hidden.

    Attributes:
        merges: Merged rectangles in the order of the file.
        hidden_rows: Rows that are hidden.
        hidden_columns: Columns that are hidden.
    """

    def __init__(self, reading: Reading, name: str) -> None:
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._reading = reading
        self._name = name
        self._drafts: dict[tuple[int, int], Draft] = {}

    def add(self, draft: Draft) -> None:
        """Adds a cell, which the caller counts; a second at its place joins its words to it."""
        at = (draft.row, draft.column)
        if at in self._drafts:
            self._reading.problem(
                "D123",
                "two cells have the same place",
                place=draft.place,
                value=draft.text,
            )
            self._drafts[at].absorb(draft)
        else:
            self._drafts[at] = draft

    def grid(self, hidden: bool = False) -> Grid:
        """The grid of the sheet."""
        occupied = Occupied(self._reading)
        covered: dict[tuple[int, int], Draft] = {}
        for merge in self.merges:
            self._lay(self._cut(merge), occupied, covered)
        for at in sorted(covered.keys() & self._drafts.keys()):
            if covered[at] is not self._drafts[at]:
                covered[at].cover(self._drafts.pop(at), self._reading)
        return freeze_grid(
            self._reading,
            self._drafts.values(),
            title=self._name,
            place=f"[{self._name}]",
            kind="sheet",
            hidden=hidden,
            hidden_rows=sorted(self.hidden_rows),
            hidden_columns=sorted(self.hidden_columns),
        )

    def _cut(self, merge: Merge) -> Merge:
        if merge.rows * merge.columns <= LARGE:
            return merge
        message = f"{merge.rows:,} by {merge.columns:,} cells are merged; only the used ones count"
        self._reading.problem("D121", message, place=self._place(merge))
        rows = max((row for row, _ in self._drafts), default=0) + 1
        columns = max((column for _, column in self._drafts), default=0) + 1
        return Merge(
            merge.row,
            merge.column,
            max(1, min(merge.rows, rows - merge.row)),
            max(1, min(merge.columns, columns - merge.column)),
        )

    def _lay(self, merge: Merge, occupied: Occupied, covered: dict[tuple[int, int], Draft]) -> None:
        if not occupied.take(merge.row, merge.column, merge.rows, merge.columns):
            self._reading.problem("D123", "two merges overlap", place=self._place(merge))
            return
        origin = self._drafts.setdefault(
            (merge.row, merge.column), Draft(merge.row, merge.column, self._place(merge))
        )
        origin.row_span, origin.column_span = merge.rows, merge.columns
        for row in range(merge.row, merge.row + merge.rows):
            for column in range(merge.column, merge.column + merge.columns):
                covered[row, column] = origin

    def _place(self, merge: Merge) -> str:
        return f"[{self._name}]!{cell_name(merge.row, merge.column)}"

"""Action sheets: one table of labels and values for each action, turned into a row with heads.

"Title of the action", "Objective", "Period" stand below each other, their values beside them, and
the next action has a table of its own, in which the same labels come again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from jmdi.words.folding import fold
from jmdi_documents import Block, Document, Grid
from jmdi_workplan.plan.columns import ACTION_LIKE, NOT_TELLING
from jmdi_workplan.plan.grids import GridRow, rows_of
from jmdi_workplan.plan.header_rows import is_name
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.upright import NUMBERED, upright

__all__ = ["turned"]

FEWEST = 4
"""Fewest labels of an action sheet."""

NAMED = ACTION_LIKE | {"project"}
"""What the label of a sheet's title says; one sheet alone about a project has its facts."""

ALONE = 5
"""Fewest known labels of the only action sheet of a document."""


def turned(document: Document) -> Document:
    """The document with its action sheets as tables of one row; itself if it has none."""
    document = upright(document)
    sheets = {
        id(block): found
        for block in document.blocks
        if isinstance(block, Grid) and (found := list(_sheets(rows_of(block))))
    }
    every = [sheet for found in sheets.values() for sheet in found]
    if not every or (len(every) == 1 and not every[0].is_sure):
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        found = sheets.get(id(block), [])
        blocks += _cut(block, found) if isinstance(block, Grid) and found else [block]
    return attrs.evolve(document, blocks=tuple(blocks))


@attrs.frozen
class _Sheet:
    """Rows of labels and values that are one action.

    Attributes:
        rows: The rows.
        known: What those labels mean that are names of columns.
    """

    rows: Sequence[GridRow]
    known: Sequence[str]

    @property
    def is_action(self) -> bool:
        """Whether half of the labels are known, one of them that of the action or project."""
        told = {one for one in self.known if one not in NOT_TELLING}
        half = 2 * len(self.known) >= len(self.rows) >= FEWEST
        return half and not NAMED.isdisjoint(self.known) and len(told) >= FEWEST - 1

    @property
    def is_sure(self) -> bool:
        """Whether it is one of an action even if there is no other."""
        return len(self.known) >= ALONE and not ACTION_LIKE.isdisjoint(self.known)


def _sheets(rows: Sequence[GridRow]) -> Iterator[_Sheet]:
    """The action sheets among the rows of a grid: neighbours, no label twice."""
    run: list[GridRow] = []
    for row in [*rows, None]:
        again = row is not None and fold(row.words[0] if row.words else "") in _labels(run)
        if row is None or again or not _is_pair(row):
            sheet = _Sheet(run, [_meaning(one.words[0]) for one in run if is_name(one.words[0])])
            if sheet.is_action:
                yield sheet
            run = []
        if row is not None and _is_pair(row):
            run.append(row)


def _labels(rows: Sequence[GridRow]) -> set[str]:
    return {fold(row.words[0]) for row in rows}


def _is_pair(row: GridRow) -> bool:
    """Whether a row has a label in its first cell, and at most one value beside it."""
    return 0 < len(row.words) <= 2 and bool(row.texts[0].strip())


def _meaning(label: str) -> str:
    best = meanings(label)[:1]
    return best[0][0] if best else "timeline"


def _cut(grid: Grid, sheets: Sequence[_Sheet]) -> Iterator[Grid]:
    """A grid cut into its action sheets, turned, and the rows between them."""
    start = 0
    for sheet in sheets:
        first, last = sheet.rows[0].number - 1, sheet.rows[-1].number
        yield from _between(grid, start, first)
        yield _as_table(grid, sheet)
        start = last
    yield from _between(grid, start, grid.rows)


def _between(grid: Grid, start: int, end: int) -> Iterator[Grid]:
    cells = [cell for cell in grid.cells if start <= cell.row < end and cell.text.strip()]
    if cells:
        yield attrs.evolve(grid, cells=tuple(cells))


def _as_table(grid: Grid, sheet: _Sheet) -> Grid:
    """A sheet as a header and a row, which has the number of the row that names the action."""
    named = min(
        (one for one in sheet.rows if _meaning(one.words[0]) in NAMED),
        key=lambda one: _meaning(one.words[0]) not in ACTION_LIKE,
    )
    top = max(0, named.number - 2)
    columns = [list(dict.fromkeys(filter(None, row.cells))) for row in sheet.rows]
    at = sheet.rows.index(named)
    if numbered := NUMBERED.fullmatch(columns[at][0].text.strip()):
        label, *values = columns[at]
        columns[at] = [attrs.evolve(label, text=numbered["label"]), *values]
        blank = attrs.evolve(label, text="")
        columns.insert(at, [blank, attrs.evolve(label, text=numbered["number"])])
    cells = [
        attrs.evolve(cell, row=top + number, column=column, row_span=1, column_span=1)
        for column, texts in enumerate(columns)
        for number, cell in enumerate(texts)
    ]
    return attrs.evolve(grid, cells=tuple(cells), rows=top + 2, columns=len(columns))

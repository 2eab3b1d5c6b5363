"""Cells and grids in the making: drafts that grow by merges until they are frozen."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from jmdi.errors import Severity
from jmdi_documents.content.grid import Cell, Grid, GridKind, Paragraph
from jmdi_documents.content.listing import typed_paragraphs
from jmdi_documents.reading import Reading

__all__ = ["Draft", "Occupied", "column_letters", "freeze_grid", "typed_cell", "typed_draft"]


@attrs.define(slots=True)
class Draft:
    """A cell whose spans and words may still grow; members as in `Cell`."""

    row: int
    column: int
    place: str
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None
    formula: str | None = None
    lines: list[str] = attrs.field(factory=list)
    paragraphs: list[Paragraph] = attrs.field(factory=list)
    nested: list[Grid] = attrs.field(factory=list)
    line: int | None = None

    @property
    def text(self) -> str:
        """Its words as typed, without empty lines around them."""
        return "\n".join(self.lines).strip("\n")

    def absorb(self, other: Draft) -> None:
        """Takes over the words of another cell, after its own."""
        self.lines += other.lines
        self.paragraphs += other.paragraphs
        self.nested += other.nested

    def cover(self, hidden: Draft, reading: Reading) -> None:
        """Takes over the words of a cell that lies under it in a merge, and reports them."""
        if hidden.text.strip():
            reading.problem(
                "D124",
                "words lie under a merged cell",
                severity=Severity.INFO,
                place=hidden.place,
                value=hidden.text,
            )
        if hidden.text.strip() or hidden.nested or hidden.paragraphs:
            self.absorb(hidden)

    def freeze(self) -> Cell:
        """The cell."""
        return Cell(
            self.text,
            tuple(self.paragraphs),
            self.fill,
            self.row,
            self.column,
            self.row_span,
            self.column_span,
            self.place,
            self.formula,
            tuple(self.nested),
            self.line,
        )


def column_letters(column: int) -> str:
    """Name of a column of a sheet: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def typed_draft(row: int, column: int, place: str, text: str, line: int | None = None) -> Draft:
    """A cell of plain text: one paragraph for each line; ``line`` is where a text file has it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = [*typed_paragraphs(lines, place)]
    return Draft(row, column, place, lines=lines, paragraphs=paragraphs, line=line)


def typed_cell(row: int, column: int, text: str, line: int) -> Cell:
    """A cell of a text file; most have one line and no marker."""
    if "\n" in text or "\r" in text or not text[:1].isalnum():
        place = f"row {row + 1}, cell {column + 1}"
        return typed_draft(row, column, place, text, line).freeze()
    return Cell(text, None, None, row, column, 1, 1, None, None, (), line)


class Occupied:
    """Which places of a grid are taken, so that no two cells overlap."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._taken: set[tuple[int, int]] = set()

    def __contains__(self, at: object) -> bool:
        return at in self._taken

    def take(self, row: int, column: int, row_span: int = 1, column_span: int = 1) -> bool:
        """Takes a rectangle if all of it is free, and says whether it did.

        Raises:
            FormatError: If the document has too many cells.
        """
        self._reading.spend_cells(row_span * column_span)
        places = [
            (r, c) for r in range(row, row + row_span) for c in range(column, column + column_span)
        ]
        if not self._taken.isdisjoint(places):
            return False
        self._taken.update(places)
        return True


def freeze_grid(
    reading: Reading,
    drafts: Iterable[Draft | Cell],
    *,
    rows: int = 0,
    columns: int = 0,
    title: str = "",
    place: str = "",
    kind: GridKind = "table",
    header_rows: int = 0,
    hidden: bool = False,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> Grid:
    """The grid of these cells, at least as large as said; cells come in reading order.

    Raises:
        FormatError: If it has too many rows or columns.
    """
    made = (draft.freeze() if isinstance(draft, Draft) else draft for draft in drafts)
    cells = tuple(sorted(made, key=lambda c: (c.row, c.column)))
    rows = max([rows, *(cell.row + cell.row_span for cell in cells)])
    columns = max([columns, *(cell.column + cell.column_span for cell in cells)])
    reading.check_grid(rows, columns, place)
    return Grid(
        rows,
        columns,
        cells,
        title,
        place,
        kind,
        header_rows,
        hidden,
        tuple(r for r in hidden_rows if r < rows),
        tuple(c for c in hidden_columns if c < columns),
    )

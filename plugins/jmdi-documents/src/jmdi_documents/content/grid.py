"""What a document holds before anyone asks what it means: paragraphs and grids of cells.

Rows and columns count from 0; places, which are for people, count from 1.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, TypeAlias

import attrs

__all__ = ["Block", "Cell", "Document", "Grid", "GridKind", "Marker", "Paragraph"]

Marker: TypeAlias = Literal["bullet", "number"]
GridKind: TypeAlias = Literal["table", "sheet", "file"]


@attrs.frozen(slots=True)
class Paragraph:
    """A paragraph of a document or of a cell.

    Attributes:
        text: Its words, without the marker of a list item.
        marker: Whether it is an item of a list, and of which.
        level: Level of the list item, from 0.
        label: The bullet or number as typed or as the document shows it.
        style: Name of its style, or what it is: ``comment``, ``footnote``, ``header``.
        heading: Level of the heading, 0 for a title; ``None`` for other paragraphs.
        place: Where it stands.
        deleted: Words in it that a tracked change deletes or moves elsewhere.
    """

    text: str
    marker: Marker | None = None
    level: int = 0
    label: str = ""
    style: str = ""
    heading: int | None = None
    place: str = ""
    deleted: str = ""


@attrs.frozen(slots=True)
class Cell:
    """A cell of a grid; a merged cell is one cell with spans.

    Most cells of a long file are plain: their paragraph and place, given as ``None``, are made
    when they are asked for.

    Attributes:
        text: All its words as typed, lines separated by a line feed; nested tables apart.
        fill: Colour of its background, six hexadecimal digits in capitals; ``None`` if it has none.
        row: First row, from 0.
        column: First column, from 0.
        row_span: Number of rows it covers.
        column_span: Number of columns it covers.
        formula: The formula that its text is the value of; ``None`` if it is typed text.
        nested: Tables inside it.
        line: The line it begins on, from 1, if the document is a text file.
    """

    text: str
    _paragraphs: tuple[Paragraph, ...] | None = ()
    fill: str | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    _place: str | None = ""
    formula: str | None = None
    nested: tuple["Grid", ...] = ()
    line: int | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs that have words; where none were given, its text is one."""
        if self._paragraphs is None:
            return (Paragraph(self.text, place=self.place),)
        return self._paragraphs

    @property
    def place(self) -> str:
        """Where it stands, such as ``table 2, row 5, cell 4`` or ``[Sheet 1]!E22``."""
        if self._place is None:
            return f"row {self.row + 1}, cell {self.column + 1}"
        return self._place

    def texts(self) -> Iterator[tuple[str, str]]:
        """Its text and that of the tables inside it, each with its place."""
        if self.text:
            yield self.text, self.place
        for grid in self.nested:
            yield from grid.texts()


@attrs.frozen(slots=True)
class Grid:
    """A table or sheet: cells that never overlap.

    Attributes:
        rows: Number of rows.
        columns: Number of columns.
        cells: Cells in reading order; places without a cell are empty.
        title: The nearest words before it, or the name of the sheet.
        place: Where it stands.
        kind: A table in a text, a sheet, or a file that is one table.
        header_rows: Number of first rows that the document itself marks as header.
        hidden: Whether the sheet is hidden.
        hidden_rows: Rows that are hidden.
        hidden_columns: Columns that are hidden.
    """

    rows: int
    columns: int
    cells: Sequence[Cell] = ()
    title: str = ""
    place: str = ""
    kind: GridKind = "table"
    header_rows: int = 0
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    @cached_property
    def _index(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, its spans honoured; ``None`` if there is none."""
        return self._index.get((row, column))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text in it with its place, in reading order."""
        for cell in self.cells:
            yield from cell.texts()


Block: TypeAlias = Paragraph | Grid


@attrs.frozen(slots=True)
class Document:
    """A document that was read.

    Attributes:
        blocks: Paragraphs and grids in the order of the document.
        name: Name of the file as the user gave it.
        format: The format it was read as.
    """

    blocks: tuple[Block, ...] = ()
    name: str = ""
    format: str = ""

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids that are not inside a cell."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside the grids."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text in it with its place; formulas and struck-out words apart.

        The bullet or number of a paragraph outside the grids is not repeated: it is in ``label``.
        """
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.texts()
            elif block.text:
                yield block.text, block.place

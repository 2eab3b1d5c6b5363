"""A matrix in a sheet: its labels, its cells, and whether it can be anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from jmdi.files.delimited import Row
from jmdi.words.folding import fold
from jmdi.words.tables import words_of
from jmdi_networkfiles.sheets.cells import is_unlabelled, is_value
from jmdi_networkfiles.sheets.rows import Sheet, rows_of_head

__all__ = ["SHARED", "Matrix", "is_matrix", "matrix_of", "rows_above", "sniff"]

SHARED = 0.5
"""What share of the labels of rows must be labels of columns too in an adjacency matrix."""

FILLED = 0.9
"""What share of the cells of a matrix must be values."""

_COUNTED = re.compile(r"\d")


@attrs.frozen(slots=True)
class Matrix:
    """A matrix with its labels.

    Attributes:
        rows: The labels of its rows.
        columns: The labels of its columns.
        cells: The rows themselves.
        skip: How many cells of a row stand before the first value.
        cornered: Whether the corner above its rows and beside its columns is empty.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Row]
    skip: int
    cornered: bool = False

    @property
    def shared(self) -> float:
        """The share of the labels of the shorter side that the other side has too, in any case."""
        one, other = ({label.casefold() for label in side} for side in (self.rows, self.columns))
        return len(one & other) / max(1, min(len(one), len(other)))


def matrix_of(sheet: Sheet) -> Matrix | None:
    """The matrix of a sheet; ``None`` if it has none."""
    rows = sheet.rows[rows_above(sheet) :]
    if is_unlabelled([row.cells for row in rows]):
        numbers = [str(place) for place, _ in enumerate(rows, 1)]
        return Matrix(numbers, numbers, rows, 0)
    header, *body = rows or [Row(0, [])]
    while header.cells and not header.cells[-1]:
        header.cells.pop()
    width = len(header.cells)
    if not body or width < 2:
        return None
    cornered = not header.cells[0] and all(row.cells[0] for row in body)
    if not cornered and all(
        len(row.cells) == width and all(map(is_value, row.cells)) for row in body
    ):
        named = len(body) == width and not all(map(is_value, header.cells))
        return Matrix(header.cells, header.cells, body, 0) if named else None
    # The corner may be left out, as R does: then the header is one cell shorter.
    longest = max(len(row.cells) for row in body)
    columns = header.cells if longest == width + 1 and header.cells[0] else header.cells[1:]
    values = [cell for row in body for cell in row.cells[1:]]
    if not all(columns) or not any(map(is_value, values)):
        return None
    return Matrix([row.cells[0] for row in body], columns, body, 1, cornered)


def rows_above(sheet: Sheet) -> int:
    """How many rows stand above the matrix: a title, or remarks in one cell."""
    rows = enumerate(sheet.rows)
    return next((k for k, row in rows if sum(map(bool, row.cells)) > 1), 0)


def sniff(head: bytes) -> bool | str:
    """Whether a sheet is a matrix whose rows and columns have the same labels.

    So is one of two modes that has nothing but 0 and 1 below an empty corner; other tables of
    numbers look like one.
    """
    sheets = rows_of_head(head)[:20]
    if any(map(is_matrix, sheets)):
        return True
    found = [m for sheet in sheets if (m := matrix_of(sheet)) and _is_filled(m)]
    if any(map(_is_of_two, found)):
        return "it looks like a matrix of two modes, or without labels before its rows"
    return "it has no matrix whose rows and columns have the same labels"


def is_matrix(sheet: Sheet) -> bool:
    """Whether a sheet can be nothing but a matrix."""
    matrix = matrix_of(sheet)
    if matrix is None or not _is_filled(matrix):
        return False
    square = matrix.shared >= SHARED if matrix.skip else _is_symmetric(matrix)
    return square or _is_incidence(matrix)


def _is_of_two(matrix: Matrix) -> bool:
    """Whether a matrix has several rows and columns, and no label twice on a side."""
    sides = (matrix.rows, matrix.columns)
    return all(len(set(labels)) == len(labels) > 1 for labels in sides)


def _is_incidence(matrix: Matrix) -> bool:
    """Whether a matrix of two modes can be no other table.

    Columns with a number or month in their label are years, questions or the bars of a plan; rows
    that are numbered are the index of a table.
    """
    cells = {cell for row in matrix.cells for cell in row.cells[matrix.skip :]} - {""}
    named = not any(map(_COUNTED.search, matrix.columns)) and not all(map(is_value, matrix.rows))
    months = {fold(word.word) for word in words_of("month")}
    named = named and months.isdisjoint(map(fold, matrix.columns))
    return matrix.cornered and named and _is_of_two(matrix) and cells == {"0", "1"}


def _is_symmetric(matrix: Matrix) -> bool:
    """Whether a matrix without labels before its rows is the same both ways, and is no accident."""
    rows = [row.cells for row in matrix.cells]
    return len(rows) > 2 and rows == [[*column] for column in zip(*rows, strict=True)]


def _is_filled(matrix: Matrix) -> bool:
    """Whether cells are not all empty, and nearly all others values: a list of names is none."""
    cells = [cell for row in matrix.cells for cell in row.cells[matrix.skip :] if cell]
    return bool(cells) and sum(map(is_value, cells)) >= FILLED * len(cells)

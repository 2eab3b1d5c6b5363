"""Matrices with labels: whether their rows and columns are the same vertices, and which."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from jmdi import Severity, Where
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.drafts import MISSING, Draft, Layer

__all__ = ["UNNAMED", "Axes", "axes_of", "folded", "kind_of", "note_modes"]

UNNAMED = "tie"
"""The label of the matrix of ties without a kind, beside matrices of others."""


@attrs.frozen(slots=True)
class Axes:
    """The vertices that the rows and columns of a matrix stand for.

    Attributes:
        draft: The network of these vertices.
        rows: The vertex of each row.
        columns: The vertex of each column.
    """

    draft: Draft
    rows: Sequence[int]
    columns: Sequence[int]

    def take(self, layer: Layer) -> None:
        """Adds ties whose ends are rows and columns; a pair of a vertex and itself may be missing.

        Args:
            layer: The ties, each from a row to a column, both counted from 0.
        """
        mapped = Layer(layer.name, layer.directed)
        cells = zip(layer.source, layer.target, layer.values, layer.line, strict=True)
        for row, column, value, line in cells:
            source, target = self.rows[row], self.columns[column]
            if value != MISSING or source != target:
                mapped.add(source, target, value, line)
        self.draft.layers.append(mapped)


def axes_of(
    rows: Sequence[str], columns: Sequence[str], height: int, width: int, *, square: bool
) -> Axes:
    """What the rows and columns of a matrix stand for.

    They are the same vertices where they have the same labels, in whatever order and in small or
    capital letters, as UCINET has it; and where one of them has no labels and the matrix is
    said to be square. Else it is of two modes, the rows first.

    Args:
        rows: The labels of the rows; empty if they have none.
        columns: The labels of the columns; empty if they have none.
        height: How many rows there are.
        width: How many columns there are.
        square: Whether the file says that they are the same.
    """
    places = {folded(label): place for place, label in enumerate(rows)}
    found = [places.get(folded(label), -1) for label in columns]
    if not (rows and columns):
        same = square and height == width
        found = list(range(width))
    else:
        same = height == width and [*map(folded, rows)] == [*map(folded, columns)]
        if same:
            found = list(range(width))
        else:
            same = height == width == len(places) and sorted(found) == list(range(width))
    if same:
        labels = {place: label for place, label in enumerate(rows or columns) if label}
        return Axes(Draft(size=height, labels=labels), range(height), found)
    labels = {place: label for place, label in enumerate(rows) if label}
    labels |= {height + place: label for place, label in enumerate(columns) if label}
    draft = Draft(size=height + width, first=height, labels=labels)
    return Axes(draft, range(height), range(height, height + width))


def note_modes(axes: Axes, context: ImportContext) -> None:
    """Says of a square matrix that it is read as one of two modes, which nobody may expect."""
    if axes.draft.first is not None and len(axes.rows) == len(axes.columns):
        context.problem(
            "networkfiles:U104",
            f"the {len(axes.rows):,} rows and as many columns are not said to be the same: the "
            "matrix is read as of two modes",
            severity=Severity.INFO,
            where=Where(file=context.name),
            cure="if they are the same, give both the same labels, or write N= in the header of DL",
        )


def kind_of(label: str) -> str:
    """The kind of tie that the label of a matrix names; empty for that of ties without one."""
    return "" if folded(label) == UNNAMED else label.strip()


def folded(label: str) -> str:
    """A label as it is compared: UCINET writes all in capitals."""
    return label.strip().casefold()

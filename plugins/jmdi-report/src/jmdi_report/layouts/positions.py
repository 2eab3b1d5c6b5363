"""What a layout gives."""

from __future__ import annotations

from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

__all__ = ["SIDE", "Circle", "Floats", "Integers", "Layout", "quantised"]

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]

SIDE = 65535
"""The largest coordinate: what two bytes hold."""


@attrs.frozen
class Circle:
    """The disc of a territory.

    Attributes:
        place: Index of the place; -1 for the actors whose place is not known.
        x: Where its centre is, from the left.
        y: Where its centre is, from the top.
        r: Its radius.
    """

    place: int
    x: int
    y: int
    r: int


@attrs.frozen(eq=False)
class Layout:
    """Positions of actors.

    Attributes:
        x: int64, an item for each actor: its position from the left, 0 to `SIDE`.
        y: int64, an item for each actor: its position from the top, 0 to `SIDE`.
        circles: The discs that actors stand in, none where the layout has none.
        width: How far the picture reaches to the right; the longer of both sides is `SIDE`.
        height: How far it reaches down.
        spacing: About how far an actor is from the nearest other one; a mark that is not wider
            hides little of the others.
    """

    x: Integers
    y: Integers
    circles: tuple[Circle, ...]
    width: int
    height: int
    spacing: float


def quantised(at: Floats, discs: Floats, places: Integers, spacing: float) -> Layout:
    """The layout with coordinates as whole numbers.

    Args:
        at: float64 of shape (actors, 2), x and y of each.
        discs: float64 of shape (discs, 3), x and y of the centre and radius of each; no rows
            where there are none.
        places: int64, the place of each disc.
        spacing: The distance of neighbours in the same units.
    """
    corners = np.concatenate([discs[:, :2] - discs[:, 2:], discs[:, :2] + discs[:, 2:], at])
    if not len(corners):
        nothing = np.zeros(0, np.int64)
        return Layout(nothing, nothing, (), 0, 0, 0.0)
    low, high = corners.min(axis=0), corners.max(axis=0)
    scale = SIDE / max(float((high - low).max()), 1e-9)
    whole = np.rint((at - low) * scale).astype(np.int64)
    centres = np.rint((discs[:, :2] - low) * scale).astype(np.int64).tolist()
    radii = np.floor(discs[:, 2] * scale).astype(np.int64).tolist()
    circles = tuple(
        Circle(place, x, y, r)
        for place, (x, y), r in zip(places.tolist(), centres, radii, strict=True)
    )
    width, height = np.rint((high - low) * scale).astype(np.int64).tolist()
    return Layout(whole[:, 0], whole[:, 1], circles, width, height, spacing * scale)

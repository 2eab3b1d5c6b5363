"""How far each initiative has scaled, in five ways."""

from __future__ import annotations

from typing import Any

from jmdi import Dataset, Initiative
from jmdi.panels import Cell, Column, Grid, Range, Unknown, link_to
from jmdi_scaling.panels import MOST, say
from jmdi_scaling.panels.initiatives import largest

__all__ = ["vector"]

WAYS = ("reach", "out", "up", "functional", "institutional")


def vector(dataset: Dataset) -> Grid | None:
    """The scaling vector of each initiative; those of which nothing is known are left out.

    Args:
        dataset: The records.
    """
    rows: list[list[Cell]] = []
    chosen = largest(dataset, MOST)
    for one in chosen:
        found = dataset.metric("scaling:vector", initiative=one.id)
        bounds: Any = found.notes.get("bounds") or {}
        cells = [_cell((found.values or {}).get(way), bounds.get(way)) for way in WAYS]
        if not all(isinstance(cell, Unknown) for cell in cells):
            rows.append([link_to(one), *cells])
    if not rows:
        return None
    columns = [Column(say("initiative")), *(Column(say(way), "number") for way in WAYS)]
    left = len(dataset.of(Initiative)) - len(rows)
    return Grid(columns, rows, note=say("vector_note"), left_out=left)


def _cell(value: float | None, bounds: tuple[float | None, float | None] | None) -> Cell:
    """A component; nothing is known of one that may be anything from 0 to 1."""
    low, high = bounds or (None, None)
    if value is None and (low is None or high is None or (low, high) == (0, 1)):
        return Unknown(say("no_data"))
    low, high = (None if end is None else round(end, 2) for end in (low, high))
    return Range(None if value is None else round(value, 2), low, high)

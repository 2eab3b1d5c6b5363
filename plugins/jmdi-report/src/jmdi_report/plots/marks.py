"""The shapes of looks as polygons of one area, so that no shape seems larger than another."""

from __future__ import annotations

import functools
import math

import numpy as np

from jmdi_report.layouts.positions import Floats

__all__ = ["outline"]

CORNERS = 28
"""How many corners a circle has."""


@functools.cache
def outline(shape: str) -> Floats:
    """The corners of a shape around (0, 0) with y down: float64 of shape (corners, 2).

    Its area is that of a circle of radius 1.

    Args:
        shape: One of those of `Look`.
    """
    points = np.array(_corners(shape), float)
    x, y = points.T
    area = abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2
    return np.asarray((points - _middle(shape, points)) * math.sqrt(math.pi / area))


def _corners(shape: str) -> list[tuple[float, float]]:
    if shape in ("circle", "ring"):
        return _regular(CORNERS)
    if shape in ("triangle", "pentagon", "hexagon"):
        return _regular({"triangle": 3, "pentagon": 5, "hexagon": 6}[shape])
    if shape == "down":
        return [(x, -y) for x, y in _regular(3)]
    if shape == "diamond":
        return [(0, -1.2), (0.95, 0), (0, 1.2), (-0.95, 0)]
    if shape == "star":
        return [
            (r * math.sin(math.pi * i / 5), -r * math.cos(math.pi * i / 5))
            for i, r in enumerate([1.0, 0.45] * 5)
        ]
    if shape in ("plus", "cross"):
        a, b = 0.36, 1.0
        plus = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)]
        plus += [(-x, -y) for x, y in plus]
        if shape == "plus":
            return plus
        turned = math.sqrt(0.5)
        return [((x - y) * turned, (x + y) * turned) for x, y in plus]
    if shape == "bar":
        return [(-1, -0.5), (1, -0.5), (1, 0.5), (-1, 0.5)]
    if shape == "hourglass":
        return [(-1, -1), (1, -1), (0.25, 0), (1, 1), (-1, 1), (-0.25, 0)]
    return [(-1, -1), (1, -1), (1, 1), (-1, 1)]


def _regular(corners: int) -> list[tuple[float, float]]:
    turns = [2 * math.pi * i / corners for i in range(corners)]
    return [(math.sin(turn), -math.cos(turn)) for turn in turns]


def _middle(shape: str, points: Floats) -> Floats:
    """Where the eye sees the middle: a triangle's is between its centre and that of its height."""
    if shape in ("triangle", "down"):
        ends = points[:, 1].max() + points[:, 1].min()
        return np.array([0.0, ends / 4])
    return np.zeros(2)

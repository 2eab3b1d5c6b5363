"""The share of actors that have taken up each practice, over the years."""

from __future__ import annotations

from jmdi import Adopts, Dataset, Practice
from jmdi.metrics.result import Result
from jmdi.panels import Curve, Line, Link, Mark, Point, link_to
from jmdi_scaling.panels import say

__all__ = ["adoption"]

LINES = 6
"""Most practices: those with the most adoptions on record."""

THRESHOLDS = (0.1, 0.25)
"""Shares at which practices were seen to begin to spread by themselves: early adopters of Rogers,
and the committed minority of Centola et al. 2018."""


def adoption(dataset: Dataset) -> Curve | None:
    """The adoption curves of the practices that were taken up most, with what is not known.

    Args:
        dataset: The records.
    """
    practices = dataset.of(Practice)
    sizes = {one.id: len(dataset.in_(one.id, Adopts)) for one in practices}
    taken = [one for one in practices if sizes[one.id]]
    order = sorted(taken, key=lambda one: (-sizes[one.id], one.id))
    lines: list[Line] = []
    for one in order[: 2 * LINES]:
        points = _points(dataset.metric("scaling:adoption-curve", practice=one.id))
        if points and len(lines) < LINES:
            lines.append(_line(one, points))
    if not lines:
        return None
    marks = [Mark(say("threshold", percent=round(100 * at)), y=at) for at in THRESHOLDS]
    return Curve(
        lines,
        x=say("period"),
        y=say("share_adopted"),
        marks=marks,
        note=say("adoption_note"),
        left_out=len(taken) - len(lines),
    )


def _line(practice: Practice, points: list[Point]) -> Line:
    """A line; where anybody may have taken it up too, only that it is at least so high."""
    link = link_to(practice)
    name = link.label if isinstance(link, Link) else link
    if any(point.y is not None for point in points):
        return Line(name, points)
    return Line(say("at_least", practice=name), [Point(one.x, one.low) for one in points])


def _points(found: Result) -> list[Point]:
    """The points of a curve whose periods are years; none if it has no dates."""
    points: list[Point] = []
    for year, value in (found.values or {}).items():
        if not str(year).isdecimal():
            return []
        low, high = (found.bounds or {}).get(year, (value, value))
        points.append(Point(int(year), value, low, high))
    return points

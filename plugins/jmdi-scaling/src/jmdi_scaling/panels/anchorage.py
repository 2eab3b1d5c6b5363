"""Which initiatives have a local government at their origin and at their destination."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmdi import Dataset, Initiative
from jmdi.panels import Cell, Column, Grid, Unknown, link_to
from jmdi_scaling.panels import MOST, say
from jmdi_scaling.panels.initiatives import largest

__all__ = ["anchorage"]

CASES = {
    "rate": (True, True),
    "origin_only": (True, False),
    "destination_only": (False, True),
    "none": (False, False),
}
"""What each value of the metric says of an initiative alone: of its origin, its destination."""


def anchorage(dataset: Dataset) -> Grid | None:
    """The ends of each initiative at which a local government takes part.

    Args:
        dataset: The records.
    """
    if not dataset.of(Initiative):
        return None
    rows: list[list[Cell]] = []
    for one in largest(dataset, MOST):
        found = dataset.metric("scaling:anchorage", initiative=one.id)
        possible = _possible(found.values or {}, found.bounds or {})
        ends = [_said({case[end] for case in possible}) for end in (0, 1)]
        rows.append([link_to(one), *ends, _said({all(case) for case in possible})])
    columns = [Column(say(key)) for key in ("initiative", "origin", "destination", "both")]
    left = len(dataset.of(Initiative)) - len(rows)
    return Grid(columns, rows, note=say("anchorage_note"), left_out=left)


def _possible(values: Mapping[str, Any], bounds: Mapping[str, Any]) -> list[tuple[bool, bool]]:
    """The cases that the facts leave open; all of them if nothing is known."""
    highest = [(c, bounds[n][1] if n in bounds else values.get(n)) for n, c in CASES.items()]
    return [case for case, high in highest if high is None or high > 0]


def _said(answers: set[bool]) -> Cell:
    return say("yes" if True in answers else "no") if len(answers) == 1 else Unknown(say("open"))

"""Types that parameters of several metrics of this plugin have; importing them imports no numpy."""

from __future__ import annotations

from typing import Annotated, Protocol, TypeAlias

from jmdi.metrics.types import Day, Days, Grouping, Ids, Moment, Share
from jmdi.plugins.argument_types import AtLeast

__all__ = ["Day", "Days", "Grouping", "Ids", "Matrix", "Moment", "Number", "Positive", "Share"]

Number: TypeAlias = Annotated[int, AtLeast(0)]
"""A whole number, 0 or more."""

Positive: TypeAlias = Annotated[int, AtLeast(1)]
"""A whole number, 1 or more."""


class Matrix(Protocol):
    """A square array of numpy, in the order of a network's nodes.

    Attributes:
        shape: Its numbers of rows and columns.
    """

    shape: tuple[int, ...]

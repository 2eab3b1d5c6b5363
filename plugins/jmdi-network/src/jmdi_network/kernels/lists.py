"""What kernels use of numpy, with lists of Python's numbers in the place of arrays.

Plain Python reads and writes a list four times as fast as an array, of which it makes an object
for each number.
"""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

__all__ = ["Lists"]

_NUMBERS: dict[Any, tuple[type[np.generic], int | float]] = {
    float: (np.float64, 0.0),
    bool: (np.bool_, False),
    int: (np.int64, 0),
    operator.index: (np.int32, 0),
    operator.pos: (np.uint32, 0),
}
"""By what stands for a type of numbers: the type, and the 0 of it.

Each is a function that gives a number back as it is, since kernels call them as numpy's types.
"""


class Lists:
    """Stands for numpy in one run of a kernel, and knows of which type each of its lists is."""

    float64, bool_, int64, int32, uint32 = _NUMBERS
    nan, inf = math.nan, math.inf
    log, sqrt, sort = staticmethod(math.log), staticmethod(math.sqrt), staticmethod(sorted)

    def __init__(self) -> None:
        self._types: dict[int, type[np.generic]] = {}
        self._lists: list[list[Any]] = []  # kept, so that no other list gets the id of one

    def of(self, given: Any) -> Any:
        """The list of an array; what is none stays as it is."""
        return given.tolist() if isinstance(given, np.ndarray) else given

    def array(self, found: Any) -> Any:
        """The array of a list that was made here; what is no list stays as it is."""
        return np.array(found, self._types[id(found)]) if type(found) is list else found

    def zeros(self, n: int, kind: Any = float) -> list[Any]:
        """A list of n times 0."""
        return self._made([_NUMBERS[kind][1]] * n, kind)

    empty = zeros

    def full(self, n: int, value: float, kind: Any = float) -> list[Any]:
        """A list of n times a value."""
        return self._made([value] * n, kind)

    def arange(self, n: int, dtype: Any) -> list[Any]:
        """The numbers from 0 to n - 1."""
        return self._made(list(range(n)), dtype)

    def _made(self, numbers: list[Any], kind: Any) -> list[Any]:
        self._types[id(numbers)] = _NUMBERS[kind][0]
        self._lists.append(numbers)
        return numbers

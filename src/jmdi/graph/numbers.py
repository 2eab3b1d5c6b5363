"""Arrays of numbers that nobody can change, as a Network holds them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["fixed", "same_numbers"]


def fixed(code: Any, values: Iterable[Any]) -> memoryview[Any]:
    """Numbers of one type that nobody can change, and that numpy takes without a copy."""
    if isinstance(values, memoryview) and values.format == code and type(values.obj) is bytes:
        return values
    held = values if isinstance(values, array) and values.typecode == code else array(code, values)
    if not held:  # an empty view cannot be cast
        return memoryview(array(code)).toreadonly()
    return memoryview(held.tobytes()).cast(code)


def same_numbers(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether numbers are equal; one that is not known equals another."""
    pairs = zip(first, second, strict=False)
    return first == second or (
        len(first) == len(second) and all(a == b or (a != a and b != b) for a, b in pairs)
    )

"""Arrays of numbers that nobody can change, as a Network holds them; and limits of weights."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

__all__ = ["fixed", "limit", "same_numbers"]


def limit(name: str, given: object) -> float:
    """A number that weights are compared with.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is NaN, which nothing reaches.
    """
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{name} is a number, such as 3, not {given!r}")
    if given != given:
        raise ValueError(f"{name} is NaN, which no weight reaches: give a number")
    return float(given)


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

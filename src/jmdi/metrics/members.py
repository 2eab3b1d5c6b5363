"""What the members of a Result become: numbers of Python, and values that cannot change."""

from __future__ import annotations

import datetime
import math
import numbers
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from jmdi.metrics.numbers import Numbers
from jmdi.model.frozen import MAX_DEPTH, FrozenMap, freeze

__all__ = ["Digest", "DigestText", "Number", "day", "frozen", "frozen_or_none", "ids", "number"]

Number: TypeAlias = int | float | Decimal


def number(value: object) -> Number | None:
    """A number of any library as one of Python's; NaN and infinity are refused.

    Raises:
        ValueError: If it is not finite.
        TypeError: If it is not a number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        raise TypeError(f"a result is a number, not {value!r}")
    if isinstance(value, numbers.Integral):
        return int(value)
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        raise ValueError(f"a result is never {value}; say that it is undefined and why")
    return value if isinstance(value, Decimal) else float(value)


class Digest:
    """The digest of data that cannot change, which all of it is read for when somebody asks.

    It is pickled as text: a Result that is sent elsewhere does not take the data along.
    """

    def __init__(self, make: Callable[[], str]) -> None:
        """A digest that is not made yet.

        Args:
            make: Makes it.
        """
        self._make: Callable[[], str] | None = make
        self._text = ""

    def __str__(self) -> str:
        make = self._make
        if make is not None:
            self._text, self._make = make(), None  # which holds the data
        return self._text

    def __deepcopy__(self, memo: dict[int, object]) -> Digest:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return (str, (str(self),))


DigestText: TypeAlias = str | Digest


class _Frozen(FrozenMap[Any]):
    """A mapping that `frozen` made, so that all in it is frozen."""

    __slots__ = ()


_AS_IS = frozenset({str, int, bool, type(None)})
"""Types that JSON knows and that cannot change; most values are of one of them."""


def frozen(value: Any, depth: int = MAX_DEPTH) -> Any:
    """A value as JSON knows it and that cannot change, in one pass.

    Numbers of other libraries and dates become Python's own and text.
    """
    kind = type(value)
    if kind in _AS_IS or (kind is float and math.isfinite(value)):
        return value
    if depth < 0:
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
    if kind is Numbers or (kind is _Frozen and depth == MAX_DEPTH):
        return value
    if isinstance(value, Mapping):
        # Most items are as they must be, and a call takes longer than to look.
        return _Frozen(
            {
                str(key): item if type(item) in _AS_IS else frozen(item, depth - 1)
                for key, item in value.items()
            }
        )
    if isinstance(value, (list, tuple)):
        return tuple([item if type(item) in _AS_IS else frozen(item, depth - 1) for item in value])
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return number(value)
    return freeze(value)


def frozen_or_none(value: object) -> Any:
    """The same for what may be ``None``."""
    return None if value is None else frozen(value)


def ids(value: Iterable[str]) -> tuple[str, ...]:
    """Ids in their order."""
    return tuple(value)


def day(value: Any) -> str | None:
    """A day as ISO 8601 writes it."""
    return value.isoformat() if isinstance(value, datetime.date) else value

"""Numbers of a Result as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jmdi.model.frozen import FrozenMap

__all__ = ["between", "closed_world_said", "counted", "is_open", "short"]

_PLURAL = re.compile(r"\w+s\b")
_IRREGULAR: Mapping[str, str] = FrozenMap({"series": "series", "ties": "tie"})


def short(number: int | float | Decimal | None) -> str:
    """A number as a person reads it: four significant digits, decimals as they are."""
    if isinstance(number, float):
        return f"{number:.4g}" if abs(number) < 1e4 else f"{number:,.1f}"
    return "" if number is None else str(number)


def between(lower: Any, upper: Any, said: Callable[[Any], str]) -> str:
    """An interval as a person reads it: ``0.25–1``, or one number where both ends are the same."""
    if lower == upper:
        return said(lower)
    if upper is None:
        return f"{said(lower)} or more"
    return f"{said(lower)}{' to ' if lower < 0 else '–'}{said(upper)}"


def closed_world_said(closed: Mapping[str, Any]) -> str:
    """What a metric gives where all lists are read as complete, in short.

    Args:
        closed: The note ``closed_world`` of its Result.
    """
    if closed.get("value") is not None:
        return short(closed["value"])
    if closed.get("lower") is not None:
        return between(closed["lower"], closed.get("upper"), short)
    return f"undefined ({closed.get('why') or closed.get('undefined')})"


def is_open(value: object, bounds: object) -> bool:
    """Whether bounds leave a value, or one of several, open."""
    if isinstance(value, Mapping) and isinstance(bounds, Mapping):
        return any(is_open(value.get(key), ends) for key, ends in bounds.items())
    return value is None


def counted(number: int | float | Decimal | None, things: str) -> str:
    """What is counted, as one where it is one: ``action``, ``tied pair``, ``action due``."""
    return _PLURAL.sub(_one, things, count=1) if number == 1 else things


def _one(plural: re.Match[str]) -> str:
    word = plural[0]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]

"""Whether two Results say the same, up to names of records and to rounding."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from jmdi.metrics.result import Result

__all__ = ["change", "said", "same"]

_SAME = (
    "value",
    "values",
    "lower",
    "upper",
    "bounds",
    "or_undefined",
    "undefined",
    "not_applicable",
    "n_used",
    "n_eligible",
)
"""What of a Result must not depend on how the same data is said."""


def said(result: Result, names: Mapping[str, str]) -> dict[str, Any]:
    """What a Result says, with ids given new names."""
    return {
        name: _translated(value, names)
        for name, value in attrs.asdict(result, recurse=False).items()
        if name in _SAME
    }


def _translated(value: object, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {_name(key, names): _translated(part, names) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_translated(part, names) for part in value]
    return _name(value, names) if isinstance(value, str) else value


def _name(text: str, names: Mapping[str, str]) -> str:
    """A text with ids given new names: an id, or a tie such as ``a → b``, ``a – b``, ``a + b``.

    The ends of the last two are put in order, because such a tie has no direction.
    """
    for arrow in (" → ", " – ", " + "):
        ends = [names.get(end, end) for end in text.split(arrow)]
        if len(ends) == 2:
            return arrow.join(ends if arrow == " → " else sorted(ends))
    return names.get(text, text)


def same(one: object, other: object) -> bool:
    """Whether two outcomes agree, up to rounding."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-7, abs_tol=1e-9)
    return bool(one == other)


def change(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Where two outcomes differ."""
    short: Callable[[Any], str] = lambda value: json.dumps(value, default=str)[:160]  # noqa: E731
    differing = [name for name in old if not same(old[name], new[name])]
    return "; ".join(f"{name} {short(old[name])} became {short(new[name])}" for name in differing)

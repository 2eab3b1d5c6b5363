"""Three-state facts, and shares of them with bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jmdi.metrics.result import Result, undefined

__all__ = ["all_of", "any_of", "share"]


def any_of(states: Iterable[bool | None]) -> bool | None:
    """Whether one of several holds: unknown unless one does, or none can."""
    found: bool | None = False
    for state in states:
        if state:
            return True
        if state is None:
            found = None
    return found


def all_of(states: Iterable[bool | None]) -> bool | None:
    """Whether all of several hold: no if one does not, unknown if one is not known."""
    some = any_of(None if state is None else not state for state in states)
    return None if some is None else not some


def share(
    states: Mapping[str, bool | None],
    of: str,
    *,
    empty: tuple[str, str] = ("zero_denominator", ""),
    unknown: tuple[str, str] = ("missing_input", ""),
    **more: Any,
) -> Result:
    """The share of elements for which something holds, over those of which it is known.

    The bounds take all unknown elements for no, and for yes.
    """
    n, known = len(states), [state for state in states.values() if state is not None]
    if not n:
        return undefined(empty[0], empty[1], n_used=0, n_eligible=0, of=of, **more)
    yes = sum(known)
    basis: dict[str, Any] = {
        "lower": yes / n,
        "upper": (yes + n - len(known)) / n,
        "n_used": len(known),
        "n_eligible": n,
        "of": of,
    }
    if not known:
        return undefined(unknown[0], unknown[1], **basis, **more)
    return Result(value=yes / len(known), **basis, **more)

"""Three-state facts, shares of them with bounds, and which facts are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from jmdi.metrics.result import Result, undefined

__all__ = ["all_of", "any_of", "estimate", "missing", "share"]


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


def estimate(yes: int, of: int, lower: float, upper: float) -> float | None:
    """The share of some elements as that of all; where the bounds leave one number, that.

    ``None`` where there are none of them, or their share is outside the bounds, so that they
    cannot stand for all.
    """
    if lower == upper:
        return lower
    value = yes / of if of else None
    return value if value is not None and lower <= value <= upper else None


def share(
    states: Mapping[str, bool | None],
    of: str,
    *,
    open_: str,
    empty: tuple[str, str] = ("zero_denominator", ""),
    complete: Collection[str] | None = None,
    ends: tuple[float, float] | None = None,
    **more: Any,
) -> Result:
    """The share of elements for which something holds, over those of which it is known.

    The bounds take all unknown elements for no, and for yes. Where only a presence is recorded,
    those that are known are all *yes*, and their mean is no estimate: an element whose list may
    be incomplete counts in the bounds alone.

    Args:
        states: Whether it holds for each element.
        of: What the elements are.
        open_: Why there is no value but an interval, in a sentence.
        empty: Reason and sentence for no element at all.
        complete: Elements of which an absence would be known too; all if not given.
        ends: Its bounds, where the states do not give them.
        **more: Other members of the Result.
    """
    n = len(states)
    if not n:
        return undefined(empty[0], empty[1], n_used=0, n_eligible=0, of=of, **more)
    sure = sum(state is True for state in states.values())
    possible = sum(state is not False for state in states.values())
    lower, upper = ends or (sure / n, possible / n)
    known = [
        state
        for name, state in states.items()
        if state is not None and (complete is None or name in complete)
    ]
    value = estimate(sum(known), len(known), lower, upper)
    if value is None and known:
        open_ = f"the {of} of which it is known, {len(known)} of {n}, cannot stand for all"
    return Result(
        value=value,
        why="" if value is not None else open_,
        lower=lower,
        upper=upper,
        n_used=n if lower == upper else len(known),
        n_eligible=n,
        of=of,
        **more,
    )


def missing(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Facts that are not known, for the note ``missing`` of a Result.

    Args:
        facts: Record and member, such as ``("initiative/desk", "participants_complete")``.

    Returns:
        Each once, as a `Claim` names it: ``about`` the record, ``field`` a JSON Pointer.
    """
    return [{"about": record, "field": f"/{name}"} for record, name in dict.fromkeys(facts)]

"""How long ties last: spans and the estimate of Kaplan and Meier."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import numpy as np

from jmdi.model.edtf import parse_or_none

__all__ = ["Span", "kaplan_meier", "median_bounds", "span_of"]


Span: TypeAlias = tuple[int, bool] | Literal["later"] | None


def span_of(value: object, as_of: datetime.date) -> Span:
    """Days that a tie lasted up to a day, and whether it had ended; ``None`` if not known.

    An end that is open, or after the day, is censored. A tie that starts after the day is
    ``later``. Where reports of one tie give several periods, nothing is known unless their spans
    are the same.
    """
    if isinstance(value, tuple):
        spans: set[Span] = {span_of(one, as_of) for one in value}
        return spans.pop() if len(spans) == 1 else None
    parsed = parse_or_none(value) if isinstance(value, str) else None
    start = None if parsed is None else parsed.lower()
    if parsed is None or start is None:
        return None
    if start > as_of:
        return "later"
    end = parsed.upper()
    if end is None:
        return ((as_of - start).days, False) if parsed.end_state == "open" else None
    after = end + datetime.timedelta(days=1)
    return ((as_of - start).days, False) if after > as_of else ((after - start).days, True)


def kaplan_meier(times: list[float], ended: list[bool]) -> tuple[dict[str, float], float | None]:
    """The share that lasts beyond each time at which one ended, and the median.

    Source: Kaplan & Meier 1958, Journal of the American Statistical Association 53:457.
    """
    every = np.sort(np.array(times, float))
    steps, gone = np.unique(np.array(times, float)[np.array(ended, bool)], return_counts=True)
    at_risk = len(every) - np.searchsorted(every, steps)
    shares = np.cumprod(1 - gone / np.maximum(at_risk, 1))
    curve = {f"{t:.12g}": float(s) for t, s in zip(steps, shares, strict=True)}
    over = np.flatnonzero(shares <= 0.5 + 1e-12)
    return curve, float(steps[over[0]]) if len(over) else None


def median_bounds(
    times: list[float], ended: list[bool], unknown: int
) -> tuple[float, float | None]:
    """The lowest and the highest median that ties of which no time is known allow.

    They lower the share that lasts beyond a time most if all end at that time, and raise it most
    if none ever ends.

    Args:
        times: How long each of the other ties lasted.
        ended: Whether it had ended.
        unknown: How many ties there are of which no time is known.

    Returns:
        Both; ``None`` for the highest if more than half of the ties may still last.
    """
    every = np.sort(np.array(times, float))
    steps, gone = np.unique(np.array(times, float)[np.array(ended, bool)], return_counts=True)
    at_risk = len(every) - np.searchsorted(every, steps)
    most = np.cumprod(1 - gone / (at_risk + unknown))  # until they end they are at risk
    points = np.concatenate([[0.0], every])
    lasting = np.concatenate([[1.0], most])[np.searchsorted(steps, points, side="right")]
    still = len(every) - np.searchsorted(every, points, side="right")
    # just after a time fewer ties are at risk, and one more end weighs more
    least = lasting * still / (still + unknown)
    low = points[np.flatnonzero(least <= 0.5 + 1e-12)[0]]
    over = np.flatnonzero(most <= 0.5 + 1e-12)
    return float(low), float(steps[over[0]]) if len(over) else None

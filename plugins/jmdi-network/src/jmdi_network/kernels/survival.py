"""How long ties last: spans and the estimate of Kaplan and Meier."""

from __future__ import annotations

import datetime

import numpy as np

from jmdi.model.edtf import parse_or_none

__all__ = ["kaplan_meier", "span_of"]


def span_of(value: object, as_of: datetime.date) -> tuple[int, bool] | None:
    """Days that a tie lasted up to a day, and whether it had ended; ``None`` if not known.

    An end that is open, or after the day, is censored; one that is not known leaves the tie out.
    """
    parsed = parse_or_none(value) if isinstance(value, str) else None
    start = None if parsed is None else parsed.lower()
    if parsed is None or start is None or start > as_of:
        return None
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

"""A metric on the Datasets that answers make, and by how much its bounds are narrower there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from jmdi.classes import define
from jmdi.errors import Cancelled, JmdiError
from jmdi.graph.dataset import Dataset
from jmdi.metrics.result import Result
from jmdi.plugins.context import Cancel, Progress
from jmdi.plugins.specs import Metric
from jmdi.running.questions import Ends, Interval
from jmdi.running.tracing import Reads, traced
from jmdi.running.unknowns import Change, Unknown, changed

__all__ = ["Trials", "ends_of", "narrowing", "rounded", "total"]

DIGITS = 12
"""Digits to which narrowings are compared, so that rounding decides no order."""


@define
class Trials:
    """A metric on the Datasets that answers make.

    Attributes:
        dataset: The Dataset before.
        spec: The metric.
        measure: Computes it.
        entry: Which of its values counts.
        before: Its bounds before.
        progress: Called with the number of answers tried.
        cancel: Says when to stop.
        total: How many will be tried, once that is known.
        done: How many were tried.
    """

    dataset: Dataset
    spec: Metric
    measure: Callable[[Dataset], Result]
    entry: str | None
    before: Ends
    progress: Progress | None
    cancel: Cancel | None
    total: int | None = None
    done: int = 0

    def after(self, changes: Sequence[Change]) -> Ends:
        """The bounds after some answers; as before, if the metric cannot be computed then.

        Raises:
            Cancelled: If the work is no longer wanted.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled(f"cancelled after {self.done:,} answers tried")
        try:
            result = self.measure(changed(self.dataset, changes))
        except Cancelled:
            raise
        except JmdiError:
            return self.before
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total, "answers tried")
        return ends_of(self.spec, result, self.entry)

    def reads(self, changes: Sequence[Change]) -> Reads:
        """What the metric reads after some answers; nothing if it cannot be computed then."""
        reads: Reads = set()
        try:
            self.measure(traced(changed(self.dataset, changes), reads))
        except Cancelled:
            raise
        except JmdiError:
            return set()
        return reads

    def change(self, facts: Sequence[Unknown], number: int | None = None) -> bool:
        """Whether the bounds change if one answer, or any, is given to all of some questions."""
        rows = list(zip_longest(*(fact.answers for fact in facts)))
        chosen = rows if number is None else rows[number : number + 1]
        return any(self.after([c for c in row if c is not None]) != self.before for row in chosen)


def ends_of(spec: Metric, result: Result, entry: str | None) -> Ends:
    """The bounds of the numbers that are looked at; of what is undefined, its range."""
    low, high = spec.range if result.range == (None, None) else result.range
    whole = (-math.inf if low is None else float(low), math.inf if high is None else float(high))
    if entry is not None:
        return {k: v for k, v in _entries(result, whole) if k == entry}
    if result.lower is not None or result.upper is not None:
        found = (result.lower, result.upper)
        pairs = zip(found, whole, strict=True)
        lower, upper = (end if given is None else float(given) for given, end in pairs)
        return {"": (lower, upper)}
    if result.value is not None and not result.no_bounds:
        return {"": (float(result.value), float(result.value))}
    if result.status == "values":
        return dict(_entries(result, whole))
    return {"": whole}


def _entries(result: Result, whole: Interval) -> Iterator[tuple[str, Interval]]:
    """The bounds of the numbers among the values of a Result, by names such as ``a/count``."""

    def walk(values: Any, bounds: Any, name: str) -> Iterator[tuple[str, Interval]]:
        if isinstance(values, Mapping):
            for key, value in values.items():
                inner = bounds.get(key) if isinstance(bounds, Mapping) else None
                yield from walk(value, inner, f"{name}/{key}" if name else key)
        elif isinstance(bounds, tuple) and len(bounds) == 2:
            yield name, (float(bounds[0]), float(bounds[1]))
        elif values is None:
            yield name, whole
        elif isinstance(values, (int, float)) and not isinstance(values, bool):
            yield name, (float(values), float(values))

    yield from walk(result.values or {}, result.bounds, "")


def narrowing(before: Ends, after: Ends) -> float:
    """By how much bounds are narrower than before, of all entries together."""
    gains = []
    for entry, (low, high) in before.items():
        first, last = after.get(entry, (low, high))
        was, now = high - low, last - first
        gains.append(0.0 if was == now else was - now)
    return rounded(total(gains))


def total(gains: Sequence[float]) -> float:
    """The sum; where bounds are lost, nothing that is gained makes up for it."""
    return -math.inf if -math.inf in gains else sum(gains)


def rounded(gain: float) -> float:
    """A narrowing as it is compared with others."""
    return gain if math.isinf(gain) else round(gain, DIGITS)

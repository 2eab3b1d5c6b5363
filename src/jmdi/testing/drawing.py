"""Examples of a strategy, the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from jmdi.testing.suite import quick

QUICKLY = 3
"""How many examples are drawn when only what is fast is tried."""

__all__ = ["drawn", "for_each"]

T = TypeVar("T")

_STEADY = settings(
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.filter_too_much,
    ],
)


def for_each(strategy: SearchStrategy[T], check: Callable[[T], None], *, examples: int) -> None:
    """Runs a check on examples of a strategy; the smallest that fails is shown."""

    @settings(_STEADY, max_examples=min(examples, QUICKLY) if quick() else examples)
    @given(strategy)
    def run(example: T) -> None:
        check(example)

    run()


def drawn(strategy: SearchStrategy[T], number: int) -> list[T]:
    """Examples of a strategy, at most so many."""
    found: list[T] = []

    @settings(_STEADY, max_examples=number, phases=[Phase.generate])
    @given(strategy)
    def draw(example: T) -> None:
        found.append(example)

    draw()
    return found

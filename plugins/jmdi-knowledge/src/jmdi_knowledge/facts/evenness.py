"""Pielou's evenness, and what elements of no known category leave open of it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

__all__ = ["evenness", "evenness_if_each_of_one", "evenness_if_each_of_any"]


def evenness(counts: Sequence[int]) -> float:
    """Pielou's J′ = H / ln S over the S categories, those with nothing included.

    Args:
        counts: How many elements each category has, not all 0.

    Source: Pielou 1966, Journal of Theoretical Biology 13:131.
    """
    n = sum(counts)
    if len(counts) < 2:
        return 0.0
    entropy = -sum(count / n * math.log(count / n) for count in counts if count)
    return min(1.0, max(0.0, entropy / math.log(len(counts))))


def evenness_if_each_of_one(counts: Sequence[int], unknown: int) -> tuple[float, float]:
    """Its bounds when each of some more elements is of one category.

    Evenness is quasi-concave, so it is lowest where all are of one category; it is highest where
    each goes to the smallest one.

    Args:
        counts: How many known elements each category has.
        unknown: How many more elements there are.
    """
    lowest = min(
        evenness([count + unknown * (k == at) for k, count in enumerate(counts)])
        for at in range(len(counts))
    )
    even = list(counts)
    for _ in range(unknown):
        even[even.index(min(even))] += 1
    return lowest, evenness(even)


def evenness_if_each_of_any(counts: Sequence[int], unknown: int) -> tuple[float, float]:
    """Its bounds when each of some more elements is of any number of categories, or of none.

    It is lowest at a corner, where all are of some categories and none of the others; it is
    highest on the way on which the smallest category grows first.

    Args:
        counts: How many known elements each category has, not all 0.
        unknown: How many more elements there are.
    """
    corners = itertools.product((0, unknown), repeat=len(counts))
    lowest = min(evenness(_sum(counts, more)) for more in corners)
    even, highest = list(counts), evenness(counts)
    for _ in range(unknown * len(counts)):
        if highest == 1:
            break
        room = [k for k, count in enumerate(counts) if even[k] - count < unknown]
        even[min(room, key=even.__getitem__)] += 1
        highest = max(highest, evenness(even))
    return lowest, highest


def _sum(counts: Sequence[int], more: Sequence[int]) -> list[int]:
    return [one + other for one, other in zip(counts, more, strict=True)]

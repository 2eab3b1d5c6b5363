"""Moran's I: whether those who are tied have like numbers."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from jmdi_network.arrays import Floats, Sparse

__all__ = ["Moran", "moran", "over_rows"]


class Moran(NamedTuple):
    """Moran's I with its moments if the same numbers were dealt at random (Cliff & Ord 1981).

    Attributes:
        value: The statistic, I.
        expected: Its expectation, ``-1 / (n - 1)``.
        sd: Its standard deviation; ``None`` of fewer than four numbers, or if it is 0.
        z: ``(value - expected) / sd``.
        p: The two-sided p of ``z`` by the normal distribution, which holds for many actors.
    """

    value: float
    expected: float
    sd: float | None
    z: float | None
    p: float | None


def over_rows(weights: Sparse) -> Sparse:
    """The weights with rows that sum to 1, or to 0 where there are none; float64."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    scaled = weights.tocoo(copy=True)
    scaled.data = scaled.data / total[scaled.row]
    return scaled.tocsr()


def moran(numbers: Floats, weights: Sparse) -> Moran:
    """``I = n / Σ_ij w_ij · Σ_ij w_ij (x_i - x̄)(x_j - x̄) / Σ_i (x_i - x̄)²`` (Moran 1950).

    Args:
        numbers: One for each actor, float64; not all the same.
        weights: How near j is to i, float64, actors by actors; not all 0, the diagonal 0.
    """
    n, w = len(numbers), weights
    x = numbers - numbers.mean()
    total, squares = float(w.sum()), float(x @ x)
    value = n / total * float(x @ (w @ x)) / squares
    expected = -1 / (n - 1)
    if n < 4:
        return Moran(value, expected, None, None, None)
    s1 = float(((w + w.T).power(2)).sum()) / 2
    ends = np.asarray(w.sum(axis=1)).ravel() + np.asarray(w.sum(axis=0)).ravel()
    s2, kurtosis = float(ends @ ends), n * float((x**4).sum()) / squares**2
    second = (
        n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
        - kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * total**2)
    ) / ((n - 1) * (n - 2) * (n - 3) * total**2)
    variance = second - expected**2
    if variance < 1e-12:  # such as of a network in which all are tied to all
        return Moran(value, expected, None, None, None)
    z = (value - expected) / math.sqrt(variance)
    return Moran(value, expected, math.sqrt(variance), z, math.erfc(abs(z) / math.sqrt(2)))

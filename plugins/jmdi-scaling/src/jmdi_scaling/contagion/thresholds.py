"""Thresholds of a cascade: numbers, one for each node, or drawn from a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeGuard

import numpy as np

from jmdi.errors import BadParameter
from jmdi_network.arrays import Floats
from jmdi_network.randomness import stream
from jmdi_scaling.contagion.kernels import key_of, uniforms

__all__ = ["Levels", "distribution", "draw_thresholds", "is_drawn", "numbers_for"]

Levels: TypeAlias = float | Floats | Sequence[str | float]
"""One threshold for all, one for each node, or a distribution as ``("uniform", 0, 1)``."""


def is_drawn(thresholds: Levels) -> TypeGuard[Sequence[str | float]]:
    """Whether thresholds are a distribution to draw from."""
    return isinstance(thresholds, (tuple, list)) and isinstance(next(iter(thresholds), None), str)


def draw_thresholds(seed: int, replicate: int, n: int, thresholds: Levels) -> Floats:
    """Thresholds of one replicate, float64, one for each of n nodes.

    ``("uniform", low, high)``, ``("normal", mean, sd)`` cut at 0 and 1, or ``("beta", a, b)``.

    Raises:
        BadParameter: If the distribution is unknown, or there is not one for each node.
    """
    if not is_drawn(thresholds):
        return numbers_for(thresholds, n)
    kind, a, b = distribution(thresholds)
    if kind == "uniform":
        out = np.empty(n)
        uniforms(np.uint64(key_of(seed, replicate)), a, b, out)
        return out
    rng = stream(seed, replicate)
    return np.clip(rng.normal(a, b, n), 0.0, 1.0) if kind == "normal" else rng.beta(a, b, n)


def numbers_for(thresholds: Levels, n: int) -> Floats:
    """A number as one for each of n nodes, float64.

    Raises:
        BadParameter: If it is no number, nor one for each.
    """
    why = f"thresholds must be a number or one for each of the {n} actors"
    try:
        phi: Floats = np.broadcast_to(np.asarray(thresholds, np.float64), (n,))
    except (TypeError, ValueError):
        raise BadParameter(why) from None
    if np.isnan(phi).any():
        raise BadParameter(f"{why}: one of them is not a number")
    return phi


def distribution(thresholds: Sequence[str | float]) -> tuple[str, float, float]:
    """The name of a distribution and its two numbers.

    Raises:
        BadParameter: If there is no such distribution.
    """
    try:
        kind, a, b = str(thresholds[0]), float(thresholds[1]), float(thresholds[2])
    except (IndexError, TypeError, ValueError):
        raise BadParameter(f"thresholds={thresholds!r}: a name and two numbers") from None
    fine = {"uniform": a <= b, "normal": b >= 0, "beta": a > 0 and b > 0}
    if kind not in fine:
        raise BadParameter(f"thresholds {kind!r}: choose uniform, normal or beta")
    if not fine[kind]:
        raise BadParameter(f"there is no {kind} distribution with {a:g} and {b:g}")
    return kind, a, b

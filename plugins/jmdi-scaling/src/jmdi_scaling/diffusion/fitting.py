"""The Bass and the logistic model of an adoption curve, with intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from scipy.optimize import least_squares
from scipy.special import stdtrit  # scipy.stats takes half a second to load

from jmdi.metrics.result import UndefinedResult
from jmdi_network.arrays import Floats

__all__ = ["Fit", "bass", "fit", "logistic"]

LEAST = 5
FLAT = 1e-6
"""Relative slope below which a parameter leaves no trace in the shares."""


@attrs.frozen(slots=True)
class Fit:
    """A model fitted to the cumulative share of adopters.

    Attributes:
        model: ``bass`` or ``logistic``.
        parameters: p, q and m for Bass, rate, midpoint and m for logistic; m is the share that
            adopts in the end.
        intervals: 95 % interval of each, by the delta method.
        inflection: When adoption is fastest, in periods from the first (Bass: ``ln(q/p)/(p+q)``);
            ``None`` for Bass with q at most p.
        inflection_interval: Its 95 % interval.
        rss: Residual sum of squares.
    """

    model: str
    parameters: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    inflection: float | None
    inflection_interval: tuple[float, float] | None
    rss: float


def bass(t: Floats, p: float, q: float, m: float) -> Floats:
    """``F(t) = m (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t})``; Bass 1969."""
    decay: Floats = np.exp(-(p + q) * t)
    return m * (1 - decay) / (1 + q / p * decay)


def logistic(t: Floats, rate: float, middle: float, m: float) -> Floats:
    """``m / (1 + e^{-rate (t - middle)})``."""
    # Beyond 700 the exponential of a float overflows; the curve is flat long before.
    growth: Floats = np.exp(np.clip(-rate * (t - middle), -700, 700))
    return m / (1 + growth)


def fit(shares: Sequence[float], model: Literal["bass", "logistic"] = "bass") -> Fit:
    """Least squares on the cumulative share at the end of each period, 1, 2, ….

    Errors of neighbouring periods are correlated, which makes the intervals too narrow: read
    them as a lower bound of the uncertainty.

    Raises:
        UndefinedResult: If there are fewer than five periods, no change, no fit, or many curves
            that fit as well, as where all adopt in one step.
    """
    y = np.asarray(shares, np.float64)
    if len(y) < LEAST:
        raise UndefinedResult("not_enough_periods", f"a fit needs {LEAST} periods, not {len(y)}")
    if y[-1] <= y[0]:
        raise UndefinedResult("zero_denominator", "nobody adopted after the first period")
    t = np.arange(1.0, len(y) + 1)
    curve: Callable[..., Any]
    if model == "bass":
        curve, names = bass, ("p", "q", "m")
        starts = [(p, q, min(1.0, y[-1] * 1.05)) for p in (0.01, 0.1) for q in (0.1, 0.5)]
        bounds = ([1e-9, 0.0, y[-1] / 2], [5.0, 10.0, 1.0])
    else:
        curve, names = logistic, ("rate", "middle", "m")
        starts = [(r, len(y) * x, min(1.0, y[-1] * 1.05)) for r in (0.3, 1.0) for x in (0.3, 0.7)]
        bounds = ([1e-6, -10.0 * len(y), y[-1] / 2], [50.0, 10.0 * len(y), 1.0])
    found = [least_squares(lambda x: curve(t, *x) - y, start, bounds=bounds) for start in starts]
    best = min(found, key=lambda r: r.cost)
    if not best.success:
        raise UndefinedResult("scaling:no_fit", "the fit did not converge")
    if not _determined(best.x, best.jac):
        why = "many curves fit as well: adoption comes in one step, take a shorter period"
        raise UndefinedResult("scaling:no_fit", why)
    rss = float(2 * best.cost)
    freedom = len(y) - 3
    covariance = np.linalg.pinv(best.jac.T @ best.jac) * rss / max(freedom, 1)
    wide = float(stdtrit(freedom, 0.975))
    errors = np.sqrt(np.clip(np.diag(covariance), 0, None)) * wide
    values = [float(x) for x in best.x]
    return Fit(
        model,
        dict(zip(names, values, strict=True)),
        {n: (v - float(e), v + float(e)) for n, v, e in zip(names, values, errors, strict=True)},
        *_inflection(model, best.x, covariance, wide),
        rss,
    )


def _determined(x: Floats, slopes: Floats) -> bool:
    """Whether the shares tell the parameters apart.

    Args:
        x: The three parameters, float64.
        slopes: How the share of each period changes with each of them, float64, periods by 3.
    """
    # Relative changes of the first and the last; the second (q, midpoint) may well be 0.
    scale = np.array([x[0], 1.0, x[2]])
    sizes = np.linalg.svd(slopes * scale, compute_uv=False)
    return bool(sizes[-1] > FLAT * sizes[0])


def _inflection(
    model: str, x: Floats, covariance: Floats, wide: float
) -> tuple[float | None, tuple[float, float] | None]:
    if model == "logistic":
        middle, error = float(x[1]), wide * math.sqrt(max(float(covariance[1, 1]), 0.0))
        return middle, (middle - error, middle + error)
    p, q = float(x[0]), float(x[1])
    if q <= p:
        return None, None
    both = p + q
    peak = math.log(q / p) / both
    slope = np.array([-1 / (p * both) - peak / both, 1 / (q * both) - peak / both, 0.0])
    error = wide * math.sqrt(max(float(slope @ covariance @ slope), 0.0))
    return peak, (peak - error, peak + error)

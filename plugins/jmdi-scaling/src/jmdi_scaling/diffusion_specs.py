"""The metrics of observed diffusion that the plugin registers."""

from __future__ import annotations

from typing import Any

from jmdi import Metric, Parameter
from jmdi_scaling.specs import dataset_metric, figure

__all__ = ["METRICS"]

_SHARED = (
    "one_practice",
    "territory",
    Parameter("period", "Length of a period", "year", ("year", "month", "day")),
    Parameter("tie_kinds", "Only ties of these kinds"),
)
_EXPOSURE = (
    Parameter(
        "direction",
        "Exposed to whom ego names, who names ego, or both",
        "out",
        ("out", "in", "both"),
    ),
    Parameter("lag", "How many periods before", 1, (0, 1, 2, 3)),
    Parameter("valued", "Whether strengths weigh", False, (True, False)),
    Parameter("no_ties", "Exposure of an actor without ties; undefined if not given"),
)
_SPAN = (
    Parameter("span", "How many periods after or before", 1),
    Parameter("discount", "Rate by which periods further off weigh less; else period k by 1/k"),
    Parameter("valued", "Whether strengths weigh", False, (True, False)),
)


def _metric(name: str, title: str, doc: str, *own: Parameter, **more: Any) -> Metric:
    return dataset_metric(
        name,
        f"diffusion:{name.replace('-', '_')}",
        title,
        doc,
        *_SHARED,
        *own,
        citation=more.pop("citation", "Valente 1995; Valente 1996"),
        **more,
    )


_WHO = "whom ego names (outgoing), previous period, unvalued; no ties: undefined"

METRICS: tuple[Metric, ...] = (
    _metric(
        "adoption-curve",
        "Adoption curve",
        "Cumulative share of adopters by period.",
        range=(0, 1),
        citation="Rogers 2003",
        **figure("adoption_curve"),
        convention="who has not adopted at the end is censored",
    ),
    _metric(
        "exposure",
        "Network exposure",
        "E_i(t) = Σ_j w_ij a_j(t-lag) / Σ_j w_ij.",
        *_EXPOSURE,
        range=(0, 1),
        convention=_WHO,
        **figure("exposure_by_period"),
    ),
    _metric(
        "threshold",
        "Adoption threshold",
        "Exposure at the time of adoption.",
        *_EXPOSURE,
        range=(0, 1),
        **figure("threshold_exposure"),
        convention=f"{_WHO}; adopters of the first period have none",
    ),
    _metric(
        "adopter-categories",
        "Adopter categories",
        "Cuts at the mean adoption time and one sample standard deviation to either side.",
        Parameter("kind", "Which categories", "valente", ("valente", "rogers")),
        range=(0, None),
        citation="Rogers 2003; Valente 1995",
        **figure("category_sizes"),
        convention="left-closed; never-adopters apart and outside the mean",
    ),
    _metric(
        "infectiousness",
        "Infectiousness",
        "Σ_j x_ji z_j(t+1) / Σ_j x_ji z_j(t+1..T): those naming ego who adopt right after it, "
        "over those who adopt then or later.",
        *_SPAN,
        Parameter(
            "never_at_risk", "Whether never-adopters count below the line", False, (True, False)
        ),
        range=(0, 1),
        citation="Myers 2000; Valente et al. 2015",
        convention="period k weighs 1/k; never-adopters left out; ties of the period before",
    ),
    _metric(
        "susceptibility",
        "Susceptibility",
        "Σ_j x_ij z_j(t-1) / Σ_j x_ij z_j(1..t-1): those ego names who adopted right before "
        "it, over its earlier adopters.",
        *_SPAN,
        range=(0, 1),
        citation="Myers 2000; Valente et al. 2015",
        convention="period k weighs 1/k; never-adopters are no earlier adopters",
    ),
    _metric(
        "hazard",
        "Hazard of adoption",
        "(q_t − q_{t−1})/(n − q_{t−1}).",
        range=(0, 1),
        citation="Allison 1984",
        **figure("hazard_by_period"),
        convention="first period, and when all have adopted: undefined",
    ),
)
"""The metrics of observed diffusion."""

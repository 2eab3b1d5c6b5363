"""What the adoption curve says: shares, categories, hazard, levels crossed, models fitted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Day, Ids, Window
from jmdi.plugins.argument_types import Above, AtMost
from jmdi_scaling.facts.parameters import Positive, Unit, numbers_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["adoption_curve", "crossing", "diffusion_fit", "hazard"]

Tau = Annotated[float, Above(0), AtMost(1)]
TAUS = (0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40)


@jmdi.metric(
    "scaling:adoption-curve",
    "Adoption curve",
    on="dataset",
    range=(0, 1),
    value_is="share",
    citation="Rogers 2003",
    convention=lambda period: f"by {period}; who has not adopted at the end is censored",
    plot="jmdi_scaling.plotting:adoption_curve",
    extra="jmdi-scaling[plot]",
    count="jmdi_scaling.facts.picks:looked_at",
)
def adoption_curve(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the actors that had adopted by the end of each period; the value is the last.

    Adopters without a date make the bounds, and those who may have adopted without being
    recorded, where the practice does not say that its ``adopters_complete`` are all. ``notes``
    has the bounds of each period, and Valente's categories with their first and last period
    and size.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion.population import observed
    from jmdi_scaling.diffusion.results import OPEN, basis_of, by_period, or_unseen, spans

    found = observed(dataset, practice, territory, period, as_of, window, closed_world=closed_world)
    n, basis = len(found.adoption.nodes), basis_of(found)
    values, bounds = by_period(found)
    basis["notes"] |= {"bounds": bounds, "categories": spans(found)}
    basis["no_bounds"] = ""
    last = found.labels[-1]
    return Result(
        value=values[last],
        values=values,
        lower=bounds[last][0],
        upper=bounds[last][1],
        bounds=bounds,
        or_undefined=or_unseen(found),
        why="" if values[last] is not None else OPEN,
        n_used=n if found.complete else 0,
        n_eligible=n + len(found.undated),
        of="actors",
        **basis,
    )


@jmdi.metric(
    "scaling:hazard",
    "Hazard of adoption",
    on="dataset",
    range=(0, 1),
    value_is="highest hazard",
    citation="Allison 1984",
    convention=lambda period: f"by {period}; the first, and when all have adopted: undefined",
    plot="jmdi_scaling.plotting:hazard_by_period",
    extra="jmdi-scaling[plot]",
    count="jmdi_scaling.facts.picks:looked_at",
)
def hazard(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Hazard of adoption in each period; the value is its peak, which ``notes`` dates.

    ``(q_t - q_{t-1}) / (n - q_{t-1})``.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion import adoption as measures
    from jmdi_scaling.diffusion.population import observed
    from jmdi_scaling.diffusion.results import basis_of

    found = observed(dataset, practice, territory, period, as_of, window, closed_world=closed_world)
    numbers = zip(found.labels, measures.hazard(found.adoption).tolist(), strict=True)
    values = {label: x for label, x in numbers if x == x}  # NaN, which is undefined, is not itself
    basis = basis_of(found)
    basis |= {"n_used": len(values), "n_eligible": len(found.labels), "of": "periods"}
    if not values:
        return undefined("not_enough_periods", "a hazard needs two periods", **basis)
    peak = max(values.values())
    basis["notes"] |= {"peak": [k for k, v in values.items() if v == peak]}
    return Result(value=peak, values=values, **basis)


def _held(period: str, hold: int) -> str:
    long = f"{hold} {period}s" if hold > 1 else f"one {period}"
    return (
        f"crossed when held for {long}; not reached is an outcome, not undefined; adopters without "
        "a date make the bounds"
    )


@jmdi.metric(
    "scaling:crossing",
    "Threshold crossing",
    on="dataset",
    range=(0, 1),
    value_is="highest share crossed",
    citation="Centola et al. 2018",
    convention=_held,
    plot="jmdi_scaling.plotting:crossing",
    extra="jmdi-scaling[plot]",
    count="jmdi_scaling.facts.picks:looked_at",
)
def crossing(
    dataset: Dataset,
    *,
    taus: Tau | Sequence[Tau] = TAUS,
    hold: Positive = 1,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """The first period in which the share of adopters is at least tau, and stays so.

    ``notes["crossed"]`` maps each tau to the period, ``None`` for not reached; the value is
    the highest tau that is crossed, 0 for none. Adopters without a date and those who are not
    recorded make its bounds, and ``notes["crossed_between"]``: the period in which each tau is
    crossed if they had adopted from the first, and if they had not adopted by the last. Without
    a value ``crossed`` is what the adopters on record are enough for.

    Args:
        dataset: The records.
        taus: The shares, above 0 and at most 1.
        hold: For how many periods a share must be held.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.contagion import tipping as tips
    from jmdi_scaling.diffusion.population import observed
    from jmdi_scaling.diffusion.results import OPEN, by_period, or_unseen

    found = observed(dataset, practice, territory, period, as_of, window, closed_world=closed_world)
    wanted = numbers_of(taus, "taus")
    lower, upper = zip(*found.bounds(), strict=True)
    # Who is left out may have adopted before the first period or after the last, so that what is
    # reached in one of few periods may have been held in more.
    left_out = found.undated or found.perhaps or not found.complete
    few = left_out and (found.at.as_of or found.at.first is None)
    # Nor is it known when the last adopter on record was first, where nobody says who else was.
    endless = hold > 1 and found.at.last is None and not found.complete
    low, crossed, high = (
        {f"{tau:g}": tips.crossing(series, tau, least) for tau in wanted}
        for series, least in (
            (() if endless else lower, hold),
            (found.shares(), hold),
            (upper, 1 if few else hold),
        )
    )
    name: dict[int | None, str | None] = {None: None, **dict(enumerate(found.labels))}
    tops = [
        max((float(tau) for tau, k in one.items() if k is not None), default=0.0)
        for one in (low, crossed, high)
    ]
    settled = found.complete or tops[0] == tops[2]
    values, bounds = by_period(found)
    return Result(
        value=tops[1] if settled else None,
        lower=tops[0],
        upper=tops[2],
        or_undefined=or_unseen(found),
        why="" if settled else OPEN,
        values=values,
        bounds=bounds,
        contributing=found.records,
        n_used=len(found.labels),
        n_eligible=len(found.labels),
        of="periods",
        notes={
            **found.notes,
            "hold": hold,
            "crossed": {tau: name[k] for tau, k in (crossed if settled else low).items()},
            "crossed_between": {tau: [name[high[tau]], name[low[tau]]] for tau in crossed},
        },
        **found.at.members(),
    )


def _fitted(period: str, model: str) -> str:
    curve = {"bass": "Bass curve", "logistic": "logistic curve"}[model]
    return (
        f"{curve} by least squares on the cumulative share by {period}; 95 % interval by the delta "
        "method; five periods or more"
    )


@jmdi.metric(
    "scaling:diffusion-fit",
    "Diffusion model",
    on="dataset",
    unit="periods",
    value_is="time of fastest adoption",
    citation="Bass 1969",
    convention=_fitted,
    count="jmdi_scaling.facts.picks:looked_at",
)
def diffusion_fit(
    dataset: Dataset,
    *,
    model: Literal["bass", "logistic"] = "bass",
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """The inflection of the Bass or logistic curve, in periods from the first, with an interval.

    Args:
        dataset: The records.
        model: Which curve.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion.fitting import fit
    from jmdi_scaling.diffusion.population import observed
    from jmdi_scaling.diffusion.results import basis_of

    found = observed(dataset, practice, territory, period, as_of, window, closed_world=closed_world)
    fitted = fit(found.shares(), model)
    notes = {
        **found.notes,
        "parameters": fitted.parameters,
        "rss": fitted.rss,
        "intervals": {k: list(v) for k, v in fitted.intervals.items()},
        "first_period": found.labels[0],
    }
    basis: dict[str, Any] = {
        "contributing": found.records,
        "n_used": len(found.labels),
        "n_eligible": len(found.labels),
        "of": "periods",
        "notes": notes,
        "no_bounds": basis_of(found)["no_bounds"],
        **found.at.members(),
    }
    if fitted.inflection is None or fitted.inflection_interval is None:
        why = "q is at most p: adoption is fastest at the start"
        return undefined("scaling:no_inflection", why, **basis)
    low, high = fitted.inflection_interval
    return Result(value=fitted.inflection, lower=low, upper=high, **basis)

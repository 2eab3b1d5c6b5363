"""What the adoption curve says: levels crossed, and models fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi_scaling.contagion import tipping as tips
from jmdi_scaling.diffusion.fitting import fit
from jmdi_scaling.diffusion.population import observed
from jmdi_scaling.facts.parameters import at_least, numbers_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["TAUS", "crossing", "diffusion_fit"]

TAUS = (0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40)


def crossing(dataset: Dataset, *, taus: Any = TAUS, hold: int = 1, **given: Any) -> Result:
    """The first period in which the share of adopters is at least tau, and stays so.

    ``notes["crossed"]`` maps each tau to the period, ``None`` for not reached; the value is
    the highest tau that is crossed, 0 for none. Adopters without a date make its bounds, and
    ``notes["crossed_between"]``: the period in which each tau is crossed if they had adopted
    from the first, and if they had not adopted by the last.
    """
    at_least(hold, 1, "hold")
    found = observed(dataset, **given)
    wanted = numbers_of(taus, "taus")
    if not all(0 < tau <= 1 for tau in wanted):
        raise BadParameter(f"taus={taus!r} must be above 0 and at most 1")
    lower, upper = zip(*found.bounds(), strict=True)
    low, crossed, high = (
        {f"{tau:g}": tips.crossing(series, tau, hold) for tau in wanted}
        for series in (lower, found.shares(), upper)
    )
    name: dict[int | None, str | None] = {None: None, **dict(enumerate(found.labels))}
    tops = [
        max((float(tau) for tau, k in one.items() if k is not None), default=0.0)
        for one in (low, crossed, high)
    ]
    return Result(
        value=tops[1],
        lower=tops[0],
        upper=tops[2],
        values=dict(zip(found.labels, found.shares(), strict=True)),
        contributing=found.records,
        n_used=len(found.labels),
        n_eligible=len(found.labels),
        of="periods",
        notes={
            **found.notes,
            "hold": hold,
            "crossed": {tau: name[k] for tau, k in crossed.items()},
            "crossed_between": {tau: [name[high[tau]], name[low[tau]]] for tau in crossed},
        },
        **when(given.get("as_of"), given.get("window")).members(),
    )


def diffusion_fit(dataset: Dataset, *, model: str = "bass", **given: Any) -> Result:
    """The period of fastest adoption in the Bass or logistic model, with a 95 % interval."""
    found = observed(dataset, **given)
    fitted = fit(found.shares(), model)
    basis: dict[str, Any] = {
        "contributing": found.records,
        "n_used": len(found.labels),
        "n_eligible": len(found.labels),
        "of": "periods",
        "notes": {
            **found.notes,
            "parameters": fitted.parameters,
            "rss": fitted.rss,
            "intervals": {k: list(v) for k, v in fitted.intervals.items()},
            "first_period": found.labels[0],
        },
        **when(given.get("as_of"), given.get("window")).members(),
    }
    if fitted.inflection is None or fitted.inflection_interval is None:
        why = "q is at most p: adoption is fastest at the start"
        return undefined("scaling:no_inflection", why, **basis)
    low, high = fitted.inflection_interval
    return Result(value=fitted.inflection, lower=low, upper=high, **basis)

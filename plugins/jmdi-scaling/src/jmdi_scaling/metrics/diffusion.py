"""The metrics of observed diffusion, on a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Floats
from jmdi_scaling.diffusion import adoption as measures
from jmdi_scaling.diffusion.adoption import CATEGORIES, NEVER, Adoption
from jmdi_scaling.diffusion.population import Observed, must_weigh, observed
from jmdi_scaling.facts.parameters import at_least, fraction, numbers_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "adopter_categories",
    "adoption_curve",
    "exposure",
    "hazard",
    "infectiousness",
    "susceptibility",
    "threshold",
]


def _basis(dataset: Dataset, given: dict[str, Any]) -> tuple[Observed, dict[str, Any]]:
    found = observed(dataset, **given)
    time = when(given.get("as_of"), given.get("window")).members()
    notes = {
        **found.notes,
        "periods": [found.labels[0], found.labels[-1]],
        "censored": int((found.adoption.time < 0).sum()),
    }
    return found, {"contributing": found.records, "notes": notes, **time}


def _begun(found: Observed) -> Adoption:
    """Without the times of those who adopted before the first period, which are not in it."""
    early = np.isin(found.adoption.nodes, found.before)
    return attrs.evolve(found.adoption, time=np.where(early, NEVER, found.adoption.time))


def _per_actor(found: Observed, numbers: Floats, eligible: Any, basis: dict[str, Any]) -> Result:
    """The mean over actors with the number of each."""
    there = np.flatnonzero(~np.isnan(numbers))
    values = {found.adoption.nodes[k]: float(numbers[k]) for k in there}
    basis = {**basis, "n_used": len(values), "n_eligible": int(eligible), "of": "actors"}
    if not values:
        return undefined("missing_input", "it is undefined for every actor", **basis)
    return Result(value=sum(values.values()) / len(values), values=values, **basis)


def _split(given: dict[str, Any], *own: str) -> tuple[dict[str, Any], dict[str, Any]]:
    mine = {name: given[name] for name in own if name in given}
    return mine, {name: value for name, value in given.items() if name not in own}


def _seen(
    dataset: Dataset, own: dict[str, Any], shared: dict[str, Any]
) -> tuple[Observed, dict[str, Any]]:
    """What was observed, with ties that can weigh as is asked."""
    found, basis = _basis(dataset, shared)
    if own.get("valued"):
        must_weigh(*(matrix.data for matrix in found.adoption.ties))
    return found, basis


def _exposed(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    own, shared = _split(given, "direction", "lag", "valued", "no_ties")
    if own.get("no_ties") is not None:
        (own["no_ties"],) = numbers_of([own["no_ties"]], "no_ties")
        fraction(own["no_ties"], "no_ties")
    return own, shared


def _spanned(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    own, shared = _split(given, "span", "discount", "valued", "never_at_risk")
    at_least(own.get("span", 1), 1, "span")
    if own.get("discount") is not None:
        (own["discount"],) = numbers_of([own["discount"]], "discount")
        if own["discount"] < 0:
            raise BadParameter(f"discount={own['discount']:g} must not be negative")
    return own, shared


def exposure(dataset: Dataset, **given: Any) -> Result:
    """Exposure of each actor in the last period, and the mean over actors in each period."""
    own, shared = _exposed(given)
    found, basis = _seen(dataset, own, shared)
    table = measures.exposure(found.adoption, **own)
    result = _per_actor(found, table[:, -1], len(found.adoption.nodes), basis)
    known = ~np.isnan(table)
    means = {
        label: float(table[known[:, t], t].mean()) if known[:, t].any() else None
        for t, label in enumerate(found.labels)
    }
    return attrs.evolve(result, notes={**basis["notes"], "mean_by_period": means})


def threshold(dataset: Dataset, **given: Any) -> Result:
    """Exposure of each adopter when it adopted; the value is the mean."""
    own, shared = _exposed(given)
    found, basis = _seen(dataset, own, shared)
    table = measures.exposure(found.adoption, **own)
    numbers = measures.at_adoption(found.adoption, table)
    adopters = np.flatnonzero(found.adoption.time >= 0)
    notes = {
        "exposure_at_end": {
            found.adoption.nodes[k]: float(table[k, -1])
            for k in adopters
            if not np.isnan(table[k, -1])
        },
        "adopted": {
            found.adoption.nodes[k]: found.labels[found.adoption.time[k]] for k in adopters
        },
    }
    basis["notes"] = {**basis["notes"], **notes}
    return _per_actor(found, numbers, len(adopters), basis)


def infectiousness(dataset: Dataset, **given: Any) -> Result:
    """Share of those naming an adopter who follow it, of those who adopt then or later."""
    own, shared = _spanned(given)
    found, basis = _seen(dataset, own, shared)
    numbers = measures.infectiousness(found.adoption, **own)
    there = _begun(found).time >= 0
    return _per_actor(found, np.where(there, numbers, np.nan), there.sum(), basis)


def susceptibility(dataset: Dataset, **given: Any) -> Result:
    """Share of the earlier adopters that an adopter names who adopted just before it."""
    own, shared = _spanned(given)
    found, basis = _seen(dataset, own, shared)
    numbers = measures.susceptibility(found.adoption, **own)
    return _per_actor(found, numbers, (found.adoption.time >= 0).sum(), basis)


def adopter_categories(dataset: Dataset, *, kind: str = "valente", **given: Any) -> Result:
    """How many actors are in each category of adopters; ``notes`` names each actor's.

    Those that had not adopted when observation ended are censored: reported apart, in no
    category and in no mean, as are those that had adopted before a window began.
    """
    found, basis = _basis(dataset, given)
    adoption = _begun(found)
    groups = measures.categories(adoption, kind)
    adopters = int((adoption.time >= 0).sum())
    basis = {**basis, "n_used": adopters, "n_eligible": len(found.adoption.nodes), "of": "actors"}
    if groups is None:
        reason = "too_few_actors" if adopters < 2 else "single_category"
        why = "categories need two adopters who adopted at different times"
        return undefined(reason, why, **basis)
    values = {name: groups.count(name) for name in CATEGORIES[kind]}
    each = {n: g for n, g in zip(found.adoption.nodes, groups, strict=True) if g}
    basis["notes"] = {**basis["notes"], "categories": each}
    return Result(values=values, **basis)


def hazard(dataset: Dataset, **given: Any) -> Result:
    """Hazard of adoption in each period; the value is its peak, which ``notes`` dates."""
    found, basis = _basis(dataset, given)
    numbers = measures.hazard(found.adoption)
    values = {
        label: float(x) for label, x in zip(found.labels, numbers, strict=True) if not np.isnan(x)
    }
    basis = {**basis, "n_used": len(values), "n_eligible": len(found.labels), "of": "periods"}
    if not values:
        return undefined("not_enough_periods", "a hazard needs two periods", **basis)
    peak = max(values.values())
    basis["notes"] = {**basis["notes"], "peak": [k for k, v in values.items() if v == peak]}
    return Result(value=peak, values=values, **basis)


def adoption_curve(dataset: Dataset, **given: Any) -> Result:
    """Share of the actors that had adopted by the end of each period; the value is the last.

    ``notes`` has the bounds of each period, which adopters without a date make, and Valente's
    categories with their first and last period and size.
    """
    found, basis = _basis(dataset, given)
    n = len(found.adoption.nodes)
    values = dict(zip(found.labels, found.shares(), strict=True))
    bounds = dict(zip(found.labels, map(list, found.bounds()), strict=True))
    basis["notes"] = {**basis["notes"], "bounds": bounds, "categories": _spans(found)}
    lower, upper = bounds[found.labels[-1]]
    return Result(
        value=values[found.labels[-1]],
        values=values,
        lower=lower,
        upper=upper,
        n_used=n,
        n_eligible=n + len(found.undated),
        of="actors",
        **basis,
    )


def _spans(found: Observed) -> dict[str, list[Any]]:
    """First period, last period and size of each category; none when they are undefined."""
    adoption = _begun(found)
    groups = measures.categories(adoption) or ()
    spans: dict[str, list[Any]] = {}
    for name in CATEGORIES["valente"]:
        times = [int(t) for t, g in zip(adoption.time, groups, strict=False) if g == name]
        if times:
            spans[name] = [found.labels[min(times)], found.labels[max(times)], len(times)]
    return spans

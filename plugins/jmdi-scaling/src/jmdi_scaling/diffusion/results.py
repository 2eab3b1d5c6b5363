"""Results of observed diffusion: what they rest on, and means over actors."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Floats
from jmdi_scaling.diffusion.adoption import CATEGORIES, NEVER, Adoption, categories
from jmdi_scaling.diffusion.population import Observed

__all__ = ["basis_of", "begun", "per_actor", "spans"]


def basis_of(found: Observed) -> dict[str, Any]:
    """The members of a Result that all metrics of observed diffusion share."""
    notes = {
        **found.notes,
        "periods": [found.labels[0], found.labels[-1]],
        "censored": int((found.adoption.time < 0).sum()),
    }
    return {"contributing": found.records, "notes": notes, **found.at.members()}


def begun(found: Observed) -> Adoption:
    """Without the times of those who adopted before the first period, which are not in it."""
    early = np.isin(found.adoption.nodes, found.before)
    return attrs.evolve(found.adoption, time=np.where(early, NEVER, found.adoption.time))


def per_actor(found: Observed, numbers: Floats, eligible: int, **notes: Any) -> Result:
    """The mean over actors with the number of each.

    Args:
        found: What was observed.
        numbers: One for each actor, float64; NaN where it is undefined.
        eligible: How many actors should have one.
        **notes: What else the notes say.
    """
    there = np.flatnonzero(~np.isnan(numbers))
    values = {found.adoption.nodes[k]: float(numbers[k]) for k in there}
    basis = basis_of(found) | {"n_used": len(values), "n_eligible": int(eligible), "of": "actors"}
    basis["notes"] |= notes
    if not values:
        return undefined("missing_input", "it is undefined for every actor", **basis)
    return Result(value=sum(values.values()) / len(values), values=values, **basis)


def spans(found: Observed) -> dict[str, list[Any]]:
    """First period, last period and size of each category; none when they are undefined."""
    adoption = begun(found)
    groups = categories(adoption) or ()
    result: dict[str, list[Any]] = {}
    for name in CATEGORIES["valente"]:
        times = [int(t) for t, g in zip(adoption.time, groups, strict=False) if g == name]
        if times:
            result[name] = [found.labels[min(times)], found.labels[max(times)], len(times)]
    return result

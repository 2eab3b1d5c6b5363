"""Results of observed diffusion: what they rest on, and means over actors."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Floats
from jmdi_scaling.diffusion.adoption import CATEGORIES, NEVER, Adoption, categories
from jmdi_scaling.diffusion.population import Observed

__all__ = ["OPEN", "basis_of", "begun", "by_period", "means_of", "or_unseen", "per_actor", "spans"]


OPEN = "the list of adopters is not said to be complete"
"""Why others may have adopted than are recorded."""


def basis_of(found: Observed) -> dict[str, Any]:
    """The members of a Result that all metrics of observed diffusion share.

    What others who may have adopted would change is not known, nor what those would whose dates
    or territories are not known, for they are left out.
    """
    notes = {
        **found.notes,
        "periods": [found.labels[0], found.labels[-1]],
        "censored": int((found.adoption.time < 0).sum()),
    }
    reasons = [] if found.complete else [f"{OPEN}, so that others may have adopted"]
    if late := len(found.undated):
        reasons.append(f"{late:,} adopted at a time that is not known, and are left out")
    if found.perhaps:
        reasons.append(f"{found.perhaps:,} may be of the territory: theirs is not known")
    return {
        "contributing": found.records,
        "notes": notes,
        "no_bounds": "; ".join(reasons),
        **found.at.members(),
    }


def by_period(
    found: Observed,
) -> tuple[dict[str, float | None], dict[str, tuple[float, float]]]:
    """The share that had adopted by the end of each period, where it is known, and its bounds."""
    bounds = dict(zip(found.labels, found.bounds(), strict=True))
    shares = zip(bounds.items(), found.shares(), strict=True)
    values = {
        label: share if found.complete or low == high else None
        for (label, (low, high)), share in shares
    }
    return values, bounds


def or_unseen(found: Observed) -> str | None:
    """Why it may be undefined: all who adopted may have done so on days that nobody knows."""
    open_ = not found.complete or found.perhaps
    return "missing_input" if open_ and (found.adoption.time < 0).all() else None


def begun(found: Observed) -> Adoption:
    """Without the times of those who adopted before the first period, which are not in it."""
    early = np.isin(found.adoption.nodes, found.before)
    return attrs.evolve(found.adoption, time=np.where(early, NEVER, found.adoption.time))


def per_actor(
    found: Observed,
    numbers: Floats,
    eligible: int,
    highest: float | None = 1,
    reason: str = "missing_input",
    **notes: Any,
) -> Result:
    """The mean over actors with the number of each.

    Args:
        found: What was observed.
        numbers: One for each actor, float64; NaN where it is undefined.
        eligible: How many actors should have one.
        highest: The highest that the numbers can be; ``None`` for no bound.
        reason: Why it is undefined, if it is for every actor.
        **notes: What else the notes say.
    """
    there = np.flatnonzero(~np.isnan(numbers))
    values = {found.adoption.nodes[k]: float(numbers[k]) for k in there}
    basis = basis_of(found) | {"n_used": len(values), "n_eligible": int(eligible), "of": "actors"}
    basis |= {"notes": basis["notes"] | notes, "range": (0, highest)}
    if not values:
        return undefined(reason, "it is undefined for every actor", **basis)
    return Result(value=sum(values.values()) / len(values), values=values, **basis)


def means_of(found: Observed, table: Floats) -> dict[str, float | None]:
    """The mean over actors in each period; ``None`` where it is undefined for all.

    Args:
        found: What was observed.
        table: One number for each actor and period, float64, actors by periods; NaN for none.
    """
    means: dict[str, float | None] = {}
    for label, column in zip(found.labels, table.T, strict=True):
        known = column[~np.isnan(column)]
        means[label] = float(known.mean()) if len(known) else None
    return means


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

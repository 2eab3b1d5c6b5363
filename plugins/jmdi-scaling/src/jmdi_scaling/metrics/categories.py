"""Categories of adopters: by when they adopted, and by how exposed they then were."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Count, Day, Ids, Share, Window
from jmdi_scaling.facts.parameters import EXPOSED_TO, WEIGHED, Direction, Unit

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi_scaling.diffusion.population import Observed

__all__ = ["adopter_categories", "threshold_categories"]

Kind = Literal["valente", "rogers"]
Deviation = Literal["sample", "population"]


def _at(cuts: Sequence[float] | None, sd: str, mean: str, usual: str) -> str:
    if cuts is None:
        where = f"at {mean} and one {sd} standard deviation to either side{usual}"
    else:
        where = f"at {', '.join(f'{x:g}' for x in cuts)} {sd} standard deviations from {mean}"
    return f"cuts {where}; left-closed"


def _by_time(period: str, kind: str, cuts: Sequence[float] | None, sd: str) -> str:
    said = _at(cuts, sd, "the mean", ", and two before it" if kind == "rogers" else "")
    names = f"{kind}; " if cuts is not None else ""
    return f"{names}by {period}; {said}; never-adopters apart and outside the mean"


def _checked(cuts: Sequence[float] | None, number: int) -> None:
    if cuts is None:
        return
    if len(cuts) != number or not all(a < b for a, b in itertools.pairwise(cuts)):
        raise BadParameter(
            f"cuts are {number} ascending numbers, such as -1, 0, 1: standard deviations from the "
            f"mean between {number + 1} categories, not {', '.join(f'{x:g}' for x in cuts)}"
        )


@jmdi.metric(
    "scaling:adopter-categories",
    "Adopter categories",
    on="dataset",
    range=(0, None),
    value_is="count",
    citation="Rogers 2003; Valente 1995",
    convention=_by_time,
    plot="jmdi_scaling.plotting:category_sizes",
    extra="jmdi-scaling[plot]",
    count="jmdi_scaling.facts.picks:looked_at",
)
def adopter_categories(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    kind: Kind = "valente",
    cuts: Sequence[float] | None = None,
    sd: Deviation = "sample",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """How many actors are in each category of adopters; ``notes`` names each actor's.

    The cuts lie at the mean adoption time and one sample standard deviation to either side.
    Those that had not adopted when observation ended are censored: reported apart, in no
    category and in no mean, as are those that had adopted before a window began.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        kind: Valente's four categories, or Rogers' five.
        cuts: Other cuts, in standard deviations from the mean, ascending: three, or four for
            Rogers' categories.
        sd: The standard deviation of a sample, over n - 1, or of a population, over n.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion.adoption import CATEGORIES, CUTS, categories
    from jmdi_scaling.diffusion.population import observed
    from jmdi_scaling.diffusion.results import basis_of, begun

    _checked(cuts, len(CUTS[kind]))
    found = observed(dataset, practice, territory, period, as_of, window, closed_world=closed_world)
    adoption = begun(found)
    groups = categories(adoption, kind, cuts=cuts, sd=sd)
    nodes, adopters = found.adoption.nodes, int((adoption.time >= 0).sum())
    basis = basis_of(found) | {"n_used": adopters, "n_eligible": len(nodes), "of": "actors"}
    if groups is None:
        reason = "too_few_actors" if adopters < 2 else "single_category"
        why = "categories need two adopters who adopted at different times"
        return undefined(reason, why, **basis)
    basis["notes"] |= {"categories": {n: g for n, g in zip(nodes, groups, strict=True) if g}}
    return Result(values={name: groups.count(name) for name in CATEGORIES[kind]}, **basis)


def _by_threshold(
    period: str,
    direction: str,
    lag: int,
    valued: bool,
    no_ties: float | None,
    cuts: Sequence[float] | None,
    sd: str,
) -> str:
    when = {0: f"the same {period}", 1: f"the {period} before"}.get(lag, f"{lag} {period}s before")
    weighed = WEIGHED if valued else "unvalued"
    alone = "in no category" if no_ties is None else f"threshold {no_ties:g}"
    first = "; adopters of the first period in none" if lag else ""
    said = _at(cuts, sd, "the mean threshold", "")
    return f"{EXPOSED_TO[direction]}, {when}, {weighed}; {said}; without ties {alone}{first}"


@jmdi.metric(
    "scaling:threshold-categories",
    "Adopter categories by threshold",
    on="dataset",
    range=(0, None),
    value_is="count",
    citation="Valente 1995; Valente 1996",
    convention=_by_threshold,
    plot="jmdi_scaling.plotting:category_sizes",
    extra="jmdi-scaling[plot]",
    bounds="ties",
    count="jmdi_scaling.facts.picks:looked_at",
)
def threshold_categories(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    lag: Count = 1,
    valued: bool = False,
    no_ties: Share | None = None,
    cuts: Sequence[float] | None = None,
    sd: Deviation = "sample",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """How many adopters have a very low, low, high and very high threshold.

    The cuts lie at the mean threshold and one sample standard deviation to either side. ``notes``
    has the category of each actor, and how many of each of Valente's categories by time have
    each threshold, with the same cuts. Adopters without a threshold are in no category.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        lag: How many periods before.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        no_ties: Exposure of an actor without ties; undefined if not given.
        cuts: Three other cuts, in standard deviations from the mean, ascending.
        sd: The standard deviation of a sample, over n - 1, or of a population, over n.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    import numpy as np

    from jmdi_scaling.diffusion.adoption import (
        CATEGORIES,
        CUTS,
        at_adoption,
        categories,
        divided,
        exposure,
    )
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import basis_of, begun

    _checked(cuts, len(CUTS["threshold"]))
    who = (dataset, practice, territory, period, as_of, window)
    ties = Ties(tie_kinds, direction, valued)
    found = observed(*who, ties=ties, closed_world=closed_world)
    table = exposure(found.adoption, direction=direction, lag=lag, valued=valued, no_ties=no_ties)
    adoption = begun(found)
    numbers = at_adoption(adoption, table)
    groups = divided(numbers, "threshold", cuts=cuts, sd=sd)
    used, adopters = int((~np.isnan(numbers)).sum()), int((adoption.time >= 0).sum())
    basis = basis_of(found) | {"n_used": used, "n_eligible": adopters, "of": "adopters"}
    if groups is None:
        reason = "too_few_actors" if used < 2 else "single_category"
        why = "categories need two adopters with different thresholds"
        return undefined(reason, why, **basis)
    times = categories(adoption, "valente", cuts=cuts, sd=sd)
    basis["notes"] |= _crossed(found, groups, times)
    return Result(values={name: groups.count(name) for name in CATEGORIES["threshold"]}, **basis)


def _crossed(
    found: Observed, groups: Sequence[str | None], times: Sequence[str | None] | None
) -> dict[str, Any]:
    """The category of each actor, and how many have each one of either kind."""
    from jmdi_scaling.diffusion.adoption import CATEGORIES

    named = {n: g for n, g in zip(found.adoption.nodes, groups, strict=True) if g}
    if times is None:
        return {"categories": named}
    pairs = list(zip(times, groups, strict=True))
    table = {
        time: {name: pairs.count((time, name)) for name in CATEGORIES["threshold"]}
        for time in CATEGORIES["valente"]
    }
    return {"categories": named, "by_time": table}

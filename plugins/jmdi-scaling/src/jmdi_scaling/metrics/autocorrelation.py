"""Whether those who are tied adopted at like times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Day, Ids, Window
from jmdi_scaling.facts.parameters import EXPOSED_TO, WEIGHED, Direction, Unit

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi_network.arrays import Sparse
    from jmdi_scaling.diffusion.adoption import Adoption

__all__ = ["moran"]

Nearness = Literal["ties", "inverse-geodesics"]


def _said(period: str, direction: str, nearness: str, valued: bool, normalized: bool) -> str:
    weighed = WEIGHED if valued else "unvalued"
    near = f"ties of any {period}, {weighed}"
    if nearness != "ties":
        steps = f"one over the steps along ties of any {period}"
        near = f"inverse-geodesics: {steps}, through never-adopters too"
    rows = "rows sum to 1" if normalized else "weights as they are"
    return f"by {period}, adopters only; {EXPOSED_TO[direction]}; {near}; {rows}"


@jmdi.metric(
    "scaling:moran",
    "Moran's I of adoption times",
    on="dataset",
    value_is="Moran's I",
    citation="Moran 1950; Cliff & Ord 1981",
    convention=_said,
    bounds="ties",
)
def moran(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    nearness: Nearness = "ties",
    valued: bool = False,
    normalized: bool = True,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Whether adopters that are near one another adopted at like times: above 0 they did.

    ``I = n / Σ_ij w_ij · Σ_ij w_ij (t_i - t̄)(t_j - t̄) / Σ_i (t_i - t̄)²`` over adopters. Who has not
    adopted has no time. ``notes`` has the expectation and the standard deviation if the times were
    dealt at random, with z and a two-sided p by the normal distribution. Like times may be
    influence, like actors that choose each other, or news from the same place.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        nearness: What makes two adopters near: a tie, or few steps along ties.
        valued: Whether strengths weigh; of several reports or periods the largest. Only of ties.
        normalized: Whether the weights of each adopter are divided by their sum.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has no time in it.
    """
    import numpy as np

    from jmdi_scaling.diffusion.autocorrelation import moran as measured
    from jmdi_scaling.diffusion.autocorrelation import over_rows
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import basis_of, begun

    if valued and nearness != "ties":
        raise BadParameter('valued is for nearness="ties": steps along ties have no strength')
    who = (dataset, practice, territory, period, as_of, window)
    found = observed(*who, ties=Ties(tie_kinds, direction, valued), closed_world=closed_world)
    adoption = begun(found)
    adopters = np.flatnonzero(adoption.time >= 0)
    times = adoption.time[adopters].astype(np.float64)
    basis = basis_of(found)
    basis |= {"n_used": len(times), "n_eligible": len(adoption.nodes), "of": "actors"}
    if len(times) < 2 or np.ptp(times) == 0:
        reason = "too_few_actors" if len(times) < 2 else "single_category"
        return undefined(reason, "it needs two adopters who adopted at different times", **basis)
    weights = _near(adoption, direction, nearness, valued)[adopters][:, adopters]
    if not weights.sum():
        return undefined("no_ties", "no tie or path joins two adopters", **basis)
    one = measured(times, over_rows(weights) if normalized else weights)
    alone = int((np.asarray(weights.sum(axis=1)).ravel() == 0).sum())
    basis["notes"] |= {**one._asdict(), "without_others_near": alone}
    del basis["notes"]["value"]
    return Result(value=one.value, **basis)


def _near(adoption: Adoption, direction: Direction, nearness: Nearness, valued: bool) -> Sparse:
    """How near j is to i, float64, actors by actors."""
    import numpy as np
    from scipy import sparse

    from jmdi_scaling.diffusion.adoption import oriented
    from jmdi_scaling.diffusion.equivalence import geodesics

    ties = oriented(adoption.ties[0], direction, valued)
    for other in adoption.ties[1:]:
        ties = ties.maximum(oriented(other, direction, valued))
    if nearness == "ties":
        return ties
    steps = geodesics(ties)
    np.fill_diagonal(steps, np.inf)
    return sparse.csr_array(1 / steps)

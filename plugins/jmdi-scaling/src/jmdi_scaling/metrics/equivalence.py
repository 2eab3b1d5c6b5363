"""Exposure to those in like positions, whether or not a tie leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import jmdi
from jmdi.metrics.result import Result
from jmdi.metrics.types import Count, Day, Ids, Window
from jmdi.plugins.argument_types import Above
from jmdi_scaling.facts.parameters import Unit

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["equivalence_exposure"]

Power = Annotated[float, Above(0)]


def _said(period: str, lag: int, power: float, unreached: str) -> str:
    when = {0: f"the same {period}", 1: f"the {period} before"}.get(lag, f"{lag} {period}s before")
    apart = "one step more than the farthest" if unreached == "farther" else "0 steps apart"
    return (
        "Euclidean distance of geodesics to and from all others, unvalued; "
        f"without a path {apart}; power {power:g}; {when}; "
        "undefined where all others are as equivalent"
    )


@jmdi.metric(
    "scaling:equivalence-exposure",
    "Exposure by structural equivalence",
    on="dataset",
    range=(0, 1),
    value_is="mean exposure by equivalence",
    citation="Burt 1987; Valente 1995",
    convention=_said,
    plot="jmdi_scaling.plotting:exposure_by_period",
    extra="jmdi-scaling[plot]",
    bounds="ties",
)
def equivalence_exposure(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    lag: Count = 1,
    power: Power = 1.0,
    unreached: Literal["farther", "zero"] = "farther",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Exposure of each actor to adopters in like positions in the last period; the mean by period.

    ``E_i(t) = Σ_j s_ij a_j(t-lag)`` with ``s_ij = (dmax_i - d_ij)^v / Σ_k (dmax_i - d_ik)^v``,
    where ``d_ij`` is the Euclidean distance of the geodesics of i and j to and from all others.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        lag: How many periods before.
        power: How much more the most equivalent count, v.
        unreached: How far apart two actors are that no path joins: one step more than the
            farthest two that one joins, or 0.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion import equivalence as measures
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import means_of, per_actor

    who = (dataset, practice, territory, period, as_of, window)
    found = observed(*who, ties=Ties(tie_kinds), closed_world=closed_world)
    table = measures.equivalence_exposure(found.adoption, lag=lag, power=power, unreached=unreached)
    means = means_of(found, table)
    # Where all others are as equivalent to an actor, its weights have the sum 0.
    reason = "zero_denominator" if len(found.labels) > lag else "missing_input"
    return per_actor(found, table[:, -1], len(table), reason=reason, mean_by_period=means)

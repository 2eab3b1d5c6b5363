"""Observed diffusion along ties: exposure, thresholds, and who follows whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result
from jmdi.metrics.types import Count, Day, Ids, Share, Window
from jmdi.plugins.argument_types import AtLeast
from jmdi_scaling.facts.parameters import EXPOSED_TO, WEIGHED, Direction, Positive, Unit

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["exposure", "infectiousness", "susceptibility", "threshold"]

Rate = Annotated[float, AtLeast(0)]


def _exposed(
    period: str,
    direction: str,
    lag: int,
    valued: bool,
    normalized: bool,
    no_ties: float | None,
) -> str:
    when = {0: f"the same {period}", 1: f"the {period} before"}.get(lag, f"{lag} {period}s before")
    weighed = WEIGHED if valued else "unvalued"
    if not normalized:
        return f"{EXPOSED_TO[direction]}, {when}, {weighed}; not over all ties, 0 without any"
    alone = "undefined" if no_ties is None else f"{no_ties:g}"
    return f"{EXPOSED_TO[direction]}, {when}, {weighed}; without ties: {alone}"


def _at_adoption(
    period: str,
    direction: str,
    lag: int,
    valued: bool,
    normalized: bool,
    no_ties: float | None,
) -> str:
    first = "; adopters of the first period have none" if lag else ""
    return _exposed(period, direction, lag, valued, normalized, no_ties) + first


def _is_exposure(at: str, normalized: bool, valued: bool) -> str:
    what = "exposure" if normalized else "strength of adopters" if valued else "number of adopters"
    return f"mean {what}{at}"


def _check(normalized: bool, no_ties: float | None) -> None:
    if not normalized and no_ties is not None:
        raise BadParameter("no_ties is a share: with normalized=False leave it out")


@jmdi.metric(
    "scaling:exposure",
    "Network exposure",
    on="dataset",
    range=(0, None),
    value_is=lambda normalized, valued: _is_exposure("", normalized, valued),
    citation="Valente 1995; Valente 1996",
    convention=_exposed,
    plot="jmdi_scaling.plotting:exposure_by_period",
    extra="jmdi-scaling[plot]",
    bounds="ties",
    count="jmdi_scaling.facts.picks:looked_at",
)
def exposure(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    lag: Count = 1,
    valued: bool = False,
    normalized: bool = True,
    no_ties: Share | None = None,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Exposure of each actor in the last period, and the mean over actors in each period.

    ``E_i(t) = Σ_j w_ij a_j(t-lag) / Σ_j w_ij``; not divided it is the number of adopters.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        lag: How many periods before.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        normalized: Whether exposure is a share; if not, the number of adopters, or their strength.
        no_ties: Exposure of an actor without ties; undefined if not given. A number is 0 then.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion import adoption as measures
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import means_of, per_actor

    _check(normalized, no_ties)
    who = (dataset, practice, territory, period, as_of, window)
    ties = Ties(tie_kinds, direction, valued)
    found = observed(*who, ties=ties, closed_world=closed_world)
    table = measures.exposure(
        found.adoption,
        direction=direction,
        lag=lag,
        valued=valued,
        normalized=normalized,
        no_ties=no_ties,
    )
    highest = 1 if normalized else None
    means = means_of(found, table)
    return per_actor(found, table[:, -1], len(table), highest, mean_by_period=means)


@jmdi.metric(
    "scaling:threshold",
    "Adoption threshold",
    on="dataset",
    range=(0, None),
    value_is=lambda normalized, valued: _is_exposure(" at adoption", normalized, valued),
    citation="Valente 1995; Valente 1996",
    convention=_at_adoption,
    plot="jmdi_scaling.plotting:threshold_exposure",
    extra="jmdi-scaling[plot]",
    bounds="ties",
    count="jmdi_scaling.facts.picks:looked_at",
)
def threshold(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    lag: Count = 1,
    valued: bool = False,
    normalized: bool = True,
    no_ties: Share | None = None,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Exposure of each adopter when it adopted; the value is the mean.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        lag: How many periods before.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        normalized: Whether exposure is a share; if not, the number of adopters, or their strength.
        no_ties: Exposure of an actor without ties; undefined if not given. A number is 0 then.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    import numpy as np

    from jmdi_scaling.diffusion import adoption as measures
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import per_actor

    _check(normalized, no_ties)
    who = (dataset, practice, territory, period, as_of, window)
    ties = Ties(tie_kinds, direction, valued)
    found = observed(*who, ties=ties, closed_world=closed_world)
    table = measures.exposure(
        found.adoption,
        direction=direction,
        lag=lag,
        valued=valued,
        normalized=normalized,
        no_ties=no_ties,
    )
    highest = 1 if normalized else None
    nodes, time = found.adoption.nodes, found.adoption.time
    adopters = np.flatnonzero(time >= 0).tolist()
    return per_actor(
        found,
        measures.at_adoption(found.adoption, table),
        len(adopters),
        highest,
        exposure_at_end={
            nodes[k]: float(table[k, -1]) for k in adopters if not np.isnan(table[k, -1])
        },
        adopted={nodes[k]: found.labels[time[k]] for k in adopters},
    )


def _spanned(period: str, direction: str, span: int, discount: float | None, valued: bool) -> str:
    weighs = "1/k" if discount is None else f"1/(1+{discount:g})^(k-1)"
    reach = f"of {span}" if span > 1 else "of one"
    weighed = WEIGHED if valued else "unvalued"
    return f"{EXPOSED_TO[direction]}; {period} k {reach} weighs {weighs}; {weighed}"


def _after(
    period: str,
    direction: str,
    span: int,
    discount: float | None,
    valued: bool,
    never_at_risk: bool,
    normalized: bool,
) -> str:
    never = "count below the line" if never_at_risk else "left out"
    spanned = _spanned(period, direction, span, discount, valued)
    return f"{spanned}; never-adopters {never}; ties of the {period} before{_ALL[normalized]}"


def _before(
    period: str,
    direction: str,
    span: int,
    discount: float | None,
    valued: bool,
    normalized: bool,
) -> str:
    spanned = _spanned(period, direction, span, discount, valued)
    return f"{spanned}; never-adopters are no earlier adopters{_ALL[normalized]}"


_ALL = {False: "", True: "; over the number of all who adopted in those periods, weighed alike"}


def _is_share(normalized: bool) -> str:
    return "mean share over all adopters then" if normalized else "mean share"


@jmdi.metric(
    "scaling:infectiousness",
    "Infectiousness",
    on="dataset",
    range=(0, None),
    value_is=_is_share,
    citation="Myers 2000; Valente et al. 2015",
    convention=_after,
    bounds="ties",
    count="jmdi_scaling.facts.picks:looked_at",
)
def infectiousness(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    span: Positive = 1,
    discount: Rate | None = None,
    valued: bool = False,
    never_at_risk: bool = False,
    normalized: bool = False,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of those exposed to an adopter who follow it, of those who adopt then or later.

    ``Σ_j x_ji z_j(t+1) / Σ_j x_ji z_j(t+1..T)`` for a span of one period, where those who name
    an actor are exposed to it.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        span: How many periods after.
        discount: Rate by which later periods weigh less; period k weighs 1/k if not given.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        never_at_risk: Whether those who never adopt count below the line too.
        normalized: Whether it is divided by the number of all who adopt in those periods.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    import numpy as np

    from jmdi_scaling.diffusion import adoption as measures
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import begun, per_actor

    who = (dataset, practice, territory, period, as_of, window)
    ties = Ties(tie_kinds, direction, valued)
    found = observed(*who, ties=ties, closed_world=closed_world)
    numbers = measures.infectiousness(
        found.adoption,
        span=span,
        discount=discount,
        valued=valued,
        direction=direction,
        never_at_risk=never_at_risk,
        normalized=normalized,
    )
    there, highest = begun(found).time >= 0, None if normalized else 1
    return per_actor(found, np.where(there, numbers, np.nan), there.sum(), highest)


@jmdi.metric(
    "scaling:susceptibility",
    "Susceptibility",
    on="dataset",
    range=(0, None),
    value_is=_is_share,
    citation="Myers 2000; Valente et al. 2015",
    convention=_before,
    bounds="ties",
    count="jmdi_scaling.facts.picks:looked_at",
)
def susceptibility(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    tie_kinds: Ids | None = None,
    direction: Direction = "out",
    span: Positive = 1,
    discount: Rate | None = None,
    valued: bool = False,
    normalized: bool = False,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the earlier adopters that an adopter is exposed to who adopted just before it.

    ``Σ_j x_ij z_j(t-1) / Σ_j x_ij z_j(1..t-1)`` for a span of one period, where an actor is
    exposed to those whom it names.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        period: The length of a period.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        span: How many periods before.
        discount: Rate by which periods further back weigh less; period k weighs 1/k if not
            given.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        normalized: Whether it is divided by the number of all who adopted in those periods.
        closed_world: Whether the list of adopters is read as complete.
        as_of: The last day that is observed.
        window: The days that are observed; who adopted before has adopted from the first.
    """
    from jmdi_scaling.diffusion import adoption as measures
    from jmdi_scaling.diffusion.population import Ties, observed
    from jmdi_scaling.diffusion.results import per_actor

    who = (dataset, practice, territory, period, as_of, window)
    ties = Ties(tie_kinds, direction, valued)
    found = observed(*who, ties=ties, closed_world=closed_world)
    numbers = measures.susceptibility(
        found.adoption,
        span=span,
        discount=discount,
        valued=valued,
        direction=direction,
        normalized=normalized,
    )
    highest = None if normalized else 1
    return per_actor(found, numbers, (found.adoption.time >= 0).sum(), highest)

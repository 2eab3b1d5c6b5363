"""Which actions of a dataset a metric of work plans is taken over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jmdi import Action, Initiative, Territory, WorkPlan
from jmdi.metrics.result import UndefinedResult
from jmdi.metrics.types import Ids

if TYPE_CHECKING:
    from jmdi import Dataset

__all__ = [
    "AREAS",
    "CITATION",
    "actions_of",
    "as_date",
    "has_actions",
    "ids_of",
    "places_of",
]

CITATION = "jmdi, operationalisation of the JMDI policy work plan"
"""Where the definitions of these metrics come from."""


def has_actions(dataset: Dataset) -> bool | str:
    """Whether there is anything for these metrics to measure, or why not."""
    return bool(dataset.of(Action)) or "there are no actions of a work plan"


def as_date(day: datetime.date | str) -> datetime.date:
    """A day that is given as a date or in its ISO form."""
    return datetime.date.fromisoformat(day) if isinstance(day, str) else day


AREAS = frozenset(
    ("region", "province", "department", "governorate", "county", "island", "territory", "place")
)
"""What places of actions are; "per village" is not for each of the regions that are named."""


def actions_of(
    dataset: Dataset,
    workplan: Ids | None = None,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    as_of: datetime.date | str | None = None,
) -> tuple[Action, ...]:
    """The actions of some plans, initiatives and territories; all that are not ruled out.

    Args:
        dataset: The dataset.
        workplan: Ids of plans.
        initiative: Ids of initiatives whose plans are wanted.
        territory: Ids of territories; an action has a place in one of them, or inside one.
        as_of: Actions that begin after this day are left out; those without a date stay.

    Raises:
        NotFound: If there is no record of such an id.
        UndefinedResult: If no action is left.
    """
    plans = ids_of(workplan)
    for plan in plans or ():
        dataset.get(plan, WorkPlan)
    if (initiatives := ids_of(initiative)) is not None:
        for name in initiatives:
            dataset.get(name, Initiative)
        theirs = {p.id for p in dataset.of(WorkPlan) if not initiatives.isdisjoint(p.initiatives)}
        plans = theirs if plans is None else plans & theirs
    areas = _within(dataset, ids_of(territory))
    actions = tuple(
        action
        for action in dataset.of(Action)
        if (plans is None or action.workplan in plans)
        and (areas is None or any(place.territory in areas for place in action.places))
        and (as_of is None or _may_have_begun(action, as_date(as_of)))
    )
    if not actions:
        raise UndefinedResult("missing_input", "there are no actions of a work plan")
    return actions


def places_of(action: Action, plan: WorkPlan | None) -> int:
    """In how many places an action is: those that it names, else the territories of its plan.

    A plan in three regions has three places for "40 people per region".
    """
    named = {place.territory or place.words for place in action.places}
    return len(named) or len(set(plan.territories) if plan else ())


def ids_of(given: Ids | None) -> set[str] | None:
    """The ids of what is named: one, several, or all, ``None``."""
    return given if given is None else {given} if isinstance(given, str) else set(given)


def _within(dataset: Dataset, areas: Iterable[str] | None) -> set[str] | None:
    """Territories and all that lie inside them."""
    if areas is None:
        return None
    inside = {dataset.get(area, Territory).id for area in areas}
    parts: dict[str, list[str]] = {}
    for territory in dataset.of(Territory):
        if territory.within is not None:
            parts.setdefault(territory.within, []).append(territory.id)
    open_ = list(inside)
    while open_:
        fresh = set(parts.get(open_.pop(), ())) - inside
        inside |= fresh
        open_ += fresh
    return inside


def _may_have_begun(action: Action, day: datetime.date) -> bool:
    period = action.timeline or action.period
    return period is None or period.start is None or period.start <= day

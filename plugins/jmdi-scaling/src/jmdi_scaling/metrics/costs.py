"""What it costs to reach a participant, over the work plans of initiatives."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.metrics.result import Result, undefined
from jmdi.model.kinds import Action, WorkPlan
from jmdi_scaling.facts.parameters import chosen
from jmdi_scaling.facts.places import Places, initiatives_of
from jmdi_scaling.facts.timing import Day, When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["cost_per_participant"]


def cost_per_participant(
    dataset: Dataset,
    *,
    initiative: Any = None,
    workplan: Any = None,
    territory: Any = None,
    as_of: Day = None,
    window: Any = None,
) -> Result:
    """Known costs over participants aimed at, as the interval that the words allow.

    It is the core's ``cost-per-participant`` over the actions of the plans of these
    initiatives, of these plans, in these territories, that have begun by the day or begin in
    the window; an action whose time is not known is kept. With ``as_of``,
    ``notes["adherence"]`` has the share of due actions that were done on time.
    """
    at = when(as_of, window)
    plans = _plans(dataset, initiative, workplan)
    places, areas = Places(dataset), _areas(dataset, territory)

    def wanted(action: Action) -> bool:
        if plans is not None and action.workplan not in plans:
            return False
        if areas and not any(places.inside(p.territory, areas) for p in action.places):
            return False
        return _in_time(action, at)

    smaller = dataset.where(Action, wanted)
    found = smaller.metric("cost-per-participant")
    if found.not_applicable:
        found = undefined("missing_input", found.why, n_used=0, n_eligible=0, of="actions")
    notes = dict(found.notes)
    if as_of is not None:
        notes["adherence"] = _on_time(smaller, as_of)
    # What the core's metric says of itself makes way for what this one does.
    return attrs.evolve(
        found,
        notes=notes,
        title="",
        convention="",
        citation="",
        subject="",
        parameters={},
        **at.members(),
    )


def _plans(dataset: Dataset, initiative: Any, workplan: Any) -> set[str] | None:
    """The plans that were asked for; ``None`` for all."""
    named = chosen(dataset, workplan, WorkPlan)
    if initiative is None:
        return set(named) or None
    wanted = set(initiatives_of(dataset, initiative))
    of = {plan.id for plan in dataset.of(WorkPlan) if not wanted.isdisjoint(plan.initiatives)}
    return of & set(named) if named else of


def _areas(dataset: Dataset, territory: Any) -> tuple[str, ...]:
    from jmdi.model.kinds import Territory

    return chosen(dataset, territory, Territory)


def _in_time(action: Action, at: When) -> bool:
    return at.happened(action.timeline or action.period) is not False


def _on_time(dataset: Dataset, as_of: datetime.date | str) -> dict[str, Any]:
    found = dataset.metric("workplan-adherence", as_of=as_of)
    return {
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "undefined": found.undefined,
        "why": found.why,
    }

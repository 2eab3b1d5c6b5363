"""How much of a work plan is filled in."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Action, Dataset, Money, Period, Result, metric
from jmdi.metrics.types import Ids
from jmdi.words.folding import Folded
from jmdi.words.placeholders import ALL, placeholder_pattern, says_something
from jmdi_workplan.metrics.selection import CITATION, actions_of, has_actions

__all__ = ["completeness"]

_UNDECIDED = frozenset({"to_be_determined", "not_stated"})


@metric(
    "workplan:completeness",
    "Work-plan completeness",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=CITATION,
    convention="fields: action or space, objective, audience, activity or place, timeline, "
    "finance; placeholders count as unfilled, a timeline that still holds one too",
    accepts=has_actions,
    count="jmdi_workplan.picks:of_plans",
)
def completeness(dataset: Dataset, *, workplan: Ids | None = None) -> Result:
    """Filled fields over six, per action; the plan's is the mean over its actions.

    The fields are those of the JMDI work plan: action or space, objective, target audience,
    activity and place, timeline, financial resources. ``values`` holds each action's share;
    ``notes["unfilled"]`` names the fields that each leaves open.

    Args:
        dataset: The dataset.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
    """
    actions = actions_of(dataset, workplan)
    missing = {action.id: _missing(action) for action in actions}
    values = {name: (6 - len(fields)) / 6 for name, fields in missing.items()}
    return Result(
        value=sum(6 - len(fields) for fields in missing.values()) / (6 * len(missing)),
        values=values,
        n_used=len(actions),
        n_eligible=len(actions),
        of="actions",
        contributing=tuple(values),
        notes={"unfilled": {name: fields for name, fields in missing.items() if fields}},
    )


def _says_any(texts: Iterable[str | None]) -> bool:
    return any(says_something(text) for text in texts)


def _timeline_filled(period: Period | None) -> bool:
    """Whether a date is given and settled: "November 2015 (to be determined)" is not."""
    if period is None or period.reason in _UNDECIDED:
        return False
    if placeholder_pattern(*ALL).search(Folded.of(period.words or "").low):
        return False
    return period.edtf is not None or bool(period.parts) or says_something(period.words)


def _finance_filled(money: Money) -> bool:
    """Whether a figure or a way of paying is given: "embedded in the budget" is an answer."""
    if money.amount is not None:
        return True
    return money.reason not in _UNDECIDED and (
        says_something(money.words) or money.reason is not None
    )


def _missing(action: Action) -> list[str]:
    """The names of the six fields of a work plan that an action leaves unfilled."""
    places = [p.words or p.territory for p in action.places]
    audience = [text for a in action.audience for text in a.who.values()]
    sized = any(a.size is not None and a.size.value is not None for a in action.audience)
    period = action.timeline if action.timeline is not None else action.period
    filled = {
        "action": _says_any(action.names.values()) or _says_any(action.description.values()),
        "objective": _says_any(t for text in action.objectives for t in text.values()),
        "audience": _says_any(audience) or sized or any(a.type for a in action.audience),
        "activity": _says_any(action.activity.values()) or _says_any(places),
        "timeline": _timeline_filled(period),
        "finance": any(map(_finance_filled, action.finance)),
    }
    return [name for name, is_filled in filled.items() if not is_filled]

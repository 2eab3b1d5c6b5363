"""How much of a work plan has a known budget."""

from __future__ import annotations

from jmdi import Dataset, Result, metric
from jmdi.metrics.types import Ids
from jmdi_workplan.metrics.selection import CITATION, actions_of, has_actions

__all__ = ["known_budget"]


@metric(
    "workplan:known-budget",
    "Known-budget share",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=CITATION,
    convention="a figure whose currency is not known counts in the upper bound only",
    accepts=has_actions,
    count="jmdi_workplan.picks:of_plans",
)
def known_budget(dataset: Dataset, *, workplan: Ids | None = None) -> Result:
    """Actions with at least one figure in a known currency over all actions.

    An unknown cost is never counted as 0.

    Args:
        dataset: The dataset.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
    """
    actions = actions_of(dataset, workplan)
    known = {a.id: None for a in actions if any(m.known for m in a.finance)}
    figure = sum(1 for a in actions if any(m.amount is not None for m in a.finance))
    reasons: dict[str, int] = {}
    for action in actions:
        if action.id not in known:
            for reason in {m.reason or "not_stated" for m in action.finance} or {"not_stated"}:
                reasons[reason] = reasons.get(reason, 0) + 1
    return Result(
        value=len(known) / len(actions),
        lower=len(known) / len(actions),
        upper=figure / len(actions),
        n_used=len(actions),
        n_eligible=len(actions),
        of="actions",
        contributing=tuple(known),
        notes={"currency_unknown": figure - len(known), "reasons": dict(sorted(reasons.items()))},
    )

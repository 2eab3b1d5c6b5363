"""How much of a work plan is coded to themes."""

from __future__ import annotations

from typing import Literal

from jmdi import Action, Coded, Dataset, Result, metric, undefined
from jmdi.metrics.types import Ids
from jmdi_workplan.metrics.selection import CITATION, actions_of, has_actions

__all__ = ["codification"]


def _convention(per: str) -> str:
    counted = "an objective is coded when its action has" if per == "objective" else "an action has"
    return f"counted per {per}; {counted} a cluster or a coding"


@metric(
    "workplan:codification",
    "Work-plan codification coverage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=CITATION,
    convention=_convention,
    accepts=has_actions,
)
def codification(
    dataset: Dataset,
    *,
    workplan: Ids | None = None,
    per: Literal["objective", "action"] = "objective",
) -> Result:
    """Objectives (or actions) coded to at least one theme over all of them.

    Where no action of the dataset has a theme, nobody has coded it: the share is not known.

    Args:
        dataset: The dataset.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
        per: What is counted.
    """
    actions = actions_of(dataset, workplan)
    coded = {relation.source for relation in dataset.of(Coded)}
    weights = {a.id: len(a.objectives) if per == "objective" else 1 for a in actions}
    total = sum(weights.values())
    if not total:
        return undefined("zero_denominator", "no action states an objective", n_used=0)
    with_code = tuple(a.id for a in actions if a.clusters or a.id in coded)
    if not with_code and not coded and not any(a.clusters for a in dataset.of(Action)):
        why = "no action has a cluster or a coding"
        return undefined("missing_input", why, n_used=0, n_eligible=total, of=f"{per}s")
    return Result(
        value=sum(weights[name] for name in with_code) / total,
        n_used=total,
        n_eligible=total,
        of=f"{per}s",
        contributing=with_code,
        notes={"actions_without_theme": len(actions) - len(with_code)},
    )

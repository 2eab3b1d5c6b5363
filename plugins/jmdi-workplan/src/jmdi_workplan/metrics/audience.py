"""Whom a work plan addresses, by type of actor and level of governance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from jmdi import Action, Dataset, Result, WorkPlan, metric, undefined
from jmdi.metrics.types import Ids
from jmdi_workplan.metrics.selection import CITATION, actions_of, has_actions

__all__ = ["audience"]


def _convention(cells: str) -> str:
    of = "that the plan names" if cells == "named" else "of the vocabularies"
    return f"cells: the types and levels {of}; an action without a level has that of its table"


@metric(
    "workplan:audience",
    "Work-plan audience coverage",
    on="dataset",
    range=(0, 1),
    value_is="share",
    citation=CITATION,
    convention=_convention,
    accepts=has_actions,
    count="jmdi_workplan.picks:of_plans",
)
def audience(
    dataset: Dataset,
    *,
    workplan: Ids | None = None,
    cells: Literal["named", "vocabulary"] = "named",
) -> Result:
    """Non-empty cells over all cells of the table of audiences by actor type and level.

    ``values`` maps actor type to level to the number of audiences. Audiences without a known
    type or level are outside the table and counted in ``notes``; they make the bounds, for each
    may be of any type and level, and with ``named`` of one that nobody else has.

    Args:
        dataset: The dataset.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
        cells: Which types and levels make the table: those the plan names, or all codes.
    """
    actions = actions_of(dataset, workplan)
    plans = {plan.id: plan for plan in dataset.of(WorkPlan)}
    counts: dict[tuple[str, str], int] = {}
    vague: list[tuple[str | None, str | None]] = []
    unknown = {"audiences_without_type": 0, "audiences_without_level": 0}
    contributing: dict[str, None] = {}
    total = 0
    for action in actions:
        level = _level_of(action, plans)
        for part in action.audience:
            total += 1
            unknown["audiences_without_type"] += part.type is None
            unknown["audiences_without_level"] += level is None
            if part.type is not None and level is not None:
                counts[part.type.code, level] = counts.get((part.type.code, level), 0) + 1
                contributing[action.id] = None
            else:
                vague.append((None if part.type is None else part.type.code, level))
    if not total:
        return undefined("missing_input", "no action names an audience", notes=unknown)
    if not counts:
        why = "no audience has both a known type and a known level"
        return undefined("no_known_group", why, n_used=0, n_eligible=total, notes=unknown)
    types, levels = _axes(dataset, counts, cells)
    values = {t: {level: counts.get((t, level), 0) for level in levels} for t in types}
    filled = sum(1 for row in values.values() for count in row.values() if count)
    size = len(types) * len(levels)
    widest = size
    if cells == "named":
        widest = _with_more(types, [t for t, _ in vague]) * _with_more(
            levels, [v for _, v in vague]
        )
    return Result(
        value=filled / size,
        values=values,
        lower=filled / widest,
        upper=min(size, filled + len(vague)) / size,
        n_used=sum(counts.values()),
        n_eligible=total,
        of="audiences",
        contributing=tuple(contributing),
        notes={"cells": size, "empty_cells": size - filled, **unknown},
    )


def _with_more(axis: list[str], codes: Sequence[str | None]) -> int:
    """How many codes an axis has at most when audiences with these codes are in the table."""
    return len(axis) + codes.count(None) + len({code for code in codes if code} - set(axis))


def _level_of(action: Action, plans: Mapping[str, WorkPlan]) -> str | None:
    """The governance level of an action: its own, else that of the table it stands in."""
    if action.level is not None:
        return action.level.code
    plan = plans.get(action.workplan or "")
    if plan is None or action.table is None or not 0 < action.table <= len(plan.tables):
        return None
    level = plan.tables[action.table - 1].level
    return level.code if level is not None else None


def _axes(
    dataset: Dataset, counts: Iterable[tuple[str, str]], cells: str
) -> tuple[list[str], list[str]]:
    """The actor types and levels of the table, sorted; all codes of the vocabularies if asked."""
    types, levels = {t for t, _ in counts}, {level for _, level in counts}
    if cells == "vocabulary":
        vocabularies = dataset.model.catalog.vocabularies
        for scheme, codes in (("actor-type", types), ("governance-level", levels)):
            if scheme in vocabularies:
                codes.update(vocabularies[scheme].codes())
    return sorted(types), sorted(levels)

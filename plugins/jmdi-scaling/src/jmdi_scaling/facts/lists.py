"""Whose lists are complete."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from jmdi.metrics.types import Ids
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Initiative, Practice
from jmdi.model.relations import Adopts
from jmdi_scaling.facts.parameters import chosen

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["adopters_complete", "complete_among"]


def complete_among(
    dataset: Dataset, parts: Mapping[str, Collection[object]], closed_world: bool
) -> set[str]:
    """The initiatives of which somebody who is not recorded does not take part.

    In a closed world too a list without anybody is no list, unless it says that it is complete.

    Args:
        dataset: The records.
        parts: Who takes part, by initiative.
        closed_world: Whether lists are read as complete.
    """
    found = set()
    for name, recorded in parts.items():
        record = dataset.get(name, Initiative)
        if absence_counts(record, closed_world=closed_world and bool(recorded)):
            found.add(name)
    return found


def adopters_complete(
    dataset: Dataset,
    practices: Collection[str],
    closed_world: bool,
    *,
    among: Ids | None = None,
    level: str | None = None,
) -> bool:
    """Whether who is not recorded as an adopter of these practices has not adopted them.

    Args:
        dataset: The records.
        practices: The practices; all that are on record or adopted, if empty.
        closed_world: Whether lists of adopters are read as complete.
        among: Initiatives whose participants alone count as adopters: these have to be known too.
        level: Only adopters of this governance level.
    """
    if closed_world:
        return True
    names = set(practices) or {*dataset.of(Practice).ids(), *(a.target for a in dataset.of(Adopts))}
    records = [dataset.find(name, Practice) for name in names]
    joined = [dataset.get(name, Initiative) for name in chosen(dataset, among, Initiative)]
    return (
        bool(records)
        and all(r is not None and absence_counts(r, level=level) for r in records)
        and all(absence_counts(record) for record in joined)
    )

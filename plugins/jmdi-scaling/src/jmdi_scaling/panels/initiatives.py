"""The initiatives that there is room for."""

from __future__ import annotations

from jmdi import Dataset
from jmdi.model.kinds import Initiative
from jmdi.model.relations import Participates

__all__ = ["largest"]


def largest(dataset: Dataset, most: int) -> list[Initiative]:
    """The initiatives with the most participants on record, those of one number by id."""
    initiatives = dataset.of(Initiative)
    sizes = {one.id: len(dataset.in_(one.id, Participates)) for one in initiatives}
    return sorted(initiatives, key=lambda one: (-sizes[one.id], one.id))[:most]

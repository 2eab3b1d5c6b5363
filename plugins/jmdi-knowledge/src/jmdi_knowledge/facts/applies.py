"""Whether a metric applies to data at all: what it counts must be on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jmdi.model.kinds import Action, KnowledgeItem, KnowledgeProduct, Observation
from jmdi.model.relations import Coded

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["has_actions", "has_codings", "has_items", "has_observations", "has_products"]


def has_items(dataset: Dataset) -> bool | str:
    """Whether there are items."""
    return True if dataset.of(KnowledgeItem) else "no item is on record"


def has_codings(dataset: Dataset) -> bool | str:
    """Whether something is coded."""
    return True if dataset.of(Coded) else "nothing is coded"


def has_products(dataset: Dataset) -> bool | str:
    """Whether there are products."""
    return True if dataset.of(KnowledgeProduct) else "no product is on record"


def has_actions(dataset: Dataset) -> bool | str:
    """Whether there are actions."""
    return True if dataset.of(Action) else "no action is on record"


def has_observations(dataset: Dataset) -> bool | str:
    """Whether there are observations."""
    return True if dataset.of(Observation) else "no observation is on record"

"""The governance levels of actions."""

from __future__ import annotations

from jmdi import Action, Dataset
from jmdi.panels import Words, label_of
from jmdi_workplan.panels import say

__all__ = ["level_order", "level_words"]


def level_order(action: Action, dataset: Dataset) -> int:
    """The place of the level of an action among all levels, from the widest; unknown is last."""
    codes = dataset.model.catalog.vocabularies["governance-level"].codes()
    known = action.level is not None and action.level.code in codes
    return codes.index(action.level.code) if known and action.level else len(codes)


def level_words(action: Action, dataset: Dataset) -> Words:
    """The level of an action, in words."""
    if action.level is None:
        return say("level_unknown")
    return label_of(action.level, dataset.model.catalog.vocabularies)

"""What a report shows of work plans: the timeline, the money, and whom actions address."""

from __future__ import annotations

from importlib.resources import files

from jmdi import Action, Dataset
from jmdi.panels import Phrases, Words, label_of

__all__ = ["MOST", "level_order", "level_words", "say"]

MOST = 50
"""Most rows of a panel."""

say = Phrases(files("jmdi_workplan").joinpath("panels", "words.csv"))
"""The texts of these panels."""


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

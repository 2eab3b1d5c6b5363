"""A few figures of plans."""

from __future__ import annotations

from jmdi import Action, Dataset
from jmdi.panels import Card, Cards
from jmdi_workplan.panels import say

__all__ = ["figures"]

METRICS = {
    "completeness": "workplan:completeness",
    "known_budget": "workplan:known-budget",
    "audience_share": "workplan:audience",
}


def figures(dataset: Dataset) -> Cards | None:
    """How many actions there are, and how much the plans say about them.

    Args:
        dataset: The records.
    """
    actions = dataset.of(Action)
    if not actions:
        return None
    measured = [Card(say(key), dataset.metric(name)) for key, name in METRICS.items()]
    return Cards([Card(say("actions"), value=len(actions)), *measured], note=say("figures_note"))

"""What the activities do not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jmdi import Dataset, Initiative, Participates
from jmdi.panels import Bar, Bars
from jmdi_iati.panels import say
from jmdi_iati.panels.published import budgets_of, published

__all__ = ["unknowns"]

QUESTIONS: Mapping[str, Callable[[Initiative], bool]] = {
    "has_dates": lambda one: one.period is not None and one.period.edtf is not None,
    "has_status": lambda one: one.status is not None,
    "has_place": lambda one: bool(one.places),
    "has_sector": lambda one: bool(one.sectors),
}


def unknowns(dataset: Dataset) -> Bars | None:
    """How many activities answer each question, and how many do not.

    Args:
        dataset: The records.
    """
    found = published(dataset)
    if not found:
        return None
    stated = {key: sum(map(answers, found)) for key, answers in QUESTIONS.items()}
    budgets = budgets_of(dataset)
    stated["has_budget"] = sum(any(m.known for m in budgets.get(one.id, ())) for one in found)
    stated["has_parties"] = sum(bool(dataset.in_(one.id, Participates)) for one in found)
    bars = [Bar(say(key), number) for key, number in stated.items()]
    return Bars(bars, say("unit_activities"), note=say("unknowns_note", n=len(found)))

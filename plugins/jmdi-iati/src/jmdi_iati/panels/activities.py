"""The activities, the largest groups of partners first."""

from __future__ import annotations

from jmdi import Dataset, Initiative, Money, Participates
from jmdi.panels import Cell, Column, Grid, Unknown, label_of, link_to
from jmdi_iati.panels import MOST, say
from jmdi_iati.panels.published import budgets_of, published

__all__ = ["activities"]

BUDGETS = 3
"""Most budgets that are shown of an activity."""


def activities(dataset: Dataset) -> Grid | None:
    """The activities with status, dates and budgets.

    Args:
        dataset: The records.
    """
    found = published(dataset)
    sizes = {one.id: len(dataset.in_(one.id, Participates)) for one in found}
    order = sorted(found, key=lambda one: (-sizes[one.id], one.id))
    if not order:
        return None
    columns = [
        Column(say("activity")),
        Column(say("identifier")),
        Column(say("status")),
        Column(say("dates"), "date"),
        Column(say("budget"), "money"),
    ]
    budgets = budgets_of(dataset)
    rows = [_row(one, budgets.get(one.id, []), dataset) for one in order[:MOST]]
    return Grid(columns, rows, note=say("activities_note"), left_out=len(order) - len(rows))


def _row(one: Initiative, stated: list[Money], dataset: Dataset) -> list[Cell]:
    unknown = Unknown(say("not_stated"))
    names = (known.value for known in one.identifiers if known.scheme == "iati-identifier")
    vocabularies = dataset.model.catalog.vocabularies
    status = unknown if one.status is None else label_of(one.status, vocabularies)
    more = len(stated) - BUDGETS
    budgets: Cell = (*stated[:BUDGETS], *[say("and_more", n=more)] * (more > 0))
    return [link_to(one), next(names, unknown), status, one.period or unknown, budgets or unknown]

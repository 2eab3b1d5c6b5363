"""The activities of a dataset that came from IATI."""

from __future__ import annotations

from jmdi import Budget, Dataset, Initiative, Money
from jmdi_iati.facets import Activity

__all__ = ["budgets_of", "published"]


def published(dataset: Dataset) -> list[Initiative]:
    """The initiatives that were published in IATI; those that are only referred to are not."""
    return [one for one in dataset.of(Initiative) if one.facet(Activity) is not None]


def budgets_of(dataset: Dataset) -> dict[str, list[Money]]:
    """The amounts of the budgets of each initiative, by its id; plans to pay are none."""
    found: dict[str, list[Money]] = {}
    for budget in dataset.of(Budget):
        typed = budget.type is not None and budget.type.code == "budget"
        if typed and budget.initiative is not None and budget.value is not None:
            found.setdefault(budget.initiative, []).append(budget.value)
    return found

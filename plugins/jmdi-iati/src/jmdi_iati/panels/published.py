"""The activities of a dataset that came from IATI."""

from __future__ import annotations

from jmdi import Dataset, Initiative
from jmdi_iati.facets import Activity

__all__ = ["published"]


def published(dataset: Dataset) -> list[Initiative]:
    """The initiatives that were published in IATI; those that are only referred to are not."""
    return [one for one in dataset.of(Initiative) if one.facet(Activity) is not None]

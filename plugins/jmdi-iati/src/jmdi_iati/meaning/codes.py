"""What IATI's codes mean in a model, by the ``matches`` of the model's vocabularies."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TypeAlias

from jmdi import Code, Vocabulary

__all__ = [
    "DEFAULTS",
    "GOALS",
    "LISTS",
    "SECTOR_SCHEMES",
    "TAG_SCHEMES",
    "Codes",
    "coded",
    "codes_of",
]

LISTS: Mapping[str, str] = {
    "iati-organisation-type": "actor-type",
    "crs-channel": "actor-type",
    "iati-organisation-role": "organisation-role",
    "iati-activity-status": "initiative-status",
    "iati-activity-scope": "governance-level",
    "iati-related-activity-type": "initiative-relation",
    "iati-transaction-type": "transaction-type",
    "iati-budget-type": "budget-version",
    "iati-budget-status": "budget-status",
}
"""The vocabulary of jmdi that says what the codes of a list mean."""

SECTOR_SCHEMES: Mapping[str, str] = {
    "1": "iati-sector",
    "2": "iati-sector-category",
    "3": "cofog",
    "4": "nace",
    "5": "ntee",
    "6": "adt",
    "7": "sdg-goal",
    "8": "sdg-target",
    "9": "sdg-indicator",
    "10": "humanitarian-global-cluster",
    "11": "naics",
    "12": "un-system-function",
}
"""The vocabulary of a sector as a scheme."""

TAG_SCHEMES: Mapping[str, str] = {
    "1": "agrovoc",
    "2": "sdg-goal",
    "3": "sdg-target",
    "4": "team-europe",
}
"""The vocabulary of a tag as a scheme."""

GOALS = frozenset({"sdg-goal", "sdg-target", "sdg-indicator"})
"""Schemes whose codes are goals of an initiative, in sectors as well as in tags."""

DEFAULTS: Mapping[str, str] = {
    "collaboration-type": "iati-collaboration-type",
    "default-flow-type": "iati-flow-type",
    "default-finance-type": "iati-finance-type",
    "default-aid-type": "iati-aid-type",
    "default-tied-status": "iati-tied-status",
}
"""The elements of an activity that hold a code of one list, as a scheme."""

Codes: TypeAlias = Mapping[str, Mapping[str, Code]]
"""Codes of a model, by IATI's list and IATI's code."""


def codes_of(vocabularies: Mapping[str, Vocabulary]) -> Codes:
    """What the codes of IATI's lists mean in a model."""
    return {
        name: {
            theirs: Code(scheme, ours)
            for theirs, ours in vocabularies[scheme].meanings(name).items()
        }
        for name, scheme in LISTS.items()
    }


@functools.lru_cache(maxsize=8192)
def coded(scheme: str, code: str, words: str | None = None) -> Code:
    """A code; one that occurs again is not made again."""
    return Code(scheme, code, words)

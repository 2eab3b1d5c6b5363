"""What IATI's codes mean in a model, by the ``matches`` of the model's vocabularies."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from jmdi import Code, Vocabulary

__all__ = ["LISTS", "Codes", "coded", "codes_of"]

LISTS: Mapping[str, str] = {
    "iati-organisation-type": "actor-type",
    "crs-channel": "actor-type",
    "iati-organisation-role": "organisation-role",
    "iati-activity-status": "initiative-status",
    "iati-activity-scope": "governance-level",
    "iati-related-activity-type": "initiative-relation",
}
"""The vocabulary of jmdi that says what the codes of a list mean."""

Codes = Mapping[str, Mapping[str, Code]]
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

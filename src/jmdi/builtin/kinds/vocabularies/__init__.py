"""The built-in vocabularies, a table each; IATI codes are the interchange, own codes fill gaps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jmdi.files.vocabularies import vocabularies_in
from jmdi.model.vocabularies import Concept, Vocabulary
from jmdi.model.wellknown import CLUSTERS, CODEBOOK

__all__ = ["vocabularies"]

_GCM_OBJECTIVES = {
    "data": "1",
    "partnerships": "23",
    "social-inclusion": "15 16 17",
    "economic-inclusion": "6 18 20 22",
    "political-inclusion": "16 19",
    "monitoring-evaluation": "1 3",
}
"""The objectives of the Global Compact for Migration that a cluster serves."""


def vocabularies() -> tuple[Vocabulary, ...]:
    """The tables of this folder, and the clusters, which are records that are always there."""
    clusters = Vocabulary(
        CODEBOOK, _clusters, title="Clusters of the programme", source="this project"
    )
    return (*vocabularies_in(Path(__file__).parent), clusters)


def _clusters() -> Iterable[Concept]:
    for theme in CLUSTERS:
        gcm = _GCM_OBJECTIVES.get(theme.code or "")
        yield Concept(theme.code or "", theme.names, matches={"gcm-objective": gcm} if gcm else {})

"""What all activities that are written share: the records, and what is found in them once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar, cast

import attrs

from jmdi import (
    Budget,
    Dataset,
    Indicator,
    Initiative,
    Observation,
    Record,
    Transaction,
    Vocabulary,
)
from jmdi_iati.export.kept import kept
from jmdi_iati.export.reread import reread
from jmdi_iati.facets import Activity

__all__ = ["Context"]

R = TypeVar("R", bound=Record)
OWNERS: Mapping[type[Record], str] = {
    Transaction: "initiative",
    Budget: "initiative",
    Indicator: "of",
    Observation: "of",
}
"""The field of each kind that names the initiative that it belongs to."""


@attrs.frozen(slots=True)
class Context:
    """The records that are written.

    Attributes:
        dataset: The records.
    """

    dataset: Dataset
    _stated: dict[str, Collection[str]] = attrs.field(factory=dict)
    _owned: dict[type[Record], dict[str, list[Record]]] = attrs.field(factory=dict)

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The vocabularies of the model of the records."""
        return self.dataset.model.catalog.vocabularies

    def owned(self, kind: type[R], id: str) -> Sequence[R]:
        """The records of a kind that belong to an initiative."""
        if kind not in self._owned:
            found = self._owned[kind] = {}
            for record in self.dataset.of(kind):
                found.setdefault(getattr(record, OWNERS[kind]), []).append(record)
        return cast("Sequence[R]", self._owned[kind].get(id, ()))

    def stated_by(self, id: str) -> Collection[str]:
        """The ids of the records that the XML of an activity states; none without XML."""
        if id not in self._stated:
            initiative = self.dataset.find(id, Initiative)
            facet = None if initiative is None else initiative.facet(Activity)
            found: Collection[str] = ()
            if facet is not None and facet.xml:
                found = reread(kept(facet)[0], id, self.vocabularies, facet.unread).records.keys()
            self._stated[id] = frozenset(found)
        return self._stated[id]

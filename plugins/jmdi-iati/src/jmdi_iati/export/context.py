"""What all activities that are written share: the records, and what is found in them once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar, cast

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
from jmdi_iati.export.origins import Origins, facet_of

__all__ = ["Context"]

R = TypeVar("R", bound=Record)
OWNERS: Mapping[type[Record], Callable[[Any], str | None]] = {
    Transaction: lambda one: one.initiative,
    Budget: lambda one: one.owner or one.initiative,
    Indicator: lambda one: one.of,
    Observation: lambda one: one.of,
}
"""Which initiative or actor a record of each kind belongs to."""


@attrs.frozen(slots=True)
class Context:
    """The records that are written.

    Attributes:
        dataset: The records.
        origins: What they were read from.
        edits: What was edited of the records that several elements state, by id: before and now.
    """

    dataset: Dataset
    origins: Origins = attrs.field(
        default=attrs.Factory(lambda self: Origins(self.dataset), takes_self=True)
    )
    edits: dict[str, tuple[Mapping[Any, Any], Mapping[Any, Any]] | None] = attrs.field(factory=dict)
    _stated: dict[str, Collection[str]] = attrs.field(factory=dict)
    _owned: dict[type[Record], dict[str | None, list[Record]]] = attrs.field(factory=dict)

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The vocabularies of the model of the records."""
        return self.dataset.model.catalog.vocabularies

    def owned(self, kind: type[R], id: str) -> Sequence[R]:
        """The records of a kind that belong to an initiative or actor."""
        if kind not in self._owned:
            found = self._owned[kind] = {}
            for record in self.dataset.of(kind):
                found.setdefault(OWNERS[kind](record), []).append(record)
        return cast("Sequence[R]", self._owned[kind].get(id, ()))

    def stated_by(self, id: str) -> Collection[str]:
        """The ids of the records that the XML of an activity states; none without XML."""
        if id not in self._stated:
            one, found = self.dataset.find(id, Initiative), frozenset[str]()
            if one is not None and facet_of(one) is not None:
                found = frozenset(self.origins.reading(one).records)
            self._stated[id] = found
        return self._stated[id]

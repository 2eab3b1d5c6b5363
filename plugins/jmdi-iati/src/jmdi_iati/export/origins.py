"""What activities and organisation files said of the records that were made of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias, TypeVar

import attrs

from jmdi import Actor, Claim, Code, Dataset, Initiative, Record
from jmdi_iati.export.kept import kept
from jmdi_iati.export.reread import Reading, reread
from jmdi_iati.facets import Activity, Organisation

__all__ = ["Origins", "Owner", "facet_of"]

R = TypeVar("R", bound=Record)
Owner: TypeAlias = Initiative | Actor
"""What the XML of an activity or organisation was kept of."""

Place: TypeAlias = tuple[str | None, str]
"""A file, and the place of an activity or organisation in it."""

READINGS = 16
"""How many activities are kept as they were read."""


@attrs.frozen(slots=False)
class Origins:
    """Finds what records were read from.

    Attributes:
        dataset: The records.
    """

    dataset: Dataset
    _readings: dict[str, Reading] = attrs.field(factory=dict)
    _records: dict[str, Sequence[Record]] = attrs.field(factory=dict)

    def of(self, record: R, here: Reading) -> list[R]:
        """A record as each activity or organisation says it that it was read from.

        Args:
            record: The record.
            here: The activity or organisation that is being written.

        Returns:
            What each says; nothing where they are not among the records. What has no source, such
            as a country, may be of any of them.
        """
        if not record.sources:
            found = self._anywhere.get(record.id, ())
        elif record.id in self._records:
            found = self._records[record.id]
        else:
            places = dict.fromkeys((one.title, one.locator or "") for one in record.sources)
            owners = {o.id: o for place in places for o in self._owners.get(place, ())}
            readings = [self.reading(owner, here) for owner in owners.values()]
            found = [one for r in readings if (one := r.records.get(record.id)) is not None]
            self._records[record.id] = found
        return [one for one in found if isinstance(one, type(record))]

    def reading(self, owner: Owner, here: Reading | None = None) -> Reading:
        """What an activity or organisation says."""
        if here is not None and here.id == owner.id:
            return here
        found = self._readings.get(owner.id)
        if found is None:
            if len(self._readings) >= READINGS:
                self._readings.clear()
            facet = facet_of(owner)
            if facet is None:
                raise ValueError(f"no XML is kept of {owner.id}")
            unread = facet.unread if isinstance(facet, Activity) else ()
            vocabularies = self.dataset.model.catalog.vocabularies
            found = reread(kept(facet)[0], owner.id, vocabularies, unread)
            self._readings[owner.id] = found
        return found

    def claims(self, id: str) -> Collection[tuple[str, object]]:
        """The fields of a record that somebody claims to be something else, and what they say."""
        return self._claims.get(id, ())

    @cached_property
    def _all(self) -> Sequence[Owner]:
        everyone: list[Owner] = [*self.dataset.of(Initiative), *self.dataset.of(Actor)]
        return [one for one in everyone if facet_of(one) is not None]

    @cached_property
    def _owners(self) -> Mapping[Place, Sequence[Owner]]:
        found: dict[Place, list[Owner]] = {}
        for owner in self._all:
            for source in owner.sources:
                if source.locator:
                    found.setdefault((source.title, source.locator), []).append(owner)
        return found

    @cached_property
    def _anywhere(self) -> Mapping[str, Sequence[Record]]:
        """Records without sources as each activity says them that says something else."""
        found: dict[str, list[Record]] = {}
        for owner in self._all:
            for record in self.reading(owner).records.values():
                if not record.sources and record not in (known := found.setdefault(record.id, [])):
                    known.append(record)
        return found

    @cached_property
    def _claims(self) -> Mapping[str, Collection[tuple[str, object]]]:
        found: dict[str, set[tuple[str, object]]] = {}
        for claim in self.dataset.of(Claim):
            value = json.loads(claim.value)
            if isinstance(value, dict) and value.keys() >= {"scheme", "code"}:
                value = Code(value["scheme"], value["code"])
            if isinstance(value, (str, Code)):
                found.setdefault(claim.about, set()).add((claim.field, value))
        return found


def facet_of(owner: Owner) -> Activity | Organisation | None:
    """What was kept of an activity or organisation; ``None`` if it was not read from IATI."""
    found = owner.facet(Activity if isinstance(owner, Initiative) else Organisation)
    return found if isinstance(found, (Activity, Organisation)) and found.xml else None

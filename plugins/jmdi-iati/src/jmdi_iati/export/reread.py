"""What the importer makes of an activity's own XML, to see what changed in the records since."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

import attrs

from jmdi import Initiative, Participates, Record, Source, Vocabulary
from jmdi_iati.facets import Activity
from jmdi_iati.meaning.activity import fill
from jmdi_iati.meaning.draft import Draft, Run
from jmdi_iati.meaning.initiative import facet_of, records
from jmdi_iati.problems.report import Report
from jmdi_iati.standard.words import words_of
from jmdi_iati.standard.xml import Element, new

__all__ = ["Reading", "alone", "reread"]

R = TypeVar("R", bound=Record)


@attrs.frozen(slots=True)
class Reading:
    """An activity as it was imported.

    Attributes:
        initiative: The initiative.
        records: All records, by id.
        participants: The elements behind each participation, by its id.
        refs: Ids of the territories of its locations, by what it calls them.
        language: The language of narratives that do not say theirs.
    """

    initiative: Initiative
    records: Mapping[str, Record]
    participants: Mapping[str, Sequence[Element]]
    refs: Mapping[str, str]
    language: str

    def of(self, kind: type[R]) -> list[R]:
        """The records of a kind, in the order of their elements."""
        return [record for record in self.records.values() if isinstance(record, kind)]

    def behind(self, kind: type[R], parts: Sequence[Element]) -> list[tuple[R, Element]]:
        """Each record of a kind with its element; none where the kind was not to be read."""
        records = self.of(kind)
        return list(zip(records, parts, strict=True)) if records else []

    @property
    def facet(self) -> Activity:
        """What the activity says beyond the core's fields."""
        return self.initiative.facet(Activity) or Activity()


def reread(
    element: Element,
    id: str,
    vocabularies: Mapping[str, Vocabulary],
    unread: Collection[str] = (),
) -> Reading:
    """Reads an activity of 2.03 shape again.

    Args:
        element: The activity, without comments.
        id: The id of its initiative.
        vocabularies: The vocabularies of its model, by scheme.
        unread: What was not to be read of it.
    """
    money, results = "money" not in unread, "results" not in unread
    run = Run(Report(), vocabularies, money=money, results=results)
    draft = Draft.of(element, id, Source(), run)
    fill(element, draft)
    named = element.find("iati-identifier")
    identifier = None if named is None else words_of(named) or None
    found = {r.id: r for r in records(draft, identifier, facet_of(element, draft))}
    initiative = found.pop(id)
    if not isinstance(initiative, Initiative):
        raise TypeError(f"{id} is the id of another record too")
    parts = [r.id for r in found.values() if isinstance(r, Participates)]
    mentions = zip(parts, draft.parts.values(), strict=True)
    behind = {id: [mention.element for mention in named] for id, named in mentions}
    return Reading(initiative, found, behind, draft.refs, draft.language)


def alone(
    child: Element, activity: Element, id: str, vocabularies: Mapping[str, Vocabulary]
) -> Reading:
    """What one element of an activity says."""
    stub = new("iati-activity")
    for name, value in activity.items():
        stub.set(name, value)
    for part in (activity.find("reporting-org"), child):
        if part is not None:
            stub.append(copy.copy(part))
    return reread(stub, id, vocabularies)

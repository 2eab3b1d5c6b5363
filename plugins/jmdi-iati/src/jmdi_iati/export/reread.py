"""What the importer makes of an element's own XML, to see what changed in the records since."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

import attrs

from jmdi import Participates, Record, Source, Vocabulary
from jmdi_iati.meaning.activity import fill
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.initiative import facet_of, records
from jmdi_iati.meaning.organisation import read_organisation
from jmdi_iati.meaning.run import Run
from jmdi_iati.problems.report import Report
from jmdi_iati.standard.upgrade import NEWEST
from jmdi_iati.standard.words import words_of
from jmdi_iati.standard.xml import Element, new

__all__ = ["Reading", "alone", "reread"]

R = TypeVar("R", bound=Record)
ORGANISATION = "iati-organisation"


@attrs.frozen(slots=True)
class Reading:
    """An activity or organisation as it was imported.

    Attributes:
        id: The id of its initiative or actor.
        records: All records, by id.
        draft: What was understood of its elements.
    """

    id: str
    records: Mapping[str, Record]
    draft: Draft

    @property
    def participants(self) -> Mapping[str, Sequence[Element]]:
        """The elements behind each participation, by its id."""
        mentions = zip(self.of(Participates), self.draft.joined.parts.values(), strict=True)
        return {part.id: [one.element for one in named] for part, named in mentions}

    def fresh(self) -> Draft:
        """A draft in which one of its elements can be read by itself."""
        run = Run(Report(), self.draft.run.vocabularies)
        language, currency = self.draft.language, self.draft.currency
        return Draft(run, self.id, language, currency, Source(), self.draft.publisher)

    def the(self, kind: type[R]) -> R:
        """The initiative or actor that it is about.

        Raises:
            TypeError: If another record has its id.
        """
        found = self.records[self.id]
        if not isinstance(found, kind):
            raise TypeError(f"{self.id} is the id of another record too")
        return found

    def of(self, kind: type[R]) -> list[R]:
        """The records of a kind, in the order of their elements."""
        return [record for record in self.records.values() if isinstance(record, kind)]

    def behind(self, kind: type[R], parts: Sequence[Element]) -> list[tuple[R, Element]]:
        """Each record of a kind with its element; none where the kind was not to be read."""
        records = self.of(kind)
        return list(zip(records, parts, strict=True)) if records else []


def reread(
    element: Element,
    id: str,
    vocabularies: Mapping[str, Vocabulary],
    unread: Collection[str] = (),
) -> Reading:
    """Reads an activity or organisation of 2.03 shape again.

    Args:
        element: The activity or organisation, without comments.
        id: The id of its initiative or actor.
        vocabularies: The vocabularies of its model, by scheme.
        unread: What was not to be read of it.
    """
    money, results = "money" not in unread, "results" not in unread
    run = Run(Report(), vocabularies, money=money, results=results)
    draft = Draft.of(element, id, Source(), run)
    found: Iterable[Record]
    if element.tag == ORGANISATION:
        found = read_organisation(element, "", NEWEST, draft)
    else:
        fill(element, draft)
        named = element.find("iati-identifier")
        identifier = None if named is None else words_of(named) or None
        found = records(draft, identifier, facet_of(element, draft))
    return Reading(id, {record.id: record for record in found}, draft)


def alone(
    child: Element, parent: Element, id: str, vocabularies: Mapping[str, Vocabulary]
) -> Reading:
    """What one element of an activity or organisation says."""
    stub = new(parent.tag)
    for name, value in parent.items():
        stub.set(name, value)
    for tag in ("organisation-identifier", "reporting-org"):
        if (part := parent.find(tag)) is not None:
            stub.append(copy.copy(part))
    stub.append(copy.copy(child))
    return reread(stub, id, vocabularies)

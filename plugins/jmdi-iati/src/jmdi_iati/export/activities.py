"""Writes initiatives as IATI activities of version 2.03.

An initiative that was read from IATI is written from its own XML, upgraded to 2.03, with what
has changed in the records since. One that was not is made of its records; what IATI requires and
they do not say is not invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, DataError, Dataset, Initiative, Participates, Problem, Relates, Where
from jmdi_iati.export import elements
from jmdi_iati.export.reread import reread
from jmdi_iati.facets import Activity, Organisation
from jmdi_iati.importer import EXTERNAL
from jmdi_iati.problems.codes import MESSAGES
from jmdi_iati.standard.order import put_in_order
from jmdi_iati.standard.upgrade import is_old, upgrade

__all__ = ["parsed", "upgraded", "write"]

ROOT = ("generated-datetime", "linked-data-default")
PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}


def write(dataset: Dataset, stream: BinaryIO, *, missing: str = "refuse") -> None:
    """Writes the initiatives of a Dataset.

    Args:
        dataset: The records. Initiatives that are only referred to are left out.
        stream: Where the bytes go.
        missing: ``refuse`` to write nothing when an initiative that was not read from IATI
            lacks what IATI requires; ``skip`` to leave it out.

    Raises:
        DataError: With a problem for each such initiative, or if there is none but
            organisation files, which have their own exporter.
    """
    writer = _Writer(dataset)
    found = [i for i in dataset.of(Initiative) if not is_external(i)]
    if not found and any(actor.facet(Organisation) for actor in dataset.of(Actor)):
        hint = "write them with the format iati:organisations"
        raise DataError([_problem("there are organisation files and no activity", hint=hint)])
    made = {i.id: writer.made(i) for i in found if writer.facet(i) is None}
    problems = [problem for i in found if i.id in made and (problem := _lacking(i, made[i.id]))]
    if problems and missing == "refuse":
        raise DataError(problems)
    refused = {problem.where.record for problem in problems}
    with etree.xmlfile(stream, encoding="utf-8") as out:
        out.write_declaration()
        with out.element("iati-activities", writer.root(found)):
            for initiative in found:
                if initiative.id in refused:
                    continue
                element = made.get(initiative.id)
                out.write("\n", writer.kept(initiative) if element is None else element)
            out.write("\n")


def is_external(initiative: Initiative) -> bool:
    """Whether only its identifier is known, because others refer to it."""
    return bool(initiative.sources) and all(s.method == EXTERNAL for s in initiative.sources)


def upgraded(facet: Activity) -> Any:
    """The activity of a facet as 2.03 writes it.

    Raises:
        DataError: If its XML is not well-formed.
    """
    element = parsed(facet.xml)
    if is_old(facet.version or "2"):
        upgrade(element)
    etree.cleanup_namespaces(element)
    return element


def parsed(xml: str | None) -> Any:
    """The element that a facet keeps.

    Raises:
        DataError: If its XML is not well-formed.
    """
    try:
        return etree.fromstring((xml or "").encode(), etree.XMLParser(**PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DataError([_problem(f"the XML that was kept of it is damaged: {error}")]) from None


def _problem(what: str, record: str | None = None, hint: str | None = None) -> Problem:
    severity, message, usual = MESSAGES["I601"]
    where = Where(record=record)
    text = message.format(what=what)
    return Problem("iati:I601", severity, text, where, hint=hint or usual, plugin="iati")


def _lacking(initiative: Initiative, element: Any) -> Problem | None:
    lacks = elements.missing(element)
    return _problem(f"it lacks {', '.join(lacks)}", initiative.id) if lacks else None


@attrs.define(slots=True)
class _Writer:
    """Writes the initiatives of one dataset."""

    dataset: Dataset

    def facet(self, initiative: Initiative) -> Activity | None:
        """What IATI said of it; ``None`` if it was not read from IATI."""
        facet = initiative.facet(Activity)
        return facet if facet is not None and facet.xml else None

    def root(self, found: list[Initiative]) -> dict[str, str]:
        """Attributes of the root: those that all activities share, without those of others."""
        facets = [facet for i in found if (facet := self.facet(i)) is not None]
        shared = dict(facets[0].root) if facets else {}
        for facet in facets[1:]:
            shared = {k: v for k, v in shared.items() if facet.root.get(k) == v}
        return {"version": "2.03", **{k: elements.legal(v) for k, v in shared.items() if k in ROOT}}

    def kept(self, initiative: Initiative) -> Any:
        """The activity as it was read, with what changed in the records since."""
        facet = self.facet(initiative)
        assert facet is not None
        element = upgraded(facet)
        self._patch(element, initiative, facet)
        element.tail = None
        return element

    def _patch(self, element: Any, initiative: Initiative, facet: Activity) -> None:
        before = reread(element, facet, initiative, self.dataset.model.catalog.vocabularies)
        changed = [
            field
            for field in elements.FIELDS
            if getattr(before.initiative, field) != getattr(initiative, field)
        ]
        for field in changed:
            for tag in elements.FIELDS[field]:
                for part in element.findall(tag):
                    if elements.belongs(part, field):
                        element.remove(part)
        element.extend(elements.described(initiative, changed, self.dataset))
        moved = self._participants(element, initiative, before.participants)
        if changed or moved:
            put_in_order(element)

    def _participants(
        self, element: Any, initiative: Initiative, before: dict[str, list[Any]]
    ) -> bool:
        """Takes out organisations whose relation is gone, and adds those that are new."""
        now = {r.id: r for r in self.dataset.in_(initiative.id, Participates)}
        for gone in [id for id in before if id not in now]:
            for part in before[gone]:
                element.remove(part)
        new = [relation for id, relation in now.items() if id not in before]
        element.extend(self._participations(new))
        return bool(new) or before.keys() != now.keys()

    def _participations(self, relations: list[Participates]) -> Iterator[Any]:
        for relation in relations:
            made = elements.participation(relation, self.dataset)
            if made is not None:
                yield made

    def made(self, initiative: Initiative) -> Any:
        """An activity of what the records say."""
        element = etree.Element("iati-activity")
        identifiers = self._identifier(initiative)
        if identifiers:
            etree.SubElement(element, "iati-identifier").text = elements.legal(identifiers)
        publisher = next((s.publisher for s in initiative.sources if s.publisher), None)
        actor = self.dataset.find(publisher, Actor) if publisher else None
        if actor is not None:
            vocabularies = self.dataset.model.catalog.vocabularies
            made = elements.organisation("reporting-org", actor, vocabularies=vocabularies)
            element.append(made)
        element.extend(elements.described(initiative, elements.FIELDS, self.dataset))
        element.extend(self._participations(list(self.dataset.in_(initiative.id, Participates))))
        element.extend(self._related(initiative))
        put_in_order(element)
        return element

    def _related(self, initiative: Initiative) -> Iterator[Any]:
        relations = (
            *self.dataset.out(initiative.id, Relates),
            *self.dataset.in_(initiative.id, Relates),
        )
        for relation in relations:
            ends = (relation.source, relation.target)
            others = {
                id: self._identifier(i)
                for id in ends
                if (i := self.dataset.find(id, Initiative)) is not None
            }
            known = {id: text for id, text in others.items() if text}
            made = elements.related(relation, initiative, known, self.dataset)
            if made is not None:
                yield made

    def _identifier(self, initiative: Initiative) -> str | None:
        return next(
            (i.value for i in initiative.identifiers if i.scheme == "iati-identifier"), None
        )

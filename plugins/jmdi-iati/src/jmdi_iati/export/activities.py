"""Writes initiatives as IATI activities of version 2.03.

An initiative that was read from IATI is written from its own XML, upgraded to 2.03, with what
has changed in the records since. Any other is made of its records; what IATI requires and they
do not say is not invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, DataError, Dataset, Initiative, Participates, Problem, Relates, Where
from jmdi.files.safe_xml import legal
from jmdi_iati.export import elements
from jmdi_iati.export.reread import reread
from jmdi_iati.facets import Activity, Organisation
from jmdi_iati.importer import EXTERNAL
from jmdi_iati.problems.codes import MESSAGES
from jmdi_iati.standard.schema import put_in_order
from jmdi_iati.standard.upgrade import is_old, upgrade
from jmdi_iati.standard.xml import SAFE, Element, new, sub

__all__ = ["kept", "write"]

ROOT = ("generated-datetime", "linked-data-default")
"""Attributes of the root that 2.03 has, besides the version."""


def write(
    dataset: Dataset, stream: BinaryIO, *, missing: Literal["refuse", "skip"] = "refuse"
) -> None:
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
    found = [i for i in dataset.of(Initiative) if not _is_external(i)]
    if not found and any(actor.facet(Organisation) for actor in dataset.of(Actor)):
        cure = "write them with --to iati:organisations, or format='iati:organisations'"
        raise DataError([_problem("there are organisation files and no activity", cure=cure)])
    made = {i.id: _made(i, dataset) for i in found if _facet(i) is None}
    lacking = {id: lacks for id, element in made.items() if (lacks := elements.missing(element))}
    if lacking and missing == "refuse":
        raise DataError(
            [_problem(f"it lacks {', '.join(lacks)}", id) for id, lacks in lacking.items()]
        )
    with etree.xmlfile(stream, encoding="utf-8") as out:
        out.write_declaration()
        with out.element("iati-activities", _root(found)):
            for initiative in found:
                facet = _facet(initiative)
                if facet is not None:
                    out.write("\n", _patched(initiative, facet, dataset))
                elif initiative.id not in lacking:
                    out.write("\n", made[initiative.id])
            out.write("\n")


def kept(facet: Activity | Organisation) -> Element:
    """The element that a facet keeps, as 2.03 writes it.

    Raises:
        DataError: If its XML is not well-formed.
    """
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, **SAFE)
    try:
        element: Element = etree.fromstring((facet.xml or "").encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DataError([_problem(f"the XML that was kept of it is damaged: {error}")]) from None
    if is_old(facet.version or "2"):
        upgrade(element)
    etree.cleanup_namespaces(element)
    return element


def _is_external(initiative: Initiative) -> bool:
    """Whether only its identifier is known, because others refer to it."""
    return bool(initiative.sources) and all(s.method == EXTERNAL for s in initiative.sources)


def _facet(initiative: Initiative) -> Activity | None:
    """What IATI said of it; ``None`` if it was not read from IATI."""
    facet = initiative.facet(Activity)
    return facet if facet is not None and facet.xml else None


def _problem(what: str, record: str | None = None, cure: str | None = None) -> Problem:
    message = MESSAGES["I601"]
    text, where = message.text.format(what=what), Where(record=record)
    return Problem(
        "iati:I601", message.severity, text, where, cure=cure or message.cure, plugin="iati"
    )


def _root(found: Iterable[Initiative]) -> dict[str, str]:
    """Attributes of the root: those that all activities were read with."""
    roots = [facet.root for initiative in found if (facet := _facet(initiative)) is not None]
    shared = {"version": "2.03"}
    for name in ROOT:
        values = {root.get(name) for root in roots}
        if len(values) == 1 and (value := values.pop()) is not None:
            shared[name] = legal(value)
    return shared


def _patched(initiative: Initiative, facet: Activity, dataset: Dataset) -> Element:
    """The activity as it was read, with what changed in the records since."""
    element = kept(facet)
    before = reread(element, facet, initiative, dataset.model.catalog.vocabularies)
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
    element.extend(elements.described(initiative, changed, dataset))
    now = {relation.id: relation for relation in dataset.in_(initiative.id, Participates)}
    for gone in before.participants.keys() - now.keys():
        for part in before.participants[gone]:
            element.remove(part)
    new_ones = [relation for id, relation in now.items() if id not in before.participants]
    element.extend(_participations(new_ones, dataset))
    if changed or now.keys() != before.participants.keys():
        put_in_order(element)
    element.tail = None
    return element


def _made(initiative: Initiative, dataset: Dataset) -> Element:
    """An activity of what the records say."""
    element = new("iati-activity")
    if identifier := elements.identifier_of(initiative):
        sub(element, "iati-identifier", identifier)
    publisher = next((s.publisher for s in initiative.sources if s.publisher), None)
    reporter = dataset.find(publisher, Actor) if publisher else None
    if reporter is not None:
        vocabularies = dataset.model.catalog.vocabularies
        element.append(elements.organisation("reporting-org", reporter, vocabularies=vocabularies))
    element.extend(elements.described(initiative, elements.FIELDS, dataset))
    element.extend(_participations(dataset.in_(initiative.id, Participates), dataset))
    for relations in (dataset.out(initiative.id, Relates), dataset.in_(initiative.id, Relates)):
        for relation in relations:
            if (other := elements.related(relation, initiative, dataset)) is not None:
                element.append(other)
    put_in_order(element)
    return element


def _participations(relations: Iterable[Participates], dataset: Dataset) -> Iterator[Element]:
    for relation in relations:
        if (made := elements.participation(relation, dataset)) is not None:
            yield made

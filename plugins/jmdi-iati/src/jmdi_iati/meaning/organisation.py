"""An organisation's own file: its names, its money for others, its publications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from json.encoder import encode_basestring

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, Identifier, Record, make_id
from jmdi.model.frozen import EMPTY
from jmdi_iati.facets import Organisation
from jmdi_iati.meaning.actors import actor_type, claim_of, meet
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.identity import reference
from jmdi_iati.meaning.money import budgets
from jmdi_iati.meaning.money.ties import ties
from jmdi_iati.meaning.publications import PUBLICATIONS, link_of, publication
from jmdi_iati.standard.upgrade import is_old, upgrade
from jmdi_iati.standard.words import text_of, words_of
from jmdi_iati.standard.xml import Element

__all__ = ["read_organisation"]

NAMED = frozenset({"organisation-identifier", "name"})
"""Elements that are read before the others."""


def read_organisation(
    element: Element,
    xml: str | None,
    version: str,
    draft: Draft,
    root: Mapping[str, str] = EMPTY,
) -> Iterator[Record]:
    """The records of an organisation.

    Args:
        element: An ``iati-organisation``.
        xml: Its text as published, if that is XML by itself.
        version: The version it is written in.
        draft: Holds language, currency and source; its id is set here.
        root: Attributes of its document's root.
    """
    published = xml or etree.tostring(element, encoding="unicode", with_tail=False)
    if is_old(version):
        upgrade(element)
    named = element.find("organisation-identifier")
    written = words_of(named) if named is not None else ""
    found = reference(written)
    name = element.find("name")
    names = {} if name is None else text_of(name, draft.language)
    key = (
        ("org-id", found.scheme, found.value)
        if found.identifies
        else ("iati-ref", written, written)
    )
    draft.id = draft.reporter = make_id("actor", *key)
    draft.publisher = f"{found.scheme}-{found.value}" if found.identifies else written
    meet(element, draft)
    yield from _itself(
        element,
        draft,
        names,
        written,
        Organisation(
            version=version,
            xml=published,
            root=root,
            updated=element.get("last-updated-datetime"),
        ),
    )
    for child in element:
        if child.tag in budgets.ORGANISATION:
            budgets.of_organisation(child, draft)
        elif child.tag == "document-link":
            _document(child, draft)
        elif child.tag == "reporting-org":
            _leave_reporter(child, written, names, draft)
        elif child.tag[:1] == "{":
            draft.run.report.add("I505", child.tag.rpartition("}")[2])
        elif child.tag not in NAMED:
            draft.run.report.add("I507", child.tag)
    yield from draft.out
    yield from draft.after
    yield from ties(draft)


def _document(child: Element, draft: Draft) -> None:
    """A document; one that is no publication stays in the XML."""
    link = link_of(child, draft)
    if PUBLICATIONS.keys().isdisjoint(category.code for category in link.categories):
        draft.run.report.add("I507", "document-link", value=link.url)
    elif (product := publication(child, link, None, draft)) is not None:
        draft.after.append(product)
    if child.find("recipient-country") is not None:
        draft.run.report.add("I507", "document-link/recipient-country")


def _leave_reporter(child: Element, written: str, names: Mapping[str, str], draft: Draft) -> None:
    """Counts what is said of who reports the file, if that is somebody else or another name."""
    said = text_of(child, draft.language)
    if (ref := child.get("ref", "").strip()) != written.strip():
        draft.run.report.add("I507", "reporting-org", value=ref or next(iter(said.values()), None))
    elif not said.items() <= names.items():
        draft.run.report.add("I507", "words of reporting-org", value=next(iter(said.values())))


def _itself(
    element: Element, draft: Draft, names: dict[str, str], written: str, facet: Organisation
) -> Iterator[Record]:
    """The actor; if an activity gave it already, its names as claims."""
    found = reference(written)
    reporting = element.find("reporting-org")
    kind = ""
    if reporting is not None and reporting.get("ref", "").strip() == written.strip():
        kind = reporting.get("type", "")
    if draft.run.first(draft.id):
        scheme, value = (found.scheme, found.value) if found.identifies else ("iati-ref", written)
        yield Actor(
            id=draft.id,
            names=names,
            type=actor_type(kind, found, names.values(), draft.run),
            country=found.country,
            identifiers=(Identifier(scheme, value, found.words),) if written else (),
            sources=draft.sources,
            facets={"iati:organisation": facet},
        )
        return
    draft.run.report.add("I406", value=written)
    draft.run.report.add("I508", value=written)
    for lang, words in names.items():
        yield claim_of(draft.id, f"/names/{lang}", encode_basestring(words), draft)

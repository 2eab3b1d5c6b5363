"""Values of records as elements of IATI 2.03; ``None`` where it has none for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jmdi import (
    Actor,
    Code,
    Dataset,
    Identifier,
    Initiative,
    Participates,
    Place,
    Relates,
    Territory,
    Vocabulary,
)
from jmdi.files.safe_xml import legal
from jmdi.model.vocabularies import match
from jmdi_iati.facets import Condition, Link, Location, Scope
from jmdi_iati.meaning.codes import DEFAULTS, GOALS, SECTOR_SCHEMES, TAG_SCHEMES
from jmdi_iati.meaning.places import VOCABULARIES
from jmdi_iati.standard.numbers import HUNDRED
from jmdi_iati.standard.upgrade_tables import WGS84
from jmdi_iati.standard.xml import Element, narrated, new, sub

__all__ = [
    "classified",
    "coded",
    "condition",
    "document",
    "goal",
    "identifier_of",
    "is_goal",
    "location",
    "organisation",
    "other_identifier",
    "participation",
    "percent",
    "recipient",
    "related",
    "scope",
    "sector",
]

OWN = "99"
"""What IATI calls a vocabulary that it has no code for."""

GAZETTEERS = {scheme: number for number, scheme in VOCABULARIES.items()}
OTHER_IDENTIFIER = "iati-other-"
SECTOR_VOCABULARIES = {scheme: number for number, scheme in SECTOR_SCHEMES.items()}
TAG_VOCABULARIES = {scheme: number for number, scheme in TAG_SCHEMES.items()}
DEFAULT_TAGS = {scheme: tag for tag, scheme in DEFAULTS.items()}


def percent(share: Decimal) -> str:
    """A share of 1 as a percentage."""
    return format((share * HUNDRED).normalize(), "f")


def coded(
    tag: str, code: Code | None, scheme: str, vocabularies: Mapping[str, Vocabulary]
) -> Element | None:
    """An element of one code of a list, such as a status; a code that is in no list stays."""
    if code is None:
        return None
    number = match(vocabularies, code, scheme)
    vocabulary = vocabularies.get(code.scheme)
    if number is None and (vocabulary is None or vocabulary.get(code.code) is None):
        number = code.code
    return None if number is None else new(tag, code=number)


def recipient(place: Place, territory: Territory | None) -> Element | None:
    """A recipient country or region, or a location."""
    if territory is None:
        return None
    code = territory.code
    share = {} if place.share is None else {"percentage": percent(place.share)}
    if territory.facet(Location) is not None or code is None:
        return location(territory)
    if code.scheme == "iso-3166-1":
        return new("recipient-country", code=code.code, **share)
    if code.scheme.startswith("iati-region"):
        number = code.scheme.removeprefix("iati-region").lstrip("-") or "1"
        return new("recipient-region", code=code.code, vocabulary=number, **share)
    return location(territory)


def location(territory: Territory) -> Element:
    """A location."""
    said = territory.facet(Location) or Location()
    element = new("location")
    if territory.code is not None and (number := _gazetteer(territory.code)):
        sub(element, "location-id", vocabulary=number, code=territory.code.code)
    for tag, words in (("name", territory.names), ("description", territory.description)):
        if words:
            element.append(narrated(tag, words))
    for code in said.administrative:
        if number := _gazetteer(code):
            sub(element, "administrative", vocabulary=number, code=code.code)
    point = said.point
    if point is None and said.latitude is not None and said.longitude is not None:
        point = f"{said.latitude} {said.longitude}"
    if point is not None:
        sub(sub(element, "point", srsName=WGS84), "pos", point)
    for code in said.codes:
        sub(element, code.scheme.removeprefix("iati-"), code=code.code)
    return element


def _gazetteer(code: Code) -> str | None:
    """The number of a list of places."""
    scheme = "iso-3166" if code.scheme.startswith("iso-3166") else code.scheme
    return GAZETTEERS.get(scheme)


def sector(code: Code, share: Decimal | None) -> Element:
    """A sector; where IATI does not know its vocabulary, with words."""
    number = SECTOR_VOCABULARIES.get(code.scheme) or _number(code.scheme, "iati-sector-")
    element = new("sector", vocabulary=number, code=code.code)
    if number in ("98", OWN):
        sub(element, "narrative", code.words or str(code))
    if share is not None:
        element.set("percentage", percent(share))
    return element


def goal(code: Code) -> Element:
    """A goal as a tag; one that IATI has no list for with an address of its list."""
    number = TAG_VOCABULARIES.get(code.scheme, OWN)
    element = new("tag", vocabulary=number, code=code.code)
    if number == OWN:
        element.set("vocabulary-uri", legal(f"urn:jmdi:{code.scheme}"))
        sub(element, "narrative", str(code))
    return element


def classified(code: Code) -> Element | None:
    """A policy marker, a tag, or a default of the activity."""
    if tag := DEFAULT_TAGS.get(code.scheme):
        return new(tag, code=code.code)
    if code.scheme.startswith("iati-policy-marker"):
        number = _number(code.scheme, "iati-policy-marker-", "1")
        element = new("policy-marker", vocabulary=number, code=code.code)
        if code.words and code.words.startswith("significance "):
            element.set("significance", legal(code.words.removeprefix("significance ")))
        return element
    if code.scheme in TAG_VOCABULARIES or code.scheme.startswith("iati-tag-"):
        number = TAG_VOCABULARIES.get(code.scheme) or _number(code.scheme, "iati-tag-")
        element = new("tag", vocabulary=number, code=code.code)
        if code.words:
            sub(element, "narrative", code.words)
        return element
    return None


def _number(scheme: str, prefix: str, default: str = OWN) -> str:
    """The number of a vocabulary in a scheme such as ``iati-sector-98:publisher``."""
    return scheme.removeprefix(prefix).partition(":")[0] if scheme.startswith(prefix) else default


def scope(found: Scope) -> Element:
    """A humanitarian scope."""
    number = _number(found.code.scheme, "iati-humanitarian-scope-")
    said = {"type": found.type.code} if found.type else {}
    return narrated(
        "humanitarian-scope", found.words, vocabulary=number, code=found.code.code, **said
    )


def condition(found: Condition) -> Element:
    """A condition."""
    said = {"type": found.type.code} if found.type else {}
    return narrated("condition", found.words, **said)


def document(link: Link) -> Element:
    """A document link."""
    said = {"url": link.url, "format": link.format}
    element = new("document-link", **{name: text for name, text in said.items() if text})
    for tag, words in (("title", link.title), ("description", link.description)):
        if words:
            element.append(narrated(tag, words))
    for code in link.categories:
        sub(element, "category", code=code.code)
    for language in link.languages:
        sub(element, "language", code=language)
    if link.date is not None:
        sub(element, "document-date", **{"iso-date": link.date.isoformat()})
    return element


def other_identifier(identifier: Identifier) -> Element | None:
    """Another identifier of the activity."""
    if identifier.scheme == "iati-identifier":
        return None
    kind = identifier.scheme.removeprefix(OTHER_IDENTIFIER)
    return new("other-identifier", ref=identifier.value, type=kind if kind != "none" else "")


def organisation(
    tag: str, actor: Actor, *, vocabularies: Mapping[str, Vocabulary], **attributes: str
) -> Element:
    """An element that names an actor.

    Args:
        tag: Its name.
        actor: The actor.
        vocabularies: The vocabularies of the actor's model, by scheme: they say which of
            IATI's organisation types its type is, or falls under.
        **attributes: More attributes of the element.
    """
    if actor.identifiers:
        first = actor.identifiers[0]
        whole = first.scheme in ("iati-ref", "iati-publisher", "iati-organisation-identifier")
        attributes["ref"] = first.value if whole else f"{first.scheme}-{first.value}"
    if actor.type is not None:
        number = match(vocabularies, actor.type, "iati-organisation-type")
        if number is not None:  # "other" would say that none of IATI's types fits
            attributes["type"] = number
    return narrated(tag, actor.names, **attributes)


def participation(
    relation: Participates, actor: Actor | None, vocabularies: Mapping[str, Vocabulary]
) -> Element | None:
    """A participating organisation; ``None`` where IATI lacks the role, as of an audience."""
    role = match(vocabularies, relation.role, "iati-organisation-role")
    if actor is None or role is None:
        return None
    return organisation("participating-org", actor, vocabularies=vocabularies, role=role)


def related(relation: Relates, initiative: Initiative, dataset: Dataset) -> Element | None:
    """A related activity, seen from one end; ``None`` where the other has no identifier."""
    forward = relation.source == initiative.id
    other = dataset.find(relation.target if forward else relation.source, Initiative)
    ref = None if other is None else identifier_of(other)
    number = match(dataset.model.catalog.vocabularies, relation.type, "iati-related-activity-type")
    if ref is None or number is None:
        return None
    if not forward:  # the parent of one is the child of the other; the other types have no side
        number = {"1": "2", "2": "1"}.get(number, number)
    return new("related-activity", ref=ref, type=number)


def identifier_of(initiative: Initiative) -> str | None:
    """The identifier of an initiative in IATI; ``None`` if it has none."""
    known = (one.value for one in initiative.identifiers if one.scheme == "iati-identifier")
    return next(known, None) or None


def is_goal(code: Code) -> bool:
    """Whether a code is one of a goal."""
    return code.scheme in GOALS

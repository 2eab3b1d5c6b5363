"""What a record says in core fields, as elements of IATI 2.03."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, Dataset, Initiative, Participates, Relates, Territory, Vocabulary
from jmdi.model.vocabularies import match
from jmdi_iati.meaning.activity import GOALS, SCHEMES, TAGS
from jmdi_iati.standard.words import XML_LANG

__all__ = [
    "FIELDS",
    "belongs",
    "described",
    "legal",
    "missing",
    "organisation",
    "participation",
    "related",
]

OTHER = "90"
"""What IATI calls a type of organisation that it has no code for."""

VOCABULARY_NUMBERS = {scheme: number for number, scheme in SCHEMES.items()}
TAG_NUMBERS = {scheme: number for number, scheme in TAGS.items()}

FIELDS: Mapping[str, tuple[str, ...]] = {
    "names": ("title",),
    "description": ("description",),
    "status": ("activity-status",),
    "scope": ("activity-scope",),
    "period": ("activity-date",),
    "places": ("recipient-country", "recipient-region", "location"),
    "sectors": ("sector",),
    "goals": ("tag", "sector"),
    "budget": ("budget",),
}
"""The elements that a core field of an initiative is written as."""


def belongs(part: Any, field: str) -> bool:
    """Whether an element says what a field holds: goals and sectors share theirs."""
    vocabulary = (part.get("vocabulary") or "1").strip()
    if part.tag == "tag":
        return TAGS.get(vocabulary) in GOALS
    if part.tag == "sector":
        return (SCHEMES.get(vocabulary) in GOALS) == (field == "goals")
    return True


def _narrated(tag: str, text: Mapping[str, str], **attributes: str) -> Any:
    element = etree.Element(tag, attributes)
    for lang, words in text.items():
        narrative = etree.SubElement(element, "narrative")
        narrative.text = legal(words)
        if lang != "und":
            narrative.set(XML_LANG, legal(lang))
    return element


def legal(words: str) -> str:
    """Words without the characters that XML forbids."""
    return "".join(
        c
        for c in words
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def described(initiative: Initiative, fields: Iterable[str], dataset: Dataset) -> list[Any]:
    """The elements of these fields of an initiative."""
    made: list[Any] = []
    for field in fields:
        made += _MAKERS[field](initiative, dataset)
    return made


def _title(initiative: Initiative, _: Dataset) -> list[Any]:
    return [_narrated("title", initiative.names)] if initiative.names else []


def _description(initiative: Initiative, _: Dataset) -> list[Any]:
    words = initiative.description
    return [_narrated("description", words, type="1")] if words else []


def _status(initiative: Initiative, dataset: Dataset) -> list[Any]:
    status = initiative.status
    if status is None:
        return []
    number = (
        match(dataset.model.catalog.vocabularies, status, "iati-activity-status") or status.code
    )
    return [etree.Element("activity-status", code=legal(number))]


def _scope(initiative: Initiative, dataset: Dataset) -> list[Any]:
    number = match(dataset.model.catalog.vocabularies, initiative.scope, "iati-activity-scope")
    return [etree.Element("activity-scope", code=number)] if number else []


def _dates(initiative: Initiative, _: Dataset) -> list[Any]:
    """Start and end as planned dates: the core does not say whether they are actual."""
    period = initiative.period
    bounds = (("1", period.start), ("3", period.end)) if period else ()
    return [
        etree.Element("activity-date", {"type": kind, "iso-date": day.isoformat()})
        for kind, day in bounds
        if day is not None
    ]


def _places(initiative: Initiative, dataset: Dataset) -> list[Any]:
    made = []
    for place in initiative.places:
        territory = dataset.find(place.territory, Territory) if place.territory else None
        if territory is None or territory.code is None:
            continue
        code = territory.code
        if code.scheme == "iso-3166-1":
            element = etree.Element("recipient-country", code=legal(code.code))
        elif code.scheme == "iati-region":
            element = etree.Element("recipient-region", code=legal(code.code), vocabulary="1")
        else:
            element = etree.Element("location")
            if territory.names:
                element.append(_narrated("name", territory.names))
        if place.share is not None and element.tag != "location":
            element.set("percentage", format((place.share * 100).normalize(), "f"))
        made.append(element)
    return made


def _sectors(initiative: Initiative, _: Dataset) -> list[Any]:
    made = []
    for code in initiative.sectors:
        number = VOCABULARY_NUMBERS.get(code.scheme, "99")
        element = etree.Element("sector", vocabulary=number, code=legal(code.code))
        if number == "99":
            etree.SubElement(element, "narrative").text = legal(code.words or str(code))
        made.append(element)
    return made


def _goals(initiative: Initiative, _: Dataset) -> list[Any]:
    made = []
    for code in initiative.goals:
        number = TAG_NUMBERS.get(code.scheme, "99")
        element = etree.Element("tag", vocabulary=number, code=legal(code.code))
        if number == "99":
            element.set("vocabulary-uri", legal(f"urn:jmdi:{code.scheme}"))
            etree.SubElement(element, "narrative").text = legal(str(code))
        made.append(element)
    return made


def _budget(initiative: Initiative, _: Dataset) -> list[Any]:
    """Budgets need a period and a day in IATI; those of the initiative's period have both."""
    period = initiative.period
    start, end = (period.start, period.end) if period else (None, None)
    made = []
    for money in initiative.budget:
        if money.amount is None or start is None or end is None:
            continue
        element = etree.Element("budget")
        etree.SubElement(element, "period-start", {"iso-date": start.isoformat()})
        etree.SubElement(element, "period-end", {"iso-date": end.isoformat()})
        day = (money.date or start).isoformat()
        value = etree.SubElement(element, "value", {"value-date": day})
        if money.currency:
            value.set("currency", legal(money.currency))
        value.text = format(money.amount, "f")
        made.append(element)
    return made


_MAKERS = {
    "names": _title,
    "description": _description,
    "status": _status,
    "scope": _scope,
    "period": _dates,
    "places": _places,
    "sectors": _sectors,
    "goals": _goals,
    "budget": _budget,
}


def reference_of(actor: Actor) -> str | None:
    """The reference of an actor as IATI writes it; ``None`` if it has no identifier."""
    for one in actor.identifiers:
        if one.scheme in ("iati-ref", "iati-publisher", "iati-organisation-identifier"):
            return one.value
        return f"{one.scheme}-{one.value}"
    return None


def organisation(
    tag: str, actor: Actor, *, vocabularies: Mapping[str, Vocabulary], **attributes: str
) -> Any:
    """An element that names an actor.

    Args:
        tag: Its name.
        actor: The actor.
        vocabularies: The vocabularies of the actor's model, by scheme: they say which of
            IATI's organisation types its type is, or falls under.
        **attributes: More attributes of the element.
    """
    element = _narrated(tag, actor.names, **attributes)
    if ref := reference_of(actor):
        element.set("ref", legal(ref))
    if actor.type is not None:
        element.set("type", match(vocabularies, actor.type, "iati-organisation-type") or OTHER)
    return element


def participation(relation: Participates, dataset: Dataset) -> Any | None:
    """A participating organisation; ``None`` where IATI lacks the role, as of an audience."""
    vocabularies = dataset.model.catalog.vocabularies
    actor = dataset.find(relation.source, Actor)
    role = match(vocabularies, relation.role, "iati-organisation-role")
    if actor is None or role is None:
        return None
    return organisation("participating-org", actor, vocabularies=vocabularies, role=role)


def related(
    relation: Relates, initiative: Initiative, others: Mapping[str, str], dataset: Dataset
) -> Any | None:
    """A related activity, seen from one end; ``None`` where the other has no identifier."""
    forward = relation.source == initiative.id
    other = others.get(relation.target if forward else relation.source)
    number = match(dataset.model.catalog.vocabularies, relation.type, "iati-related-activity-type")
    if other is None or number is None:
        return None
    if not forward:
        number = {"1": "2", "2": "1"}.get(number, number)
    return etree.Element("related-activity", ref=legal(other), type=number)


def missing(element: Any) -> Sequence[str]:
    """What 2.03 requires of an activity and this one lacks."""
    needed = (
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "activity-status",
        "activity-date",
    )
    found = [tag for tag in needed if element.find(tag) is None]
    reporting_org = element.find("reporting-org")
    if reporting_org is not None:
        found += [f"reporting-org/@{a}" for a in ("ref", "type") if not reporting_org.get(a)]
    return found

"""What the core fields of records say, as elements of IATI 2.03."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from jmdi import Actor, Code, Dataset, Initiative, Participates, Relates, Territory, Vocabulary
from jmdi.files.safe_xml import legal
from jmdi.model.vocabularies import match
from jmdi_iati.meaning.codes import GOALS, SECTOR_SCHEMES, TAG_SCHEMES
from jmdi_iati.standard.xml import Element, narrated, new, sub

__all__ = [
    "FIELDS",
    "belongs",
    "described",
    "identifier_of",
    "missing",
    "organisation",
    "participation",
    "related",
]

OWN = "99"
"""What IATI calls a vocabulary that it has no code for."""

SECTOR_VOCABULARIES = {scheme: number for number, scheme in SECTOR_SCHEMES.items()}
TAG_VOCABULARIES = {scheme: number for number, scheme in TAG_SCHEMES.items()}

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


def belongs(part: Element, field: str) -> bool:
    """Whether an element says what a field holds: goals and sectors share theirs."""
    vocabulary = part.get("vocabulary", "").strip() or "1"
    if part.tag == "tag":
        return TAG_SCHEMES.get(vocabulary) in GOALS
    if part.tag == "sector":
        return (SECTOR_SCHEMES.get(vocabulary) in GOALS) == (field == "goals")
    return True


def described(initiative: Initiative, fields: Iterable[str], dataset: Dataset) -> list[Element]:
    """The elements of these fields of an initiative."""
    made: list[Element] = []
    for field in fields:
        made += _MAKERS[field](initiative, dataset)
    return made


def _title(initiative: Initiative, _: Dataset) -> list[Element]:
    return [narrated("title", initiative.names)] if initiative.names else []


def _description(initiative: Initiative, _: Dataset) -> list[Element]:
    words = initiative.description
    return [narrated("description", words, type="1")] if words else []


def _status(initiative: Initiative, dataset: Dataset) -> list[Element]:
    status = initiative.status
    if status is None:
        return []
    number = match(dataset.model.catalog.vocabularies, status, "iati-activity-status")
    return [new("activity-status", code=number or status.code)]


def _scope(initiative: Initiative, dataset: Dataset) -> list[Element]:
    number = match(dataset.model.catalog.vocabularies, initiative.scope, "iati-activity-scope")
    return [new("activity-scope", code=number)] if number else []


def _dates(initiative: Initiative, _: Dataset) -> list[Element]:
    """Start and end as planned dates: the core does not say whether they are actual."""
    period = initiative.period
    bounds = (("1", period.start), ("3", period.end)) if period else ()
    return [
        new("activity-date", **{"type": kind, "iso-date": day.isoformat()})
        for kind, day in bounds
        if day is not None
    ]


def _places(initiative: Initiative, dataset: Dataset) -> list[Element]:
    made = []
    for place in initiative.places:
        territory = dataset.find(place.territory, Territory) if place.territory else None
        if territory is None or territory.code is None:
            continue
        code = territory.code
        if code.scheme == "iso-3166-1":
            element = new("recipient-country", code=code.code)
        elif code.scheme == "iati-region":
            element = new("recipient-region", code=code.code, vocabulary="1")
        else:
            element = new("location")
            if territory.names:
                element.append(narrated("name", territory.names))
        if place.share is not None and element.tag != "location":
            element.set("percentage", format((place.share * 100).normalize(), "f"))
        made.append(element)
    return made


def _sectors(initiative: Initiative, _: Dataset) -> list[Element]:
    return [
        _coded("sector", code, SECTOR_VOCABULARIES, code.words or str(code))
        for code in initiative.sectors
    ]


def _goals(initiative: Initiative, _: Dataset) -> list[Element]:
    made = [_coded("tag", code, TAG_VOCABULARIES, str(code)) for code in initiative.goals]
    for element, code in zip(made, initiative.goals, strict=True):
        if element.get("vocabulary") == OWN:
            element.set("vocabulary-uri", legal(f"urn:jmdi:{code.scheme}"))
    return made


def _coded(tag: str, code: Code, vocabularies: Mapping[str, str], words: str) -> Element:
    """An element of a code; where IATI does not know its vocabulary, with words."""
    number = vocabularies.get(code.scheme, OWN)
    element = new(tag, vocabulary=number, code=code.code)
    if number == OWN:
        sub(element, "narrative", words)
    return element


def _budget(initiative: Initiative, _: Dataset) -> list[Element]:
    """Budgets need a period and a day in IATI; those of the initiative's period have both."""
    period = initiative.period
    start, end = (period.start, period.end) if period else (None, None)
    if start is None or end is None:
        return []
    made = []
    for money in initiative.budget:
        if money.amount is None:
            continue
        element = new("budget")
        sub(element, "period-start", **{"iso-date": start.isoformat()})
        sub(element, "period-end", **{"iso-date": end.isoformat()})
        dated = {"value-date": (money.date or start).isoformat()}
        if money.currency:
            dated["currency"] = money.currency
        sub(element, "value", format(money.amount, "f"), **dated)
        made.append(element)
    return made


_MAKERS: Mapping[str, Callable[[Initiative, Dataset], list[Element]]] = {
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


def participation(relation: Participates, dataset: Dataset) -> Element | None:
    """A participating organisation; ``None`` where IATI lacks the role, as of an audience."""
    vocabularies = dataset.model.catalog.vocabularies
    actor = dataset.find(relation.source, Actor)
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


def missing(element: Element) -> Sequence[str]:
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
    reporter = element.find("reporting-org")
    if reporter is not None:
        found += [f"reporting-org/@{name}" for name in ("ref", "type") if not reporter.get(name)]
    return found

"""Recipient countries and regions, and locations, as territories."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring

from jmdi import Code, Place, Territory, code, make_id
from jmdi_iati.facets import Location
from jmdi_iati.meaning.actors import claim_of
from jmdi_iati.meaning.aside import URI, leave_aside
from jmdi_iati.meaning.draft import Draft, Recipient
from jmdi_iati.standard.codelists import codelist
from jmdi_iati.standard.numbers import HUNDRED, percentage
from jmdi_iati.standard.words import text_of, words_of
from jmdi_iati.standard.xml import Element

__all__ = [
    "is_whole",
    "location",
    "location_id",
    "named",
    "placed",
    "places",
    "recipient",
    "shares_of",
]

RENAMED: Mapping[str, str] = {"KS": "XK", "KO": "XK"}
"""Codes of Kosovo that publishers used before IATI chose one."""

VOCABULARIES: Mapping[str, str] = {
    "A1": "gaul",
    "A2": "salb",
    "A3": "gadm",
    "A4": "iso-3166",
    "G1": "geonames",
    "G2": "osm",
}
NATIONAL = code("governance-level", "national")
SUPRANATIONAL = code("governance-level", "supranational_region")
POINT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,20})?)[\s,]+([+-]?\d{1,3}(?:\.\d{1,20})?)\s*")
CODED = ("exactness", "location-reach", "location-class", "feature-designation")
TOLERANCE = Decimal("0.5")
"""How far shares may be from 100: publishers round each of them."""


def named(child: Element, draft: Draft) -> None:
    """A recipient country or region of an activity."""
    draft.said.countries.append(recipient(child, draft))


def recipient(child: Element, draft: Draft) -> Recipient:
    """A recipient country or region: its territory, its share, its words."""
    if len(child) or child.get(URI):
        leave_aside(child, draft)
    return (_country if child.tag == "recipient-country" else _region)(child, draft)


def _country(child: Element, draft: Draft) -> Recipient:
    written = child.get("code", "").strip()
    typed = written.upper()
    known = RENAMED.get(typed, typed)
    if known != typed:
        draft.run.report.add("I313", known, value=written)
    if known in codelist("Country"):
        id = _country_id(known)
        if draft.run.first(id):
            draft.out.append(_nation(id, known))
        return Recipient(id, known, "", child.get("percentage"))
    draft.run.report.add("I309", "recipient-country", value=written)
    return Recipient(None, written or words_of(child), "", child.get("percentage"))


@functools.cache
def _country_id(known: str) -> str:
    return make_id("territory", "iso-3166-1", known)


def _nation(id: str, known: str) -> Territory:
    return Territory(
        id=id,
        names=codelist("Country")[known].names,
        code=Code("iso-3166-1", known),
        country=known,
        level=NATIONAL,
    )


def _region(child: Element, draft: Draft) -> Recipient:
    """A recipient region, supranational; DAC regions are on the list."""
    written = child.get("code", "").strip()
    vocabulary = (child.get("vocabulary") or "").strip() or "1"
    words = text_of(child, draft.language)
    item = codelist("Region").get(written) if vocabulary == "1" else None
    if not written or (vocabulary == "1" and item is None):
        draft.run.report.add("I309", "recipient-region", value=written)
        typed = written or next(iter(words.values()), "")
        return Recipient(None, typed, vocabulary, child.get("percentage"))
    scheme = "iati-region" if vocabulary == "1" else f"iati-region-{vocabulary}"
    # 99 is the publisher's own list: its codes mean nothing beside those of another publisher.
    own = [draft.publisher] if vocabulary == "99" and draft.publisher else []
    id = make_id("territory", scheme, *own, written)
    if draft.run.first(id):
        draft.out.append(
            Territory(
                id=id,
                names=item.names if item else words,
                code=Code(scheme, written),
                level=SUPRANATIONAL,
                sources=() if item else draft.sources,
            )
        )
    return Recipient(id, written, vocabulary, child.get("percentage"))


def places(draft: Draft) -> tuple[Place, ...]:
    """The places of an activity, with their shares where these are known."""
    shares = _shares(draft) if draft.said.by_amount is None else draft.said.by_amount
    found = [placed(one, share) for one, share in zip(draft.said.countries, shares, strict=True)]
    return (*found, *(Place(id) for id in draft.said.locations))


def placed(one: Recipient, share: Decimal | None) -> Place:
    """A recipient with its share."""
    return _at(one.id, None if one.id else one.written or None, share)


@functools.lru_cache(maxsize=8192)
def _at(id: str | None, words: str | None, share: Decimal | None) -> Place:
    return Place(id, words, share)


def _shares(draft: Draft) -> list[Decimal | None]:
    """The shares of the recipients; none of a sole one that transactions disagree with."""
    recipients = draft.said.countries
    if len(recipients) == 1 and not recipients[0].percentage:
        return [Decimal(1) if _agrees_with_transactions(recipients[0], draft) else None]
    return shares_of(recipients, draft)


def shares_of(recipients: Sequence[Recipient], draft: Draft) -> list[Decimal | None]:
    """The share of each recipient, of 1; ``None`` where the file does not settle it.

    The standard gives a sole recipient without percentage 100, and asks that percentages add up
    to 100 over countries and the regions of one vocabulary. Regions of another vocabulary divide
    the same whole once more, with the countries or alone. So a region is sole in its vocabulary if
    no country is left that may divide the whole with it.
    """
    if len(recipients) == 1 and not recipients[0].percentage:
        return [Decimal(1)]
    stated = [percentage(one.percentage) if one.percentage else None for one in recipients]
    groups: dict[str, list[int]] = {"": []}
    for index, one in enumerate(recipients):
        groups.setdefault(one.vocabulary, []).append(index)
    countries = groups.pop("")
    known: set[int] = set()
    for group in (countries, *(g for r in groups.values() for g in (r, countries + r))):
        if is_whole([stated[index] for index in group]):
            known.update(group)
    rest = [group for group in (countries, *groups.values()) if not known.issuperset(group)]
    sole = all(len(group) == 1 and not recipients[group[0]].percentage for group in rest)
    if sole and countries not in rest:
        for (index,) in rest:
            stated[index] = HUNDRED
            known.add(index)
    if len(known) < len(recipients) and any(one.percentage for one in recipients):
        draft.run.report.add("I310", "countries and regions")
    return [
        share / HUNDRED if share is not None and index in known else None
        for index, share in enumerate(stated)
    ]


def is_whole(stated: Sequence[Decimal | None]) -> bool:
    """Whether percentages are all known and add up to 100."""
    known = [share for share in stated if share is not None and 0 <= share <= HUNDRED]
    return len(known) == len(stated) and abs(sum(known, Decimal(0)) - HUNDRED) <= TOLERANCE


def _agrees_with_transactions(sole: Recipient, draft: Draft) -> bool:
    """Whether no transaction names another recipient than the sole one of the activity."""
    for other in (one for movement in draft.joined.movements for one in movement.recipients):
        if (other.written, other.vocabulary) != (sole.written, sole.vocabulary):
            draft.run.report.add("I314", value=other.written)
            return False
    return True


def sole_recipient(draft: Draft) -> str | None:
    """The recipient country, if it is the only place of the activity."""
    if (
        len(draft.said.countries) == 1
        and (one := draft.said.countries[0]).id
        and not one.vocabulary
    ):
        return one.written
    return None


def location(child: Element, draft: Draft) -> None:
    """A location: its names, point, divisions and codes."""
    id, known = _identified(child, draft, len(draft.said.locations) + 1)
    draft.said.locations.append(id)
    if ref := child.get("ref", "").strip():
        draft.said.refs.setdefault(ref, id)
    first = draft.run.first(id)
    names = draft.text_in(child, "name")
    if known is not None:
        _note_names(names, id, draft, claim=not first)
    if not first:
        return
    facet = _stated(child, known, draft)
    divisions = facet.administrative
    inside = {c.code for c in divisions if c.scheme == "iso-3166-1" and len(c.code) == 2}
    draft.out.append(
        Territory(
            id=id,
            names=names,
            description=draft.text_in(child, "description"),
            code=known,
            country=inside.pop() if len(inside) == 1 else None,
            facets={"iati:location": facet},
            sources=draft.sources,
        )
    )


def _stated(child: Element, known: Code | None, draft: Draft) -> Location:
    """What a location says beyond its words and the code that identifies it."""
    divisions: list[Code] = []
    codes: list[Code] = []
    typed = None
    for part in child:
        tag = part.tag
        if tag == "activity-description":
            draft.run.report.add("I507", "location/activity-description")
        elif tag == "administrative":
            leave_aside(part, draft)
            divisions.append(_division(part))
        elif tag == "location-id":
            division = _division(part)
            if division.scheme == "iso-3166-1":
                divisions.append(division)
            elif division != known:
                draft.run.report.add("I507", "location/location-id", value=division.code)
        elif tag == "point":
            pos = part.find("pos")
            typed = None if pos is None else (pos.text or "").strip()
        elif tag in CODED and (value := part.get("code", "").strip()):
            codes.append(Code(f"iati-{tag}", value))
    point = POINT.fullmatch(typed) if typed else None
    return Location(
        latitude=Decimal(point[1]) if point else None,
        longitude=Decimal(point[2]) if point else None,
        point=typed or None,
        administrative=tuple(divisions),
        codes=tuple(codes),
    )


def _note_names(names: Mapping[str, str], id: str, draft: Draft, *, claim: bool) -> None:
    """Remembers how a place of a gazetteer is called; if ``claim``, what is new is a claim."""
    for language, name in names.items():
        pointer = f"/names/{language}"
        if draft.run.told.add(hash((id, pointer, name))) and claim:
            draft.run.report.add("I315", value=name)
            draft.out.append(claim_of(id, pointer, encode_basestring(name), draft))


def _division(part: Element) -> Code:
    """The code of an administrative division; countries in capitals."""
    written = part.get("code", "").strip()
    scheme = _scheme(part.get("vocabulary"), written)
    return Code(scheme, written.upper() if scheme == "iso-3166-1" else written)


def _scheme(vocabulary: str | None, written: str) -> str:
    scheme = VOCABULARIES.get((vocabulary or "").strip(), f"iati-gazetteer-{vocabulary or 'none'}")
    if scheme != "iso-3166":
        return scheme
    return "iso-3166-2" if "-" in written else "iso-3166-1"


def _identified(child: Element, draft: Draft, number: int) -> tuple[str, Code | None]:
    """Id and code of a location: by a gazetteer, else by its number in its activity.

    A country's code says where a location lies; the country itself is another territory.
    """
    for part in child.iterchildren("location-id"):
        written = part.get("code", "").strip()
        vocabulary = part.get("vocabulary", "").strip()
        if written and vocabulary in VOCABULARIES:
            scheme = _scheme(vocabulary, written)
            if scheme != "iso-3166-1":
                return make_id("territory", scheme, written), Code(scheme, written)
    return location_id(draft.id, number), None


def location_id(activity: str, number: int) -> str:
    """The id of a location that no gazetteer knows, by its number in its activity."""
    return make_id("territory", "iati-location", activity, number)

"""Recipient countries and regions, and locations, as territories."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal

from jmdi import Code, Place, Territory, code, make_id
from jmdi_iati.facets import Location
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.codelists import codelist
from jmdi_iati.standard.numbers import percentage
from jmdi_iati.standard.words import text_of, words_of
from jmdi_iati.standard.xml import Element

__all__ = ["country", "location", "places", "region"]

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
HUNDRED = Decimal(100)
TOLERANCE = Decimal("0.5")
"""How far shares may be from 100: publishers round each of them."""


def country(child: Element, draft: Draft) -> None:
    """A recipient country: its territory, its share, its words."""
    written = child.get("code", "").strip()
    known = RENAMED.get(written.upper(), written.upper())
    if known != written.upper():
        draft.run.report.add("I313", known, value=written)
    if known in codelist("Country"):
        id = _country_id(known)
        if draft.run.first(id):
            draft.out.append(_country(id, known))
        draft.countries.append((id, known, child.get("percentage")))
    else:
        draft.run.report.add("I309", "recipient-country", value=written)
        draft.countries.append((None, written or words_of(child), child.get("percentage")))


@functools.cache
def _country_id(known: str) -> str:
    return make_id("territory", "iso-3166-1", known)


def _country(id: str, known: str) -> Territory:
    return Territory(
        id=id,
        names=codelist("Country")[known].names,
        code=Code("iso-3166-1", known),
        country=known,
        level=NATIONAL,
    )


def region(child: Element, draft: Draft) -> None:
    """A recipient region, supranational; DAC regions are on the list."""
    written = child.get("code", "").strip()
    vocabulary = child.get("vocabulary") or "1"
    words = text_of(child, draft.language)
    item = codelist("Region").get(written) if vocabulary == "1" else None
    if not written or (vocabulary == "1" and item is None):
        draft.run.report.add("I309", "recipient-region", value=written)
        draft.countries.append(
            (None, written or next(iter(words.values()), ""), child.get("percentage"))
        )
        return
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
            )
        )
    draft.countries.append((id, "", child.get("percentage")))


def places(draft: Draft) -> tuple[Place, ...]:
    """The places of an activity; shares are kept only where they add up to 100."""
    stated = [percentage(p) if p else None for _, _, p in draft.countries]
    known = [p for p in stated if p is not None]
    right = len(known) == len(stated) and abs(sum(known, Decimal(0)) - HUNDRED) <= TOLERANCE
    if not right and (known or any(p for _, _, p in draft.countries)):
        draft.run.report.add("I310", "countries and regions")
    if not right:
        stated = [None] * len(stated)
    found = [
        Place(id, None if id else words or None, None if share is None else share / HUNDRED)
        for (id, words, _), share in zip(draft.countries, stated, strict=True)
    ]
    return (*found, *(Place(id) for id in draft.locations))


def sole_recipient(draft: Draft) -> str | None:
    """The recipient country, if it is the only place of the activity."""
    if len(draft.countries) == 1:
        id, known, _ = draft.countries[0]
        return known if id and known else None
    return None


def location(child: Element, draft: Draft) -> None:
    """A location: its names, point, divisions and codes."""
    id, known = _identified(child, draft, len(draft.locations) + 1)
    draft.locations.append(id)
    if not draft.run.first(id):
        return
    names: dict[str, str] = {}
    description: dict[str, str] = {}
    divisions: list[Code] = []
    codes: list[Code] = []
    typed = None
    for part in child:
        tag = part.tag
        if tag == "name":
            names = text_of(part, draft.language)
        elif tag == "description":
            description = text_of(part, draft.language)
        elif tag == "administrative":
            scheme = _scheme(part.get("vocabulary"), part.get("code", ""))
            divisions.append(Code(scheme, part.get("code", "").strip()))
        elif tag == "point":
            pos = part.find("pos")
            typed = None if pos is None else (pos.text or "").strip()
        elif tag in CODED and (value := part.get("code", "").strip()):
            codes.append(Code(f"iati-{tag}", value))
    point = POINT.fullmatch(typed) if typed else None
    facet = Location(
        latitude=Decimal(point[1]) if point else None,
        longitude=Decimal(point[2]) if point else None,
        point=typed or None,
        administrative=tuple(divisions),
        codes=tuple(codes),
    )
    inside = [c.code for c in divisions if c.scheme == "iso-3166-1"]
    draft.out.append(
        Territory(
            id=id,
            names=names,
            description=description,
            code=known,
            country=inside[0] if len(inside) == 1 else None,
            facets={"iati:location": facet},
            sources=draft.sources,
        )
    )


def _scheme(vocabulary: str | None, written: str) -> str:
    scheme = VOCABULARIES.get((vocabulary or "").strip(), f"iati-gazetteer-{vocabulary or 'none'}")
    if scheme != "iso-3166":
        return scheme
    return "iso-3166-1" if len(written.strip()) == 2 else "iso-3166-2"


def _identified(child: Element, draft: Draft, number: int) -> tuple[str, Code | None]:
    """Id and code of a location: by a gazetteer, else by its number in its activity."""
    for part in child.iterchildren("location-id"):
        written = part.get("code", "").strip()
        vocabulary = part.get("vocabulary", "").strip()
        if written and vocabulary in VOCABULARIES:
            scheme = _scheme(vocabulary, written)
            return make_id("territory", scheme, written), Code(scheme, written)
    return make_id("territory", "iati-location", draft.id, number), None

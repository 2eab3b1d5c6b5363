"""Territories that were edited, changed in each element that says what they were."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Place, Territory
from jmdi_iati.export import elements
from jmdi_iati.export.shared import Key, Said, carried, edits, plain, said_text, text
from jmdi_iati.export.trees import merge
from jmdi_iati.export.work import Patch
from jmdi_iati.facets import Location
from jmdi_iati.meaning import places
from jmdi_iati.standard.xml import Element, narrated

__all__ = ["change_territories"]

RECIPIENTS = ("recipient-country", "recipient-region")
CODE, POINT, DEGREES = Key("code"), Key("point"), Key("degrees")
DIVISIONS, CODES = Key("administrative"), Key("codes")


def change_territories(work: Patch) -> None:
    """Changes the locations and recipients that were edited."""
    edited = edits(work, Territory, _say)
    if not edited:
        return
    for element, id in list(_elements(work)):
        if id is None or id not in edited:
            continue
        said = _say(_read(element, work))
        after = carried(said, *edited[id])
        if after.get(DEGREES) != said.get(DEGREES) and after.get(POINT) == said.get(POINT):
            after.pop(POINT, None)  # what was written does not say them any more
        old, new = _made(element.tag, said), _made(element.tag, after)
        if new.tag == element.tag:
            merge(element, old, new, work.rule_for(element), work.language)


def _elements(work: Patch) -> Iterator[tuple[Element, str | None]]:
    """The elements that state territories, with the id of each."""
    draft = work.reading.draft
    yield from zip(work.of("location"), draft.said.locations, strict=True)
    for element in work.element.iter(*RECIPIENTS):
        parent = element.getparent()
        if parent is not None and parent.tag != "document-link":
            yield element, places.recipient(element, draft).id


def _read(element: Element, work: Patch) -> Territory:
    """What an element says by itself."""
    draft = work.reading.fresh()
    if element.tag == "location":
        places.location(element, draft)
    else:
        places.recipient(element, draft)
    return next(one for one in draft.out if isinstance(one, Territory))


def _say(territory: Territory) -> Said:
    place = territory.facet(Location) or Location()
    degrees = (place.latitude, place.longitude)
    said = {
        CODE: plain(territory.code),
        POINT: place.point,
        DEGREES: None if None in degrees else degrees,
        DIVISIONS: tuple(map(plain, place.administrative)) or None,
        CODES: tuple(map(plain, place.codes)) or None,
    }
    return {
        **said_text("names", territory.names),
        **said_text("description", territory.description),
        **{key: value for key, value in said.items() if value is not None},
    }


def _made(tag: str, said: Said) -> Element:
    """An element that says it."""
    names, code = text(said, "names"), said.get(CODE)
    territory = Territory(
        id="territory", names=names, description=text(said, "description"), code=code
    )
    if (
        tag in RECIPIENTS
        and (made := elements.recipient(Place(territory.id), territory)) is not None
    ):
        if code is not None and code.scheme.startswith("iati-region-"):  # lists name the others
            made.extend(narrated(tag, names))
        return made
    latitude, longitude = said.get(DEGREES, (None, None))
    place = Location(
        latitude=latitude,
        longitude=longitude,
        point=said.get(POINT),
        administrative=said.get(DIVISIONS, ()),
        codes=said.get(CODES, ()),
    )
    return elements.location(territory.with_facet(place))

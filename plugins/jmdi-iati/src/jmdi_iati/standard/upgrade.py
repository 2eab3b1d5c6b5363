"""Activities and organisations of versions 1.01 to 1.05 as 2.03 writes them, in place.

To read one, `recode` is enough: words as codes and old elements as new ones. To write one,
`upgrade` also puts words into narratives and all elements in the order of the schema.

What 2.03 has no place for, such as the words beside a code, is dropped here; the facet keeps the
element as it was published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from jmdi_iati.standard import upgrade_tables as tables
from jmdi_iati.standard.order import put_in_order
from jmdi_iati.standard.words import XML_LANG, day

__all__ = ["is_old", "recode", "upgrade", "version_of"]

WORDLESS = frozenset(
    {
        "activity-status",
        "collaboration-type",
        "default-flow-type",
        "default-finance-type",
        "default-aid-type",
        "default-tied-status",
        "transaction-type",
        "transaction-date",
        "flow-type",
        "finance-type",
        "aid-type",
        "tied-status",
        "disbursement-channel",
        "related-activity",
        "category",
        "language",
        "period-start",
        "period-end",
        "activity-scope",
        "location-reach",
        "location-class",
        "exactness",
        "feature-designation",
        "capital-spend",
        "location-id",
    }
)
"""Elements that hold no words in 2.03."""


def version_of(element: Any, stated: str | None) -> tuple[str, bool]:
    """The version of an activity, and whether it had to be inferred.

    Without a version, narratives mean 2.x; else it is 1.x.
    """
    if stated and stated.strip()[:1] in ("1", "2"):
        return stated.strip(), False
    for name, value in element.items():
        if name.endswith("}version") and value[:1] in ("1", "2"):
            return value, False
    modern = element.find("title/narrative") is not None or element.find(".//narrative") is not None
    return ("2.0x" if modern else "1.0x"), True


def is_old(version: str) -> bool:
    """Whether a version is 1.x."""
    return version.startswith("1")


def recode(element: Any) -> None:
    """Turns words into codes and elements of 1.x into those that took their place."""
    for part in list(element.iter(*RULES)):
        RULES[part.tag](part)


def upgrade(element: Any) -> None:
    """Turns an element of 1.x into one of 2.03, in place, its children in order."""
    recode(element)
    for part in element.iter("activity-date"):
        _iso(part)
    for part in list(element.iter(*tables.TEXTS)):
        _narrated(part)
    for part in element.iter(*WORDLESS):
        part.text = None
    _joined(element)
    put_in_order(element)


def _narrated(part: Any) -> None:
    """Puts the words of an element in a narrative, its language with them."""
    words = (part.text or "").strip()
    if words and part.find("narrative") is None:
        narrative = etree.Element("narrative")
        narrative.text = words
        if code := part.attrib.pop(XML_LANG, None):
            narrative.set(XML_LANG, code)
        part.insert(0, narrative)
    if part.text is not None:
        part.text = None
    part.attrib.pop(XML_LANG, None)


def _joined(element: Any) -> None:
    """Joins titles and descriptions that were repeated for each language."""
    for parent in (element, *element.iter("location", "result", "indicator", "document-link")):
        first: dict[tuple[Any, ...], Any] = {}
        for part in parent.findall("title") + parent.findall("description"):
            key = (part.tag, *sorted(part.attrib.items()))
            if first.setdefault(key, part) is not part:
                first[key].extend(part.findall("narrative"))
                parent.remove(part)


def _mapped(name: str, table: Mapping[str, str]) -> Callable[[Any], None]:
    """A rule that rewrites an attribute by a table; what the table lacks stays."""

    def rule(part: Any) -> None:
        value = part.get(name)
        if value is not None:
            code = table.get(value.strip().lower())
            if code is not None:
                part.set(name, code)

    return rule


_role = _mapped("role", tables.ROLES)
_type = _mapped("type", tables.TYPES)
_date_type = _mapped("type", tables.DATES)
_sector_vocabulary = _mapped("vocabulary", tables.SECTOR_VOCABULARIES)


def _org(part: Any) -> None:
    _role(part)
    _type(part)


def _status(part: Any) -> None:
    code = part.get("code")
    known = tables.STATUSES.get((code or part.text or "").strip().lower())
    if known is not None:
        part.set("code", known)


def _iso(part: Any) -> None:
    if not part.get("iso-date"):
        read = day(part.text or "")
        if read.date is not None:
            part.set("iso-date", read.date.isoformat())


def _kind(part: Any) -> None:
    code = part.get("code") or (part.text or "")
    if known := tables.TRANSACTIONS.get(code.strip().lower()):
        part.set("code", known)


def _other_identifier(part: Any) -> None:
    words = (part.text or "").strip()
    if not words or part.get("ref"):
        return
    part.text = None
    part.set("ref", words)
    part.set("type", "A9")
    owner = {"ref": part.attrib.pop("owner-ref", ""), "name": part.attrib.pop("owner-name", "")}
    if owner["ref"] or owner["name"]:
        org = etree.SubElement(part, "owner-org")
        if owner["ref"]:
            org.set("ref", owner["ref"])
        if owner["name"]:
            etree.SubElement(org, "narrative").text = owner["name"]


def _website(part: Any) -> None:
    url = (part.text or "").strip()
    part.text = None
    part.tag = "document-link"
    part.set("format", "text/html")
    part.set("url", url)
    title = etree.SubElement(part, "title")
    etree.SubElement(title, "narrative").text = "Activity website"
    etree.SubElement(part, "category").set("code", "A12")


def _coordinates(part: Any) -> None:
    """``coordinates`` becomes ``point`` and ``exactness``."""
    latitude, longitude = part.attrib.pop("latitude", ""), part.attrib.pop("longitude", "")
    precision = part.attrib.pop("precision", None)
    part.text = None
    parent = part.getparent()
    if latitude.strip() and longitude.strip():
        part.tag = "point"
        part.set("srsName", "http://www.opengis.net/def/crs/EPSG/0/4326")
        etree.SubElement(part, "pos").text = f"{latitude.strip()} {longitude.strip()}"
    elif parent is not None:
        parent.remove(part)
    if precision in tables.PRECISION and parent is not None and parent.find("exactness") is None:
        etree.SubElement(parent, "exactness").set("code", tables.PRECISION[precision])


def _gazetteer(part: Any) -> None:
    words = (part.text or "").strip()
    vocabulary = part.attrib.pop("gazetteer-ref", "")
    part.text = None
    part.tag = "location-id"
    part.set("vocabulary", tables.CHANNELS.get(vocabulary.lower(), vocabulary))
    part.set("code", words)


def _administrative(part: Any) -> None:
    """One element per level: country, adm1, adm2."""
    parent = part.getparent()
    if part.get("code") or parent is None:
        part.text = None
        return
    for level, name in enumerate(("country", "adm1", "adm2")):
        if value := part.get(name):
            made = etree.Element(
                "administrative",
                vocabulary="A4" if level == 0 else "A1",
                level=str(level),
                code=value,
            )
            part.addprevious(made)
    parent.remove(part)


def _location_type(part: Any) -> None:
    part.tag = "feature-designation"
    part.text = None


def _document_language(part: Any) -> None:
    words = (part.text or "").strip()
    if words and not part.get("code"):
        part.set("code", words)


def _sector(part: Any) -> None:
    vocabulary = part.get("vocabulary")
    _sector_vocabulary(part)
    if vocabulary and part.get("vocabulary") == "99" and vocabulary.lower() not in ("ro", "99"):
        note = etree.SubElement(part, "narrative")
        note.text = f"{(part.text or '').strip()} ({vocabulary})".strip()
        part.text = None


def _flag(part: Any) -> None:
    part.tag = "other-flags"


RULES: Mapping[str, Callable[[Any], None]] = {
    "reporting-org": _org,
    "participating-org": _org,
    "provider-org": _org,
    "receiver-org": _org,
    "activity-status": _status,
    "activity-date": _date_type,
    "transaction-date": _iso,
    "period-start": _iso,
    "period-end": _iso,
    "transaction-type": _kind,
    "other-identifier": _other_identifier,
    "activity-website": _website,
    "coordinates": _coordinates,
    "gazetteer-entry": _gazetteer,
    "administrative": _administrative,
    "location-type": _location_type,
    "language": _document_language,
    "sector": _sector,
    "policy-marker": _mapped("vocabulary", tables.VOCABULARIES),
    "recipient-region": _mapped("vocabulary", tables.VOCABULARIES),
    "aidtype-flag": _flag,
}

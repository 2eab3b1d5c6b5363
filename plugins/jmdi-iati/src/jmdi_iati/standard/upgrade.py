"""Activities and organisations of versions 1.01 to 1.05 as 2.03 writes them, in place.

To read one, `recode` is enough: words become codes, and old elements the new ones. To write one,
`upgrade` also puts words into narratives and all elements in the order of the schema.

What 2.03 has no place for, such as the words beside a code, is left out and counted here; the
facet keeps the element as it was published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from jmdi_iati.standard import upgrade_tables as tables
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.schema import Rule, conform, put_in_order, rule_of
from jmdi_iati.standard.xml import XML_LANG, Element, new, sub

__all__ = ["NEWEST", "is_newer", "is_old", "recode", "upgrade", "version_of"]

NEWEST = "2.03"
"""The newest version of IATI that is known."""


def version_of(element: Element, stated: str | None) -> tuple[str, bool]:
    """The version of an activity, and whether it had to be inferred.

    Without a version, an activity with narratives is read as 2.x, any other as 1.x. One of a
    version that is not known yet is read as one of the newest that is.
    """
    if stated and stated.strip()[:1] in ("1", "2"):
        return stated.strip(), False
    if is_newer(stated):
        return NEWEST, False
    for name, value in element.items():
        if name.endswith("}version") and value[:1] in ("1", "2"):
            return value, False
    # The title comes first in a file, so that most activities are not searched to their end.
    modern = element.find("title/narrative") is not None or element.find(".//narrative") is not None
    return ("2.0x" if modern else "1.0x"), True


def is_newer(stated: str | None) -> bool:
    """Whether a stated version is newer than all that are known."""
    found = re.fullmatch(r"\s*(\d{1,4})(?:\.(\d{1,4}))?\s*", stated or "", re.ASCII)
    return found is not None and (int(found[1]), int(found[2] or 0)) > (2, 3)


def is_old(version: str) -> bool:
    """Whether a version is 1.x."""
    return version.startswith("1")


def recode(element: Element) -> None:
    """Turns words into codes, and elements of 1.x into those that replaced them."""
    for part in list(element.iter(*RULES)):  # a list, because rules remove and add elements
        RULES[part.tag](part)


def upgrade(element: Element) -> Counter[str]:
    """Turns an element of 1.x into one of 2.03, its children in order.

    Returns:
        How often each thing that 2.03 has no place for was left out.
    """
    recode(element)
    if element.tag == "iati-organisation":
        for part in element.findall("iati-identifier"):
            part.tag = "organisation-identifier"
    for part in element.iter("activity-date"):
        _iso_date(part)
    _narrate(element, rule_of(element.tag))
    _join_languages(element)
    put_in_order(element)
    return conform(element)


def _narrate(part: Element, rule: Rule) -> None:
    """Puts words that 2.03 has in narratives in one, their language with them."""
    words = _words(part)
    if words and "narrative" in rule.children and part.find("narrative") is None:
        narrative = new("narrative", words)
        if code := part.attrib.pop(XML_LANG, None):
            narrative.set(XML_LANG, code)
        part.insert(0, narrative)
        part.text = None
    for child in part:
        if child.tag in rule.children:
            _narrate(child, rule.children[child.tag])


WORDED = (
    "transaction",
    "location",
    "result",
    "indicator",
    "baseline",
    "target",
    "actual",
    "document-link",
)
"""Elements within an activity that have such texts."""


def _join_languages(element: Element) -> None:
    """Joins titles, names and other texts, of which 1.x has one for each language."""
    for parent in (element, *element.iter(*WORDED)):
        first: dict[tuple[object, ...], Element] = {}
        for part in list(parent.iterchildren("title", "name", "description", "comment")):
            key = (part.tag, *sorted(part.attrib.items()))
            if first.setdefault(key, part) is not part:
                first[key].extend(part.findall("narrative"))
                parent.remove(part)


def _words(part: Element) -> str:
    return (part.text or "").strip()


def _mapped(name: str, table: Mapping[str, str]) -> Callable[[Element], None]:
    """A rule that rewrites an attribute by a table; what the table lacks stays as it is."""

    def rule(part: Element) -> None:
        code = table.get(part.get(name, "").strip().lower())
        if code is not None:
            part.set(name, code)

    return rule


_role = _mapped("role", tables.ROLES)
_type = _mapped("type", tables.TYPES)
_sector_vocabulary = _mapped("vocabulary", tables.SECTOR_VOCABULARIES)
_vocabulary = _mapped("vocabulary", tables.VOCABULARIES)


def _organisation(part: Element) -> None:
    _role(part)
    _type(part)


def _coded(table: Mapping[str, str]) -> Callable[[Element], None]:
    """A rule that sets ``code`` by a table, from the code or else from the words."""

    def rule(part: Element) -> None:
        written = part.get("code") or part.text or ""
        code = table.get(written.strip().lower())
        if code is not None:
            part.set("code", code)

    return rule


def _iso_date(part: Element) -> None:
    if not part.get("iso-date") and (read := day(part.text or "").date) is not None:
        part.set("iso-date", read.isoformat())


def _other_identifier(part: Element) -> None:
    words = _words(part)
    if not words or part.get("ref"):
        return
    part.text = None
    part.set("ref", words)
    part.set("type", "A9")
    ref, name = part.attrib.pop("owner-ref", ""), part.attrib.pop("owner-name", "")
    if ref or name:
        owner = sub(part, "owner-org")
        if ref:
            owner.set("ref", ref)
        if name:
            sub(owner, "narrative", name)


def _website(part: Element) -> None:
    part.tag = "document-link"
    part.set("format", "text/html")
    part.set("url", _words(part))
    part.text = None
    sub(sub(part, "title"), "narrative", "Activity website")
    sub(part, "category", code="A12")


def _coordinates(part: Element) -> None:
    """``coordinates`` becomes ``point`` and ``exactness``."""
    latitude, longitude = part.attrib.pop("latitude", ""), part.attrib.pop("longitude", "")
    exactness = tables.PRECISION.get(part.attrib.pop("precision", ""))
    part.text = None
    location = part.getparent()
    if latitude.strip() and longitude.strip():
        part.tag = "point"
        part.set("srsName", tables.WGS84)
        sub(part, "pos", f"{latitude.strip()} {longitude.strip()}")
    elif location is not None:
        location.remove(part)
    if exactness and location is not None and location.find("exactness") is None:
        sub(location, "exactness", code=exactness)


def _gazetteer(part: Element) -> None:
    vocabulary = part.attrib.pop("gazetteer-ref", "")
    part.tag = "location-id"
    part.set("vocabulary", tables.GAZETTEERS.get(vocabulary.lower(), vocabulary))
    part.set("code", _words(part))
    part.text = None


def _administrative(part: Element) -> None:
    """One element with attributes becomes one for each level: country, adm1, adm2."""
    parent = part.getparent()
    if part.get("code") or parent is None:
        part.text = None
        return
    for level, name in enumerate(("country", "adm1", "adm2")):
        if code := part.get(name):
            vocabulary = "A4" if level == 0 else "A1"
            part.addprevious(
                new("administrative", vocabulary=vocabulary, level=str(level), code=code)
            )
    parent.remove(part)


def _location_type(part: Element) -> None:
    part.tag = "feature-designation"
    part.text = None


def _document_language(part: Element) -> None:
    if (words := _words(part)) and not part.get("code"):
        part.set("code", words)


def _sector(part: Element) -> None:
    """A list that 2.03 does not know becomes 99, and its name is kept in the words."""
    vocabulary = part.get("vocabulary")
    _sector_vocabulary(part)
    if vocabulary and part.get("vocabulary") == "99" and vocabulary.lower() not in ("ro", "99"):
        sub(part, "narrative", f"{_words(part)} ({vocabulary})".strip())
        part.text = None


def _flag(part: Element) -> None:
    part.tag = "other-flags"


RULES: Mapping[str, Callable[[Element], None]] = {
    "reporting-org": _organisation,
    "participating-org": _organisation,
    "provider-org": _organisation,
    "receiver-org": _organisation,
    "budget": _mapped("type", tables.BUDGET_TYPES),
    "activity-status": _coded(tables.STATUSES),
    "activity-date": _mapped("type", tables.DATES),
    "transaction-date": _iso_date,
    "period-start": _iso_date,
    "period-end": _iso_date,
    "transaction-type": _coded(tables.TRANSACTIONS),
    "other-identifier": _other_identifier,
    "activity-website": _website,
    "coordinates": _coordinates,
    "gazetteer-entry": _gazetteer,
    "administrative": _administrative,
    "location-type": _location_type,
    "language": _document_language,
    "sector": _sector,
    "policy-marker": _vocabulary,
    "recipient-region": _vocabulary,
    "aidtype-flag": _flag,
}

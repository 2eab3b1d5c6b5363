"""Identifiers of RDF that hold what no IRI may: written with percent signs before they are read.

rdflib takes them as they are and writes a warning to the log of its host; here each is reported
with its place, and rdflib never sees it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, TypeGuard
from urllib.parse import quote

from lxml import etree  # type: ignore[import-untyped]

from jmdi import ImportContext
from jmdi.files.safe_xml import parse_xml
from jmdi_knowledge.codebooks.skos_terms import ILLEGAL
from jmdi_knowledge.qda.xml import SAFE
from jmdi_knowledge.reporting import Report

__all__ = ["sound_json", "sound_turtle", "sound_xml"]

_TURTLE = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*(?:"""|\\?\Z)|"(?:[^"\\\n]++|\\.)*(?:"|(?=\n)|\\?\Z)'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*(?:'''|\\?\Z)|'(?:[^'\\\n]++|\\.)*(?:'|(?=\n)|\\?\Z)"
    r"|#[^\n]*+|<(?P<iri>[^>]*+)(?:>|\\?\Z)",
    re.DOTALL,
)
"""A text, a remark or an IRI of Turtle: what looks like an IRI in the first two is none.

One without end goes to the end of the line or file, so that it is passed over once only.
"""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_NAMED = frozenset(("about", "resource", "datatype", "base"))
"""The attributes of RDF/XML that are IRIs."""
_KEYWORDS = frozenset(("@id", "@type", "@vocab", "@base"))
"""The members of JSON-LD that are IRIs."""


def _sound(iri: str, report: Report, place: str) -> str:
    """An IRI without what it may not hold, which is reported."""
    if not ILLEGAL.search(iri):
        return iri
    report.add("B111", repr(iri), place=place)
    return ILLEGAL.sub(lambda found: quote(found[0], safe=""), iri)


def sound_turtle(text: str, report: Report) -> str:
    """Turtle of which all IRIs are IRIs."""

    def mended(found: re.Match[str]) -> str:
        iri = found["iri"]
        if iri is None or found.end() == len(text) or not ILLEGAL.search(iri):
            return found[0]
        plain = _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), iri)
        line = text.count("\n", 0, found.start()) + 1
        return f"<{_sound(plain, report, f'line {line}')}>"

    return _TURTLE.sub(mended, text)


class _Lines:
    """Goes over XML to see whether it is safe, and in which lines identifiers are no IRIs."""

    def __init__(self, report: Report) -> None:
        self.report, self.found = report, False

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        for attribute in _NAMED & attributes.keys():
            iri = attributes[attribute]
            self.found |= _sound(iri, self.report, f"line {line}") != iri

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """There is text here."""


def sound_xml(data: bytes, context: ImportContext, report: Report) -> bytes:
    """RDF/XML of which the IRIs of attributes are IRIs.

    Raises:
        FormatError: If it is no XML, or unsafe.
    """
    lines = _Lines(report)
    parse_xml(io.BytesIO(data), context, lines)
    if not lines.found:
        return data
    root = etree.fromstring(data, etree.XMLParser(**SAFE))
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if etree.QName(name).localname in _NAMED:
                element.set(name, ILLEGAL.sub(lambda found: quote(found[0], safe=""), value))
    made: bytes = etree.tostring(root)
    return made


def sound_json(document: Any, report: Report) -> Any:
    """JSON-LD of which all IRIs are IRIs."""
    return _json(document, "", _KEYWORDS | set(_iris_by_context(document)), report)


def _iris_by_context(part: Any) -> Iterator[str]:
    """The terms that contexts make other names of keywords, or whose values are IRIs."""
    for value in part if isinstance(part, list) else part.values() if _is_object(part) else ():
        yield from _iris_by_context(value)
    for term, said in part.items() if _is_object(part) else ():
        meant = said.get("@type") if _is_object(said) else said
        if isinstance(meant, str) and meant in ("@id", "@type", "@vocab") and term != "@type":
            yield term


def _is_object(part: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(part, dict)


def _json(part: Any, at: str, names: Set[str], report: Report) -> Any:
    if isinstance(part, list):
        return [_json(one, f"{at}/{n}", names, report) for n, one in enumerate(part)]
    if not isinstance(part, Mapping):
        return part
    found = {}
    for key, value in part.items():
        place = f"{at}/{key}"
        name = _sound(key, report, place) if ":" in key else key
        if key in names or (isinstance(value, str) and "@context" in at):
            found[name] = _texts(value, place, names, report)
        else:
            found[name] = _json(value, place, names, report)
    return found


def _texts(value: Any, place: str, names: Set[str], report: Report) -> Any:
    """The value of a member that is an IRI, or a list of them."""
    if isinstance(value, str):
        return _sound(value, report, place) if ":" in value or place.endswith("/@id") else value
    if isinstance(value, list):
        return [_texts(one, f"{place}/{n}", names, report) for n, one in enumerate(value)]
    return _json(value, place, names, report)

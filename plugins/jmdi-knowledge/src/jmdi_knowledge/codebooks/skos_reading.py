"""Reads codebooks in SKOS: Turtle, RDF/XML and JSON-LD, none of which fetches anything."""

from __future__ import annotations

import codecs
import itertools
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import attrs

from jmdi import FormatError, Identifier, ImportContext, Record, Theme, make_id
from jmdi.files.safe_xml import first_element
from jmdi.files.strict_json import parse_json
from jmdi_knowledge.codebooks.iris import sound_json, sound_turtle, sound_xml
from jmdi_knowledge.codebooks.messages import MESSAGES
from jmdi_knowledge.codebooks.skos_terms import JMDI, PREFIXES, SKOS, Object, theme_id
from jmdi_knowledge.codebooks.themes import named_after, within_each_other
from jmdi_knowledge.origins import origin_of
from jmdi_knowledge.reporting import Report

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["read_json", "read_turtle", "read_xml", "sniff_json", "sniff_turtle", "sniff_xml"]

# rdflib logs what it cannot convert; without a handler of its own Python would print that.
logging.getLogger("rdflib").addHandler(logging.NullHandler())

MOST = 64_000_000
"""Bytes of a codebook: rdflib holds the whole of it, in fifty times the memory."""

DCTERMS = "http://purl.org/dc/terms/"
TITLES = (f"{DCTERMS}title", "http://purl.org/dc/elements/1.1/title", f"{SKOS}prefLabel")
FIELDS = ("inScheme", "topConceptOf", "prefLabel", "definition", "notation", "broader", "narrower")
OWN = ("mainBroader", "codable", "colour", "guid")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
READ = frozenset(
    (
        *(SKOS + name for name in (*FIELDS, "hasTopConcept")),
        *(JMDI + name for name in OWN),
        f"{DCTERMS}description",
        f"{RDF}type",
    )
)
"""Predicates that fields hold; others are kept as they are."""


XSD, HELD = PREFIXES["xsd"], "urn:jmdi:held:"
"""What stands for the types of XML Schema while rdflib reads.

It would write "01" as "1" and "maybe" as "false", and log what it cannot write.
"""


def sniff_turtle(head: bytes) -> bool | str:
    """Whether it names SKOS, and is neither XML nor JSON."""
    if head.lstrip()[:1] in (b"{", b"[") or first_element(head) == "RDF":
        return "no Turtle"
    return SKOS.encode() in head or "it does not name SKOS"


def sniff_xml(head: bytes) -> bool | str:
    """Whether it is RDF/XML that names SKOS."""
    if first_element(head) != "RDF":
        return "no RDF/XML"
    return SKOS.encode() in head or "it does not name SKOS"


def sniff_json(head: bytes) -> bool | str:
    """Whether it is JSON-LD that names SKOS."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return "no JSON"
    return (b'"@' in head and SKOS.encode() in head) or "it does not name SKOS"


def read_turtle(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the concepts of Turtle as themes; see `_read`."""
    yield from _read(stream, context, _turtle)


def read_xml(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the concepts of RDF/XML as themes; see `_read`."""
    yield from _read(stream, context, _xml)


def read_json(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the concepts of JSON-LD as themes; see `_read`."""
    yield from _read(stream, context, _json)


Parse: TypeAlias = Callable[[bytes, "Graph", ImportContext, Report], None]
BASE = f"{JMDI}file"
"""What relative IRIs begin with: the same file gives the same ids wherever it lies."""


def _read(stream: BinaryIO, context: ImportContext, parse: Parse) -> Iterator[Record]:
    """Reads the concepts of a file as themes, in the order of their IRIs.

    Args:
        stream: The file.
        context: Option ``codebook``; where problems go.
        parse: Puts its statements into a graph.

    Raises:
        FormatError: If it is no RDF, refers to what lies elsewhere, or is too large.
    """
    from rdflib import Graph

    report = Report(context, MESSAGES)
    most = min(MOST, context.limits.size)
    data = stream.read(most + 1)
    if len(data) > most:
        raise context.beyond(f"has more than {most:,} bytes", "size")
    graph = Graph()
    try:
        parse(data.replace(XSD.encode(), HELD.encode()), graph, context, report)
        for one in itertools.chain.from_iterable(graph):
            str(one).encode()  # half of a surrogate pair, which an escape can make
    except (KeyboardInterrupt, MemoryError, FormatError):
        raise
    except BaseException as error:  # parsers of rdflib raise whatever comes
        why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise report.fatal("B101", f"{why:.150}") from None
    yield from _Reader(graph, context, report).themes()
    report.close()


def _turtle(data: bytes, graph: Graph, context: ImportContext, report: Report) -> None:
    text = sound_turtle(data.decode("utf-8-sig"), report)
    graph.parse(data=text, format="turtle", publicID=BASE)


def _xml(data: bytes, graph: Graph, context: ImportContext, report: Report) -> None:
    graph.parse(data=sound_xml(data, context, report), format="xml", publicID=BASE)


def _json(data: bytes, graph: Graph, context: ImportContext, report: Report) -> None:
    from rdflib.plugins.parsers.jsonld import to_rdf

    document = _held(parse_json(data.removeprefix(codecs.BOM_UTF8)))
    _refuse_contexts(document, report)
    to_rdf(sound_json(document, report), graph, base=BASE)


def _held(part: Any) -> Any:
    """JSON with the types of XML Schema replaced that were written with escapes."""
    if isinstance(part, str):
        return part.replace(XSD, HELD)
    if isinstance(part, list):
        return [_held(one) for one in part]
    if isinstance(part, dict):
        return {_held(key): _held(value) for key, value in part.items()}
    return part


def _refuse_contexts(document: object, report: Report) -> None:
    """Refuses JSON-LD that names a context elsewhere, which would be fetched.

    Raises:
        FormatError: If it does.
    """
    waiting: list[Any] = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            contexts = part.get("@context", ())
            for one in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(one, str):
                    raise report.fatal("B102", one)
                if isinstance(one, dict) and "@import" in one:
                    raise report.fatal("B102", str(one["@import"]))


@attrs.define(slots=True)
class _Reader:
    """Makes themes of a graph, whose order is by chance: everything is sorted."""

    graph: Graph
    context: ImportContext
    report: Report
    said: dict[str, dict[str, list[Object]]] = attrs.field(factory=dict)

    def themes(self) -> Iterator[Theme]:
        from rdflib import URIRef

        unnamed = 0
        for subject, predicate, one in self.graph:
            if isinstance(subject, URIRef):
                about = self.said.setdefault(_plain(subject), {})
                about.setdefault(_plain(predicate), []).append(_object(one))
            else:
                unnamed += 1
        if unnamed:
            self.report.add("B106", f"{unnamed:,} statements about things without an IRI")
        concepts = sorted(iri for iri in self.said if self._is_concept(iri))
        if not concepts:
            raise self.report.fatal("B101", "it has no concept of SKOS")
        parents = self._parents(concepts)
        ids = {iri: theme_id(iri) or make_id("theme", "skos", iri) for iri in concepts}
        for iri in concepts:
            yield self._theme(iri, [ids[one] for one in parents[iri]], ids[iri])

    def _is_concept(self, iri: str) -> bool:
        about = self.said[iri]
        types = {one.value for one in about.get(f"{RDF}type", ())}
        if f"{SKOS}Concept" in types:
            return True
        used = {SKOS + name for name in ("inScheme", "broader", "topConceptOf", "narrower")}
        return not types and not used.isdisjoint(about)

    def _parents(self, concepts: Sequence[str]) -> dict[str, list[str]]:
        """The broader concepts of each, the main one first; circles are left out."""
        known = set(concepts)
        found: dict[str, set[str]] = {iri: set() for iri in concepts}
        for iri in concepts:
            for one in self.said[iri].get(f"{SKOS}broader", ()):
                if one.value in known:
                    found[iri].add(one.value)
                else:
                    self.report.add("B103", f"{one.value:.80} of {iri:.80}")
            for one in self.said[iri].get(f"{SKOS}narrower", ()):
                if one.value in known:
                    found[one.value].add(iri)
        circle = within_each_other({iri: sorted(above) for iri, above in found.items()})
        if circle:
            self.report.add("B104", ", ".join(sorted(circle)[:3]))
        ordered: dict[str, list[str]] = {}
        for iri, above in found.items():
            if iri in circle:
                above -= circle
            main = {one.value for one in self.said[iri].get(f"{JMDI}mainBroader", ())}
            ordered[iri] = sorted(above, key=lambda one, main=main: (one not in main, one))  # type: ignore[misc]
        return ordered

    def _theme(self, iri: str, parents: Sequence[str], id: str) -> Theme:
        about = self.said[iri]
        kept: dict[str, Any] = {}
        codebook = self._codebook(about, kept)
        names = self._texts(about, f"{SKOS}prefLabel", kept)
        definition = self._texts(about, f"{SKOS}definition", kept)
        description = self._texts(about, f"{DCTERMS}description", kept)
        rest = [
            _row(predicate, one)
            for predicate in sorted(about.keys() - READ)
            for one in sorted(about[predicate], key=lambda one: one.value)
        ]
        if rest or "statements" in kept:
            kept["statements"] = [*kept.get("statements", ()), *rest]
        return Theme(
            id=id,
            names=names,
            definition=definition,
            description=description,
            codebook=codebook,
            code=_first(about, f"{SKOS}notation"),
            parent=parents[0] if parents else None,
            also_within=tuple(parents[1:]),
            guid=_first(about, f"{JMDI}guid"),
            codable={"true": True, "1": True, "false": False, "0": False}.get(
                (_first(about, f"{JMDI}codable") or "").lower()
            ),
            colour=_first(about, f"{JMDI}colour"),
            identifiers=() if theme_id(iri) else (Identifier("uri", iri),),
            sources=(origin_of(self.context, iri),),
            extra={"skos": kept} if kept else {},
        )

    def _codebook(self, about: dict[str, list[Object]], kept: dict[str, Any]) -> str | None:
        """The name of the scheme that a concept is in."""
        if isinstance(wanted := self.context.options.get("codebook"), str):
            return wanted
        found = [*about.get(f"{SKOS}inScheme", ()), *about.get(f"{SKOS}topConceptOf", ())]
        schemes: list[str] = sorted({one.value for one in found})
        if not schemes:
            return named_after(self.context)
        if not schemes[0].startswith(f"{JMDI}codebook/"):
            kept["scheme"] = schemes[0]
        for title in TITLES:
            if words := _first(self.said.get(schemes[0], {}), title):
                return words
        return schemes[0]

    def _texts(
        self, about: dict[str, list[Object]], predicate: str, kept: dict[str, Any]
    ) -> dict[str, str]:
        """Texts by language; of several in one language the first, the others are kept."""
        found: dict[str, str] = {}
        for one in sorted(about.get(predicate, ()), key=_order):
            if found.setdefault(tag(one.language), one.value) != one.value:
                self.report.add("B105", f"{one.value:.60}")
                kept.setdefault("statements", []).append(_row(predicate, one))
        return found


def tag(language: str | None) -> str:
    """The code of a language as it is usually written; RDF compares without case."""
    if not language:
        return "und"
    first, *rest = language.split("-")
    usual = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()
        for part in rest
    ]
    return "-".join((first.lower(), *usual))


def _plain(term: object) -> str:
    return str(term).replace(HELD, XSD)


def _object(term: Any) -> Object:
    """The object of a statement without the types of rdflib."""
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    is_iri = type(term).__name__ == "URIRef"
    return Object(_plain(term), language, None if datatype is None else _plain(datatype), is_iri)


def _order(one: Object) -> tuple[str, str, str]:
    return one.value, one.language or "", one.datatype or ""


def _first(about: dict[str, list[Object]], predicate: str) -> str | None:
    found = sorted(one.value for one in about.get(predicate, ()))
    return found[0] if found else None


def _row(predicate: str, one: Object) -> dict[str, Any]:
    """A statement to be kept as it is."""
    row: dict[str, Any] = {"predicate": predicate, "value": one.value}
    if one.language:
        row["language"] = tag(one.language)
    elif one.datatype:
        row["datatype"] = one.datatype
    elif one.is_iri:
        row["iri"] = True
    return row

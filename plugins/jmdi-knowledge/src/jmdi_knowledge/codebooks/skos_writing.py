"""Writes codebooks in SKOS: as Turtle, and as JSON-LD with its context in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from jmdi import DataError, Problem, Severity, Theme, Where
from jmdi.files.safe_xml import legal
from jmdi_knowledge.codebooks.skos_terms import (
    ILLEGAL,
    PREFIXES,
    Object,
    iri_of,
    scheme_of,
    statements,
)
from jmdi_knowledge.codebooks.themes import exporter

__all__ = ["write_json", "write_turtle"]

LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


@exporter
def write_turtle(themes: list[Theme], stream: BinaryIO) -> None:
    """Writes themes as concepts of SKOS, in Turtle."""
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    for iri, name in _schemes(themes).items():
        lines += ["", f"<{iri}> a skos:ConceptScheme ;", f"    dcterms:title {_quoted(name)} ."]
    for _, subject, said in _checked(themes):
        rows = [f"    {predicate} {_object(one)}" for predicate, one in said]
        lines += ["", f"<{subject}> a skos:Concept{' ;' if rows else ' .'}"]
        lines += [" ;\n".join(rows) + " ."] if rows else []
    stream.write(("\n".join(lines) + "\n").encode())


@exporter
def write_json(themes: list[Theme], stream: BinaryIO) -> None:
    """Writes themes as concepts of SKOS, in JSON-LD."""
    graph: list[dict[str, Any]] = [
        {"@id": iri, "@type": "skos:ConceptScheme", "dcterms:title": name}
        for iri, name in _schemes(themes).items()
    ]
    for _, subject, said in _checked(themes):
        node: dict[str, Any] = {"@id": subject, "@type": "skos:Concept"}
        for predicate, one in said:
            node.setdefault(predicate.strip("<>"), []).append(_value(one))
        graph.append(node)
    document = {"@context": dict(PREFIXES), "@graph": graph}
    stream.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _schemes(themes: Iterable[Theme]) -> Mapping[str, str]:
    """The names of codebooks by IRI."""
    found: dict[str, str] = {}
    for theme in themes:
        if (iri := scheme_of(theme)) is not None and theme.codebook is not None:
            found.setdefault(iri, legal(theme.codebook))
    return found


def _checked(themes: Iterable[Theme]) -> Iterator[tuple[Theme, str, list[tuple[str, Object]]]]:
    """Each theme with its IRI and statements, all of which RDF can hold.

    Raises:
        DataError: If it cannot.
        UnicodeEncodeError: If a text holds a character that RDF/XML cannot; see `legal`.
    """
    every = list(themes)
    iris = {theme.id: iri_of(theme) for theme in every}
    for theme in every:
        said = list(statements(theme, iris))
        for predicate, one in said:
            legal(one.value)
            for iri in (one.value if one.is_iri else "", predicate.strip("<>")):
                if ILLEGAL.search(iri):
                    raise _refused(theme, f"{iri!r:.80} is no IRI")
            if one.language is not None and not LANGUAGE.fullmatch(one.language):
                raise _refused(theme, f"{one.language!r:.40} is no code of a language")
        if ILLEGAL.search(iris[theme.id]):
            raise _refused(theme, f"{iris[theme.id]!r:.80} is no IRI")
        yield theme, iris[theme.id], said


def _refused(theme: Theme, what: str) -> DataError:
    where = Where(record=theme.id, kind="theme")
    return DataError([Problem("knowledge:B107", Severity.ERROR, what, where)])


def _object(one: Object) -> str:
    """An object in Turtle."""
    if one.is_iri:
        return f"<{one.value}>"
    text = _quoted(one.value)
    if one.language is not None:
        return f"{text}@{one.language}"
    return text if one.datatype is None else f"{text}^^{one.datatype}"


def _quoted(text: str) -> str:
    return f'"{ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _value(one: Object) -> str | dict[str, str]:
    """An object in JSON-LD."""
    if one.is_iri:
        return {"@id": one.value}
    if one.language is not None:
        return {"@value": one.value, "@language": one.language}
    if one.datatype is not None:
        return {"@value": one.value, "@type": one.datatype.strip("<>")}
    return one.value

"""The names of SKOS, and how a theme is said in it; the same for every syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from jmdi import Theme

__all__ = ["ILLEGAL", "JMDI", "PREFIXES", "Object", "iri_of", "scheme_of", "statements", "theme_id"]

SKOS = "http://www.w3.org/2004/02/skos/core#"
JMDI = "urn:jmdi:"
PREFIXES: Mapping[str, str] = {
    "skos": SKOS,
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "jmdi": JMDI,
}
ILLEGAL = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
"""What no IRI holds."""
SAFE = "/:-._~"
"""What stands in the id of a record and in an IRI alike."""


class Object(NamedTuple):
    """The object of a statement.

    Attributes:
        value: An IRI or a text.
        language: Language of a text.
        datatype: IRI of the type of a text that is no words.
        is_iri: Whether it is an IRI.
    """

    value: str
    language: str | None = None
    datatype: str | None = None
    is_iri: bool = False


def iri_of(theme: Theme) -> str:
    """The IRI of a theme: the one it has, else one made of its id."""
    own = [one.value for one in theme.identifiers if one.scheme == "uri"]
    return own[0] if own else JMDI + quote(theme.id, safe=SAFE)


def theme_id(iri: str) -> str | None:
    """The id that an IRI was made of; ``None`` if it was made elsewhere."""
    prefix = f"{JMDI}theme/"
    return unquote(iri.removeprefix(JMDI)) if iri.startswith(prefix) else None


def scheme_of(theme: Theme) -> str | None:
    """The IRI of the codebook of a theme."""
    kept = theme.extra.get("skos")
    if isinstance(kept, Mapping) and isinstance(kept.get("scheme"), str):
        return str(kept["scheme"])
    return None if theme.codebook is None else f"{JMDI}codebook/{quote(theme.codebook, safe='')}"


def statements(theme: Theme, iris: Mapping[str, str]) -> Iterator[tuple[str, Object]]:
    """What is said of a theme, as predicates with prefix and objects, in order.

    Args:
        theme: The theme.
        iris: The IRIs of all themes that are written, by id.
    """
    scheme = scheme_of(theme)
    above = [id for id in (theme.parent, *theme.also_within) if id is not None]
    if scheme is not None:
        yield "skos:inScheme", _iri(scheme)
        if not above:
            yield "skos:topConceptOf", _iri(scheme)
    for name, texts in (
        ("skos:prefLabel", theme.names),
        ("skos:definition", theme.definition),
        ("dcterms:description", theme.description),
    ):
        for language in sorted(texts):
            yield name, Object(texts[language], None if language == "und" else language)
    if theme.code is not None:
        yield "skos:notation", Object(theme.code)
    for id in dict.fromkeys(above):
        yield "skos:broader", _iri(iris.get(id, JMDI + quote(id, safe=SAFE)))
    if theme.parent is not None and theme.also_within:
        main = iris.get(theme.parent, JMDI + quote(theme.parent, safe=SAFE))
        yield "jmdi:mainBroader", _iri(main)
    if theme.codable is not None:
        yield "jmdi:codable", Object(str(theme.codable).lower(), datatype="xsd:boolean")
    for name, value in (("jmdi:colour", theme.colour), ("jmdi:guid", theme.guid)):
        if value is not None:
            yield name, Object(value)
    kept = theme.extra.get("skos")
    if isinstance(kept, Mapping):
        yield from _kept(kept.get("statements", ()))


def _kept(rows: Any) -> Iterator[tuple[str, Object]]:
    """Statements that mean nothing here and were kept as they were."""
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        if isinstance(row, Mapping) and isinstance(row.get("predicate"), str):
            value = str(row.get("value", ""))
            language, datatype = row.get("language"), row.get("datatype")
            yield (
                f"<{row['predicate']}>",
                Object(
                    value,
                    language if isinstance(language, str) else None,
                    f"<{datatype}>" if isinstance(datatype, str) else None,
                    row.get("iri") is True,
                ),
            )


def _iri(value: str) -> Object:
    return Object(value, is_iri=True)

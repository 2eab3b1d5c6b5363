"""The trail of products in the terms of PROV-O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from jmdi import Dataset
from jmdi.model.kinds import Initiative, KnowledgeItem, KnowledgeProduct, Practice
from jmdi.model.relations import Coded, Derives
from jmdi.model.values import Source
from jmdi_knowledge.publishing.linked import BASE, day, document, iri, name_of, texts

__all__ = ["write"]

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KINDS = (KnowledgeProduct, Practice, KnowledgeItem, Initiative)
"""What derives, or is derived from."""


def write(dataset: Dataset, stream: BinaryIO, *, base: str = BASE) -> None:
    """Writes what was made from what, by which passages, coded by whom, from which file.

    Products, practices, items and initiatives are entities that were derived from one another. A
    coding is an entity that was derived from its item, attributed to its coder, who is named by a
    pseudonym. Each place of a source that has a title or address is the primary source of what it
    says; the address is the source of that place.

    Args:
        dataset: The records.
        stream: Where it goes.
        base: What stands before ids that are no addresses.
    """
    stream.write(document(CONTEXT, _nodes(dataset, base)))


def _nodes(dataset: Dataset, base: str) -> Iterator[dict[str, Any]]:
    coders: set[str] = set()
    sources: dict[str, Source] = {}
    for kind in KINDS:
        for record in dataset.of(kind):
            made = sorted({step.target for step in dataset.out(record.id, Derives)})
            found = {_source_iri(one, base): one for one in record.sources if _named(one)}
            sources |= found
            yield {
                "@id": name_of(dataset, record.id, base),
                "@type": "prov:Entity",
                "rdfs:label": texts(record.names),
                "dcterms:type": record.kind,
                **_dates(record),
                "prov:wasDerivedFrom": [{"@id": name_of(dataset, id, base)} for id in made],
                "prov:hadPrimarySource": [{"@id": name} for name in sorted(found)],
            }
    for coding in dataset.of(Coded):
        if not isinstance(dataset.find(coding.source), KINDS):
            continue
        if coding.coder is not None:
            coders.add(coding.coder)
        start, stop = ("" if at is None else at for at in (coding.start, coding.stop))
        yield {
            "@id": iri(coding.id, base),
            "@type": "prov:Entity",
            "dcterms:type": "coded",
            "dcterms:subject": {"@id": name_of(dataset, coding.target, base)},
            "prov:wasDerivedFrom": [{"@id": name_of(dataset, coding.source, base)}],
            "prov:wasAttributedTo": _agent(coding.coder, base),
            "dcterms:created": None if coding.date is None else _date(coding.date.isoformat()),
            "prov:value": f"char={start},{stop}" if (start, stop) != ("", "") else None,
        }
    for name, source in sources.items():
        yield {
            "@id": name,
            "@type": "prov:Entity",
            "dcterms:title": source.title,
            "dcterms:bibliographicCitation": source.locator,
            "dcterms:source": _address(source, name, base),
        }
    for coder in coders:
        yield {"@id": iri(f"coder/{coder}", base), "@type": "prov:Agent", "rdfs:label": coder}


def _named(source: Source) -> bool:
    return bool(source.title or source.url)


def _source_iri(source: Source, base: str) -> str:
    """The name of a place of a source: its address, if nothing else is said of it."""
    parts = (source.title, source.locator, source.url)
    if source.url and not any(parts[:2]):
        return iri(source.url, base)
    return f"{base}source/" + "/".join(quote(part or "", safe=":@") for part in parts).rstrip("/")


def _address(source: Source, name: str, base: str) -> dict[str, str] | None:
    address = iri(source.url, base) if source.url else name
    return None if address == name else {"@id": address}


def _agent(coder: str | None, base: str) -> dict[str, str] | None:
    return None if coder is None else {"@id": iri(f"coder/{coder}", base)}


def _dates(record: Any) -> dict[str, Any]:
    """When an item was written or a product came out; other than a day, month or year in words."""
    period = getattr(record, "published", None) or getattr(record, "date", None)
    said = day(period)
    if said is None:
        return {"dcterms:date": None if period is None else period.edtf or period.words}
    return {"dcterms:created": _date(said)}


def _date(text: str) -> dict[str, str]:
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
    return {"@value": text, "@type": kinds[len(text)]}

"""The trail of products in the terms of PROV-O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

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
    pseudonym. A source that has a title or address is the primary source of what it says.

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
                "dcterms:created": _time(record),
                "prov:wasDerivedFrom": [{"@id": name_of(dataset, id, base)} for id in made],
                "prov:hadPrimarySource": [{"@id": name} for name in sorted(found)],
            }
    for coding in dataset.of(Coded):
        if not isinstance(dataset.find(coding.source), KINDS):
            continue
        if coding.coder is not None:
            coders.add(coding.coder)
        place = (coding.start, coding.stop)
        yield {
            "@id": iri(coding.id, base),
            "@type": "prov:Entity",
            "dcterms:type": "coded",
            "dcterms:subject": {"@id": name_of(dataset, coding.target, base)},
            "prov:wasDerivedFrom": [{"@id": name_of(dataset, coding.source, base)}],
            "prov:wasAttributedTo": _agent(coding.coder, base),
            "dcterms:created": None if coding.date is None else _date(coding.date.isoformat()),
            "prov:value": None if None in place else f"char={place[0]},{place[1]}",
        }
    for name, source in sources.items():
        yield {
            "@id": name,
            "@type": "prov:Entity",
            "dcterms:title": source.title,
            "dcterms:bibliographicCitation": source.locator,
        }
    for coder in coders:
        yield {"@id": iri(f"coder/{coder}", base), "@type": "prov:Agent", "rdfs:label": coder}


def _named(source: Source) -> bool:
    return bool(source.title or source.url)


def _source_iri(source: Source, base: str) -> str:
    named = " ".join(filter(None, (source.title, source.locator)))
    return iri(source.url or f"source/{named}", base)


def _agent(coder: str | None, base: str) -> dict[str, str] | None:
    return None if coder is None else {"@id": iri(f"coder/{coder}", base)}


def _time(record: Any) -> dict[str, str] | None:
    """When an item was written or a product came out, if that is a day, month or year."""
    said = day(getattr(record, "published", None) or getattr(record, "date", None))
    return None if said is None else _date(said)


def _date(text: str) -> dict[str, str]:
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
    return {"@value": text, "@type": kinds[len(text)]}

"""Products as JSON-LD, in the terms of Dublin Core and schema.org."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from jmdi import Dataset
from jmdi.model.kinds import KnowledgeProduct
from jmdi.model.relations import Coded, Derives, Disseminated
from jmdi_knowledge.publishing.linked import BASE, day, document, name_of, texts

__all__ = ["write"]

CONTEXT = {"dcterms": "http://purl.org/dc/terms/", "schema": "https://schema.org/"}

TYPES = {
    "synthesis_report": "Report",
    "report": "Report",
    "white_paper": "Report",
    "guide": "HowTo",
    "toolbox": "Collection",
    "story": "Article",
    "event": "Event",
    "training": "LearningResource",
}
"""The class of schema.org of each type of product; CreativeWork is the class of any other."""


def write(dataset: Dataset, stream: BinaryIO, *, base: str = BASE) -> None:
    """Writes the products: titles, types, dates, languages, themes, and what they derive from.

    A date that is not a day, month or year stands in words only. No person is named.

    Args:
        dataset: The records.
        stream: Where it goes.
        base: What stands before ids that are no addresses.
    """
    products = sorted(dataset.of(KnowledgeProduct), key=lambda one: one.id)
    stream.write(document(CONTEXT, (_product(dataset, one, base) for one in products)))


def _product(dataset: Dataset, product: KnowledgeProduct, base: str) -> dict[str, Any]:
    code = None if product.type is None else product.type.code
    period = product.published
    return {
        "@id": name_of(dataset, product.id, base),
        "@type": f"schema:{TYPES.get(code or '', 'CreativeWork')}",
        "dcterms:identifier": [product.id, *(one.value for one in product.identifiers)],
        "dcterms:title": texts(product.names),
        "schema:name": texts(product.names),
        "dcterms:description": texts(product.description),
        "dcterms:type": code,
        "dcterms:issued": day(period),
        "schema:datePublished": day(period),
        "dcterms:date": None if period is None or day(period) else period.edtf or period.words,
        "dcterms:language": [*product.languages],
        "schema:inLanguage": [*product.languages],
        "schema:url": product.url,
        "dcterms:subject": [*_ids(dataset, product.id, Coded, base)],
        "dcterms:source": [*_ids(dataset, product.id, Derives, base)],
        "schema:isBasedOn": [*_ids(dataset, product.id, Derives, base)],
        "dcterms:audience": [*_ids(dataset, product.id, Disseminated, base)],
    }


def _ids(dataset: Dataset, id: str, kind: Any, base: str) -> Iterator[dict[str, str]]:
    for target in sorted({relation.target for relation in dataset.out(id, kind)}):
        yield {"@id": name_of(dataset, target, base)}

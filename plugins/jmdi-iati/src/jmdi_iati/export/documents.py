"""Publications that were edited, changed in each document link to them."""

from __future__ import annotations

from jmdi import KnowledgeProduct
from jmdi_iati.export import elements
from jmdi_iati.export.shared import Key, Said, carried, edits, plain, said_text, text
from jmdi_iati.export.trees import merge, take_out
from jmdi_iati.export.work import Patch
from jmdi_iati.facets import Document, Link
from jmdi_iati.meaning.publications import link_of, publication
from jmdi_iati.standard.xml import Element

__all__ = ["change_documents", "leave_out_documents"]

URL, FORMAT, DATE = Key("url"), Key("format"), Key("published")
CATEGORIES, LANGUAGES = Key("categories"), Key("languages")


def change_documents(work: Patch) -> None:
    """Changes the links to publications that were edited."""
    edited = edits(work, KnowledgeProduct, _say)
    if not edited:
        return
    for element, product in _publications(work):
        if product.id in edited:
            said = _say(product)
            after = carried(said, *edited[product.id])
            old, new = elements.document(_link(said)), elements.document(_link(after))
            merge(element, old, new, work.rule_for(element), work.language)


def leave_out_documents(work: Patch) -> None:
    """Removes the links to publications that are gone, if others are left.

    An organisation of which no publication is left keeps its links: they may have been left aside.
    """
    found = _publications(work)
    left = {one.id for _, one in found if work.dataset.find(one.id, KnowledgeProduct)}
    for element, product in found:
        if left and product.id not in left:
            take_out(element)


def _publications(work: Patch) -> list[tuple[Element, KnowledgeProduct]]:
    """The links to publications, each with what it says by itself."""
    found = []
    for element in work.of("document-link"):
        draft = work.reading.fresh()
        product = publication(element, link_of(element, draft), None, draft)
        found += [] if product is None else [(element, product)]
    return found


def _say(product: KnowledgeProduct) -> Said:
    link = product.facet(Document) or Document()
    said = {
        URL: product.url,
        FORMAT: link.format,
        CATEGORIES: tuple(map(plain, link.categories)) or None,
        LANGUAGES: product.languages or None,
        DATE: None if product.published is None else product.published.start,
    }
    return {
        **said_text("names", product.names),
        **said_text("description", product.description),
        **{key: value for key, value in said.items() if value is not None},
    }


def _link(said: Said) -> Link:
    return Link(
        url=said.get(URL),
        format=said.get(FORMAT),
        title=text(said, "names"),
        description=text(said, "description"),
        categories=said.get(CATEGORIES, ()),
        languages=said.get(LANGUAGES, ()),
        date=said.get(DATE),
    )

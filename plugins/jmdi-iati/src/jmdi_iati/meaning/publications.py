"""Document links, and those of them that are publications."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jmdi import KnowledgeProduct, Period, code, make_id
from jmdi.model.constructors import unchecked
from jmdi_iati.facets import Document, Link
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.words import language
from jmdi_iati.standard.xml import Element

__all__ = ["PUBLICATIONS", "link_of", "publication"]

make_link = unchecked(Link)
OTHER = code("product-type", "other")
PUBLICATIONS: Mapping[str, str] = {
    "A01": "impact appraisal",
    "A07": "review and evaluation",
    "A08": "results and outcomes",
    "B01": "annual report",
    "B02": "strategy",
    "B03": "country strategy",
    "B09": "institutional evaluation",
    "B10": "country evaluation",
    "B11": "sector strategy",
    "B12": "thematic strategy",
}
"""Document categories that are publications; budgets, contracts and web pages are not."""

ADDRESS = re.compile(r"(?:https?|ftp)://[^\s/]+\S*", re.IGNORECASE)


def link_of(element: Element, draft: Draft) -> Link:
    """What a document link says."""
    dated = element.find("document-date")
    categories = (part.get("code") for part in element.iterchildren("category"))
    spoken = (part.get("code") for part in element.iterchildren("language"))
    return make_link(
        url=element.get("url"),
        format=element.get("format"),
        title=draft.text_in(element, "title"),
        description=draft.text_in(element, "description"),
        categories=tuple(coded("iati-document-category", code) for code in categories if code),
        languages=tuple(dict.fromkeys(language(code, "") for code in spoken if code)),
        date=None if dated is None else day(dated.get("iso-date", "")).date,
    )


def publication(
    element: Element, link: Link, of: str | None, draft: Draft
) -> KnowledgeProduct | None:
    """The product of a document link; ``None`` if it is none, or was given before.

    Args:
        element: The element.
        link: What it says.
        of: Id of the initiative that links to it.
        draft: The activity or organisation.
    """
    if PUBLICATIONS.keys().isdisjoint(category.code for category in link.categories):
        return None
    url = (link.url or "").strip().replace(" ", "%20")
    if not ADDRESS.fullmatch(url):
        draft.run.report.add("I504", value=link.url)
        return None
    id = make_id("product", "url", url)
    if not draft.run.first(id):
        return None
    dated = element.find("document-date")
    read = day(dated.get("iso-date", "")) if dated is not None else None
    return KnowledgeProduct(
        id=id,
        names=link.title,
        description=link.description,
        url=url,
        languages=link.languages,
        type=OTHER,
        published=Period(read.edtf, read.words) if read and read.edtf else None,
        sources=draft.sources,
        facets={
            "iati:document": Document(activity=of, format=link.format, categories=link.categories)
        },
    )

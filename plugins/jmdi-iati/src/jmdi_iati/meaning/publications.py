"""Document links that are publications."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jmdi import KnowledgeProduct, Period, Source, code, make_id
from jmdi_iati.facets import Document
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Run
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.words import language, text_of
from jmdi_iati.standard.xml import Element

__all__ = ["PUBLICATIONS", "publication"]

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


def publication(
    link: Element, of: str | None, sources: tuple[Source, ...], default: str, run: Run
) -> KnowledgeProduct | None:
    """The product of a document link; ``None`` if it is none, or was given before.

    Args:
        link: The element.
        of: Id of the initiative that links to it.
        sources: Where it comes from.
        default: The default language.
        run: The run.
    """
    categories = [part.get("code", "") for part in link.iterchildren("category")]
    if not PUBLICATIONS.keys() & set(categories):
        return None
    url = link.get("url", "").strip().replace(" ", "%20")
    if not ADDRESS.fullmatch(url):
        run.report.add("I504", value=link.get("url"))
        return None
    id = make_id("product", "url", url)
    if not run.first(id):
        return None
    title = link.find("title")
    description = link.find("description")
    dated = link.find("document-date")
    read = day(dated.get("iso-date", "")) if dated is not None else None
    spoken = [part.get("code") for part in link.iterchildren("language")]
    return KnowledgeProduct(
        id=id,
        names={} if title is None else text_of(title, default),
        description={} if description is None else text_of(description, default),
        url=url,
        languages=tuple(dict.fromkeys(language(c, "") for c in spoken if c)),
        type=OTHER,
        published=Period(read.edtf, read.words) if read and read.edtf else None,
        sources=sources,
        facets={
            "iati:document": Document(
                activity=of,
                format=link.get("format"),
                categories=tuple(coded("iati-document-category", c) for c in categories if c),
            )
        },
    )

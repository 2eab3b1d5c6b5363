"""The formats that products are written in."""

from __future__ import annotations

from jmdi import Exporter

__all__ = ["EXPORTERS"]

DRAFTS = "jmdi_knowledge.writing.losses:losses"

EXPORTERS = [
    Exporter(
        "knowledge:docx",
        (".docx",),
        "jmdi_knowledge.writing.exporting:write_docx",
        doc="a product as a draft in Word, with quotes, counts, gaps and numbered sources",
        losses=DRAFTS,
    ),
    Exporter(
        "knowledge:markdown",
        (".md",),
        "jmdi_knowledge.writing.exporting:write_markdown",
        doc="a product as a draft in Markdown",
        losses=DRAFTS,
    ),
    Exporter(
        "knowledge:html",
        (".html",),
        "jmdi_knowledge.writing.exporting:write_html",
        doc="a product as a draft in HTML",
        losses=DRAFTS,
    ),
    Exporter(
        "knowledge:products",
        (".jsonld",),
        "jmdi_knowledge.publishing.products:write",
        doc="products as JSON-LD, in the terms of Dublin Core and schema.org",
        losses="jmdi_knowledge.publishing.losses:of_products",
    ),
    Exporter(
        "knowledge:prov",
        (".prov.jsonld",),
        "jmdi_knowledge.publishing.trail:write",
        doc="what was made from what, by which passages, in the terms of PROV-O",
        losses="jmdi_knowledge.publishing.losses:of_trail",
    ),
]

"""The formats that products are written in."""

from __future__ import annotations

from jmdi import Exporter

__all__ = ["EXPORTERS"]

EXPORTERS = [
    Exporter(
        "knowledge:docx",
        (".docx",),
        "jmdi_knowledge.writing.exporting:write_docx",
        doc="a product as a draft in Word, with quotes, counts, gaps and numbered sources",
    ),
    Exporter(
        "knowledge:markdown",
        (".md",),
        "jmdi_knowledge.writing.exporting:write_markdown",
        doc="a product as a draft in Markdown",
    ),
    Exporter(
        "knowledge:html",
        (".html",),
        "jmdi_knowledge.writing.exporting:write_html",
        doc="a product as a draft in HTML",
    ),
    Exporter(
        "knowledge:products",
        (".jsonld",),
        "jmdi_knowledge.publishing.products:write",
        doc="products as JSON-LD, in the terms of Dublin Core and schema.org",
    ),
    Exporter(
        "knowledge:prov",
        (".prov.jsonld",),
        "jmdi_knowledge.publishing.trail:write",
        doc="what was made from what, by which passages, in the terms of PROV-O",
    ),
]

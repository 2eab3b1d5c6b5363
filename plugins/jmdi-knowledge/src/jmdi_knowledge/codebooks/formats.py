"""The importers and exporters of codebooks."""

from __future__ import annotations

from jmdi import Exporter, Importer, Parameter

__all__ = ["EXPORTERS", "IMPORTERS"]

CODEBOOK = Parameter(
    "codebook", "name of the codebook, where the file does not say it", type=str | None
)
SEPARATOR = Parameter(
    "separator",
    "what parts the levels of a name, such as ':'; none if it means nothing",
    type=str | None,
)
HERE = "jmdi_knowledge.codebooks"

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "knowledge:skos",
        (".ttl",),
        f"{HERE}.skos_reading:read_turtle",
        sniff=f"{HERE}.skos_reading:sniff_turtle",
        doc="codebooks in SKOS, as Turtle",
        options=(CODEBOOK,),
    ),
    Importer(
        "knowledge:skos-xml",
        (".rdf",),
        f"{HERE}.skos_reading:read_xml",
        sniff=f"{HERE}.skos_reading:sniff_xml",
        doc="codebooks in SKOS, as RDF/XML",
        options=(CODEBOOK,),
    ),
    Importer(
        "knowledge:skos-json",
        (".skos.jsonld", ".jsonld"),
        f"{HERE}.skos_reading:read_json",
        sniff=f"{HERE}.skos_reading:sniff_json",
        doc="codebooks in SKOS, as JSON-LD with its context in the file",
        options=(CODEBOOK,),
    ),
    Importer(
        "knowledge:qdc",
        (".qdc",),
        f"{HERE}.qdc:read",
        sniff=f"{HERE}.qdc:sniff",
        doc="codebooks in REFI-QDA",
        options=(CODEBOOK,),
    ),
    Importer(
        "knowledge:codebook-csv",
        (".codebook.csv", ".csv"),
        f"{HERE}.table:read",
        sniff=f"{HERE}.table:sniff",
        doc="codebooks as CSV with a row per code, such as Taguette exports",
        options=(CODEBOOK, SEPARATOR),
    ),
)

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "knowledge:skos",
        (".ttl",),
        f"{HERE}.skos_writing:write_turtle",
        doc="codebooks in SKOS, as Turtle",
    ),
    Exporter(
        "knowledge:skos-json",
        (".skos.jsonld",),
        f"{HERE}.skos_writing:write_json",
        doc="codebooks in SKOS, as JSON-LD with its context in the file",
    ),
    Exporter("knowledge:qdc", (".qdc",), f"{HERE}.qdc:write", doc="codebooks in REFI-QDA"),
    Exporter(
        "knowledge:codebook-csv",
        (".codebook.csv",),
        f"{HERE}.table:write",
        doc="codebooks as CSV with a row per code",
    ),
)

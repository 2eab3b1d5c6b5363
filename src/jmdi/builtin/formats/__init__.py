"""The importers and exporters of the core."""

from __future__ import annotations

from jmdi.builtin.formats import graphs, tables
from jmdi.files.mapping import codes as mapping
from jmdi.plugins.specs import Exporter, Importer, ProblemCode

__all__ = ["EXPORTERS", "IMPORTERS", "PROBLEM_CODES"]

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "jsonl",
        (".jsonl",),
        "jmdi.files.native:read_jsonl",
        "jmdi.files.native:sniff_jsonl",
        "jmdi's own format, one record per line",
    ),
    Importer(
        "json",
        (".json",),
        "jmdi.files.native:read_json",
        "jmdi.files.native:sniff_json",
        "jmdi's own format as one JSON document",
    ),
    *graphs.IMPORTERS,
    *tables.IMPORTERS,
)

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "jsonl",
        (".jsonl",),
        "jmdi.files.native:write_jsonl",
        lossless=True,
        takes="lines",
        doc="jmdi's own format, one record per line",
    ),
    Exporter(
        "json",
        (".json",),
        "jmdi.files.native:write_json",
        lossless=True,
        takes="lines",
        doc="jmdi's own format as one JSON document",
    ),
    *graphs.EXPORTERS,
    *tables.EXPORTERS,
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    *graphs.PROBLEM_CODES,
    *tables.PROBLEM_CODES,
    *mapping.PROBLEM_CODES,
)

"""The importers and exporters of coded projects."""

from __future__ import annotations

from jmdi import Exporter, Importer, Parameter
from jmdi_knowledge.pseudonyms.options import OPTIONS

__all__ = ["EXPORTERS", "IMPORTERS"]

SOURCES = Parameter(
    "sources",
    "folder that texts may be read from which lie outside the archive",
    type=str | None,
)
CASES = Parameter(
    "cases",
    "whether cases are respondents, who get pseudonyms, or actors, who become records",
    default="respondents",
    choices=("respondents", "actors"),
)
TERRITORY = Parameter(
    "territory_variable",
    "the variable, of a source or of its cases, whose values are territories, such as province",
    type=str | None,
)
SEPARATOR = Parameter(
    "separator",
    "what parts the levels of a tag's name, such as ':'; none if it means nothing",
    type=str | None,
)

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "knowledge:qdpx",
        (".qdpx", ".qde"),
        "jmdi_knowledge.qda.refi_reading:read",
        sniff="jmdi_knowledge.qda.sniff:is_project",
        doc="coded projects in REFI-QDA, as NVivo, ATLAS.ti, MAXQDA, QualCoder and qc write them",
        options=(SOURCES, CASES, TERRITORY, *OPTIONS),
    ),
    Importer(
        "knowledge:qualcoder",
        (".qda",),
        "jmdi_knowledge.qda.qualcoder:read",
        sniff="jmdi_knowledge.qda.sniff:is_qualcoder",
        doc="coded projects of QualCoder: the database data.qda alone",
        options=(TERRITORY, *OPTIONS),
    ),
    Importer(
        "knowledge:qualcoder-folder",
        (".qda",),
        "jmdi_knowledge.qda.qualcoder:read",
        sniff="jmdi_knowledge.qda.sniff:is_database",
        doc="coded projects of QualCoder: the folder with data.qda",
        folder=True,
        options=(TERRITORY, *OPTIONS),
    ),
    Importer(
        "knowledge:taguette",
        (".sqlite3", ".sqlite", ".db"),
        "jmdi_knowledge.qda.taguette:read",
        sniff="jmdi_knowledge.qda.sniff:is_taguette",
        doc="coded projects of Taguette",
        options=(SEPARATOR, *OPTIONS),
    ),
)

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "knowledge:qdpx",
        (".qdpx",),
        "jmdi_knowledge.qda.refi_writing:write",
        doc="coded projects in REFI-QDA",
        losses="jmdi_knowledge.qda.losses:losses",
    ),
)

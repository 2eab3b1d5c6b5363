"""Plugins of the project that may not be installed, and what each is needed for.

This is data: the only place in the core that names a plugin. It is asked only for the cure of
a message, when something was not found.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal, TypeAlias

__all__ = ["Need", "convert_for", "install_for"]

Need: TypeAlias = Literal["ending", "accessor", "metric", "prefix"]

_KNOWN: Mapping[str, Mapping[Need, str]] = {
    "jmdi-iati": {"ending": ".xml", "prefix": "iati"},
    "jmdi-knowledge": {
        "accessor": "dataset.trace dataset.impact dataset.gaps dataset.suggest_codes",
        "prefix": "knowledge",
    },
    "jmdi-network": {
        "accessor": "network.null network.criticality dataset.null",
        "metric": "bipartite-density degree-centralization betweenness-centralization "
        "reciprocity transitivity response-rate",
        "prefix": "network",
    },
    "jmdi-networkfiles": {
        "ending": ".net .paj .mat .dl .##h .vna",
        "prefix": "networkfiles",
    },
    "jmdi-report": {
        "accessor": "dataset.report dataset.plot_gantt dataset.plot_pillars network.plot "
        "result.figure",
        "prefix": "report",
    },
    "jmdi-scaling": {"prefix": "scaling"},
    "jmdi-surveys": {"prefix": "surveys"},
    "jmdi-tables": {"ending": ".parquet", "prefix": "tables"},
    "jmdi-workbook": {"accessor": "dataset.workbook", "prefix": "workbook"},
    "jmdi-workplan": {
        "ending": ".docx .odt .xlsx .xls .ods .csv .tsv .md .html .htm",
        "prefix": "workplan",
    },
}
"""By distribution: endings of files, accessors, metrics, and the prefix of its names."""

_CONVERTED: Mapping[str, str] = {
    ".doc": "docx",
    ".fodt": "odt",
    ".fods": "ods",
    ".rtf": "docx",
    ".wps": "docx",
    ".xlsb": "xlsx",
}
"""Endings that no plugin reads, and that of the format to convert them to."""


_DRAWN = frozenset({".dot", ".gv"})
"""Endings of Graphviz, whose files are programs that draw a graph."""


def convert_for(name: str) -> str | None:
    """How to make a file that is read of one that is not; ``None`` if that is not known.

    Args:
        name: Name of the file.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".pdf":
        return (
            "a PDF holds words but no tables: ask for the document that it was made from, or open "
            "it in Word, compare the tables, and save it as .docx"
        )
    if ending in _DRAWN:
        path = shlex.quote(name)
        return (
            f"it is a graph of Graphviz, whose program makes GML of it: gv2gml -o graph.gml {path}"
        )
    to = _CONVERTED.get(ending)
    if to is None:
        return None
    command = f"soffice --headless --convert-to {to} {shlex.quote(name)}"
    return f"convert it first, such as with LibreOffice: {command}"


def install_for(need: Need, name: str) -> str | None:
    """What to install for something that is not there; ``None`` if no known plugin has it.

    Args:
        need: What was looked for: the ``ending`` of a file, an ``accessor`` such as
            ``network.null``, a ``metric`` of the summary of a network, or the ``prefix`` of a
            name.
        name: Its name.
    """
    for distribution, gives in _KNOWN.items():
        if name in gives.get(need, "").split():
            return f"it comes with {distribution}: pip install {distribution}"
    return None

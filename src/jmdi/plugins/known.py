"""Plugins of the project that may not be installed, and what each is needed for.

This is data: the only place in the core that names a plugin. It is asked only for the cure of
a message, when something was not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

__all__ = ["Need", "install_for"]

Need: TypeAlias = Literal["ending", "accessor", "prefix"]

_KNOWN: Mapping[str, Mapping[Need, str]] = {
    "jmdi-iati": {"ending": ".xml", "prefix": "iati"},
    "jmdi-knowledge": {
        "accessor": "dataset.trace dataset.impact dataset.gaps dataset.suggest_codes",
        "prefix": "knowledge",
    },
    "jmdi-network": {
        "accessor": "network.null network.criticality dataset.null",
        "prefix": "network",
    },
    "jmdi-scaling": {"prefix": "scaling"},
    "jmdi-workbook": {"accessor": "dataset.workbook", "prefix": "workbook"},
    "jmdi-workplan": {
        "ending": ".docx .xlsx .ods .csv .tsv .md .html .htm",
        "prefix": "workplan",
    },
}
"""By distribution: endings of files, accessors, and the prefix of its names."""


def install_for(need: Need, name: str) -> str | None:
    """What to install for something that is not there; ``None`` if no known plugin has it.

    Args:
        need: What was looked for: the ``ending`` of a file, an ``accessor`` such as
            ``network.null``, or the ``prefix`` of a name.
        name: Its name.
    """
    for distribution, gives in _KNOWN.items():
        if name in gives.get(need, "").split():
            return f"it comes with {distribution}: pip install {distribution}"
    return None

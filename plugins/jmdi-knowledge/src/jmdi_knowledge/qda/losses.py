"""What a coded project loses on its way into another tool, counted on the project itself.

Only what is known is said: from the format, and from what is published about the tools.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from jmdi import Coded, Dataset, KnowledgeItem, Problem, Theme
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.tools import FATES, parts_of

__all__ = ["losses"]


def losses(
    dataset: Dataset,
    *,
    tool: Literal["nvivo", "atlas.ti", "maxqda", "qualcoder", "taguette"] | None = None,
) -> tuple[Problem, ...]:
    """What a REFI-QDA project of these records loses, by the format and by a tool.

    What reading it again shows is not said here.

    Args:
        dataset: The records.
        tool: The tool that is to read it; only the losses of the format if not given.
    """
    found = list(_of_format(dataset))
    if tool is not None:
        found += _of_tool(dataset, tool)
    message = MESSAGES["Q115"]
    return tuple(
        Problem("knowledge:Q115", message.severity, message.text.format(what=what))
        for what in found
    )


def _of_format(dataset: Dataset) -> Iterator[str]:
    """What REFI-QDA has no place for."""
    themes, items = dataset.of(Theme), dataset.of(KnowledgeItem)
    counts = {
        "themes have names or meanings in further languages": sum(
            len(theme.names) > 1 or len(theme.definition) > 1 for theme in themes
        ),
        "further parents of themes become links": sum(len(t.also_within) for t in themes),
        "items have a language, date, author or territory that is not written": sum(
            any((item.language, item.date, item.author, item.territory)) for item in items
        ),
        "items answer another, which is not written": sum(i.reply_to is not None for i in items),
        "codings are of practices, products or actions, which are no sources": sum(
            not isinstance(dataset.find(c.source), KnowledgeItem) for c in dataset.of(Coded)
        ),
    }
    for what, count in counts.items():
        if count:
            yield f"{count:,} {what}"


def _of_tool(dataset: Dataset, tool: str) -> Iterator[str]:
    """What a tool does with the parts of this project that it is not known to take."""
    if tool == "taguette":
        codings = len(dataset.of(Coded))
        yield f"all {codings:,} codings: Taguette reads codebooks only (.qdc), no projects"
        return
    for part, count in parts_of(dataset).items():
        fate = FATES[tool].get(part)
        if count and fate is not None:
            yield f"{part} ({count:,}): {fate}"

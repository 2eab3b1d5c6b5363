"""What a coded project loses on its way into another tool, counted on the project itself.

Only what is known is said: from the format, and from public reports about the tools.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from jmdi import Coded, Dataset, KnowledgeItem, Problem, Theme
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.records import kept_of

__all__ = ["TOOLS", "losses"]

TOOLS: Mapping[str, str] = {
    "nvivo": "NVivo",
    "atlas.ti": "ATLAS.ti",
    "maxqda": "MAXQDA",
    "qualcoder": "QualCoder",
    "taguette": "Taguette",
}


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
    """What a tool is known to do, by public reports and by files that it wrote."""
    codings = len(dataset.of(Coded))
    kept = [kept_of(item) for item in dataset.of(KnowledgeItem)]
    kept += [kept_of(coded) for coded in dataset.of(Coded)]
    strange = sum(len(one.get("elements", ())) for one in kept)
    whole = [one["project"] for one in kept if isinstance(one.get("project"), Mapping)]
    sections = " ".join(str(text) for one in whole for _, text in one.get("elements", ()))
    if tool == "taguette":
        yield f"all {codings:,} codings: Taguette reads codebooks only (.qdc), no projects"
        return
    if tool == "qualcoder":
        further = sum(len(theme.also_within) for theme in dataset.of(Theme))
        if "<Links" in sections or further:
            yield "links: QualCoder drops them (ccbogel/QualCoder#1027)"
        if strange:
            yield f"{strange:,} elements that it does not know (ccbogel/QualCoder#1403)"
        if "<Variables" in sections:
            yield "variables: they become attributes of cases (ccbogel/QualCoder#465)"
    if tool == "nvivo":
        yield "the rich text of sources: only plain text is written"
    if tool in ("atlas.ti", "maxqda"):
        yield f"what {TOOLS[tool]} does with {codings:,} codings is not known: no public file says"
        if any(_beyond(item.text) for item in dataset.of(KnowledgeItem)):
            yield (
                "positions after emoji, if it counts UTF-16 units: compare a quote at the end of "
                "a text"
            )


def _beyond(text: str | None) -> bool:
    """Whether a text has characters of two UTF-16 units."""
    return text is not None and max(text, default="") > "\uffff"

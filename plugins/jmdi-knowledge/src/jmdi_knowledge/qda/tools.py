"""The tools that read REFI-QDA projects, and what is published of what each of them takes.

What a tool is known to take is left out, for it is no loss. Where nothing is published, that is
said: the makers of ATLAS.ti and MAXQDA have no list of what they take, and no public file shows
what became of such a part. The sources were looked at in November 2026:

- NVivo: the page "REFI-QDA Standard" of its help (12 for Mac, and later), which lists what it
  takes: sources, codes, cases, codings, classifications, memos, links of memos, sets, annotations.
- ATLAS.ti: the change log of Magnolia, whose author tried each release with it: it takes codings
  of texts, PDFs and transcripts, memos, and networks (1.5.0, 1.6.0); and what its author and that
  of QualCoder write in their code of what it refuses.
- MAXQDA: the same change log (memos, areas of pictures: 1.5.0), and ccbogel/QualCoder#1403, where
  version 26.3 took a coded text and wrote it again.
- QualCoder: its code, its wiki page "Project import and export", and the issues that are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from jmdi import Coded, Dataset, KnowledgeItem, Theme
from jmdi_knowledge.qda.records import kept_of
from jmdi_knowledge.qda.variables import own_values
from jmdi_knowledge.qda.xml import Element, fragment, local

__all__ = ["FATES", "TOOLS", "UPPER_CASE", "parts_of"]

TOOLS: Mapping[str, str] = {
    "nvivo": "NVivo",
    "atlas.ti": "ATLAS.ti",
    "maxqda": "MAXQDA",
    "qualcoder": "QualCoder",
    "taguette": "Taguette",
}

UPPER_CASE = frozenset(("atlas.ti", "maxqda"))
"""Tools that refuse GUIDs in lower case, as Magnolia (src/main/qdpx/xml-serializer.ts) says."""

LISTED = "not among what the help of NVivo lists"
ATLAS = "whether ATLAS.ti takes them is not published"
MAXQDA = "whether MAXQDA takes them is not published"
UNIT = (
    "in which unit {} counts positions is not published, and no public coded file shows it; code "
    "points are written, so compare a quote behind an emoji"
)

FATES: Mapping[str, Mapping[str, str]] = {
    "nvivo": {
        "texts": "only plain text is written, no rich text",
        "graphs": LISTED,
        "links": f"{LISTED}, but for those of memos",
        "elements that REFI-QDA does not know": LISTED,
    },
    "atlas.ti": {
        "selections in the text of PDFs": (
            "a user saw them lost where areas of pages were kept (August 2023)"
        ),
        "values of variables": ATLAS,
        "cases": ATLAS,
        "sets": ATLAS,
        "elements that REFI-QDA does not know": ATLAS,
        "texts with emoji or the like": UNIT.format("ATLAS.ti"),
    },
    "maxqda": {
        "selections in the text of PDFs": MAXQDA,
        "values of variables": f"{MAXQDA}; it writes them itself (ccbogel/QualCoder#465)",
        "cases": f"{MAXQDA}; it writes them itself, without names (ccbogel/QualCoder#465)",
        "sets": MAXQDA,
        "graphs": MAXQDA,
        "links": MAXQDA,
        "elements that REFI-QDA does not know": MAXQDA,
        "texts with emoji or the like": UNIT.format("MAXQDA"),
    },
    "qualcoder": {
        "values of variables": "dates and yes or no become text (its wiki, ccbogel/QualCoder#465)",
        "sets": "dropped (its wiki)",
        "graphs": "dropped (its wiki)",
        "links": "dropped (ccbogel/QualCoder#1027)",
        "elements that REFI-QDA does not know": "dropped (ccbogel/QualCoder#1403)",
    },
}
"""By tool and part of a project, what becomes of it or why that is not known."""

SECTIONS: Mapping[str, str] = {
    "Cases": "cases",
    "Sets": "sets",
    "Graphs": "graphs",
    "Links": "links",
}
KNOWN = frozenset(
    (*SECTIONS, "Variables", "VariableValue", "Notes", "NoteRef", "PlainTextSelection", "Coding")
)


def parts_of(dataset: Dataset) -> Counter[str]:
    """How many there are of each part of a project that tools treat differently."""
    found: Counter[str] = Counter()
    for item in dataset.of(KnowledgeItem):
        text = item.text or ""
        found["texts"] += bool(text)
        found["texts with emoji or the like"] += max(text, default="") > "\uffff"
        found["values of variables"] += len(own_values(item.extra))
        kept = kept_of(item)
        project = kept.get("project")
        rows = project.get("elements", ()) if isinstance(project, Mapping) else ()
        for element in _elements([*rows, *kept.get("elements", ())]):
            _count(element, found)
        if "xml" in kept:
            [source] = _elements([(0, kept["xml"])])
            found["selections in the text of PDFs"] += sum(
                local(one) == "PlainTextSelection" for one in source.iter()
            )
    for coded in dataset.of(Coded):
        kept = kept_of(coded)
        rows = (*kept.get("elements", ()), *kept.get("coding elements", ()))
        found["elements that REFI-QDA does not know"] += len(rows)
    for theme in dataset.of(Theme):
        found["links"] += len(theme.also_within)
        for element in _elements(kept_of(theme).get("elements", ())):
            _count(element, found)
    return found


def _count(element: Element, found: Counter[str]) -> None:
    name = local(element)
    if name in SECTIONS:
        found[SECTIONS[name]] += len(element)
    elif name not in KNOWN:
        found["elements that REFI-QDA does not know"] += 1


def _elements(rows: Iterable[tuple[object, object]]) -> Iterator[Element]:
    """Kept XML; damaged XML is refused where it is written."""
    for _, text in rows:
        try:
            yield fragment(str(text))
        except ValueError:
            continue

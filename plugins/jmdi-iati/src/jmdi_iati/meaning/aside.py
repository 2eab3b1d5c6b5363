"""What no field of the records holds: it stays in the activity's XML, and is counted."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.xml import Element

__all__ = ["URI", "leave_aside"]

URI = "vocabulary-uri"
ASIDE: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    tag: (attributes, frozenset(parts))
    for tag, attributes, parts in (
        ("iati-activity", ("linked-data-uri", "budget-not-provided"), ()),
        ("other-identifier", (), ("owner-org",)),
        ("activity-date", (), ("narrative",)),
        ("recipient-country", (), ("narrative",)),
        ("recipient-region", (URI,), ()),
        ("sector", (URI,), ("narrative",)),
        ("tag", (URI,), ()),
        ("policy-marker", (URI,), ("narrative",)),
        ("humanitarian-scope", (URI,), ()),
        ("administrative", ("level",), ()),
        ("result", ("aggregation-status",), ()),
        ("indicator", ("aggregation-status",), ()),
        ("reference", ("indicator-uri", URI), ()),
    )
}
"""Attributes and children, by element."""

OWN = ("98", "99")
"""Vocabularies of sectors whose words are data."""


def leave_aside(element: Element, draft: Draft) -> None:
    """Counts what of an element stays in the XML only."""
    tag = element.tag
    attributes, parts = ASIDE[tag]
    for name in attributes:
        if element.get(name):
            draft.run.report.add("I507", f"{tag}/@{name}", value=element.get(name))
    if parts and len(element):
        for part in element:
            if part.tag in parts and not (tag == "sector" and element.get("vocabulary") in OWN):
                name = f"words of {tag}" if part.tag == "narrative" else f"{tag}/{part.tag}"
                draft.run.report.add("I507", name)

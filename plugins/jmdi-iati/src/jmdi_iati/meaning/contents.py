"""Humanitarian scope, conditions and documents of an activity."""

from __future__ import annotations

from jmdi_iati.facets import Condition, Link, Scope
from jmdi_iati.meaning.aside import leave_aside
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.publications import publication
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.words import language
from jmdi_iati.standard.xml import Element, truth

__all__ = ["conditions", "document", "scope"]


def scope(child: Element, draft: Draft) -> None:
    """An emergency or appeal."""
    leave_aside(child, draft)
    written, kind = child.get("code", "").strip(), child.get("type", "").strip()
    if not written:
        draft.run.report.add("I309", "humanitarian-scope")
        return
    vocabulary = (child.get("vocabulary") or "none").strip()
    found = coded(f"iati-humanitarian-scope-{vocabulary}", written)
    sort = coded("iati-humanitarian-scope-type", kind) if kind else None
    draft.scopes.append(Scope(found, sort, draft.text(child)))


def conditions(child: Element, draft: Draft) -> None:
    """Whether conditions are attached, and which."""
    draft.attached = truth(child.get("attached"))
    for part in child.iterchildren("condition"):
        kind = part.get("type", "").strip()
        sort = coded("iati-condition-type", kind) if kind else None
        draft.conditions.append(Condition(sort, draft.text(part)))


def document(child: Element, draft: Draft) -> None:
    """A document; a publication is a record of its own too."""
    parts = {part.tag: part for part in child}
    title, description = parts.get("title"), parts.get("description")
    dated, categories = parts.get("document-date"), child.iterchildren("category")
    spoken = [part.get("code") for part in child.iterchildren("language")]
    draft.documents.append(
        Link(
            url=child.get("url"),
            format=child.get("format"),
            title={} if title is None else draft.text(title),
            description={} if description is None else draft.text(description),
            categories=tuple(
                coded("iati-document-category", c) for part in categories if (c := part.get("code"))
            ),
            languages=tuple(dict.fromkeys(language(c, "") for c in spoken if c)),
            date=None if dated is None else day(dated.get("iso-date", "")).date,
        )
    )
    if "recipient-country" in parts:
        draft.run.report.add("I507", "document-link/recipient-country")
    product = publication(child, draft.id, draft.sources, draft.language, draft.run)
    if product is not None:
        draft.after.append(product)

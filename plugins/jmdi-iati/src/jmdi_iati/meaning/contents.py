"""Humanitarian scope, conditions and documents of an activity."""

from __future__ import annotations

from jmdi_iati.facets import Condition, Scope
from jmdi_iati.meaning.aside import leave_aside
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.publications import link_of, publication
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
    draft.said.scopes.append(Scope(found, sort, draft.text(child)))


def conditions(child: Element, draft: Draft) -> None:
    """Whether conditions are attached, and which."""
    draft.said.attached = truth(child.get("attached"))
    for part in child.iterchildren("condition"):
        kind = part.get("type", "").strip()
        sort = coded("iati-condition-type", kind) if kind else None
        draft.said.conditions.append(Condition(sort, draft.text(part)))


def document(child: Element, draft: Draft) -> None:
    """A document; a publication is a record of its own too."""
    link = link_of(child, draft)
    draft.said.documents.append(link)
    if child.find("recipient-country") is not None:
        draft.run.report.add("I507", "document-link/recipient-country")
    product = publication(child, link, draft.id, draft)
    if product is not None:
        draft.after.append(product)

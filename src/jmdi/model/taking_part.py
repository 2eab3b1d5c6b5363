"""What actors take part in together, and actors that only hold a place."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi.model.records import Record

__all__ = ["TOGETHER", "is_flagged"]

TOGETHER = ("initiative", "partnership", "workplan", "action")
"""Kinds of what actors take part in together; in a programme they do so without meeting."""


def is_flagged(record: Record) -> bool:
    """Whether an actor is marked as a placeholder, by itself or by a facet."""
    marks = [record.extra, *(facet.extra for facet in record.facets.values())]
    marks += [part for part in record.extra.values() if isinstance(part, Mapping)]
    return any(mark.get("placeholder") is True for mark in marks) or any(
        getattr(facet, "placeholder", None) is True for facet in record.facets.values()
    )

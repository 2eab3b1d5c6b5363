"""Names of records."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Dataset, KnowledgeItem, Record, Territory
from jmdi.panels import Link, Words, in_language, label_of, link_to

__all__ = ["described", "label", "named"]


def label(record: Record) -> Words:
    """The name of a record, by language."""
    link = link_to(record)
    return link.label if isinstance(link, Link) else link


def named(dataset: Dataset, id: str) -> Link | Words:
    """A record that an id names, or the id if there is none."""
    record = dataset.find(id)
    return id if record is None else Link(id, described(record, dataset))


def described(record: Record, dataset: Dataset) -> Words:
    """The name of a record; an item without one by its source, its place and its date."""
    if not isinstance(record, KnowledgeItem) or record.names:
        return label(record)
    land = dataset.find(record.territory, Territory) if record.territory else None
    source = record.source_type
    words = "" if source is None else label_of(source, dataset.model.catalog.vocabularies)
    when = None if record.date is None else record.date.edtf or record.date.words
    parts = [words, "" if land is None else label(land), when or ""]
    languages = dict.fromkeys(lang for part in parts if isinstance(part, Mapping) for lang in part)
    said = {
        lang: " · ".join(filter(None, (in_language(part, lang) for part in parts)))
        for lang in languages or ("und",)
    }
    return said if any(said.values()) else record.id

"""Names of records."""

from __future__ import annotations

from jmdi import Dataset, Record
from jmdi.panels import Link, Words, link_to

__all__ = ["label", "named"]


def label(record: Record) -> Words:
    """The name of a record, by language."""
    link = link_to(record)
    return link.label if isinstance(link, Link) else link


def named(dataset: Dataset, id: str) -> Link | Words:
    """A record that an id names, or the id if there is none."""
    record = dataset.find(id)
    return id if record is None else link_to(record)

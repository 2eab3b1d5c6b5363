"""What is left out of a page unless it is asked for: names of persons, and how to reach them.

A page travels: it is sent on, and put on the web. What it shows of people is little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jmdi import Actor, Dataset, KnowledgeItem, Record, evolve
from jmdi.display.privacy import is_contact

__all__ = ["PERSON", "is_contact", "masked", "without_contacts"]

PERSON = "individuals"
"""The code of ``actor-type`` of people, whose names are replaced."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ().-]{6,}\d(?!\w)")


def masked(text: str) -> str:
    """A text without addresses of e-mail and numbers of phones."""
    return _PHONE.sub("•••", _EMAIL.sub("•••", text)) if "@" in text or "+" in text else text


def without_contacts(dataset: Dataset) -> Dataset:
    """The records without names of persons and without attributes that say how to reach them."""
    changed = list(_changed(dataset))
    return dataset.with_records(changed) if changed else dataset


def _changed(dataset: Dataset) -> Iterator[Record]:
    persons = 0
    for record in dataset.records:
        new = record
        if isinstance(record, Actor) and record.type is not None and record.type.code == PERSON:
            persons += 1
            new = evolve(new, names={"und": f"№ {persons}"}, identifiers=())
        elif isinstance(record, KnowledgeItem) and record.author is not None:
            new = evolve(new, author=None)
        if any(map(is_contact, record.extra)):
            kept = {name: value for name, value in record.extra.items() if not is_contact(name)}
            new = evolve(new, extra=kept)
        if new is not record:
            yield new

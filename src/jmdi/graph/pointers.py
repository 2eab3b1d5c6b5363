"""A record as parts by JSON pointer: what two records can be compared and merged by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from jmdi.classes import frozen
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.model.json_pointer import escape, segments
from jmdi.model.records import Record, evolve

__all__ = [
    "Part",
    "at_pointer",
    "field_pointer",
    "json_members",
    "parts_of",
    "with_parts",
]

R = TypeVar("R", bound=Record)

UNITED = frozenset({"id", "sources", "identifiers"})
"""Fields that are not in conflict when they differ."""


@frozen
class Part:
    """What a record says in one place.

    Attributes:
        name: The attribute that holds it.
        key: The member of that attribute, for a text, facet or unknown member.
        value: What is said.
    """

    name: str
    key: str | None
    value: Any


def field_pointer(field: FieldInfo) -> str:
    """Where a field stands in a file; those of a plugin's kind stand in a block of its name."""
    block = f"/{escape(field.owner)}" if ":" in field.owner else ""
    return f"{block}/{escape(field.name)}"


def parts_of(record: Record) -> dict[str, Part]:
    """What a record says, by JSON pointer; what is empty or not known is left out."""
    parts: dict[str, Part] = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if field.name in UNITED or value is None or value == ():
            continue
        pointer = field_pointer(field)
        if field.type.form in ("text", "mapping") and isinstance(value, Mapping):
            for key, words in value.items():
                parts[f"{pointer}/{escape(key)}"] = Part(field.name, key, words)
        else:
            parts[pointer] = Part(field.name, None, value)
    for name in ("facets", "extra"):
        for key, value in getattr(record, name).items():
            parts.setdefault(f"/{escape(key)}", Part(name, key, value))
    return parts


def with_parts(record: R, parts: Iterable[Part]) -> R:
    """The record with these parts added."""
    changes: dict[str, Any] = {}
    for part in parts:
        if part.key is None:
            changes[part.name] = part.value
        else:
            members = changes.setdefault(part.name, dict(getattr(record, part.name)))
            members[part.key] = part.value
    if not changes:
        return record
    return evolve(record, **changes)


def json_members(record: Record) -> dict[str, Any]:
    """The record as it stands in a file.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    from jmdi.model.writing import unstructure

    return unstructure(record)


def at_pointer(record: Record, pointer: str) -> str | None:
    """What stands at a JSON pointer, as canonical JSON text; ``None`` if nothing does.

    Raises:
        DataError: If a field of the record holds something else than it is declared to.
    """
    from jmdi.model.writing import dumps

    value: Any = json_members(record)
    for name in segments(pointer):
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return dumps(value)

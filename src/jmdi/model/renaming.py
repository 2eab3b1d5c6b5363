"""Other ids for records, and for all that refers to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldType
from jmdi.model.records import Facet, Record, evolve
from jmdi.model.values import Source

__all__ = ["renamed"]


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """A record whose id and references have their new names.

    Args:
        record: The record.
        names: New ids by old ids; other ids stay.
    """
    changed: Record = _fields_renamed(record, names)
    facets = {
        name: _fields_renamed(block, names) if isinstance(block, Facet) else block
        for name, block in record.facets.items()
    }
    return evolve(changed, facets=facets) if facets else changed


def _fields_renamed(instance: Any, names: Mapping[str, str]) -> Any:
    changes = {}
    for field in fields_of(type(instance)):
        value = getattr(instance, field.name)
        if value is not None and (new := _value(value, field.type, names)) != value:
            changes[field.name] = new
    if isinstance(instance, Source) and (publisher := names.get(instance.publisher or "")):
        changes["publisher"] = publisher  # an id, where it is not a name
    return attrs.evolve(instance, **changes) if changes else instance


def _value(value: Any, kind: FieldType, names: Mapping[str, str]) -> Any:
    if kind.form in ("id", "ref"):
        return names.get(value, value)
    if kind.form == "value":
        return _fields_renamed(value, names)
    if kind.form == "tuple" and kind.item is not None:
        return tuple(_value(part, kind.item, names) for part in value)
    if kind.form == "mapping" and kind.item is not None:
        return {key: _value(part, kind.item, names) for key, part in value.items()}
    return value

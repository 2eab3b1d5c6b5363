"""Finds the values of one type wherever they are in a record, at any depth."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from jmdi.classes import frozen
from jmdi.graph.pointers import field_pointer
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.frozen import EMPTY
from jmdi.model.json_pointer import escape
from jmdi.model.records import Record

__all__ = ["Leaf", "leaves"]


@frozen
class Leaf:
    """A value in a record.

    Attributes:
        value: The value.
        pointer: JSON pointer of its place.
        field: The field that it is in.
        type: Its type: that of the field, or of the items of the field.
    """

    value: Any
    pointer: str
    field: FieldInfo
    type: FieldType


@frozen
class _Step:
    """A field on the way to what is wanted."""

    name: str
    pointer: str
    field: FieldInfo
    type: FieldType


def leaves(record: Record, wanted: str | type) -> Iterator[Leaf]:
    """The values of one type in a record, facets included, in the order of its fields.

    Values that are not of the type that their field declares are passed over.

    Args:
        record: The record.
        wanted: A value class, or the form of a field type such as ``ref`` or ``date``.
    """
    cls: Any = type(record)
    yield from _within(record, _plan(cls, wanted), "", wanted)
    if record.facets is not EMPTY:
        for name, block in record.facets.items():
            cls = type(block)
            yield from _within(block, _plan(cls, wanted), f"/{escape(name)}", wanted)


@functools.cache
def _plan(cls: Any, wanted: Any) -> tuple[_Step, ...]:
    """The fields of a class that hold what is wanted, directly or deeper."""
    return tuple(
        _Step(
            field.name,
            field_pointer(field) if hasattr(cls, "kind") else f"/{field.name}",
            field,
            field.type,
        )
        for field in fields_of(cls)
        if _leads(field.type, wanted)
    )


def _leads(kind: FieldType, wanted: str | type) -> bool:
    if kind.item is not None:
        return _leads(kind.item, wanted)
    if kind.form == wanted or (kind.form == "value" and kind.cls is wanted):
        return True
    return kind.form == "value" and bool(_plan(kind.cls, wanted))


def _within(
    holder: Any, plan: tuple[_Step, ...], pointer: str, wanted: str | type
) -> Iterator[Leaf]:
    for step in plan:
        value = getattr(holder, step.name)
        if value is not None and value != ():
            place = f"{pointer}{step.pointer}"
            yield from _values(value, step.type, step.field, place, wanted)


def _values(
    value: Any, kind: FieldType, field: FieldInfo, pointer: str, wanted: str | type
) -> Iterator[Leaf]:
    if kind.item is not None:
        for key, part in _parts(value):
            yield from _values(part, kind.item, field, f"{pointer}/{key}", wanted)
    elif kind.form == wanted:
        yield Leaf(value, pointer, field, kind)
    elif kind.form == "value" and value.__class__ is kind.cls:
        if kind.cls is wanted:
            yield Leaf(value, pointer, field, kind)
        yield from _within(value, _plan(kind.cls, wanted), pointer, wanted)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple):
        yield from ((str(index), part) for index, part in enumerate(value))
    elif isinstance(value, Mapping):
        yield from ((escape(str(key)), part) for key, part in value.items())

"""The kinds that others name: a workbook has them hidden, so that it can be read by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jmdi import Dataset, Entity, Record
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldType
from jmdi_workbook.needs import required

__all__ = ["referenced"]


def referenced(
    dataset: Dataset, needed: Mapping[type[Record], Iterable[str]]
) -> dict[type[Record], frozenset[str]]:
    """The kinds that only needed fields name, each with the fields that it must have.

    Args:
        dataset: The records.
        needed: The fields that are needed, by the class of the records.
    """
    found: dict[type[Record], frozenset[str]] = {}
    for record in dataset.records:
        cls = type(record)
        for field in fields_of(cls) if cls in needed else ():
            if field.name in needed[cls] or field.name in ("source", "target"):
                for id in _ids(field.type, getattr(record, field.name)):
                    other = dataset.find(id)
                    if isinstance(other, Entity) and type(other) not in needed:
                        found[type(other)] = frozenset(required(type(other)))
    return found


def _ids(kind: FieldType, value: Any) -> Iterator[str]:
    if value is None:
        return
    if kind.form == "ref":
        yield value
    elif kind.form == "tuple" and kind.item is not None:
        for item in value:
            yield from _ids(kind.item, item)
    elif kind.form == "value":
        for field in fields_of(kind.cls):
            yield from _ids(field.type, getattr(value, field.name))

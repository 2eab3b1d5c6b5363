"""Which records stay when others go: those that can do without them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from jmdi.model.declare import fields_of
from jmdi.model.records import Record

__all__ = ["left_without"]


def left_without(records: Iterable[Record], gone: Iterable[Record]) -> list[Record]:
    """Records that are left when some go, without those that refer to one that is gone.

    Args:
        records: The records.
        gone: Those of them that go, by identity; where another of the same id stays, so do the
            records that refer to it.
    """
    out = {id(record) for record in gone}
    every = [*records]
    kept = [record for record in every if id(record) not in out]
    lost = {record.id for record in every if id(record) in out} - {record.id for record in kept}
    while lost:
        left = [record for record in kept if lost.isdisjoint(_needs(record))]
        lost = {record.id for record in kept} - {record.id for record in left}
        kept = left
    return kept


def _needs(record: Record) -> Iterator[str]:
    """The ids that a record cannot do without."""
    cls: Any = type(record)
    for name in _required(cls):
        yield getattr(record, name)


@functools.cache
def _required(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields_of(cls) if f.required and f.type.form == "ref")

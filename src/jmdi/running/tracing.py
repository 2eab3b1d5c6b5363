"""Which fields of which records something reads."""

from __future__ import annotations

import functools
from typing import Any, TypeAlias

import attrs

from jmdi.graph.dataset import Dataset
from jmdi.model.declare import spec_of
from jmdi.model.records import Record

__all__ = ["Reads", "traced"]

Reads: TypeAlias = set[tuple[int, str]]
"""What was read: the place of a record in its Dataset, and the name of a field."""


def traced(dataset: Dataset, reads: Reads) -> Dataset:
    """A Dataset of the same records, which notes each field that is read of them.

    Args:
        dataset: The Dataset.
        reads: Where it notes them.
    """
    copies = [_traced(record, reads, place) for place, record in enumerate(dataset.records)]
    return Dataset(copies, model=dataset.model, header=dataset.header)


def _traced(record: Record, reads: Reads, place: int) -> Record:
    cls: Any = type(record)
    copy: Any = object.__new__(_class_of(cls))
    for field in attrs.fields(cls):
        # The slot itself, for the copy has a property of this name before it.
        getattr(cls, field.name).__set__(copy, getattr(record, field.name))
    type(copy)._reads.__set__(copy, reads)
    type(copy)._place.__set__(copy, place)
    return copy  # type: ignore[no-any-return]


@functools.cache
def _class_of(cls: Any) -> Any:
    """A subclass whose fields note that they are read."""

    def noting(name: str) -> property:
        slot = getattr(cls, name)

        def read(self: Any) -> Any:
            # A copy that somebody evolves of it is nobody's; all of the record was read for it.
            if (reads := getattr(self, "_reads", None)) is not None:
                reads.add((self._place, name))
            return slot.__get__(self)

        return property(read)

    body = {field.name: noting(field.name) for field in attrs.fields(cls)}
    return type(
        cls.__name__,
        (cls,),
        {
            **body,
            "__slots__": ("_place", "_reads"),
            "__doc__": cls.__doc__,
            "__jmdi__": attrs.evolve(spec_of(cls), fields=()),
        },
    )

"""What differs between two datasets, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.classes import frozen
from jmdi.graph.pointers import json_members
from jmdi.model.frozen import freeze, thaw
from jmdi.model.json_pointer import escape
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Change", "Difference", "difference"]


@frozen
class Change:
    """One place in which a record changed.

    Attributes:
        id: Id of the record.
        pointer: JSON pointer of the place.
        before: What stood there, as a JSON value; ``None`` if nothing did.
        after: What stands there now; ``None`` if nothing does.
    """

    id: str
    pointer: str
    before: Any = attrs.field(converter=freeze)
    after: Any = attrs.field(converter=freeze)

    def to_dict(self) -> dict[str, Any]:
        """The change as plain JSON values."""
        return {
            "id": self.id,
            "pointer": self.pointer,
            "before": thaw(self.before),
            "after": thaw(self.after),
        }


@frozen
class Difference:
    """What must be done to the first of two datasets to get the second; true if anything.

    Attributes:
        added: Records that only the second has.
        removed: Records that only the first has.
        changed: The places in which records of the same id differ.
        updated: The records of the second that have changes.
    """

    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    changed: tuple[Change, ...] = ()
    updated: tuple[Record, ...] = attrs.field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.updated)

    def apply(self, dataset: Dataset) -> Dataset:
        """The dataset with these differences made.

        Raises:
            NotFound: If a record that was removed is not there.
        """
        left = dataset.without(*dict.fromkeys(record.id for record in self.removed))
        return left.with_records(*self.updated, *self.added)

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain JSON values: whole records, and changes by pointer."""
        return {
            "added": [json_members(record) for record in self.added],
            "removed": [json_members(record) for record in self.removed],
            "changed": [change.to_dict() for change in self.changed],
        }

    def __str__(self) -> str:
        lines = [f"+ {record.kind} {record.id}" for record in self.added]
        lines += [f"- {record.kind} {record.id}" for record in self.removed]
        lines += [f"~ {c.id} {c.pointer}: {c.before!r} → {c.after!r}" for c in self.changed]
        return "\n".join(lines) or "no difference"


def difference(first: Dataset, second: Dataset, *, sources: bool = True) -> Difference:
    """What must change for the first dataset to become the second; order does not count.

    Args:
        first: The dataset before.
        second: The dataset after.
        sources: Whether it counts where records come from: their ``sources``, and members
            named ``locator``, which say where in a document something stood. If not, records
            that differ in nothing else are the same.

    Raises:
        DataError: If a field of a changed record holds something else than it is declared to.
        TypeError: If the second is no Dataset.
    """
    if not hasattr(second, "by_id"):
        raise TypeError(f"a Dataset is compared with another, not with {second!r:.80}")
    old, new = first.by_id, second.by_id
    updated: list[Record] = []
    changed: list[Change] = []
    for record in new.values():
        if record.id in old and not _same(old[record.id], record):
            changes = list(_changes(old[record.id], record, sources=sources))
            if changes or sources:
                updated.append(record)
                changed += changes
    return Difference(
        added=tuple(record for i, record in new.items() if i not in old),
        removed=tuple(record for i, record in old.items() if i not in new),
        changed=tuple(changed),
        updated=tuple(updated),
    )


def _same(first: Record, second: Record) -> bool:
    return first is second or (type(first) is type(second) and first == second)


def _changes(before: Record, after: Record, *, sources: bool) -> Iterator[Change]:
    old, new = json_members(before), json_members(after)
    if not sources:
        old, new = (_unplaced({**members, "sources": None}) for members in (old, new))
    for pointer, was, now in _walk(old, new, ""):
        yield Change(before.id, pointer, was, now)


def _unplaced(value: Any) -> Any:
    """A JSON value without what says where in a document it stood."""
    if isinstance(value, dict):
        return {name: _unplaced(item) for name, item in value.items() if name != "locator"}
    return [_unplaced(item) for item in value] if isinstance(value, list) else value


def _walk(old: Any, new: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
    """The deepest places in which two JSON values differ; arrays of other length as a whole."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _walk(old.get(name), new.get(name), f"{pointer}/{escape(name)}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _walk(a, b, f"{pointer}/{index}")
    elif old != new or type(old) is not type(new):
        yield pointer, old, new

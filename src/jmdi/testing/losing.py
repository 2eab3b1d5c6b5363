"""Whether what a format lost was named, found in another way than by what names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jmdi.errors import Problem
from jmdi.graph.dataset import Dataset
from jmdi.model.json_pointer import escape
from jmdi.model.records import Record

__all__ = ["unnamed"]


def unnamed(before: Dataset, after: Dataset, losses: Iterable[Problem]) -> Iterator[str]:
    """What differs between data and what was read of its file, and no loss names.

    Args:
        before: The data.
        after: What was read.
        losses: What the format is said not to keep.
    """
    named = {(loss.where.kind, loss.where.member) for loss in losses}
    for record in before:
        twin = after.find(record.id)
        renamed = (record.kind, "/id") in named or (record.kind, None) in named
        if twin is None and not renamed:
            yield f"the {record.kind} {record.id!r}"
        if twin is None or renamed or twin == record:
            continue
        mine, theirs = record.to_dict(), twin.to_dict()
        for member in {**mine, **theirs}:
            same = mine.get(member) == theirs.get(member) or _equal(record, twin, member)
            if not same and not _is_named(named, record.kind, f"/{escape(member)}"):
                yield f"{member!r} of the {record.kind} {record.id!r}"


def _equal(record: Record, twin: Record, member: str) -> bool:
    """Whether two fields hold the same, such as 3 and 3.0; what was read names its own source."""
    held = getattr(record, member, None)
    if member == "sources" and not held:
        return True
    return held is not None and held == getattr(twin, member, None)


def _is_named(named: set[tuple[str | None, str | None]], kind: str, pointer: str) -> bool:
    """Whether a member, or a part of it, is named."""
    return any(
        of == kind and member is not None and f"{member}/".startswith(f"{pointer}/")
        for of, member in named
    )

"""Records that are elements of their own in an activity, such as transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from jmdi import Record, fields_of
from jmdi_iati.export.trees import bytes_of, merge, take_out
from jmdi_iati.export.work import Patch
from jmdi_iati.standard.xml import Element

__all__ = ["change_parts", "is_same"]

R = TypeVar("R", bound=Record)


def change_parts(
    work: Patch,
    kind: type[R],
    parts: Iterable[Element],
    make: Callable[[R], Element | None],
    add: Callable[[R, Element], None],
) -> None:
    """Changes, adds and removes the elements of the records of a kind.

    An activity of which there is no record of a kind keeps its elements: the records may have
    been left aside.

    Args:
        work: The activity or organisation.
        kind: The kind.
        parts: The element of each record that was read, in their order.
        make: The element of a record, as far as a record says it.
        add: Puts a new element in its place.
    """
    now = {record.id: record for record in work.context.owned(kind, work.id)}
    if not now:
        return
    for old, part in work.reading.behind(kind, list(parts)):
        record = now.pop(old.id, None)
        if record is None:
            take_out(part)
            continue
        if is_same(old, record):
            continue
        said, made = make(old), make(record)
        if said is None or made is None:
            continue
        if made.tag != said.tag:  # such as a budget that became a planned disbursement
            take_out(part)
            add(record, made)
        elif bytes_of(said) != bytes_of(made):
            merge(part, said, made, work.rule_for(part), work.language)
    for record in now.values():
        if (made := make(record)) is not None:
            add(record, made)


def is_same(old: R, new: R) -> bool:
    """Whether two records say the same, wherever they come from."""
    names = [field.name for field in fields_of(type(new)) if field.name != "sources"]
    return all(getattr(old, name) == getattr(new, name) for name in ("facets", *names))

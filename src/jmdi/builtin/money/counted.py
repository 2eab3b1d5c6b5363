"""Which transactions and budgets count, so that no money is counted twice."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi.metrics.types import Ids, Window
from jmdi.model.money import Budget, Transaction
from jmdi.model.relations import Relates
from jmdi.model.values import Period

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["PAID", "Hierarchy", "Row", "Selection", "above", "day_in", "select"]

PAID = ("disbursement", "expenditure")
"""The types of transactions by which money leaves an initiative for good."""

Hierarchy: TypeAlias = Literal["lowest", "highest", "all"]
"""Whose amounts count where an initiative and parts of it both state them."""

Row: TypeAlias = Transaction | Budget


@attrs.define(slots=True)
class Selection:
    """Rows that count, and those that may.

    Attributes:
        rows: What counts, in the order of the dataset.
        doubtful: What is taken to repeat other rows, and would add to them if it does not.
        undated: What may lie in the window or not.
        untyped: What may be of the types in question or not.
        notes: How many were left out, by why.
    """

    rows: list[Row] = attrs.field(factory=list)
    doubtful: list[Row] = attrs.field(factory=list)
    undated: list[Row] = attrs.field(factory=list)
    untyped: list[Row] = attrs.field(factory=list)
    notes: dict[str, Any] = attrs.field(factory=dict)


def select(
    dataset: Dataset,
    *,
    transactions: bool,
    budgets: bool,
    types: Ids | None,
    during: Window | None,
    hierarchy: Hierarchy,
) -> Selection:
    """What counts of the transactions and budgets of a dataset.

    Lines of a budget are in the budget. An original budget is replaced by a revised one of an
    overlapping period, and a revised one by another of the same period with a later day of value.
    Where an initiative and parts of it state amounts of the same type, those of one level count.

    Args:
        dataset: The records.
        transactions: Whether transactions count.
        budgets: Whether budgets count.
        types: Codes of their types; all if not given.
        during: The days in question.
        hierarchy: The level that counts.
    """
    wanted = {types} if isinstance(types, str) else None if types is None else set(types)
    found = Selection()
    rows: list[Row] = []
    if transactions:
        rows += dataset.of(Transaction)
    if budgets:
        stated = [row for row in dataset.of(Budget) if row.share is None and row.part_of is None]
        rows += stated
        lines = len(dataset.of(Budget)) - len(stated)
        found.notes |= {"budget_lines": lines} if lines else {}
    if wanted is not None:
        untyped = [row for row in rows if row.type is None]
        found.untyped = [row for row in untyped if day_in(_when(row), during) is not False]
        found.notes |= {"of_unknown_type": len(found.untyped)} if found.untyped else {}
        rows = [row for row in rows if row.type is not None and row.type.code in wanted]
    dated: list[Row] = []
    for row in _latest(rows, found):
        inside = day_in(_when(row), during)
        if inside:
            dated.append(row)
        elif inside is None:
            found.undated.append(row)
    found.rows = _of_one_level(dated, dataset, hierarchy, found)
    found.doubtful = [row for row in found.doubtful if day_in(_when(row), during) is not False]
    found.notes |= {"undated": len(found.undated)} if found.undated else {}
    return found


def _when(row: Row) -> Period | None:
    return row.date if isinstance(row, Transaction) else row.period


def day_in(period: Period | None, during: Window | None) -> bool | None:
    """Whether a day or period lies in a window; ``None`` if it is not known or lies across its end.

    Args:
        period: The day or period.
        during: The window, half-open; all time if not given.
    """
    if during is None:
        return True
    first, after = during.split("/") if isinstance(during, str) else map(str, during)
    start = None if period is None else period.start
    end = None if period is None else period.end
    if start is None and end is None:
        return None
    begin, stop = datetime.date.fromisoformat(first), datetime.date.fromisoformat(after)
    if (end is not None and end < begin) or (start is not None and start >= stop):
        return False
    if start is not None and end is not None and begin <= start and end < stop:
        return True
    return None


def _latest(rows: Sequence[Row], found: Selection) -> list[Row]:
    """Rows without the budgets that a later version replaces; those are doubtful."""
    groups: dict[tuple[Any, ...], list[Budget]] = {}
    for row in rows:
        if isinstance(row, Budget) and row.version is not None and row.version.code == "revised":
            groups.setdefault(_same(row), []).append(row)
    replaced: set[str] = set()
    for row in rows:
        if isinstance(row, Budget) and any(
            _replaces(new, row) for new in groups.get(_same(row), ())
        ):
            replaced.add(row.id)
            found.doubtful.append(row)
    if replaced:
        found.notes["replaced_by_a_revision"] = len(replaced)
    return [row for row in rows if row.id not in replaced]


def _same(row: Budget) -> tuple[Any, ...]:
    """What two versions of one budget have in common."""
    where = tuple(place.territory or place.words for place in row.places)
    kind = None if row.type is None else row.type.code
    return (row.initiative, row.owner, kind, row.provider, row.receiver, where)


def _replaces(new: Budget, old: Budget) -> bool:
    """Whether a revised budget stands for another."""
    if old.version is None or old.version.code != "revised":
        return _overlap(new.period, old.period)
    if new.period != old.period or new.value is None or old.value is None:
        return False
    return bool(new.value.date and old.value.date and new.value.date > old.value.date)


def _overlap(one: Period | None, other: Period | None) -> bool:
    """Whether two periods share a day; of two that are not known the words decide."""
    if one is None or other is None or not (one.edtf and other.edtf):
        return one == other
    return not (
        (one.end and other.start and one.end < other.start)
        or (other.end and one.start and other.end < one.start)
    )


def _of_one_level(
    rows: Sequence[Row], dataset: Dataset, hierarchy: Hierarchy, found: Selection
) -> list[Row]:
    """Rows without those that another level of a hierarchy states too; these are doubtful."""
    parents = above(dataset)
    if hierarchy == "all" or not parents:
        return list(rows)
    by_type: dict[tuple[str, str | None], set[str]] = {}
    for row in rows:
        if row.initiative is not None:
            by_type.setdefault(_sort(row), set()).add(row.initiative)
    upper: dict[tuple[str, str | None], set[str]] = {}
    for sort, whose in by_type.items():
        pairs = ((one, other) for one in whose for other in parents.get(one, ()) if other in whose)
        upper[sort] = {other if hierarchy == "lowest" else one for one, other in pairs}
    kept = []
    for row in rows:
        if row.initiative is not None and row.initiative in upper[_sort(row)]:
            found.doubtful.append(row)
        else:
            kept.append(row)
    if left := len(rows) - len(kept):
        found.notes["of_another_level"] = left
    return kept


def _sort(row: Row) -> tuple[str, str | None]:
    return (row.kind, None if row.type is None else row.type.code)


def above(dataset: Dataset) -> Mapping[str, Collection[str]]:
    """The initiatives that each is a part of, directly or not, by id.

    Two that are each a part of the other are neither: their relations contradict each other.
    """
    direct: dict[str, set[str]] = {}
    for relation in dataset.of(Relates):
        kind = None if relation.type is None else relation.type.code
        if kind == "parent":
            direct.setdefault(relation.source, set()).add(relation.target)
        elif kind == "child":
            direct.setdefault(relation.target, set()).add(relation.source)
    found = {one: _reached(one, direct) for one in direct}
    return {
        one: {other for other in others if one not in found.get(other, ())}
        for one, others in found.items()
    }


def _reached(start: str, direct: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(direct.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += direct.get(one, ())
    return seen

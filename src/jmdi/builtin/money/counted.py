"""Which transactions and budgets count, so that no money is counted twice."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    asked: Callable[[Row], bool],
) -> Selection:
    """What counts of the transactions and budgets of a dataset.

    Lines of a budget are in the budget. An original budget is replaced by a revised one of an
    overlapping period, a revised one by another of the same period with a later day of value, and
    an indicative one by a committed one of the same period. Where an initiative and parts of it
    state amounts of the same type, those of one level count.

    Args:
        dataset: The records.
        transactions: Whether transactions count.
        budgets: Whether budgets count.
        types: Codes of their types; all if not given.
        during: The days in question.
        hierarchy: The level that counts.
        asked: Whether a row is of a currency that counts.
    """
    wanted = {types} if isinstance(types, str) else None if types is None else set(types)
    found = Selection()
    rows: list[Row] = []
    if transactions:
        rows += dataset.of(Transaction)
    if budgets:
        stated = [row for row in dataset.of(Budget) if not _is_line(row)]
        rows += stated
        _note(found, "budget_lines", len(dataset.of(Budget)) - len(stated))
    if wanted is not None:
        found.untyped = [row for row in rows if row.type is None]
        rows = [row for row in rows if row.type is not None and row.type.code in wanted]
    rows = _latest(rows, found)
    for maybe in (found.untyped, found.doubtful):
        maybe[:] = [row for row in maybe if asked(row) and day_in(_when(row), during) is not False]
    dated: list[Row] = []
    others = 0
    for row in rows:
        inside = day_in(_when(row), during)
        if not asked(row):
            others += inside is True
        elif inside:
            dated.append(row)
        elif inside is None:
            found.undated.append(row)
    found.rows = _of_one_level(dated, dataset, hierarchy, found)
    _note(found, "of_unknown_type", len(found.untyped))
    _note(found, "undated", len(found.undated))
    _note(found, "in_other_currencies", others)
    return found


def _note(found: Selection, what: str, count: int) -> None:
    if count:
        found.notes[what] = count


def _is_line(row: Budget) -> bool:
    """Whether a budget is a line of another, or only says how one divides."""
    item = row.type is not None and row.type.code == "country_budget_item"
    return item or row.share is not None or row.part_of is not None


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
        if isinstance(row, Budget) and {_version(row), _status(row)} & {"revised", "committed"}:
            groups.setdefault(_same(row), []).append(row)
    replaced: set[str] = set()
    if groups:
        for row in rows:
            if isinstance(row, Budget):
                others = groups.get(_same(row), ())
                why = next((why for new in others if (why := _replaces(new, row))), None)
                if why is not None:
                    replaced.add(row.id)
                    found.doubtful.append(row)
                    found.notes[why] = found.notes.get(why, 0) + 1
    return [row for row in rows if row.id not in replaced]


def _version(row: Budget) -> str | None:
    return None if row.version is None else row.version.code


def _status(row: Budget) -> str | None:
    return None if row.status is None else row.status.code


def _same(row: Budget) -> tuple[Any, ...]:
    """What two versions of one budget have in common."""
    where = frozenset(place.territory or place.words for place in row.places)
    kind = None if row.type is None else row.type.code
    return (row.initiative, row.owner, kind, row.provider, row.receiver, where)


def _replaces(new: Budget, old: Budget) -> str | None:
    """Why a budget stands for another; ``None`` if it does not."""
    if _version(new) == "revised" and _version(old) != "revised":
        return "replaced_by_a_revision" if _overlap(new.period, old.period) else None
    if new.period is None or new.period != old.period or _version(new) != _version(old):
        return None
    if new.period.edtf and (_status(new), _status(old)) == ("committed", "indicative"):
        return "replaced_by_a_commitment"
    return "replaced_by_a_revision" if _version(new) == "revised" and _is_later(new, old) else None


def _is_later(new: Budget, old: Budget) -> bool:
    """Whether the day of value of a budget comes after that of another."""
    if new.value is None or old.value is None:
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

"""Finds the columns of a mapping in the header of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from jmdi.errors import Severity, Where, suggest
from jmdi.files.mapping.rules import DROP
from jmdi.files.mapping.targets import Plan, Target
from jmdi.plugins.context import ImportContext
from jmdi.words.folding import as_typed, fold

__all__ = ["Column", "columns_of", "unique_headers"]

_PART = re.compile(r"\{([^{}]+)\}")


@attrs.frozen(slots=True, eq=False)
class Column:
    """One column of a table.

    Attributes:
        number: Its number, counted from 0.
        header: Its header, unique in the table.
        targets: The fields that it is for.
        dropped: Whether its cells are left out.
        known: Whether the mapping says anything about it.
        part: The name of the part of its header that repeats; empty if none does.
        group: What that part is in this column.
        place: Its number in the file, counted from 1; ``None`` if it is from another table.
    """

    number: int
    header: str
    targets: tuple[Target, ...] = ()
    dropped: bool = False
    known: bool = False
    part: str = ""
    group: str = ""
    place: int | None = None


def unique_headers(header: Sequence[str]) -> list[str]:
    """The headers on one line each; an empty or repeated one gets a number."""
    found: dict[str, None] = {}
    for number, cell in enumerate(header, start=1):
        words = as_typed(cell) or f"column {number}"
        name, times = words, 1
        while name in found:
            times += 1
            name = f"{words} ({times})"
        found[name] = None
    return list(found)


def columns_of(
    plan: Plan,
    header: Sequence[str],
    where: Where,
    context: ImportContext,
    places: Sequence[int | None] = (),
) -> list[Column]:
    """What each column of a table is for; what does not fit is reported.

    Args:
        plan: The mapping.
        header: The header of the table.
        where: The place of the header.
        context: Where problems go.
        places: The number of each column in its file, where it is not that in the header.
    """
    headers = unique_headers(header)
    rules = _matched(plan, headers)
    columns = []
    at = list(places) or list(range(1, len(headers) + 1))
    for number, name in enumerate(headers):
        rule, part, group = rules.get(name, (None, "", ""))
        if rule is None:
            columns.append(Column(number, name, place=at[number]))
            continue
        dropped = DROP in plan.mapping.columns[rule].to
        targets = plan.columns[rule]
        columns.append(Column(number, name, targets, dropped, True, part, group, at[number]))
    _report(plan, columns, {rule for rule, _, _ in rules.values()}, where, context)
    return columns


def _matched(plan: Plan, headers: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """The rule of each header, with the name of its repeated part and what that is."""
    found: dict[str, tuple[str, str, str]] = {}
    exact = {as_typed(name): name for name in plan.columns if not _PART.search(name)}
    for name, column in plan.mapping.columns.items():
        for other in column.also:
            exact.setdefault(as_typed(other), name)
    near: dict[str, str] = {}
    for words, name in exact.items():
        near.setdefault(fold(words), name)
    taken = {exact[name] for name in headers if name in exact}
    for name in sorted(headers, key=lambda name: name not in plan.columns):
        rule = exact.get(name)
        if rule != name and any(rule == other for other, _, _ in found.values()):
            continue  # another header of the same column was taken already
        if rule is None and fold(name):
            rule = near.get(fold(name))
            rule = None if rule in taken else rule
        if rule is not None:
            taken.add(rule)
            found[name] = (rule, "", "")
    for rule in plan.columns:
        part = _PART.search(rule)
        if part is None:
            continue
        before, after = as_typed(rule[: part.start()]), as_typed(rule[part.end() :])
        only = plan.mapping.repeats[part[1]].only if part[1] in plan.mapping.repeats else ()
        wanted = {fold(name) for name in only}
        for name in headers:
            if name in found or len(name) <= len(before) + len(after):
                continue
            group = name[len(before) : len(name) - len(after)].strip()
            if not (name.startswith(before) and name.endswith(after) and group):
                continue
            if not only or fold(group) in wanted:
                found[name] = (rule, part[1], group)
    return found


def _report(
    plan: Plan, columns: Sequence[Column], used: set[str], where: Where, context: ImportContext
) -> None:
    for column in columns:
        if not column.known:
            context.problem(
                "J543",
                f"column {column.header!r} is not in the mapping; its cells are kept as they are",
                severity=Severity.INFO,
                where=attrs.evolve(where, column=column.place),
                cure=f'add it to the mapping, such as "{column.header}" = "extra" or = "drop"',
            )
    rest = [column.header for column in columns if not column.known]
    keys = [
        key for record in plan.records.values() for key in (*record.rule.key, *record.rule.when)
    ]
    have = {fold(column.header) for column in columns}
    lacking = [
        name
        for name, rule in plan.mapping.columns.items()
        if name not in used and not rule.optional
    ]
    lacking += [key for key in keys if fold(key) not in have]
    for name in dict.fromkeys(lacking):
        close = suggest(name, rest)
        context.problem(
            "J542",
            f"the mapping names a column {name!r} that the table does not have",
            severity=Severity.ERROR,
            where=where,
            cure=f"did you mean {' or '.join(map(repr, close))}?"
            if close
            else "correct the header in the mapping, or say optional = true",
        )


def groups_of(columns: Sequence[Column]) -> Mapping[str, list[str]]:
    """The groups of columns of each repeated part, in the order of the table."""
    found: dict[str, dict[str, None]] = {}
    for column in columns:
        if column.part:
            found.setdefault(column.part, {})[column.group] = None
    return {part: list(groups) for part, groups in found.items()}

"""What the caller says that columns mean, by a mapping; it comes before what their headers say."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from jmdi import FormatError, ImportContext, Problem, Severity, Where
from jmdi.errors import suggest
from jmdi.files.mapping import CellRule, TableMapping, TableRule, read_mapping
from jmdi.files.mapping.rules import CELL_KEYS, DROP, EXTRA
from jmdi.model.frozen import EMPTY
from jmdi.words.folding import fold

if TYPE_CHECKING:
    from jmdi_workplan.plan.tables import Plan

__all__ = ["FIELDS", "NOTHING", "Given", "given_of", "report"]

MEANINGS = (
    *("action", "objective", "audience", "activity", "place", "timeline", "start", "end"),
    *("finance", "currency", "funding-source", "budget-line", "responsible", "partner"),
    *("indicator", "baseline", "target", "actual", "verification", "output", "level", "number"),
    *("status", "section", "remarks"),
    *("actual-start", "actual-end", "actual-timeline", "actual-finance"),
)
FIELDS: Mapping[str, str] = {
    **{meaning: meaning for meaning in MEANINGS},
    "space": "action",
    "title": "action",
    "names": "action",
    "objectives": "objective",
    "location": "place",
    "places": "place",
    "period": "timeline",
}
"""What a column of a plan can be for, by the names that a mapping may use: the words of the
programme's form, the fields of an action, and the meanings that `jmdi explain-file` prints."""

DEEPEST = 3
"""Most rows of a header that a mapping names."""

WRITTEN = re.compile(
    r"(?:(?P<place>\S.*?),?\s+row\s+)?(?P<first>\d{1,7})(?:\s*-\s*(?P<last>\d{1,7}))?"
)

MOST_ROWS = 6
"""Most rows of a header that the option `header_row` says."""


@attrs.frozen(slots=True)
class HeaderRow:
    """Where the caller says that the header stands.

    Attributes:
        place: The table or sheet, such as ``table 2`` or ``[Plan]``; empty for every one.
        first: Its first row, from 1.
        last: Its last row; ``None`` if that is to be found out.
    """

    place: str
    first: int
    last: int | None = None

    def is_in(self, place: str) -> bool:
        """Whether it may stand in a table or sheet."""
        return self.place in ("", place)

    def is_at(self, place: str) -> bool:
        """Whether a place, such as ``table 2, row 5``, is that of its first row."""
        table, _, row = place.rpartition(", row ")
        return self.is_in(table) and row == str(self.first)


def header_row_of(option: str | int | None) -> HeaderRow | None:
    """What the option ``header_row`` says.

    Args:
        option: A row such as ``5``, rows such as ``5-6``, or either with its table or sheet, as
            problems name them: ``table 2, row 5``, ``[Plan], row 5-6``.

    Raises:
        FormatError: If it is none of these.
    """
    if option is None:
        return None
    found = WRITTEN.fullmatch(str(option).strip())
    if found is None:
        _refuse(option, "it is a row, such as 5 or 'table 2, row 5'")
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not 0 < first <= last < first + MOST_ROWS:
        _refuse(option, f"rows count from 1, and a header has {MOST_ROWS} at most")
    return HeaderRow(found["place"] or "", first, last if found["last"] else None)


def _refuse(option: str | int, cure: str) -> NoReturn:
    message = f"the option header_row is {option!r}"
    raise FormatError([Problem("workplan:W211", Severity.ERROR, message, cure=cure)])


@attrs.frozen(slots=True)
class Given:
    """What the caller says of the columns.

    Attributes:
        meanings: What a column means, by its folded header; ``drop`` for one to be left out, and
            ``None`` for one whose words are kept as they are.
        headers: The headers as the mapping has them, by the same.
        needed: The folded headers that a document must have.
        row: Where the header stands; ``None`` if that is to be found out.
        supposed: The folded header that must hold the actions, though no word of it says so.
    """

    meanings: Mapping[str, str | None] = EMPTY
    headers: Mapping[str, str] = EMPTY
    needed: frozenset[str] = frozenset()
    row: HeaderRow | None = None
    supposed: str | None = None

    def names(self, header: Sequence[str]) -> int:
        """How many columns of a header are given."""
        if not self.meanings:  # asked of each row of a long table
            return 0
        return len({fold(text) for text in header} & self.meanings.keys())

    def enough(self, header: Sequence[str]) -> bool:
        """Whether so many columns are given that a row is a header for sure."""
        return bool(self.meanings) and self.names(header) >= min(2, len(self.meanings))


NOTHING = Given()


def given_of(
    option: str | Mapping[str, Any] | TableMapping | None, header_row: str | int | None = None
) -> Given:
    """What the options ``columns`` and ``header_row`` say.

    Args:
        option: A mapping: the name of its TOML file, the same as a dict, or its section
            ``columns`` alone, such as ``{"Espacio": "space"}``.
        header_row: Where the header stands, such as ``table 2, row 5``.

    Raises:
        FormatError: If it cannot be read, or names a field that a plan does not have.
    """
    row = header_row_of(header_row)
    if option is None:
        return Given(row=row)
    if isinstance(option, Mapping) and not isinstance(option.get("columns"), Mapping):
        option = {"columns": option}
    mapping = read_mapping(_parsed(option))
    problems = list(_unused(mapping))
    meanings: dict[str, str | None] = {}
    for header, rule in mapping.columns.items():
        where = Where(file=mapping.file, member=f"/columns/{header}")
        for key in CELL_KEYS:
            if getattr(rule, key) is not None:
                message = (
                    f"mapping, columns > {header}: {key!r} has no use, a plan reads cells itself"
                )
                cure = "leave it out; options such as day_first say how cells are read"
                problems.append(Problem("J541", Severity.ERROR, message, where, cure=cure))
        fields = [to.removeprefix("action.") for to in rule.to]
        for to in fields:
            if to not in FIELDS and to not in (DROP, EXTRA):
                near = suggest(to, FIELDS)
                cure = f"did you mean {' or '.join(near)}?" if near else f"there are {_LISTED}"
                message = f"mapping, columns > {header}: a plan has no field {to!r}"
                problems.append(Problem("J541", Severity.ERROR, message, where, cure=cure))
        known = [FIELDS[to] for to in fields if to in FIELDS]
        meanings[fold(header)] = "+".join(known) if known else DROP if DROP in fields else None
    if problems:
        raise FormatError(problems)
    return Given(
        meanings,
        {fold(header): header for header in mapping.columns},
        frozenset(fold(h) for h, rule in mapping.columns.items() if not rule.optional),
        row,
    )


def _parsed(
    option: str | Mapping[str, Any] | TableMapping,
) -> str | Mapping[str, Any] | TableMapping:
    """A mapping that is typed on the command line, instead of the name of its file.

    Raises:
        FormatError: If it begins like one and is not JSON.
    """
    if not isinstance(option, str) or not option.lstrip().startswith("{"):
        return option
    try:
        typed = json.loads(option)
    except json.JSONDecodeError as error:
        message = f"the option columns is no JSON: {error.msg} at character {error.pos + 1}"
        cure = """such as {"Space": "action"}, in double quotes; or name a mapping in TOML"""
        raise FormatError([Problem("J541", Severity.ERROR, message, cure=cure)]) from None
    return typed if isinstance(typed.get("columns"), dict) else {"columns": typed}


def _unused(mapping: TableMapping) -> Iterator[Problem]:
    """What a mapping says that a plan does not take from it."""
    kinds = {rule.kind for rule in mapping.records.values()}
    said = {
        "records": not kinds <= {"action"},
        "repeats": bool(mapping.repeats),
        "cells": mapping.cells != CellRule(),
        "table": mapping.table != TableRule(),
    }
    for section in (name for name, is_said in said.items() if is_said):
        message = f"mapping, {section}: a plan takes nothing but 'columns' from a mapping"
        where = Where(file=mapping.file, member=f"/{section}")
        cure = "give the options of the importer, such as language=es or day_first=true"
        yield Problem("J541", Severity.ERROR, message, where, cure=cure)


_LISTED = ", ".join(("space", "objectives", "location", *MEANINGS))


def report(given: Given, plan: Plan, context: ImportContext) -> None:
    """Reports the given columns that no table has, and how many cells were left out."""
    columns = [column for table in plan.tables for column in table.columns]
    headers = {fold(column.header): column.header for column in columns}
    for folded in sorted(given.needed - headers.keys()):
        near = suggest(given.headers[folded], headers.values())
        context.problem(
            "J542",
            f"the mapping names a column {given.headers[folded]!r} that no table of the plan has",
            severity=Severity.ERROR,
            where=Where(context.name),
            cure=f"did you mean {' or '.join(map(repr, near))}?"
            if near
            else "correct the header in the mapping, or say optional = true",
        )
    heads = {line.place for one in plan.segments if one.columns for line in one.lines}
    if given.row is not None and not any(map(given.row.is_at, heads)):
        context.problem(
            "workplan:W211",
            f"no table has the row {given.row.first} of the option header_row",
            severity=Severity.ERROR,
            where=Where(context.name, cell=given.row.place or None),
            cure="say the row of its header, as jmdi explain-file shows rows, or leave it out",
            plugin="workplan",
        )
    dropped: Counter[str] = Counter()
    for table in plan.tables:
        for number in table.meant.get(DROP, ()):
            words = [row.entry.words(number).strip() for row in table.rows]
            dropped[table.columns[number].header] += sum(map(bool, words))
    for header, count in dropped.items():
        message = (
            f"column {header!r} is dropped, as the mapping says: {count:,} cell{'s' * (count != 1)}"
        )
        context.problem("J548", message, severity=Severity.INFO, where=Where(context.name))

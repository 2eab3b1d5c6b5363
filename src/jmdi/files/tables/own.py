"""Columns of a user's own, which no kind declares: the type that all their cells have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from jmdi.files.delimited import Row, unguard
from jmdi.files.strict_json import parse_json
from jmdi.files.tables.plan import EXTRA, KIND, Plan
from jmdi.model.writing import dumps

__all__ = ["NOT_KNOWN", "Read", "own_types", "plain_columns", "text_of", "type_of"]

NOT_KNOWN = frozenset({"NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None"})
"""What other programs write where nothing is known; NA may be Namibia all the same."""

Read: TypeAlias = Callable[[str], Any]
"""Makes the value of a cell."""

# A number begins with no zero: 0123 is a code. Digits are bounded as Python bounds them.
_NUMBER = re.compile(r"-?[1-9]\d{0,4000}|0|-?(0|[1-9]\d{0,400})\.\d{1,400}", re.ASCII)
_TRUTH = {"true": True, "false": False}


def type_of(cells: Iterable[str]) -> Read:
    """How the cells of a column are read: as true or false, as numbers, or as text.

    One cell that is text makes the column text. A date is text too, in its ISO form.
    """
    rest = {cell for cell in cells if cell}
    if rest and rest <= _TRUTH.keys():
        return _TRUTH.__getitem__
    if rest and all(map(_NUMBER.fullmatch, rest)):
        return lambda cell: parse_json(cell.encode())
    return str


def own_types(plan: Plan, columns: Sequence[str], rows: Sequence[Row]) -> dict[str, Read]:
    """How each column is read that the kind of a table does not declare."""
    own = [
        (number, column)
        for number, column in enumerate(columns)
        if column not in (EXTRA, KIND) and not plan.declares(column)
    ]
    return {
        column: type_of(unguard(row.cells[number]) for row in rows if number < len(row.cells))
        for number, column in own
    }


def text_of(value: Any) -> str:
    """A text, number or truth value as a cell."""
    return value if isinstance(value, str) else dumps(value)


def plain_columns(plan: Plan, raws: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The members of records that can be columns, because they are read back as they are."""
    values: dict[str, list[Any]] = {}
    for raw in raws:
        for name, value in raw.items():
            values.setdefault(name, []).append(value)
    return frozenset(
        name for name, found in values.items() if plan.is_free(name) and _comes_back(found)
    )


def _comes_back(values: Sequence[Any]) -> bool:
    if not all(isinstance(value, (str, int, float, Decimal)) and value != "" for value in values):
        return False
    cells = list(map(text_of, values))
    read = type_of(cells)
    return all(dumps(read(cell)) == dumps(value) for cell, value in zip(cells, values, strict=True))

"""Columns of attributes, each made from records when it is first asked for."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldType
from jmdi.model.records import Record, pick
from jmdi.model.values import Code, Period

__all__ = ["Columns", "Maker", "plain", "record_columns"]

Maker: TypeAlias = Callable[[], Sequence[Any]]

_SCALARS = frozenset(
    {"str", "int", "float", "bool", "decimal", "date", "datetime", "enum", "literal", "ref"}
)


class Columns(Mapping[str, Sequence[Any]]):
    """Columns by name; those given as a function are computed when first asked for."""

    __slots__ = ("_columns",)

    def __init__(self, columns: Mapping[str, Sequence[Any] | Maker]) -> None:
        self._columns: dict[str, Sequence[Any] | Maker] = dict(columns)

    def __getitem__(self, name: str) -> Sequence[Any]:
        column = self._columns[name]
        if not isinstance(column, tuple):
            made = column() if callable(column) else column
            column = self._columns[name] = tuple(made)
        return column

    def fit(self, length: int) -> bool:
        """Whether the columns have this length; those that are not made yet are not looked at."""
        return all(len(c) == length for c in self._columns.values() if not callable(c))

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __repr__(self) -> str:
        return f"Columns({', '.join(self._columns)})"


def plain(value: Any) -> Any:
    """A field's value as one that any table or graph format can hold.

    A code is given without its scheme, a period as its EDTF, a text in one language; a number,
    a date or a string stays as it is. Values with several parts are kept as they are.
    """
    if isinstance(value, Code):
        return value.code
    if isinstance(value, Period):
        return value.edtf
    if isinstance(value, Mapping):
        return pick(value) or None
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return tuple(map(plain, value)) or None
    return value


def _fits(kind: FieldType) -> bool:
    """Whether values of a type can stand in one cell."""
    if kind.form == "tuple":
        return kind.item is not None and kind.item.form != "text" and _fits(kind.item)
    if kind.form == "value":
        return kind.cls in (Code, Period)
    return kind.form in _SCALARS or kind.form == "text"


def field_names(classes: Iterable[type]) -> tuple[str, ...]:
    """The fields of these classes that can stand in one cell, ends and names left out."""
    names = dict.fromkeys(
        field.name
        for cls in classes
        for field in fields_of(cls)
        if _fits(field.type) and field.name not in ("source", "target", "names")
    )
    return tuple(names)


def record_columns(
    records: Sequence[Record | None] | Callable[[], Sequence[Record | None]],
    classes: Iterable[type],
    *,
    before: int = 0,
    after: int = 0,
) -> dict[str, Sequence[Any] | Maker]:
    """A column for each field of records that can stand in one cell.

    Args:
        records: A record for each row, or a function that gives them; ``None`` for none.
        classes: The classes that they can be of; their fields become the columns.
        before: How many rows without a record come first.
        after: How many rows without a record come last.
    """

    def maker(name: str) -> Maker:
        def column() -> Sequence[Any]:
            rows = records() if callable(records) else records
            values = [plain(getattr(record, name, None)) for record in rows]
            return (*[None] * before, *values, *[None] * after)

        return column

    return {name: maker(name) for name in field_names(classes)}


def kinds_of(records: Iterable[Record | None]) -> tuple[str | None, ...]:
    """The kind of each record."""
    return tuple(None if record is None else record.kind for record in records)


def labels_of(records: Iterable[Record | None]) -> tuple[str | None, ...]:
    """The name of each record in one language, or its id."""
    return tuple(None if record is None else record.label() for record in records)

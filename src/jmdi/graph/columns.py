"""Columns of attributes, each made from records when it is first asked for."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeAlias

from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldType
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Record, pick
from jmdi.model.values import Code, Period

__all__ = ["Columns", "Maker", "free_name", "own_column", "own_names", "plain", "record_columns"]

Maker: TypeAlias = Callable[[], Sequence[Any]]

_SCALARS = frozenset(
    {"str", "int", "float", "bool", "decimal", "date", "datetime", "enum", "literal", "ref"}
)

_BUILT_IN = frozenset({"id", "kind", "label", "shared", "source", "target"})
"""Names of columns that a network has by itself."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Columns(Mapping[str, Sequence[Any]]):
    """Columns by name; those given as a function are computed when first asked for."""

    __slots__ = ("_columns",)

    def __init__(self, columns: Mapping[str, Sequence[Any] | Maker]) -> None:
        self._columns: dict[str, Sequence[Any] | Maker] = {
            name: column if callable(column) else tuple(column) for name, column in columns.items()
        }

    def __getitem__(self, name: str) -> Sequence[Any]:
        column = self._columns[name]
        if callable(column):
            column = self._columns[name] = tuple(column())
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


def free_name(name: str, taken: Collection[str]) -> str:
    """A name for one more column; one that is taken gets an underscore."""
    while name in taken:
        name += "_"
    return name


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
    """The fields of these classes that can stand in one cell, ends and names left out.

    The direction of a tie is that of its edge.
    """
    names = dict.fromkeys(
        field.name
        for cls in classes
        for field in fields_of(cls)
        if _fits(field.type)
        and field.name not in ("source", "target", "names")
        and (field.owner, field.name) != ("tie", "directed")
    )
    return tuple(names)


def own_names(records: Iterable[Record | None]) -> tuple[str, ...]:
    """The own attributes of records: members of ``extra`` that are a text, a number or yes or no.

    A name that a field of some record has is none.
    """
    every = map(attrgetter("extra"), filter(None, records))
    extras = [extra for extra in every if extra is not EMPTY]
    names = dict.fromkeys(
        name
        for extra in extras
        for name, value in extra.items()
        if isinstance(value, (str, int, float, Decimal)) and name not in _BUILT_IN
    )
    return tuple(names)


def own_column(records: Iterable[Record | None], name: str) -> list[Any]:
    """An own attribute of each record; dates where all that are known are dates.

    A date is kept as text, because JSON has no dates.
    """
    values = [None if record is None else record.extra.get(name) for record in records]
    dates = {value: _date(value) for value in values if value is not None}
    if dates and None not in dates.values():
        return [None if value is None else dates[value] for value in values]
    return values


def _date(value: Any) -> datetime.date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def record_columns(
    records: Sequence[Record | None], classes: Iterable[type], *, after: int = 0
) -> dict[str, Sequence[Any] | Maker]:
    """A column for each field of records that can stand in one cell, and each own attribute.

    Args:
        records: A record for each row; ``None`` for none.
        classes: The classes that they can be of; their fields become the columns.
        after: How many rows without a record come last.
    """

    def maker(name: str) -> Maker:
        return lambda: (*(plain(getattr(record, name, None)) for record in records), *last)

    def own(name: str) -> Maker:
        return lambda: (*own_column(records, name), *last)

    def wave() -> Sequence[Any]:
        periods = (getattr(record, "period", None) for record in records)
        return (*(None if period is None else period.wave for period in periods), *last)

    last = (None,) * after
    fields = field_names(classes)
    return {
        **{name: maker(name) for name in fields},
        **({"period.wave": wave} if "period" in fields and _have_waves(records) else {}),
        **{name: own(name) for name in own_names(records) if name not in fields},
    }


def _have_waves(records: Sequence[Record | None]) -> bool:
    try:
        periods = set(map(attrgetter("period"), records))  # at the speed of C
    except AttributeError:  # some have none
        periods = {getattr(record, "period", None) for record in records}
    return any(period.wave is not None for period in periods if period is not None)


def kinds_of(records: Iterable[Record | None]) -> tuple[str | None, ...]:
    """The kind of each record."""
    return tuple(None if record is None else record.kind for record in records)


def labels_of(records: Iterable[Record | None]) -> tuple[str | None, ...]:
    """The name of each record in one language, or its id."""
    return tuple(None if record is None else record.label() for record in records)

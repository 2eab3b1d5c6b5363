"""Members of records as columns of Arrow, and back.

A column is derived from the type of a field. What it does not give back exactly is found while it
is made, value by value, so that it can be kept beside the columns.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

import attrs
import pyarrow as pa

from jmdi import Period
from jmdi.model.declare import fields_of
from jmdi.model.edtf import parse_or_none
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.writing import write_datetime

__all__ = ["Columns", "Misfits", "columns_of", "columns_with", "struct_of", "values_of"]

DIGITS, PLACES = 38, 9
"""Digits of a decimal column, and how many of them stand behind the point."""

AMOUNT = pa.decimal128(DIGITS, PLACES)
MOMENT = pa.timestamp("us", tz="UTC")

ROLE = b"jmdi"
"""The metadata of a column that is no member: ``digits`` of the one before, or ``derived``."""

Encode: TypeAlias = "Callable[[Sequence[Any], Sequence[int], Misfits], list[pa.Array]]"


@attrs.define(slots=True)
class Misfits:
    """What columns do not give back.

    Attributes:
        rows: The rows of which they do not.
        outside: How many figures and texts have no cell at all: there a column says nothing.
    """

    rows: set[int] = attrs.field(factory=set)
    outside: int = 0


@attrs.frozen(slots=True)
class Columns:
    """The columns of one member.

    Attributes:
        fields: Name and type of each.
    """

    fields: tuple[pa.Field, ...]
    _encode: Encode

    def encode(
        self, values: Sequence[Any], rows: Sequence[int], misfits: Misfits
    ) -> list[pa.Array]:
        """The arrays of values, one for each column.

        Args:
            values: The values; one that is not there is ``None``.
            rows: In which row each stands.
            misfits: What the columns do not give back is added to it.
        """
        absent = values.count(None)
        if absent == len(values):
            return [pa.nulls(len(values), field.type) for field in self.fields]
        if absent < len(values) // 4:
            return self._encode(values, rows, misfits)
        # Most members are there in few rows: only those are looked at.
        there = [index for index, value in enumerate(values) if value is not None]
        given = [values[index] for index in there]
        arrays = self._encode(given, [rows[index] for index in there], misfits)
        places: list[int | None] = [None] * len(values)
        for place, index in enumerate(there):
            places[index] = place
        taken = pa.array(places, pa.int32())
        return [array.take(taken) for array in arrays]


def columns_of(name: str, kind: FieldType, above: tuple[type, ...] = ()) -> Columns | None:
    """The columns for a field.

    Args:
        name: Its name.
        kind: Its type.
        above: The value classes that it is within.

    Returns:
        ``None`` where there is none: any JSON, and a value within another of its class.
    """
    if kind.form == "json":
        return None
    if kind.form == "value":
        if kind.cls in above:
            return None
        return _struct(name, fields_of(kind.cls), (*above, kind.cls))
    if kind.form in ("tuple", "mapping"):
        assert kind.item is not None
        return _several(name, kind.form == "mapping", kind.item, above)
    if kind.form == "text":
        return _several(name, True, FieldType("str"), above)
    if kind.form == "decimal":
        digits = pa.field(f"{name}_digits", pa.int8(), metadata={ROLE: b"digits"})
        return Columns((pa.field(name, AMOUNT), digits), _decimals)
    type_, cell, back = _PLAIN.get(kind.form, (pa.string(), _of(str), None))
    return Columns((pa.field(name, type_),), _plain(type_, cell, back))


def struct_of(name: str, fields: Sequence[FieldInfo]) -> Columns | None:
    """The column for a block or a facet; ``None`` if no column can hold any of its members."""
    return _struct(name, fields, ())


def _of(cls: type) -> Callable[[Any], Any]:
    """Takes values of a class as they are; others have no cell."""
    return lambda value: value if value.__class__ is cls else None


def _whole(value: Any) -> int | None:
    return value if value.__class__ is int and -(2**63) <= value < 2**63 else None


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _moment(value: Any) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(value).astimezone(datetime.UTC)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment


_PLAIN: dict[str, tuple[pa.DataType, Callable[[Any], Any], Callable[[Any], Any] | None]] = {
    "int": (pa.int64(), _whole, None),
    "float": (pa.float64(), _of(float), None),
    "bool": (pa.bool_(), _of(bool), None),
    "date": (pa.date32(), _day, datetime.date.isoformat),
    "datetime": (MOMENT, _moment, write_datetime),
}
"""By the form of a field: type of column, cell of a value, and value of a cell if it differs."""


def _plain(
    type_: pa.DataType, cell: Callable[[Any], Any], back: Callable[[Any], Any] | None
) -> Encode:
    fitting = {type(None), str} if type_ == pa.string() else {type(None)}

    def encode(values: Sequence[Any], rows: Sequence[int], misfits: Misfits) -> list[pa.Array]:
        if back is None and set(map(type, values)) <= fitting:
            return [pa.array(values, type_)]
        cells = [None if value is None else cell(value) for value in values]
        for index, (value, held) in enumerate(zip(values, cells, strict=True)):
            if value is None:
                continue
            if held is None:
                misfits.outside += 1
                misfits.rows.add(rows[index])
            elif back is not None and back(held) != value:
                misfits.rows.add(rows[index])
        return [pa.array(cells, type_)]

    return encode


def _decimals(values: Sequence[Any], rows: Sequence[int], misfits: Misfits) -> list[pa.Array]:
    """Decimal numbers, and how many digits stood behind the point of each."""
    cells, digits = [None] * len(values), [None] * len(values)
    for index, value in enumerate(values):
        if value is None:
            continue
        cells[index], digits[index] = cell, places = _decimal(value)
        if cell is None:
            misfits.outside += 1
        if cell is None or f"{cell:.{places}f}" != value:
            misfits.rows.add(rows[index])
    return [pa.array(cells, AMOUNT), pa.array(digits, pa.int8())]


def _decimal(value: Any) -> tuple[Any, Any]:
    try:
        number = Decimal(value) if value.__class__ is str else Decimal("NaN")
    except InvalidOperation:
        return None, None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -PLACES or number.adjusted() >= DIGITS - PLACES:
        return None, None
    return number if number else abs(number), max(0, -exponent)  # no column has a -0


def _several(name: str, is_map: bool, item: FieldType, above: tuple[type, ...]) -> Columns | None:
    """The column of a list, or of a mapping from texts."""
    inner = columns_of("item", item, above)
    if inner is None:
        return None
    if len(inner.fields) > 1:  # a list has one item: its parts stand in a struct
        inner = _joined(inner)
    held = next(iter(inner.fields))
    type_ = pa.map_(pa.string(), held) if is_map else pa.list_(held)

    def encode(values: Sequence[Any], rows: Sequence[int], misfits: Misfits) -> list[pa.Array]:
        wanted = dict if is_map else list
        offsets, absent = [0], list[bool]()
        keys, items, of_rows = list[str](), list[Any](), list[int]()
        for value, row in zip(values, rows, strict=True):
            absent.append(value.__class__ is not wanted)
            if value.__class__ is wanted:
                given: Any = value
                parts = given.values() if is_map else given
                if is_map:
                    keys += value
                    if len(value) > 1 and list(value) != sorted(value):
                        misfits.rows.add(row)
                if None in parts:
                    misfits.rows.add(row)
                items += parts
                of_rows += itertools.repeat(row, len(value))
            elif value is not None:
                misfits.rows.add(row)
                misfits.outside += 1
            offsets.append(len(items))
        (array,) = inner.encode(items, of_rows, misfits)
        mask = pa.array(absent, pa.bool_())
        ends = pa.array(offsets, pa.int32())
        if is_map:
            names = pa.array(keys, pa.string())
            return [pa.MapArray.from_arrays(ends, names, array, type=type_, mask=mask)]
        return [pa.ListArray.from_arrays(ends, array, type=type_, mask=mask)]

    return Columns((pa.field(name, type_),), encode)


def columns_with(
    members: Mapping[str, Columns], objects: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, list[Any], Columns]]:
    """Each member with its value in each object, ``None`` where it has none, and its columns."""
    there = set[str]().union(*objects)
    for name, columns in members.items():
        if name in there:
            yield name, [one.get(name) for one in objects], columns
        else:
            yield name, [None] * len(objects), columns


def _joined(columns: Columns) -> Columns:
    """Several columns of one member as one struct."""
    type_ = pa.struct(columns.fields)

    def encode(values: Sequence[Any], rows: Sequence[int], misfits: Misfits) -> list[pa.Array]:
        arrays = columns.encode(values, rows, misfits)
        return [pa.StructArray.from_arrays(arrays, fields=list(columns.fields))]

    return Columns((pa.field("item", type_, metadata={ROLE: b"joined"}),), encode)


def _struct(name: str, fields: Sequence[FieldInfo], above: tuple[type, ...]) -> Columns | None:
    """The column of a value, a block or a facet."""
    made = ((field.name, columns_of(field.name, field.type, above)) for field in fields)
    members = {member: columns for member, columns in made if columns is not None}
    if not members:
        return None
    inner = [field for columns in members.values() for field in columns.fields]
    dated = bool(above) and above[-1] is Period
    if dated:
        inner += _DAYS

    def encode(values: Sequence[Any], rows: Sequence[int], misfits: Misfits) -> list[pa.Array]:
        objects = [value if value.__class__ is dict else {} for value in values]
        held = 0
        arrays: list[pa.Array] = []
        for _, parts, columns in columns_with(members, objects):
            arrays += columns.encode(parts, rows, misfits)
            held += len(parts) - parts.count(None)
        if held < sum(map(len, objects)):
            for row, value in zip(rows, objects, strict=True):
                if None in value.values() or not value.keys() <= members.keys():
                    misfits.rows.add(row)
        absent = [value.__class__ is not dict for value in values]
        for row, value, missing in zip(rows, values, absent, strict=True):
            if missing and value is not None:
                misfits.outside += 1
                misfits.rows.add(row)
        if dated:
            arrays += _days(objects)
        mask = pa.array(absent, pa.bool_())
        return [pa.StructArray.from_arrays(arrays, fields=inner, mask=mask)]

    return Columns((pa.field(name, pa.struct(inner)),), encode)


_DAYS = [
    pa.field(name, type_, metadata={ROLE: b"derived"})
    for name, type_ in (
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("start_open", pa.bool_()),
        ("end_open", pa.bool_()),
    )
]
"""What `jmdi.Period.covers` looks at, since no engine reads EDTF."""


def _days(periods: Sequence[Any]) -> list[pa.Array]:
    texts = [period.get("edtf") for period in periods]
    dates = [parse_or_none(text) if isinstance(text, str) else None for text in texts]
    return [
        pa.array([date and date.lower() for date in dates], pa.date32()),
        pa.array([date and date.upper() for date in dates], pa.date32()),
        pa.array([date and date.start_state == "open" for date in dates], pa.bool_()),
        pa.array([date and date.end_state == "open" for date in dates], pa.bool_()),
    ]


def members_of(
    fields: Sequence[pa.Field], arrays: Sequence[pa.Array]
) -> Iterator[tuple[str, list[Any]]]:
    """The members that columns hold, each with its value in each row, ``None`` if it has none."""
    pairs = list(zip(fields, arrays, strict=True))
    for index, (field, array) in enumerate(pairs):
        if _role(field) in (b"digits", b"derived"):
            continue
        after = pairs[index + 1] if index + 1 < len(pairs) else None
        if after is not None and _role(after[0]) == b"digits":
            cells = zip(array.to_pylist(), after[1].to_pylist(), strict=True)
            yield field.name, [None if c is None else f"{c:.{places}f}" for c, places in cells]
        else:
            yield field.name, values_of(field, array)


def values_of(field: pa.Field, array: pa.Array) -> list[Any]:
    """The JSON values of a column, ``None`` where there is none."""
    type_ = field.type
    if pa.types.is_struct(type_):
        return _objects(field, array)
    if pa.types.is_map(type_):
        return _maps(type_.item_field, array)
    if pa.types.is_list(type_):
        valid, ends = array.is_valid().to_pylist(), array.offsets.to_pylist()
        items = values_of(type_.value_field, array.values)
        spans = zip(valid, itertools.pairwise(ends), strict=True)
        return [items[first:last] if there else None for there, (first, last) in spans]
    cells = array.to_pylist()
    write = _WRITE.get(type_)
    return cells if write is None else [None if c is None else write(c) for c in cells]


_WRITE: dict[pa.DataType, Callable[[Any], str]] = {
    pa.date32(): datetime.date.isoformat,
    MOMENT: write_datetime,
}


def _role(field: pa.Field) -> bytes | None:
    return (field.metadata or {}).get(ROLE)


def _objects(field: pa.Field, array: pa.Array) -> list[Any]:
    type_ = field.type
    fields = [type_.field(index) for index in range(type_.num_fields)]
    found = list(members_of(fields, array.flatten()))
    if _role(field) == b"joined":
        return found[0][1]
    names = [name for name, _ in found]
    valid = array.is_valid().to_pylist()
    rows = zip(valid, *(values for _, values in found), strict=True)
    return [
        {n: v for n, v in zip(names, values, strict=True) if v is not None} if there else None
        for there, *values in rows
    ]


def _maps(item: pa.Field, array: pa.MapArray) -> list[Any]:
    valid, ends = array.is_valid().to_pylist(), array.offsets.to_pylist()
    keys, items = array.keys.to_pylist(), values_of(item, array.items)
    spans = zip(valid, itertools.pairwise(ends), strict=True)
    return [
        dict(zip(keys[first:last], items[first:last], strict=True)) if there else None
        for there, (first, last) in spans
    ]

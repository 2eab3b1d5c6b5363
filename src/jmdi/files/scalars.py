"""Structuring and unstructuring of single values, by field type, without any coercion.

A hook of the reading side takes a JSON value and returns the Python value or raises
:class:`Refused`; a hook of the writing side does the reverse, so that nothing is ever
written that could not be read again.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jmdi.model.checking import DIGITS
from jmdi.model.fields import FieldType
from jmdi.model.frozen import FrozenMap, freeze
from jmdi.model.values import Code
from jmdi.model.writing import Hook, Refused, choice, write_datetime
from jmdi.words.type_names import BOOL, FLOAT, INT, MAPPING, STR, shown

__all__ = ["read_code", "reader"]


DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _exact(cls: type, name: str, cure: str | None = None) -> Hook:
    """Takes values of exactly this class."""

    def read(value: Any) -> Any:
        if value.__class__ is cls:
            return value
        raise Refused(f"expected {name}, got {shown(value)}", value, cure)

    return read


_quoted = _exact(str, STR, "write it in quotes")


def _id(value: Any) -> str:
    if value.__class__ is not str:
        raise Refused(f"expected an id, got {shown(value)}", value, "write it in quotes")
    if not value:
        raise Refused("an id cannot be empty", value)
    return value


def _ref(value: Any) -> str:
    """An id of another record; equal ones share one string, which halves the memory of ties."""
    return sys.intern(_id(value))


def _float(value: Any) -> float:
    if not isinstance(value, float):
        raise Refused(
            f"expected {FLOAT}, got {shown(value)}",
            value,
            "write it with a decimal point",
        )
    if not math.isfinite(value):
        raise Refused("a number must be finite", value)
    return float(value)


def _decimal(value: Any) -> Decimal:
    if value.__class__ is not str or len(value) > DIGITS + 2 or not DECIMAL.fullmatch(value):
        raise Refused(
            f"expected a decimal number, got {shown(value)}", value, 'write it as "1234.50"'
        )
    return Decimal(value)


def _date(value: Any) -> datetime.date:
    if value.__class__ is not str or not DATE.fullmatch(value):
        raise Refused(f"expected a date, got {shown(value)}", value, 'write it as "2015-10-19"')
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise Refused(f"{value} is not a date: {error}", value) from None


def _datetime(value: Any) -> datetime.datetime:
    cure = 'write it as "2015-10-19T08:00:00Z"'
    try:
        time = datetime.datetime.fromisoformat(value)
        canonical = write_datetime(time)
    except (TypeError, ValueError):
        raise Refused(f"expected a time with its zone, got {shown(value)}", value, cure) from None
    if canonical != value:
        raise Refused(f"{value} is not in canonical form", value, f'write it as "{canonical}"')
    return time


def _text(value: Any) -> FrozenMap[str]:
    cure = 'write it as {"en": "…"}; "und" is an undetermined language'
    if value.__class__ is not dict:
        raise Refused(f"expected a text by language, got {shown(value)}", value, cure)
    for words in value.values():
        if words.__class__ is not str:
            raise Refused(f"expected {STR} for each language, got {shown(words)}", words, cure)
    return FrozenMap(value)


def _optional(hook: Hook) -> Hook:
    return lambda value: None if value is None else hook(value)


@functools.lru_cache(maxsize=4096)
def _code(scheme: str, code: str) -> Code:
    """A code; the few that a data set uses over and over are shared."""
    return Code(scheme, code)


def read_code(value: Mapping[str, Any]) -> Code | None:
    """The shared Code of a plain ``{"scheme": …, "code": …}``; ``None`` if it is not plain."""
    if len(value) == 2:
        scheme, code = value.get("scheme"), value.get("code")
        if scheme.__class__ is str and code.__class__ is str:
            return _code(scheme, code)
    return None


_READERS: Mapping[str, Hook] = {
    "str": _quoted,
    "int": _exact(int, INT),
    "bool": _exact(bool, BOOL),
    "float": _float,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "id": _id,
    "ref": _ref,
    "text": _text,
}


def reader(
    kind: FieldType, structure_value: Callable[[type], Hook], structure_item: Callable[[Hook], Hook]
) -> Hook:
    """The hook that reads values of a field type.

    Args:
        kind: The field type.
        structure_value: Gives the hook of a value class.
        structure_item: Makes of an item's hook the hook of an array of them.
    """
    if kind.form == "value":
        hook = structure_value(kind.cls)
    elif kind.form == "tuple":
        assert kind.item is not None
        hook = structure_item(reader(kind.item, structure_value, structure_item))
    elif kind.form == "mapping":
        assert kind.item is not None
        hook = _mapping(reader(kind.item, structure_value, structure_item))
    elif kind.form == "json":
        hook = _json
    elif kind.form == "literal":
        hook = choice(kind.choices)
    elif kind.form == "enum":
        pick = choice(tuple(member.value for member in kind.cls))
        enum = kind.cls
        hook = lambda value: enum(pick(value))  # noqa: E731
    else:
        hook = _READERS[kind.form]
    return _optional(hook) if kind.optional else hook


def _json(value: Any) -> FrozenMap[Any]:
    if value.__class__ is not dict:
        raise Refused(f"expected {MAPPING}, got {shown(value)}", value)
    frozen: FrozenMap[Any] = freeze(value)
    return frozen


def _mapping(item: Hook) -> Hook:
    def read(value: Any) -> FrozenMap[Any]:
        if value.__class__ is not dict:
            raise Refused(f"expected {MAPPING}, got {shown(value)}", value)
        return FrozenMap({key: item(member) for key, member in value.items()})

    return read

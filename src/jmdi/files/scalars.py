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
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from jmdi.model.checking import DIGITS
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.frozen import FrozenMap, freeze
from jmdi.model.values import Code

__all__ = ["Hook", "Refused", "reader", "writer"]

Hook: TypeAlias = Callable[[Any], Any]

DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Refused(ValueError):
    """A value is not what the field must hold.

    Attributes:
        value: The value.
        cure: What to do about it.
    """

    def __init__(self, message: str, value: Any, cure: str | None = None) -> None:
        super().__init__(message)
        self.value = value
        self.cure = cure


_JSON_NAMES = {
    str: "text",
    bool: "boolean",
    int: "whole number",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}


def _shown(value: Any) -> str:
    text = repr(value)
    name = _JSON_NAMES.get(type(value), type(value).__name__)
    return f"{name} {text if len(text) <= 60 else text[:57] + '…'}"


def _exact(cls: type, cure: str | None = None) -> Hook:
    """Takes values of exactly this class."""
    name = _JSON_NAMES[cls]

    def read(value: Any) -> Any:
        if value.__class__ is cls:
            return value
        raise Refused(f"expected {name}, got {_shown(value)}", value, cure)

    return read


_quoted = _exact(str, "write it in quotes")


def _id(value: Any) -> str:
    """An id; equal ids share one string, which halves the memory of relations."""
    if value.__class__ is not str:
        raise Refused(f"expected an id, got {_shown(value)}", value, "write it in quotes")
    if not value:
        raise Refused("an id cannot be empty", value)
    return sys.intern(value)


def _float(value: Any) -> float:
    if value.__class__ is not float:
        raise Refused(
            f"expected number, got {_shown(value)}",
            value,
            "write it with a decimal point",
        )
    if not math.isfinite(value):
        raise Refused("a number must be finite", value)
    return value


def _decimal(value: Any) -> Decimal:
    if value.__class__ is not str or len(value) > DIGITS + 2 or not DECIMAL.fullmatch(value):
        raise Refused(
            f"expected a decimal number, got {_shown(value)}", value, 'write it as "1234.50"'
        )
    return Decimal(value)


def _date(value: Any) -> datetime.date:
    if value.__class__ is not str or not DATE.fullmatch(value):
        raise Refused(f"expected a date, got {_shown(value)}", value, 'write it as "2015-10-19"')
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise Refused(f"{value} is not a date: {error}", value) from None


def _write_datetime(value: Any) -> str:
    if not isinstance(value, datetime.datetime) or value.utcoffset() is None:
        raise Refused(f"expected a time with its zone, got {_shown(value)}", value)
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _datetime(value: Any) -> datetime.datetime:
    cure = 'write it as "2015-10-19T08:00:00Z"'
    try:
        time = datetime.datetime.fromisoformat(value)
        canonical = _write_datetime(time)
    except (TypeError, ValueError):
        raise Refused(f"expected a time with its zone, got {_shown(value)}", value, cure) from None
    if canonical != value:
        raise Refused(f"{value} is not in canonical form", value, f'write it as "{canonical}"')
    return time


def _text(value: Any) -> FrozenMap[str]:
    cure = 'write it as {"en": "…"}; "und" is an undetermined language'
    if value.__class__ is not dict:
        raise Refused(f"expected a text by language, got {_shown(value)}", value, cure)
    for words in value.values():
        if words.__class__ is not str:
            raise Refused(f"expected str for each language, got {_shown(words)}", words, cure)
    return FrozenMap(value)


def _choice(choices: tuple[str, ...]) -> Hook:
    allowed = frozenset(choices)

    def read(value: Any) -> Any:
        if value.__class__ is str and value in allowed:
            return value
        raise Refused(f"expected one of {', '.join(choices)}, got {_shown(value)}", value)

    return read


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
    "int": _exact(int),
    "bool": _exact(bool),
    "float": _float,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "id": _id,
    "ref": _id,
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
        hook = _choice(kind.choices)
    elif kind.form == "enum":
        pick = _choice(tuple(member.value for member in kind.cls))
        enum = kind.cls
        hook = lambda value: enum(pick(value))  # noqa: E731
    else:
        hook = _READERS[kind.form]
    return _optional(hook) if kind.optional else hook


def _json(value: Any) -> FrozenMap[Any]:
    if value.__class__ is not dict:
        raise Refused(f"expected object, got {_shown(value)}", value)
    frozen: FrozenMap[Any] = freeze(value)
    return frozen


def _mapping(item: Hook) -> Hook:
    def read(value: Any) -> FrozenMap[Any]:
        if value.__class__ is not dict:
            raise Refused(f"expected object, got {_shown(value)}", value)
        return FrozenMap({key: item(member) for key, member in value.items()})

    return read


def _instance(cls: type, name: str) -> Hook:
    def write(value: Any) -> Any:
        if value.__class__ is cls or (isinstance(value, cls) and not isinstance(value, bool)):
            return value
        raise Refused(f"expected {name}, got {_shown(value)}", value)

    return write


def _write_bool(value: Any) -> bool:
    if value.__class__ is bool:
        return bool(value)
    raise Refused(f"expected bool, got {_shown(value)}", value)


def _write_decimal(value: Any) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused(f"expected a finite Decimal, got {_shown(value)}", value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value.adjusted()) + abs(exponent) > DIGITS:
        raise Refused(f"expected a Decimal of at most {DIGITS} digits, got {_shown(value)}", value)
    return format(value, "f")


def _write_date(value: Any) -> str:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise Refused(f"expected a date, got {_shown(value)}", value)
    return value.isoformat()


def _write_float(value: Any) -> float:
    if value.__class__ is not float or not math.isfinite(value):
        raise Refused(f"expected a finite float, got {_shown(value)}", value)
    return float(value)


def _write_text(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refused(f"expected a text by language, got {_shown(value)}", value)
    return {key: _write_str(value[key]) for key in sorted(value)}


_write_str = _instance(str, "str")


def _write_id(value: Any) -> str:
    if value.__class__ is str and not value:
        raise Refused("an id cannot be empty", value)
    return str(_write_str(value))


_WRITERS: Mapping[str, Hook] = {
    "str": _write_str,
    "id": _write_id,
    "ref": _write_id,
    "int": _instance(int, "int"),
    "bool": _write_bool,
    "float": _write_float,
    "decimal": _write_decimal,
    "date": _write_date,
    "datetime": _write_datetime,
    "text": _write_text,
}


def writer(kind: FieldType) -> Hook:
    """The hook that writes values of a field type, without ``None``."""
    if kind.form == "value":
        return value_writer(kind.cls)
    if kind.form == "tuple":
        assert kind.item is not None
        return _write_array(writer(kind.item))
    if kind.form == "mapping":
        assert kind.item is not None
        member = writer(kind.item)
        return lambda value: {key: member(value[key]) for key in sorted(value)}
    if kind.form == "json":
        return sorted_json
    if kind.form == "literal":
        return _choice(kind.choices)
    if kind.form == "enum":
        enum = kind.cls
        return lambda value: enum(value).value
    return _WRITERS[kind.form]


def _write_array(item: Hook) -> Hook:
    def write(value: Any) -> list[Any]:
        written: list[Any] = []
        try:
            written.extend(map(item, value))
        except Refused as error:
            error.add_note(str(len(written)))
            raise
        return written

    return write


def sorted_json(value: object) -> Any:
    """A JSON value, frozen or not, as plain dicts and lists, members in order of name."""
    if isinstance(value, Mapping):
        return {key: sorted_json(value[key]) for key in sorted(value)}
    if isinstance(value, (tuple, list)):
        return [sorted_json(part) for part in value]
    return value


@functools.cache
def value_writer(cls: type[Any]) -> Hook:
    """The hook that writes a value class: declared fields in order, then unknown members."""
    plan = write_plan(fields_of(cls))

    def write(value: Any) -> dict[str, Any]:
        if value.__class__ is not cls:
            raise Refused(f"expected {cls.__name__}, got {_shown(value)}", value)
        members = write_fields(value, plan)
        if value.extra:
            members.update(sorted_json(value.extra))
        return members

    return write


Part: TypeAlias = tuple[str, Hook, bool, bool]
"""A field's name and hook, whether it may be unknown, and whether it is left out when empty."""


def write_plan(fields: Iterable[FieldInfo]) -> tuple[Part, ...]:
    """How fields are written, in this order.

    A field is left out only where reading without it gives the same: ``None`` where that is
    allowed, and an empty container that is neither required nor different from ``None``.
    """
    return tuple(
        (
            field.name,
            writer(field.type),
            field.type.optional,
            field.type.is_container and not field.type.optional and not field.required,
        )
        for field in fields
    )


def write_fields(value: object, plan: tuple[Part, ...]) -> dict[str, Any]:
    """The fields of a record or value that hold anything, as JSON members.

    Raises:
        Refused: If a field holds something else than it is declared to.
    """
    members = {}
    for name, hook, may_lack, may_empty in plan:
        part = getattr(value, name)
        if (part is None and may_lack) or (may_empty and not part):
            continue
        try:
            members[name] = hook(part)
        except Refused as error:
            error.add_note(name)
            raise
    return members

"""Records as JSON: what is written can be read again, in one canonical order."""

from __future__ import annotations

import datetime
import functools
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.model.checking import DIGITS
from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.json_pointer import escape
from jmdi.words.type_names import BOOL, DECIMAL, FLOAT, INT, STR, shown

if TYPE_CHECKING:
    from jmdi.model.records import Record

__all__ = [
    "Hook",
    "Refused",
    "block_of",
    "canonical_json",
    "dumps",
    "sorted_json",
    "unstructure",
    "value_writer",
    "writer",
]

Hook: TypeAlias = Callable[[Any], Any]
"""Takes a value and returns it as JSON holds it, or raises `Refused`."""


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


def problem_of(path: str, cause: BaseException, where: Where) -> Problem:
    """The problem of a member that is missing or is not as it must be."""
    if isinstance(cause, KeyError):
        name = str(cause.args[0]) if cause.args else path.rpartition("/")[2]
        return Problem("J202", Severity.ERROR, f"member {name!r} is missing", where, path or None)
    value = repr(cause.value)[:200] if isinstance(cause, Refused) else None
    cure = cause.cure if isinstance(cause, Refused) else None
    return Problem("J203", Severity.ERROR, str(cause), where, path or None, value, cure)


@functools.cache
def block_of(cls: Any) -> Mapping[str, str]:
    """The block that each field is in, for those that are in one."""
    return {name: block for block, names in blocks_of(cls).items() for name in names}


def write_datetime(value: Any) -> str:
    """A time with its zone, in the one form that is read."""
    if not isinstance(value, datetime.datetime) or value.utcoffset() is None:
        raise Refused(f"expected a time with its zone, got {shown(value)}", value)
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def choice(choices: tuple[str, ...]) -> Hook:
    """Takes one of these strings."""
    allowed = frozenset(choices)

    def read(value: Any) -> Any:
        if value.__class__ is str and value in allowed:
            return value
        raise Refused(f"expected one of {', '.join(choices)}, got {shown(value)}", value)

    return read


def _instance(cls: type, name: str) -> Hook:
    def write(value: Any) -> Any:
        if value.__class__ is cls or (isinstance(value, cls) and not isinstance(value, bool)):
            return value
        raise Refused(f"expected {name}, got {shown(value)}", value)

    return write


def _write_bool(value: Any) -> bool:
    if value.__class__ is bool:
        return bool(value)
    raise Refused(f"expected {BOOL}, got {shown(value)}", value)


def _write_decimal(value: Any) -> str:
    if value.__class__ is Decimal and value.is_finite():
        text = str(value)
        if len(text) < DIGITS // 2 and "E" not in text:  # nearly all, and four times as fast
            return text
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused(f"expected a finite {DECIMAL}, got {shown(value)}", value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value.adjusted()) + abs(exponent) > DIGITS:
        raise Refused(f"expected a {DECIMAL} of at most {DIGITS} digits, got {shown(value)}", value)
    return format(value, "f")


def _write_date(value: Any) -> str:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise Refused(f"expected a date, got {shown(value)}", value)
    return value.isoformat()


def _write_float(value: Any) -> float:
    if not isinstance(value, float) or not math.isfinite(value):
        raise Refused(f"expected a finite {FLOAT}, got {shown(value)}", value)
    return float(value)


def _write_text(value: Any) -> dict[str, str]:
    if value.__class__ is FrozenMap:
        written = value.to_dict()
    elif isinstance(value, Mapping):
        written = dict(value)
    else:
        raise Refused(f"expected a text by language, got {shown(value)}", value)
    for words in written.values():
        if words.__class__ is not str:
            _write_str(words)
    return written if len(written) < 2 else dict(sorted(written.items()))


_write_str = _instance(str, STR)


def _write_id(value: Any) -> str:
    if value.__class__ is str and not value:
        raise Refused("an id cannot be empty", value)
    return str(_write_str(value))


_WRITERS: Mapping[str, Hook] = {
    "str": _write_str,
    "id": _write_id,
    "ref": _write_id,
    "int": _instance(int, INT),
    "bool": _write_bool,
    "float": _write_float,
    "decimal": _write_decimal,
    "date": _write_date,
    "datetime": write_datetime,
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
        return choice(kind.choices)
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
    if value.__class__ is str:  # most are; to ask whether it is a Mapping takes ten times as long
        return value
    if isinstance(value, (tuple, list)):
        return [sorted_json(part) for part in value]
    if isinstance(value, (dict, Mapping)):
        return {key: sorted_json(value[key]) for key in sorted(value)}
    return value


@functools.cache
def value_writer(cls: type[Any]) -> Hook:
    """The hook that writes a value class: declared fields in order, then unknown members."""

    def wrong(value: Any) -> Refused:
        return Refused(f"expected {cls.__name__}, got {shown(value)}", value)

    return _compiled(
        cls,
        fields_of(cls),
        ["if value.__class__ is not _cls: raise _wrong(value)"],
        ["if value.extra is not _EMPTY: members.update(_sorted(value.extra))"],
        {"_cls": cls, "_wrong": wrong, "_sorted": sorted_json},
    )


_AS_IS: Mapping[str, str] = {
    "str": "part if part.__class__ is str else",
    "id": "part if part.__class__ is str and part else",
    "ref": "part if part.__class__ is str and part else",
    "int": "part if part.__class__ is int else",
    "bool": "part if part.__class__ is bool else",
    "date": "part.isoformat() if part.__class__ is _date else",
}
"""By the form of a field, the value that is written where it is what most are."""


def _compiled(
    cls: type[Any],
    fields: Iterable[FieldInfo],
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    names: Mapping[str, Any] = EMPTY,
) -> Hook:
    """Makes a function that gives the fields of a record or value that hold anything.

    The function is generated, in the order of the fields, because a loop over them takes three
    times as long. A field is left out only where reading without it gives the same: ``None``
    where that is allowed, and an empty container that is neither required nor different from
    ``None``. What is refused is written again by `_noted`, which says where it is.
    """
    known: dict[str, Any] = {
        "_date": datetime.date,
        "_EMPTY": EMPTY,
        "Refused": Refused,
        **names,
    }
    lines = []
    for field in fields:
        name, kind = field.name, field.type
        known[f"_write_{name}"] = writer(kind)
        known[f"_noted_{name}"] = _noted(name, writer(kind))
        part = f"{_AS_IS.get(kind.form, '')} _write_{name}(part)"
        if kind.form == "tuple" and kind.item is not None:
            known[f"_item_{name}"] = writer(kind.item)
            part = f"[_item_{name}(item) for item in part]"
        lines.append(f"part = value.{name}")
        if kind.optional:
            lines.append("if part is not None:")
        elif kind.is_container and not field.required:
            lines.append("if part is not _EMPTY and part:")
        else:
            lines.append("if True:")
        lines += [
            f"    try: members[{name!r}] = {part}",
            f"    except Refused: members[{name!r}] = _noted_{name}(part)",
        ]
    body = "\n    ".join([*before, "members = {}", *lines, *after, "return members"])
    source = f"def write(value):\n    {body}\n"
    exec(compile(source, f"<writer of {cls.__qualname__}>", "exec"), known)
    return known["write"]  # type: ignore[no-any-return]


def _noted(name: str, hook: Hook) -> Hook:
    """The hook of a field, whose refusals name it."""

    def write(value: Any) -> Any:
        try:
            return hook(value)
        except Refused as error:
            error.add_note(name)
            raise

    return write


@functools.cache
def _plan(cls: Any) -> tuple[Hook, Mapping[str, Hook]]:
    """How a class is written: its members at the top, and those of each block."""
    nested = block_of(cls)
    top = [f for f in fields_of(cls) if f.name not in nested]
    blocks = {
        block: _compiled(cls, [f for f in fields_of(cls) if f.name in names])
        for block, names in blocks_of(cls).items()
    }
    return _compiled(cls, top), blocks


def unstructure(record: Record) -> dict[str, Any]:
    """A record as a JSON object, its members in canonical order.

    Kind and id come first, then declared fields, then blocks, facets and unknown members by
    name; within those all members are by name, so that a file is the same whether the plugin
    that declares them is installed or not. Only ``None`` and empty containers are left out.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    try:
        return _unstructure(record)
    except Refused as error:
        names = reversed(getattr(error, "__notes__", []))
        where = Where(record=str(record.id), kind=record.kind)
        path = "".join(f"/{escape(name)}" for name in names)
        raise DataError([problem_of(path, error, where)]) from error


def _unstructure(record: Record) -> dict[str, Any]:
    cls: Any = type(record)
    write_top, blocks = _plan(cls)
    members = {"kind": record.kind, **write_top(record)}
    if not blocks and record.extra is EMPTY and record.facets is EMPTY:
        return members
    rest: dict[str, Any] = {k: sorted_json(v) for k, v in record.extra.items()}
    for name, write_block in blocks.items():
        if block := write_block(record):
            unknown = rest.get(name)
            rest[name] = sorted_json({**block, **unknown} if isinstance(unknown, dict) else block)
    for name, facet in record.facets.items():
        block_class: Any = type(facet)
        rest[name] = sorted_json(value_writer(block_class)(facet))
    members.update((name, rest[name]) for name in sorted(rest))
    return members


def _encode(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        members = (f"{_encode(key)}:{_encode(part)}" for key, part in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_encode, value)) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


_fast = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def dumps(value: object) -> str:
    """A JSON value as compact text; numbers that do not fit a double keep all their digits."""
    try:
        return _fast(value)
    except TypeError:
        return _encode(value)


def canonical_json(record: Record) -> str:
    """A record as one line of canonical JSON.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    return dumps(unstructure(record))

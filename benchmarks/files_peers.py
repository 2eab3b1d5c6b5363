"""The records of a file read and written by others.

Those that read fill classes of their own with the same fields.

They check the types of all values, as deep as they go, and choose the class by the member
``kind``. Unlike jmdi they keep no unknown member, take decimals and dates in any form that they
know, and a member that is there twice without a word; their objects can be changed.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union

import attrs

import jmdi
from jmdi.model.fields import FieldType
from jmdi.model.frozen import FrozenMap

__all__ = ["msgspec_reader", "orjson_writer", "pydantic_reader"]

Reader = Callable[[Path], list[Any]]

TYPES: dict[str, Any] = {
    "id": str,
    "ref": str,
    "str": str,
    "int": int,
    "bool": bool,
    "float": float,
    "decimal": Decimal,
    "date": datetime.date,
    "text": dict[str, str],
}


def pydantic_reader(kinds: Iterable[Any]) -> Reader:
    """Reads into pydantic dataclasses.

    Raises:
        ImportError: If pydantic is not installed.
    """
    import pydantic
    from pydantic.dataclasses import dataclass

    @functools.cache
    def made(cls: Any, kind: str | None = None) -> Any:
        fields = _fields(cls, made)
        members: dict[str, Any] = {name: default[0] for name, _, *default in fields if default}
        hints = {"kind": Literal[kind]} if kind else {}
        members["__annotations__"] = hints | {name: hint for name, hint, *_ in fields}
        return dataclass(type(cls.__name__, (), members))

    either = Union[tuple(made(cls, cls.kind) for cls in kinds)]  # noqa: UP007
    tagged = Annotated[either, pydantic.Field(discriminator="kind")]
    return _reader(pydantic.TypeAdapter(tagged).validate_json)


def msgspec_reader(kinds: Iterable[Any]) -> Reader:
    """Reads into msgspec structs.

    Raises:
        ImportError: If msgspec is not installed.
    """
    import msgspec

    @functools.cache
    def made(cls: Any, kind: str | None = None) -> Any:
        tag = {"tag_field": "kind", "tag": kind} if kind else {}
        return msgspec.defstruct(cls.__name__, _fields(cls, made), kw_only=True, **tag)

    either: Any = Union[tuple(made(cls, cls.kind) for cls in kinds)]  # noqa: UP007
    return _reader(msgspec.json.Decoder(either).decode)


def orjson_writer() -> Callable[[Iterable[Any], Path], None]:
    """Writes records by orjson with a hook: it asks the hook for each object that is no JSON.

    Raises:
        ImportError: If orjson is not installed.
    """
    import orjson

    @functools.cache
    def names(cls: Any) -> list[str]:
        return [field.name for field in attrs.fields(cls)]

    def plain(value: Any) -> Any:
        cls = value.__class__
        if cls is FrozenMap:
            return dict(value)
        if cls is Decimal:
            return format(value, "f")
        parts = ((name, getattr(value, name)) for name in names(cls))
        members = {name: part for name, part in parts if part is not None and part}
        return {"kind": cls.kind, **members} if hasattr(cls, "kind") else members

    def write(records: Iterable[Any], path: Path) -> None:
        with path.open("wb") as stream:
            for record in records:
                stream.write(orjson.dumps(record, default=plain) + b"\n")

    return write


def _fields(cls: Any, made: Callable[[Any], Any]) -> list[tuple[Any, ...]]:
    """Name and type of each field, and its default if it has one; those without come first."""

    def hint(kind: FieldType) -> Any:
        if kind.form == "value":
            return made(kind.cls)
        if kind.form == "tuple" and kind.item is not None:
            return tuple[hint(kind.item), ...]  # type: ignore[misc]
        return TYPES[kind.form]

    declared = sorted(jmdi.fields_of(cls), key=lambda field: not field.required)
    return [
        (field.name, hint(field.type))
        if field.required
        else (field.name, hint(field.type) | None, None)
        for field in declared
    ]


def _reader(decode: Callable[[bytes], Any]) -> Reader:
    def read(path: Path) -> list[Any]:
        with path.open("rb") as stream:
            next(stream)  # the header
            return [decode(line) for line in stream]

    return read

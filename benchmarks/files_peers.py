"""The records of a file read by others, into classes of their own with the same fields.

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

import jmdi
from jmdi.model.fields import FieldType

__all__ = ["msgspec_reader", "pydantic_reader"]

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

"""Stable ids made from what identifies a record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from typing import Any, TypeVar

import attrs

from jmdi.errors import ModelError
from jmdi.model.declare import spec_of

__all__ = ["id_maker", "make", "make_id"]

R = TypeVar("R")


def make_id(kind: str, *parts: str | int | None) -> str:
    """An id such as ``actor/c44cbb69def7…``, the same on every run.

    Hashes the canonical JSON of ``[kind, *parts]`` with BLAKE2b to 96 bits, so that
    ``("ab", "c")`` and ``("a", "bc")`` differ.

    Args:
        kind: The kind's name; what stands before the slash.
        parts: What identifies the record among its kind.

    Raises:
        TypeError: If a part is not a string, an integer or ``None``.
    """
    text = b"[" + _joined((kind, *parts)) + b"]"
    return f"{kind}/{hashlib.blake2b(text, digest_size=12).hexdigest()}"


def id_maker(kind: str, *first: str | int | None) -> Callable[..., str]:
    """Makes ids whose first parts are the same, as those of the actions of one plan.

    ``id_maker("action", plan)(title, 1)`` is ``make_id("action", plan, title, 1)``, in half of the
    time.

    Args:
        kind: The kind's name.
        first: The parts that all ids begin with.

    Returns:
        Takes the other parts, at least one, and returns the id.

    Raises:
        TypeError: If a part is not a string, an integer or ``None``.
    """
    head = f"{kind}/"
    begun = hashlib.blake2b(b"[" + _joined((kind, *first)) + b",", digest_size=12)

    def make_other(*parts: str | int | None) -> str:
        hashed = begun.copy()
        hashed.update(_joined(parts) + b"]")
        return head + hashed.hexdigest()

    return make_other


def _joined(parts: tuple[Any, ...]) -> bytes:
    """The parts of an id as JSON, with commas between them."""
    # Importers make millions of ids: this is four times as fast as json.dumps of the list, and a
    # loop is faster than a comprehension of so few parts.
    typed: list[str] = []
    for part in parts:
        known = part.__class__
        typed.append(
            encode_basestring(part) if known is str else repr(part) if known is int else _json(part)
        )
    return ",".join(typed).encode("utf-8", "surrogatepass")


def _json(part: str | int | None) -> str:
    """A part of an id as JSON."""
    if part is None:
        return "null"
    if isinstance(part, str):  # of a subclass, as a member of an enum
        return encode_basestring(part)
    if isinstance(part, bool) or not isinstance(part, int):
        raise TypeError(f"parts of an id are str, int or None, not {type(part).__name__}")
    return int.__repr__(part)


def make(cls: type[R], **fields: Any) -> R:
    """A record whose id is made from the fields that its kind declares with ``id_from``.

    Raises:
        ModelError: If the kind declares none, or a field that is needed is missing.
    """
    spec = spec_of(cls)
    if not spec.id_from:
        raise ModelError(f"{cls.__name__} declares no id_from; give id=jmdi.make_id(…)")
    if missing := [name for name in spec.id_from if name not in fields]:
        raise ModelError(f"{cls.__name__} needs {', '.join(missing)} to make its id")
    parts: list[str | int | None] = []
    for name in spec.id_from:
        part = fields[name]
        if attrs.has(type(part)):
            part = json.dumps(part, default=_plain, ensure_ascii=False, sort_keys=True)
        parts.append(part)
    create: Any = cls
    return create(**fields, id=make_id(spec.name, *parts))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, without what is empty."""
    if isinstance(value, Mapping):
        return dict(value)
    if attrs.has(type(value)):
        members = {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
        return {name: member for name, member in members.items() if member not in (None, (), {})}
    return str(value)

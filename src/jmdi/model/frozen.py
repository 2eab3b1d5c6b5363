"""Immutable JSON values: what a record keeps of members that it does not declare."""

from __future__ import annotations

import math
from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from decimal import Decimal
from typing import Any, TypeVar, overload

__all__ = ["BEYOND", "EMPTY", "INT_DIGITS", "MAX_DEPTH", "FrozenMap", "freeze", "owned", "thaw"]

V = TypeVar("V", covariant=True)
T = TypeVar("T")

MAX_DEPTH = 64
"""How deeply unknown members may be nested."""

INT_DIGITS = 4300
"""Most digits of a whole number: Python refuses to write and to read more, which takes long."""

BEYOND = 10**INT_DIGITS
"""The first whole number that has more."""


class FrozenMap(Mapping[str, V]):
    """A mapping that cannot change, keeps its order and can be hashed.

    Equal to any mapping with the same items, whatever their order.
    """

    __slots__ = ("_items",)
    _items: dict[str, V]

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items) if items else {})

    def __getitem__(self, key: str) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    @overload
    def get(self, key: str, /) -> V | None: ...

    @overload
    def get(self, key: str, /, default: V | T) -> V | T: ...

    def get(self, key: str, /, default: Any = None) -> Any:
        """The value of a key, or another where it is not there."""
        return self._items.get(key, default)

    def keys(self) -> KeysView[str]:
        """Its keys."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """Its values."""
        return self._items.values()

    def items(self) -> ItemsView[str, V]:
        """Its keys with their values."""
        return self._items.items()

    def to_dict(self) -> dict[str, V]:
        """A dict of it; its values are the same."""
        return self._items.copy()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return bool(self._items == other._items)
        if isinstance(other, Mapping):
            return self._items == dict(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items())) if self._items else 0

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("FrozenMap cannot change: make a new one")

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenMap, (dict(self._items),))

    def __repr__(self) -> str:
        return repr(self._items)


EMPTY: FrozenMap[Any] = FrozenMap()

_new, _put = FrozenMap.__new__, FrozenMap.__dict__["_items"].__set__


def owned(items: dict[str, V]) -> FrozenMap[V]:
    """A mapping of a dict that was made for it and that nobody else keeps: it is not copied.

    Readers of large files make several for each record.
    """
    made: FrozenMap[V] = _new(FrozenMap)
    _put(made, items)
    return made


def freeze(value: object, *, depth: int = MAX_DEPTH) -> Any:
    """A JSON value with dicts and lists replaced by immutable ones.

    Args:
        value: A value as ``json.loads`` makes it (numbers may be ``Decimal``).
        depth: How many levels of nesting are still allowed.

    Raises:
        TypeError: If a part is not a JSON value.
        ValueError: If it is nested too deeply, or a number is not finite or too long.
    """
    if depth < 0:
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
    if value is EMPTY:
        return value
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"member names must be str, not {type(key).__name__}")
        return FrozenMap({k: freeze(v, depth=depth - 1) for k, v in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(v, depth=depth - 1) for v in value)
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if not -BEYOND < value < BEYOND:
            raise ValueError(f"a whole number has at most {INT_DIGITS} digits")
        return value
    if isinstance(value, (float, Decimal)):
        finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
        if not finite:
            raise ValueError("a number must be finite")
        return value
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def thaw(value: object) -> Any:
    """A frozen JSON value as plain dicts and lists, for writing."""
    if isinstance(value, Mapping):
        return {k: thaw(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [thaw(v) for v in value]
    return value

"""Mappings that are made when somebody looks into them."""

from __future__ import annotations

import functools
from collections.abc import Callable, ItemsView, Iterator, Mapping
from typing import TypeVar

__all__ = ["Late"]

K = TypeVar("K")
V = TypeVar("V")


class Late(Mapping[K, V]):
    """A mapping that is made when it is first listed, or asked for what nobody alone can know."""

    def __init__(self, make: Callable[[], Mapping[K, V]], one: Callable[[K], V | None]) -> None:
        """A mapping that is not made yet.

        Args:
            make: Makes all of it.
            one: Gives what a key has without making all; ``None`` if it takes all to know.
        """
        self._make, self._one = make, one
        self._met: dict[K, V] = {}

    @functools.cached_property
    def _items(self) -> Mapping[K, V]:
        return self._make()

    def __getitem__(self, key: K) -> V:
        if key not in self._met:
            found = None if "_items" in vars(self) else self._one(key)
            self._met[key] = self._items[key] if found is None else found
        return self._met[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> ItemsView[K, V]:
        """Its items."""
        return self._items.items()

    def __repr__(self) -> str:
        return repr(self._items)

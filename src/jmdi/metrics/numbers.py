"""Numbers of many elements as one array, of which a mapping is made when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from jmdi.model.frozen import FrozenMap

__all__ = ["Numbers"]

_put_items = FrozenMap.__dict__["_items"].__set__


class Numbers(FrozenMap[Any]):
    """A number for each id; a mapping as any other, whose dict is made at its first look-up.

    Attributes:
        ids: The ids, each once.
        array: The numbers, in the order of ``ids``: ``d`` (float64) or ``q`` (int64); read-only.
            Arrays that take buffers share it: ``numpy.asarray(result.values.array)``.
        missing: A byte for each id, 1 where there is no number; empty if all have one.

    Raises:
        ValueError: If lengths differ, or a number is not finite.
    """

    __slots__ = ("array", "ids", "missing")
    ids: tuple[str, ...]
    array: memoryview[Any]
    missing: bytes

    def __init__(self, ids: Sequence[str], buffer: bytes, form: str, missing: bytes = b"") -> None:
        if form not in ("d", "q"):
            raise ValueError(f"numbers are of format 'd' or 'q', not {form!r}")
        array: memoryview[Any] = memoryview(bytes(buffer)).cast("d" if form == "d" else "q")
        if len(array) != len(ids) or len(missing) not in (0, len(ids)):
            raise ValueError(f"{len(array)} numbers for {len(ids)} ids")
        if form == "d" and not math.isfinite(sum(array.tolist())):
            for id, number, gone in zip(ids, array, missing or bytes(len(ids)), strict=True):
                if not gone and not math.isfinite(number):
                    raise ValueError(f"{id}: a result is never {number}; say that it is undefined")
        for name, value in (("ids", tuple(ids)), ("array", array), ("missing", missing)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        # The slot of the dict is empty until somebody asks for it.
        if name != "_items":
            raise AttributeError(name)
        items: dict[str, Any] = dict(zip(self.ids, self.array.tolist(), strict=True))
        for id, gone in zip(self.ids, self.missing, strict=True) if self.missing else ():
            if gone:
                items[id] = None
        _put_items(self, items)
        return items

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    @property
    def extremes(self) -> tuple[Any, Any]:
        """The lowest and the highest number; ``None`` twice if there is none."""
        if not any(self.missing):
            items = self.array.tolist()  # a list is searched faster than an array
            return (min(items), max(items)) if items else (None, None)
        known = [x for x, gone in zip(self.array, self.missing, strict=True) if not gone]
        return (min(known), max(known)) if known else (None, None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Numbers, (self.ids, self.array.tobytes(), self.array.format, self.missing))

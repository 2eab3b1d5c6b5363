"""A set of 64-bit numbers that takes 12 to 24 bytes for each, twice that with values.

A ``set`` takes several times as much, and a run remembers millions of them.
"""

from __future__ import annotations

from array import array

__all__ = ["Seen"]

SMALLEST = 256


class Seen:
    """Numbers, with a number each where values are kept, as of an activity's id and content.

    Open addressing with linear probing; numbers are those of ``hash()``, and two things of the
    same hash count as one, which among a million happens once in thirty million runs.

    Args:
        values: Whether a number is kept for each.
    """

    __slots__ = ("_count", "_keys", "_values")

    def __init__(self, *, values: bool = False) -> None:
        self._keys = array("q", bytes(8 * SMALLEST))
        self._values = array("q", bytes(8 * SMALLEST)) if values else None
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def _slot(self, key: int) -> int:
        """Where a number is, or would be put; 0 marks a free slot."""
        keys = self._keys
        mask = len(keys) - 1  # the length is a power of two
        slot = (key ^ (key >> 32)) & mask  # the high bits count too
        while (found := keys[slot]) and found != key:
            slot = (slot + 1) & mask
        return slot

    def __contains__(self, key: int) -> bool:
        return self._keys[self._slot(key or 1)] != 0

    def get(self, key: int) -> int | None:
        """What was put for a number, 0 without values; ``None`` if it was not met."""
        slot = self._slot(key or 1)
        if not self._keys[slot]:
            return None
        return 0 if self._values is None else self._values[slot]

    def put(self, key: int, value: int = 0) -> None:
        """Remembers a number."""
        key = key or 1
        slot = self._slot(key)
        if self._values is not None:
            self._values[slot] = value
        if not self._keys[slot]:
            self._fill(slot, key)

    def add(self, key: int) -> bool:
        """Remembers a number; whether it is new."""
        key = key or 1
        slot = self._slot(key)
        if self._keys[slot]:
            return False
        self._fill(slot, key)
        return True

    def _fill(self, slot: int, key: int) -> None:
        self._keys[slot] = key
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._keys = array("q", bytes(16 * len(keys)))
        if values is not None:
            self._values = array("q", bytes(16 * len(keys)))
        for place, key in enumerate(keys):
            if key:
                slot = self._slot(key)
                self._keys[slot] = key
                if values is not None and self._values is not None:
                    self._values[slot] = values[place]

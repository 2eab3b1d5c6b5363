"""The vertices that lists of edges and nodes name, by number or by label."""

from __future__ import annotations

from collections.abc import Sequence

from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.text import shown
from jmdi_networkfiles.ucinet.matrices import folded

__all__ = ["Names"]


class Names:
    """The vertices of one mode.

    Args:
        labels: The labels that the header lists.
        count: How many vertices the header says there are; ``None`` if it does not say it.
        embedded: Whether the data names them by label; else by number.
        notes: Where names that nobody has go.
    """

    def __init__(
        self, labels: Sequence[str], count: int | None, embedded: bool, notes: Notes
    ) -> None:
        self._labels = [*labels] if count is None else [*labels[:count]]
        self._places: dict[str, int] = {}
        for place, label in enumerate(self._labels):
            self._places.setdefault(folded(label), place)
        self._count = count
        self._embedded = embedded
        self._notes = notes
        self._highest = 0

    @property
    def size(self) -> int:
        """How many there are: as the header says, else as the data names."""
        return max(self._highest, len(self._labels)) if self._count is None else self._count

    def labels(self) -> dict[int, str]:
        """The labels, by vertex."""
        return {place: label for place, label in enumerate(self._labels) if label}

    def place(self, word: str, line: int) -> int | None:
        """The vertex that a word names, from 0; ``None`` after it was reported that none is."""
        known = self._places.get(folded(word))
        if not self._embedded and word.isascii() and word.isdecimal() and len(word) < 10:
            number = int(word)
            if number >= 1 and (self._count is None or number <= self._count):
                self._highest = max(self._highest, number)
                return number - 1
        elif known is not None:
            return known
        elif self._embedded and (self._count is None or len(self._labels) < self._count):
            self._labels.append(word)
            return self._places.setdefault(folded(word), len(self._labels) - 1)
        most = f"1 to {self._count}" if self._count is not None else "1 up"
        what = "is one label more than there are vertices" if self._embedded else "is no vertex"
        self._notes.bad(
            f"{shown(word)} {what}; they go from {most}", line, "correct N= or the name"
        )
        return None

"""A network as a file says it, before it becomes records; vertices are counted from 0."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

import attrs

from jmdi import ImportContext, Where
from jmdi_networkfiles.codes import refused

__all__ = ["MISSING", "Draft", "Layer", "checked_size"]

MISSING = "NA"
"""The value of a pair of which the file says that it was not observed."""

FREE = 100_000
"""How many vertices a file may have whatever its size; each of more must take a byte of it."""


@attrs.define(slots=True, eq=False)
class Layer:
    """The ties of one kind.

    Attributes:
        name: The kind; empty if the file does not name it.
        directed: Whether they go from source to target; ``None`` for a matrix, which is of ties
            both ways if it is symmetric.
        source: The vertex that each tie goes from, ``array('q')``.
        target: The vertex that each tie goes to, ``array('q')``.
        line: The line that each tie is on, ``array('q')``.
        values: What each tie weighs, as decimal text; `MISSING`, or ``None`` if it does not say.
        more: Other attributes of a tie, by its place.
        otherwise: What a tie weighs that does not say it where others do; ``None`` if nobody knows.
    """

    name: str = ""
    directed: bool | None = True
    source: array[int] = attrs.field(factory=lambda: array("q"))
    target: array[int] = attrs.field(factory=lambda: array("q"))
    line: array[int] = attrs.field(factory=lambda: array("q"))
    values: list[str | None] = attrs.field(factory=list)
    more: dict[int, Mapping[str, Any]] = attrs.field(factory=dict)
    otherwise: str | None = "1"

    def __len__(self) -> int:
        return len(self.source)

    def add(
        self,
        source: int,
        target: int,
        value: str | None,
        line: int,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Adds a tie."""
        if more:
            self.more[len(self.source)] = more
        self.source.append(source)
        self.target.append(target)
        self.line.append(line)
        self.values.append(value)

    def is_symmetric(self) -> bool:
        """Whether each tie is there both ways, with one value."""
        cells = dict(zip(zip(self.source, self.target, strict=True), self.values, strict=True))
        return all(cells.get((j, i), "") == value for (i, j), value in cells.items())


@attrs.define(slots=True, eq=False)
class Draft:
    """A network as a file says it.

    Attributes:
        size: How many vertices there are.
        first: How many of them are of the first mode; ``None`` for a network of one mode.
        labels: The labels of the vertices that have one.
        columns: Attributes of vertices by name, each by vertex.
        lines: The line of each vertex that has one.
        layers: The ties.
    """

    size: int = 0
    first: int | None = None
    labels: dict[int, str] = attrs.field(factory=dict)
    columns: dict[str, dict[int, Any]] = attrs.field(factory=dict)
    lines: dict[int, int] = attrs.field(factory=dict)
    layers: list[Layer] = attrs.field(factory=list)
    _places: dict[str, int] = attrs.field(factory=dict)

    def vertex(self, label: str, line: int) -> int:
        """The vertex of a label; it is added if no other was added so."""
        place = self._places.setdefault(label, self.size)
        if place == self.size:
            self.labels[place], self.lines[place] = label, line
            self.size += 1
        return place


def checked_size(text: str, characters: int, context: ImportContext, line: int) -> int:
    """How many vertices a header says there are.

    Args:
        text: The number as the file has it.
        characters: How long the file is, which bounds what it can name.
        context: The name of the file.
        line: The line of the number.

    Raises:
        FormatError: If it is no number of vertices, or more than such a file can hold.
    """
    where = Where(file=context.name, line=line)
    if not (text.isascii() and text.isdecimal()):
        raise refused("N101", f"{text!r:.60} is no number of vertices", where, "correct the header")
    size = int(text) if len(text) < 19 else 10**19
    if size > FREE + characters:
        message = f"the header promises {text:.30} vertices in a file of {characters:,} characters"
        raise refused("N102", message, where, "correct the number, or list the vertices")
    return size

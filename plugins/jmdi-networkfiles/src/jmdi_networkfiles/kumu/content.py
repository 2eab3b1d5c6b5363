"""Elements and connections of Kumu, wherever they stand, as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from jmdi import ImportContext, Record, Severity, Where
from jmdi.files.graphs.records import GraphReader
from jmdi_networkfiles.text import shown

__all__ = ["Connection", "Content", "Element"]

TWO = "two"
"""How a mutual connection is read by default: a tie each way."""

DIRECTIONS = ("directed", "undirected", "mutual")


@attrs.frozen(slots=True)
class Element:
    """An element.

    Attributes:
        key: Its own id; empty if it has none.
        label: Its label, which other elements may have too.
        type: Its type.
        values: What else is said of it.
        line: The row or number that it has.
    """

    key: str
    label: str
    type: str
    values: Mapping[str, Any]
    line: int


@attrs.frozen(slots=True)
class Connection:
    """A connection.

    Attributes:
        source: Where it begins: the ids or labels of one or several elements.
        target: Where it ends.
        direction: ``directed``, ``undirected`` or ``mutual``; empty if it does not say.
        type: Its type.
        values: What else is said of it.
        line: The row or number that it has.
    """

    source: Sequence[str]
    target: Sequence[str]
    direction: str
    type: str
    values: Mapping[str, Any]
    line: int


@attrs.define(slots=True)
class Content:
    """All that a file holds.

    Attributes:
        elements: Its elements.
        connections: Its connections.
    """

    elements: list[Element] = attrs.field(factory=list)
    connections: list[Connection] = attrs.field(factory=list)

    def records(self, context: ImportContext) -> Iterator[Record]:
        """Elements as actors, or what ``kinds`` says of their type, and connections as ties.

        The id of an element without one is its label, with its type where several have one label.
        """
        reader = GraphReader(context)
        kinds: Mapping[str, str] = context.options.get("kinds") or {}
        names = _Names(self.elements)
        for element in self.elements:
            values = dict(element.values)
            if element.type:
                values["element type"] = element.type
            if kind := kinds.get(element.type):
                values["kind"] = kind
            yield from reader.node(names.id(element), {"label": element.label, **values}, None)
        yield from self._ties(reader, names)
        yield from reader.finish()

    def _ties(self, reader: GraphReader, names: _Names) -> Iterator[Record]:
        one = reader.context.options.get("mutual", TWO) != TWO
        for connection in self.connections:
            ends = [(s, t) for s in connection.source for t in connection.target]
            if connection.direction not in (*DIRECTIONS, ""):
                what = f"{shown(connection.direction)} is no direction; the tie has none"
                _bad(reader, what, connection, "write directed, undirected or mutual")
            directed = {"directed": True, "undirected": False}.get(connection.direction)
            if connection.direction == "mutual":
                directed = not one
            for source, target in ends:
                several = next((end for end in (source, target) if names.is_of_several(end)), None)
                if several is not None:
                    what = f"{shown(several)} is the label of several elements; the tie is left out"
                    _bad(reader, what, connection, "write the ID of the element, or its own label")
                    continue
                ways = [(source, target)]
                if connection.direction == "mutual" and not one and source != target:
                    ways.append((target, source))
                for a, b in ways:
                    values = dict(connection.values)
                    if connection.type:
                        values["type"] = connection.type
                    yield from reader.edge(
                        names.found(a), names.found(b), None, values, None, directed
                    )


def _bad(reader: GraphReader, message: str, connection: Connection, cure: str) -> None:
    where = Where(file=reader.context.name, row=connection.line)
    reader.rows.report("networkfiles:N113", message, where, Severity.ERROR, cure)


class _Names:
    """Finds elements by what connections call them."""

    def __init__(self, elements: Sequence[Element]) -> None:
        labels: dict[str, list[Element]] = {}
        for element in elements:
            labels.setdefault(element.label, []).append(element)
        self._labels = labels
        self._keys = {element.key for element in elements if element.key}

    def id(self, element: Element) -> str:
        """The id of an element."""
        if element.key:
            return element.key
        alone = len(self._labels[element.label]) == 1
        return element.label if alone or not element.type else f"{element.label} ({element.type})"

    def is_of_several(self, name: str) -> bool:
        """Whether a name is that of several elements, so that nobody knows which is meant."""
        return name not in self._keys and len(self._labels.get(name, ())) > 1

    def found(self, name: str) -> str:
        """The id of the element of a name; the name itself if there is none."""
        if name in self._keys or name not in self._labels:
            return name
        return self.id(self._labels[name][0])

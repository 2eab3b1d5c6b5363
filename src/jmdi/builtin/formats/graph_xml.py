"""What GraphML and GEXF have in common: nodes and edges as elements of XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.files.graphs.columns import (
    Column,
    Report,
    edge_columns,
    node_columns,
    report_to,
    xml_ids,
    xml_text,
)
from jmdi.files.graphs.records import GraphReader, typed
from jmdi.files.safe_xml import parse_xml
from jmdi.graph.filed import filed
from jmdi.model.records import Record
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "GraphHandler",
    "Item",
    "Outgoing",
    "element",
    "outgoing",
    "parse_graph",
    "records",
    "values_of",
]


@attrs.frozen(slots=True)
class Outgoing:
    """A network on its way into a file.

    Attributes:
        network: The network, as files have it.
        nodes: The attributes of its nodes.
        edges: The attributes of its edges.
        ids: The ids of its nodes.
        names: The same as XML.
        write: Writes text into the file.
    """

    network: Network
    nodes: list[Column]
    edges: list[Column]
    ids: Sequence[str]
    names: Sequence[str]
    write: Callable[[str], object]


def outgoing(network: Network, stream: BinaryIO, report: Report | None) -> Outgoing:
    """A network with its attributes as columns, and what they cannot hold reported.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    report = report_to(report)
    nodes, edges = node_columns(network, report), edge_columns(network, report)
    ids = xml_ids(network, report)
    names = [xml_text(name) for name in ids]

    def write(text: str) -> None:
        stream.write(text.encode("utf-8"))

    return Outgoing(network, nodes, edges, ids, names, write)


def element(head: str, name: str, content: str) -> str:
    """An element as text, on a line of its own.

    Args:
        head: Its name and attributes.
        name: Its name.
        content: What is in it, as XML.
    """
    return f"<{head}>{content}</{name}>\n" if content else f"<{head}/>\n"


@attrs.define(slots=True)
class Item:
    """A node or edge as it is in the file.

    Attributes:
        attributes: The attributes of its element.
        line: Where it begins.
        data: Values, each under the key of its declaration.
        spells: When it is there: the first and the last day, and whatever else is said of it.
        changes: Values that hold for a time, under their key, each with that time.
        within: Id of the node that it is drawn in; empty if it is in none.
        graph: Which graph of the file it is in, from 0.
        label: What is written on it in the drawing.
    """

    attributes: dict[str, str]
    line: int
    data: list[tuple[str, str]] = attrs.field(factory=list)
    spells: list[dict[str, str]] = attrs.field(factory=list)
    changes: list[tuple[str, dict[str, str]]] = attrs.field(factory=list)
    within: str = ""
    graph: int = 0
    label: str = ""


@attrs.define(slots=True)
class GraphHandler:
    """Collects nodes and edges; what else there is goes to `begun` and `ended`.

    Attributes:
        root: Name of the outermost element.
        texts: Names of the elements whose text is wanted.
        bare: Names of the elements that hold other elements and no text.
        found: Whether the outermost element was there.
        nodes: The nodes.
        edges: The edges.
        open: The nodes and edges that have not ended yet.
        around: The names of all elements that have not ended yet.
    """

    root: ClassVar[str]
    texts: ClassVar[tuple[str, ...]]
    bare: ClassVar[frozenset[str]] = frozenset()
    found: bool = False
    nodes: list[Item] = attrs.field(factory=list)
    edges: list[Item] = attrs.field(factory=list)
    open: list[Item] = attrs.field(factory=list)
    around: list[str] = attrs.field(factory=list)
    _buffer: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        self.around.append(name)
        if name in ("node", "edge"):
            within = self.open[-1].attributes.get("id", "") if self.open else ""
            item = Item(attributes, line, within=within)
            (self.nodes if name == "node" else self.edges).append(item)
            self.open.append(item)
        else:
            self.found |= name == self.root
            self._buffer = [] if name in self.texts else None
            self.begun(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.around.pop()
        if name in ("node", "edge") and self.open:
            self.open.pop()
        elif name in self.texts and self._buffer is None:
            self.drawn(name)
        elif name in self.texts:
            text, self._buffer = "".join(self._buffer or ()), None
            self.ended(name, text)

    def text(self, data: str) -> None:
        """There is text here.

        Raises:
            ValueError: If only elements can be here, so that the file is damaged.
        """
        if self._buffer is not None:
            self._buffer.append(data)
        elif self.around[-1] in self.bare and (bare := data.strip()):
            raise ValueError(f"{self.around[-1]!r} holds the text {bare[:40]!r}")

    def begun(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is neither node nor edge begins."""
        raise NotImplementedError

    def ended(self, name: str, text: str) -> None:
        """An element whose text is wanted ends."""
        raise NotImplementedError

    def drawn(self, name: str) -> None:
        """An element whose text is wanted ends, and held other elements."""


def parse_graph(
    stream: BinaryIO, context: ImportContext, handler: GraphHandler, title: str
) -> None:
    """Parses a graph file.

    Args:
        stream: The file.
        context: Limits, and the name of the file.
        handler: What takes its elements.
        title: What the format is called.

    Raises:
        FormatError: If it is not of the format, or is malformed, unsafe or too large.
    """
    parse_xml(stream, context, handler)
    if not handler.found:
        where = Where(file=context.name)
        raise FormatError([Problem("J501", Severity.ERROR, f"it is not {title}", where)])


def values_of(
    given: Mapping[str, str],
    declared: Mapping[str, Mapping[str, str]],
    members: tuple[str, ...],
    reader: GraphReader,
    line: int,
) -> dict[str, Any]:
    """Values by the names of their declarations, in the types of these.

    Args:
        given: Texts by key.
        declared: Declarations by key; a text without one is kept under its key.
        members: The members of a declaration that give its type, and its name.
        reader: Where problems go.
        line: Where the values are.
    """
    kind, *names = members
    values: dict[str, Any] = {}
    for key, text in given.items():
        if key not in declared:
            reader.undeclared(key)
        about = declared.get(key, {})
        name = next(filter(None, map(about.get, names)), key)
        values[name] = typed(text, about.get(kind, "string"), name, reader, line)
    return values


def records(
    handler: GraphHandler,
    reader: GraphReader,
    values: Callable[[Item, str], dict[str, Any]],
    directed: Callable[[Item], bool | None],
) -> Iterator[Record]:
    """The records of all nodes and edges.

    Args:
        handler: What was parsed.
        reader: What makes the records.
        values: The values of a ``node`` or an ``edge``.
        directed: Whether an edge has a direction; ``None`` if it does not say.
    """
    for item in handler.nodes:
        yield from reader.node(item.attributes.get("id"), values(item, "node"), item.line)
    for item in handler.edges:
        source, target, own = map(item.attributes.get, ("source", "target", "id"))
        yield from reader.edge(source, target, own, values(item, "edge"), item.line, directed(item))
    yield from reader.finish()

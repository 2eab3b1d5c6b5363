"""GraphML, which networkx, igraph, Gephi and yEd read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs

from jmdi.builtin.formats.graph_columns import (
    Column,
    Replaced,
    Report,
    edge_columns,
    node_columns,
    report_to,
    xml_ids,
    xml_text,
)
from jmdi.builtin.formats.graph_records import GraphReader, typed
from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.files.safe_xml import parse_xml
from jmdi.model.records import Record
from jmdi.plugins.specs import Exporter, ImportContext, Importer, ProblemCode

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "EXPORTERS",
    "IMPORTERS",
    "PROBLEM_CODES",
    "read_graphml",
    "sniff_graphml",
    "write_graphml",
]

DIRECTIONS = {"directed": True, "true": True, "undirected": False, "false": False}
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes GraphML.

    Attributes follow the rules of `jmdi.builtin.formats.graph_columns`. Every edge has an id,
    so that parallel edges stay apart; weights are the edge attribute ``weight``.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    report = report_to(report)
    replaced = Replaced()
    nodes, edges = node_columns(network, report), edge_columns(network, report)
    ids = xml_ids(network, replaced)
    names = [xml_text(name, replaced) for name in ids]

    def write(text: str) -> None:
        stream.write(text.encode("utf-8"))

    write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n')
    keyed = [("node", column) for column in nodes] + [("edge", column) for column in edges]
    for number, (what, column) in enumerate(keyed):
        title = xml_text(column.name, replaced)
        write(f'<key id="d{number}" for="{what}" attr.name="{title}" attr.type="{column.type}"/>\n')
    default = "directed" if network.directed else "undirected"
    write(f'<graph id="{xml_text(network.name or "network", replaced)}" edgedefault="{default}">\n')
    for index, name in enumerate(names):
        write(_element(f'node id="{name}"', "node", _data(nodes, 0, index, replaced)))
    for index, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        head = f'edge id="e{index}" source="{names[i]}" target="{names[j]}"'
        write(_element(head, "edge", _data(edges, len(nodes), index, replaced)))
    write("</graph>\n</graphml>\n")
    replaced.report(report, network.name)


def _data(columns: list[Column], first: int, index: int, replaced: Replaced) -> str:
    parts = []
    for number, column in enumerate(columns, start=first):
        text = column.text(index)
        if text is not None:
            parts.append(f'<data key="d{number}">{xml_text(text, replaced)}</data>')
    return "".join(parts)


def _element(head: str, name: str, content: str) -> str:
    return f"<{head}>{content}</{name}>\n" if content else f"<{head}/>\n"


@attrs.frozen(slots=True)
class _Key:
    """A declared attribute: its name, type and default."""

    name: str
    type: str
    default: str | None = None


@attrs.define(slots=True)
class _Item:
    """A node or edge as it is in the file."""

    attributes: dict[str, str]
    line: int
    data: list[tuple[str, str]] = attrs.field(factory=list)


@attrs.define(slots=True)
class _Handler:
    """Collects keys, nodes and edges; keys may come anywhere, so types are resolved last."""

    keys: dict[str, dict[str, str]] = attrs.field(factory=dict)
    defaults: dict[str, str] = attrs.field(factory=dict)
    nodes: list[_Item] = attrs.field(factory=list)
    edges: list[_Item] = attrs.field(factory=list)
    skipped: dict[str, int] = attrs.field(factory=dict)
    directed: bool | None = None
    is_graphml: bool = False
    _open: list[_Item] = attrs.field(factory=list)
    _buffer: list[str] | None = None
    _key: str = ""
    _graphs: int = 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if name == "graphml":
            self.is_graphml = True
        elif name == "key":
            self._key = attributes.get("id", "")
            self.keys[self._key] = attributes
        elif name == "graph":
            self._graphs += 1
            if self._graphs == 1:
                self.directed = DIRECTIONS.get(attributes.get("edgedefault", ""))
            else:
                self._skip("graph")
        elif name in ("node", "edge"):
            item = _Item(attributes, line)
            (self.nodes if name == "node" else self.edges).append(item)
            self._open.append(item)
        elif name in ("data", "default"):
            self._key = attributes.get("key", self._key)
            self._buffer = []
        elif name in ("hyperedge", "port"):
            self._skip(name)

    def end(self, name: str) -> None:
        if name in ("node", "edge") and self._open:
            self._open.pop()
        elif name in ("data", "default") and self._buffer is not None:
            text = "".join(self._buffer)
            self._buffer = None
            if name == "default":
                self.defaults[self._key] = text
            elif self._open:
                self._open[-1].data.append((self._key, text))

    def text(self, data: str) -> None:
        if self._buffer is not None:
            self._buffer.append(data)

    def _skip(self, what: str) -> None:
        self.skipped[what] = self.skipped.get(what, 0) + 1


def read_graphml(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads GraphML: nodes as actors and edges as ties, unless an attribute ``kind`` differs.

    Keys may stand anywhere, also within the graph; data of a key that is not declared is kept
    as text. Attributes named like fields fill these, all others are kept in ``extra``.

    Raises:
        FormatError: If the file is not GraphML, or is unsafe or too large.
    """
    handler = _Handler()
    parse_xml(stream, context, handler)
    if not handler.is_graphml:
        problem = Problem("J501", Severity.ERROR, "it is not GraphML", Where(file=context.name))
        raise FormatError([problem])
    reader = GraphReader(context, directed=handler.directed)
    for what, count in sorted(handler.skipped.items()):
        reader.skipped(f"{count} {_SKIPPED[what]}")
    for item in handler.nodes:
        values = _values(item, "node", handler, reader)
        yield from reader.node(item.attributes.get("id"), values, item.line)
    for item in handler.edges:
        values = _values(item, "edge", handler, reader)
        yield from reader.edge(
            item.attributes.get("source"),
            item.attributes.get("target"),
            item.attributes.get("id"),
            values,
            item.line,
            DIRECTIONS.get(item.attributes.get("directed", "")),
        )
    reader.finish()


_SKIPPED = {
    "graph": "graphs after or within the first; their nodes and edges count as its own",
    "hyperedge": "hyperedges, which were not read",
    "port": "ports, which were not read",
}


def _values(item: _Item, what: str, handler: _Handler, reader: GraphReader) -> dict[str, Any]:
    """The attributes of a node or edge, with defaults, in their declared types."""
    values: dict[str, Any] = {}
    given = dict(item.data)
    for key, default in handler.defaults.items():
        if handler.keys.get(key, {}).get("for", "all") in (what, "all"):
            given.setdefault(key, default)
    for key, text in given.items():
        declared: Mapping[str, str] | None = handler.keys.get(key)
        if declared is None:
            reader.undeclared(key)
        declared = declared or {}
        name = declared.get("attr.name") or declared.get("yfiles.type") or key
        values[name] = typed(text, declared.get("attr.type", "string"), name, reader, item.line)
    return values


def sniff_graphml(head: bytes) -> bool | str:
    """Whether a file is GraphML."""
    text = head.decode("utf-8", "replace")
    return True if re.search(r"<(\w+:)?graphml\b", text) else "it has no element graphml"


IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "graphml",
        (".graphml",),
        read_graphml,
        sniff_graphml,
        "GraphML: nodes as actors, edges as ties, attributes kept.",
    ),
)

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "graphml",
        (".graphml",),
        write_graphml,
        takes="network",
        doc="GraphML for networkx, igraph, Gephi and yEd, with attributes of every type.",
    ),
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J501",
        "not a readable graph file",
        "The file is not well-formed, or not of the format that it should be.",
        "Write it again with the program that it comes from, or name its format.",
    ),
    ProblemCode(
        "J502",
        "unsafe XML",
        "Document types can define entities that fill the memory or read other files.",
        "Delete the line that begins with <!DOCTYPE.",
    ),
    ProblemCode(
        "J503",
        "graph file too large or too deep",
        "It exceeds the limits that protect against hostile files.",
        "Split it, or raise the limits.",
    ),
    ProblemCode(
        "J504",
        "edge without a node",
        "An edge names a node that the file does not list; the tie is kept as it is.",
        "Add the node, or correct its id.",
    ),
    ProblemCode(
        "J505",
        "node or edge without a usable id",
        "A node has no id, an edge no ends, or two nodes have the same id.",
        "Give every node an id of its own and every edge both ends.",
    ),
    ProblemCode(
        "J506",
        "attribute not as declared",
        "A value is not of the type that the file declares, or is not declared at all. "
        "It is kept as text.",
        "Correct the value or the declaration.",
    ),
    ProblemCode(
        "J507",
        "kind cannot be made",
        "The attribute 'kind' names a kind that does not exist or needs more fields. "
        "The node is read as an actor, the edge as a tie.",
        "Install the plugin of the kind, or use jmdi's own format, which loses nothing.",
    ),
    ProblemCode(
        "J508",
        "direction of ties",
        "Some edges of the file are directed and others are not. A network is directed when any of "
        "its ties is, and a tie that is not goes both ways then.",
        "`ds.project('actors', directed=False)` makes a network without direction.",
    ),
    ProblemCode(
        "J509",
        "part of the file not read",
        "Hyperedges, nested graphs and visual settings have no place among records.",
        "Nothing, unless they matter.",
    ),
    ProblemCode(
        "J510",
        "characters replaced",
        "XML cannot hold control characters, and no format half a surrogate pair.",
        "Correct the texts if they matter.",
    ),
    ProblemCode(
        "J511",
        "attribute cannot be written",
        "No graph file has a form for values of this type.",
        "Leave the attribute out, or turn it into text or numbers.",
    ),
    ProblemCode(
        "J512",
        "attribute of several types",
        "A column of a graph file has one type, so mixed values are written as text.",
        "Nothing, or give the attribute one type.",
    ),
)
"""What can be wrong with graph files."""

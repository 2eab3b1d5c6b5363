"""GraphML, which networkx, igraph, Gephi and yEd read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs

from jmdi.builtin.formats.graph_xml import (
    GraphHandler,
    Item,
    element,
    outgoing,
    parse_graph,
    records,
    values_of,
)
from jmdi.files.graphs.choosing import chosen_graph
from jmdi.files.graphs.columns import Column, Report, xml_text
from jmdi.files.graphs.records import GraphReader
from jmdi.files.safe_xml import first_element
from jmdi.model.records import Record
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "read_graphml",
    "sniff_graphml",
    "write_graphml",
]

DIRECTIONS = {"directed": True, "true": True, "undirected": False, "false": False}
MEMBERS = ("attr.type", "attr.name", "yfiles.type")
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes GraphML.

    Attributes follow the rules of `jmdi.files.graphs.columns`. Every edge has an id,
    so that parallel edges stay apart; weights are the edge attribute ``weight``.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    out = outgoing(network, stream, report)
    network, nodes, edges, names, write = out.network, out.nodes, out.edges, out.names, out.write
    write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n')
    keyed = [("node", column) for column in nodes] + [("edge", column) for column in edges]
    for number, (what, column) in enumerate(keyed):
        title = xml_text(column.name)
        write(f'<key id="d{number}" for="{what}" attr.name="{title}" attr.type="{column.type}"/>\n')
    default = "directed" if network.directed else "undirected"
    write(f'<graph id="{xml_text(network.name or "network")}" edgedefault="{default}">\n')
    for index, name in enumerate(names):
        write(element(f'node id="{name}"', "node", _data(nodes, 0, index)))
    for index, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        head = f'edge id="e{index}" source="{names[i]}" target="{names[j]}"'
        write(element(head, "edge", _data(edges, len(nodes), index)))
    write("</graph>\n</graphml>\n")


def _data(columns: list[Column], first: int, index: int) -> str:
    parts = []
    for number, column in enumerate(columns, start=first):
        text = column.text(index)
        if text is not None:
            parts.append(f'<data key="d{number}">{xml_text(text)}</data>')
    return "".join(parts)


@attrs.define(slots=True)
class _Handler(GraphHandler):
    """Collects keys too; these may come anywhere, so types are resolved last."""

    root = "graphml"
    texts = ("data", "default", "desc", "NodeLabel", "EdgeLabel", "Label.Text")
    bare = frozenset({"graphml", "key", "graph", "node", "edge"})
    keys: dict[tuple[str, str], dict[str, str]] = attrs.field(factory=dict)
    defaults: dict[tuple[str, str], str] = attrs.field(factory=dict)
    skipped: Counter[str] = attrs.field(factory=Counter)
    graphs: list[dict[str, str]] = attrs.field(factory=list)
    _key: str = ""
    _what: str = "all"

    def begun(self, name: str, attributes: dict[str, str]) -> None:
        """A key, a graph, a value or a label begins, or what is not read."""
        if name == "key":
            self._key, self._what = attributes.get("id", ""), attributes.get("for", "all")
            self.keys[self._what, self._key] = attributes
        elif name == "graph" and not self.open:
            self.graphs.append(attributes)
        elif name == "data":
            self._key = attributes.get("key", "")
        elif name == "Arrows" and self.open:
            self.open[-1].attributes |= {f"{end}Arrow": attributes.get(end, "") for end in ENDS}
        if name in ("hyperedge", "port"):
            self.skipped[name] += 1

    def ended(self, name: str, text: str) -> None:
        """A value, a default, a description or a label ends."""
        if name == "default":
            self.defaults[self._what, self._key] = text
        elif "port" in self.around or "hyperedge" in self.around:
            return
        elif not self.open:
            self.skipped[name if name == "data" else ""] += bool(text.strip())
        elif name == "data":
            self.open[-1].data.append((self._key, text))
        elif name == "desc":
            self.open[-1].attributes.setdefault("desc", text)
        else:  # a label is broken into lines to fit into its node
            self.open[-1].label = self.open[-1].label or " ".join(text.split())

    def drawn(self, name: str) -> None:
        """A value ends that is a drawing, in elements of its own."""
        self.skipped["drawing"] += name == "data" and bool(self.open) and "port" not in self.around

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        GraphHandler.start(self, name, attributes, line)
        if name in ("node", "edge"):
            self.open[-1].graph = max(0, len(self.graphs) - 1)

    def known(self, what: str) -> dict[str, dict[str, str]]:
        """The keys of nodes or of edges; one without ``for`` is of both."""
        return {key: about for (of, key), about in self.keys.items() if of in (what, "all")}


def read_graphml(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads GraphML: nodes as actors and edges as ties, unless an attribute ``kind`` differs.

    Keys may stand anywhere, also within the graph; data of a key that is not declared is kept
    as text. Attributes named like fields fill these, all others are kept in ``extra``. The label
    of a drawing of yEd is the name; its groups are nodes, whose members have the attribute
    ``group``; an edge that is drawn without arrows has no direction.

    Raises:
        FormatError: If the file is not GraphML, or is unsafe or too large, or has several graphs
            and none is chosen.
    """
    handler = _Handler()
    parse_graph(stream, context, handler, "GraphML")
    graphs = handler.graphs or [{}]
    graph = chosen_graph([about.get("id", "") for about in graphs], context)
    handler.nodes = [item for item in handler.nodes if item.graph == graph]
    handler.edges = [item for item in handler.edges if item.graph == graph]
    reader = GraphReader(context, directed=DIRECTIONS.get(graphs[graph].get("edgedefault", "")))
    for what, count in sorted(handler.skipped.items()):
        if count:
            reader.skipped(f"{count} {_SKIPPED[what]}")
    known = {what: handler.known(what) for what in ("node", "edge")}

    def values(item: Item, what: str) -> dict[str, Any]:
        given = dict(item.data)
        for (of, key), default in handler.defaults.items():
            if of in (what, "all"):
                given.setdefault(key, default)
        found = values_of(given, known[what], MEMBERS, reader, item.line)
        if item.label and not any(name.casefold() == "label" for name in found):
            found["label"] = item.label
        for name in OWN:
            if item.attributes.get(name):
                found.setdefault(OWN[name], item.attributes[name])
        if item.within and what == "node":
            found.setdefault("group", item.within)
        return found

    yield from records(handler, reader, values, _direction)


def _direction(item: Item) -> bool | None:
    """Whether an edge has a direction, by what it says or how it is drawn."""
    arrows = [item.attributes.get(f"{end}Arrow") for end in ENDS]
    if arrows == ["none", "none"]:
        return False
    return DIRECTIONS.get(item.attributes.get("directed", ""))


ENDS = ("source", "target")
OWN = {"desc": "description", "labels": "labels", "label": "label"}
"""What nodes and edges say outside keys, and what it becomes; Neo4j writes the last two."""

_SKIPPED = {
    "data": "attributes of the whole graph, which were not read",
    "": "descriptions of the whole graph, which were not read",
    "drawing": "drawings, of which labels and arrows were read",
    "hyperedge": "hyperedges, which were not read",
    "port": "ports, which were not read",
}


def sniff_graphml(head: bytes) -> bool | str:
    """Whether a file is GraphML."""
    return first_element(head) == "graphml" or "it has no element graphml"

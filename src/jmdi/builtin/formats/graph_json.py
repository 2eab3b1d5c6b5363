"""Graphs as JSON: networkx's node-link form, which d3 reads too, and Cytoscape's."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import attrs

from jmdi.errors import DataError, FormatError, Problem, Severity, Where
from jmdi.files.graphs.columns import (
    RESERVED,
    Report,
    attributes_of_edges,
    plain,
    report_to,
    unique,
)
from jmdi.files.graphs.records import GraphReader
from jmdi.files.strict_json import first_members
from jmdi.graph.filed import filed
from jmdi.model.records import Record
from jmdi.model.writing import dumps
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "read_cytoscape",
    "read_node_link",
    "sniff_cytoscape",
    "sniff_node_link",
    "write_cytoscape",
    "write_node_link",
]

NODE_KEYS = RESERVED["node"]
EDGE_KEYS = RESERVED["edge"]
CYTOSCAPE_KEYS = frozenset({"id", "value", "name", "source", "target", "key"})
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def write_node_link(
    network: Network,
    stream: BinaryIO,
    *,
    edges: Literal["edges", "links"] = "edges",
    report: Report | None = None,
) -> None:
    """Writes node-link JSON.

    Values keep their JSON form: texts and tuples are objects and arrays, codes
    ``scheme:code``, dates ISO 8601, decimals numbers where a double is exactly the same and
    text elsewhere. What is not known (``None``, NaN) is left out. An attribute whose name the
    format needs itself gets an underscore: ``id_``.

    Args:
        network: The network.
        stream: Where the bytes go.
        edges: Name of the list of edges: ``edges``, or ``links`` for d3 and networkx < 3.4.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    report = report_to(report)
    keys, multigraph = _keys(network)
    _write_lines(
        stream,
        {
            "directed": network.directed,
            "multigraph": multigraph,
            "graph": {"name": network.name},
        },
        (
            ("nodes", _items(_nodes(network), NODE_KEYS)),
            (edges, _items(_edges(network, keys if multigraph else None), EDGE_KEYS)),
        ),
    )


def write_cytoscape(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes Cytoscape JSON, in which ids are unique over nodes and edges.

    The rules for values are those of `write_node_link`. Each node has its id as ``id`` and
    ``value`` and its label as ``name``, which networkx needs.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    report = report_to(report)
    keys, multigraph = _keys(network)
    labels = network.node_attributes.get("label") or [None] * len(network.nodes)
    nodes = []
    for (own, more), label in zip(_nodes(network), labels, strict=True):
        name = label if isinstance(label, str) else own["id"]
        nodes.append(({**own, "value": own["id"], "name": name}, more))
    names = unique([*network.nodes, *(f"e{k}" for k in range(network.n_edges))])[network.n_nodes :]
    edges = [
        ({"id": name, **own}, more)
        for name, (own, more) in zip(
            names, _edges(network, keys if multigraph else None), strict=True
        )
    ]
    head = {
        "data": {"name": network.name},
        "directed": network.directed,
        "multigraph": multigraph,
    }
    parts = (
        ("nodes", _items(nodes, CYTOSCAPE_KEYS)),
        ("edges", _items(edges, CYTOSCAPE_KEYS)),
    )
    wrapped = ((name, [{"data": item} for item in items]) for name, items in parts)
    _write_lines(stream, head, tuple(wrapped), inside="elements")


_Item = tuple[dict[str, Any], Mapping[str, Any]]


def _nodes(network: Network) -> Iterator[_Item]:
    columns = dict(network.node_attributes)
    if network.mode is not None:
        columns.setdefault("mode", network.mode)
    for index, name in enumerate(network.nodes):
        yield {"id": name}, {key: values[index] for key, values in columns.items()}


def _edges(network: Network, keys: Sequence[int] | None) -> Iterator[_Item]:
    columns = attributes_of_edges(network)
    for index, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        own: dict[str, Any] = {"source": network.nodes[i], "target": network.nodes[j]}
        if keys is not None:
            own["key"] = keys[index]
        yield own, {key: values[index] for key, values in columns.items()}


def _keys(network: Network) -> tuple[list[int], bool]:
    """The number of each edge among those of its pair, and whether any pair has several."""
    counts: dict[tuple[int, int], int] = {}
    keys = []
    for i, j in zip(network.source, network.target, strict=True):
        pair = (i, j) if network.directed else (min(i, j), max(i, j))
        keys.append(counts.get(pair, 0))
        counts[pair] = keys[-1] + 1
    return keys, any(count > 1 for count in counts.values())


def _items(items: Iterator[_Item] | list[_Item], reserved: frozenset[str]) -> list[dict[str, Any]]:
    """Nodes or edges as objects; attributes that are not known are left out."""
    result = []
    for own, more in items:
        item = {key: _value(value) for key, value in own.items()}
        for name, value in more.items():
            if value is None or (isinstance(value, float) and math.isnan(value)):
                continue
            key = f"{name}_" if name in reserved else name
            item[key] = _checked(name, value)
        result.append(item)
    return result


def _checked(name: str, value: Any) -> Any:
    try:
        return _value(plain(value))
    except TypeError as error:
        cure = "leave the attribute out, or turn it into text or numbers"
        problem = Problem("J511", Severity.ERROR, f"attribute {name!r}: {error}", cure=cure)
        raise DataError([problem]) from None


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if isinstance(value, Decimal):
        number = float(value)
        exact = math.isfinite(number) and Decimal(repr(number)) == value
        return number if exact else str(value)
    return value


def _write_lines(
    stream: BinaryIO,
    head: Mapping[str, Any],
    lists: Sequence[tuple[str, Sequence[Mapping[str, Any]]]],
    inside: str | None = None,
) -> None:
    """Writes an object whose lists have one item on each line."""
    text = dumps(dict(head))[:-1] + ","
    if inside:
        text += f"{dumps(inside)}:{{"
    stream.write(text.encode("utf-8"))
    for number, (name, items) in enumerate(lists):
        stream.write(f"{',' if number else ''}{dumps(name)}:[".encode())
        for index, item in enumerate(items):
            stream.write((",\n" if index else "\n").encode() + dumps(item).encode("utf-8"))
        stream.write(b"\n]")
    stream.write(b"}}\n" if inside else b"}\n")


def _load(stream: BinaryIO, context: ImportContext) -> Any:
    """The JSON document; NaN and infinities are read as not known, and counted.

    Raises:
        FormatError: If it is no JSON object, or is too large or nested too deeply.
    """

    def refuse(message: str, code: str = "J501") -> FormatError:
        return FormatError([Problem(code, Severity.ERROR, message, Where(file=context.name))])

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(found := dict(pairs)) != len(pairs):
            raise ValueError("a member is duplicated in one object")
        return found

    lost: list[str] = []
    data = stream.read(context.limits.size + 1)
    if len(data) > context.limits.size:
        raise refuse(f"has more than {context.limits.size:,} bytes", "J503")
    try:
        document = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=members, parse_constant=lost.append
        )
    except RecursionError:
        raise refuse("it is nested too deeply", "J503") from None
    except ValueError as error:
        raise refuse(f"not JSON: {error}") from None
    if not isinstance(document, dict):
        raise refuse("it is not a JSON object")
    if _HALF.search(data):
        document, before = _whole(document), document
        if document != before:
            context.problem(
                "J510",
                "texts hold half a surrogate pair; it was replaced by U+FFFD",
                where=Where(file=context.name),
            )
    if lost:
        context.problem(
            "J506",
            f"{len(lost)} numbers are NaN or infinite; they count as unknown",
            where=Where(file=context.name),
        )
    return document


def _whole(value: Any) -> Any:
    """A JSON value without halves of surrogate pairs, which only escapes can make."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(part) for key, part in value.items()}
    return value


def _array(document: Mapping[str, Any], name: str, context: ImportContext) -> list[Any]:
    found = document.get(name)
    if not isinstance(found, list):
        problem = Problem(
            "J501", Severity.ERROR, f"it has no array {name!r}", Where(file=context.name)
        )
        raise FormatError([problem])
    return found


@attrs.define(slots=True)
class _Objects:
    """Reads the objects of a list as nodes or edges."""

    reader: GraphReader

    def id(self, value: Any) -> str | None:
        """An id as text: whole numbers are written out, anything else is no id."""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            return None
        return str(value)

    def nodes(self, items: list[Any], drop: frozenset[str]) -> Iterator[Record]:
        for number, item in enumerate(items, start=1):
            values = item if isinstance(item, dict) else {}
            yield from self.reader.node(self.id(values.get("id")), self.rest(values, drop), number)

    def edges(self, items: list[Any], drop: frozenset[str]) -> Iterator[Record]:
        for number, item in enumerate(items, start=1):
            values = item if isinstance(item, dict) else {}
            ends = (self.id(values.get("source")), self.id(values.get("target")))
            own = self.id(values.get("id"))
            yield from self.reader.edge(*ends, own, self.rest(values, drop), number)

    def rest(self, values: Mapping[str, Any], drop: frozenset[str]) -> dict[str, Any]:
        return {key: _value(value) for key, value in values.items() if key not in drop}


def read_node_link(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads node-link JSON, whose edges may be named ``edges`` or ``links``.

    Nodes are actors and edges ties, unless a member ``kind`` differs; members named like
    fields fill these, all others are kept in ``extra``.

    Raises:
        FormatError: If it is not node-link JSON, or is too large.
    """
    document = _load(stream, context)
    nodes = _array(document, "nodes", context)
    edges = _array(document, "links" if "edges" not in document else "edges", context)
    reader = GraphReader(context, directed=_direction(document))
    objects = _Objects(reader)
    yield from objects.nodes(nodes, NODE_KEYS)
    yield from objects.edges(edges, EDGE_KEYS)
    yield from reader.finish()


def read_cytoscape(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads Cytoscape JSON, with elements in two lists or in one.

    Raises:
        FormatError: If it is not Cytoscape JSON, or is too large.
    """
    document = _load(stream, context)
    elements = document.get("elements")
    if isinstance(elements, list):
        data = [_data(item) for item in elements]
        nodes = [item for item in data if not {"source", "target"} <= set(item)]
        edges = [item for item in data if {"source", "target"} <= set(item)]
    else:
        parts = elements if isinstance(elements, dict) else {}
        nodes = [_data(item) for item in _array(parts, "nodes", context)]
        edges = [_data(item) for item in _array({"edges": [], **parts}, "edges", context)]
    reader = GraphReader(context, directed=_direction(document))
    objects = _Objects(reader)
    for node in nodes:
        if node.get("name") in (node.get("id"), node.get("label")):
            node.pop("name", None)
        if node.get("value") == node.get("id"):
            node.pop("value", None)
    yield from objects.nodes(nodes, NODE_KEYS)
    yield from objects.edges(edges, EDGE_KEYS)
    yield from reader.finish()


def _direction(document: Mapping[str, Any]) -> bool | None:
    said = document.get("directed")
    return said if isinstance(said, bool) else None


def _data(item: Any) -> dict[str, Any]:
    data = item.get("data") if isinstance(item, dict) else None
    return dict(data) if isinstance(data, dict) else {}


def _sniffer(first: bytes, others: Sequence[bytes]) -> Callable[[bytes], bool | str]:
    def sniff(head: bytes) -> bool | str:
        members = first_members(head)
        if not members or b"jmdi" in members:
            return "it is not a JSON object, or one of jmdi's own format"
        if first in members and any(other in head for other in others):
            return True
        return f"it has no member '{first.decode()}'"

    return sniff


_sniff_elements = _sniffer(b"elements", (b'"data"',))
_sniff_nodes = _sniffer(b"nodes", (b'"links"', b'"edges"', b'"multigraph"', b'"directed"'))


def sniff_cytoscape(head: bytes) -> bool | str:
    """Whether a file is Cytoscape JSON."""
    return _sniff_elements(head)


def sniff_node_link(head: bytes) -> bool | str:
    """Whether a file is node-link JSON."""
    return "it is Cytoscape JSON" if sniff_cytoscape(head) is True else _sniff_nodes(head)

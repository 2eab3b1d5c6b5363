"""Reads GML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from jmdi import ImportContext, Record, Where
from jmdi.files.encodings import byte_order_mark
from jmdi.files.graphs.choosing import chosen_graph
from jmdi.files.graphs.records import GraphReader
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.gml.lists import Pair, pairs_of
from jmdi_networkfiles.text import text_of

__all__ = ["read", "sniff"]

_TRUTH: dict[Any, bool] = {"true": True, "false": False, 1: True, 0: False}
_START = re.compile(
    r"""\A\ufeff?(?:\s++|\#[^\n]*+\n|\w++\s++(?:"[^"]*+"|[^\s\[\]"]++))*graph\s*+\[""",
    re.IGNORECASE,
)


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads GML: nodes as actors, edges as ties, their keys as attributes.

    The id of a node is its ``name`` where all have one, all different, as igraph writes it; else
    its ``id``. The format says that a graph which does not say otherwise has no direction.

    Raises:
        FormatError: If it is not GML, or has several graphs and none is chosen.
    """
    pairs = pairs_of(text_of(stream, context), context)
    graphs = [graph for graph, _ in _lists(pairs, "graph")]
    if not graphs:
        raise refused("N101", "it has no graph", Where(file=context.name))
    names = [str(_first(graph, "label") or _first(graph, "name") or "") for graph in graphs]
    graph = graphs[chosen_graph(names, context)]
    reader = GraphReader(context, directed=_first(graph, "directed") in (1, "1", "true"))
    nodes, edges = _lists(graph, "node"), _lists(graph, "edge")
    drawn = sum(key == "graphics" for item, _ in (*nodes, *edges) for key, *_ in item)
    if drawn:
        reader.skipped(f"{drawn} drawings of nodes and edges, which were not read")
    found = [(_attributes(value), line) for value, line in nodes]
    ids = _ids([values for values, _ in found])
    for values, line in found:
        own = values.pop("id", None)
        if ids and own is not None:
            values.pop("name")
        identity = None if own is None else ids.get(str(own), str(own))
        yield from reader.node(identity, values, line)
    for value, line in edges:
        values = _attributes(value)
        ends = [values.pop(end, None) for end in ("source", "target")]
        source, target = (None if e is None else ids.get(str(e), str(e)) for e in ends)
        own = values.pop("id", None)
        if isinstance(said := values.get("directed"), (str, int)):
            values["directed"] = _TRUTH.get(said, said)
        yield from reader.edge(source, target, None if own is None else str(own), values, line)
    yield from reader.finish()


def _lists(pairs: list[Pair], wanted: str) -> list[tuple[list[Pair], int]]:
    """The lists of a key, each with its line."""
    return [
        (value, line)
        for key, value, line in pairs
        if key.lower() == wanted and isinstance(value, list)
    ]


def _first(graph: list[Pair], key: str) -> Any:
    return next((value for name, value, _ in graph if name.lower() == key), None)


def _ids(nodes: list[dict[str, Any]]) -> dict[str, str]:
    """The names of nodes by their id, where these can be ids themselves."""
    names = {str(node["id"]): str(node["name"]) for node in nodes if {"id", "name"} <= {*node}}
    return names if len(set(names.values())) == len(names) == len(nodes) else {}


def _attributes(pairs: list[Pair]) -> dict[str, Any]:
    """The keys of a node or edge; one that is repeated has all its values."""
    values: dict[str, Any] = {}
    for key, value, _ in pairs:
        plain = _attributes(value) if isinstance(value, list) else value
        if key == "graphics":
            continue
        if key in values:
            held = values[key]
            values[key] = [*held, plain] if isinstance(held, list) else [held, plain]
        else:
            values[key] = plain
    return values


def sniff(head: bytes) -> bool | str:
    """Whether a file is GML."""
    encoding, mark = byte_order_mark(head[:4]) or ("utf-8", 0)
    return bool(_START.match(head[mark:].decode(encoding, "replace"))) or "it has no graph [ … ]"

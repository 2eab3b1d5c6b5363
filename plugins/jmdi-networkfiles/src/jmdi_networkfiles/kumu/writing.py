"""Writes a blueprint, which Kumu takes in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from jmdi import Network
from jmdi.files.graphs.columns import Column, Report, report_to
from jmdi.graph.filed import filed
from jmdi.graph.halves import halves
from jmdi.model.writing import dumps
from jmdi_networkfiles.outgoing import told

__all__ = ["write"]

NAMES = {"type": "connection type", "weight": "strength"}
"""What Kumu calls attributes of connections."""


def write(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes elements and connections as a blueprint in JSON, one in a line.

    Connections name elements by their label, as Kumu does; where several have one label, it has
    a number behind it. The id of a node is its ``id``.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    labels, nodes, edges = told(network, report_to(report))
    elements = [
        {"id": id, "label": labels[k], **_values(nodes, k, {})}
        for k, id in enumerate(network.nodes)
    ]
    connections = []
    twins = halves(network)
    for k, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if twins.get(k, k) < k:
            continue
        directed = network.directed and k not in twins
        direction = "directed" if directed else "undirected"
        ends = {"from": labels[i], "to": labels[j], "direction": direction}
        connections.append({**ends, **_values(edges, k, NAMES)})
    parts = (("elements", elements), ("connections", connections))
    text = ",\n".join(f'"{name}":[{_lines(items)}]' for name, items in parts)
    stream.write(f"{{{text}}}\n".encode())


def _lines(items: Sequence[dict[str, Any]]) -> str:
    return "".join(f"{',' if at else ''}\n{dumps(item)}" for at, item in enumerate(items))


def _values(columns: Sequence[Column], index: int, names: dict[str, str]) -> dict[str, Any]:
    """The attributes of one node or edge; what says how an edge is directed stands beside it."""
    return {
        names.get(column.name, column.name): column.values[index]
        for column in columns
        if column.values[index] is not None and column.name != "directed"
    }

"""Writes a Network in the DL format of UCINET, as a list of edges with labels.

A DL file describes a matrix: an undirected edge stands in it twice, and parallel edges are one
with their weights added; a weight that is not known counts 1. Labels cannot hold spaces, so
these become underscores; UCINET itself shows the first 18 characters.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import jmdi

JMDI_API = 1


def write(network: jmdi.Network, stream: BinaryIO) -> None:
    """The nodes with their labels, then a line for each cell that is not 0."""
    cells: dict[tuple[int, int], float] = {}
    for edge in network.edges:
        i, j = network.index[edge.source], network.index[edge.target]
        weight = 1.0 if edge.weight is None else edge.weight
        for cell in {(i, j): None} if network.directed else {(i, j): None, (j, i): None}:
            cells[cell] = cells.get(cell, 0.0) + weight
    lines = [f"DL n={len(network)}", "format = edgelist1", "labels:", *_labels(network), "data:"]
    for (i, j), weight in sorted(cells.items()):
        lines.append(f"{i + 1} {j + 1} {str(weight).removesuffix('.0')}")
    stream.write("".join(f"{line}\n" for line in lines).encode())


def losses(network: jmdi.Network) -> Iterator[jmdi.Problem]:
    """All attributes: a matrix holds labels and numbers."""
    for what, columns in (("node", network.node_attributes), ("edge", network.edge_attributes)):
        for name, values in columns.items():
            count = sum(value is not None for value in values)
            message = f"{name!r} of {count} {what}s is not kept"
            yield jmdi.Problem("J561", jmdi.Severity.WARNING, message, count=count)


def _labels(network: jmdi.Network) -> list[str]:
    """The names of the nodes as DL takes them, each once whatever its case."""
    seen: dict[str, int] = {}
    labels = []
    for number, id in enumerate(network.nodes):
        record = network.node(number)
        name = record.label() if record else id
        label = re.sub(r"[\s,=\"':]+", "_", name).strip("_") or f"node_{number + 1}"
        times = seen[label.casefold()] = seen.get(label.casefold(), 0) + 1
        labels.append(label if times == 1 else f"{label}_{number + 1}")
    return labels


@jmdi.hookimpl
def jmdi_exporters() -> list[jmdi.Exporter]:
    """One format of networks."""
    doc = "UCINET DL, a list of edges with labels."
    return [jmdi.Exporter("ucinet:dl", (".dl",), write, takes="network", doc=doc, losses=losses)]

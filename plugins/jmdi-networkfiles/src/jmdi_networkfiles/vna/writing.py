"""Writes VNA: a table of nodes and one of ties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from jmdi import Network
from jmdi.files.graphs.columns import (
    Column,
    Report,
    edge_columns,
    node_columns,
    report_to,
    unique,
)
from jmdi.graph.filed import filed

__all__ = ["write"]


def write(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes VNA for NetDraw, with all attributes of nodes and edges as columns.

    The first column of nodes is their id. An edge without direction has ``false`` in the column
    ``directed``; one that is no tie says it in ``state``. What is not known is empty. Ends of
    lines in a text become blanks.

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
    nodes, edges = node_columns(network, report), edge_columns(network, report)
    if not network.directed and network.n_edges:
        edges = [column for column in edges if column.name != "directed"]
        edges.append(Column("directed", "boolean", [False] * network.n_edges))
    ends = zip(network.source, network.target, strict=True)
    pairs = [(network.nodes[i], network.nodes[j]) for i, j in ends]
    for line in (
        *_table("Node data", ("ID",), [(id,) for id in network.nodes], nodes),
        *_table("Tie data", ("from", "to"), pairs, edges),
    ):
        stream.write(f"{line}\n".encode())


def _table(
    title: str, own: Sequence[str], keys: Sequence[tuple[str, ...]], columns: Sequence[Column]
) -> Iterator[str]:
    yield f"*{title}"
    yield _row(unique([*own, *(column.name for column in columns)]))
    for place, key in enumerate(keys):
        yield _row([*key, *(column.text(place) or "" for column in columns)])


def _row(cells: Iterable[str]) -> str:
    return " ".join(map(_cell, cells))


def _cell(text: str) -> str:
    """A cell, in quotes unless it is one plain word."""
    line = " ".join(text.splitlines())
    if line and line.isascii() and line.replace(".", "").replace("-", "").isalnum():
        return line
    return '"' + line.replace('"', '""') + '"'

"""Writes matrices and lists of ties as delimited text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, BinaryIO

from jmdi import DataError, Network, Problem, Severity
from jmdi.files.delimited import IsDelimiter, guard, write_row
from jmdi.files.graphs.columns import Report, edge_columns, report_to, unique
from jmdi.graph.filed import filed
from jmdi.graph.halves import halves
from jmdi.graph.pairs import edge_states, unobserved_pairs
from jmdi_networkfiles.drafts import MISSING
from jmdi_networkfiles.outgoing import Labels, telling

__all__ = ["write_edges", "write_matrix"]

MOST = 10_000
"""How many rows a matrix may have; a larger one has a hundred million cells and more."""

Delimiter = Annotated[str, IsDelimiter()]


def write_matrix(
    network: Network, stream: BinaryIO, *, delimiter: Delimiter = ",", labels: Labels = "name"
) -> None:
    """Writes an adjacency matrix, or of a network of two modes an incidence matrix.

    A cell is the weight of a pair, 1 where the network has no weights and ``x`` where it is not
    known; 0 is no tie, and ``NA`` a pair that was not observed. Weights of several ties of a pair
    are added.

    Args:
        network: The network.
        stream: Where the bytes go.
        delimiter: What stands between cells.
        labels: What is the label of a node: its ``name``, or its ``id``.

    Raises:
        DataError: If it has more than 10,000 nodes.
    """
    rows = range(network.n_nodes)
    columns = rows
    if network.mode is not None:
        rows, columns = ([i for i in rows if network.mode[i] == m] for m in (0, 1))  # type: ignore[assignment]
    if max(len(rows), len(columns)) > MOST:
        message = f"a matrix of {len(rows):,} rows and {len(columns):,} columns is too large"
        cure = "write a list of ties, such as networkfiles:edges"
        raise DataError([Problem("networkfiles:N115", Severity.ERROR, message, cure=cure)])
    cells, names = _cells(network), _names(network, labels)

    def write(texts: Sequence[str]) -> None:
        stream.write(write_row([guard(text) if text else "" for text in texts], delimiter).encode())

    write(["", *(names[j] for j in columns)])
    for i in rows:
        held = cells.get(i, {})
        write([names[i], *(held.get(j, "0") for j in columns)])


def _names(network: Network, labels: Labels) -> list[str]:
    """The labels of nodes, all different: of several with one name the second ends with ``_2``."""
    known: Sequence[object] = network.node_attributes.get("label", ()) if labels == "name" else ()
    named = known or (None,) * network.n_nodes
    pairs = zip(named, network.nodes, strict=True)
    return unique(name if isinstance(name, str) and name else id for name, id in pairs)


def _cells(network: Network) -> dict[int, dict[int, str]]:
    """What each cell says that is not 0, by row and column."""
    found: dict[int, dict[int, str]] = {}
    amounts: dict[tuple[int, int], float] = {}
    states = edge_states(network)
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if states is None or states[edge] == "present":
            weight = 1.0 if network.weight is None else network.weight[edge]
            for pair in _both(network, i, j):
                amounts[pair] = amounts.get(pair, 0.0) + weight
    for i, j in unobserved_pairs(network):
        for pair in _both(network, i, j):
            found.setdefault(pair[0], {})[pair[1]] = MISSING
    for (i, j), amount in amounts.items():
        text = "x" if math.isnan(amount) else repr(amount).removesuffix(".0")
        found.setdefault(i, {})[j] = text
    return found


def _both(network: Network, i: int, j: int) -> tuple[tuple[int, int], ...]:
    """The cells of a pair: both where ties have no direction, the one of rows in two modes."""
    if network.mode is not None and network.mode[i] > network.mode[j]:
        return ((j, i),)
    return ((i, j),) if network.directed or network.mode is not None or i == j else ((i, j), (j, i))


def write_edges(
    network: Network,
    stream: BinaryIO,
    *,
    delimiter: Delimiter = ",",
    labels: Labels = "name",
    report: Report | None = None,
) -> None:
    """Writes a row for each tie: source, target, whether it has a direction, and its attributes.

    A node without ties is a row with a source only. Attributes of nodes are not written.

    Args:
        network: The network.
        stream: Where the bytes go.
        delimiter: What stands between cells.
        labels: What an end is called: the ``name`` of a node, or its ``id``.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    known = telling(edge_columns(network, report_to(report)), "tie")
    columns = [column for column in known if column.name != "directed"]
    twins, names = halves(network), _names(network, labels)

    def write(texts: Sequence[str | None]) -> None:
        cells = ["" if text is None else guard(text) for text in texts]
        stream.write(write_row(cells, delimiter).encode())

    write(["source", "target", "directed", *(column.name for column in columns)])
    alone = set(range(network.n_nodes))
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        alone -= {i, j}
        if twins.get(edge, edge) >= edge:
            directed = "true" if network.directed and edge not in twins else "false"
            more = [column.text(edge) for column in columns]
            write([names[i], names[j], directed, *more])
    for i in sorted(alone):
        write([names[i], *[None] * (2 + len(columns))])

"""Distances and shortest paths as metrics need them, with ties of any length."""

from __future__ import annotations

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network.arrays import Floats, Graph, Ints, by_rows
from jmdi_network.counts import Sized

__all__ = ["hop_counts", "lengths", "on_entries", "partners", "path_sums", "raw_betweenness"]


def partners(graph: Sized) -> Ints | int:
    """How many others each actor could be tied to; of two modes, those of the other."""
    if graph.mode is None:
        return graph.n - 1
    mode = np.array(graph.mode)
    others: Ints = np.where(mode == 0, (mode != 0).sum(), (mode == 0).sum())
    return np.maximum(others, 1)


def lengths(network: Network, graph: Graph, length: str | None, alpha: float) -> Floats | None:
    """The length of each tie; ``None`` if all are 1.

    Args:
        network: The network.
        graph: Its simple graph.
        length: ``None``; ``inverse`` for the mean over a tie's own of the weights raised to
            ``alpha``; or the name of an edge attribute that holds lengths.
        alpha: The exponent.

    Raises:
        BadParameter: If a length is not known, or not above 0.
    """
    if length is None:
        return None
    if length == "inverse":
        if not (graph.weight > 0).all():
            raise BadParameter("length='inverse' needs weights above 0")
        raised: Floats = graph.weight**alpha
        return raised.mean() / raised if graph.m else raised
    column = network.edge_attributes.get(length)
    if column is None:
        raise BadParameter(
            f"edges have no attribute {length!r}; length is the name of an edge "
            "attribute, 'inverse' for 1/weight, or None"
        )
    if graph.notes.get("ties_merged"):
        raise BadParameter("parallel ties have no single length: use simple() and set it anew")
    chosen = [column[edge] for edge in graph.first.tolist()]
    if not all(isinstance(x, (int, float)) and x > 0 for x in chosen):
        raise BadParameter(f"every tie needs a number above 0 as {length!r}")
    return np.array(chosen, float)


def on_entries(graph: Graph, ends: str, per_tie: Floats) -> Floats:
    """Values of ties in the order of an adjacency's entries.

    Args:
        graph: The graph.
        ends: Which adjacency; see `Graph.adjacency`.
        per_tie: A value for each tie, float64, m.
    """
    rows, columns = graph.source, graph.target
    if not graph.directed:
        rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
        per_tie = np.concatenate([per_tie, per_tie])
    elif ends == "in":
        rows, columns = columns, rows
    return by_rows(rows, columns, per_tie, graph.n).weight


def raw_betweenness(
    graph: Graph, length: Floats | None = None, group: Ints | None = None
) -> Floats:
    """Shares of shortest paths through each node, summed over ordered pairs; float64, n.

    Args:
        graph: The graph.
        length: The length of each tie, float64, m; all are 1 without it.
        group: A group for each node, int64, n: only pairs of two groups count, -1 in none.
    """
    from jmdi_network.kernels.paths import betweenness as search
    from jmdi_network.kernels.paths import weighted_betweenness

    group = np.arange(graph.n) if group is None else group
    indptr, indices = graph.neighbours("out")
    if length is None:
        return search(indptr, indices.view(np.uint32), group)
    return weighted_betweenness(indptr, indices, on_entries(graph, "out", length), group)


def path_sums(
    network: Network, graph: Graph, direction: str, length: str | None, alpha: float
) -> tuple[Ints, Floats, Floats]:
    """For each actor how many others a path joins, their distances and inverse distances.

    Returns:
        Three arrays of n: counts, int64; sums of distances and of their inverses, float64.
    """
    found = lengths(network, graph, length, alpha)
    if found is None:
        from jmdi_network.kernels.paths import distances

        reached, far, near, _, _ = distances(*graph.neighbours(direction))
        return reached, far, near
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    indptr, indices = graph.neighbours(direction)
    matrix = csr_array((on_entries(graph, direction, found), indices, indptr), (graph.n, graph.n))
    reached, far, near = np.zeros(graph.n, np.int64), np.zeros(graph.n), np.zeros(graph.n)
    # so many rows at a time that a block of distances takes 32 MB
    step = max(1, 4_000_000 // max(graph.n, 1))
    for start in range(0, graph.n, step):
        rows = np.arange(start, min(start + step, graph.n))
        paths = dijkstra(matrix, indices=rows)
        paths[np.arange(len(rows)), rows] = np.inf
        there = np.isfinite(paths)
        reached[rows] = there.sum(axis=1)
        far[rows] = np.where(there, paths, 0.0).sum(axis=1)
        near[rows] = (1 / paths).sum(axis=1)
    return reached, far, near


def hop_counts(graph: Graph) -> Ints:
    """How many ordered pairs have each distance along ties, from 0 on."""
    from jmdi_network.kernels.paths import distances as search

    histogram: Ints = search(*graph.neighbours("out"))[4]
    top = np.flatnonzero(histogram)
    return histogram[: top[-1] + 1] if len(top) else histogram[:1]

"""Where each actor stands: degree, betweenness, closeness, eigenvector, PageRank."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, Ints, Sparse, graph_of
from jmdi_network.reporting import lacking, per_node, refused

__all__ = [
    "betweenness",
    "closeness",
    "clustering",
    "degree",
    "eigenvector",
    "harmonic",
    "pagerank",
    "ranks",
    "raw_betweenness",
    "strength",
]


def degree(network: Network, *, direction: str = "all", normalized: bool = False) -> Result:
    """How many ties each actor has."""
    graph = graph_of(network)
    scores: Any = graph.degrees(direction)
    if normalized:
        if (few := lacking(graph, 2, "a normalized degree")) is not None:
            return few
        both = 2 if graph.directed and direction == "all" else 1
        scores = scores / (both * _partners(graph))
    return per_node(graph, scores)


def _partners(graph: Graph) -> Any:
    """How many others each actor could be tied to; of two modes, those of the other."""
    if graph.mode is None:
        return graph.n - 1
    mode = np.array(graph.mode)
    return np.maximum(np.where(mode == 0, (mode != 0).sum(), (mode == 0).sum()), 1)


def strength(network: Network, *, direction: str = "all", alpha: float = 1.0) -> Result:
    """Sum of the weights of each actor's ties; with alpha between degree and strength."""
    graph = graph_of(network)
    out = np.bincount(graph.source, graph.weight, graph.n)
    into = np.bincount(graph.target, graph.weight, graph.n)
    both = not graph.directed or direction == "all"
    sums = out + into if both else out if direction == "out" else into
    if alpha != 1.0:
        count = graph.degrees(direction)
        mean = sums / np.maximum(count, 1)
        if (mean < 0).any():
            raise BadParameter("alpha needs weights that are not negative")
        sums = np.where(count > 0, count * mean**alpha, 0.0)
    return per_node(graph, sums)


def lengths(network: Network, graph: Graph, length: Any, alpha: float) -> Floats | None:
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


def _on_ties(graph: Graph, ends: str, per_tie: Floats) -> Floats:
    """Values of ties in the order of an adjacency's entries."""
    from scipy.sparse import csr_array

    rows, columns = graph.source, graph.target
    if not graph.directed:
        rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
        per_tie = np.concatenate([per_tie, per_tie])
    elif ends == "in":
        rows, columns = columns, rows
    matrix: Sparse = csr_array((per_tie, (rows, columns)), shape=(graph.n, graph.n))
    found: Floats = matrix.data
    return found


def raw_betweenness(
    graph: Graph, length: Floats | None = None, group: Ints | None = None
) -> Floats:
    """Shares of shortest paths through each node, summed over ordered pairs."""
    from jmdi_network.kernels.paths import betweenness as search
    from jmdi_network.kernels.paths import weighted_betweenness

    group = np.arange(graph.n) if group is None else group
    if length is None:
        return search(*graph.neighbours("out"), group)
    return weighted_betweenness(*graph.neighbours("out"), _on_ties(graph, "out", length), group)


def betweenness(
    network: Network, *, normalized: bool = False, length: Any = None, alpha: float = 1.0
) -> Result:
    """Shares of shortest paths between others that pass through each actor."""
    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if normalized and (few := lacking(graph, 3, "normalized betweenness")) is not None:
        return few
    if normalized and graph.mode is not None:
        raise BadParameter(
            "normalized=True divides by the largest betweenness in one mode, which "
            "is out of reach in two: leave it out, or project with "
            "jmdi_network.onto"
        )
    scores = raw_betweenness(graph, lengths(network, graph, length, alpha))
    if not graph.directed:
        scores = scores / 2
    if normalized:
        scores = scores / ((graph.n - 1) * (graph.n - 2) / (1 if graph.directed else 2))
    return per_node(graph, scores)


def _sums(
    network: Network, graph: Graph, direction: str, length: Any, alpha: float
) -> tuple[Ints, Floats, Floats]:
    """For each actor how many others a path joins, their distances and inverse distances."""
    found = lengths(network, graph, length, alpha)
    if found is None:
        from jmdi_network.kernels.paths import distances

        reached, far, near, _, _ = distances(*graph.neighbours(direction))
        return reached, far, near
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    indptr, indices = graph.neighbours(direction)
    matrix = csr_array((_on_ties(graph, direction, found), indices, indptr), (graph.n, graph.n))
    reached, far, near = np.zeros(graph.n, np.int64), np.zeros(graph.n), np.zeros(graph.n)
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


def closeness(
    network: Network,
    *,
    direction: str = "out",
    normalized: bool = True,
    unconnected: str = "undefined",
    length: Any = None,
    alpha: float = 1.0,
) -> Result:
    """Inverse of the sum of distances to all others."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "closeness")) is not None:
        return few
    n = graph.n
    reached, far, _ = _sums(network, graph, direction, length, alpha)
    missing = np.zeros(n, bool) if unconnected == "zero" else reached == 0
    if unconnected == "undefined":
        missing = reached < n - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(reached > 0, 1 / far, 0.0)
        if normalized:
            scores = scores * (reached if unconnected == "component" else n - 1)
        if unconnected == "zero":
            scores = np.where(reached < n - 1, 0.0, scores)
        elif unconnected == "scaled":
            scores = np.where(reached > 0, reached / far, 0.0)
            if normalized:
                scores = scores * reached / (n - 1)
    return per_node(graph, scores, missing=missing, reason="disconnected")


def harmonic(
    network: Network,
    *,
    direction: str = "out",
    normalized: bool = True,
    length: Any = None,
    alpha: float = 1.0,
) -> Result:
    """Sum of inverse distances to all others; 0 where there is no path."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "harmonic centrality")) is not None:
        return few
    _, _, near = _sums(network, graph, direction, length, alpha)
    return per_node(graph, near / (graph.n - 1) if normalized else near)


def clustering(network: Network, *, weighted: bool = False) -> Result:
    """Share of the pairs of each actor's neighbours that are tied; direction ignored."""
    from jmdi_network.metrics.whole import triple_counts

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if weighted:
        return _barrat(graph.undirected())
    closed, pairs = triple_counts(graph)
    scores = closed / np.maximum(pairs, 1)
    return per_node(graph, scores, missing=pairs == 0, reason="zero_denominator")


def _barrat(graph: Graph) -> Result:
    """Each closed pair counts by the mean weight of its two ties, over strength."""
    if not (graph.weight > 0).all():
        raise BadParameter("weighted clustering needs weights above 0")
    ties, weight = graph.binary(), graph.adjacency()
    closed = np.asarray((ties @ ties).multiply(weight).sum(axis=1)).ravel()
    contacts = graph.degrees()
    most = np.asarray(weight.sum(axis=1)).ravel() * (contacts - 1)
    missing = contacts < 2
    scores = closed / np.where(missing, 1.0, most)
    return per_node(graph, scores, missing=missing, reason="zero_denominator")


def eigenvector(
    network: Network, *, weighted: bool = False, scale: str = "maximum", direction: str = "in"
) -> Result:
    """The leading eigenvector of the adjacency: an actor counts by those who name it."""
    graph = graph_of(network)
    if (few := lacking(graph, 1, "eigenvector centrality")) is not None:
        return few
    if graph.m == 0:
        return refused(graph, "no_ties")
    matrix = graph.adjacency(direction) if weighted else graph.binary(direction)
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("eigenvector centrality needs weights above 0")
    cyclic = _cyclic_components(graph)
    if not cyclic:
        return refused(
            graph,
            "zero_denominator",
            "the network has no cycle, so that the leading eigenvalue is 0",
        )
    vector, root, gap = _leading(matrix, graph.n)
    if cyclic > 1 and gap < 1e-6 * root:
        return refused(
            graph,
            "disconnected",
            "two components share the leading eigenvalue, so "
            "that it has no single eigenvector: measure each by itself",
        )
    vector = np.abs(vector) if vector.sum() >= 0 else np.abs(-vector)
    vector = vector / (vector.max() if scale == "maximum" else np.linalg.norm(vector))
    return per_node(graph, vector, notes={"eigenvalue": root})


def _cyclic_components(graph: Graph) -> int:
    """How many (strong) components have a tie; with one, the leading eigenvector is unique.

    Source: the theorem of Perron and Frobenius. A network without any has eigenvalues of 0
    only, which numerically may seem to differ from it.
    """
    from jmdi_network.metrics.whole import component_of

    _, of = component_of(graph, strong=True)
    return int((np.bincount(of) > 1).sum())


def _leading(matrix: Sparse, n: int) -> tuple[Floats, float, float]:
    """The leading eigenvector, its eigenvalue and the distance to the next one."""
    roots, vectors = _spectrum(matrix, n)
    values = np.real(roots)
    order = np.argsort(-values, kind="stable")
    gap = float(values[order[0]] - values[order[1]]) if n > 1 else 1.0
    return np.real(vectors[:, order[0]]), float(values[order[0]]), gap


def _spectrum(matrix: Sparse, n: int) -> tuple[Any, Any]:
    """Eigenvalues and eigenvectors: all of a small matrix, two of a large one."""
    symmetric = abs(matrix - matrix.T).sum() == 0
    if n <= 400:
        dense = matrix.toarray()
        return np.linalg.eigh(dense) if symmetric else np.linalg.eig(dense)
    linalg: Any = importlib.import_module("scipy.sparse.linalg")
    if symmetric:
        found = linalg.eigsh(matrix, k=2, which="LA", v0=np.ones(n))
    else:
        found = linalg.eigs(matrix, k=2, which="LR", v0=np.ones(n))
    return found[0], found[1]


def pagerank(
    network: Network, *, damping: float = 0.85, weighted: bool = True, tolerance: float = 1e-12
) -> Result:
    """The share of time that a walker along ties spends at each actor."""
    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if not 0 <= damping < 1:
        raise BadParameter("damping is at least 0 and below 1")
    if weighted and not (graph.weight >= 0).all():
        raise BadParameter("PageRank needs weights that are not negative")
    found = ranks(graph, damping, weighted, tolerance)
    if found is None:
        why = f"after {STEPS:,} steps ranks still changed by tolerance={tolerance:g} or more: "
        return refused(graph, "network:not_converged", f"{why}raise it, or lower damping")
    return per_node(graph, found)


STEPS = 10_000
"""Most steps of the walker before PageRank is given up."""


def ranks(graph: Graph, damping: float, weighted: bool, tolerance: float) -> Floats | None:
    """PageRank of each node, by powers; ``None`` if it does not converge."""
    n = graph.n
    into = graph.adjacency("in") if weighted else graph.binary("in")
    sent = np.asarray(into.sum(axis=0)).ravel()
    stuck = sent == 0
    share = np.where(stuck, 0.0, 1 / np.where(stuck, 1.0, sent))
    rank = np.full(n, 1 / n)
    for _ in range(STEPS):
        moved = damping * (into @ (rank * share) + rank[stuck].sum() / n) + (1 - damping) / n
        change = float(np.abs(moved - rank).sum())
        rank = moved
        if change < tolerance:
            found: Floats = rank / rank.sum()
            return found
    return None

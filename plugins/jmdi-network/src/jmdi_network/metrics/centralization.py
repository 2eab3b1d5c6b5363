"""Freeman's centralization: how far a network is from a star."""

from __future__ import annotations

import numpy as np

from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, graph_of
from jmdi_network.reporting import basis, lacking, refused

__all__ = ["betweenness_centralization", "closeness_centralization", "degree_centralization"]


def _spread(graph: Graph, scores: Floats, largest: float) -> Result:
    """Sum of differences to the highest score, over the largest that it can be."""
    centre = [graph.nodes[i] for i in np.flatnonzero(scores == scores.max())]
    value = float((scores.max() - scores).sum()) / largest
    return Result(**basis(graph, value=value, notes={"most_central": centre[:20]}))


def degree_centralization(
    network: Network, *, direction: str = "all", loops: bool = False
) -> Result:
    """Freeman's degree centralization."""
    graph = graph_of(network)
    if (few := lacking(graph, 3, "centralization")) is not None:
        return few
    n = graph.n
    if not graph.directed:
        largest = n * (n - 1) if loops else (n - 1) * (n - 2)
        return _spread(graph, graph.degrees().astype(float), largest)
    scores = graph.degrees(direction).astype(float)
    if direction == "all":
        # with loops the centre of a star has one, which counts twice
        return _spread(graph, scores, 2 * (n - 1) ** 2 if loops else 2 * (n - 1) * (n - 2))
    return _spread(graph, scores, n * (n - 1) if loops else (n - 1) ** 2)


def betweenness_centralization(network: Network) -> Result:
    """Freeman's betweenness centralization, along the direction of ties."""
    from jmdi_network.metrics.position import raw_betweenness

    graph = graph_of(network)
    if (few := lacking(graph, 3, "centralization")) is not None:
        return few
    n = graph.n
    return _spread(graph, raw_betweenness(graph) / ((n - 1) * (n - 2)), n - 1)


def closeness_centralization(
    network: Network,
    *,
    variant: str = "closeness",
    direction: str = "out",
    unconnected: str = "undefined",
) -> Result:
    """Freeman's closeness centralization."""
    from jmdi_network.kernels.paths import distances

    graph = graph_of(network)
    if (few := lacking(graph, 3, "centralization")) is not None:
        return few
    n = graph.n
    reached, far, near, _, _ = distances(*graph.neighbours(direction))
    if variant == "harmonic":
        # of a star: the centre has n-1, every other 1 + (n-2)/2; of directed ones n-1 and 0
        largest = (n - 1) * (n - 1) if graph.directed else (n - 1) * (n - 2) / 2
        return _spread(graph, near, largest)
    apart = reached < n - 1
    if apart.any() and unconnected == "undefined":
        kind = "strongly connected" if graph.directed else "connected"
        return refused(
            graph, "disconnected", f"the network is not {kind}; ask for variant='harmonic'"
        )
    # of a star: the centre has 1, every other (n-1)/(2n-3); of directed ones 1 and 1/n
    largest = (n - 1) ** 2 / n if graph.directed else (n - 1) * (n - 2) / (2 * n - 3)
    scores = np.where(apart, 0.0, (n - 1) / np.where(far > 0, far, 1.0))
    return _spread(graph, scores, largest)

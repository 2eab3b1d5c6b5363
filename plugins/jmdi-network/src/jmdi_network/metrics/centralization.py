"""Freeman's centralization: how far a network is from a star."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import along, one_mode, said, sides
from jmdi_network.counts import Sized, degrees
from jmdi_network.reporting import basis, lacking, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats

__all__ = ["betweenness_centralization", "closeness_centralization", "degree_centralization"]


def _of_a_star(variant: str, direction: str, unconnected: str) -> str:
    if variant == "harmonic":
        return said("harmonic: 0 without a path", along(direction))
    star = "an actor without a path to another has 1/n in a directed star"
    apart = "undefined where an actor does not reach all"
    if unconnected == "zero":
        star, apart = "a directed star has n/(n-1)", "zero for an actor that does not reach all"
    return said("maximum of a star", star, apart, along(direction))


def _spread(graph: Sized, scores: Floats, largest: float) -> Result:
    """Sum of differences to the highest score, over the largest that it can be."""
    import numpy as np

    centre = [graph.nodes[i] for i in np.flatnonzero(scores == scores.max()).tolist()]
    value = float((scores.max() - scores).sum()) / largest
    return Result(**basis(graph, value=value, notes={"most_central": centre[:20]}))


@jmdi.metric(
    "network:degree-centralization",
    "Degree centralization",
    range=(0, 1),
    value_is="share of the largest possible",
    citation="Freeman 1979",
    accepts=one_mode,
    convention=lambda direction, loops: said(
        sides(direction), f"theoretical maximum {'with' if loops else 'without'} loops"
    ),
    count="jmdi_network.counts:degrees_in_tables",
    finish="jmdi_network.metrics.centralization:degree_centralization_of",
)
def degree_centralization(
    network: Network, *, direction: Literal["all", "out", "in"] = "all", loops: bool = False
) -> Result:
    """Freeman's centralization of degrees.

    Sum of differences to the highest degree over its maximum: (n-1)(n-2), directed in or out
    (n-1)^2, total 2(n-1)(n-2).

    Args:
        network: The network.
        direction: Which ties count in a directed network.
        loops: Whether the maximum allows loops, as igraph's default does.
    """
    counts = degrees(network, direction)
    return degree_centralization_of(counts, direction=direction, loops=loops)


def degree_centralization_of(counts: Counts, *, direction: str, loops: bool) -> Result:
    """Centralization, from the number of ties of each node."""
    graph: Sized = counts["graph"]
    if (few := lacking(graph, 3, "centralization")) is not None:
        return few
    n, scores = graph.n, counts["ties"].astype(float)
    if not graph.directed:
        return _spread(graph, scores, n * (n - 1) if loops else (n - 1) * (n - 2))
    if direction == "all":
        # with loops the centre of a star has one, which counts twice
        return _spread(graph, scores, 2 * (n - 1) ** 2 if loops else 2 * (n - 1) * (n - 2))
    return _spread(graph, scores, n * (n - 1) if loops else (n - 1) ** 2)


@jmdi.metric(
    "network:betweenness-centralization",
    "Betweenness centralization",
    range=(0, 1),
    value_is="share of the largest possible",
    citation="Freeman 1979",
    accepts=one_mode,
    convention=said("ties of length 1, along their direction"),
)
def betweenness_centralization(network: Network) -> Result:
    """Freeman's centralization of betweenness, along the direction of ties.

    Sum of differences to the highest normalized betweenness, over n-1.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import raw_betweenness

    graph = graph_of(network)
    if (few := lacking(graph, 3, "centralization")) is not None:
        return few
    n = graph.n
    return _spread(graph, raw_betweenness(graph) / ((n - 1) * (n - 2)), n - 1)


@jmdi.metric(
    "network:closeness-centralization",
    "Closeness centralization",
    range=(0, 1.5),
    value_is="share of the largest possible",
    citation="Freeman 1979; Rochat 2009 for the harmonic variant",
    accepts=one_mode,
    convention=_of_a_star,
)
def closeness_centralization(
    network: Network,
    *,
    variant: Literal["closeness", "harmonic"] = "closeness",
    direction: Literal["out", "in"] = "out",
    unconnected: Literal["undefined", "zero"] = "undefined",
) -> Result:
    """Freeman's centralization of closeness.

    Sum of differences to the highest normalized closeness, over (n-1)(n-2)/(2n-3), in a directed
    network over (n-1)^2/n; undefined when not (strongly) connected.

    Args:
        network: The network.
        variant: Closeness, or harmonic centrality, which is always defined.
        direction: ``out`` along the direction of ties, ``in`` against it.
        unconnected: For an actor that does not reach all: undefined, or closeness zero, as in R's
            sna.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
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

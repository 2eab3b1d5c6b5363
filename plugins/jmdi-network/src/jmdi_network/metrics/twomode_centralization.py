"""How far a network of two modes is from its most centralized one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import said, two_modes
from jmdi_network.reporting import basis, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Graph, Ints

__all__ = ["two_mode_centralization"]

_OVER = {
    "same": "differences to nodes of the same mode",
    "both": "differences to nodes of both modes",
}

_MODES = {0: "first", 1: "second"}

_SCALED = {
    "degree": "degree",
    "normalized-degree": "ties over the size of the other mode",
    "closeness": "closeness over the largest that its mode allows",
    "betweenness": "betweenness, not normalized",
}


@jmdi.metric(
    "network:two-mode-centralization",
    "Centralization of two modes",
    value_is="share of the largest possible",
    citation="Borgatti & Everett 1997; Borgatti & Halgin 2011",
    accepts=two_modes,
    convention=lambda score, mode, over: said(
        f"{_SCALED[score]}; highest of the {_MODES[mode]} mode; {_OVER[over]}",
        "maximum of connected networks",
        "direction ignored",
    ),
)
def two_mode_centralization(
    network: Network,
    *,
    score: Literal["degree", "normalized-degree", "closeness", "betweenness"] = "degree",
    mode: Literal[0, 1] = 0,
    over: Literal["same", "both"] = "same",
) -> Result:
    """Sum of differences to the highest score of a mode, over the largest that it can be.

    The largest is that of the connected network in which one node is tied to all of the other mode,
    and each other node of its mode is tied to one of these, as evenly as possible. Degrees of a
    network that is in pieces can exceed it; closeness is undefined there. Where the other mode has
    higher scores the differences to both can be negative.

    Args:
        network: The network.
        score: Which centrality.
        mode: The mode of the nodes that the highest score is looked for among.
        over: Differences to the nodes of the same mode, or of both.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.components import component_of
    from jmdi_network.projections.twomode import bipartite_of

    bipartite_of(network)  # refuses ties within a mode
    graph = graph_of(network).undirected()
    own = np.array(graph.mode) == mode
    sizes = int(own.sum()), int((~own).sum())
    if not all(sizes):
        return refused(graph, "empty_graph", "a mode has no nodes")
    if score == "closeness" and component_of(graph)[0] > 1:
        return refused(graph, "disconnected", "the network is not connected")
    top, first = _most_central(graph, sizes)
    largest = _spread(_scores(top, first, score), first, over)
    if largest < 1e-12:
        return refused(graph, "zero_denominator", "so few nodes allow no differences")
    scores = _scores(graph, own, score)
    centre = np.flatnonzero(own & (scores == scores[own].max()))
    notes = {"most_central": [graph.nodes[i] for i in centre[:20]]}
    value = _spread(scores, own, over) / largest
    return Result(**basis(graph, value=value, of="nodes", notes=notes))


def _most_central(like: Graph, sizes: tuple[int, int]) -> tuple[Graph, Ints]:
    """The most centralized connected graph of two modes, and which of its nodes are in the first.

    Node 0 is tied to all of the second mode, and the others of the first to one of them in turn.
    """
    import numpy as np

    own, other = sizes
    others = np.arange(own - 1)
    source = np.concatenate([np.zeros(other, np.int32), 1 + others]).astype(np.int32)
    target = (own + np.concatenate([np.arange(other), others % other])).astype(np.int32)
    nothing = np.zeros(0, np.int64)
    made = attrs.evolve(
        like,
        source=source,
        target=target,
        weight=np.ones(len(source)),
        first=np.full(len(source), -1),
        unobserved=nothing,
        both_ways=nothing,
        cache={},
    )
    return made, np.arange(own + other) < own


def _scores(graph: Graph, own: Ints, score: str) -> Floats:
    """The score of each node, float64, n."""
    import numpy as np

    if score == "betweenness":
        from jmdi_network.kernels.centrality import raw_betweenness

        return raw_betweenness(graph) / 2
    sizes = np.where(own, own.sum(), (~own).sum())
    others = graph.n - sizes
    if score != "closeness":
        degree = graph.degrees().astype(np.float64)
        return np.asarray(degree / others if score == "normalized-degree" else degree)
    from jmdi_network.kernels.paths import distances

    far: Floats = distances(*graph.neighbours())[1].astype(np.float64)
    return np.asarray((others + 2.0 * (sizes - 1)) / far)


def _spread(scores: Floats, own: Ints, over: str) -> float:
    """Sum of differences to the highest score of a mode."""
    return float((scores[own].max() - (scores[own] if over == "same" else scores)).sum())

"""Where each actor stands: degree, betweenness, closeness, eigenvector, PageRank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi.plugins.argument_types import AtLeast, Below
from jmdi_network.conventions import along, one_mode, said, sides, tie_lengths, weights
from jmdi_network.counts import Sized, degrees
from jmdi_network.reporting import lacking, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Graph, Ints

__all__ = [
    "betweenness",
    "closeness",
    "clustering",
    "degree",
    "eigenvector",
    "harmonic",
    "pagerank",
    "strength",
]


_UNREACHED = {
    "undefined": "undefined for an actor that does not reach all",
    "component": "over those reached",
    "scaled": "over those reached, times their share",
    "zero": "0 for an actor that does not reach all",
}

_OF_REACHED = dict.fromkeys(("component", "scaled"), "how many it reaches")
"""What the sum of distances to those reached is related to where not all are, in place of n-1."""

_NAMED = {"in": "who is named by those who are named", "out": "who names those who name"}

_SCALED = {"maximum": "the largest is 1", "length": "Euclidean length 1"}


@jmdi.metric(
    "network:degree",
    "Degree",
    range=(0, None),
    value_is=lambda normalized: "share of possible ties" if normalized else "ties",
    citation="Freeman 1979",
    convention=lambda direction, normalized: said(
        sides(direction), "over the largest possible" if normalized else ""
    ),
    bounds="extremes",
    count="jmdi_network.counts:degrees_in_tables",
    finish="jmdi_network.metrics.position:degree_of",
)
def degree(
    network: Network, *, direction: Literal["all", "out", "in"] = "all", normalized: bool = False
) -> Result:
    """Number of ties of each actor; in a directed network, all counts a mutual pair twice.

    Args:
        network: The network.
        direction: Which ties count in a directed network.
        normalized: Whether to divide by the largest possible value.
    """
    counts = degrees(network, direction)
    return degree_of(counts, direction=direction, normalized=normalized)


def degree_of(counts: Counts, *, direction: str, normalized: bool) -> Result:
    """Degrees, from the number of ties of each node."""
    from jmdi_network.kernels.centrality import partners

    graph: Sized = counts["graph"]
    scores: Ints | Floats = counts["ties"]
    if normalized:
        if (few := lacking(graph, 2, "a normalized degree")) is not None:
            return few
        both = 2 if graph.directed and direction == "all" else 1
        scores = scores / (both * partners(graph))
    return per_node(graph, scores)


@jmdi.metric(
    "network:strength",
    "Strength",
    value_is="sum of weights",
    citation="Barrat et al. 2004; Opsahl, Agneessens & Skvoretz 2010",
    convention=lambda direction, alpha: said(
        sides(direction), "" if alpha == 1 else f"k^(1-a) s^a, a = {alpha:g}"
    ),
    bounds=lambda alpha: "extremes" if 0 <= alpha <= 1 else "enumerated",
    count="jmdi_network.counts:strengths_in_tables",
    finish="jmdi_network.metrics.position:strength_of",
)
def strength(
    network: Network, *, direction: Literal["all", "out", "in"] = "all", alpha: float = 1.0
) -> Result:
    """Sum of the weights s of each actor's k ties: k^(1-alpha) s^alpha.

    Args:
        network: The network.
        direction: Which ties count in a directed network.
        alpha: 1 for the sum of weights, 0 for the number of ties.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of

    graph = graph_of(network)
    out = np.bincount(graph.source, graph.weight, graph.n)
    into = np.bincount(graph.target, graph.weight, graph.n)
    both = not graph.directed or direction == "all"
    sums = out + into if both else out if direction == "out" else into
    counts = {"graph": graph, "ties": graph.degrees(direction), "weights": sums}
    return strength_of(counts, direction=direction, alpha=alpha)


def strength_of(counts: Counts, *, direction: str, alpha: float) -> Result:
    """Strengths, from the number of ties of each node and their weights added up."""
    import numpy as np

    sums, count = counts["weights"], counts["ties"]
    if alpha != 1.0:
        mean = sums / np.maximum(count, 1)
        if (mean < 0).any():
            raise BadParameter("alpha needs weights that are not negative")
        sums = np.where(count > 0, count * mean**alpha, 0.0)
    return per_node(counts["graph"], sums)


@jmdi.metric(
    "network:betweenness",
    "Betweenness",
    range=(0, None),
    value_is=lambda normalized: "share of pairs" if normalized else "pairs",
    citation="Freeman 1979; Brandes 2001",
    convention=lambda normalized, length, alpha: said(
        "each unordered pair once if undirected",
        "ends not counted",
        "over the largest possible" if normalized else "",
        tie_lengths(length, alpha),
    ),
)
def betweenness(
    network: Network, *, normalized: bool = False, length: str | None = None, alpha: float = 1.0
) -> Result:
    """Sum over pairs of the share of their shortest paths that pass through an actor.

    Args:
        network: The network.
        normalized: Whether to divide by the largest possible value.
        length: Length of ties: None for 1 each, the name of an edge attribute that holds lengths,
            or 'inverse' for mean weight over weight; strength is never taken for a length unasked.
        alpha: Exponent of the weights before they are inverted.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import lengths, raw_betweenness

    graph = graph_of(network)
    if (few := lacking(graph, 3, "betweenness")) is not None:
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


@jmdi.metric(
    "network:closeness",
    "Closeness",
    range=(0, None),
    value_is="closeness",
    citation="Freeman 1979",
    convention=lambda direction, normalized, unconnected, length, alpha: said(
        along(direction),
        _UNREACHED[unconnected],
        f"{'' if normalized else 'not '}times {_OF_REACHED.get(unconnected, 'n-1')}",
        tie_lengths(length, alpha),
    ),
)
def closeness(
    network: Network,
    *,
    direction: Literal["out", "in"] = "out",
    normalized: bool = True,
    unconnected: Literal["undefined", "component", "scaled", "zero"] = "undefined",
    length: str | None = None,
    alpha: float = 1.0,
) -> Result:
    """1 over the sum of distances to all others, times n-1 if normalized.

    Args:
        network: The network.
        direction: ``out`` along the direction of ties, ``in`` against it.
        normalized: Whether to multiply by n-1, or by how many are reached where others are not.
        unconnected: For an actor that does not reach all: undefined; component, over those reached;
            scaled by their share (Wasserman & Faust, as networkx); or zero (as R's sna).
        length: Length of ties: None for 1 each, the name of an edge attribute that holds lengths,
            or 'inverse' for mean weight over weight; strength is never taken for a length unasked.
        alpha: Exponent of the weights before they are inverted.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import path_sums

    graph = graph_of(network)
    if (few := lacking(graph, 2, "closeness")) is not None:
        return few
    n = graph.n
    reached, far, _ = path_sums(network, graph, direction, length, alpha)
    missing = np.zeros(n, bool) if unconnected == "zero" else reached == 0
    if unconnected == "undefined":
        missing = reached < n - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(reached > 0, 1 / far, 0.0)
        if normalized:
            scores = scores * (reached if unconnected in _OF_REACHED else n - 1)
        if unconnected == "zero":
            scores = np.where(reached < n - 1, 0.0, scores)
        elif unconnected == "scaled":
            scores = scores * reached / (n - 1)
    return per_node(graph, scores, missing=missing, reason="disconnected")


@jmdi.metric(
    "network:harmonic",
    "Harmonic centrality",
    range=(0, None),
    value_is=lambda normalized: "mean of 1/d" if normalized else "sum of 1/d",
    citation="Rochat 2009; Marchiori & Latora 2000",
    convention=lambda direction, normalized, length, alpha: said(
        along(direction),
        "over n-1" if normalized else "not over n-1",
        tie_lengths(length, alpha),
    ),
    bounds=lambda length: "enumerated" if length == "inverse" else "extremes",
)
def harmonic(
    network: Network,
    *,
    direction: Literal["out", "in"] = "out",
    normalized: bool = True,
    length: str | None = None,
    alpha: float = 1.0,
) -> Result:
    """Sum of 1/d to all others, over n-1 if normalized; 0 where there is no path.

    Args:
        network: The network.
        direction: ``out`` along the direction of ties, ``in`` against it.
        normalized: Whether to divide by n-1.
        length: Length of ties: None for 1 each, the name of an edge attribute that holds lengths,
            or 'inverse' for mean weight over weight; strength is never taken for a length unasked.
        alpha: Exponent of the weights before they are inverted.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import path_sums

    graph = graph_of(network)
    if (few := lacking(graph, 2, "harmonic centrality")) is not None:
        return few
    _, _, near = path_sums(network, graph, direction, length, alpha)
    return per_node(graph, near / (graph.n - 1) if normalized else near)


@jmdi.metric(
    "network:clustering",
    "Local clustering coefficient",
    range=(0, 1),
    value_is="share of pairs of neighbours",
    citation="Watts & Strogatz 1998; Barrat et al. 2004",
    accepts=one_mode,
    convention=lambda weighted: said(
        "direction ignored", "fewer than two neighbours: undefined", weights(weighted)
    ),
)
def clustering(network: Network, *, weighted: bool = False) -> Result:
    """Tied pairs of an actor's neighbours over pairs of them.

    Weighted: each pair counts by the mean of its two ties' weights.

    Args:
        network: The network.
        weighted: Whether weights count.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.triads import triple_counts

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
    import numpy as np

    if not (graph.weight > 0).all():
        raise BadParameter("weighted clustering needs weights above 0")
    ties, weight = graph.binary(), graph.adjacency()
    closed = np.asarray((ties @ ties).multiply(weight).sum(axis=1)).ravel()
    contacts = graph.degrees()
    most = np.asarray(weight.sum(axis=1)).ravel() * (contacts - 1)
    missing = contacts < 2
    scores = closed / np.where(missing, 1.0, most)
    return per_node(graph, scores, missing=missing, reason="zero_denominator")


@jmdi.metric(
    "network:eigenvector",
    "Eigenvector centrality",
    range=(0, 1),
    value_is="leading eigenvector",
    citation="Bonacich 1972",
    convention=lambda weighted, scale, direction: said(
        _NAMED[direction],
        _SCALED[scale],
        weights(weighted),
        "undefined without a cycle, and where two components share the leading eigenvalue",
    ),
)
def eigenvector(
    network: Network,
    *,
    weighted: bool = False,
    scale: Literal["maximum", "length"] = "maximum",
    direction: Literal["in", "out"] = "in",
) -> Result:
    """Leading eigenvector of the adjacency: who is named by those who are named.

    With direction out, who names those who name.

    Args:
        network: The network.
        weighted: Whether weights count.
        scale: Largest 1, or Euclidean length 1.
        direction: Which ties count in a directed network.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.eigen import cyclic_components, leading

    graph = graph_of(network)
    if (few := lacking(graph, 1, "eigenvector centrality")) is not None:
        return few
    if graph.m == 0:
        return refused(graph, "no_ties")
    matrix = graph.adjacency(direction) if weighted else graph.binary(direction)
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("eigenvector centrality needs weights above 0")
    cyclic = cyclic_components(graph)
    if not cyclic:
        return refused(
            graph,
            "zero_denominator",
            "the network has no cycle, so that the leading eigenvalue is 0",
        )
    vector, root, gap = leading(matrix, graph.n)
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


@jmdi.metric(
    "network:pagerank",
    "PageRank",
    range=(0, 1),
    value_is="share of time",
    citation="Brin & Page 1998",
    convention=lambda damping, weighted: said(f"damping {damping:g}", weights(weighted)),
)
def pagerank(
    network: Network,
    *,
    damping: Annotated[float, AtLeast(0), Below(1)] = 0.85,
    weighted: bool = True,
    tolerance: Annotated[float, AtLeast(0)] = 1e-12,
) -> Result:
    """The share of time that a walker along ties spends at each actor.

    The walker jumps with probability 1-damping, and from actors without a tie to send.

    Args:
        network: The network.
        damping: Probability to follow a tie.
        weighted: Whether weights count.
        tolerance: Sum of changes at which to stop.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.eigen import STEPS, ranks

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if weighted and not (graph.weight >= 0).all():
        raise BadParameter("PageRank needs weights that are not negative")
    found = ranks(graph, damping, weighted, tolerance)
    if found is None:
        why = f"after {STEPS:,} steps ranks still changed by tolerance={tolerance:g} or more: "
        return refused(graph, "network:not_converged", f"{why}raise it, or lower damping")
    return per_node(graph, found)

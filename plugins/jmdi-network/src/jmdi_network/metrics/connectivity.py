"""Where a network breaks: cut-points, bridges, cores, distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import COMPONENTS, along, one_mode, said
from jmdi_network.parameters import Positive
from jmdi_network.reporting import basis, lacking, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats

__all__ = [
    "LISTED",
    "bridges",
    "core_number",
    "cut_points",
    "diameter",
    "distance_fragmentation",
    "distances",
    "eccentricity",
    "krackhardt",
    "mean_distance",
    "reach",
]

LISTED = 1000
"""Most elements that notes list."""


_CORES = {
    "all": "directed: sent and received ties, where a mutual one counts 2",
    "in": "directed: ties received",
    "out": "directed: ties sent",
    "simple": "direction ignored",
}

_APART = {
    "largest": "over pairs with a path",
    "undefined": "undefined where a pair has no path",
}


@jmdi.metric(
    "network:cut-points",
    "Cut-points",
    range=(0, None),
    value_is="count of actors",
    citation="Wasserman & Faust 1994",
    convention=lambda kind: said(COMPONENTS[kind]),
)
def cut_points(network: Network, *, kind: Literal["weak", "strong"] = "weak") -> Result:
    """Actors whose removal leaves more components; ``contributing`` lists them.

    Args:
        network: The network.
        kind: Weak components, or strong ones; without direction they are the same.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.components import component_of
    from jmdi_network.kernels.cores import cuts
    from jmdi_network.kernels.dominators import strong_cuts

    graph = graph_of(network)
    if (few := lacking(graph, 3, "a cut-point")) is not None:
        return few
    if kind == "strong" and graph.directed:
        ways = (*graph.neighbours("out"), *graph.neighbours("in"))
        flags = strong_cuts(*ways, component_of(graph, strong=True)[1])
    else:
        flags, _ = cuts(*graph.undirected().neighbours())
    found = np.flatnonzero(flags)
    return Result(
        **basis(graph, value=len(found), contributing=tuple(graph.nodes[i] for i in found))
    )


@jmdi.metric(
    "network:bridges",
    "Bridges",
    range=(0, None),
    value_is="count of tied pairs",
    citation="Wasserman & Faust 1994",
    convention=said("direction ignored"),
)
def bridges(network: Network) -> Result:
    """Tied pairs whose ties' removal leaves more components; the notes list them.

    Args:
        network: The network.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.cores import cuts

    graph = graph_of(network).undirected()
    if (few := lacking(graph, 1, "bridges")) is not None:
        return few
    indptr, indices = graph.neighbours()
    _, flags = cuts(indptr, indices)
    entries = np.flatnonzero(flags)
    rows = np.searchsorted(indptr, entries, side="right") - 1
    low, high = np.minimum(rows, indices[entries]), np.maximum(rows, indices[entries])
    order = np.lexsort((high, low))
    pairs = [[graph.nodes[i], graph.nodes[j]] for i, j in zip(low[order], high[order], strict=True)]
    return Result(**basis(graph, value=len(pairs), notes={"bridges": pairs[:LISTED]}))


@jmdi.metric(
    "network:core-number",
    "Core number",
    range=(0, None),
    value_is="largest k",
    citation="Seidman 1983; Batagelj & Zaversnik 2003",
    convention=lambda direction: said(_CORES[direction]),
    bounds="extremes",
)
def core_number(
    network: Network, *, direction: Literal["all", "in", "out", "simple"] = "all"
) -> Result:
    """The largest k for which an actor is in the k-core.

    That is the largest part in which all have at least k ties. The value is the network's largest.

    Args:
        network: The network.
        direction: In a directed network: all ties, where a mutual one counts 2; those received;
            sent; or direction ignored.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.cores import core_numbers
    from jmdi_network.kernels.layers import directed_cores, doubled

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.directed and direction == "simple":
        graph = graph.undirected()
    if not graph.directed:
        cores = core_numbers(*graph.neighbours())
    elif direction == "all":
        cores = core_numbers(*doubled(graph))
    else:
        cores = directed_cores(graph, direction)
    return per_node(graph, cores, value=int(cores.max()))


@jmdi.metric(
    "network:distance-fragmentation",
    "Distance-weighted fragmentation",
    range=(0, 1),
    value_is="share",
    citation="Borgatti 2006",
    accepts=one_mode,
    convention=said("along the direction of ties"),
    bounds="extremes",
)
def distance_fragmentation(network: Network) -> Result:
    """1 minus the mean inverse distance: 1 - sum of 1/d over ordered pairs / (n(n-1)).

    Pairs without a path have 1/infinity = 0.

    Args:
        network: The network.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import hop_counts

    graph = graph_of(network)
    if (few := lacking(graph, 2, "distance-weighted fragmentation")) is not None:
        return few
    counts = hop_counts(graph)
    near = float((counts[1:] / np.arange(1, len(counts))).sum())
    return Result(**basis(graph, value=1 - near / (graph.n * (graph.n - 1))))


@jmdi.metric(
    "network:reach",
    "Reachability within h steps",
    range=(0, 1),
    value_is="share of ordered pairs",
    citation="Wasserman & Faust 1994",
    accepts=one_mode,
    convention=lambda steps: said(f"paths of at most {steps} ties, along their direction"),
    bounds="extremes",
)
def reach(network: Network, *, steps: Positive = 2) -> Result:
    """Ordered pairs with a path of at most h ties over all ordered pairs.

    Args:
        network: The network.
        steps: h, the largest number of ties.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import hop_counts

    graph = graph_of(network)
    if (few := lacking(graph, 2, "reach")) is not None:
        return few
    joined = int(hop_counts(graph)[1 : steps + 1].sum())
    return Result(**basis(graph, value=joined / (graph.n * (graph.n - 1))))


@jmdi.metric(
    "network:distances",
    "Distances",
    value_is=lambda source: "counts of ordered pairs" if source is None else "distances in ties",
    citation="Wasserman & Faust 1994",
    convention=said("along the direction of ties"),
)
def distances(network: Network, *, source: str | None = None) -> Result:
    """How many ordered pairs are how many ties apart, or the distance of all from one actor.

    Args:
        network: The network.
        source: Id of the actor to start from.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import hop_counts

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if source is None:
        counts = hop_counts(graph)
        lost = graph.n * (graph.n - 1) - int(counts[1:].sum())
        shown: dict[str, Any] = {str(d): int(counts[d]) for d in range(1, len(counts))}
        return Result(**basis(graph, values=shown | {"unreachable": lost}, of="actors"))
    from scipy.sparse.csgraph import dijkstra

    start = network.place(source)
    found: Floats = dijkstra(graph.binary("out"), indices=start, unweighted=True)
    far = ~np.isfinite(found)
    steps = np.where(far, 0, found).astype(np.int64)
    return per_node(graph, steps, missing=far, reason="disconnected")


@jmdi.metric(
    "network:eccentricity",
    "Eccentricity",
    range=(0, None),
    value_is="distance in ties",
    citation="Wasserman & Faust 1994",
    convention=lambda direction: said(along(direction), "over those reached, 0 if there is none"),
)
def eccentricity(network: Network, *, direction: Literal["out", "in"] = "out") -> Result:
    """The largest distance between each actor and another that a path joins to it.

    Args:
        network: The network.
        direction: ``out`` along the direction of ties, ``in`` against it.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.paths import distances as search

    graph = graph_of(network)
    if (few := lacking(graph, 1, "eccentricity")) is not None:
        return few
    reached, _, _, far, _ = search(*graph.neighbours(direction))
    notes = {"actors_that_do_not_reach_all": int((reached < graph.n - 1).sum())}
    return per_node(graph, far, notes=notes)


@jmdi.metric(
    "network:diameter",
    "Diameter",
    range=(1, None),
    value_is="distance in ties",
    citation="Wasserman & Faust 1994",
    convention=lambda unconnected: said("along the direction of ties", _APART[unconnected]),
)
def diameter(
    network: Network, *, unconnected: Literal["largest", "undefined"] = "largest"
) -> Result:
    """The largest distance between two actors.

    Args:
        network: The network.
        unconnected: When some pairs have no path: over pairs with a path, or undefined.
    """
    return _extent(network, unconnected, "diameter")


@jmdi.metric(
    "network:mean-distance",
    "Mean distance",
    range=(1, None),
    value_is="mean distance in ties",
    citation="Wasserman & Faust 1994",
    convention=lambda unconnected: said("along the direction of ties", _APART[unconnected]),
)
def mean_distance(
    network: Network, *, unconnected: Literal["largest", "undefined"] = "largest"
) -> Result:
    """The mean distance over ordered pairs with a path.

    Args:
        network: The network.
        unconnected: When some pairs have no path: over pairs with a path, or undefined.
    """
    return _extent(network, unconnected, "mean")


@jmdi.metric(
    "network:krackhardt",
    "Krackhardt's dimensions of hierarchy",
    range=(0, 1),
    value_is="hierarchy, a share of pairs",
    citation="Krackhardt 1994",
    accepts=one_mode,
    convention=said("undirected ties count as arcs both ways", "components are weak"),
)
def krackhardt(network: Network) -> Result:
    """Krackhardt's dimensions of hierarchy.

    hierarchy: 1 - pairs that reach each other over pairs with a path; efficiency: 1 - ties beyond
    those that components need, over the most that there could be; connectedness: pairs with a path
    over pairs, direction ignored.

    Args:
        network: The network.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.components import component_of, component_sizes
    from jmdi_network.kernels.paths import distances as search

    graph = graph_of(network)
    if (few := lacking(graph, 2, "Krackhardt's dimensions")) is not None:
        return few
    reachable = int(search(*graph.neighbours("out"))[0].sum())
    strong = np.bincount(component_of(graph, strong=True)[1]).astype(np.int64)
    mutual = int((strong * (strong - 1)).sum()) // 2
    sizes = component_sizes(graph)
    joined = int((sizes * (sizes - 1)).sum())
    needed = graph.n - len(sizes)
    arcs = graph.m if graph.directed else 2 * graph.m
    pairs = reachable - mutual
    if not pairs:
        return refused(graph, "no_ties")
    hierarchy = 1 - mutual / pairs
    values = {
        "connectedness": joined / (graph.n * (graph.n - 1)),
        "hierarchy": hierarchy,
        "efficiency": 1 - (arcs - needed) / (joined - needed),
    }
    return Result(**basis(graph, value=hierarchy, values=values))


def _extent(network: Network, unconnected: str, what: str) -> Result:
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import hop_counts

    graph = graph_of(network)
    if (few := lacking(graph, 2, "a distance")) is not None:
        return few
    counts = hop_counts(graph)
    pairs = int(counts[1:].sum())
    lost = graph.n * (graph.n - 1) - pairs
    notes = {"pairs_without_path": lost}
    if not pairs:
        return refused(graph, "no_ties", notes=notes)
    if lost and unconnected == "undefined":
        return refused(graph, "disconnected", notes=notes)
    steps = np.arange(len(counts))
    value: float = len(counts) - 1 if what == "diameter" else float((counts * steps).sum() / pairs)
    return Result(**basis(graph, value=value, notes=notes))

"""Where a network breaks: cut-points, bridges, cores, core and periphery, distances."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, Ints, graph_of
from jmdi_network.metrics.whole import rising_bounds
from jmdi_network.ordering import order_of
from jmdi_network.reporting import basis, lacking, per_node, refused

__all__ = [
    "bridges",
    "core_number",
    "core_periphery",
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

_WAYS = 100
"""Among how many cores of the same size the one that fits best is looked for."""


def cut_points(network: Network) -> Result:
    """How many actors leave more components when they are removed; direction ignored."""
    from jmdi_network.kernels.cores import cuts

    graph = graph_of(network).undirected()
    if (few := lacking(graph, 1, "cut-points")) is not None:
        return few
    flags, _ = cuts(*graph.neighbours())
    found = np.flatnonzero(flags)
    return Result(
        **basis(graph, value=len(found), contributing=tuple(graph.nodes[i] for i in found))
    )


def bridges(network: Network) -> Result:
    """How many tied pairs leave more components when their tie is removed."""
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


def core_number(network: Network, *, direction: str = "all") -> Result:
    """The largest k for which an actor is in the k-core; the value is the network's largest."""
    from jmdi_network.kernels.cores import core_numbers

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.directed and direction == "simple":
        graph = graph.undirected()
    if not graph.directed:
        cores = core_numbers(*graph.neighbours())
    elif direction == "all":
        cores = core_numbers(*_doubled(graph))
    else:
        cores = _directed_cores(graph, direction)
    return per_node(graph, cores, value=int(cores.max()))


def _doubled(graph: Graph) -> tuple[Ints, Ints]:
    """Neighbours in both directions, where one that is tied both ways stands twice."""
    rows = np.concatenate([graph.source, graph.target])
    columns = np.concatenate([graph.target, graph.source])
    order = np.argsort(rows, kind="stable")
    indptr = np.zeros(graph.n + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=graph.n), out=indptr[1:])
    return indptr, columns[order]


def _directed_cores(graph: Graph, direction: str) -> Ints:
    """Cores by ties received (``in``) or sent (``out``), layer by layer."""
    tied = graph.binary("in" if direction == "in" else "out")
    degree = np.diff(tied.indptr).astype(np.int64)
    core = np.zeros(graph.n, np.int64)
    left = np.ones(graph.n, bool)
    sent = tied.T.tocsr()
    k = 0
    while left.any():
        falling = left & (degree <= k)
        if not falling.any():
            k = int(degree[left].min())
            continue
        core[falling] = k
        left &= ~falling
        degree -= np.asarray(sent[falling].sum(axis=0)).ravel().astype(np.int64)
    return core


def core_periphery(network: Network) -> Result:
    """The best division into a fully tied core and an untied periphery, exactly.

    For ``k`` actors of highest degree, ``Z = m + k(k-1)/2 - sum of their degrees`` counts the
    missing ties of the core and the ties within the periphery; the off-diagonal block is
    ignored. The value is the least Z over ``k``. The fits are of the smallest core. If some
    of its actors could be exchanged for others of the same degree, it is the core that fits
    best, and if there are too many to try, the one whose ids come first, without fits.
    """
    graph = graph_of(network).undirected()
    if (few := lacking(graph, 2, "core and periphery")) is not None:
        return few
    n, m = graph.n, graph.m
    degree = graph.degrees()
    rank = np.argsort(order_of(graph.nodes))
    order = np.lexsort((rank, -degree))
    k = np.arange(n + 1)
    sums = np.concatenate([[0], np.cumsum(degree[order])])
    errors = m + k * (k - 1) // 2 - sums
    sizes = [int(i) for i in np.flatnonzero(errors == errors.min())]
    optima = [_optimum(graph, degree, order, size) for size in sizes]
    return Result(
        **basis(
            graph,
            value=int(errors.min()),
            contributing=tuple(optima[0]["core"]),
            values={
                "Z": int(errors.min()),
                "core_size": sizes[0],
                **{f"fit_{name}": fit for name, fit in optima[0]["fit"].items()},
            },
            notes={"optima": optima, "unique": len(optima) == 1 and not optima[0]["exchangeable"]},
        )
    )


def _optimum(graph: Graph, degree: Ints, order: Ints, size: int) -> dict[str, Any]:
    """The core of a size that misses least, and how well it fits the ideal pattern."""
    cut = degree[order[size - 1]] if size else -1
    sure, equal = np.flatnonzero(degree > cut), order[degree[order] == cut]
    free = size - len(sure) if size else 0
    ways = comb(len(equal), free)
    tried = combinations(equal.tolist(), free) if ways <= _WAYS else [equal[:free].tolist()]
    found = []
    for more in tried:
        inside = np.zeros(graph.n, bool)
        if size:
            inside[sure], inside[list(more)] = True, True
        names = ("either", "both", "ignored")
        fit = {name: _fit(graph, inside, name) if ways <= _WAYS else None for name in names}
        found.append((inside, fit))
    inside, fit = max(
        found,
        key=lambda pair: [-2.0 if f is None else round(f, 12) for f in reversed(pair[1].values())],
    )
    core = sorted(graph.nodes[i] for i in np.flatnonzero(inside))
    return {"size": size, "core": core, "exchangeable": ways > 1, "fit": fit}


def _fit(graph: Graph, core: Ints, variant: str) -> float | None:
    """Pearson's r of ties with the ideal pattern; ``None`` if either is constant."""
    n, inner = graph.n, int(core.sum())
    outer = n - inner
    cells = {2: inner * (inner - 1) / 2, 1: float(inner * outer), 0: outer * (outer - 1) / 2}
    kind = core[graph.source].astype(int) + core[graph.target].astype(int)
    ties = {block: float((kind == block).sum()) for block in cells}
    ideal = {2: 1.0, 1: 1.0 if variant == "either" else 0.0, 0: 0.0}
    blocks = [2, 0] if variant == "ignored" else [2, 1, 0]
    total = sum(cells[b] for b in blocks)
    ones = sum(cells[b] * ideal[b] for b in blocks)
    tied = sum(ties[b] for b in blocks)
    both = sum(ties[b] * ideal[b] for b in blocks)
    spread = tied * (total - tied) * ones * (total - ones)
    return None if spread <= 0 else float((total * both - tied * ones) / spread**0.5)


def hop_counts(graph: Graph, direction: str = "out") -> Ints:
    """How many ordered pairs have each distance, from 0 on."""
    from jmdi_network.kernels.paths import distances as search

    histogram: Ints = search(*graph.neighbours(direction))[4]
    top = np.flatnonzero(histogram)
    return histogram[: top[-1] + 1] if len(top) else histogram[:1]


def distance_fragmentation(network: Network) -> Result:
    """1 minus the mean inverse distance over ordered pairs; 0 for pairs without a path."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "distance-weighted fragmentation")) is not None:
        return few
    pairs = graph.n * (graph.n - 1)

    def share(g: Graph) -> float:
        counts = hop_counts(g)
        return 1 - float((counts[1:] / np.arange(1, len(counts))).sum()) / pairs

    return Result(**basis(graph, value=share(graph), **rising_bounds(graph, share)))


def reach(network: Network, *, steps: int = 2) -> Result:
    """Share of ordered pairs at most ``steps`` ties apart, along the direction of ties."""
    if not isinstance(steps, (int, np.integer)) or steps < 1:
        raise BadParameter(f"steps is a whole number from 1 on, not {steps!r}")
    graph = graph_of(network)
    if (few := lacking(graph, 2, "reach")) is not None:
        return few

    def share(g: Graph) -> float:
        return int(hop_counts(g)[1 : steps + 1].sum()) / (g.n * (g.n - 1))

    return Result(**basis(graph, value=share(graph), **rising_bounds(graph, share)))


def distances(network: Network, *, source: str | None = None) -> Result:
    """How many ordered pairs are how many ties apart, or how far all actors are from one."""
    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if source is None:
        counts = hop_counts(graph)
        lost = graph.n * (graph.n - 1) - int(counts[1:].sum())
        shown: dict[str, Any] = {str(d): int(counts[d]) for d in range(1, len(counts))}
        return Result(**basis(graph, values=shown | {"unreachable": lost}, of="actors"))
    from scipy.sparse.csgraph import dijkstra

    if source not in network.index:
        network.neighbours(source)
    found: Floats = dijkstra(graph.binary("out"), indices=network.index[source], unweighted=True)
    far = ~np.isfinite(found)
    steps = np.where(far, 0, found).astype(np.int64)
    return per_node(graph, steps, missing=far, reason="disconnected")


def eccentricity(network: Network, *, direction: str = "out") -> Result:
    """The largest distance from each actor to another that it reaches; 0 if it reaches none."""
    from jmdi_network.kernels.paths import distances as search

    graph = graph_of(network)
    if (few := lacking(graph, 1, "eccentricity")) is not None:
        return few
    reached, _, _, far, _ = search(*graph.neighbours(direction))
    notes = {"actors_that_do_not_reach_all": int((reached < graph.n - 1).sum())}
    return per_node(graph, far, notes=notes)


def diameter(network: Network, *, unconnected: str = "largest") -> Result:
    """The largest distance between two actors."""
    return _extent(network, unconnected, "diameter")


def mean_distance(network: Network, *, unconnected: str = "largest") -> Result:
    """The mean distance over ordered pairs with a path."""
    return _extent(network, unconnected, "mean")


def krackhardt(network: Network) -> Result:
    """Krackhardt's hierarchy of reachability, and efficiency: how few ties are redundant."""
    from jmdi_network.kernels.paths import distances as search
    from jmdi_network.metrics.whole import component_of, component_sizes

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

"""Metrics and null models of jmdi-network beside python-igraph and networkx, in one run.

Prints CPU seconds and ratios (above 1: jmdi is faster) at three sizes, and the exponent of
growth: 1 means linear. ``kernel`` is the metric on arrays that exist; ``result`` is the call of
a user, with the values of all actors in a Result; ``first`` is the first call on a new Network,
which makes the arrays too, as igraph does when it builds a graph. Compiling is reported apart.

    python benchmarks/bench_network_metrics.py --sizes 1000 10000 100000
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from array import array
from collections.abc import Callable
from typing import Any

import igraph
import networkx as nx
import numpy as np

import jmdi_network.plugin
from jmdi.app import Model
from jmdi.graph.network import Network
from jmdi.running.measuring import run
from jmdi_network import null
from jmdi_network.arrays import Graph, graph_of
from jmdi_network.groups import Groups, groups_of
from jmdi_network.kernels import cores, holes, local, paths
from jmdi_network.kernels.components import component_sizes
from jmdi_network.kernels.eigen import ranks
from jmdi_network.kernels.mixing import mixing_matrix
from jmdi_network.nulls.models import model_of
from jmdi_network.projections.twomode import onto
from jmdi_network.randomness import stream

MODEL = Model.build([jmdi_network.plugin])
MOST_NETWORKX = 12_000
"""Nodes above which networkx is not asked."""


def network(n: int, m: int, *, directed: bool = False) -> Network:
    """A random network with groups, always the same."""
    rng = np.random.default_rng(7)
    ends = rng.integers(0, n, (2, 2 * m))
    low, high = ends.min(axis=0), ends.max(axis=0)
    keys = np.unique((low * n + high)[low != high])
    keys = np.sort(rng.permutation(keys)[:m])
    return Network(
        "random",
        map(str, range(n)),
        array("i", (keys // n).astype(np.int32).tobytes()),
        array("i", (keys % n).astype(np.int32).tobytes()),
        directed=directed,
        node_attributes={"g": rng.integers(0, 4, n).tolist()},
        check=False,
    )


def seconds(work: Callable[[], Any], runs: int = 3) -> float:
    """Median CPU seconds."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def fresh(net: Network) -> Network:
    """The same network without anything computed before."""
    return Network(
        net.name,
        net.nodes,
        net.source,
        net.target,
        directed=net.directed,
        node_attributes=net.node_attributes,
        check=False,
    )


def tasks(net: Network, graph: Graph, groups: Groups, ig: Any, gx: Any) -> dict[str, Any]:
    """For each task the kernel, the name and parameters of the metric, igraph and networkx."""
    near = graph.neighbours()
    tie = graph.adjacency("both")
    given = {"groups": "g"}
    group = groups.code.tolist()
    every = np.arange(graph.n)
    return {
        "build": (
            lambda: graph_of(fresh(net)).neighbours(),
            None,
            {},
            lambda: igraph.Graph(graph.n, list(zip(net.source, net.target, strict=True))),
            lambda: nx.Graph(zip(net.source, net.target, strict=True)),
        ),
        "components": (
            lambda: component_sizes(graph),
            "components",
            {},
            lambda: ig.connected_components().sizes(),
            lambda: list(nx.connected_components(gx)),
        ),
        "core number": (
            lambda: cores.core_numbers(*near),
            "core-number",
            {},
            lambda: ig.coreness(),
            lambda: nx.core_number(gx),
        ),
        "cut-points": (
            lambda: cores.cuts(*near),
            "cut-points",
            {},
            lambda: ig.articulation_points(),
            lambda: list(nx.articulation_points(gx)),
        ),
        "transitivity": (
            lambda: local.triangles(*near),
            "transitivity",
            {},
            lambda: ig.transitivity_undirected(),
            lambda: nx.transitivity(gx),
        ),
        "PageRank": (
            lambda: ranks(graph, 0.85, True, 1e-8),
            "pagerank",
            {"tolerance": 1e-8},
            lambda: ig.pagerank(),
            lambda: nx.pagerank(gx),
        ),
        "constraint": (
            lambda: holes.holes(tie.indptr, tie.indices, tie.data),
            "constraint",
            {},
            lambda: ig.constraint(),
            lambda: nx.constraint(gx),
        ),
        "mixing": (
            lambda: mixing_matrix(graph, groups),
            "mixing",
            given,
            lambda: ig.assortativity_nominal(group),
            lambda: nx.attribute_mixing_matrix(gx, "g"),
        ),
        "brokerage": (
            lambda: local.brokerage(*near, groups.code, False),
            "brokerage",
            {**given, "level": "network"},
            None,
            None,
        ),
        "betweenness": (
            lambda: paths.betweenness(*near, every),
            "betweenness",
            {},
            lambda: ig.betweenness(),
            lambda: nx.betweenness_centrality(gx),
        ),
    }


def metrics(sizes: list[int], most_paths: int) -> None:
    """The table of metrics."""
    growth: dict[str, list[tuple[float, float]]] = {}
    for n in sizes:
        net = network(n, 5 * n)
        graph, groups = graph_of(net), groups_of(net, "g")
        pairs = list(zip(net.source, net.target, strict=True))
        ig = igraph.Graph(n, pairs)
        gx: Any = None
        if n <= MOST_NETWORKX:
            gx = nx.Graph(pairs)
            nx.set_node_attributes(gx, dict(enumerate(groups.code.tolist())), "g")
        print(f"\n{n:,} nodes, {graph.m:,} ties")
        print(
            f"{'':14}{'kernel s':>10}{'result s':>10}{'first s':>10}{'igraph s':>10}{'kernel x':>9}"
            f"{'result x':>9}{'networkx x':>11}"
        )
        for name, (kernel, metric, given, peer, other) in tasks(net, graph, groups, ig, gx).items():
            if name == "betweenness" and n > most_paths:
                continue
            runs = 1 if name == "betweenness" else 3
            mine = seconds(kernel, runs)
            whole = first = mine
            if metric:
                run(MODEL, metric, net, given)
                whole = seconds(lambda m=metric, g=given, net=net: run(MODEL, m, net, g), runs)
                first = seconds(
                    lambda m=metric, g=given, net=net: run(MODEL, m, fresh(net), g), runs
                )
            theirs = seconds(peer, runs) if peer else None
            slow = (
                seconds(other, 1)
                if other and gx is not None and not (name == "betweenness" and n > 1000)
                else None
            )
            growth.setdefault(name, []).append((n, mine))
            cells = [
                f"{theirs:10.4f}" if theirs else " " * 10,
                ratio(theirs, mine, 9),
                ratio(theirs, whole, 9),
                ratio(slow, whole, 11),
            ]
            print(f"{name:14}{mine:10.4f}{whole:10.4f}{first:10.4f}{''.join(cells)}")
    print("\nexponent of growth between the last two sizes")
    for name, points in growth.items():
        if len(points) > 1 and points[-2][1] > 0:
            (n1, t1), (n2, t2) = points[-2:]
            print(f"{name:14}{math.log(t2 / t1) / math.log(n2 / n1):6.2f}")


def ratio(other: float | None, mine: float, width: int) -> str:
    return f"{other / mine:{width}.1f}" if other and mine else " " * width


def nulls(sizes: list[int], draws: int, swaps: float) -> None:
    """Rewiring and a metric on each draw, beside a loop over igraph's rewire."""
    for n in sizes:
        net = network(n, 5 * n)
        graph = graph_of(net)
        tries = round(swaps * graph.m)
        ig = igraph.Graph(n, list(zip(net.source, net.target, strict=True)))
        group = groups_of(net, "g").code.tolist()

        def loop(ig: Any = ig, tries: int = tries, group: Any = group) -> None:
            for _ in range(draws):
                other = ig.copy()
                other.rewire(tries)
                other.assortativity_nominal(group)

        def ours(net: Network = net) -> None:
            null(
                net,
                "network:assortativity",
                model="rewire",
                draws=draws,
                exact=0,
                parameters={"groups": "g"},
                swaps=swaps,
            )

        ours()
        mine, theirs = seconds(ours, 3), seconds(loop, 1)
        model = model_of(net, "rewire", swaps=swaps)
        alone = seconds(lambda model=model: model.draw(stream(1, 1)), 5)
        print(
            f"{n:>8,} nodes {graph.m:>9,} ties: {1000 * mine / draws:8.2f} ms a draw and metric, "
            f"igraph {1000 * theirs / draws:8.2f}, ratio {theirs / mine:5.1f}; "
            f"{1e6 * alone / tries:6.3f} s per 10^6 swaps"
        )


def projections(sizes: list[int]) -> None:
    """Two modes onto one."""
    for n in sizes:
        rng = np.random.default_rng(3)
        half = n // 2
        pairs = np.unique(rng.integers(0, half, (2, 2 * n)), axis=1)
        net = Network(
            "two",
            map(str, range(2 * half)),
            pairs[0].tolist(),
            (pairs[1] + half).tolist(),
            mode=[0] * half + [1] * half,
        )
        ig = igraph.Graph.Bipartite(
            [0] * half + [1] * half, list(zip(net.source, net.target, strict=True))
        )
        graph_of(net)
        mine = seconds(lambda net=net: onto(net, weight="newman"))
        theirs = seconds(lambda ig=ig: ig.bipartite_projection(which=0))
        print(
            f"{n:>8,} nodes: {mine:8.4f} s, igraph (counts only) {theirs:8.4f}, "
            f"ratio {theirs / mine:5.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--most-paths", type=int, default=2000, help="for betweenness")
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--swaps", type=float, default=10.0)
    parser.add_argument("--smoke", action="store_true", help="small, only to see that it runs")
    given = parser.parse_args()
    if given.smoke:
        given.sizes, given.draws = [200, 400], 2
    small = network(50, 150)
    start = time.perf_counter()
    made = tasks(small, graph_of(small), groups_of(small, "g"), igraph.Graph(), nx.Graph())
    for kernel, *_ in made.values():
        kernel()
    print(f"compiling or loading the kernels: {time.perf_counter() - start:.1f} s")
    metrics(given.sizes, given.most_paths)
    print("\nnull model: rewire, then assortativity")
    nulls(given.sizes[:2] if len(given.sizes) > 2 else given.sizes, given.draws, given.swaps)
    print("\nprojection with Newman's weights")
    projections(given.sizes)


if __name__ == "__main__":
    main()

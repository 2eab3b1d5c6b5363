"""Modularity of given groups, and communities found by the Leiden algorithm of networkit."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Graph, Ints, graph_of
from jmdi_network.groups import groups_of
from jmdi_network.ordering import by_id
from jmdi_network.reporting import basis, refused

__all__ = ["communities", "modularity"]


def quality(graph: Graph, code: Ints, weighted: bool, gamma: float) -> float | None:
    """Newman and Girvan's Q over ties with two known ends; ``None`` if there is none."""
    a, b = code[graph.source], code[graph.target]
    known = (a >= 0) & (b >= 0)
    weight = graph.weight[known] if weighted else np.ones(int(known.sum()))
    a, b = a[known], b[known]
    total = float(weight.sum())
    if total <= 0:
        return None
    size = int(code.max()) + 1
    inside = float(weight[a == b].sum())
    sent, got = np.bincount(a, weight, size), np.bincount(b, weight, size)
    if graph.directed:
        return inside / total - gamma * float((sent * got).sum()) / total**2
    return inside / total - gamma * float(((sent + got) ** 2).sum()) / (2 * total) ** 2


def modularity(
    network: Network, *, groups: Any, weighted: bool = False, gamma: float = 1.0
) -> Result:
    """Share of ties within groups, minus that expected from degrees."""
    graph, given = graph_of(network), groups_of(network, groups)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.m == 0:
        return refused(graph, "no_ties")
    if not given.labels:
        return refused(graph, "no_known_group", n_used=0)
    if weighted and (graph.weight < 0).any():
        raise BadParameter("modularity needs weights that are not negative")
    known = given.known[graph.source] & given.known[graph.target]
    more: dict[str, Any] = {
        "n_used": int(known.sum()),
        "n_eligible": graph.m,
        "of": "ties",
        "notes": given.notes(),
    }
    value = quality(graph, given.code, weighted, gamma)
    if value is None:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    return Result(**basis(graph, value=value, **more))


def communities(
    network: Network, *, weighted: bool = False, gamma: float = 1.0, seed: int = 1
) -> Result:
    """Groups of actors with many ties among them, by the Leiden algorithm; direction ignored."""
    graph = graph_of(by_id(network)).undirected()
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.m == 0:
        return refused(graph, "no_ties")
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("communities need weights above 0")
    found = _ordered(_leiden(graph, weighted, gamma, seed))
    value = quality(graph, found, weighted, 1.0)
    number = dict(zip(graph.nodes, found.tolist(), strict=True))
    values = {id: number[id] for id in network.nodes}
    sizes = np.bincount(found).tolist()
    return Result(
        **basis(
            graph,
            value=value,
            values=values,
            seed=seed,
            notes={"communities": len(sizes), "sizes": sizes},
        )
    )


def _ordered(found: Ints) -> Ints:
    """The communities numbered from 0 in the order in which ids first meet them."""
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _leiden(graph: Graph, weighted: bool, gamma: float, seed: int) -> Ints:
    """Runs networkit on one thread, where a seed gives one answer, and sets it back."""
    nk: Any = importlib.import_module("networkit")
    weight = graph.weight if weighted else np.ones(graph.m)
    made = nk.GraphFromCoo((weight, (graph.source, graph.target)), n=graph.n, weighted=True)
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, False)
    try:
        search = nk.community.ParallelLeiden(made, iterations=10, randomize=True, gamma=gamma)
        search.run()
        return np.array(search.getPartition().getVector(), np.int64)
    finally:
        nk.setNumberOfThreads(threads)

"""The quality of a division into groups, and the Leiden algorithm of networkit."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from jmdi_network.arrays import Graph, Ints

__all__ = ["leiden", "ordered", "quality"]


def quality(graph: Graph, code: Ints, weighted: bool, gamma: float) -> float | None:
    """Newman and Girvan's Q over ties with two known ends; ``None`` if there is none.

    Args:
        graph: The graph.
        code: The group of each node, int64, n; -1 where it is not known.
        weighted: Whether ties count by weight.
        gamma: The resolution.
    """
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


def ordered(found: Ints) -> Ints:
    """The communities numbered anew, from 0 in the order of their first nodes; int64, n."""
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def leiden(graph: Graph, weighted: bool, gamma: float, seed: int) -> Ints:
    """The community of each node by networkit, int64, n.

    It runs on one thread, where a seed gives one answer; the number of threads is set back.
    """
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

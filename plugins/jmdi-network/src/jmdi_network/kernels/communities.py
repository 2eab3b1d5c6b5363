"""The quality of a division into groups, and the Leiden algorithm of graspologic-native."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from jmdi_network.arrays import Graph, Ints

__all__ = ["leiden", "ordered", "quality"]

ROUNDS = 10
"""How often the algorithm starts again from the communities that it found."""


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
    """The community of each node, int64, n; one seed gives one answer.

    Args:
        graph: The graph, undirected, with at least one tie and weights above 0.
        weighted: Whether ties count by weight.
        gamma: The resolution, above 0.
        seed: The seed.
    """
    rows = graph.rows("both", weighted=weighted)
    native: Any = importlib.import_module("graspologic_native")
    _, found = native.leiden_csr(
        rows.indptr.astype(np.int64),
        rows.indices,
        rows.weight,
        graph.n,
        resolution=gamma,
        iterations=ROUNDS,
        seed=seed % 2**64,
    )
    return np.array([found[node] for node in range(graph.n)], np.int64)

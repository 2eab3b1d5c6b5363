"""The quality of a division into groups, and the Leiden algorithm of graspologic-native."""

from __future__ import annotations

import functools
import importlib
from typing import Any

import numpy as np

from jmdi.classes import frozen
from jmdi_network.arrays import Floats, Graph, Ints
from jmdi_network.kernels.jit import HELD, MOST

__all__ = ["Parts", "added_up", "leiden", "ordered", "parts_of", "quality", "quality_of"]

ROUNDS = 10
"""How often the algorithm starts again from the communities that it found."""


@frozen(eq=False)
class Parts:
    """What Newman and Girvan's Q is made of: ties, or their weights, of two known ends.

    Attributes:
        ties: How many ties.
        total: Their weights added up, or their number.
        inside: Those within a group.
        sent: Of each group those whose first end is in it, float64.
        got: Those whose other end is.
    """

    ties: int
    total: float
    inside: float
    sent: Floats
    got: Floats


def quality(graph: Graph, code: Ints, weighted: bool, gamma: float) -> float | None:
    """Newman and Girvan's Q over ties with two known ends; ``None`` if there is none.

    Args:
        graph: The graph.
        code: The group of each node, int64, n; -1 where it is not known.
        weighted: Whether ties count by weight.
        gamma: The resolution.
    """
    return quality_of(parts_of(graph, code, weighted), graph.directed, gamma)


def parts_of(graph: Graph, code: Ints, weighted: bool) -> Parts:
    """What Q is made of; arguments as for `quality`."""
    a, b = code[graph.source], code[graph.target]
    known = (a >= 0) & (b >= 0)
    weight = graph.weight[known] if weighted else np.ones(int(known.sum()))
    return added_up(a[known], b[known], weight, len(weight))


def added_up(a: Ints, b: Ints, weight: Ints, ties: int) -> Parts:
    """What Q is made of.

    Args:
        a: The group of the first end of ties, int64, one number for each, or for several alike.
        b: The group of the other end.
        weight: What they weigh, float64.
        ties: How many ties these are.
    """
    size = int(max(a.max(initial=-1), b.max(initial=-1))) + 1
    sent, got = (np.bincount(x, weight, size).astype(np.float64) for x in (a, b))
    return Parts(ties, float(weight.sum()), float(weight[a == b].sum()), sent, got)


def quality_of(parts: Parts, directed: bool, gamma: float) -> float | None:
    """Q, of what it is made of; ``None`` without a tie of two known ends."""
    total, inside = parts.total, parts.inside
    if total <= 0:
        return None
    if directed:
        return inside / total - gamma * float((parts.sent * parts.got).sum()) / total**2
    ends = parts.sent + parts.got
    return inside / total - gamma * float((ends**2).sum()) / (2 * total) ** 2


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
    arrays = rows.indptr.astype(np.int64), rows.indices, rows.weight
    if graph.m > MOST:
        return _leiden(*arrays, gamma, seed)
    # Networks that open pairs allow often differ in nothing that is read here.
    kept: tuple[int, ...] = _kept(*(array.tobytes() for array in arrays), gamma, seed)
    return np.array(kept, np.int64)


@functools.lru_cache(maxsize=HELD)
def _kept(indptr: bytes, indices: bytes, weight: bytes, gamma: float, seed: int) -> tuple[int, ...]:
    arrays = np.frombuffer(indptr, np.int64), np.frombuffer(indices, np.int32)
    return tuple(_leiden(*arrays, np.frombuffer(weight), gamma, seed).tolist())


def _leiden(indptr: Ints, indices: Ints, weight: Floats, gamma: float, seed: int) -> Ints:
    native: Any = importlib.import_module("graspologic_native")
    n = len(indptr) - 1
    _, found = native.leiden_csr(
        indptr, indices, weight, n, resolution=gamma, iterations=ROUNDS, seed=seed % 2**64
    )
    return np.array([found[node] for node in range(n)], np.int64)

"""What happens within one step of each node: triangles, brokerage, mixing."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_network.kernels.jit import reading_kernel

__all__ = ["ROLES", "brokerage", "mixed", "triangles", "weighted_paths"]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""Gould and Fernandez' roles, in the order of the columns."""


@reading_kernel
def triangles(indptr: Ints, indices: Ints) -> Ints:
    """How many triangles each node is in, int64, n.

    Ties are kept in one direction, from lower to higher degree, so that each triangle is found
    once, and the most popular nodes have few of them.

    Args:
        indptr: Index pointers of a symmetric adjacency, int32, n + 1.
        indices: Its columns, int32, 2m.
    """
    n = len(indptr) - 1
    count = np.zeros(n, np.int64)
    begin = np.zeros(n + 1, np.int32)
    degree = np.empty(n, np.int32)
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
    upward = np.empty(len(indices) // 2 + 1, np.int32)
    place = np.int32(0)
    for v in range(n):
        mine = degree[v]
        for k in range(indptr[v], indptr[v + 1]):
            w = indices[k]
            # written always and kept if it leads upward: no branch to predict
            upward[place] = w
            place += (degree[w] > mine) | ((degree[w] == mine) & (w > v))
        begin[v + 1] = place
    mark = np.full(n, -1, np.int32)
    for v in range(n):
        for k in range(begin[v], begin[v + 1]):
            mark[upward[k]] = v
        for k in range(begin[v], begin[v + 1]):
            w = upward[k]
            for j in range(begin[w], begin[w + 1]):
                u = upward[j]
                if mark[u] == v:
                    count[v] += 1
                    count[w] += 1
                    count[u] += 1
    return count


@reading_kernel
def mixed(source: Ints, target: Ints, code: Ints, size: int) -> Ints:
    """How many ties go from each group to each, int64, size by size, row by row.

    Args:
        source: Where each tie goes from, int32, m.
        target: Where it goes to, int32, m.
        code: The group of each node, from 0 to size - 1, int32, n.
        size: How many groups there are.
    """
    counts = np.zeros(size * size, np.int64)
    for e in range(len(source)):
        counts[code[source[e]] * size + code[target[e]]] += 1
    return counts


@reading_kernel
def weighted_paths(indptr: Ints, indices: Ints, weight: Floats, mean: int) -> tuple[float, float]:
    """Sums of the values of paths a→v→b, and of those with a→b.

    Args:
        indptr: Index pointers of outgoing ties, int32, n + 1.
        indices: Their ends, int32, m.
        weight: Their weights, float64, m.
        mean: A path's value: the arithmetic (0) or geometric (1) mean of its two weights, or the
            larger (2) or smaller (3) of them. A number, since kernels compare them faster.
    """
    n = len(indptr) - 1
    mark = np.full(n, -1, np.int32)
    every = 0.0
    closed = 0.0
    for a in range(n):
        for k in range(indptr[a], indptr[a + 1]):
            mark[indices[k]] = a
        for k in range(indptr[a], indptr[a + 1]):
            v = indices[k]
            for j in range(indptr[v], indptr[v + 1]):
                b = indices[j]
                if b == a:
                    continue
                if mean == 0:
                    value = (weight[k] + weight[j]) / 2
                elif mean == 1:
                    value = np.sqrt(weight[k] * weight[j])
                elif mean == 2:
                    value = max(weight[k], weight[j])
                else:
                    value = min(weight[k], weight[j])
                every += value
                if mark[b] == a:
                    closed += value
    return every, closed


@reading_kernel
def brokerage(indptr: Ints, indices: Ints, group: Ints, shared: bool) -> tuple[Floats, int]:
    """Gould and Fernandez' roles of each node.

    Args:
        indptr: Index pointers of outgoing ties, int32, n + 1.
        indices: Their ends, int32, m.
        group: A group for each node, int64, n; -1 if it is not known.
        shared: Whether a pair counts 1 over the number of its brokers.

    Returns:
        Counts, five of each node as in `ROLES`, float64, 5n; and how many triples were left out
        because a group is not known.
    """
    n = len(indptr) - 1
    roles = np.zeros(5 * n)
    mark = np.full(n, -1, np.int32)
    brokers = np.zeros(n, np.int32)
    skipped = 0
    for a in range(n):
        mark[a] = a
        for k in range(indptr[a], indptr[a + 1]):
            mark[indices[k]] = a
        if shared:
            for k in range(indptr[a], indptr[a + 1]):
                v = indices[k]
                for j in range(indptr[v], indptr[v + 1]):
                    brokers[indices[j]] += 1
        first = group[a]
        for k in range(indptr[a], indptr[a + 1]):
            v = indices[k]
            middle = group[v]
            for j in range(indptr[v], indptr[v + 1]):
                b = indices[j]
                if mark[b] == a:
                    continue
                last = group[b]
                if first < 0 or middle < 0 or last < 0:
                    skipped += 1
                    continue
                if first == middle:
                    role = 0 if middle == last else 3
                elif middle == last:
                    role = 2
                else:
                    role = 1 if first == last else 4
                roles[5 * v + role] += 1.0 / brokers[b] if shared else 1.0
        if shared:
            for k in range(indptr[a], indptr[a + 1]):
                v = indices[k]
                for j in range(indptr[v], indptr[v + 1]):
                    brokers[indices[j]] = 0
    return roles, skipped

"""Core numbers, cut-points and bridges, in time linear in the ties.

Source: Batagelj & Zaversnik 2003, arXiv cs/0310049; Tarjan 1972, SIAM J. Comput. 1:146.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Ints
from jmdi_network.kernels.jit import reading_kernel

__all__ = ["components", "core_numbers", "cuts"]


@reading_kernel
def components(source: Ints, target: Ints, n: int) -> tuple[int, Ints]:
    """The number of components and that of each node, numbered in node order.

    Each set of joined nodes is a tree whose root is its first node.
    """
    above = np.arange(n, dtype=np.int32)
    for e in range(len(source)):
        a = source[e]
        b = target[e]
        while above[a] != a:
            above[a] = above[above[a]]
            a = above[a]
        while above[b] != b:
            above[b] = above[above[b]]
            b = above[b]
        if a < b:
            above[b] = a
        else:
            above[a] = b
    count = 0
    for v in range(n):
        if above[v] == v:
            above[v] = count
            count += 1
        else:
            above[v] = above[above[v]]
    return count, above


@reading_kernel
def core_numbers(indptr: Ints, indices: Ints) -> Ints:
    """The largest k for which each node is in the k-core, int32, n.

    Nodes are sorted by degree and taken off from the lowest on. Each neighbour then loses a tie:
    it changes places with the first node of its degree, and the next degree begins behind it.

    Args:
        indptr: Index pointers of the neighbours, int32 or int64, n + 1.
        indices: The neighbours, int32; one may be listed twice.
    """
    n = len(indptr) - 1
    degree = np.empty(n, np.int32)
    highest = 0
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
        highest = max(highest, degree[v])
    begin = np.zeros(highest + 2, np.int32)
    for v in range(n):
        begin[degree[v] + 1] += 1
    for d in range(highest + 1):
        begin[d + 1] += begin[d]
    ordered = np.empty(n, np.int32)
    place = np.empty(n, np.int32)
    fill = begin.copy()
    for v in range(n):
        place[v] = fill[degree[v]]
        ordered[place[v]] = v
        fill[degree[v]] += 1
    for i in range(n):
        v = ordered[i]
        for k in range(indptr[v], indptr[v + 1]):
            w = indices[k]
            if degree[w] > degree[v]:
                first = begin[degree[w]]
                other = ordered[first]
                if other != w:
                    ordered[first], ordered[place[w]] = w, other
                    place[other], place[w] = place[w], first
                begin[degree[w]] += 1
                degree[w] -= 1
    return degree


@reading_kernel
def cuts(indptr: Ints, indices: Ints) -> tuple[Ints, Ints]:
    """Which nodes are cut-points, and for which entries the tie is a bridge.

    Args:
        indptr: Index pointers of a symmetric adjacency, int32, n + 1.
        indices: Its columns, int32, 2m.

    Returns:
        A flag for each node, bool, n, and one for each entry, set where its tie was first walked.
    """
    # depth first with a stack of its own: recursion would end at a path of some thousand nodes
    n = len(indptr) - 1
    is_cut = np.zeros(n, np.bool_)
    is_bridge = np.zeros(len(indices), np.bool_)
    number = np.full(n, -1, np.int64)
    low = np.zeros(n, np.int64)
    parent = np.full(n, -1, np.int64)
    by = np.full(n, -1, np.int64)
    at = np.empty(n, np.int64)
    for v in range(n):
        at[v] = indptr[v]
    stack = np.empty(n, np.int64)
    counter = 0
    for root in range(n):
        if number[root] >= 0:
            continue
        number[root] = low[root] = counter
        counter += 1
        stack[0] = root
        size = 1
        branches = 0
        while size > 0:
            v = stack[size - 1]
            if at[v] < indptr[v + 1]:
                w = indices[at[v]]
                if number[w] < 0:
                    parent[w] = v
                    by[w] = at[v]
                    number[w] = low[w] = counter
                    counter += 1
                    stack[size] = w
                    size += 1
                elif w != parent[v]:
                    low[v] = min(low[v], number[w])
                at[v] += 1
                continue
            size -= 1
            u = parent[v]
            if u < 0:
                continue
            low[u] = min(low[u], low[v])
            if low[v] > number[u]:
                is_bridge[by[v]] = True
            if u == root:
                branches += 1
            elif low[v] >= number[u]:
                is_cut[u] = True
        if branches > 1:
            is_cut[root] = True
    return is_cut, is_bridge

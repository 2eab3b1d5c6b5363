"""Shortest paths: betweenness after Brandes, and distances from every node.

Source: Brandes 2001, Journal of Mathematical Sociology 25:163; for groups Guns & Rousseau 2009.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_network.kernels.jit import kernel, reading_kernel, reading_kernel_with

__all__ = ["betweenness", "distances", "weighted_betweenness"]


def _by_levels(indptr: Ints, indices: Ints, group: Ints) -> Floats:
    """What `betweenness` gives, from all nodes at once, one step of all searches after another.

    Numbers are added up in the same order.
    """
    n = len(indptr) - 1
    first, ties = indptr[:-1].astype(np.int64), np.diff(indptr)
    starts = np.flatnonzero(group >= 0)
    begin = np.arange(len(starts)) * n  # a cell is a search and the node that it is at
    counts = ((group >= 0) & (group != group[starts, None])).astype(float).ravel()
    reached, paths = np.zeros(len(counts), bool), np.zeros(len(counts))
    last = np.zeros(len(counts), np.int64)
    front = begin + starts
    reached[front], paths[front] = True, 1.0
    steps = []
    while len(front):
        node = front % max(n, 1)
        many = ties[node]
        here = np.repeat(front, many)
        tie = np.repeat(first[node] - np.cumsum(many) + many, many)
        tie += np.arange(len(here))
        there = np.repeat(front - node, many)
        there += indices[tie]
        onward = ~reached[there]
        here, there = here[onward], there[onward]
        np.add.at(paths, there, paths[here])
        reached[there] = True
        steps.append((front, here, there))
        place = np.arange(len(there))
        last[there] = place
        front = there[last[there] == place]  # each cell once
    gathered, share = np.zeros(len(counts)), np.zeros(len(counts))
    for front, here, there in reversed(steps):
        np.add.at(gathered, here, share[there])
        gathered[front] *= paths[front]
        share[front] = (counts[front] + gathered[front]) / paths[front]
    gathered[begin + starts] = 0.0
    total: Floats = gathered.reshape(len(starts), n).sum(axis=0)
    return total


@reading_kernel_with(_by_levels)
def betweenness(indptr: Ints, indices: Ints, group: Ints) -> Floats:
    """Sum over ordered pairs (s, t) of the share of shortest paths that pass through a node.

    Args:
        indptr: Index pointers of outgoing ties, int32, n + 1.
        indices: Their ends, uint32, m; an unsigned index spares numba the test for one that is
            counted from the end.
        group: A group for each node, int64, n: only pairs of different groups count. With a group
            of its own for each node all pairs do; -1 is counted in no pair.
    """
    n = len(indptr) - 1
    total = np.zeros(n)
    paths = np.zeros(n)
    share = np.zeros(n)
    depth = np.full(n, -1, np.int32)
    order = np.empty(n, np.uint32)
    onward = np.empty(len(indices), np.uint32)
    begin = np.zeros(n + 1, np.int64)
    for s in range(n):
        if group[s] < 0:
            continue
        order[0] = s
        depth[s] = 0
        paths[s] = 1.0
        found = 1
        kept = 0
        done = 0
        while done < found:
            v = order[done]
            begin[done] = kept
            done += 1
            next_depth = depth[v] + np.int32(1)
            mine = paths[v]
            for k in range(indptr[v], indptr[v + np.uint32(1)]):
                w = indices[k]
                if depth[w] == next_depth:
                    paths[w] += mine
                elif depth[w] < 0:
                    depth[w] = next_depth
                    order[found] = w
                    found += 1
                    paths[w] = mine
                else:
                    continue
                onward[kept] = w
                kept += 1
        begin[done] = kept
        for place in range(found - 1, 0, -1):
            v = order[place]
            gathered = 0.0
            for k in range(begin[place], begin[place + 1]):
                gathered += share[onward[k]]
            gathered *= paths[v]
            total[v] += gathered
            counts = 1.0 if group[v] >= 0 and group[v] != group[s] else 0.0
            share[v] = (counts + gathered) / paths[v]
        for place in range(found):
            v = order[place]
            depth[v] = -1
    return total


@reading_kernel
def distances(indptr: Ints, indices: Ints) -> tuple[Ints, Floats, Floats, Ints, Ints]:
    """Breadth-first search from every node, along the ties as given.

    Args:
        indptr: Index pointers of outgoing ties, int32, n + 1.
        indices: Their ends, int32, m.

    Returns:
        For each node how many others it reaches, int64, the sum of distances to them and of
        their inverses, float64, and the largest, int64; then how many ordered pairs have each
        distance, int64, n + 1.
    """
    n = len(indptr) - 1
    reached = np.zeros(n, np.int64)
    far = np.zeros(n)
    near = np.zeros(n)
    largest = np.zeros(n, np.int64)
    histogram = np.zeros(n + 1, np.int64)
    seen = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    for s in range(n):
        order[0] = s
        seen[s] = s
        begin = 0
        end = 1
        depth = 0
        while begin < end:
            found = end
            for place in range(begin, end):
                v = order[place]
                for k in range(indptr[v], indptr[v + 1]):
                    w = indices[k]
                    if seen[w] != s:
                        seen[w] = s
                        order[found] = w
                        found += 1
            depth += 1
            level = found - end
            if level > 0:
                far[s] += level * depth
                near[s] += level / depth
                largest[s] = depth
                histogram[depth] += level
            begin = end
            end = found
        reached[s] = end - 1
    return reached, far, near, largest, histogram


@kernel
def _push(heap: Floats, items: Ints, size: int, key: float, item: int) -> int:
    place = size
    while place > 0:
        parent = (place - 1) // 2
        if heap[parent] <= key:
            break
        heap[place] = heap[parent]
        items[place] = items[parent]
        place = parent
    heap[place] = key
    items[place] = item
    return size + 1


@kernel
def _pop(heap: Floats, items: Ints, size: int) -> int:
    size -= 1
    key = heap[size]
    item = items[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[place] = heap[child]
        items[place] = items[child]
        place = child
    heap[place] = key
    items[place] = item
    return size


@reading_kernel
def weighted_betweenness(indptr: Ints, indices: Ints, length: Floats, group: Ints) -> Floats:
    """As `betweenness`, along paths of least length; lengths must be above 0.

    Two lengths count as equal within a relative 1e-12.
    """
    n = len(indptr) - 1
    total = np.zeros(n)
    order = np.empty(n, np.int64)
    heap = np.empty(len(indices) + n + 1)
    items = np.empty(len(indices) + n + 1, np.int64)
    for s in range(n):
        if group[s] < 0:
            continue
        distance = np.full(n, np.inf)
        settled = np.zeros(n, np.bool_)
        paths = np.zeros(n)
        share = np.zeros(n)
        distance[s] = 0.0
        paths[s] = 1.0
        size = _push(heap, items, 0, 0.0, s)
        found = 0
        while size > 0:
            v = items[0]
            size = _pop(heap, items, size)
            if settled[v]:
                continue
            settled[v] = True
            order[found] = v
            found += 1
            for k in range(indptr[v], indptr[v + 1]):
                w = indices[k]
                way = distance[v] + length[k]
                slack = 1e-12 * way
                if way < distance[w] - slack:
                    distance[w] = way
                    paths[w] = paths[v]
                    size = _push(heap, items, size, way, w)
                elif not settled[w] and way <= distance[w] + slack:
                    paths[w] += paths[v]
        for place in range(found - 1, 0, -1):
            v = order[place]
            gathered = 0.0
            for k in range(indptr[v], indptr[v + 1]):
                w = indices[k]
                way = distance[v] + length[k]
                if abs(way - distance[w]) <= 1e-12 * way:
                    gathered += share[w]
            gathered *= paths[v]
            total[v] += gathered
            counts = 1.0 if group[v] >= 0 and group[v] != group[s] else 0.0
            share[v] = (counts + gathered) / paths[v]
    return total

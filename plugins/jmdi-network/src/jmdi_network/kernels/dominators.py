"""Nodes that hold a strong component together.

Source: Italiano, Laura & Santaroni 2012, Theoretical Computer Science 447:74; dominators by Cooper,
Harvey & Kennedy 2001, A simple, fast dominance algorithm.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Ints
from jmdi_network.kernels.jit import kernel, reading_kernel

__all__ = ["strong_cuts"]


@reading_kernel
def strong_cuts(indptr: Ints, indices: Ints, back_ptr: Ints, back: Ints, of: Ints) -> Ints:
    """Which nodes' removal leaves more strong components, bool, n.

    These are the nodes through which all paths from a start to some other node lead, or all paths
    from that to the start, within a component. A second start tells whether the first is one.

    Args:
        indptr: Index pointers of the ties sent, int32, n + 1.
        indices: Whom they go to, int32, m.
        back_ptr: Index pointers of the ties received, int32, n + 1.
        back: Whom they come from, int32, m.
        of: The strong component of each node, int32, n.
    """
    n = len(of)
    found = np.zeros(n, np.bool_)
    starts = np.zeros(n, np.int64)
    place = np.full(n, -1, np.int64)
    above = np.full(n, -1, np.int64)
    for v in range(n):
        starts[of[v]] += 1
        if starts[of[v]] <= 2:
            _dominate(indptr, indices, back_ptr, back, of, v, place, above, found)
            _dominate(back_ptr, back, indptr, indices, of, v, place, above, found)
    return found


@kernel
def _dominate(
    indptr: Ints,
    indices: Ints,
    back_ptr: Ints,
    back: Ints,
    of: Ints,
    start: int,
    place: Ints,
    above: Ints,
    found: Ints,
) -> None:
    """Sets in ``found`` the nodes that all paths from a start to some node lead through.

    Args:
        indptr: As in `strong_cuts`; the other way round for paths to the start.
        indices: As in `strong_cuts`.
        back_ptr: As in `strong_cuts`.
        back: As in `strong_cuts`.
        of: The strong component of each node.
        start: The node that paths start at; they stay in its component.
        place: The place of each node among those that a search left, int64, n; -1 before and after.
        above: The last node that all paths to each lead through, int64, n; -1 before and after.
        found: Flags, bool, n.
    """
    path = [start]
    at = [indptr[start]]
    place[start] = -2
    left = [start]
    left.pop()
    while len(path) > 0:
        v = path[-1]
        k = at[-1]
        if k == indptr[v + 1]:
            place[v] = len(left)
            left.append(v)
            path.pop()
            at.pop()
            continue
        at[-1] = k + 1
        w = int(indices[k])
        if of[w] == of[start] and place[w] == -1:
            place[w] = -2
            path.append(w)
            at.append(indptr[w])
    above[start] = start
    changed = True
    while changed:
        changed = False
        for i in range(len(left) - 2, -1, -1):
            v = left[i]
            best = -1
            for k in range(back_ptr[v], back_ptr[v + 1]):
                w = back[k]
                if of[w] != of[start] or above[w] < 0:
                    continue
                if best < 0:
                    best = w
                while best != w:
                    while place[best] < place[w]:
                        best = above[best]
                    while place[w] < place[best]:
                        w = above[w]
            if above[v] != best:
                above[v] = best
                changed = True
    for v in left:
        if v != start and above[v] != start:
            found[above[v]] = True
    for v in left:
        place[v] = -1
        above[v] = -1

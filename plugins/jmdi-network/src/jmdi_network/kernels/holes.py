"""Burt's structural holes: constraint, effective size and hierarchy.

Source: Burt 1992, Structural Holes, chapter 2.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_network.kernels.jit import reading_kernel

__all__ = ["beyond", "holes"]


@reading_kernel
def holes(indptr: Ints, indices: Ints, tie: Floats) -> tuple[Floats, Floats, Floats]:
    """Burt's measures of each node over its contacts; ``tie`` is ``a_ij + a_ji``, all above 0.

    What two contacts of a node have to do with each other is found with each triangle, which is
    met once: ties are followed from lower to higher degree, as in `triangles`.

    Args:
        indptr: Index pointers of the symmetric adjacency, int32, n + 1.
        indices: Its columns, int32, sorted within each row.
        tie: Its values, float64.

    Returns:
        Constraint, effective size and hierarchy of each node, float64, n each. NaN for
        isolates; hierarchy is NaN for one contact.
    """
    n = len(indptr) - 1
    share, through = np.empty(len(tie)), np.zeros(len(tie))
    strongest, redundancy = np.zeros(n), np.zeros(n)
    back = np.empty(len(tie), np.int32)  # for the entry of v in row w that of w in row v
    upward = np.empty(len(tie) // 2 + 1, np.int32)
    begin = np.zeros(n + 1, np.int32)
    filled = indptr[:-1].copy()
    place = np.int32(0)
    for v in range(n):
        strength = 0.0
        for k in range(indptr[v], indptr[v + 1]):
            strength += tie[k]
            strongest[v] = max(strongest[v], tie[k])
        degree = indptr[v + 1] - indptr[v]
        for k in range(indptr[v], indptr[v + 1]):
            share[k] = tie[k] / strength
            w = indices[k]
            back[k] = filled[w]
            filled[w] += 1
            other = indptr[w + 1] - indptr[w]
            upward[place] = k
            place += (other > degree) | ((other == degree) & (w > v))
        begin[v + 1] = place
    entry = np.full(n, -1, np.int32)
    for v in range(n):
        for i in range(begin[v], begin[v + 1]):
            entry[indices[upward[i]]] = upward[i]
        for i in range(begin[v], begin[v + 1]):
            vw = upward[i]
            w = indices[vw]
            for j in range(begin[w], begin[w + 1]):
                wu = upward[j]
                u = indices[wu]
                vu = entry[u]
                if vu < indptr[v]:  # of an earlier node: u is no contact of v
                    continue
                wv, uw, uv = back[vw], back[wu], back[vu]
                through[vw] += share[vu] * share[uw]
                through[vu] += share[vw] * share[wu]
                through[wv] += share[wu] * share[uv]
                through[wu] += share[wv] * share[vu]
                through[uv] += share[uw] * share[wv]
                through[uw] += share[uv] * share[vw]
                to_v, to_w, to_u = tie[wu], tie[vu], tie[vw]
                redundancy[v] += share[vu] * to_v / strongest[w] + share[vw] * to_v / strongest[u]
                redundancy[w] += share[wu] * to_w / strongest[v] + share[wv] * to_w / strongest[u]
                redundancy[u] += share[uw] * to_u / strongest[v] + share[uv] * to_u / strongest[w]
    constraints, sizes = np.full(n, np.nan), np.full(n, np.nan)
    hierarchy = np.full(n, np.nan)
    for v in range(n):
        contacts = indptr[v + 1] - indptr[v]
        if contacts == 0:
            continue
        constraint = 0.0
        for k in range(indptr[v], indptr[v + 1]):
            constraint += (share[k] + through[k]) ** 2
        constraints[v] = constraint
        sizes[v] = contacts - redundancy[v]
        if contacts > 1:
            spread = 0.0
            for k in range(indptr[v], indptr[v + 1]):
                part = (share[k] + through[k]) ** 2 / (constraint / contacts)
                spread += part * np.log(part)
            hierarchy[v] = spread / (contacts * np.log(contacts))
    return constraints, sizes, hierarchy


@reading_kernel
def beyond(indptr: Ints, indices: Ints, tie: Floats) -> Floats:
    """What constraint has of others than contacts, within two steps, float64, n.

    Args:
        indptr: Index pointers of the symmetric adjacency, int32, n + 1.
        indices: Its columns, int32.
        tie: Its values, float64, all above 0.
    """
    n = len(indptr) - 1
    strength = np.zeros(n)
    for v in range(n):
        for k in range(indptr[v], indptr[v + 1]):
            strength[v] += tie[k]
    found, through = np.zeros(n), np.zeros(n)
    near = np.full(n, -1, np.int32)
    touched = np.empty(n, np.int64)
    for v in range(n):
        near[v] = v
        for k in range(indptr[v], indptr[v + 1]):
            near[indices[k]] = v
        size = 0
        for k in range(indptr[v], indptr[v + 1]):
            q = indices[k]
            mine = tie[k] / strength[v]
            for j in range(indptr[q], indptr[q + 1]):
                w = indices[j]
                if near[w] == v:
                    continue
                if through[w] == 0.0:
                    touched[size] = w
                    size += 1
                through[w] += mine * tie[j] / strength[q]
        for i in range(size):
            found[v] += through[touched[i]] ** 2
            through[touched[i]] = 0.0
    return found

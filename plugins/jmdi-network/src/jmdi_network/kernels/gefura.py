"""Shortest paths between groups."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Graph, Ints
from jmdi_network.groups import Groups

__all__ = ["foreign_pairs", "local_gefura"]


def foreign_pairs(groups: Groups) -> Floats:
    """For each actor the ordered pairs of other actors of different groups; float64, n."""
    sizes = groups.sizes.astype(float)
    total = float(sizes.sum())
    pairs = total**2 - float((sizes**2).sum())
    own = np.where(groups.known, sizes[np.maximum(groups.code, 0)], total)
    return np.where(groups.known, pairs - 2 * (total - own), pairs)


def local_gefura(graph: Graph, groups: Groups) -> tuple[Floats, Floats]:
    """Paths that start or end in the actor's own group and lead to another.

    Returns:
        For each actor the sum over ordered pairs of its share of their shortest paths, and how
        many such pairs there are; float64, n each.
    """
    scores = np.zeros(graph.n)
    sizes = groups.sizes
    total = int(sizes.sum())
    most = np.zeros(graph.n)
    everyone: Ints = groups.code
    for g in range(len(groups.labels)):
        mine = everyone == g
        scores[mine] += _between(graph, mine, (everyone >= 0) & ~mine)[mine]
        most[mine] = 2.0 * (int(sizes[g]) - 1) * (total - int(sizes[g]))
    return scores, most


def _between(graph: Graph, left: Ints, right: Ints) -> Floats:
    """Shares of shortest paths between two sets of actors, ordered pairs in both directions.

    Args:
        graph: The graph.
        left: Which actors are of one set, bool, n.
        right: Which are of the other, bool, n.
    """
    from jmdi_network.kernels.centrality import raw_betweenness

    group = np.full(graph.n, -1)
    group[left], group[right] = 0, 1
    return raw_betweenness(graph, group=group)

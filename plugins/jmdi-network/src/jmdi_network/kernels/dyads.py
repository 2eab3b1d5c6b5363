"""Pairs of actors: tied both ways, one way, or not."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Graph

__all__ = ["dyads", "reciprocity_bounds"]


def dyads(graph: Graph) -> tuple[int, int, int]:
    """Mutual, one-sided and empty pairs; without direction all ties are mutual."""
    if not graph.directed:
        return graph.m, 0, graph.dyads - graph.m
    keys = graph.source.astype(np.int64) * graph.n + graph.target
    back = graph.target.astype(np.int64) * graph.n + graph.source
    mutual = int(np.isin(back, keys).sum()) // 2
    one = graph.m - 2 * mutual
    return mutual, one, graph.n * (graph.n - 1) // 2 - mutual - one


def reciprocity_bounds(graph: Graph, arcs: int) -> dict[str, float]:
    """Lowest and highest reciprocity that the unobserved arcs allow.

    An arc that answers one that is there raises it, an arc that none answers lowers it; of
    two unobserved arcs of a pair, both raise it and one lowers it.
    """
    mutual, one, _ = dyads(graph)
    back = graph.unobserved % graph.n * graph.n + graph.unobserved // graph.n
    answers = int(np.isin(back, graph.source.astype(np.int64) * graph.n + graph.target).sum())
    both = int(np.isin(back, graph.unobserved).sum()) // 2
    alone = len(graph.unobserved) - answers - 2 * both
    high = arcs * (mutual + answers + both)
    low = one + both + alone
    return {
        "lower": arcs * mutual / (arcs * mutual + low) if mutual else 0.0,
        "upper": high / (high + one - answers),
    }

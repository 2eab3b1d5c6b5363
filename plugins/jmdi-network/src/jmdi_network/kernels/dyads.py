"""Pairs of actors: tied both ways, one way, or not."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Graph
from jmdi_network.counts import Outline

__all__ = ["dyad_bounds", "dyads", "reciprocity_bounds"]


def dyads(graph: Graph | Outline) -> tuple[int, int, int]:
    """Mutual, one-sided and empty pairs; without direction all ties are mutual."""
    if not graph.directed:
        return graph.m, 0, graph.dyads - graph.m
    if isinstance(graph, Outline):
        one = graph.m - 2 * graph.mutual
        return graph.mutual, one, graph.dyads // 2 - graph.mutual - one
    keys = graph.source.astype(np.int64) * graph.n + graph.target
    back = graph.target.astype(np.int64) * graph.n + graph.source
    mutual = int(np.isin(back, keys).sum()) // 2
    one = graph.m - 2 * mutual
    return mutual, one, graph.n * (graph.n - 1) // 2 - mutual - one


def dyad_bounds(graph: Graph | Outline) -> dict[str, tuple[int, int]]:
    """Fewest and most pairs of each form that the unobserved arcs allow.

    Where two arcs have one answer, the pair is mutual or null.
    """
    mutual, one, none = dyads(graph)
    unknown = len(graph.unobserved)
    if isinstance(graph, Outline) or not graph.directed:
        return {
            "mutual": (mutual, mutual + unknown),
            "asymmetric": (one, one),
            "null": (none - unknown, none),
        }
    back = graph.unobserved % graph.n * graph.n + graph.unobserved // graph.n
    answers = int(np.isin(back, graph.source.astype(np.int64) * graph.n + graph.target).sum())
    both = int(np.isin(back, graph.unobserved).sum()) // 2
    alone = unknown - answers - 2 * both
    return {
        "mutual": (mutual, mutual + answers + both),
        "asymmetric": (one - answers, one + alone + both - len(graph.both_ways)),
        "null": (none - alone - both, none),
    }


def reciprocity_bounds(graph: Graph | Outline, arcs: int) -> tuple[float, float] | None:
    """Lowest and highest reciprocity that the unobserved arcs allow; ``None`` if they allow none.

    An arc that answers one that is there raises it, an arc that none answers lowers it; of
    two unobserved arcs of a pair, both raise it and one lowers it, unless they have one answer.

    Args:
        graph: The graph.
        arcs: How often a mutual pair counts.
    """
    bounds = dyad_bounds(graph)
    (fewest, most), (least_one, most_one) = bounds["mutual"], bounds["asymmetric"]
    if not most + most_one:
        return None
    low = arcs * fewest / (arcs * fewest + most_one) if fewest + most_one else 1.0
    high = arcs * most / (arcs * most + least_one) if most + least_one else 0.0
    return low, high

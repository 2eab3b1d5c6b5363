"""Networks drawn from a network with replacement, for the bootstrap."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import numpy as np

from jmdi.graph.network import Network
from jmdi_network.arrays import Floats, Ints, graph_of
from jmdi_network.networks import altered, lazily, with_edges
from jmdi_network.nulls.models import Drawn

__all__ = ["RESAMPLED"]


def _resampled_nodes(network: Network, random: np.random.Generator) -> Drawn:
    """Actors drawn with replacement; between two copies of one, a tie of a random pair.

    Source: Snijders & Borgatti 1999, Connections 22:161.
    """
    graph = graph_of(network)
    n = graph.n
    chosen = random.integers(0, n, n)
    order = np.argsort(chosen, kind="stable")
    begin = np.searchsorted(chosen[order], np.arange(n + 1))
    copies = np.diff(begin)
    times = copies[graph.source] * copies[graph.target]
    edge = np.repeat(np.arange(graph.m), times)
    offset = np.arange(len(edge)) - np.repeat(np.cumsum(times) - times, times)
    width = np.maximum(copies[graph.target[edge]], 1)
    source = order[begin[graph.source[edge]] + offset // width]
    target = order[begin[graph.target[edge]] + offset % width]
    weight = graph.any_weight[edge]
    i, j, w = _between_copies(network, order, begin, random)
    names = [f"{graph.nodes[k]} ({place})" for place, k in enumerate(chosen.tolist())]
    picked = chosen.tolist()
    made = altered(
        network,
        nodes=names,
        source=array("i", np.concatenate([source, i]).astype(np.int32).tobytes()),
        target=array("i", np.concatenate([target, j]).astype(np.int32).tobytes()),
        weight=None
        if network.weight is None
        else array("d", np.concatenate([weight, w]).tobytes()),
        mode=None if network.mode is None else [network.mode[k] for k in picked],
        unobserved=(),
        node_attributes=lazily(network.node_attributes, chosen),
        edge_attributes={},
        notes={},
    )
    return Drawn(made)


def _between_copies(
    network: Network, order: Ints, begin: Ints, random: np.random.Generator
) -> tuple[Ints, Ints, Floats]:
    """Ties between copies of one actor: each is that of a random pair.

    Args:
        network: The network.
        order: The copies, those of one actor next to each other; int64, n.
        begin: Where the copies of each actor begin in it; int64, n + 1.
        random: The random numbers.

    Returns:
        The two ends of each tie, int64, and its weight, float64.
    """
    graph = graph_of(network)
    i, j, w = [], [], []
    for k in np.flatnonzero(np.diff(begin) > 1).tolist() if network.mode is None else ():
        copies = order[begin[k] : begin[k + 1]].tolist()
        for a in copies:
            for b in copies:
                if a == b or (not graph.directed and a > b):
                    continue
                if random.integers(graph.dyads) < graph.m:
                    i.append(a)
                    j.append(b)
                    w.append(float(graph.any_weight[random.integers(graph.m)]))
    return np.array(i, np.int64), np.array(j, np.int64), np.array(w)


def _resampled_ties(network: Network, random: np.random.Generator) -> Drawn:
    """Ties drawn with replacement; those drawn twice are parallel, and become one."""
    m = network.n_edges
    return Drawn(with_edges(network, random.integers(0, m, m), notes={}))


RESAMPLED: dict[str, Callable[[Network, np.random.Generator], Drawn]] = {
    "nodes": _resampled_nodes,
    "ties": _resampled_ties,
}

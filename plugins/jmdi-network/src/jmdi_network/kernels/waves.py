"""The ties of two networks of the same actors, compared."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi_network.arrays import Graph, Ints, graph_of

__all__ = ["Waves", "pairs_of", "tie_keys", "unobserved_in"]


@attrs.frozen(slots=True)
class Waves:
    """Ties of two networks of the same actors: in both, in the first only, in the second only."""

    kept: int
    lost: int
    new: int
    none: int
    about: dict[str, Any]


def tie_keys(network: Network, place: dict[str, int]) -> Ints:
    """The ties among the chosen actors as numbers, int64, sorted.

    Args:
        network: The network.
        place: The place of each chosen actor, from 0.
    """
    graph = graph_of(network)
    at = np.array([place.get(id, -1) for id in graph.nodes], np.int64)
    return _numbered(graph, at[graph.source], at[graph.target], len(place))


def _numbered(graph: Graph, i: Ints, j: Ints, n: int) -> Ints:
    """Pairs of places as numbers; those with an actor that was not chosen, -1, are left out."""
    inside = (i >= 0) & (j >= 0)
    i, j = i[inside], j[inside]
    if not graph.directed:
        i, j = np.minimum(i, j), np.maximum(i, j)
    return np.unique(i * n + j)


def unobserved_in(first: Network, second: Network, place: dict[str, int]) -> Ints:
    """The pairs of chosen actors that were not observed in one network or the other, as numbers.

    Args:
        first: One network.
        second: The other.
        place: The place of each chosen actor, from 0.
    """
    found = []
    for graph in map(graph_of, (first, second)):
        at = np.array([place.get(id, -1) for id in graph.nodes], np.int64)
        i, j = graph.unobserved // max(graph.n, 1), graph.unobserved % max(graph.n, 1)
        found.append(_numbered(graph, at[i], at[j], len(place)))
    return np.union1d(*found)


def pairs_of(first: Network, second: Network, names: list[str]) -> int:
    """How many pairs of these actors could be tied; of two modes, one of each."""
    n = len(names)
    pairs = n * (n - 1) // 2
    if first.mode is not None and second.mode is not None:
        mode = dict(zip(second.nodes, second.mode, strict=True))
        mode |= dict(zip(first.nodes, first.mode, strict=True))
        rows = sum(mode[id] == 0 for id in names)
        pairs = rows * (n - rows)
    return 2 * pairs if first.directed else pairs

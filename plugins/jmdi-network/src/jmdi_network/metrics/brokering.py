"""Brokerage without roles: by betweenness for each tie, and by open pairs."""

from __future__ import annotations

from typing import Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import one_mode, said
from jmdi_network.parameters import Grouping
from jmdi_network.reporting import lacking, per_node, refused

__all__ = ["brokering", "everett_valente"]

_SIDES = {
    "both": "mean over ties sent and over ties received",
    "in": "over ties received",
    "out": "over ties sent",
}


@jmdi.metric(
    "network:everett-valente",
    "Everett and Valente's brokerage",
    range=(0, None),
    value_is="pairs for each tie",
    citation="Everett & Valente 2016",
    accepts=one_mode,
    convention=lambda direction: said(
        f"{_SIDES[direction]} of a directed network", "0 for who is between no pair"
    ),
)
def everett_valente(
    network: Network, *, direction: Literal["both", "in", "out"] = "both"
) -> Result:
    """How many pairs an actor is between for each of its ties, its own pairs counted too.

    (b + r) / d, with b the betweenness over ordered pairs, r how many the actor reaches and d its
    ties sent; or how many reach it and ties received; or the mean of both. Without direction (2 b +
    n - 1) / d where the network is connected, with b over unordered pairs. 0 where b is 0.

    Args:
        network: The network.
        direction: Of a directed network: over ties received, sent, or the mean of both.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.centrality import raw_betweenness
    from jmdi_network.kernels.paths import distances

    graph = graph_of(network)
    if (few := lacking(graph, 3, "brokerage")) is not None:
        return few
    between = raw_betweenness(graph)
    found = np.zeros(graph.n)
    sides = ("in", "out") if direction == "both" else (direction,)
    for side in sides:
        indptr, indices = graph.neighbours(side)
        reached = distances(indptr, indices)[0]
        found += (between + reached) / np.maximum(np.diff(indptr), 1) / len(sides)
    return per_node(graph, np.where(between > 1e-9, found, 0.0))


@jmdi.metric(
    "network:brokering",
    "Brokering activity and exclusivity",
    range=(0, None),
    value_is="open pairs",
    citation="Hamilton, Hileman & Bodin 2020",
    accepts=one_mode,
    convention=lambda groups: said(
        "ordered pairs a, b with a→v→b and no a→b",
        "undirected: both orders counted",
        "all pairs" if groups is None else "pairs of different known groups",
    ),
)
def brokering(network: Network, *, groups: Grouping | None = None) -> Result:
    """How many open pairs each actor joins, and how many of them nobody else joins.

    ``activity`` counts the ordered pairs with a→v→b and no a→b; ``exclusivity`` those of them that
    have no other broker.

    Args:
        network: The network.
        groups: Only pairs of different groups count: name of a node attribute such as type or
            country, a mapping by id, or a list; by default all pairs.
    """
    import numpy as np
    from scipy.sparse import coo_array

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of

    graph = graph_of(network)
    if (few := lacking(graph, 3, "brokerage")) is not None:
        return few
    tied = graph.binary("out")
    paths = (tied @ tied).tocoo()
    a, b = paths.coords
    brokers = paths.data
    ties = tied.tocoo().coords
    keys = (x.astype(np.int64) * graph.n + y for x, y in ((a, b), ties))
    is_open = (a != b) & ~np.isin(*keys)
    notes: dict[str, int] = {}
    if groups is not None:
        given = groups_of(network, groups)
        if not given.labels:
            return refused(graph, "no_known_group", n_used=0)
        code = given.code
        is_open &= (code[a] >= 0) & (code[b] >= 0) & (code[a] != code[b])
        notes = given.notes()
    columns = {}
    for name, chosen in (("activity", is_open), ("exclusivity", is_open & (brokers == 1))):
        ones = np.ones(int(chosen.sum()))
        pairs = coo_array((ones, (a[chosen], b[chosen])), shape=tied.shape).tocsr()
        joined = (tied.T @ pairs).multiply(tied).sum(axis=1)
        columns[name] = np.rint(np.asarray(joined)).astype(np.int64).ravel()
    return per_node(graph, columns, notes=notes)

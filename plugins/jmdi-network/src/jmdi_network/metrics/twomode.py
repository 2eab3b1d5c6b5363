"""How dense a network of two modes is, and how redundant its nodes are."""

from __future__ import annotations

from typing import Any

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import said, two_modes
from jmdi_network.counts import Outline
from jmdi_network.reporting import basis, per_node, refused

__all__ = ["bipartite_density", "redundancy"]


@jmdi.metric(
    "network:bipartite-density",
    "Density of two modes",
    range=(0, 1),
    value_is="share of pairs",
    citation="Borgatti & Everett 1997",
    accepts=two_modes,
    convention=said("over observed pairs"),
    count="jmdi_network.metrics.twomode:count_in_tables",
    finish="jmdi_network.metrics.twomode:bipartite_density_of",
)
def bipartite_density(network: Network) -> Result:
    """Ties over pairs of one node of each mode.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.projections.twomode import bipartite_of

    matrix = bipartite_of(network).matrix
    rows, columns = matrix.shape
    counts = {"graph": graph_of(network), "possible": rows * columns, "tied": matrix.nnz}
    return bipartite_density_of(counts)


def count_in_tables(network: Any) -> Counts:
    """The ties and pairs, counted by an engine."""
    graph = Outline(network)
    return {"graph": graph, "possible": graph.dyads, "tied": graph.m}


def bipartite_density_of(counts: Counts) -> Result:
    """The density, from the numbers of ties and of pairs."""
    graph, possible, tied = (counts[name] for name in ("graph", "possible", "tied"))
    unknown = len(graph.unobserved)
    if not possible:
        return refused(graph, "empty_graph", "a mode has no nodes")
    members: dict[str, Any] = {"n_used": possible - unknown, "n_eligible": possible, "of": "pairs"}
    if unknown:
        members |= {"lower": tied / possible, "upper": (tied + unknown) / possible}
    if possible == unknown:
        return refused(graph, "missing_input", "no pair was observed", **members)
    return Result(**basis(graph, value=tied / (possible - unknown), **members))


@jmdi.metric(
    "network:redundancy",
    "Redundancy coefficient",
    range=(0, 1),
    value_is="share of pairs of partners",
    citation="Latapy, Magnien & Del Vecchio 2008",
    accepts=two_modes,
    convention=said("fewer than two partners: undefined"),
)
def redundancy(network: Network) -> Result:
    """Share of the pairs of a node's partners that another node joins too.

    Args:
        network: The network.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.projections.twomode import bipartite_of

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    scores, degree = np.zeros(graph.n), np.zeros(graph.n)
    for mode in (0, 1):
        modes = bipartite_of(network, mode)
        partners = modes.matrix.T.tocsr()
        shared = partners @ modes.matrix
        shared.setdiag(0)
        shared.data = (shared.data >= 2).astype(float)
        shared.eliminate_zeros()
        joined = np.asarray((modes.matrix @ shared).multiply(modes.matrix).sum(axis=1)).ravel()
        scores[modes.rows] = joined
        degree[modes.rows] = np.diff(modes.matrix.indptr)
    pairs = degree * (degree - 1)
    return per_node(
        graph, scores / np.maximum(pairs, 1), missing=pairs == 0, reason="zero_denominator"
    )

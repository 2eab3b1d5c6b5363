"""One order of nodes and ties, for what draws random numbers or takes the first of several.

Two files with the same rows in another order give the same numbers then.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import cast

import numpy as np

from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties, edge_states
from jmdi_network.arrays import Ints
from jmdi_network.networks import altered, lazily

__all__ = ["by_id", "order_of"]

_KEY = "jmdi_network.by_id"


def order_of(nodes: Sequence[str]) -> Ints:
    """The places of nodes, in the order of their ids."""
    return np.array(sorted(range(len(nodes)), key=nodes.__getitem__), np.int64)


def by_id(network: Network) -> Network:
    """The network with nodes in the order of their ids, and ties in that of their ends.

    A tie without direction goes from the node that comes first. The dataset and the records
    behind ties are left out, unless all is in this order already.
    """
    if _KEY not in network._cache:
        network._cache[_KEY] = _sorted(network)
    return cast("Network", network._cache[_KEY])


def _sorted(network: Network) -> Network:
    order = order_of(network.nodes)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ends = (np.array(end, np.int64) for end in (network.source, network.target))
    source, target = (rank[end] for end in ends)
    if not network.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    weight = None if network.weight is None else np.array(network.weight, np.float64)
    ties = np.lexsort((np.zeros(len(source)) if weight is None else weight, target, source))
    if bool((np.diff(order) > 0).all() and (np.diff(ties) > 0).all()):
        return network
    made = altered(
        network,
        nodes=[network.nodes[i] for i in order],
        source=array("i", source[ties].tolist()),
        target=array("i", target[ties].tolist()),
        weight=None if weight is None else array("d", weight[ties].tolist()),
        mode=None if network.mode is None else [network.mode[i] for i in order],
        unobserved=[(int(rank[i]), int(rank[j])) for i, j in network.unobserved_ties],
        both_ways=[(int(rank[i]), int(rank[j])) for i, j in network.both_ways],
        node_attributes=lazily(network.node_attributes, order),
        edge_attributes=lazily(network.edge_attributes, ties),
    )
    return all_are_ties(made) if edge_states(network) is None else made

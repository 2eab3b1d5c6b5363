"""The parts of a network that hang together."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Graph, Ints

__all__ = ["component_of", "component_sizes"]


def component_of(graph: Graph, strong: bool = False) -> tuple[int, Ints]:
    """The number of components and the component of each node, int32, n.

    Args:
        graph: The graph.
        strong: Whether paths follow the direction of ties.
    """
    if not strong or not graph.directed:
        from jmdi_network.kernels.cores import components

        return components(graph.source, graph.target, graph.n)
    from scipy.sparse.csgraph import connected_components

    found: tuple[int, Ints] = connected_components(graph.binary("out"), connection="strong")
    return found


def component_sizes(graph: Graph, strong: bool = False) -> Ints:
    """Sizes of the components, largest first; int64.

    Args:
        graph: The graph.
        strong: Whether paths follow the direction of ties.
    """
    count, of = component_of(graph, strong)
    return np.sort(np.bincount(of, minlength=count))[::-1].astype(np.int64)

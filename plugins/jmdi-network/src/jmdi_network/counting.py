"""What the core counts in plain Python, by arrays where that pays; importing it is light."""

from __future__ import annotations

import sys

import attrs

from jmdi.graph.network import Network

__all__ = ["components"]

LARGE = 4_000
"""Edges above which arrays pay, where what compiles loops is loaded."""

VERY_LARGE = 500_000
"""Edges above which it pays to load that: plain Python takes as long for so many."""


def components(network: Network, kind: str) -> tuple[list[int], list[int]] | None:
    """What ``components`` counts; ``None`` where plain Python is as fast.

    Args:
        network: The network.
        kind: ``weak`` or ``strong``.

    Returns:
        Sizes, largest first, with pairs that were not observed untied, and with them tied.
    """
    if network.n_edges < (LARGE if "numba" in sys.modules else VERY_LARGE):
        return None
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.components import component_sizes

    graph = graph_of(network)
    strong = kind == "strong"
    sizes = component_sizes(graph, strong).tolist()
    if not len(graph.unobserved):
        return sizes, sizes
    i, j = np.divmod(graph.unobserved, graph.n)
    source, target = np.concatenate([graph.source, i]), np.concatenate([graph.target, j])
    joined = attrs.evolve(
        graph,
        source=source.astype(np.int32),
        target=target.astype(np.int32),
        weight=np.ones(len(source)),
        cache={},
    )
    return sizes, component_sizes(joined, strong).tolist()

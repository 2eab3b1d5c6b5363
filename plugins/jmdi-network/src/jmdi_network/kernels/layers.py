"""Cores of directed networks."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Graph, Ints

__all__ = ["directed_cores", "doubled"]


def doubled(graph: Graph) -> tuple[Ints, Ints]:
    """Neighbours in both directions, where one that is tied both ways is listed twice.

    Returns:
        Index pointers, int64, n + 1, and indices of neighbours, int32, 2m.
    """
    rows = np.concatenate([graph.source, graph.target])
    columns = np.concatenate([graph.target, graph.source])
    order = np.argsort(rows, kind="stable")
    indptr = np.zeros(graph.n + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=graph.n), out=indptr[1:])
    return indptr, columns[order]


def directed_cores(graph: Graph, direction: str) -> Ints:
    """Cores by ties received (``in``) or sent (``out``), layer by layer; int64, n."""
    tied = graph.binary("in" if direction == "in" else "out")
    degree = np.diff(tied.indptr).astype(np.int64)
    core = np.zeros(graph.n, np.int64)
    left = np.ones(graph.n, bool)
    sent = tied.T.tocsr()
    k = 0
    while left.any():
        falling = left & (degree <= k)
        if not falling.any():
            k = int(degree[left].min())
            continue
        core[falling] = k
        left &= ~falling
        degree -= np.asarray(sent[falling].sum(axis=0)).ravel().astype(np.int64)
    return core

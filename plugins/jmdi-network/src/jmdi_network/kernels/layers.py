"""Cores of directed networks, and the core that an ideal pattern fits best."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from jmdi_network.arrays import Graph, Ints

__all__ = ["directed_cores", "doubled", "optimum"]

_WAYS = 100
"""Among how many cores of the same size the one that fits best is looked for."""


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


def optimum(graph: Graph, degree: Ints, order: Ints, size: int) -> dict[str, Any]:
    """The core of a size that misses least, and how well it fits the ideal pattern.

    Args:
        graph: The graph, without direction.
        degree: Degree of each node, int64, n.
        order: Nodes by falling degree, int64, n.
        size: How many nodes the core has.
    """
    cut = degree[order[size - 1]] if size else -1
    sure, equal = np.flatnonzero(degree > cut), order[degree[order] == cut]
    free = size - len(sure) if size else 0
    ways = comb(len(equal), free)
    tried = combinations(equal.tolist(), free) if ways <= _WAYS else [equal[:free].tolist()]
    found = []
    for more in tried:
        inside = np.zeros(graph.n, bool)
        if size:
            inside[sure], inside[list(more)] = True, True
        names = ("either", "both", "ignored")
        fit = {name: _fit(graph, inside, name) if ways <= _WAYS else None for name in names}
        found.append((inside, fit))
    inside, fit = max(
        found,
        key=lambda pair: [-2.0 if f is None else round(f, 12) for f in reversed(pair[1].values())],
    )
    core = sorted(graph.nodes[i] for i in np.flatnonzero(inside))
    return {"size": size, "core": core, "exchangeable": ways > 1, "fit": fit}


def _fit(graph: Graph, core: Ints, variant: str) -> float | None:
    """Pearson's r of ties with the ideal pattern; ``None`` if either is constant."""
    n, inner = graph.n, int(core.sum())
    outer = n - inner
    cells = {2: inner * (inner - 1) / 2, 1: float(inner * outer), 0: outer * (outer - 1) / 2}
    kind = core[graph.source].astype(int) + core[graph.target].astype(int)
    ties = {block: float((kind == block).sum()) for block in cells}
    ideal = {2: 1.0, 1: 1.0 if variant == "either" else 0.0, 0: 0.0}
    blocks = [2, 0] if variant == "ignored" else [2, 1, 0]
    total = sum(cells[b] for b in blocks)
    ones = sum(cells[b] * ideal[b] for b in blocks)
    tied = sum(ties[b] for b in blocks)
    both = sum(ties[b] * ideal[b] for b in blocks)
    spread = tied * (total - tied) * ones * (total - ones)
    return None if spread <= 0 else float((total * both - tied * ones) / spread**0.5)

"""Leading eigenvectors and PageRank."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from jmdi_network.arrays import Floats, Graph, Sparse

__all__ = ["STEPS", "cyclic_components", "leading", "ranks"]


def cyclic_components(graph: Graph) -> int:
    """How many (strong) components have a tie; with one, the leading eigenvector is unique.

    Source: the theorem of Perron and Frobenius. A network without any has eigenvalues of 0
    only, which numerically may seem to differ from it.
    """
    from jmdi_network.kernels.components import component_of

    _, of = component_of(graph, strong=True)
    return int((np.bincount(of) > 1).sum())


def leading(matrix: Sparse, n: int) -> tuple[Floats, float, float]:
    """The leading eigenvector, float64, n, its eigenvalue and the distance to the next one."""
    roots, vectors = _spectrum(matrix, n)
    values = np.real(roots)
    order = np.argsort(-values, kind="stable")
    gap = float(values[order[0]] - values[order[1]]) if n > 1 else 1.0
    return np.real(vectors[:, order[0]]), float(values[order[0]]), gap


def _spectrum(matrix: Sparse, n: int) -> tuple[Any, Any]:
    """Eigenvalues and eigenvectors: all of a small matrix, two of a large one."""
    symmetric = abs(matrix - matrix.T).sum() == 0
    if n <= 400:  # dense solvers are faster here, and find all eigenvalues
        dense = matrix.toarray()
        return np.linalg.eigh(dense) if symmetric else np.linalg.eig(dense)
    linalg: Any = importlib.import_module("scipy.sparse.linalg")
    if symmetric:
        found = linalg.eigsh(matrix, k=2, which="LA", v0=np.ones(n))
    else:
        found = linalg.eigs(matrix, k=2, which="LR", v0=np.ones(n))
    return found[0], found[1]


STEPS = 10_000
"""Most steps of the walker before PageRank is given up."""


def ranks(graph: Graph, damping: float, weighted: bool, tolerance: float) -> Floats | None:
    """PageRank of each node, float64, n, by powers; ``None`` if it does not converge."""
    n = graph.n
    into = graph.adjacency("in") if weighted else graph.binary("in")
    sent = np.asarray(into.sum(axis=0)).ravel()
    stuck = sent == 0
    share = np.where(stuck, 0.0, 1 / np.where(stuck, 1.0, sent))
    rank = np.full(n, 1 / n)
    for _ in range(STEPS):
        moved = damping * (into @ (rank * share) + rank[stuck].sum() / n) + (1 - damping) / n
        change = float(np.abs(moved - rank).sum())
        rank = moved
        if change < tolerance:
            found: Floats = rank / rank.sum()
            return found
    return None

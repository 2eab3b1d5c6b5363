"""How alike the ties of actors are, and positions of actors whose ties are alike.

The profile of an actor is what it sends to and receives from each other actor. Of two actors those
parts are compared that concern third ones.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Graph, Ints

__all__ = ["clusters", "concor", "correlations", "distances", "explained", "matrix_of"]

ROUNDS = 50
"""Most correlations of correlations; where they go to 1 and -1, fewer than 20 do."""

SPLIT = 0.999
"""Correlations beyond it are taken for 1 or -1."""


def matrix_of(graph: Graph, weighted: bool) -> Floats:
    """The ties as a matrix without diagonal, float64, n by n; the same both ways if undirected."""
    matrix = np.zeros((graph.n, graph.n))
    matrix[graph.source, graph.target] = graph.weight if weighted else 1.0
    return matrix if graph.directed else matrix + matrix.T


def distances(ties: Floats, rows: Ints) -> Floats:
    """Euclidean distances of the profiles of some actors from those of all, float64, rows by n.

    Args:
        ties: The matrix of ties, float64, n by n, its diagonal 0.
        rows: Which actors, int64.

    Source: Burt 1976, Social Forces 55:93.
    """
    both = np.hstack([ties, ties.T])
    squares = (both**2).sum(axis=1)
    sums = squares[rows][:, None] + squares
    mutual = ties[rows] ** 2 + ties.T[rows] ** 2
    left = sums - 2 * (both[rows] @ both.T) - 2 * mutual
    left[left < 1e-12 * sums] = 0
    far: Floats = np.sqrt(left)
    return far


def correlations(ties: Floats, rows: Ints) -> Floats:
    """Correlations of the profiles of some actors with those of all, float64, rows by n.

    0 where one of two profiles has no variance, as in R's sna.

    Args:
        ties: The matrix of ties, float64, n by n, its diagonal 0.
        rows: Which actors, int64.
    """
    count = 2 * (len(ties) - 2)
    both = np.hstack([ties, ties.T])
    mutual, squared = ties[rows] + ties.T[rows], ties[rows] ** 2 + ties.T[rows] ** 2
    sums, squares = both.sum(axis=1), (both**2).sum(axis=1)
    own, other = sums[rows][:, None] - mutual, sums - mutual
    spread = count * (squares[rows][:, None] - squared) - own**2
    spread_of_other = count * (squares - squared) - other**2
    together = count * (both[rows] @ both.T) - own * other
    varied = (spread > 1e-9 * own**2) & (spread_of_other > 1e-9 * other**2)
    size = np.sqrt(np.where(varied, spread * spread_of_other, 1.0))
    found: Floats = np.clip(np.where(varied, together / size, 0.0), -1, 1)
    found[np.arange(len(rows)), rows] = 1
    return found


def concor(alike: Floats, splits: int) -> tuple[Ints, int]:
    """The position of each actor, int64, n, and how many could not be split.

    Correlations of the columns of the matrix of correlations, over and over, go to 1 and -1, which
    splits the actors in two; each part is split again.

    Args:
        alike: Correlations of profiles, float64, n by n.
        splits: How often each part is split.

    Source: Breiger, Boorman & Arabie 1975, Journal of Mathematical Psychology 12:328.
    """
    parts, whole = [np.arange(len(alike))], 0
    for _ in range(splits):
        halves = [_halves(alike, part) for part in parts]
        whole = sum(
            len(part) > 1 and split is None for part, split in zip(parts, halves, strict=True)
        )
        parts = [
            half for part, split in zip(parts, halves, strict=True) for half in (split or (part,))
        ]
    position = np.empty(len(alike), np.int64)
    for number, part in enumerate(parts):
        position[part] = number
    return position, whole


def _halves(alike: Floats, part: Ints) -> tuple[Ints, Ints] | None:
    """Two halves of some actors; ``None`` where nothing tells them apart."""
    found = alike[np.ix_(part, part)]
    for _ in range(ROUNDS):
        if (np.abs(found) > SPLIT).all():
            near = found[0] > 0
            return None if near.all() else (part[near], part[~near])
        # What is equal stays equal on each machine: else rounding would split what is symmetric.
        found = np.round(_of_columns(found), 12)
    return None


def _of_columns(matrix: Floats) -> Floats:
    """Correlations of the columns; 0 with a column that has no variance."""
    apart = matrix - matrix.mean(axis=0)
    size = np.sqrt((apart**2).sum(axis=0))
    apart = apart / np.where(size > 1e-12, size, np.inf)
    found: Floats = apart.T @ apart
    np.fill_diagonal(found, 1)
    return found


def clusters(far: Floats, method: str, count: int) -> Ints:
    """The cluster of each actor, int64, n, by joining the nearest ones over and over.

    Args:
        far: How far apart actors are, float64, n by n, symmetric.
        method: How far clusters are: ``complete``, ``average`` or ``single``.
        count: How many there are in the end.
    """
    from scipy.cluster.hierarchy import cut_tree, linkage

    upper = far[np.triu_indices(len(far), 1)]
    tree = linkage(np.maximum(upper, 0), method)
    found: Ints = cut_tree(tree, n_clusters=[min(count, len(far))])[:, 0].astype(np.int64)
    return found


def explained(ties: Floats, position: Ints) -> float | None:
    """The share of the variance of cells that means of blocks explain; ``None`` without variance.

    Args:
        ties: The matrix of ties, float64, n by n; its diagonal does not count.
        position: The position of each actor, int64, n, from 0.
    """
    n, k = len(ties), int(position.max()) + 1
    cells = ~np.eye(n, dtype=bool)
    block = (position[:, None] * k + position)[cells]
    values = ties[cells]
    spread = float(((values - values.mean()) ** 2).sum())
    if spread < 1e-12:
        return None
    counts = np.bincount(block, minlength=k * k)
    means = np.bincount(block, values, k * k) / np.maximum(counts, 1)
    return 1 - float(((values - means[block]) ** 2).sum()) / spread

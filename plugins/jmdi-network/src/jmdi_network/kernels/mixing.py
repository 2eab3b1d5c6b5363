"""Ties between groups as matrices."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Graph, Ints, Sparse
from jmdi_network.counts import Sized
from jmdi_network.groups import Groups

__all__ = [
    "contacts",
    "diversity",
    "mixing_matrix",
    "mixing_weights",
    "possible_pairs",
    "ratio",
    "yule_bounds",
]


def mixing_matrix(graph: Graph, groups: Groups, *, keys: Ints | None = None) -> Ints:
    """Ties from group to group, int64; the last row and column are of unknown groups.

    For an undirected graph the tie between groups X and Y stands in both cells, one within X
    once in its cell.

    Args:
        graph: The graph.
        groups: The groups of its nodes.
        keys: Other ties than its own, as ``source * n + target``, int64.
    """
    from jmdi_network.kernels.local import mixed

    size = len(groups.labels) + 1
    if keys is not None and not len(keys):
        return np.zeros((size, size), np.int64)
    source = graph.source if keys is None else keys // max(graph.n, 1)
    target = graph.target if keys is None else keys % max(graph.n, 1)
    code = np.where(groups.code < 0, size - 1, groups.code).astype(np.int32)
    matrix = mixed(source, target, code, size).reshape(size, size)
    if not graph.directed:
        inside = np.diag(matrix.diagonal())
        matrix = matrix + matrix.T - inside
    return matrix


def mixing_weights(graph: Graph, groups: Groups) -> Floats:
    """The weights of ties added up from group to group, float64, in the form of `mixing_matrix`."""
    size = len(groups.labels) + 1
    code = np.where(groups.code < 0, size - 1, groups.code)
    cells = code[graph.source] * size + code[graph.target]
    sums: Floats = np.bincount(cells, graph.weight, size * size).astype(np.float64)
    matrix = sums.reshape(size, size)
    if not graph.directed:
        matrix = matrix + matrix.T - np.diag(matrix.diagonal())
    return matrix


def possible_pairs(graph: Sized, groups: Groups) -> Ints:
    """The pairs that could be tied, int64, in the form of `mixing_matrix` without the unknown."""
    sizes = groups.sizes.astype(np.int64)
    if graph.mode is not None:
        first = np.array(graph.mode) == 0
        one, other = (
            np.bincount(groups.code[groups.known & of], minlength=len(sizes))
            for of in (first, ~first)
        )
        pairs = np.outer(one, other) + np.outer(other, one)
        np.fill_diagonal(pairs, one * other * (2 if graph.directed else 1))
        return pairs
    pairs = np.outer(sizes, sizes)
    inside = sizes * (sizes - 1) // (1 if graph.directed else 2)
    np.fill_diagonal(pairs, inside)
    return pairs


def ratio(external: float, internal: float) -> float | None:
    """The E-I index of these numbers of ties; ``None`` without any."""
    total = external + internal
    return (external - internal) / total if total else None


def contacts(graph: Graph, ties: str) -> Sparse:
    """Who is a contact of whom, 1 for each, n by n, by ties sent, received or either.

    Args:
        graph: The graph.
        ties: ``out``, ``in`` or ``all``.
    """
    return graph.binary({"out": "out", "in": "in", "all": "both"}[ties])


def diversity(counts: Floats) -> tuple[Floats, Floats]:
    """Blau's index and the Hill number of order 1 of each row.

    Args:
        counts: How many of each group, or how much, float64, rows by groups.

    Returns:
        Two arrays, float64, one number for each row.
    """
    total = counts.sum(axis=1, keepdims=True)
    share = counts / np.where(total > 0, total, 1)
    logs = np.log(np.where(share > 0, share, 1.0))
    return 1 - (share**2).sum(axis=1), np.exp(-(share * logs).sum(axis=1))


def yule_bounds(
    a: int, b: int, c: int, d: int, same: int, other: int
) -> tuple[list[float], list[float], bool]:
    """Yule's Q and odds ratios that unobserved pairs allow, the furthest among them.

    Q rises with ties within groups and falls with ties between them, so that it is furthest
    where all of one and none of the other are tied; next to it where it is undefined there.

    Args:
        a: Tied pairs of one group.
        b: Untied ones.
        c: Tied pairs of different groups.
        d: Untied ones.
        same: Unobserved pairs of one group.
        other: Unobserved pairs of different groups.

    Returns:
        Q, finite odds ratios, and whether Q may be undefined.
    """
    found: list[float] = []
    odds: list[float] = []
    lost = False
    for x in {0, min(1, same), max(same - 1, 0), same}:
        for y in {0, min(1, other), max(other - 1, 0), other}:
            alike = (a + x) * (d + other - y)
            unlike = (b + same - x) * (c + y)
            if alike + unlike:
                found.append((alike - unlike) / (alike + unlike))
            lost |= not alike + unlike
            if unlike:
                odds.append(alike / unlike)
    return found, odds, lost

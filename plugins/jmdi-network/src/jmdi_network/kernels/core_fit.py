"""How well a core and a periphery fit an ideal pattern, and which ones fit best.

A division is told by three numbers: how many actors are in the core, how many ties are within it,
and how many ends of ties are in it. From these follow the ties of the other two blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Any, TypeAlias

import numpy as np

from jmdi_network.arrays import Floats, Graph, Ints

__all__ = [
    "ALL_TRIED",
    "IDEALS",
    "best_division",
    "errors",
    "fits",
    "numbers",
    "optimum",
    "score_of",
]

IDEALS = ("either", "both", "ignored")
"""Which pairs the ideal ties: with either end in the core, or both; or who knows of the others."""

ALL_TRIED = 14
"""Up to so many actors all divisions are tried."""

_STARTS = 5
"""From how many divisions by degree a search starts."""

_WAYS = 100
"""Among how many cores of the same size the one that fits best is looked for."""

Score: TypeAlias = Callable[[Floats, Floats, Floats], Floats]
"""How good divisions are, by size of the core, ties within it, ends of ties in it; float64."""


def errors(n: int, m: int, ideal: str) -> Score:
    """How many pairs are not as the ideal has them.

    Args:
        n: How many actors there are.
        m: How many ties.
        ideal: One of `IDEALS`.
    """

    def count(size: Floats, within: Floats, ends: Floats) -> Floats:
        between = ends - 2 * within
        found = size * (size - 1) / 2 - within + (m - within - between)
        if ideal == "ignored":
            return found
        return found + (size * (n - size) - between if ideal == "either" else between)

    return count


def _correlation(n: int, m: int, ideal: str) -> Score:
    """Pearson's r of ties with the ideal; -inf where either is constant."""

    def correlate(size: Floats, within: Floats, ends: Floats) -> Floats:
        between = ends - 2 * within
        inner, across = size * (size - 1) / 2, size * (n - size)
        total = n * (n - 1) / 2 - (across if ideal == "ignored" else 0)
        tied = m - (between if ideal == "ignored" else 0)
        ones = inner + (across if ideal == "either" else 0)
        both = within + (between if ideal == "either" else 0)
        spread = tied * (total - tied) * ones * (total - ones)
        r = (total * both - tied * ones) / np.sqrt(np.where(spread > 0, spread, 1))
        return np.where(spread > 0, r, -np.inf)

    return correlate


def score_of(n: int, m: int, ideal: str, measure: str) -> Score:
    """What the best division has most of: r, or errors with a minus; as `errors`."""
    if measure == "correlation":
        r = _correlation(n, m, ideal)
        return lambda size, within, ends: np.round(r(size, within, ends), 12)
    wrong = errors(n, m, ideal)
    return lambda size, within, ends: -wrong(size, within, ends)


def numbers(graph: Graph, core: Ints) -> tuple[Floats, Floats, Floats]:
    """The three numbers of a division.

    Args:
        graph: The graph, without direction.
        core: Who is in the core, bool, n.
    """
    ends = core[graph.source].astype(np.int64) + core[graph.target]
    sums = core.sum(), (ends == 2).sum(), ends.sum()
    size, within, both = (np.array(one, np.float64) for one in sums)
    return size, within, both


def fits(graph: Graph, core: Ints) -> dict[str, float | None]:
    """Pearson's r with each ideal; ``None`` where either is constant. Arguments as `numbers`."""
    given = numbers(graph, core)
    found = {name: float(_correlation(graph.n, graph.m, name)(*given)) for name in IDEALS}
    return {name: None if np.isinf(r) else r for name, r in found.items()}


def best_division(graph: Graph, order: Ints, score: Score) -> Ints:
    """The core of the division with the highest score, bool, n.

    Of few actors all divisions are tried. Of more, a search starts from the best cores of highest
    degree; each actor changes sides once, the best first, and the best division on the way is the
    next start, as long as it is better (Kernighan & Lin 1970). That need not find the optimum.

    Args:
        graph: The graph, without direction.
        order: Nodes by falling degree, int64, n.
        score: What to look for.
    """
    core = np.zeros(graph.n, bool)
    if graph.n <= ALL_TRIED:
        core[order] = _best_of_all(graph, order, score)
        return core
    rank = np.empty(graph.n, np.int64)
    rank[order] = np.arange(graph.n)
    last = np.maximum(rank[graph.source], rank[graph.target])
    within = np.cumsum(np.bincount(last + 1, minlength=graph.n + 1))
    ends = np.concatenate([[0], np.cumsum(graph.degrees()[order])])
    scores = score(np.arange(graph.n + 1.0), within.astype(float), ends.astype(float))
    found = -np.inf
    for size in np.argsort(-scores, kind="stable")[:_STARTS]:
        start = np.arange(graph.n) < size
        better, reached = _climb(graph, order, rank, start, score)
        if reached > found:
            core[order], found = better, reached
    return core


def _best_of_all(graph: Graph, order: Ints, score: Score) -> Ints:
    """Tries all divisions; the flags of actors in this order."""
    n = graph.n
    every = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    tied = np.zeros((n, n))
    tied[graph.source, graph.target] = 1
    within = ((every @ (tied + tied.T)[np.ix_(order, order)]) * every).sum(axis=1) / 2
    ends = (every @ graph.degrees()[order]).astype(np.float64)
    scores = score(every.sum(axis=1).astype(np.float64), within.astype(np.float64), ends)
    best: Ints = every[int(np.argmax(scores))].astype(bool)
    return best


def _climb(graph: Graph, order: Ints, rank: Ints, core: Ints, score: Score) -> tuple[Ints, float]:
    """The best division that changes of sides reach, and its score; actors in this order."""
    indptr, indices = graph.neighbours()
    degree = graph.degrees()[order].astype(float)
    near = [rank[indices[indptr[v] : indptr[v + 1]]] for v in order]
    best, reached = core, -np.inf
    while True:
        core = best.copy()
        linked = np.array([float(core[others].sum()) for others in near])  # ties into the core
        now = np.array([core.sum(), linked[core].sum() / 2, degree[core].sum()])
        before, reached = reached, max(reached, float(score(*now[:, None])[0]))
        free = np.ones(graph.n, bool)
        for _ in range(graph.n):
            sign = np.where(core, -1.0, 1.0)
            change = sign * np.array([np.ones(graph.n), linked, degree])
            scores = score(*(now[:, None] + change))
            v = int(np.argmax(np.where(free, scores, -np.inf)))
            if not free[v]:  # what is left has no score
                v = int(np.argmax(free))
            now += change[:, v]
            linked[near[v]] += sign[v]
            core[v], free[v] = not core[v], False
            if scores[v] > reached:
                best, reached = core.copy(), float(scores[v])
        if reached <= before or np.isinf(reached):
            return best, reached


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
        fit = fits(graph, inside) if ways <= _WAYS else dict.fromkeys(IDEALS)
        found.append((inside, fit))
    inside, fit = max(
        found,
        key=lambda pair: [-2.0 if f is None else round(f, 12) for f in reversed(pair[1].values())],
    )
    core = sorted(graph.nodes[i] for i in np.flatnonzero(inside))
    return {"size": size, "core": core, "exchangeable": ways > 1, "fit": fit}

"""The ties that are more than chance: disparity filter, models with given degrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network.arrays import Floats, Graph, Ints, graph_of
from jmdi_network.networks import bare, lazily, with_edges
from jmdi_network.projections.twomode import bipartite_of, onto, overlaps
from jmdi_network.randomness import stream
from jmdi_network.workers import shared_out

__all__ = [
    "CORRECTIONS",
    "adjusted",
    "bicm",
    "disparity_backbone",
    "disparity_p",
    "fdsm_backbone",
    "fdsm_p",
    "sdsm_backbone",
    "sdsm_p",
]

CORRECTIONS = ("none", "bonferroni", "holm", "fdr")


def adjusted(p: Floats, correction: str, tests: int | None = None) -> Floats:
    """p-values corrected for testing many ties.

    Args:
        p: One for each tie that was tested.
        correction: ``none``, ``bonferroni``, ``holm`` or ``fdr`` (Benjamini and Hochberg).
        tests: How many tests there were; those that are not in ``p`` are taken for 1.

    Raises:
        BadParameter: If there is no such correction.
    """
    if correction not in CORRECTIONS:
        raise BadParameter(f"correction is one of {CORRECTIONS}, not {correction!r}")
    count = len(p) if tests is None else tests
    if correction == "none" or not len(p):
        return p
    if correction == "bonferroni":
        return np.minimum(p * count, 1.0)
    order = np.argsort(p, kind="stable")
    rank = np.arange(len(p))
    if correction == "holm":
        steps = np.maximum.accumulate(p[order] * (count - rank))
    else:
        raised = p[order] * count / (rank + 1)
        if count > len(p):
            raised = np.append(raised, 1.0)
        steps = np.minimum.accumulate(raised[::-1])[::-1][: len(p)]
    found = np.empty(len(p))
    found[order] = np.minimum(steps, 1.0)
    return found


def disparity_p(graph: Graph, ends: str = "either") -> Floats:
    """The p-value of each tie: how likely a share of strength as large is by chance.

    ``either`` takes the smaller of both ends, ``both`` the larger. A directed tie is tested
    among the ties that its source sends, and among those that its target receives.
    """
    out_k = graph.degrees("out" if graph.directed else "all")
    in_k = graph.degrees("in") if graph.directed else out_k
    out_s = np.bincount(graph.source, graph.weight, graph.n).astype(np.float64)
    in_s = np.bincount(graph.target, graph.weight, graph.n).astype(np.float64)
    if not graph.directed:
        out_s = in_s = out_s + in_s

    def test(end: Ints, k: Ints, s: Floats) -> Floats:
        share = np.clip(1 - graph.weight / s[end], 0.0, 1.0)
        return np.where(k[end] > 1, share ** (k[end] - 1.0), 1.0)

    first, second = test(graph.source, out_k, out_s), test(graph.target, in_k, in_s)
    return np.minimum(first, second) if ends == "either" else np.maximum(first, second)


def disparity_backbone(
    network: Network, *, alpha: float = 0.05, correction: str = "none", ends: str = "either"
) -> Network:
    """The network of the ties that the disparity filter keeps: those with p below ``alpha``.

    All nodes stay. Each tie has its ``p``.

    Source: Serrano, Boguñá & Vespignani 2009, PNAS 106:6483.
    """
    simple = network.simple()
    graph = graph_of(simple)
    if graph.m and not (graph.weight > 0).all():
        raise BadParameter("the disparity filter needs weights above 0")
    p = adjusted(disparity_p(graph, ends), correction)
    return _kept(simple, graph.first, p, alpha, method="disparity filter", correction=correction)


def _kept(network: Network, edges: Ints, p: Floats, alpha: float, **notes: Any) -> Network:
    """The network with those of these edges whose p is below ``alpha``."""
    chosen = edges[p < alpha]
    order = np.argsort(chosen, kind="stable")
    places = chosen[order]
    return with_edges(
        network,
        places,
        name=f"{network.name}, backbone",
        edge_attributes={
            "p": p[p < alpha][order].tolist(),
            **lazily(network.edge_attributes, places),
        },
        behind=lambda edge: network.records(int(places[edge])),
        dataset=network.dataset,
        notes={**network.notes, "alpha": alpha, "tested": len(p), "kept": len(places), **notes},
    )


def bicm(rows: Ints, columns: Ints) -> Floats:
    """Probabilities of a tie in the bipartite configuration model with these mean degrees.

    Solved by Newton's method on the log of the fitnesses of distinct degrees.

    Args:
        rows: Degrees of the rows.
        columns: Degrees of the columns.

    Returns:
        A matrix of probabilities.

    Source: Saracco, Di Clemente, Gabrielli & Squartini 2015, Scientific Reports 5:10595.
    """
    r, row_of, row_n = np.unique(rows, return_inverse=True, return_counts=True)
    c, col_of, col_n = np.unique(columns, return_inverse=True, return_counts=True)
    free_r, free_c = (r > 0) & (r < len(columns)), (c > 0) & (c < len(rows))
    total = float((c * col_n).sum())
    x = np.log(np.maximum(r, 1e-9) / max(total, 1.0) ** 0.5)
    y = np.log(np.maximum(c, 1e-9) / max(total, 1.0) ** 0.5)
    x[r == 0], x[r == len(columns)] = -60.0, 60.0
    y[c == 0], y[c == len(rows)] = -60.0, 60.0
    p = np.zeros((len(r), len(c)))
    for _ in range(200):
        p = 1 / (1 + np.exp(-(x[:, None] + y[None, :])))
        p[r == 0], p[:, c == 0] = 0.0, 0.0
        p[r == len(columns)], p[:, c == len(rows)] = 1.0, 1.0
        p[np.ix_(r == 0, c == len(rows))] = 0.0
        wrong = np.concatenate(
            [((p * col_n).sum(axis=1) - r)[free_r], ((p * row_n[:, None]).sum(axis=0) - c)[free_c]]
        )
        if not len(wrong) or np.abs(wrong).max() < 1e-12:
            break
        spread = p * (1 - p)
        a = np.diag((spread * col_n).sum(axis=1)[free_r])
        d = np.diag((spread * row_n[:, None]).sum(axis=0)[free_c])
        b = (spread * col_n)[np.ix_(free_r, free_c)]
        e = (spread * row_n[:, None])[np.ix_(free_r, free_c)].T
        step = np.linalg.lstsq(np.block([[a, b], [e, d]]), -wrong, rcond=None)[0]
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        x[free_r] += step[: int(free_r.sum())]
        y[free_c] += step[int(free_r.sum()) :]
    found: Floats = p[np.ix_(row_of, col_of)]
    return found


def _binomial(trials: int, chance: float, most: int) -> Floats:
    """The probability of each number of successes from 0 to ``most``, by logarithms."""
    from scipy.special import gammaln  # scipy.stats takes half a second to load

    if chance >= 1:
        return np.append(np.zeros(trials), 1.0)[: most + 1]
    number = np.arange(min(trials, most) + 1)
    ways = gammaln(trials + 1) - gammaln(number + 1) - gammaln(trials - number + 1)
    found: Floats = np.exp(ways + number * np.log(chance) + (trials - number) * np.log1p(-chance))
    return found


def _poisson_binomial(p: Floats, most: int) -> Floats:
    """The probability of each number of successes from 0 to ``most``.

    Trials of one chance, as those of initiatives with as many actors, make one binomial
    distribution: of 14,000 trials there are a few dozen.
    """
    chances: Floats = np.ones(1)
    values, times = np.unique(p[p > 0], return_counts=True)
    for chance, trials in zip(values.tolist(), times.tolist(), strict=True):
        chances = np.convolve(chances, _binomial(trials, chance, most))[: most + 1]
    return chances


def _refined_normal(p: Floats, counts: Ints) -> Floats:
    """P(at least as many successes) for each of some numbers, by a normal curve with skewness.

    Source: Hong 2013, Computational Statistics & Data Analysis 59:41.
    """
    from scipy.special import ndtr  # scipy.stats takes half a second to load

    variance = float((p * (1 - p)).sum())
    if variance <= 0:
        return _exact_tail(p, counts)
    sd = variance**0.5
    skew = float((p * (1 - p) * (1 - 2 * p)).sum()) / sd**3
    x = (counts - 0.5 - float(p.sum())) / sd
    curve = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    below: Floats = ndtr(x) + skew * (1 - x**2) * curve / 6
    return np.clip(1 - below, 0.0, 1.0)


def _exact_tail(p: Floats, counts: Ints) -> Floats:
    """P(at least as many successes) for each of some numbers, exactly."""
    top = int(counts.max())
    spread = float((p * (1 - p)).sum()) ** 0.5
    most = int(max(top, p.sum() + 10 * spread)) + 50
    while True:
        chances = _poisson_binomial(p, most)
        chances = np.pad(chances, (0, max(0, top + 1 - len(chances))))  # more than can succeed
        tails = np.cumsum(chances[::-1])[::-1]
        # what is cut off falls faster than a geometric series
        if len(chances) <= most or chances[-1] <= 1e-18 * tails[top]:
            break
        most *= 2
    found: Floats = tails[counts]
    return found


_TAILS = {"exact": _exact_tail, "refined-normal": _refined_normal}


def sdsm_p(
    network: Network, mode: int, tail: str = "exact"
) -> tuple[Ints, Ints, Floats, Floats, int]:
    """Pairs that share something, their overlap and P(overlap at least as large)."""
    matrix = bipartite_of(network, mode).matrix
    degree = np.diff(matrix.indptr)
    i, j, count = overlaps(matrix)
    chance = bicm(degree, np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64))
    p = np.ones(len(i))
    low, high = np.minimum(degree[i], degree[j]), np.maximum(degree[i], degree[j])
    # pairs with the same two degrees have the same distribution
    _, first, kind = np.unique(
        low.astype(np.int64) * (chance.shape[1] + 1) + high, return_index=True, return_inverse=True
    )
    if not len(first):
        return i, j, count, p, len(degree) * (len(degree) - 1) // 2
    order = np.argsort(kind, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(kind, minlength=len(first)))[:-1])
    for place, mine in zip(first.tolist(), parts, strict=True):
        tails = _TAILS[tail](chance[i[place]] * chance[j[place]], count[mine].astype(np.int64))
        p[mine] = np.minimum(1.0, tails)
    return i, j, count, p, len(degree) * (len(degree) - 1) // 2


def sdsm_backbone(
    network: Network,
    *,
    mode: int = 0,
    alpha: float = 0.05,
    correction: str = "none",
    weight: str = "count",
) -> Network:
    """The pairs of one mode that share more than their degrees explain: p below ``alpha``.

    Source: Neal 2014, Social Networks 39:84; Neal, Domagalski & Sagan 2021, Scientific
    Reports 11:23929. P is exact (Poisson-binomial) with the tie probabilities of the BiCM.
    """
    projected = onto(network, mode=mode, weight=weight)
    _, _, _, p, tests = sdsm_p(network, mode)
    p = adjusted(p, correction, tests)
    edges = np.arange(projected.n_edges)
    return _kept(projected, edges, p, alpha, method="SDSM", correction=correction, pairs=tests)


def _fdsm_draws(task: tuple[Network, int, float, int], numbers: Sequence[int]) -> list[Ints]:
    """For each replicate which pairs share at least as much in it as observed."""
    from jmdi_network.nulls.models import model_of

    network, mode, swaps, seed = task
    model = model_of(network, "curveball", swaps=swaps)
    i, j, count = overlaps(bipartite_of(network, mode).matrix)
    found = []
    for number in numbers:
        drawn = bipartite_of(model.draw(stream(seed, number)).network, mode).matrix
        shared = (drawn @ drawn.T).tocsr()
        found.append(np.asarray(shared[i, j]).ravel() >= count)
    return found


def fdsm_p(
    network: Network, mode: int, draws: int, seed: int, swaps: float, workers: int
) -> tuple[Floats, int]:
    """The p of each pair that shares something, and how many pairs were tested.

    p is ``(b+1)/(R+1)``, b the draws in which the pair shares at least as much.
    """
    if draws < 1:
        raise BadParameter("draws is at least 1")
    found = shared_out(_fdsm_draws, (bare(network), mode, swaps, seed), range(draws), workers)
    nodes = int((np.array(network.mode) == mode).sum())
    return (1.0 + np.sum(found, axis=0)) / (draws + 1.0), nodes * (nodes - 1) // 2


def fdsm_backbone(
    network: Network,
    *,
    mode: int = 0,
    alpha: float = 0.05,
    correction: str = "none",
    weight: str = "count",
    draws: int = 1000,
    seed: int = 1,
    swaps: float = 10.0,
    workers: int = 1,
) -> Network:
    """The pairs of one mode that share more than in networks with the same degrees.

    As `sdsm_backbone`, but degrees are fixed and not so on average; p is ``(b+1)/(R+1)`` over
    curveball draws, so that alpha must be above ``1/(R+1)``.

    Source: Neal, Domagalski & Sagan 2021, Scientific Reports 11:23929; Strona et al. 2014.
    """
    projected = onto(network, mode=mode, weight=weight)
    if not projected.n_edges:
        return projected
    p, tests = fdsm_p(network, mode, draws, seed, swaps, workers)
    return _kept(
        projected,
        np.arange(projected.n_edges),
        adjusted(p, correction, tests),
        alpha,
        method="FDSM",
        correction=correction,
        pairs=tests,
        draws=draws,
        seed=seed,
    )

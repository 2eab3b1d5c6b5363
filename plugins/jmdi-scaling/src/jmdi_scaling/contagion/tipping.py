"""How far a network is from its tipping point; several answers, since one would mislead."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import attrs
import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_network.kernels.cores import components
from jmdi_scaling.contagion.runner import Runner
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.thresholds import (
    Levels,
    distribution,
    draw_thresholds,
    is_drawn,
    numbers_for,
)
from jmdi_scaling.facts.parameters import Rule

__all__ = [
    "Margin",
    "Seeds",
    "Vulnerability",
    "best_seeds",
    "crossing",
    "is_submodular",
    "margin",
    "vulnerability",
]

SCENARIOS = 20
"""How many draws of thresholds are used when they are a distribution."""
LIMIT = 200_000
"""How many sets of actors are tried before the exact answer is given up."""

Size: TypeAlias = Callable[[Sequence[int]], int]


def crossing(shares: Sequence[float], tau: float, hold: int = 1) -> int | None:
    """Index of the first period from which on the share is at least tau for ``hold`` periods.

    ``None`` if that is not reached within the series: not yet, rather than undefined.
    """
    run = 0
    for t, value in enumerate(shares):
        run = run + 1 if value >= tau - 1e-12 else 0
        if run >= hold:
            return t - hold + 1
    return None


@attrs.frozen(slots=True)
class Vulnerability:
    """What Watts 2002 says of a network.

    Where thresholds are a distribution these are expected values.

    Attributes:
        share: Share of the nodes that one adopter among their ties suffices for.
        largest: Nodes in the largest connected set of vulnerable nodes.
        kappa: ``Σ k(k-1) ρ_k p_k / z``; above 1 a large network has global cascades.
        mean_degree: z.
    """

    share: float
    largest: float
    kappa: float | None
    mean_degree: float


def vulnerability(
    net: Spread, thresholds: Levels, *, seed: int = 0, scenarios: int = SCENARIOS
) -> Vulnerability:
    """Vulnerable share, largest vulnerable cluster and cascade condition, layers merged.

    The degree ``k`` is the number of those that a node is exposed to, however strong the ties.
    On small networks the condition alone misleads: cascades may well be global below 1.

    Args:
        net: The ties.
        thresholds: A number, one for each node, or a distribution. Then ``ρ_k`` is the
            probability that a threshold is at most ``1/k``, and the largest cluster the mean
            over draws.
        seed: Seed of the draws.
        scenarios: How many draws.
    """
    n = net.n
    degree = _ties(net)
    tied = degree > 0
    once = np.divide(1.0, degree, out=np.zeros(n), where=tied)
    if is_drawn(thresholds):
        weak = np.where(tied, _at_most(thresholds, once), 0.0)
        drawn = (draw_thresholds(seed, r, n, thresholds) for r in range(scenarios))
        sizes = [_largest(net, tied & (phi <= once)) for phi in drawn]
        largest = sum(sizes) / len(sizes)
    else:
        inside = tied & (numbers_for(thresholds, n) <= once)
        weak, largest = inside.astype(np.float64), _largest(net, inside)
    z = float(degree.mean()) if n else 0.0
    kappa = float((degree * (degree - 1) * weak).sum() / n / z) if z > 0 else None
    return Vulnerability(float(weak.mean()) if n else 0.0, largest, kappa, z)


def _ties(net: Spread) -> Floats:
    """How many others each node is exposed to, in one layer or several."""
    n = max(net.n, 1)
    source = np.repeat(np.arange(net.n), np.diff(net.start))
    pairs = np.unique((net.slot % n).astype(np.int64) * n + source)
    return np.bincount(pairs // n, minlength=net.n).astype(np.float64)


def _at_most(thresholds: Sequence[str | float], x: Floats) -> Floats:
    """The probability that a threshold is at most x, for x from 0 to 1."""
    from scipy import special  # scipy.stats takes half a second to load

    kind, a, b = distribution(thresholds)
    if kind == "beta":
        found = special.betainc(a, b, x)
    elif a == b if kind == "uniform" else b == 0:
        found = x >= (a if kind == "uniform" else min(max(a, 0.0), 1.0))
    elif kind == "uniform":
        found = np.clip((x - a) / (b - a), 0.0, 1.0)
    else:  # cut at 0 and 1: what is above 1 becomes 1
        found = np.where(x >= 1, 1.0, special.ndtr((x - a) / b))
    return np.asarray(found, np.float64)


def _largest(net: Spread, inside: Ints) -> int:
    """How many nodes the largest set of such nodes has that ties join.

    Args:
        net: The ties.
        inside: Which nodes, bool, one for each.
    """
    n = net.n
    source = np.repeat(np.arange(n), np.diff(net.start))
    target = net.slot % max(n, 1)
    kept = inside[source] & inside[target]
    _, label = components(source[kept], target[kept], n)
    return int(np.bincount(label[inside]).max()) if inside.any() else 0


@attrs.frozen(slots=True)
class Margin:
    """The fewest further adopters that tip a network.

    Attributes:
        value: How many; an upper bound unless ``exact``.
        lower: No fewer suffice.
        exact: Whether all smaller sets were tried.
        seeds: Indices of further adopters that suffice.
    """

    value: int
    lower: int
    exact: bool
    seeds: tuple[int, ...]


def margin(
    net: Spread, need: Floats, adopted: Iterable[int] = (), q: float = 0.5, limit: int = LIMIT
) -> Margin:
    """The fewest extra adopters from which a cascade brings the share of adopters to q.

    All sets are tried, smallest first, while that takes at most ``limit`` cascades; beyond
    that a greedy set gives an upper bound, and the sizes tried a lower one. Finding the
    smallest set is NP-hard (Kempe et al. 2003; Chen 2009).
    """
    runner = Runner(net)
    size = runner.sizer(need)
    now = sorted(set(adopted))
    goal = math.ceil(q * net.n - 1e-9)
    if size(now) >= goal:
        return Margin(0, 0, True, ())
    reached = runner.run(need, now) >= 0
    others = [k for k in range(net.n) if not reached[k]]
    upper = _greedy(size, now, others, goal)
    spent = 0
    for b in range(1, len(upper)):
        spent += math.comb(len(others), b)
        if spent > limit:
            return Margin(len(upper), b, False, tuple(upper))
        for extra in itertools.combinations(others, b):
            if size([*now, *extra]) >= goal:
                return Margin(b, b, True, extra)
    return Margin(len(upper), len(upper), True, tuple(upper))


def _greedy(size: Size, now: list[int], others: list[int], goal: int) -> list[int]:
    """Adds the actor with the largest cascade until the goal is reached."""
    chosen: list[int] = []
    total = size(now)
    left = list(others)
    while total < goal:
        sizes = [size([*now, *chosen, k]) for k in left]
        best = max(range(len(left)), key=lambda i: (sizes[i], -left[i]))
        total = sizes[best]
        chosen.append(left.pop(best))
    return chosen


@attrs.frozen(slots=True)
class Seeds:
    """Seeds that do well.

    Attributes:
        chosen: Indices, in the order of choice.
        shares: Mean share of adopters with the first 1, 2, … of them.
        evaluations: How many mean cascade sizes were computed.
    """

    chosen: tuple[int, ...]
    shares: tuple[float, ...]
    evaluations: int


def is_submodular(net: Spread, thresholds: Levels, rule: Rule = "relative") -> bool:
    """Whether the expected size is known to be submodular (Kempe, Kleinberg & Tardos 2003)."""
    uniform = is_drawn(thresholds) and tuple(thresholds) == ("uniform", 0, 1)
    return uniform and rule == "relative" and len(net.total) == 1


def best_seeds(
    net: Spread,
    thresholds: Levels,
    count: int,
    *,
    replicates: int = 200,
    rule: Rule = "relative",
    seed: int = 0,
) -> Seeds:
    """Greedy seeds with lazy evaluation, on the same draws of thresholds for all.

    Where thresholds are drawn uniformly from 0 to 1 (relative rule, one layer, weights that
    add up to at most one) the expected size is submodular: the result is at least ``1 - 1/e``
    of the best, up to the error of sampling, and lazy equals plain greedy (Kempe, Kleinberg &
    Tardos 2003; Leskovec et al. 2007). With fixed thresholds there is no such guarantee, and
    every gain is computed anew.
    """
    drawn = is_drawn(thresholds)
    draws = range(replicates if drawn else 1)
    needs = [net.needs(draw_thresholds(seed, r, net.n, thresholds), rule) for r in draws]
    sizers = [Runner(net).sizer(need) for need in needs]
    lazy = is_submodular(net, thresholds, rule)
    used = 0

    def mean(seeds: list[int]) -> float:
        nonlocal used
        used += 1
        return sum(size(seeds) for size in sizers) / len(sizers)

    now = mean([])
    chosen: list[int] = []
    shares: list[float] = []
    heap = [(-math.inf, k, -1) for k in range(net.n)]
    heapq.heapify(heap)
    while heap and len(chosen) < count:
        step = len(chosen)
        if not lazy:
            heap = [(-math.inf, k, -1) for _, k, _ in heap]
            heapq.heapify(heap)
        while heap[0][2] != step:
            _, k, _ = heapq.heappop(heap)
            heapq.heappush(heap, (now - mean([*chosen, k]), k, step))
        gain, k, _ = heapq.heappop(heap)
        now -= gain
        chosen.append(k)
        shares.append(now / net.n)
    return Seeds(tuple(chosen), tuple(shares), used)

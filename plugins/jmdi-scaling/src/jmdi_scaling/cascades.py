"""Threshold cascades: who adopts in the end when some have begun.

A node adopts when its exposure reaches its threshold (Granovetter 1978; Watts 2002), all nodes
at the same time in each round, and never goes back. A node without ties adopts only at a
threshold of 0 or less. With several layers it adopts when one of them suffices (Brummitt, Lee
& Goh 2012), or when their ties taken together do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from jmdi.metrics.runner import BadParameter
from jmdi_scaling.kernels import spread

__all__ = ["Ensemble", "Spread", "ensemble", "stream"]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


def stream(seed: int, replicate: int) -> np.random.Generator:
    """The random numbers of one replicate: Philox, a counter keyed by seed and replicate."""
    key = np.array([seed % 2**64, replicate % 2**64], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))


@attrs.frozen(slots=True, eq=False)
class Spread:
    """Ties ready for cascades.

    Attributes:
        nodes: Ids of the nodes.
        start: Where the outgoing influence of each node begins.
        slot: ``layer * n + node`` that each influence goes to.
        weight: Its weight.
        total: Weight of all ties of each node, layers by nodes.
        plain: Whether all weights are 1.
    """

    nodes: tuple[str, ...]
    start: Ints
    slot: NDArray[np.int32]
    weight: Floats
    total: Floats
    plain: bool

    @classmethod
    def of(
        cls, nodes: Sequence[str], edges: Iterable[Sequence[Any]] | Mapping[str, Any], *,
        direction: str = "both", layers: str = "aggregate", valued: bool = False,
    ) -> Spread:  # fmt: skip
        """From edges ``(i, j)`` or ``(i, j, weight)``, or from such edges by layer.

        Args:
            nodes: The nodes.
            edges: The ties. Loops are dropped, parallel ties of a layer merged.
            direction: ``out``: i is exposed to j; ``in``: j to i; ``both``.
            layers: ``aggregate`` merges all layers; ``any`` keeps them.
            valued: Whether weights count; merged weights are added.
        """
        index = {name: k for k, name in enumerate(nodes)}
        groups = list(edges.values()) if isinstance(edges, Mapping) else [edges]
        if layers == "aggregate":
            groups = [[edge for group in groups for edge in group]]
        n = len(index)
        source, slots, weights = [], [], []
        for layer, group in enumerate(groups):
            ties = _merged(group, index, direction)
            # ego is exposed to other: influence goes from other to ego.
            for (ego, other), weight in ties.items():
                source.append(other)
                slots.append(layer * n + ego)
                weights.append(weight if valued else 1.0)
        order = np.lexsort((np.array(slots, np.int64), np.array(source, np.int64)))
        origin = np.array(source, np.int64)[order]
        slot = np.array(slots, np.int32)[order]
        strength = np.array(weights, np.float64)[order]
        start = np.searchsorted(origin, np.arange(n + 1)).astype(np.int64)
        total = np.zeros(n * len(groups))
        np.add.at(total, slot, strength)
        plain = bool((strength == 1).all())
        return cls(tuple(nodes), start, slot, strength, total.reshape(len(groups), n), plain)

    @property
    def n(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    def needs(self, thresholds: Any, rule: str = "relative") -> Floats:
        """The weight of adopters that each node needs, layers by nodes.

        Args:
            thresholds: One for all, or one for each node.
            rule: ``relative``: a share of the weight of the node's ties; ``absolute``: a weight.

        Raises:
            BadParameter: If a threshold is not a number, or the rule is unknown.
        """
        phi = np.broadcast_to(np.asarray(thresholds, np.float64), (self.n,))
        if np.isnan(phi).any():
            raise BadParameter("a threshold is not a number")
        if rule == "absolute":
            need = np.broadcast_to(phi, self.total.shape).copy()
        elif rule == "relative":
            need = phi * self.total
            if self.plain:
                # The smallest count c with c/k >= phi, as division rounds it.
                near = np.ceil(need - 1e-9)
                with np.errstate(invalid="ignore", divide="ignore"):
                    need = np.where(near / self.total >= phi, near, near + 1)
                    need = np.where((need - 1) / self.total >= phi, need - 1, need)
            else:
                need = need * (1 - 1e-12)
        else:
            raise BadParameter(f"rule={rule!r}: choose relative or absolute")
        # What has no ties never gets anything; a threshold of 0 or less needs nothing.
        need = np.where(self.total > 0, need, np.inf)
        return np.where(phi <= 0, -np.inf, need)

    def run(self, need: Floats, seeds: Any) -> Ints:
        """The round in which each node adopts, 0 for seeds and -1 for never.

        Args:
            need: What `needs` gives.
            seeds: Indices of the nodes that have adopted.
        """
        rounds: Ints = _Runner(self).rounds(need, np.asarray(seeds, np.int64)).astype(np.int64)
        return rounds


class _Runner:
    """A Spread with working space that cascades share."""

    def __init__(self, spread: Spread) -> None:
        self.spread = spread
        self._weight = spread.weight[:0] if spread.plain else spread.weight
        self._rounds = np.empty(spread.n, np.int32)
        self._count = np.empty(spread.total.size, np.float64)
        self._queue = np.empty(max(spread.n, 1), np.int32)
        self.size = 0

    def rounds(self, need: Floats, seeds: Ints, at_once: Ints | None = None) -> Any:
        """The round in which each node adopts; the next cascade overwrites it."""
        s = self.spread
        if at_once is None:
            at_once = np.flatnonzero((need <= 0).any(axis=0)).astype(np.int64)
        self.size = spread(s.start, s.slot, self._weight, need.ravel(), at_once, seeds,
                           self._rounds, self._count, self._queue)  # fmt: skip
        return self._rounds


def _merged(
    edges: Iterable[Sequence[Any]], index: Mapping[str, int], direction: str
) -> dict[tuple[int, int], float]:
    """Ties as (ego, whom it is exposed to) with weights added; parallel ties merged."""
    ties: dict[tuple[int, int], float] = {}
    for edge in edges:
        i, j = index.get(edge[0]), index.get(edge[1])
        if i is None or j is None or i == j:
            continue
        weight = float(edge[2]) if len(edge) > 2 else 1.0
        if direction in ("out", "both"):
            ties[i, j] = ties.get((i, j), 0.0) + weight
        if direction in ("in", "both"):
            ties[j, i] = ties.get((j, i), 0.0) + weight
    return ties


@attrs.frozen(slots=True, eq=False)
class Ensemble:
    """Cascades under one rule with random seeds or thresholds.

    Attributes:
        sizes: How many nodes had adopted in the end, by replicate.
        curves: Share of adopters after each round, replicates by rounds.
        adopted: How often each node had adopted, as a share of replicates.
        n: How many nodes there are.
        seed: Seed of the random numbers.
    """

    sizes: Ints
    curves: Floats
    adopted: Floats
    n: int
    seed: int

    def bands(self, quantiles: Sequence[float] = (0.05, 0.5, 0.95)) -> dict[str, list[float]]:
        """Mean and quantiles of the share of adopters after each round."""
        found = {"mean": self.curves.mean(axis=0).tolist()}
        for q in quantiles:
            found[f"q{round(q * 100):02d}"] = np.quantile(self.curves, q, axis=0).tolist()
        return found


def draw_thresholds(rng: np.random.Generator, n: int, thresholds: Any) -> Floats:
    """Thresholds of one replicate: a number, one for each node, or a distribution.

    ``("uniform", low, high)``, ``("normal", mean, sd)`` cut at 0 and 1, or ``("beta", a, b)``.

    Raises:
        BadParameter: If the distribution is unknown.
    """
    if isinstance(thresholds, (tuple, list)) and thresholds and isinstance(thresholds[0], str):
        kind, a, b = thresholds
        if kind == "uniform":
            return rng.uniform(a, b, n)
        if kind == "normal":
            return np.clip(rng.normal(a, b, n), 0.0, 1.0)
        if kind == "beta":
            return rng.beta(a, b, n)
        raise BadParameter(f"thresholds {kind!r}: choose uniform, normal or beta")
    return np.broadcast_to(np.asarray(thresholds, np.float64), (n,))


def ensemble(
    net: Spread, thresholds: Any, *, seeds: Any = None, size: int = 1, replicates: int = 1000,
    rule: str = "relative", seed: int = 0, first: int = 0,
) -> Ensemble:  # fmt: skip
    """Many cascades; replicate r has the same outcome however many others are run.

    Args:
        net: The ties.
        thresholds: A number, one for each node, or a distribution (`draw_thresholds`).
        seeds: Indices of the seeds; drawn anew for each replicate when not given.
        size: How many seeds are drawn.
        replicates: How many cascades are run.
        rule: ``relative`` or ``absolute``.
        seed: Seed of the random numbers.
        first: Number of the first replicate, to share the work out.

    Raises:
        BadParameter: If more seeds are asked for than there are nodes.
    """
    if not 0 <= size <= net.n:
        raise BadParameter(f"{size} seeds cannot be drawn from {net.n} nodes")
    random = isinstance(thresholds, (tuple, list)) and bool(thresholds) and isinstance(
        thresholds[0], str)  # fmt: skip
    fixed = None if random else net.needs(thresholds, rule)
    at_once = None if fixed is None else np.flatnonzero((fixed <= 0).any(axis=0)).astype(np.int64)
    given = None if seeds is None else np.unique(np.asarray(seeds, np.int64))
    runner = _Runner(net)
    sizes = np.zeros(replicates, np.int64)
    counts: list[Ints] = []
    adopted = np.zeros(net.n)
    for r in range(replicates):
        rng = stream(seed, first + r)
        chosen = rng.choice(net.n, size, replace=False) if given is None else given
        need = net.needs(draw_thresholds(rng, net.n, thresholds), rule) if fixed is None else fixed
        rounds = runner.rounds(need, chosen.astype(np.int64), at_once)
        there = rounds >= 0
        sizes[r] = runner.size
        counts.append(np.bincount(rounds[there]))
        adopted += there
    longest = max((len(c) for c in counts), default=1) or 1
    curves = np.zeros((replicates, longest))
    for r, count in enumerate(counts):
        total = np.cumsum(count)
        curves[r, : len(total)] = total
        curves[r, len(total) :] = total[-1] if len(total) else 0
    return Ensemble(sizes, curves / max(net.n, 1), adopted / max(replicates, 1), net.n, seed)

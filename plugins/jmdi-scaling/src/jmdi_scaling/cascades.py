"""Threshold cascades: who adopts in the end when some have begun.

A node adopts when its exposure reaches its threshold (Granovetter 1978; Watts 2002), all nodes
at the same time in each round, and never goes back. A node without ties adopts only at a
threshold of 0 or less. With several layers it adopts when one of them suffices (Brummitt, Lee
& Goh 2012), or when their ties taken together do. Where adoption can be given up, a committed
minority may still hold on to it (Centola et al. 2018).
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from jmdi.errors import BadParameter
from jmdi_scaling.bits import side_by_side
from jmdi_scaling.facts import at_least
from jmdi_scaling.kernels import draw_seeds, grow, key_of, many, revise, spread, uniforms

__all__ = ["Ensemble", "Spread", "draw_thresholds", "ensemble", "stream"]

LONG = 256
"""How many rounds there is room for at first."""
FEW = 8
"""From how many replicates on they are run side by side."""
SMALL = 20_000_000
"""Work, in ties, below which one thread does it all."""

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


def stream(seed: int, replicate: int) -> np.random.Generator:
    """Random numbers of one replicate: Philox, a counter keyed by seed and replicate.

    Normal and beta thresholds come from it; seeds, uniform thresholds and orders from the
    counter in ``kernels``, keyed alike.
    """
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
        mutual: Whether all influence goes both ways.
    """

    nodes: tuple[str, ...]
    start: Ints
    slot: NDArray[np.int32]
    weight: Floats
    total: Floats
    plain: bool
    mutual: bool = False

    @classmethod
    def of(
        cls,
        nodes: Sequence[str],
        edges: Iterable[Sequence[Any]] | Mapping[str, Any],
        *,
        direction: str = "both",
        layers: str = "aggregate",
        valued: bool = False,
    ) -> Spread:
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
        return cls(
            tuple(nodes),
            start,
            slot,
            strength,
            total.reshape(len(groups), n),
            plain,
            direction == "both",
        )

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
            BadParameter: If thresholds are no number nor one for each node, or for another rule.
        """
        phi = numbers_for(thresholds, self.n)
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

    @property
    def simple(self) -> bool:
        """Whether all weights are 1 and there is a single layer."""
        return self.plain and len(self.total) == 1

    def whole(self, need: Floats) -> NDArray[np.int32]:
        """What `needs` gives, in whole adopters: 0 for none needed, n + 1 for never."""
        return np.clip(np.ceil(need), 0, self.n + 1).astype(np.int32)

    def incoming(self) -> tuple[Ints, NDArray[np.int32]]:
        """The same ties the other way round, for a single layer: whom each node is exposed to."""
        if self.mutual:
            return self.start, self.slot
        source = np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.start))
        order = np.argsort(self.slot, kind="stable")
        begin = np.searchsorted(self.slot[order], np.arange(self.n + 1)).astype(np.int64)
        return begin, source[order]

    def able(self, whole: NDArray[np.int32]) -> Ints:
        """The nodes that have as many ties as they need, those that need the fewest first."""
        order: Ints = np.argsort(whole, kind="stable")
        able: Ints = order[whole[order] <= self.total[0][order]]
        return able

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
        self._queue = np.empty(spread.n + 1, np.int32)
        self._left = np.empty(spread.n, np.int32)

    def rounds(self, need: Floats, seeds: Ints) -> Any:
        """The round in which each node adopts; the next cascade overwrites it."""
        s = self.spread
        at_once = np.flatnonzero((need <= 0).any(axis=0)).astype(np.int64)
        spread(
            s.start,
            s.slot,
            self._weight,
            need.ravel(),
            at_once,
            seeds,
            self._rounds,
            self._count,
            self._queue,
        )
        return self._rounds

    def sizer(self, need: Floats) -> Callable[[Sequence[int]], int]:
        """How many adopt from some seeds, as a function that can be called often."""
        if not self.spread.simple:
            return lambda seeds: int((self.rounds(need, np.array(seeds, np.int64)) >= 0).sum())
        whole, none = self.spread.whole(need)[0], np.empty(0, np.int32)
        start, target, left, queue = self.spread.start, self.spread.slot, self._left, self._queue

        def size(seeds: Sequence[int]) -> int:
            return int(grow(start, target, whole, np.array(seeds, np.int64), left, queue, none))

        return size


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
        swinging: How many replicates ended swinging between two states.
        stopped: How many had not come to rest after the most rounds.
    """

    sizes: Ints
    curves: Floats
    adopted: Floats
    n: int
    seed: int
    swinging: int = 0
    stopped: int = 0

    def bands(self, quantiles: Sequence[float] = (0.05, 0.5, 0.95)) -> dict[str, list[float]]:
        """Mean and quantiles of the share of adopters after each round."""
        found = {"mean": self.curves.mean(axis=0).tolist()}
        for q in quantiles:
            found[f"q{round(q * 100):02d}"] = np.quantile(self.curves, q, axis=0).tolist()
        return found


def is_drawn(thresholds: Any) -> bool:
    """Whether thresholds are a distribution to draw from."""
    return isinstance(thresholds, (tuple, list)) and isinstance(next(iter(thresholds), None), str)


def draw_thresholds(seed: int, replicate: int, n: int, thresholds: Any) -> Floats:
    """Thresholds of one replicate: a number, one for each node, or a distribution.

    ``("uniform", low, high)``, ``("normal", mean, sd)`` cut at 0 and 1, or ``("beta", a, b)``.

    Raises:
        BadParameter: If the distribution is unknown, or there is not one for each node.
    """
    if not is_drawn(thresholds):
        return numbers_for(thresholds, n)
    kind, a, b = distribution(thresholds)
    if kind == "uniform":
        out = np.empty(n)
        uniforms(np.uint64(key_of(seed, replicate)), a, b, out)
        return out
    rng = stream(seed, replicate)
    return np.clip(rng.normal(a, b, n), 0.0, 1.0) if kind == "normal" else rng.beta(a, b, n)


def numbers_for(thresholds: Any, n: int) -> Floats:
    """A number as one for each node.

    Raises:
        BadParameter: If it is no number, nor one for each.
    """
    why = f"thresholds must be a number or one for each of the {n} actors"
    try:
        phi: Floats = np.broadcast_to(np.asarray(thresholds, np.float64), (n,))
    except (TypeError, ValueError):
        raise BadParameter(why) from None
    if np.isnan(phi).any():
        raise BadParameter(f"{why}: one of them is not a number")
    return phi


def distribution(thresholds: Sequence[Any]) -> tuple[str, float, float]:
    try:
        kind, a, b = str(thresholds[0]), float(thresholds[1]), float(thresholds[2])
    except (IndexError, TypeError, ValueError):
        raise BadParameter(f"thresholds={thresholds!r}: a name and two numbers") from None
    fine = {"uniform": a <= b, "normal": b >= 0, "beta": a > 0 and b > 0}
    if kind not in fine:
        raise BadParameter(f"thresholds {kind!r}: choose uniform, normal or beta")
    if not fine[kind]:
        raise BadParameter(f"there is no {kind} distribution with {a:g} and {b:g}")
    return kind, a, b


def ensemble(
    net: Spread,
    thresholds: Any,
    *,
    seeds: Any = None,
    size: int = 1,
    replicates: int = 1000,
    rule: str = "relative",
    seed: int = 0,
    first: int = 0,
    update: str = "synchronous",
    reversible: bool = False,
    committed: bool = True,
    rounds: int = 1000,
    workers: int | None = None,
) -> Ensemble:
    """Many cascades; replicate r has the same outcome however many others are run, and by whom.

    Args:
        net: The ties.
        thresholds: A number, one for each node, or a distribution (`draw_thresholds`).
        seeds: Indices of the seeds, or a row of them for each replicate; drawn anew for each
            replicate when not given.
        size: How many seeds are drawn.
        replicates: How many cascades are run.
        rule: ``relative`` or ``absolute``.
        seed: Seed of the random numbers.
        first: Number of the first replicate, to share the work out.
        update: ``synchronous``: all decide at once; ``asynchronous``: one after the other, in a
            new random order each round. Where adoption is for good both end alike.
        reversible: Whether adoption is given up when exposure falls below the threshold.
        committed: Whether seeds hold on to it nevertheless.
        rounds: Most rounds, where adoption can be given up.
        workers: Threads; as many as there are processors if not given.

    Raises:
        BadParameter: If more seeds are asked for than there are nodes, or a choice is unknown.
    """
    if not 0 <= size <= net.n:
        raise BadParameter(f"{size} seeds cannot be drawn from {net.n} nodes")
    if update not in ("synchronous", "asynchronous"):
        raise BadParameter(f"update={update!r}: choose synchronous or asynchronous")
    at_least(replicates, 1, "replicates")
    at_least(rounds, 1, "rounds")
    rows = _rows(net, seeds, size, replicates)
    plan = _Plan(net, thresholds, rule, seed, first, replicates, rows)
    if update == "asynchronous" or reversible:
        return plan.revised(reversible, update == "asynchronous", committed, rounds)
    return plan.counted(workers) if net.simple else plan.looped()


def _rows(net: Spread, seeds: Any, size: int, replicates: int) -> Ints:
    """Seeds as one row for all or one for each; a row of -1 stands for drawn ones."""
    if seeds is None:
        return np.full((1, size), -1, np.int64)
    given = np.atleast_2d(np.asarray(seeds, np.int64))
    if given.size and not (given.min() >= 0 and given.max() < net.n):
        raise BadParameter(f"seeds are places from 0 to {net.n - 1}")
    if len(given) not in (1, replicates):
        raise BadParameter(f"{len(given)} rows of seeds for {replicates} replicates")
    return np.ascontiguousarray(given)


@attrs.define(slots=True, eq=False)
class _Plan:
    """What an ensemble runs."""

    net: Spread
    thresholds: Any
    rule: str
    seed: int
    first: int
    replicates: int
    rows: Ints

    def counted(self, workers: int | None) -> Ensemble:
        """All weights 1 and a single layer: whole blocks of replicates in compiled code."""
        work = self.replicates * max(len(self.net.slot), self.net.n)
        many_hands = (
            workers
            if workers is not None
            else (
                1
                if work < SMALL
                else len(os.sched_getaffinity(0))
                if hasattr(os, "sched_getaffinity")
                else os.cpu_count() or 1
            )
        )
        edges = np.linspace(0, self.replicates, max(many_hands, 1) + 1).astype(int)
        spans = [(int(a), int(b)) for a, b in itertools.pairwise(edges) if b > a]
        parts = self._blocks(spans, LONG)
        longest = max(int(part[1].max()) for part in parts)
        if longest > LONG:
            parts = self._blocks(spans, longest)
        counts = np.concatenate([part[2][:, :longest] for part in parts])
        sizes = np.concatenate([part[0] for part in parts])
        adopted = np.sum([part[3] for part in parts], axis=0) / self.replicates
        curves = np.cumsum(counts, axis=1) / max(self.net.n, 1)
        return Ensemble(sizes, curves, adopted, self.net.n, self.seed)

    def _blocks(self, spans: list[tuple[int, int]], room: int) -> list[tuple[Any, ...]]:
        """Sizes, rounds, adopters by round and by node of each span of replicates."""
        if len(spans) == 1:
            return [self._block(*spans[0], room)]
        with ThreadPoolExecutor(len(spans)) as pool:
            jobs = [pool.submit(self._block, low, high, room) for low, high in spans]
            return [job.result() for job in jobs]

    def _block(self, low: int, high: int, room: int) -> tuple[Any, ...]:
        net, n = self.net, high - low
        need, a, b = np.empty((0, net.n), np.int32), 0.0, 0.0
        if not is_drawn(self.thresholds):
            need = net.whole(net.needs(self.thresholds, self.rule))
        elif distribution(self.thresholds)[0] == "uniform":
            _, a, b = distribution(self.thresholds)
        else:
            drawn = (
                draw_thresholds(self.seed, self.first + r, net.n, self.thresholds)
                for r in range(low, high)
            )
            need = np.concatenate([net.whole(net.needs(phi, self.rule)) for phi in drawn])
        keys = np.array([key_of(self.seed, self.first + r) for r in range(low, high)], np.uint64)
        rows = self.rows[low:high] if len(self.rows) > 1 else self.rows
        found = (
            np.zeros(n, np.int64),
            np.zeros(n, np.int64),
            np.zeros((n, room), np.int32),
            np.zeros(net.n, np.int64),
        )
        if len(need) == 1 and n >= FEW:
            side_by_side(
                net.start, net.slot, *net.incoming(), need[0], net.able(need[0]), rows, keys, *found
            )
        else:
            many(
                net.start,
                net.slot,
                net.total[0].astype(np.int64),
                need,
                rows,
                keys,
                a,
                b,
                self._relative(),
                *found,
            )
        return found

    def _relative(self) -> bool:
        if self.rule not in ("relative", "absolute"):
            raise BadParameter(f"rule={self.rule!r}: choose relative or absolute")
        return self.rule == "relative"

    def _each(self) -> Iterable[tuple[int, Floats, Ints]]:
        """Key, needs and seeds of each replicate."""
        fixed = None if is_drawn(self.thresholds) else self.net.needs(self.thresholds, self.rule)
        order = np.arange(self.net.n)
        for r in range(self.replicates):
            key = key_of(self.seed, self.first + r)
            need = fixed
            if need is None:
                phi = draw_thresholds(self.seed, self.first + r, self.net.n, self.thresholds)
                need = self.net.needs(phi, self.rule)
            row = self.rows[r if len(self.rows) > 1 else 0]
            if len(row) and row[0] < 0:
                row = np.empty(len(row), np.int64)
                draw_seeds(np.uint64(key), order, row)
            yield key, need, row

    def looped(self) -> Ensemble:
        """Weights or layers: one replicate after the other."""
        runner = _Runner(self.net)
        totals, adopted = [], np.zeros(self.net.n)
        for _, need, row in self._each():
            times = runner.rounds(need, row)
            there = times >= 0
            totals.append(np.cumsum(np.bincount(times[there], minlength=1)))
            adopted += there
        return self._ensemble(totals, adopted)

    def revised(self, reversible: bool, in_turn: bool, committed: bool, most: int) -> Ensemble:
        """Where nodes decide again, or in turn."""
        net, ends = self.net, [0, 0, 0]
        weight = net.weight[:0] if net.plain else net.weight
        totals, adopted = [], np.zeros(net.n)
        for key, need, row in self._each():
            state, held = np.zeros(net.n, np.bool_), np.zeros(net.n, np.bool_)
            state[row] = True
            held[row] = committed
            total = np.zeros(most + 1, np.int64)
            total[0] = state.sum()
            turns, end = revise(
                net.start,
                net.slot,
                weight,
                need.ravel(),
                held,
                state,
                (reversible, in_turn),
                np.uint64(key),
                most,
                total,
            )
            ends[end] += 1
            totals.append(total[: turns + 1])
            adopted += state
        found = self._ensemble(totals, adopted)
        return attrs.evolve(found, swinging=ends[1], stopped=ends[2])

    def _ensemble(self, totals: list[Any], adopted: Floats) -> Ensemble:
        curves = np.empty((len(totals), max(len(total) for total in totals)))
        for row, total in zip(curves, totals, strict=True):
            row[: len(total)] = total
            row[len(total) :] = total[-1]
        sizes = curves[:, -1].astype(np.int64)
        return Ensemble(
            sizes, curves / max(self.net.n, 1), adopted / self.replicates, self.net.n, self.seed
        )

"""Many cascades under one rule, by whichever kernel suits them."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, TypeAlias

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi_network.arrays import Floats, Ints
from jmdi_scaling.contagion.bits import side_by_side
from jmdi_scaling.contagion.kernels import draw_seeds, key_of, many, revise
from jmdi_scaling.contagion.runner import Runner
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.thresholds import Levels, distribution, draw_thresholds, is_drawn
from jmdi_scaling.facts.parameters import Rule

__all__ = ["Ensemble", "ensemble"]

Seeds: TypeAlias = Sequence[int] | Sequence[Sequence[int]] | Ints

LONG = 256
"""How many rounds there is room for at first."""

FEW = 8
"""From how many replicates on they are run side by side."""

SMALL = 20_000_000
"""Work, in ties, below which one thread does it all."""


@attrs.frozen(slots=True, eq=False)
class Ensemble:
    """Cascades under one rule with random seeds or thresholds.

    Attributes:
        sizes: How many nodes had adopted in the end, int64, by replicate.
        curves: Share of adopters after each round, float64, replicates by rounds.
        adopted: How often each node had adopted, float64, as a share of replicates.
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

    def bands(self) -> dict[str, list[float]]:
        """Mean and quantiles of the share of adopters after each round."""
        found = {"mean": self.curves.mean(axis=0).tolist()}
        for q in (0.05, 0.5, 0.95):
            found[f"q{round(q * 100):02d}"] = np.quantile(self.curves, q, axis=0).tolist()
        return found


def ensemble(
    net: Spread,
    thresholds: Levels,
    *,
    seeds: Seeds | None = None,
    size: int = 1,
    replicates: int = 1000,
    rule: Rule = "relative",
    seed: int = 0,
    first: int = 0,
    update: Literal["synchronous", "asynchronous"] = "synchronous",
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
    if min(replicates, rounds) < 1:
        raise BadParameter(f"replicates={replicates} and rounds={rounds} must be 1 or more")
    rows = _rows(net, seeds, size, replicates)
    plan = _Plan(net, thresholds, rule, seed, first, replicates, rows)
    if update == "asynchronous" or reversible:
        return plan.revised(reversible, update == "asynchronous", committed, rounds)
    return plan.counted(workers) if net.simple else plan.looped()


def _rows(net: Spread, seeds: Seeds | None, size: int, replicates: int) -> Ints:
    """Seeds as one row for all or one for each; a row of -1 means drawn ones."""
    if seeds is None:
        return np.full((1, size), -1, np.int64)
    given = np.atleast_2d(np.asarray(seeds, np.int64))
    if given.size and not (given.min() >= 0 and given.max() < net.n):
        raise BadParameter(f"seeds are places from 0 to {net.n - 1}")
    if len(given) not in (1, replicates):
        raise BadParameter(f"{len(given)} rows of seeds for {replicates} replicates")
    return np.ascontiguousarray(given)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Block: TypeAlias = tuple[Ints, Ints, Ints, Ints]
"""Of some replicates: how many adopt, how many rounds it takes, how many adopt in each round,
and how often each node does."""


@attrs.define(slots=True, eq=False)
class _Plan:
    """What an ensemble runs."""

    net: Spread
    thresholds: Levels
    rule: Rule
    seed: int
    first: int
    replicates: int
    rows: Ints

    def counted(self, workers: int | None) -> Ensemble:
        """All weights 1 and a single layer: whole blocks of replicates in compiled code."""
        work = self.replicates * max(len(self.net.slot), self.net.n)
        threads = workers
        if threads is None:
            threads = 1 if work < SMALL else _processors()
        edges = np.linspace(0, self.replicates, max(threads, 1) + 1).astype(int)
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

    def _blocks(self, spans: list[tuple[int, int]], room: int) -> list[Block]:
        """Each span of replicates, with room for so many rounds.

        By threads, not by the processes of `jmdi_network.workers`: the kernels hold no lock, and
        a thread has the ties without a copy.
        """
        if len(spans) == 1:
            return [self._block(*spans[0], room)]
        with ThreadPoolExecutor(len(spans)) as pool:
            jobs = [pool.submit(self._block, low, high, room) for low, high in spans]
            return [job.result() for job in jobs]

    def _block(self, low: int, high: int, room: int) -> Block:
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
        runner = Runner(self.net)
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

    def _ensemble(self, totals: list[Ints], adopted: Floats) -> Ensemble:
        curves = np.empty((len(totals), max(len(total) for total in totals)))
        for row, total in zip(curves, totals, strict=True):
            row[: len(total)] = total
            row[len(total) :] = total[-1]
        sizes = curves[:, -1].astype(np.int64)
        return Ensemble(
            sizes, curves / max(self.net.n, 1), adopted / self.replicates, self.net.n, self.seed
        )

"""One cascade after the other over the same ties, without new arrays for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_scaling.contagion.kernels import grow, spread
from jmdi_scaling.contagion.spread import Spread

__all__ = ["Runner"]


class Runner:
    """A Spread with working space that cascades share."""

    def __init__(self, spread: Spread) -> None:
        self.spread = spread
        self._weight = spread.weight[:0] if spread.plain else spread.weight
        self._rounds = np.empty(spread.n, np.int32)
        self._count = np.empty(spread.total.size, np.float64)
        self._queue = np.empty(spread.n + 1, np.int32)
        self._left = np.empty(spread.n, np.int32)

    def run(self, need: Floats, seeds: Sequence[int] | Ints) -> Ints:
        """The round in which each node adopts, int64; 0 for seeds and -1 for never.

        Args:
            need: What `Spread.needs` gives, float64, layers by nodes.
            seeds: Indices of the nodes that have adopted.
        """
        rounds: Ints = self.rounds(need, np.asarray(seeds, np.int64)).astype(np.int64)
        return rounds

    def rounds(self, need: Floats, seeds: Ints) -> Ints:
        """As `run`, int32; the next cascade overwrites it."""
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
        """How many adopt from some seeds, as a function that can be called often.

        Args:
            need: What `Spread.needs` gives, float64, layers by nodes.
        """
        if not self.spread.simple:
            return lambda seeds: int((self.rounds(need, np.array(seeds, np.int64)) >= 0).sum())
        whole, none = self.spread.whole(need)[0], np.empty(0, np.int32)
        start, target, left, queue = self.spread.start, self.spread.slot, self._left, self._queue

        def size(seeds: Sequence[int]) -> int:
            return int(grow(start, target, whole, np.array(seeds, np.int64), left, queue, none))

        return size

"""The compiled loops; the one place where numba is imported."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

__all__ = ["spread"]

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compiles a function on its first call, once for each machine: the cache is on disk."""
    numba: Any = importlib.import_module("numba")
    return cast("F", numba.njit(cache=True, nogil=True)(function))


@kernel
def spread(
    start: Any, slot: Any, weight: Any, need: Any, at_once: Any, seeds: Any, rounds: Any,
    count: Any, queue: Any,
) -> int:  # fmt: skip
    """One cascade, by events: each adopter is looked at once, in rounds.

    Args:
        start: Where the ties of each node begin, n + 1.
        slot: Layer and node that a tie of this node adds to, ``layer * n + node``.
        weight: What it adds; empty where that is 1 for all.
        need: What each slot needs, layers times n.
        at_once: Nodes that adopt by themselves in the first round.
        seeds: Nodes that have adopted.
        rounds: Filled with the round in which each node adopts, -1 for never.
        count: Working space, one for each slot.
        queue: Working space, one for each node.

    Returns:
        How many nodes have adopted.
    """
    n = len(start) - 1
    plain = len(weight) == 0
    rounds[:] = -1
    count[:] = 0.0
    done = 0
    for node in seeds:
        if rounds[node] < 0:
            rounds[node] = 0
            queue[done] = node
            done += 1
    head = 0
    for node in at_once:
        if rounds[node] < 0:
            rounds[node] = 1
            queue[done] = node
            done += 1
    # The seeds are looked at before those of round 1 that the queue holds behind them.
    while head < done:
        node = queue[head]
        head += 1
        now = rounds[node]
        for k in range(start[node], start[node + 1]):
            place = slot[k]
            other = place
            while other >= n:
                other -= n
            if rounds[other] < 0:
                count[place] += 1.0 if plain else weight[k]
                if count[place] >= need[place]:
                    rounds[other] = now + 1
                    queue[done] = other
                    done += 1
    return done

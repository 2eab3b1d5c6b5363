"""The compiled loops; the one place where numba is imported."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

__all__ = ["draw_seeds", "grow", "key_of", "many", "reach", "revise", "side_by_side", "spread",
           "uniforms"]

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


SEED = -1
"""Stands for what a seed still needs: it is counted down, and so never comes to 0."""
GAMMA = 0x9E3779B97F4A7C15
MASK = 0xFFFFFFFFFFFFFFFF


def _mixed(x: int) -> int:
    """The output function of SplitMix64 (Steele, Lea & Flood 2014)."""
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return x ^ (x >> 31)


def key_of(seed: int, replicate: int) -> int:
    """The key of a replicate's stream of random numbers."""
    return _mixed((_mixed(seed + GAMMA & MASK) + replicate * GAMMA) & MASK)


@kernel
def number(key: Any, k: Any) -> Any:
    """The k-th number of the stream with a key: SplitMix64, a function of key and counter."""
    x = key + (k + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def uniforms(key: Any, low: Any, high: Any, out: Any) -> None:
    """Numbers between low and high, from the second half of the stream."""
    for k in range(len(out)):
        whole = number(key, np.uint64(k) + np.uint64(0x8000000000000000)) >> np.uint64(11)
        out[k] = low + (high - low) * (np.float64(whole) * 2.0**-53)


@kernel
def draw_seeds(key: Any, order: Any, out: Any) -> None:
    """Different nodes, each set as likely: a shuffle that stops early, and is then taken back.

    Args:
        key: Key of the stream.
        order: 0, 1, …, n - 1; left as it was.
        out: The nodes.
    """
    n, size = len(order), len(out)
    for i in range(size):
        share = np.float64(number(key, np.uint64(i)) >> np.uint64(11)) * 2.0**-53
        j = i + int(share * (n - i))
        order[i], order[j] = order[j], order[i]
        out[i] = order[i]
    for i in range(size - 1, -1, -1):
        share = np.float64(number(key, np.uint64(i)) >> np.uint64(11)) * 2.0**-53
        j = i + int(share * (n - i))
        order[i], order[j] = order[j], order[i]


@kernel
def reach(
    start: Any, target: Any, left: Any, queue: Any, first: Any, done: Any, counts: Any
) -> Any:
    """One cascade over ties that all weigh 1: each adopter is looked at once.

    Args:
        start: Where the ties of each node begin, n + 1.
        target: The nodes that they lead to.
        left: How many more adopters each node needs; 0 for those in the queue.
        queue: The seeds and then those that adopt by themselves; filled with all adopters.
        first: How many seeds there are.
        done: How many the queue holds.
        counts: Filled with how many adopt in each round, as far as it is long.

    Returns:
        How many have adopted, and how many rounds it took, the seeds' included.
    """
    low, high, turn, last = 0, first, 0, np.uint64(done)
    while True:
        if turn < len(counts):
            counts[turn] = high - low
        turn += 1
        for place in range(low, high):
            node = queue[place]
            tie, end = np.uint64(start[node]), np.uint64(start[node + 1])
            while tie < end:
                # Without a branch: the place behind the last is overwritten until one stays.
                other = np.uint64(target[tie])
                tie += np.uint64(1)
                rest = left[other] - 1
                left[other] = rest
                queue[last] = other
                last += np.uint64(rest == 0)
        if np.uint64(high) == last:
            return high, turn
        low, high = high, np.int64(last)


@kernel
def begin(start: Any, target: Any, left: Any, seeds: Any, queue: Any, counts: Any) -> Any:
    """One cascade from seeds, as `reach` gives it; ``left`` is what each node needs."""
    done = 0
    for node in seeds:
        if left[node] != SEED:
            left[node] = SEED
            queue[done] = node
            done += 1
    first = done
    for node in range(len(left)):
        if left[node] == 0:
            queue[done] = node
            done += 1
    return reach(start, target, left, queue, first, done, counts)


@kernel
def grow(
    start: Any, target: Any, need: Any, seeds: Any, left: Any, queue: Any, counts: Any
) -> Any:
    """How many adopt in one cascade from seeds; ``left`` and ``queue`` are working space."""
    left[:] = need
    return begin(start, target, left, seeds, queue, counts)[0]


@kernel
def many(
    start: Any, target: Any, ties_of: Any, need: Any, seeds: Any, keys: Any, low: Any, high: Any,
    relative: Any, sizes: Any, turns: Any, counts: Any, adopted: Any,
) -> None:  # fmt: skip
    """Cascades one after the other over ties that all weigh 1.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        ties_of: How many ties each node has.
        need: Adopters that each node needs, one row for all replicates or one for each; without
            a row thresholds are drawn between low and high.
        seeds: Seeds, one row for all or one for each; a row of -1 is drawn.
        keys: Key of each replicate's stream.
        low: Least threshold that is drawn.
        high: Highest threshold that is drawn.
        relative: Whether drawn thresholds are shares of the ties of the node.
        sizes: Filled with how many adopt, by replicate.
        turns: Filled with the number of rounds.
        counts: Filled with how many adopt in each round.
        adopted: How often each node adopts is added to it.
    """
    n = len(start) - 1
    left, queue = np.empty(n, np.int32), np.empty(n + 1, np.int32)
    order, drawn = np.arange(n), np.empty(seeds.shape[1], np.int64)
    phi = np.empty(n if len(need) == 0 else 0, np.float64)
    for r in range(len(keys)):
        row = seeds[r if len(seeds) > 1 else 0]
        if len(row) > 0 and row[0] < 0:
            draw_seeds(keys[r], order, drawn)
            row = drawn
        if len(need) > 0:
            left[:] = need[r if len(need) > 1 else 0]
        else:
            uniforms(keys[r], low, high, phi)
            wanted(ties_of, phi, relative, left)
        sizes[r], turns[r] = begin(start, target, left, row, queue, counts[r])
        for place in range(sizes[r]):
            adopted[queue[place]] += 1


@kernel
def wanted(ties_of: Any, phi: Any, relative: Any, left: Any) -> None:
    """How many adopters each node needs; n + 1 where none suffice, 0 where none are needed."""
    n = len(phi)
    for node in range(n):
        ties = ties_of[node]
        if phi[node] <= 0:
            left[node] = 0
        elif ties == 0:
            left[node] = n + 1
        elif relative:
            count = math.ceil(phi[node] * ties - 1e-9)
            left[node] = min(max(count if count / ties >= phi[node] else count + 1, 1), n + 1)
        else:
            left[node] = min(max(math.ceil(phi[node]), 1), n + 1)


@kernel
def side_by_side(
    start: Any, target: Any, offset: Any, planes: Any, at_once: Any, seeds: Any, keys: Any,
    sizes: Any, turns: Any, counts: Any, adopted: Any,
) -> None:  # fmt: skip
    """Up to 64 cascades at a time over ties that all weigh 1, one bit of a word for each.

    What a node still needs beyond one adopter is a number written across words, one for each
    binary place. An adopter takes one away from its neighbours; the cascades in which nothing
    was left to borrow from are those in which the neighbour adopts.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        offset: Where the words of each node begin.
        planes: The words that each node begins with.
        at_once: Nodes that adopt by themselves in the first round.
        seeds: As in `many`.
        keys: As in `many`.
        sizes: As in `many`.
        turns: As in `many`.
        counts: As in `many`.
        adopted: As in `many`.
    """
    n, none = len(start) - 1, np.uint64(0)
    rest, order = np.empty(len(planes), np.uint64), np.arange(n)
    drawn = np.empty(seeds.shape[1], np.int64)
    there, fresh, coming = np.empty(n, np.uint64), np.empty(n, np.uint64), np.zeros(n, np.uint64)
    front, behind = np.empty(n + 1, np.int32), np.empty(n + 1, np.int32)
    sums, new = np.zeros(34, np.uint64), np.zeros(64, np.int64)
    for base in range(0, len(keys), 64):
        lanes = min(64, len(keys) - base)
        everyone = ~none if lanes == 64 else (np.uint64(1) << np.uint64(lanes)) - np.uint64(1)
        rest[:] = planes
        there[:] = none
        size = 0
        for lane in range(lanes):
            row = seeds[base + lane if len(seeds) > 1 else 0]
            if len(row) > 0 and row[0] < 0:
                draw_seeds(keys[base + lane], order, drawn)
                row = drawn
            for node in row:
                if there[node] == none:
                    front[size] = node
                    size += 1
                there[node] |= np.uint64(1) << np.uint64(lane)
        for place in range(size):
            fresh[front[place]] = there[front[place]]
        waiting = 0
        for node in at_once:
            coming[node] = everyone
            behind[waiting] = node
            waiting += 1
        turn = 0
        while True:
            sums[:] = none
            for place in range(size):
                carry, k = fresh[front[place]], 0
                while carry != none:
                    before = sums[k]
                    sums[k] = before ^ carry
                    carry &= before
                    k += 1
            tally(sums, new)
            for lane in range(lanes):
                if turn < counts.shape[1]:
                    counts[base + lane, turn] = new[lane]
                if new[lane] > 0 or turn == 0:
                    turns[base + lane] = turn + 1
                sizes[base + lane] += new[lane]
            turn += 1
            for place in range(size):
                node = front[place]
                gone = fresh[node]
                for tie in range(start[node], start[node + 1]):
                    other = target[tie]
                    borrow, k, end = gone, offset[other], offset[other + 1]
                    while borrow != none and k < end:
                        word = rest[k]
                        rest[k] = word ^ borrow
                        borrow &= ~word
                        k += 1
                    if borrow != none:
                        behind[waiting] = other
                        waiting += coming[other] == none
                        coming[other] |= borrow
            size = 0
            for place in range(waiting):
                node = behind[place]
                found = coming[node] & ~there[node]
                coming[node] = none
                if found != none:
                    there[node] |= found
                    fresh[node] = found
                    front[size] = node
                    size += 1
            waiting = 0
            if size == 0:
                break
        for node in range(n):
            adopted[node] += ones(there[node])


@kernel
def ones(word: Any) -> Any:
    """How many bits of a word are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    pairs = np.uint64(0x3333333333333333)
    word = (word & pairs) + ((word >> np.uint64(2)) & pairs)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def tally(sums: Any, out: Any) -> None:
    """The numbers that are written across words, one for each bit."""
    for lane in range(64):
        total = 0
        for k in range(len(sums)):
            total += np.int64((sums[k] >> np.uint64(lane)) & np.uint64(1)) << k
        out[lane] = total


@kernel
def revise(
    start: Any, slot: Any, weight: Any, need: Any, held: Any, state: Any, flags: Any, key: Any,
    most: Any, totals: Any,
) -> Any:  # fmt: skip
    """Adoption that every node reconsiders in each round, at once or one after the other.

    Args:
        start: As in `spread`.
        slot: As in `spread`.
        weight: As in `spread`.
        need: As in `spread`.
        held: Which nodes never change.
        state: Which nodes have adopted; changed in place.
        flags: Whether adoption can be given up, and whether nodes decide one after the other.
        key: Key of the stream that orders them.
        most: How many rounds at most.
        totals: Filled with how many have adopted after each round.

    Returns:
        How many rounds it took, and 0 when it came to rest, 1 when it swings between two
        states, 2 when it was stopped.
    """
    n, slots = len(start) - 1, len(need)
    reversible, in_turn = flags
    count, order = np.zeros(slots), np.arange(n)
    old, older = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    plain = len(weight) == 0
    adopted = 0
    for node in range(n):
        if state[node]:
            adopted += 1
            for k in range(start[node], start[node + 1]):
                count[slot[k]] += 1.0 if plain else weight[k]
    drawn = np.uint64(0x4000000000000000)
    for turn in range(1, most + 1):
        older[:] = old
        old[:] = state
        if in_turn:
            for i in range(n - 1):
                share = np.float64(number(key, drawn) >> np.uint64(11)) * 2.0**-53
                drawn += np.uint64(1)
                j = i + int(share * (n - i))
                order[i], order[j] = order[j], order[i]
        for pass_ in range(1 if in_turn else 2):
            for node in order:
                if in_turn or pass_ == 0:
                    wants = False
                    for place in range(node, slots, n):
                        wants = wants or count[place] >= need[place]
                    if held[node] or (state[node] and not reversible):
                        wants = state[node]
                    state[node] = wants
                if state[node] != old[node] and (in_turn or pass_ == 1):
                    change = 1.0 if state[node] else -1.0
                    adopted += 1 if state[node] else -1
                    for k in range(start[node], start[node + 1]):
                        count[slot[k]] += change if plain else change * weight[k]
        totals[turn] = adopted
        if (state == old).all():
            return turn, 0
        if turn > 1 and not in_turn and (state == older).all():
            return turn, 1
    return most, 2

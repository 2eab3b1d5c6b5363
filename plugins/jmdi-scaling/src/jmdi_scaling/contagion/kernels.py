"""The compiled loops over one cascade after the other."""

from __future__ import annotations

import functools
import math

import numpy as np

from jmdi_network.arrays import Floats, Ints, Whole
from jmdi_network.kernels.jit import kernel
from jmdi_network.kernels.streams import random_bits

__all__ = ["draw_seeds", "grow", "key_of", "many", "revise", "spread", "uniforms"]


@kernel
def spread(
    start: Ints,
    slot: Ints,
    weight: Floats,
    need: Floats,
    at_once: Ints,
    seeds: Ints,
    rounds: Ints,
    count: Floats,
    queue: Ints,
) -> int:
    """One cascade, by events: each adopter is looked at once, in rounds.

    Args:
        start: Where the ties of each node begin, int64, n + 1.
        slot: Layer and node that a tie of this node adds to, ``layer * n + node``, int32.
        weight: What it adds, float64; empty where that is 1 for all.
        need: What each slot needs, float64, layers times n.
        at_once: Nodes that adopt by themselves in the first round, int64.
        seeds: Nodes that have adopted, int64.
        rounds: Filled with the round in which each node adopts, int32, n; -1 for never.
        count: Working space, float64, layers times n.
        queue: Working space, int32, n or more.

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


@functools.cache
def _start(seed: int) -> int:
    return _mixed(seed + GAMMA & MASK)


def key_of(seed: int, replicate: int) -> int:
    """The key of a replicate's stream of random numbers."""
    return _mixed((_start(seed) + replicate * GAMMA) & MASK)


@kernel
def uniforms(key: Whole, low: float, high: float, out: Floats) -> None:
    """Fills ``out``, float64, with numbers between low and high.

    They are of the second half of the stream, the seeds of the first, so that neither depends
    on how many of the other are drawn.
    """
    for k in range(len(out)):
        whole = random_bits(key, np.uint64(k) + np.uint64(0x8000000000000000)) >> np.uint64(11)
        out[k] = low + (high - low) * (np.float64(whole) * 2.0**-53)


@kernel
def draw_seeds(key: Whole, order: Ints, out: Ints) -> None:
    """Different nodes, each set as likely: a shuffle that stops early, and is then taken back.

    Args:
        key: Key of the stream.
        order: 0, 1, …, n - 1, int64; left as it was.
        out: Filled with the nodes, int64.
    """
    n, size = len(order), len(out)
    for i in range(size):
        share = np.float64(random_bits(key, np.uint64(i)) >> np.uint64(11)) * 2.0**-53
        j = i + int(share * (n - i))
        order[i], order[j] = order[j], order[i]
        out[i] = order[i]
    for i in range(size - 1, -1, -1):
        share = np.float64(random_bits(key, np.uint64(i)) >> np.uint64(11)) * 2.0**-53
        j = i + int(share * (n - i))
        order[i], order[j] = order[j], order[i]


@kernel
def reach(
    start: Ints, target: Ints, left: Ints, queue: Ints, first: Whole, done: Whole, counts: Ints
) -> tuple[Whole, Whole]:
    """One cascade over ties that all weigh 1: each adopter is looked at once.

    Args:
        start: Where the ties of each node begin, int64, n + 1.
        target: The nodes that they lead to, int32.
        left: How many more adopters each node needs, int32, n; 0 for those in the queue.
        queue: The seeds and then those that adopt by themselves, int32, n + 1; filled with all
            adopters.
        first: How many seeds there are.
        done: How many the queue holds.
        counts: Filled with how many adopt in each round, int32, as far as it is long.

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
def begin(
    start: Ints, target: Ints, left: Ints, seeds: Ints, queue: Ints, counts: Ints
) -> tuple[Whole, Whole]:
    """One cascade from seeds, as `reach` gives it.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        left: How many adopters each node needs, int32, n; changed in place.
        seeds: Nodes that have adopted, int64.
        queue: Filled with all adopters, int32, n + 1.
        counts: As in `reach`.
    """
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
    start: Ints, target: Ints, need: Ints, seeds: Ints, left: Ints, queue: Ints, counts: Ints
) -> Whole:
    """How many adopt in one cascade from seeds.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        need: How many adopters each node needs, int32, n.
        seeds: Nodes that have adopted, int64.
        left: Working space, int32, n.
        queue: Working space, int32, n + 1.
        counts: As in `reach`.
    """
    left[:] = need
    return begin(start, target, left, seeds, queue, counts)[0]


@kernel
def many(
    start: Ints,
    target: Ints,
    ties_of: Ints,
    need: Ints,
    seeds: Ints,
    keys: Ints,
    low: float,
    high: float,
    relative: bool,
    sizes: Ints,
    turns: Ints,
    counts: Ints,
    adopted: Ints,
) -> None:
    """Cascades one after the other over ties that all weigh 1.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        ties_of: How many ties each node has, int64, n.
        need: Adopters that each node needs, int32, one row of n for all replicates or one for
            each; without a row thresholds are drawn between low and high.
        seeds: Seeds, int64, one row for all or one for each; a row of -1 is drawn.
        keys: Key of each replicate's stream, uint64.
        low: Least threshold that is drawn.
        high: Highest threshold that is drawn.
        relative: Whether drawn thresholds are shares of the ties of the node.
        sizes: Filled with how many adopt, int64, by replicate.
        turns: Filled with the number of rounds, int64, by replicate.
        counts: Filled with how many adopt in each round, int32, replicates by rounds.
        adopted: How often each node adopts is added to it, int64, n.
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
def wanted(ties_of: Ints, phi: Floats, relative: bool, left: Ints) -> None:
    """How many adopters each node needs; n + 1 where none suffice, 0 where none are needed.

    Args:
        ties_of: How many ties each node has, int64, n.
        phi: The threshold of each, float64, n.
        relative: Whether thresholds are shares of the ties of the node.
        left: Filled with the numbers, int32, n.
    """
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
def revise(
    start: Ints,
    slot: Ints,
    weight: Floats,
    need: Floats,
    held: Ints,
    state: Ints,
    flags: tuple[bool, bool],
    key: Whole,
    most: int,
    totals: Ints,
) -> tuple[Whole, Whole]:
    """Adoption that every node reconsiders in each round, at once or one after the other.

    Args:
        start: As in `spread`.
        slot: As in `spread`.
        weight: As in `spread`.
        need: As in `spread`.
        held: Which nodes never change, bool, n.
        state: Which nodes have adopted, bool, n; changed in place.
        flags: Whether adoption can be given up, and whether nodes decide one after the other.
        key: Key of the stream that orders them.
        most: How many rounds at most.
        totals: Filled with how many have adopted after each round, int64, most + 1.

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
                share = np.float64(random_bits(key, drawn) >> np.uint64(11)) * 2.0**-53
                drawn += np.uint64(1)
                j = i + int(share * (n - i))
                order[i], order[j] = order[j], order[i]
        for pass_ in range(1 if in_turn else 2):
            for step in range(n):
                node = int(order[step])
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

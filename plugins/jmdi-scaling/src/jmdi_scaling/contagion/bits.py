"""The compiled loops over 64 cascades at a time, one bit of every word for each."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Ints, Whole
from jmdi_network.kernels.jit import kernel
from jmdi_scaling.contagion.kernels import draw_seeds

__all__ = ["side_by_side"]


@kernel
def side_by_side(
    start: Ints,
    target: Ints,
    in_start: Ints,
    incoming: Ints,
    need: Ints,
    able: Ints,
    seeds: Ints,
    keys: Ints,
    sizes: Ints,
    turns: Ints,
    counts: Ints,
    adopted: Ints,
) -> None:
    """Cascades over ties that all weigh 1, 64 at a time: each has one bit of every word.

    Args:
        start: As in `reach`.
        target: As in `reach`.
        in_start: Where those begin that each node is exposed to.
        incoming: The nodes that it is exposed to.
        need: Adopters that each node needs; 0 for none.
        able: The nodes that can adopt, those that need the fewest first: like next to like, so
            that the processor guesses right which way each goes.
        seeds: As in `many`.
        keys: As in `many`.
        sizes: As in `many`.
        turns: As in `many`.
        counts: As in `many`.
        adopted: As in `many`.
    """
    n, none, one = len(start) - 1, np.uint64(0), np.uint64(1)
    order, drawn = np.arange(n), np.empty(seeds.shape[1], np.int64)
    there, fresh = np.empty(n, np.uint64), np.empty(n, np.uint64)
    front, found = np.empty(n + 1, np.int32), np.empty(n + 1, np.int32)
    marked, near = np.zeros(n, np.bool_), np.empty(n, np.int64)
    planes, sums, new = np.empty(34, np.uint64), np.zeros(34, np.uint64), np.zeros(64, np.int64)
    for base in range(0, len(keys), 64):
        lanes = min(64, len(keys) - base)
        everyone = ~none if lanes == 64 else (one << np.uint64(lanes)) - one
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
                there[node] |= one << np.uint64(lane)
        for place in range(size):
            fresh[front[place]] = there[front[place]]
        turn = 0
        while size > 0 or turn <= 1:
            tally(front, fresh, size, sums, new)
            for lane in range(lanes):
                if turn < counts.shape[1]:
                    counts[base + lane, turn] = new[lane]
                if new[lane] > 0 or turn == 0:
                    turns[base + lane] = turn + 1
                sizes[base + lane] += new[lane]
            turn += 1
            many_near = turn == 1 or size * 8 > n
            some = 0
            if not many_near:
                for place in range(size):
                    for tie in range(start[front[place]], start[front[place] + 1]):
                        other = target[tie]
                        if not marked[other]:
                            marked[other] = True
                            near[some] = other
                            some += 1
            for place in range(some):
                marked[near[place]] = False
            size = look(
                able if many_near else near[:some],
                in_start,
                incoming,
                there,
                need,
                everyone,
                planes,
                fresh,
                found,
            )
            for place in range(size):
                there[found[place]] |= fresh[found[place]]
            front, found = found, front
        for node in range(n):
            adopted[node] += ones(there[node])


@kernel
def look(
    nodes: Ints,
    start: Ints,
    target: Ints,
    there: Ints,
    need: Ints,
    everyone: Whole,
    planes: Ints,
    fresh: Ints,
    found: Ints,
) -> Whole:
    """In which cascades, as bits, nodes adopt now; those that do in one are listed and counted."""
    size, none, step = np.int64(0), np.uint64(0), np.uint64(1)
    for place in range(len(nodes)):
        node = np.uint64(nodes[place])
        here, few = there[node], need[node]
        if here == everyone:
            continue
        if few <= 2:
            one, two, whole = none, none, few <= 0
            tie, end = np.uint64(start[node]), np.uint64(start[node + step])
            while tie < end:
                word = there[np.uint64(target[tie])]
                tie += step
                two |= one & word
                one |= word
            word = everyone if whole else (one if few == 1 else two)
        else:
            word = exposed(start, target, there, node, few, planes)
        word &= everyone & ~here
        # Without a branch: the place behind the last is overwritten until one stays.
        fresh[node] = word
        found[size] = node
        size += np.int64(word != none)
    return size


@kernel
def exposed(
    start: Ints, target: Ints, there: Ints, node: Whole, need: Whole, planes: Ints
) -> Whole:
    """In which cascades, as bits, three or more of those that a node is exposed to suffice."""
    none = np.uint64(0)
    tie, end, step = np.uint64(start[node]), np.uint64(start[node + np.uint64(1)]), np.uint64(1)
    # Bits of a: at least one has adopted; of b: two; of c: three; of d: four.
    a, b, c, d = none, none, none, none
    if need <= 4:
        while tie < end:
            word = there[np.uint64(target[tie])]
            tie += step
            d |= c & word
            c |= b & word
            b |= a & word
            a |= word
        return c if need == 3 else d
    # What is missing beyond one adopter, written across planes; adopters take away from it, and
    # where there is nothing left to borrow from they are enough.
    size, enough = 0, none
    while (need - 1) >> size:
        planes[size] = ~none if ((need - 1) >> size) & 1 else none
        size += 1
    while tie < end:
        borrow, k = there[np.uint64(target[tie])], 0
        tie += step
        while borrow != none and k < size:
            word = planes[k]
            planes[k] = word ^ borrow
            borrow &= ~word
            k += 1
        enough |= borrow
    return enough


@kernel
def ones(word: Whole) -> Whole:
    """How many bits of a word are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    pairs = np.uint64(0x3333333333333333)
    word = (word & pairs) + ((word >> np.uint64(2)) & pairs)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def tally(nodes: Ints, words: Ints, size: Whole, sums: Ints, out: Ints) -> None:
    """For each of 64 bits, in how many of the nodes' words it is set."""
    none = np.uint64(0)
    sums[:] = none
    units, twos = none, none
    fours = size - size % 4
    for place in range(0, fours, 4):
        # Four words at a time, by full adders; what is carried to the fours goes on as below.
        a, b = words[nodes[place]], words[nodes[place + 1]]
        c, d = words[nodes[place + 2]], words[nodes[place + 3]]
        two = (units & a) | ((units ^ a) & b)
        units ^= a ^ b
        more = (units & c) | ((units ^ c) & d)
        units ^= c ^ d
        carry, k = (twos & two) | ((twos ^ two) & more), 2
        twos ^= two ^ more
        while carry != none:
            before = sums[k]
            sums[k] = before ^ carry
            carry &= before
            k += 1
    sums[0], sums[1] = units, twos
    for place in range(fours, size):
        carry, k = words[nodes[place]], 0
        while carry != none:
            before = sums[k]
            sums[k] = before ^ carry
            carry &= before
            k += 1
    for lane in range(64):
        out[lane] = 0
        for k in range(len(sums)):
            out[lane] += np.int64((sums[k] >> np.uint64(lane)) & np.uint64(1)) << k

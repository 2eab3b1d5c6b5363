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
        in_start: Where those begin that each node is exposed to, int64, n + 1.
        incoming: The nodes that it is exposed to, int32.
        need: Adopters that each node needs, int32, n; 0 for none.
        able: The nodes that can adopt, int64, those that need the fewest first: like next to
            like, so that the processor guesses right which way each goes.
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
    # Counters of 34 bits: enough for 2^32 nodes and two more to carry into.
    planes, sums, new = np.empty(34, np.uint64), np.zeros(34, np.uint64), np.zeros(64, np.int64)
    for base in range(0, len(keys), 64):
        lanes = min(64, len(keys) - base)
        everyone = ~none if lanes == 64 else (one << np.uint64(lanes)) - one
        size = sow(seeds, keys, base, lanes, order, drawn, there, fresh, front)
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
            nodes = able
            # Where few are new, only those exposed to them can change; in the first round those
            # that need nobody can too.
            if turn > 1 and size * 8 <= n:
                nodes = near[: exposed_to(front, size, start, target, marked, near)]
            size = look(nodes, in_start, incoming, there, need, everyone, planes, fresh, found)
            for place in range(size):
                there[found[place]] |= fresh[found[place]]
            front, found = found, front
        for node in range(n):
            adopted[node] += ones(there[node])


@kernel
def sow(
    seeds: Ints,
    keys: Ints,
    base: int,
    lanes: int,
    order: Ints,
    drawn: Ints,
    there: Ints,
    fresh: Ints,
    front: Ints,
) -> Whole:
    """The seeds of up to 64 cascades.

    Args:
        seeds: As in `many`.
        keys: As in `many`.
        base: Number of the first of the cascades.
        lanes: How many they are.
        order: 0, 1, …, n - 1, int64.
        drawn: Working space for a row of seeds, int64.
        there: Filled with the cascades that each node is in, uint64, n; a bit for each.
        fresh: Filled with the same for nodes that are in one.
        front: Filled with these nodes, int32.

    Returns:
        How many nodes are in one.
    """
    none, one = np.uint64(0), np.uint64(1)
    there[:] = none
    size = np.int64(0)
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
    return size


@kernel
def exposed_to(
    front: Ints, size: Whole, start: Ints, target: Ints, marked: Ints, near: Ints
) -> Whole:
    """Lists the nodes that are exposed to the new adopters, each once, and counts them.

    Args:
        front: The new adopters, int32.
        size: How many they are.
        start: As in `reach`.
        target: As in `reach`.
        marked: Working space, bool, n; all false before and after.
        near: Filled with the nodes, int64.
    """
    some = 0
    for place in range(size):
        for tie in range(start[front[place]], start[front[place] + 1]):
            other = target[tie]
            if not marked[other]:
                marked[other] = True
                near[some] = other
                some += 1
    for place in range(some):
        marked[near[place]] = False
    return some


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
    """In which cascades nodes adopt now; those that do in one are listed and counted.

    Args:
        nodes: The nodes that are looked at, int64.
        start: Where those begin that each node is exposed to, int64, n + 1.
        target: The nodes that it is exposed to, int32.
        there: In which cascades each node has adopted, uint64, n; a bit for each.
        need: Adopters that each node needs, int32, n.
        everyone: The bits of all cascades.
        planes: Working space of `exposed`.
        fresh: Filled with the cascades in which each node adopts now, uint64, n.
        found: Filled with the nodes that adopt in one, int32.
    """
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
    """In which cascades enough of those that a node is exposed to have adopted; three or more.

    Args:
        start: As in `look`.
        target: As in `look`.
        there: As in `look`.
        node: The node.
        need: How many it needs, 3 or more.
        planes: Working space, uint64, 34.

    Returns:
        The cascades as bits.
    """
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
    """For each of 64 bits, in how many of the nodes' words it is set.

    The counts are kept across words, one for each binary digit, so that a word is added to all
    64 of them at once.

    Args:
        nodes: The nodes, int32.
        words: A word for each node, uint64, n.
        size: How many of the nodes.
        sums: Working space, uint64, 34: a digit of all counts each.
        out: Filled with the counts, int64, 64.
    """
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

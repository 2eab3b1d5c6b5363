"""Swaps of undirected ties where a bit for each pair of nodes stays in cache; and sorting.

The proposals are those of `jmdi_network.kernels.rewire.swap_undirected`, one by one, so that
both give the same network for the same stream.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Ints, Whole
from jmdi_network.kernels.jit import kernel
from jmdi_network.kernels.rewire import _two_ties

__all__ = ["LARGEST", "no_pairs", "order_of_ties", "swap_undirected_bits"]

LARGEST = 12_000
"""Most nodes for which the bits, half of n² of them, stay in cache."""


def no_pairs(nodes: int) -> Ints:
    """A bit for each pair of nodes, none set; uint32, 32 pairs in each."""
    return np.zeros(nodes * (nodes + 1) // 64 + 2, np.uint32)


@kernel
def _bit(a: Whole, b: Whole, n: Whole) -> Whole:
    """The place of a pair: pairs with lower first node come first.

    Those with first node ``low`` begin behind ``low(2n - 1 - low)/2`` others; what is missing
    to the second node is put into the same formula.
    """
    low = min(a, b)
    return np.uint64(((low * (2 * n - 3 - low)) >> 1) + max(a, b))


@kernel
def _flip(pairs: Ints, bit: Whole) -> None:
    pairs[bit >> np.uint64(5)] ^= np.uint32(1) << np.uint32(bit & np.uint64(31))


@kernel
def _is_set(pairs: Ints, bit: Whole) -> Whole:
    return (pairs[bit >> np.uint64(5)] >> np.uint32(bit & np.uint64(31))) & np.uint32(1)


@kernel
def swap_undirected_bits(
    source: Ints, target: Ints, n: Whole, pairs: Ints, key: Whole, tries: Whole
) -> int:
    """Swaps ends of two ties a–b, c–d to a–d, c–b or a–c, b–d; changes the arrays in place.

    Args:
        source: One end of each tie, int32, m.
        target: The other, int32, m.
        n: Number of nodes.
        pairs: What `no_pairs` gives; none are set afterwards either.
        key: The key of the random stream, uint64.
        tries: How many swaps are tried.

    Returns:
        How many tries changed the network.
    """
    for e in range(len(source)):
        _flip(pairs, _bit(np.int64(source[e]), np.int64(target[e]), n))
    done = 0
    for t in range(tries):
        one, two, a, b, c, d = _two_ties(source, target, key, t)
        if one == two or a in (c, d) or b in (c, d):
            continue
        ad, cb = _bit(a, d, n), _bit(c, b, n)
        if _is_set(pairs, ad) | _is_set(pairs, cb):
            continue
        _flip(pairs, _bit(a, b, n))
        _flip(pairs, _bit(c, d, n))
        _flip(pairs, ad)
        _flip(pairs, cb)
        target[one] = d
        source[two], target[two] = c, b
        done += 1
    for e in range(len(source)):
        _flip(pairs, _bit(np.int64(source[e]), np.int64(target[e]), n))
    return done


@kernel
def order_of_ties(source: Ints, target: Ints, n: Whole) -> Ints:
    """The places of ties by source and then target, int32, m: counted and dealt out by each."""
    m = len(source)
    ends = source, target
    order = np.arange(m, dtype=np.int32)
    for which in (1, 0):
        by = ends[which]
        begin = np.zeros(n + 1, np.int32)
        for e in range(m):
            begin[by[e] + 1] += 1
        for v in range(n):
            begin[v + 1] += begin[v]
        dealt = np.empty(m, np.int32)
        for k in range(m):
            end = by[order[k]]
            dealt[begin[end]] = order[k]
            begin[end] += 1
        order = dealt
    return order

"""Random networks with the degrees of a given one: a Markov chain of small exchanges.

Every proposal is as likely as its reverse, and one that would make a loop or a parallel tie
leaves the network as it is, so that all networks with these degrees are equally likely.

Source: Fosdick, Larremore, Nishimura & Ugander 2018, SIAM Review 60:315; Erdős, Király &
Miklós for reversals of directed three-cycles; Strona et al. 2014 and Godard & Neal 2022 for
trades between rows.
"""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Ints, Whole
from jmdi_network.kernels.jit import kernel
from jmdi_network.kernels.streams import random_bits

__all__ = [
    "empty_table",
    "kept_free",
    "swap_directed",
    "swap_undirected",
    "swap_undirected_connected",
    "trade",
]


MIXER = 0x1E3779B97F4A7C15
"""An odd number near 2^61 over the golden ratio: it spreads keys over the table."""


@kernel
def _place(table: Ints, mask: Whole, key: Whole) -> Whole:
    """Where a key stands in the table, or the empty place where it would."""
    place = ((key * MIXER) >> 32) & mask
    while table[place] != -1 and table[place] != key:
        place = (place + 1) & mask
    return place


@kernel
def _remove(table: Ints, mask: Whole, key: Whole) -> None:
    """Takes a key out and moves those up that stood behind it.

    A search stops at the first empty place, so that none may stay between a key and its home.
    """
    hole = _place(table, mask, key)
    table[hole] = -1
    place = (hole + 1) & mask
    while table[place] != -1:
        home = ((table[place] * MIXER) >> 32) & mask
        # distances round the table: the key may move up unless its home lies behind the hole
        if ((place - home) & mask) >= ((place - hole) & mask):
            table[hole] = table[place]
            table[place] = -1
            hole = place
        place = (place + 1) & mask


def empty_table(ties: int, nodes: int) -> Ints:
    """An open hash table, at most a quarter full of ties, small enough to stay in cache."""
    size = 16
    while size < 4 * ties:
        size *= 2
    # keys are below nodes², which int32 holds up to 46,340 nodes
    return np.full(size, -1, np.int32 if nodes < 46_000 else np.int64)


@kernel
def kept_free(table: Ints, keys: Ints) -> None:
    """Puts pairs into a table that shall not be tied: all swaps pass over them.

    Args:
        table: An `empty_table`, large enough for ties and pairs.
        keys: The pairs as ``source * n + target``, int64; undirected ones by the lower node.
    """
    mask = len(table) - 1
    for key in keys:
        table[_place(table, mask, key)] = key


@kernel
def _fill(table: Ints, source: Ints, target: Ints, n: Whole, directed: bool) -> None:
    mask = len(table) - 1
    for e in range(len(source)):
        a, b = np.int64(source[e]), np.int64(target[e])
        key = a * n + b if directed else _unordered(a, b, n)
        table[_place(table, mask, key)] = key


@kernel
def _unordered(a: Whole, b: Whole, n: Whole) -> Whole:
    """The key of a tie without a direction."""
    return a * n + b if a < b else b * n + a


@kernel
def _exchange(table: Ints, mask: Whole, ab: Whole, cd: Whole, ad: Whole, cb: Whole) -> None:
    """Takes the keys of two ties out and puts those of two others in."""
    _remove(table, mask, ab)
    _remove(table, mask, cd)
    table[_place(table, mask, ad)] = ad
    table[_place(table, mask, cb)] = cb


@kernel
def _first_of(bits: Whole, count: Whole) -> Whole:
    """A number below ``count`` from the upper 31 bits: count times them over 2^31.

    A product and a shift are faster than a remainder; the likelihoods of two numbers differ by
    less than ``count`` over 2^31.
    """
    return np.int64(((bits >> np.uint64(33)) * count) >> np.uint64(31))


@kernel
def _second_of(bits: Whole, count: Whole) -> Whole:
    """A number below ``count`` from the 31 bits below those; the two lowest bits are left over."""
    return np.int64((((bits >> np.uint64(2)) & np.uint64(0x7FFFFFFF)) * count) >> np.uint64(31))


@kernel
def _two_ties(
    source: Ints, target: Ints, key: Whole, count: Whole
) -> tuple[Whole, Whole, Whole, Whole, Whole, Whole]:
    """Numbers of two random ties and their four ends, those of the second in random order."""
    m = np.uint64(len(source))
    bits = random_bits(key, count)
    e, f = _first_of(bits, m), _second_of(bits, m)
    a, b = np.int64(source[e]), np.int64(target[e])
    c, d = np.int64(source[f]), np.int64(target[f])
    turned = (bits & np.uint64(1)) != 0
    return e, f, a, b, d if turned else c, c if turned else d


@kernel
def swap_undirected(
    source: Ints, target: Ints, n: Whole, table: Ints, key: Whole, tries: Whole
) -> int:
    """Swaps ends of two ties a–b, c–d to a–d, c–b or a–c, b–d; changes the arrays in place.

    Args:
        source: One end of each tie, int32, m.
        target: The other, int32, m.
        n: Number of nodes.
        table: An `empty_table`.
        key: The key of the random stream, uint64.
        tries: How many swaps are tried.

    Returns:
        How many tries changed the network.
    """
    _fill(table, source, target, n, False)
    mask = len(table) - 1
    done = 0
    for t in range(tries):
        e, f, a, b, c, d = _two_ties(source, target, key, t)
        if e == f or a in (c, d) or b in (c, d):
            continue
        ad, cb = _unordered(a, d, n), _unordered(c, b, n)
        if table[_place(table, mask, ad)] == ad or table[_place(table, mask, cb)] == cb:
            continue
        _exchange(table, mask, _unordered(a, b, n), _unordered(c, d, n), ad, cb)
        target[e] = d
        source[f], target[f] = c, b
        done += 1
    return done


@kernel
def _replace(indptr: Ints, near: Ints, v: Whole, old: Whole, new: Whole) -> None:
    for k in range(indptr[v], indptr[v + 1]):
        if near[k] == old:
            near[k] = new
            return


@kernel
def _joined(
    indptr: Ints, near: Ints, a: Whole, c: Whole, seen: Ints, stamp: Whole, queue: Ints
) -> bool:
    """Whether a path joins two nodes."""
    queue[0] = a
    seen[a] = stamp
    done = 0
    found = 1
    while done < found:
        v = queue[done]
        done += 1
        for k in range(indptr[v], indptr[v + 1]):
            w = near[k]
            if w == c:
                return True
            if seen[w] != stamp:
                seen[w] = stamp
                queue[found] = w
                found += 1
    return False


@kernel
def swap_undirected_connected(
    source: Ints, target: Ints, indptr: Ints, near: Ints, table: Ints, key: Whole, tries: Whole
) -> int:
    """As `swap_undirected`, without swaps that would tear the network apart.

    All connected networks with these degrees can be reached: Taylor 1981, Combinatorial
    Mathematics VIII:314.

    Args:
        source: One end of each tie of a connected network, int32, m.
        target: The other, int32, m.
        indptr: Index pointers of the symmetric adjacency, int64, n + 1.
        near: Its columns, int32, 2m; changed in place.
        table: An `empty_table`.
        key: The key of the random stream, uint64.
        tries: How many swaps are tried.
    """
    n = len(indptr) - 1
    _fill(table, source, target, n, False)
    mask = len(table) - 1
    seen = np.full(n, -1, np.int64)
    queue = np.empty(n, np.int64)
    done = 0
    for stamp in range(tries):
        e, f, a, b, c, d = _two_ties(source, target, key, stamp)
        if e == f or a in (c, d) or b in (c, d):
            continue
        ad, cb = _unordered(a, d, n), _unordered(c, b, n)
        if table[_place(table, mask, ad)] == ad or table[_place(table, mask, cb)] == cb:
            continue
        _replace(indptr, near, a, b, d)
        _replace(indptr, near, d, c, a)
        _replace(indptr, near, c, d, b)
        _replace(indptr, near, b, a, c)
        if not _joined(indptr, near, a, c, seen, stamp, queue):
            _replace(indptr, near, a, d, b)
            _replace(indptr, near, d, a, c)
            _replace(indptr, near, c, b, d)
            _replace(indptr, near, b, c, a)
            continue
        _exchange(table, mask, _unordered(a, b, n), _unordered(c, d, n), ad, cb)
        target[e] = d
        source[f], target[f] = c, b
        done += 1
    return done


@kernel
def swap_directed(
    source: Ints, target: Ints, indptr: Ints, table: Ints, key: Whole, tries: Whole, weak: bool
) -> int:
    """Swaps a→b, c→d to a→d, c→b, and reverses three-cycles; changes ``target`` in place.

    One try in four is a reversal: of a random tie a→b and a random tie b→c that c→a closes.
    Reversals are needed: without them some networks cannot be reached.

    Args:
        source: Where ties go from, in ascending order, int32, m.
        target: Where they go to, int32, m.
        indptr: Where the ties of each source begin, int64, n + 1.
        table: An `empty_table`.
        key: The key of the random stream, uint64.
        tries: How many swaps are tried.
        weak: Whether to refuse what would tear the network apart, direction ignored.
    """
    n = len(indptr) - 1
    m = np.uint64(len(source))
    _fill(table, source, target, n, True)
    mask = len(table) - 1
    root = np.empty(n, np.int64)
    done = 0
    for t in range(tries):
        bits = random_bits(key, t)
        e = _first_of(bits, m)
        a, b = np.int64(source[e]), np.int64(target[e])
        if bits & np.uint64(3):  # in three tries of four
            f = _second_of(bits, m)
            c, d = np.int64(source[f]), np.int64(target[f])
            if a in (c, d) or b in (c, d):
                continue
            ad, cb = a * n + d, c * n + b
            if table[_place(table, mask, ad)] == ad or table[_place(table, mask, cb)] == cb:
                continue
            target[e], target[f] = d, b
            if weak and not _whole(source, target, root):
                target[e], target[f] = b, d
                continue
            # not by _exchange, which makes this loop 8 % slower
            _remove(table, mask, a * n + b)
            _remove(table, mask, c * n + d)
            table[_place(table, mask, ad)] = ad
            table[_place(table, mask, cb)] = cb
            done += 1
            continue
        sent = np.uint64(indptr[b + 1] - indptr[b])
        if sent == np.uint64(0):
            continue
        f = indptr[b] + _second_of(bits, sent)
        c = np.int64(target[f])
        ca = c * n + a
        if c == a or table[_place(table, mask, ca)] != ca:
            continue
        ba, cb, ac = b * n + a, c * n + b, a * n + c
        if (
            table[_place(table, mask, ba)] == ba
            or table[_place(table, mask, cb)] == cb
            or table[_place(table, mask, ac)] == ac
        ):
            continue
        g = indptr[c]
        while g < indptr[c + 1] and target[g] != a:
            g += 1
        if g == indptr[c + 1]:  # not a tie: the table holds it so that it never becomes one
            continue
        target[e], target[f], target[g] = c, a, b
        _remove(table, mask, a * n + b)
        _remove(table, mask, b * n + c)
        _remove(table, mask, ca)
        table[_place(table, mask, ba)] = ba
        table[_place(table, mask, cb)] = cb
        table[_place(table, mask, ac)] = ac
        done += 1
    return done


@kernel
def _whole(source: Ints, target: Ints, root: Ints) -> bool:
    """Whether the network is in one piece, direction ignored.

    As `jmdi_network.kernels.cores.components`, but in working space: it is asked after each
    swap.

    Args:
        source: One end of each tie, int32, m.
        target: The other, int32, m.
        root: Working space, int64, n.
    """
    n = len(root)
    for v in range(n):
        root[v] = v
    parts = n
    for e in range(len(source)):
        a, b = source[e], target[e]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a != b:
            root[max(a, b)] = min(a, b)
            parts -= 1
    return parts == 1


@kernel
def trade(
    indptr: Ints,
    indices: Ints,
    free_indptr: Ints,
    free: Ints,
    columns: Whole,
    pairs: Ints,
    key: Whole,
) -> int:
    """Trades between pairs of rows: what only one of them has is dealt out anew.

    Args:
        indptr: Index pointers of the rows, int64.
        indices: Columns of each row, int64; changed in place.
        free_indptr: Index pointers of the cells that stay free, int64.
        free: Columns of each row that it never gets, int64; it has none of them.
        columns: How many columns there are.
        pairs: The two rows of each trade, int64, trades by 2.
        key: The key of the random stream, uint64.

    Returns:
        How many trades changed the matrix.
    """
    # 1: the first row has the column, 2: the second, 3: both
    has = np.zeros(columns, np.int8)
    cards = np.empty(len(indices), np.int64)
    mine = np.empty(len(indices), np.int64)
    yours = np.empty(len(indices), np.int64)
    taken = 0
    changed = 0
    for t in range(len(pairs)):
        i, j = pairs[t, 0], pairs[t, 1]
        if i == j:
            continue
        for k in range(indptr[i], indptr[i + 1]):
            has[indices[k]] += 1
        for k in range(indptr[j], indptr[j + 1]):
            has[indices[k]] += 2
        # what the other row may not have stays, as what both have does
        for row in (i, j):
            for k in range(free_indptr[row], free_indptr[row + 1]):
                has[free[k]] = 3
        size = 0
        own = 0
        for k in range(indptr[i], indptr[i + 1]):
            if has[indices[k]] == 1:
                mine[own] = k
                cards[size] = indices[k]
                own += 1
                size += 1
        theirs = 0
        for k in range(indptr[j], indptr[j + 1]):
            if has[indices[k]] == 2:
                yours[theirs] = k
                cards[size] = indices[k]
                theirs += 1
                size += 1
        for k in range(indptr[i], indptr[i + 1]):
            has[indices[k]] = 0
        for k in range(indptr[j], indptr[j + 1]):
            has[indices[k]] = 0
        for row in (i, j):
            for k in range(free_indptr[row], free_indptr[row + 1]):
                has[free[k]] = 0
        if own == 0 or theirs == 0:
            continue
        # Fisher and Yates' shuffle, stopped once the first row has its cards
        moved: Whole = 0
        for place in range(own):
            bits = random_bits(key, taken)
            taken += 1
            left = np.uint64(size - place)
            pick = place + np.int64(((bits >> np.uint64(32)) * left) >> np.uint64(32))
            # only a card of the other row changes the matrix
            moved |= pick >= own
            cards[place], cards[pick] = cards[pick], cards[place]
        for place in range(own):
            indices[mine[place]] = cards[place]
        for place in range(theirs):
            indices[yours[place]] = cards[own + place]
        changed += moved
    return changed

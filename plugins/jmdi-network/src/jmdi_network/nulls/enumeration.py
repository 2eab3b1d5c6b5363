"""All networks of a null model, one by one, where there are few enough of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, permutations, product

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi_network.arrays import Graph, Ints, graph_of
from jmdi_network.groups import is_known
from jmdi_network.nulls.drawn import observed_pairs, pair_keys, rebuilt, relabelled
from jmdi_network.nulls.models import permuted

__all__ = ["arrangements", "orders", "states"]

STEPS = 400_000
"""Exchanges that are looked at before giving up to enumerate networks with given degrees."""

Ties = frozenset[int]


def states(
    network: Network, name: str, limit: int, *, attributes: Sequence[str] | None, connected: bool
) -> list[Network] | None:
    """All networks of a null model, equally likely; ``None`` if there are more than ``limit``.

    Args:
        network: The observed network.
        name: The model.
        limit: Most networks.
        attributes: For ``labels``, the attributes that are permuted.
        connected: For ``rewire``, whether networks stay in one piece.
    """
    graph = graph_of(network)
    if limit < 1 or graph.n == 0:
        return None
    if name == "labels":
        return _labels(network, graph, limit, attributes)
    if name == "qap":
        return _permuted(network, graph, limit)
    weight = graph.any_weight
    if name in ("rewire", "curveball") and graph.m and not (weight == weight[0]).all():
        return None
    if name == "rewire":
        return _rewired(network, graph, limit, connected)
    if name == "curveball":
        return _traded(network, graph, limit)
    if name == "size":
        return _sized(network, graph, limit)
    return _counted(network, graph, limit, name)


def _labels(
    network: Network, graph: Graph, limit: int, attributes: Sequence[str] | None
) -> list[Network] | None:
    names = tuple(network.node_attributes if attributes is None else attributes)
    if not names:
        return None
    rows = list(zip(*(network.node_attributes[name] for name in names), strict=True))
    parts: list[list[int]] = [list(range(graph.n))]
    if network.mode is not None:
        parts = [[i for i in range(graph.n) if network.mode[i] == mode] for mode in (0, 1)]
    if len(names) == 1:
        parts = [[i for i in part if is_known(rows[i][0])] for part in parts]
    texts = sorted({str(row) for row in rows})
    place = {text: i for i, text in enumerate(texts)}
    code = [place[str(row)] for row in rows]
    first = {place[str(row)]: row for row in reversed(rows)}
    count = math.prod(arrangements(code[i] for i in part) for part in parts)
    if count > limit:
        return None
    made = []
    for dealt in product(*(orders(sorted(code[i] for i in part)) for part in parts)):
        new = list(rows)
        for part, codes in zip(parts, dealt, strict=True):
            for i, c in zip(part, codes, strict=True):
                new[i] = first[c]
        columns = dict(zip(names, zip(*new, strict=True), strict=True))
        made.append(relabelled(network, columns))
    return made


def arrangements(codes: Iterable[int]) -> int:
    """How many different orders these codes have."""
    counts: dict[int, int] = {}
    for code in codes:
        counts[code] = counts.get(code, 0) + 1
    return math.factorial(sum(counts.values())) // math.prod(map(math.factorial, counts.values()))


def orders(codes: list[int]) -> Iterator[tuple[int, ...]]:
    """All different orders of sorted codes, in lexicographic order."""
    codes = list(codes)
    while True:
        yield tuple(codes)
        i = len(codes) - 2
        while i >= 0 and codes[i] >= codes[i + 1]:
            i -= 1
        if i < 0:
            return
        j = len(codes) - 1
        while codes[j] <= codes[i]:
            j -= 1
        codes[i], codes[j] = codes[j], codes[i]
        codes[i + 1 :] = reversed(codes[i + 1 :])


def _permuted(network: Network, graph: Graph, limit: int) -> list[Network] | None:
    if graph.n > 12 or math.factorial(graph.n) > limit:
        return None
    orders = (np.array(order) for order in permutations(range(graph.n)))
    return [permuted(network, graph, to).network for to in orders]


def _sized(network: Network, graph: Graph, limit: int) -> list[Network] | None:
    pairs = graph.dyads - len(graph.unobserved)
    if pairs > 30 or 2**pairs > limit:
        return None
    every = (np.flatnonzero(bits) for bits in product((0, 1), repeat=pairs))
    return [_of_pairs(network, graph, numbers) for numbers in every]


def _of_pairs(network: Network, graph: Graph, numbers: Ints) -> Network:
    return rebuilt(network, graph, *observed_pairs(graph, numbers)).network


def _counted(network: Network, graph: Graph, limit: int, name: str) -> list[Network] | None:
    """Networks with as many ties, or as many mutual and one-sided pairs."""
    from jmdi_network.kernels.dyads import dyads

    if graph.m and not (graph.any_weight == 1).all():
        return None
    if name == "edges" or not graph.directed:
        pairs = graph.dyads - len(graph.unobserved)
        if math.comb(pairs, graph.m) > limit:
            return None
        chosen = (np.array(c, np.int64) for c in combinations(range(pairs), graph.m))
        return [_of_pairs(network, graph, numbers) for numbers in chosen]
    if len(graph.unobserved):
        return None
    half = attrs.evolve(graph, directed=False, cache={})
    mutual, one, none = dyads(graph)
    total = math.factorial(half.dyads) // math.prod(map(math.factorial, (mutual, one, none)))
    if total * 2**one > limit:
        return None
    made = []
    for kinds in orders([0] * mutual + [1] * one + [2] * none):
        low, high = pair_keys(half, np.arange(half.dyads))
        both, single = np.flatnonzero(np.array(kinds) == 0), np.flatnonzero(np.array(kinds) == 1)
        for turns in product((False, True), repeat=one):
            turn = np.array(turns, bool)
            source = [low[both], high[both], np.where(turn, high[single], low[single])]
            target = [high[both], low[both], np.where(turn, low[single], high[single])]
            ends = np.concatenate(source), np.concatenate(target)
            made.append(rebuilt(network, graph, *ends).network)
    return made


def _search(
    start: Ties, limit: int, moves: Callable[[Ties], Iterator[Ties | None]], hidden: Ties
) -> list[Ties] | None:
    """All states without hidden pairs that moves lead to, in order of discovery."""
    found: dict[Ties, None] = {start: None}
    queue = [start]
    steps = 0
    for state in queue:
        for other in moves(state):
            steps += 1
            if other is not None and other not in found and hidden.isdisjoint(other):
                if len(found) == limit:
                    return None
                found[other] = None
                queue.append(other)
            if steps > STEPS:
                return None
    return queue


def _rewired(network: Network, graph: Graph, limit: int, connected: bool) -> list[Network] | None:
    from jmdi_network.kernels.components import component_of

    n = graph.n
    start = frozenset((graph.source.astype(np.int64) * n + graph.target).tolist())
    moves = _directed_moves if graph.directed else _undirected_moves
    hidden = frozenset(graph.unobserved.tolist())
    found = _search(start, limit, lambda state: moves(state, n), hidden)
    if found is None:
        return None
    made = []
    for state in found:
        keys = np.array(sorted(state), np.int64)
        drawn = rebuilt(network, graph, keys // n, keys % n, np.arange(graph.m)).network
        if not connected or component_of(graph_of(drawn))[0] <= 1:
            made.append(drawn)
    return made


def _undirected_moves(state: Ties, n: int) -> Iterator[Ties | None]:
    for p, q in combinations(sorted(state), 2):
        (a, b), (c, d) = divmod(p, n), divmod(q, n)
        for e, f in (((a, d), (c, b)), ((a, c), (b, d))):
            if e[0] == e[1] or f[0] == f[1]:
                yield None
                continue
            new = {min(e) * n + max(e), min(f) * n + max(f)}
            yield None if new & state else (state - {p, q}) | new


def _directed_moves(state: Ties, n: int) -> Iterator[Ties | None]:
    ties = [divmod(key, n) for key in sorted(state)]
    for (a, b), (c, d) in combinations(ties, 2):
        new = {a * n + d, c * n + b}
        bad = a == d or c == b or len(new) < 2 or new & state
        yield None if bad else (state - {a * n + b, c * n + d}) | new
    for a, b in ties:
        for _, c in (tie for tie in ties if tie[0] == b):
            old, new = {a * n + b, b * n + c, c * n + a}, {b * n + a, c * n + b, a * n + c}
            yield (state - old) | new if old <= state and not new & state else None


def _traded(network: Network, graph: Graph, limit: int) -> list[Network] | None:
    """Matrices with the same sums of rows and columns, by exchanges of two cells."""
    n, mode = graph.n, network.mode
    assert mode is not None
    start = frozenset(
        (i * n + j if mode[i] == 0 else j * n + i)
        for i, j in zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    )

    def moves(state: Ties) -> Iterator[Ties | None]:
        for p, q in combinations(sorted(state), 2):
            (a, b), (c, d) = divmod(p, n), divmod(q, n)
            new = {a * n + d, c * n + b}
            yield None if a == c or b == d or new & state else (state - {p, q}) | new

    hidden = frozenset(
        key if mode[key // n] == 0 else key % n * n + key // n for key in graph.unobserved.tolist()
    )
    found = _search(start, limit, moves, hidden)
    if found is None:
        return None
    keys = [np.array(sorted(state), np.int64) for state in found]
    return [rebuilt(network, graph, k // n, k % n).network for k in keys]

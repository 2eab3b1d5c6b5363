"""Exact mean and standard deviation of brokerage counts in random networks with these groups.

Each count is a sum of indicators, one for each ordered triple a→v→b without a→b. Two triples
are dependent only through the ties that they share, and share ties only if they share two
nodes or all three; so it is enough to go through the ways in which they can overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any, TypeAlias

import attrs
import numpy as np

from jmdi_network.arrays import Floats, Graph, Ints
from jmdi_network.groups import Groups

__all__ = ["network_moments", "node_moments"]

NAMES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")
MOST_GROUPS = 40
"""More groups than these would need too much memory; there are then no exact moments."""

AT_ONCE = 100_000
"""About how many numbers an array of several groups has, so that few groups take few arrays."""

Chance: TypeAlias = Callable[[int, int], float]
Triple: TypeAlias = tuple[int, int, int]


def _chance(graph: Graph, null: str) -> Chance:
    """The probability that ``p`` given pairs are tied and ``z`` others are not."""
    possible, tied = graph.dyads, graph.m
    if null == "bernoulli":
        share = tied / possible if possible else 0.0
        return lambda p, z: share**p * (1 - share) ** z

    def uniform(p: int, z: int) -> float:
        value, left = 1.0, possible
        for i in range(p):
            value *= max(tied - i, 0) / left if left > 0 else 0.0
            left -= 1
        for i in range(z):
            value *= max(possible - tied - i, 0) / left if left > 0 else 0.0
            left -= 1
        return value

    return uniform


def _joint(first: Triple, second: Triple, directed: bool, chance: Chance) -> float:
    """The probability that two triples both broker."""

    def arc(i: int, j: int) -> tuple[int, int]:
        return (i, j) if directed or i < j else (j, i)

    tied = {arc(a, v) for a, v, _ in (first, second)} | {arc(v, b) for _, v, b in (first, second)}
    untied = {arc(a, b) for a, _, b in (first, second)}
    return 0.0 if tied & untied else chance(len(tied), len(untied))


def _role(a: Ints, v: Ints, b: Ints) -> Ints:
    """The role of each triple, by the groups of its nodes, as a place in `NAMES`.

    The arrays have one shape, or shapes that go together; the roles have it too.
    """
    return np.where(a == v, np.where(v == b, 0, 3), np.where(v == b, 2, np.where(a == b, 1, 4)))


def _overlaps() -> Iterator[Triple]:
    """Triples of the nodes 0, 1, 2 of the first and at most one other, 3."""
    for triple in permutations(range(4), 3):
        if sum(node < 3 for node in triple) >= 2:
            yield triple


def _falling(sizes: Callable[[Ints], Floats], *groups: Ints) -> Floats:
    """How many ways there are to pick different nodes of these groups, one after another.

    Args:
        sizes: Says of groups how many nodes each has.
        *groups: The group of the first node, of the second and so on, arrays of shapes that go
            together.
    """
    ways = np.ones(1)
    for place, group in enumerate(groups):
        taken = sum((group == earlier).astype(float) for earlier in groups[:place])
        ways = ways * np.maximum(sizes(group) - taken, 0)
    return ways


def _usable(groups: Groups) -> bool:
    return 0 < len(groups.labels) <= MOST_GROUPS


def _sums(role: Ints, values: Floats) -> Floats:
    """Sums by role for each of the first axis; float64, 5 each."""
    many, shape = len(values), values.shape
    cell = np.arange(0, 5 * many, 5).reshape(many, *[1] * (values.ndim - 1)) + role
    by = np.bincount(np.broadcast_to(cell, shape).ravel(), values.ravel(), 5 * many)
    return by.astype(np.float64).reshape(many, 5)


def _with_total(sums: Floats) -> Floats:
    """Sums by role and of all roles, 6 each."""
    return np.concatenate([sums, sums.sum(axis=1, keepdims=True)], axis=1)


def _finish(count: Floats, square: Floats, single: float, apart: float) -> tuple[Floats, Floats]:
    """Mean and sd from the number of triples and what dependent pairs of them add."""
    mean = count * single
    variance = count**2 * apart + square - mean**2
    slack = 1e-9 * np.maximum(mean**2, 1e-12)
    return mean, np.sqrt(np.where(variance > slack, variance, 0.0))


def network_moments(
    graph: Graph, groups: Groups, null: str
) -> dict[str, tuple[float, float]] | None:
    """Mean and sd of the network's count of each role; ``None`` with too many groups."""
    if not _usable(groups):
        return None
    if null == "sna":
        return _closed_form(_both_ways(graph), groups)
    size = len(groups.labels)
    sizes = groups.sizes.astype(float).__getitem__
    chance = _chance(graph, null)
    apart = chance(4, 2)
    a, v, b = np.indices((size,) * 3)[:, None]
    count = _with_total(_sums(_role(a, v, b), _falling(sizes, a, v, b)))
    square = np.zeros((1, 6))
    wide = np.indices((size,) * 4)[:, None]
    ways = _falling(sizes, *wide)
    first = _role(*wide[:3])
    for second in _overlaps():
        if 3 in second:
            grid, number, mine = wide, ways, first
        else:
            grid, mine = np.stack([a, v, b]), _role(a, v, b)
            number = _falling(sizes, a, v, b)
        extra = _joint((0, 1, 2), second, graph.directed, chance) - apart
        square += _shared(mine, _role(*(grid[i] for i in second)), number * extra)
    mean, sd = _finish(count, square, chance(2, 1), apart)
    return {n: (float(x), float(s)) for n, x, s in zip(NAMES, mean[0], sd[0], strict=True)}


def _shared(mine: Ints, other: Ints, extra: Floats) -> Floats:
    """What dependent pairs of triples add where both have one role, and where they have any.

    Args:
        mine: The role of the first triple.
        other: That of the second.
        extra: What each pair of them adds, for each of the first axis.
    """
    alike = _sums(mine, np.where(mine == other, extra, 0.0))
    return np.column_stack([alike, extra.reshape(len(extra), -1).sum(axis=1)])


def node_moments(graph: Graph, groups: Groups, null: str) -> dict[str, tuple[Any, Any]] | None:
    """Mean and sd of an actor's count of each role, for each group that it may be of."""
    if not _usable(groups):
        return None
    if null == "sna":
        graph, null = _both_ways(graph), "bernoulli"
    size = len(groups.labels)
    step = max(1, AT_ONCE // size**3)
    found = [
        _moments_within(graph, groups, null, np.arange(start, min(start + step, size)))
        for start in range(0, size, step)
    ]
    means, sds = (np.concatenate(part) for part in zip(*found, strict=True))
    return {name: (means[:, i], sds[:, i]) for i, name in enumerate(NAMES)}


def _moments_within(graph: Graph, groups: Groups, null: str, own: Ints) -> tuple[Floats, Floats]:
    """Mean and sd of the count of each role, for an actor of each of some groups.

    Args:
        graph: The graph.
        groups: The groups of its nodes.
        null: Which networks are possible, ``edges`` or ``bernoulli``.
        own: The groups, int64, k.

    Returns:
        Two arrays of float64, k by 6.
    """
    size, many = len(groups.labels), len(own)
    others = np.tile(groups.sizes.astype(float), (many, 1))
    others[np.arange(many), own] -= 1

    def sizes(group: Ints) -> Floats:
        row = np.arange(many).reshape(many, *[1] * (group.ndim - 1))
        return others[row, group]

    chance = _chance(graph, null)
    apart = chance(4, 2)
    cases = []
    for axes in (2, 3):  # the two ends, and those with an end of a second triple
        ends = np.indices((size,) * axes)[:, None]
        grid = [ends[0], own.reshape(many, *[1] * axes), *ends[1:]]
        cases.append((grid, _falling(sizes, *ends), _role(*grid[:3])))
    _, number, mine = cases[0]
    count = _with_total(_sums(mine, number))
    square = np.zeros((many, 6))
    for second in _overlaps():
        if second[1] == 1:
            grid, number, mine = cases[3 in second]
            extra = _joint((0, 1, 2), second, graph.directed, chance) - apart
            square += _shared(mine, _role(*(grid[i] for i in second)), number * extra)
    return _finish(count, square, chance(2, 1), apart)


def _both_ways(graph: Graph) -> Graph:
    """The directed graph with both arcs of each undirected tie."""
    if graph.directed:
        return graph
    ends = graph.source, graph.target
    return attrs.evolve(
        graph,
        directed=True,
        source=np.concatenate(ends),
        target=np.concatenate(ends[::-1]),
        weight=np.concatenate([graph.any_weight] * 2),
        first=np.concatenate([graph.first] * 2),
        cache={},
    )


def _closed_form(graph: Graph, groups: Groups) -> dict[str, tuple[float, float]]:
    """Mean and sd of the network's counts as R's sna gives them, for independent arcs.

    Each variance is ``E(1-q)`` and, for each triple, ``x`` times the triples that share one arc
    in like roles, less ``y`` and plus ``z`` times those that conflict or share two; some
    overlaps are left out, so that it is not the exact one.

    Source: Gould & Fernandez 1989; Butts 2008, Journal of Statistical Software 24(6).
    """
    d = graph.m / graph.dyads if graph.dyads else 0.0
    q, x, y, z = d**2 * (1 - d), (d - d**2) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    n = groups.sizes.astype(float)
    total = np.array([n.sum()])
    i, j, k = (n[axis] for axis in np.indices((len(n),) * 3))
    apart = _role(*np.indices((len(n),) * 3)) == 4
    g, h = (n[axis] for axis in np.indices((len(n),) * 2))

    def within(s: Any) -> tuple[Any, Any]:
        return s * (s - 1) * (s - 2), (4 * s - 10) * x - 4 * (s - 3) * y + (s - 3) * z

    whole = total[0]
    one_foreign = n * (whole - n) * (n - 1), (whole - 3) * x + (n - 2) * z
    counts = {
        "coordinator": within(n),
        "itinerant": (
            g * h * (g - 1) * ~np.eye(len(n), dtype=bool),
            (2 * g + 2 * h - 6) * x + (whole - g - 1) * z,
        ),
        "gatekeeper": one_foreign,
        "representative": one_foreign,
        "liaison": (
            i * j * k * apart,
            (4 * (whole - j) - 2 * (i + k + 1)) * x
            - (4 * (whole - k) - 2 * (i + j + 1)) * y
            + (whole - i - k - 1) * z,
        ),
        "total": within(total),
    }
    found = {}
    for name, (number, shared) in counts.items():
        mean = q * float(number.sum())
        variance = mean * (1 - q) + float((number * shared).sum())
        found[name] = (mean, max(variance, 0.0) ** 0.5)
    return found


def node_expectations(
    graph: Graph, groups: Groups, columns: dict[str, Any], null: str
) -> dict[str, Any]:
    """Expected count and z of each role of each actor; an actor's depend on its group only."""
    from jmdi_network.kernels.brokerage_moments import node_moments

    found = node_moments(graph, groups, null)
    if found is None:
        return {}
    place = np.maximum(groups.code, 0)
    more: dict[str, Any] = {}
    for name, (mean, sd) in found.items():
        more[f"{name}_expected"] = mean[place]
        with np.errstate(divide="ignore", invalid="ignore"):
            z = (columns[name] - mean[place]) / sd[place]
        more[f"{name}_z"] = np.where(sd[place] > 0, z, np.nan)
    return more


def network_values(
    graph: Graph, groups: Groups, counts: dict[str, Any], divided: bool, null: str
) -> dict[str, dict[str, Any]]:
    from jmdi_network.kernels.brokerage_moments import network_moments

    values: dict[str, dict[str, Any]] = {name: {"count": n} for name, n in counts.items()}
    found = None if divided else network_moments(graph, groups, null)
    for name, (mean, sd) in (found or {}).items():
        row = values[name]
        row |= {"expected": mean, "sd": sd}
        row["z"] = None if sd is None or sd <= 0 else (row["count"] - mean) / sd
    return values

"""The ties of two networks of the same actors, compared pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi_network.arrays import Graph, Ints, graph_of

__all__ = ["Waves", "waves_from", "waves_of"]

NEVER, NEW, LOST, KEPT = range(4)
"""What a pair is: tied in neither network, in the second only, in the first only, in both."""

COUNTED: Mapping[str, tuple[set[int], set[int]]] = {
    "stability": ({KEPT}, {LOST, NEW}),
    "formation": ({NEW}, {NEVER}),
    "dissolution": ({LOST}, {KEPT}),
    "turnover": ({LOST, NEW}, {KEPT}),
}
"""The pairs that each measure counts, and the others that it is a share of."""


@attrs.frozen(slots=True)
class Waves:
    """The pairs of some actors in two networks.

    Attributes:
        counts: How many pairs are never tied, new, lost and kept, of those observed; int64, 4.
        possible: Whether a pair can be each of these, for the pairs that are or may be tied;
            bool, shape (sorts of pairs, 4).
        times: How many pairs each row of these stands for; int64.
        others: How many pairs there are besides, which are never tied.
        unobserved: How many pairs were not observed in one network or the other.
        disputed: How many pairs have reports that differ in one network or the other.
    """

    counts: Ints
    possible: Ints
    times: Ints
    others: int
    unobserved: int
    disputed: int

    def may_be_empty(self, measure: str) -> bool:
        """Whether it is possible that no pair counts, which makes a measure 0/0."""
        top, rest = COUNTED[measure]
        out = np.delete(self.possible, [*top, *rest], axis=1).any(axis=1)
        return bool(out.all()) and not (NEVER in rest and self.others)

    def share(self, measure: str) -> tuple[float | None, float | None, float | None]:
        """A measure, its lowest and its highest value; ``None`` for 0/0.

        A pair counts above and below the line, below only, or not at all. The first choice
        raises the share or leaves it, the second lowers it or leaves it, so that the bounds
        take for each pair the best choice that it has.
        """
        top, rest = (sorted(cases) for cases in COUNTED[measure])
        above, below = int(self.counts[top].sum()), int(self.counts[rest].sum())
        up, down = self.possible[:, top].any(axis=1), self.possible[:, rest].any(axis=1)
        out = np.delete(self.possible, [*top, *rest], axis=1).any(axis=1)
        more = self.others if NEVER in rest else 0
        must_down = self._number(~up & ~out) + more
        high = _ratio(self._number(up), must_down) if up.any() or must_down else 0.0
        must_up, can_down = self._number(~down & ~out), self._number(down) + more
        low = _ratio(must_up, can_down) if must_up or can_down else 1.0
        able = bool(up.any() or can_down)
        return _ratio(above, below), low if able else None, high if able else None

    def _number(self, rows: Any) -> int:
        """How many pairs some rows stand for."""
        return int(self.times[rows].sum())


def _ratio(part: int, rest: int) -> float | None:
    return part / (part + rest) if part + rest else None


def waves_of(first: Network, second: Network, names: Sequence[str]) -> Waves:
    """The pairs of some actors in two networks.

    Args:
        first: The earlier network.
        second: The later one.
        names: Ids of the actors.
    """
    place = {id: i for i, id in enumerate(names)}
    tied, unseen, doubtful = [], [], []
    for network in (first, second):
        graph = graph_of(network)
        at = np.array([place.get(id, -1) for id in graph.nodes], np.int64)
        tied.append(_numbered(graph, at[graph.source], at[graph.target], len(place)))
        i, j = graph.unobserved // max(graph.n, 1), graph.unobserved % max(graph.n, 1)
        unseen.append(_numbered(graph, at[i], at[j], len(place)))
        i, j = np.array(network.disputed, np.int64).reshape(-1, 2).T
        doubtful.append(_numbered(graph, at[i], at[j], len(place)))
    keys = np.unique(np.concatenate([*tied, *unseen, *doubtful]))
    there = [np.isin(keys, each) for each in tied]
    dim = [np.isin(keys, each) for each in unseen]
    open_ = [d | np.isin(keys, each) for d, each in zip(dim, doubtful, strict=True)]
    others = _pairs(first, second, names) - len(keys)
    disputed = len(np.unique(np.concatenate(doubtful)))
    return waves_from(there, dim, open_, np.ones(len(keys), np.int64), others, disputed)


def waves_from(
    there: Sequence[Ints],
    dim: Sequence[Ints],
    open_: Sequence[Ints],
    times: Ints,
    others: int,
    disputed: int = 0,
) -> Waves:
    """The pairs of two networks, by what they are in both; each argument has a row for a sort.

    Args:
        there: Whether they are tied, in each of both networks; bool.
        dim: Whether they were not observed; bool.
        open_: Whether they may be tied, and may not; bool.
        times: How many they are; int64.
        others: How many pairs there are besides, which are never tied.
        disputed: Of how many pairs reports differ.
    """
    seen = ~(dim[0] | dim[1])
    cases = (2 * there[0] + there[1])[seen]
    counts = np.bincount(cases, times[seen], minlength=4).astype(np.int64)
    counts[NEVER] += others
    may = [(~t | d, t | d) for t, d in zip(there, open_, strict=True)]
    possible = np.stack([may[0][case // 2] & may[1][case % 2] for case in range(4)], axis=1)
    return Waves(counts, possible, times, others, int(times[~seen].sum()), disputed)


def _numbered(graph: Graph, i: Ints, j: Ints, n: int) -> Ints:
    """Pairs of places as numbers; those with an actor that was not chosen, -1, are left out."""
    inside = (i >= 0) & (j >= 0)
    i, j = i[inside], j[inside]
    if not graph.directed:
        i, j = np.minimum(i, j), np.maximum(i, j)
    return np.unique(i * n + j)


def _pairs(first: Network, second: Network, names: Sequence[str]) -> int:
    """How many pairs of these actors could be tied; of two modes, one of each."""
    n = len(names)
    pairs = n * (n - 1) // 2
    if first.mode is not None and second.mode is not None:
        mode = dict(zip(second.nodes, second.mode, strict=True))
        mode |= dict(zip(first.nodes, first.mode, strict=True))
        rows = sum(mode[id] == 0 for id in names)
        pairs = rows * (n - rows)
    return 2 * pairs if first.directed else pairs

"""Networks drawn from a network with replacement, for the bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties
from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Graph, Ints, graph_of
from jmdi_network.networks import altered, lazily, with_edges
from jmdi_network.nulls.drawn import Drawn, carried, edges_behind

__all__ = ["RESAMPLED", "interval"]

Ends = tuple[Ints, Ints, Ints]
"""The two ends of ties or pairs among the copies, and the observed one that each copies; int64."""


@attrs.frozen(slots=True, eq=False)
class _Copies:
    """Which actors a sample holds, and how often.

    Attributes:
        chosen: The actor of each place in the sample, int64, n.
        order: The places, those of one actor next to each other, int64, n.
        begin: Where the places of each actor begin in it, int64, n + 1.
    """

    chosen: Ints
    order: Ints
    begin: Ints

    def between(self, source: Ints, target: Ints) -> Ends:
        """Each pair of different actors, between all copies of one and all of the other."""
        copies = np.diff(self.begin)
        times = copies[source] * copies[target]
        which = np.repeat(np.arange(len(source)), times)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
        width = np.maximum(copies[target[which]], 1)
        i = self.order[self.begin[source[which]] + offset // width]
        return i, self.order[self.begin[target[which]] + offset % width], which


def _resampled_nodes(
    network: Network, random: np.random.Generator, kept: Sequence[int] = ()
) -> Drawn:
    """Actors drawn with replacement; between two copies of one, a tie of a random pair.

    A pair of copies of two actors was observed if that of the two was.

    Args:
        network: The network.
        random: The random numbers.
        kept: Actors that are in the sample once, under their own id; the others are drawn.

    Source: Snijders & Borgatti 1999, Connections 22:161.
    """
    graph = graph_of(network)
    n = graph.n
    others = np.delete(np.arange(n), kept)
    drawn = others[random.integers(0, max(len(others), 1), n - len(kept))]
    chosen = np.concatenate([np.array(kept, np.int64), drawn])
    order = np.argsort(chosen, kind="stable")
    copies = _Copies(chosen, order, np.searchsorted(chosen[order], np.arange(n + 1)))
    ties, hidden = _of_copies(network, graph, copies, random)
    i, j, tie = _joined(copies.between(graph.source, graph.target), ties)
    pairs = graph.unobserved // max(n, 1), graph.unobserved % max(n, 1)
    u, v, _ = _joined(copies.between(*pairs), hidden)
    both = copies.between(graph.both_ways // max(n, 1), graph.both_ways % max(n, 1))
    picked = chosen.tolist()
    made = altered(
        network,
        nodes=[
            graph.nodes[k] if place < len(kept) else f"{graph.nodes[k]} ({place})"
            for place, k in enumerate(picked)
        ],
        **carried(network, graph, i, j, tie),
        mode=None if network.mode is None else [network.mode[k] for k in picked],
        unobserved=list(zip(u.tolist(), v.tolist(), strict=True)),
        both_ways=list(zip(both[0].tolist(), both[1].tolist(), strict=True)),
        node_attributes=lazily(network.node_attributes, chosen),
        notes={},
    )
    return Drawn(all_are_ties(made))


def _of_copies(
    network: Network, graph: Graph, copies: _Copies, random: np.random.Generator
) -> tuple[Ends, Ends]:
    """Ties, and pairs that were not observed, between copies of one actor: of a random pair."""
    ties: list[tuple[int, int, int]] = []
    hidden: list[tuple[int, int, int]] = []
    begin = copies.begin
    for k in np.flatnonzero(np.diff(begin) > 1).tolist() if network.mode is None else ():
        places = copies.order[begin[k] : begin[k + 1]].tolist()
        for a in places:
            for b in places:
                if a == b or (not graph.directed and a > b):
                    continue
                pair = random.integers(graph.dyads)
                if pair < graph.m:
                    ties.append((a, b, int(random.integers(graph.m))))
                elif pair < graph.m + len(graph.unobserved):
                    hidden.append((a, b, 0))
    return _columns(ties), _columns(hidden)


def _columns(rows: list[tuple[int, int, int]]) -> Ends:
    i, j, k = np.array(rows, np.int64).reshape(-1, 3).T
    return i, j, k


def _joined(first: Ends, second: Ends) -> Ends:
    i, j, k = (np.concatenate(both) for both in zip(first, second, strict=True))
    return i, j, k


def _resampled_ties(
    network: Network, random: np.random.Generator, kept: Sequence[int] = ()
) -> Drawn:
    """Ties drawn with replacement; those drawn twice are parallel, and become one.

    All actors are in each sample, so that ``kept`` has nothing to keep.
    """
    ties = np.sort(edges_behind(network, graph_of(network))[0])
    return Drawn(with_edges(network, ties[random.integers(0, len(ties), len(ties))], notes={}))


RESAMPLED: dict[str, Callable[..., Drawn]] = {
    "nodes": _resampled_nodes,
    "ties": _resampled_ties,
}


def interval(
    found: Sequence[Sequence[float | None]],
    wanted: Sequence[float | None],
    level: float,
    by: str,
    about: dict[str, Any],
) -> Result:
    """The observed number, or the two ends of an observed interval, with percentile bounds.

    Args:
        found: The number or the two ends in each sample.
        wanted: Those observed, all known.
        level: Level of the interval.
        by: What was drawn, for what is said.
        about: Members of the Result.
    """
    drawn = [
        np.array([x for x in numbers if x is not None]) for numbers in zip(*found, strict=True)
    ]
    if not all(map(len, drawn)):
        return undefined("missing_input", "the metric was undefined in all samples", **about)
    tail = (1 - level) / 2
    low, high = float(np.quantile(drawn[0], tail)), float(np.quantile(drawn[-1], 1 - tail))
    value = wanted[0] if len(wanted) == 1 else None
    spread = None if value is None or len(drawn[0]) < 2 else float(drawn[0].std(ddof=1))
    about["values"] = {
        "observed": value,
        "mean": None if value is None else float(drawn[0].mean()),
        "lower": low,
        "upper": high,
        "standard_error": spread,
        "undefined_draws": len(found) - min(map(len, drawn)),
    }
    least, most = wanted[0], wanted[-1]
    assert least is not None and most is not None
    slack = 1e-10 * max(1.0, abs(least), abs(most))
    if low - slack <= least and most <= high + slack:
        return Result(value=value, lower=min(low, least), upper=max(high, most), **about)
    why = (
        f"the samples, from {low:g} to {high:g}, do not contain the estimate: resampling {by} is "
        f"biased for this metric, and an interval of them would be no interval of it"
    )
    if by == "ties":
        why += "; ties drawn twice become one, so that there are fewer of them"
    if value is None:
        return undefined("network:biased_bootstrap", why, **about)
    return Result(value=value, **{**about, "notes": {**about["notes"], "no_interval": why}})

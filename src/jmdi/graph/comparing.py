"""What differs between two networks: nodes, ties, weights and measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from jmdi.classes import frozen
from jmdi.graph.describing import named_results, why_not_one
from jmdi.graph.pairs import edge_states, ordered
from jmdi.graph.reducing import simple
from jmdi.graph.table import Table

if TYPE_CHECKING:
    from jmdi.graph.network import Network
    from jmdi.metrics.result import Result

__all__ = ["Comparison", "compared"]

Names: TypeAlias = Iterable[str] | Mapping[str, str]
"""Metrics by name; a mapping gives each its heading."""

Change: TypeAlias = Literal["added", "removed", "reweighed", "unknown"]


@frozen
class Comparison:
    """What differs between two networks.

    Attributes:
        nodes: The nodes that only one of them has: ``node`` and ``change``, ``added`` or
            ``removed``.
        ties: The tied pairs that differ: ``source``, ``target``, ``change``, and the weights
            ``before`` and ``after``. A change is ``added``, ``removed``, ``reweighed``, or
            ``unknown`` where a pair or a weight was not observed in one of them.
        measures: The metrics asked for, with bounds and the change of the value.
        kept: How many pairs are tied in both.
    """

    nodes: Table
    ties: Table
    measures: Table
    kept: int

    def __bool__(self) -> bool:
        """Whether anything differs, or may differ, in nodes and ties."""
        return bool(len(self.nodes) or len(self.ties) or self.ties.notes)

    def counts(self) -> dict[str, int]:
        """How many nodes and ties there are of each change."""
        found: dict[str, int] = {"ties kept": self.kept}
        for what, table in (("nodes", self.nodes), ("ties", self.ties)):
            for change in table.column("change"):
                found[f"{what} {change}"] = found.get(f"{what} {change}", 0) + 1
        return found

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain values."""
        tables = {"nodes": self.nodes, "ties": self.ties, "measures": self.measures}
        return {"kept": self.kept, **{name: table.to_dicts() for name, table in tables.items()}}

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {what}" for what, count in self.counts().items())


def compared(first: Network, second: Network, metrics: Names | None) -> Comparison:
    """See :meth:`jmdi.Network.compare`."""
    if not hasattr(second, "_ties"):
        raise TypeError(f"a network is compared with a network, not with {second!r:.40}")
    if first.directed is not second.directed:
        raise ValueError(
            "one network is directed and the other is not: symmetrize(...) the directed one first"
        )
    if (first.mode is None) is not (second.mode is None):
        raise ValueError("one network has two modes and the other one: project both alike")
    if metrics is None:
        metrics = ("density" if first.mode is None else "bipartite-density",)
    metrics = metrics if isinstance(metrics, (str, Mapping)) else tuple(metrics)
    asked = metrics.values() if isinstance(metrics, Mapping) else metrics
    if any(hasattr(one, "defined") for one in asked):
        raise TypeError("a Result is of one network only: name the metric, and both are measured")
    nodes = [(node, "removed") for node in first.nodes if node not in second.index]
    nodes += [(node, "added") for node in second.nodes if node not in first.index]
    before, after = _ties(first), _ties(second)
    unseen = _unseen(first) | _unseen(second)
    rows = []
    for pair in dict.fromkeys((*before, *after)):
        change = "unknown" if pair in unseen else _change(pair, before, after)
        if change is not None:
            ends = pair if first.directed else _as_given(pair, first)
            rows.append((*ends, change, before.get(pair), after.get(pair)))
    open_ = len(unseen - before.keys() - after.keys())
    notes = []
    if open_:
        notes.append(
            f"of {open_:,} more pairs that were not observed in one of them, nobody knows whether "
            "they changed"
        )
    return Comparison(
        Table(("node", "change"), nodes),
        Table(("source", "target", "change", "before", "after"), rows, notes=notes),
        _measures(named_results(first, metrics), named_results(second, metrics)),
        len(before.keys() & after.keys()),
    )


Ends: TypeAlias = tuple[str, str]


def _key(network: Network, i: int, j: int) -> Ends:
    """A pair of nodes by their ids, the same in any network."""
    a, b = network.nodes[i], network.nodes[j]
    return (a, b) if network.directed or a <= b else (b, a)


def _as_given(pair: Ends, network: Network) -> Ends:
    """The ends of a pair in the order of the nodes of the first network, where it has them."""
    places = [network.index.get(node, len(network)) for node in pair]
    return pair if places[0] <= places[1] else (pair[1], pair[0])


def _ties(network: Network) -> dict[Ends, float | None]:
    """What each tied pair weighs; ``None`` if nobody knows."""
    plain = simple(network)
    open_ = set(network.unobserved_ties)
    states = edge_states(plain)
    found: dict[Ends, float | None] = {}
    for edge, (i, j) in zip(plain.edges, zip(plain.source, plain.target, strict=True), strict=True):
        if states is None or states[edge.index] == "present":
            unsure = ordered(network, i, j) in open_
            found[_key(network, i, j)] = None if unsure else edge.weight
    return found


def _unseen(network: Network) -> set[Ends]:
    """The pairs of which nobody knows whether they are tied: not observed, or disputed."""
    return {_key(network, i, j) for i, j in (*network.unobserved, *network.disputed)}


def _change(
    pair: Ends, before: dict[Ends, float | None], after: dict[Ends, float | None]
) -> Change | None:
    if pair in before and pair in after:
        one, other = before[pair], after[pair]
        if one is None or other is None:
            return "unknown"
        return "reweighed" if one != other else None
    return "removed" if pair in before else "added"


_MEASURES = (
    "measure",
    "before",
    "before lower",
    "before upper",
    "after",
    "after lower",
    "after upper",
    "change",
)


def _measures(before: dict[str, Result | str], after: dict[str, Result | str]) -> Table:
    rows: list[tuple[Any, ...]] = []
    notes = []
    for name in before:
        pair = (before[name], after[name])
        one, other = _cells(pair[0]), _cells(pair[1])
        values = (one[0], other[0])
        change = None if None in values else values[1] - values[0]
        rows.append((name, *one, *other, change))
        notes += list(_reasons(name, *pair))
    return Table(_MEASURES, rows, notes=notes)


def _cells(result: Result | str) -> tuple[Any, Any, Any]:
    if isinstance(result, str):
        return (None, None, None)
    return (result.value, result.lower, result.upper)


def _reasons(name: str, before: Result | str, after: Result | str) -> Iterator[str]:
    for when, result in (("before", before), ("after", after)):
        if why := why_not_one(result):
            yield f"{name} {when}: {why}"

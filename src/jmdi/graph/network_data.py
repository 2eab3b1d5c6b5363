"""What a Network holds: nodes and edges as flat arrays, with the records behind them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from jmdi.errors import NotFound
from jmdi.graph.columns import Columns
from jmdi.graph.doer import Doer, FromModel
from jmdi.graph.edges import Edges
from jmdi.graph.numbers import fixed, same_numbers
from jmdi.graph.pairs import (
    disputed_pairs,
    edge_states,
    one_answer,
    unobserved_pairs,
    unobserved_ties,
)
from jmdi.model.frozen import EMPTY, freeze
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Behind", "N", "NetworkData", "Pair", "Projected"]

Pair: TypeAlias = tuple[int, int]
"""The indices of two nodes; in an undirected network the smaller one first."""

Behind: TypeAlias = "Sequence[Record | None] | Callable[[int], tuple[Record, ...]]"
"""The record behind each edge, or a function that gives the records behind one."""

Projected: TypeAlias = tuple[str, Mapping[str, object]]
"""The name of a projection, and the parameters that were given for it."""

N = TypeVar("N", bound="NetworkData")


class NetworkData(FromModel):
    """What a `Network`, which describes its arguments, holds and can be asked."""

    __slots__ = (
        "_behind",
        "_both_ways",
        "_cache",
        "_model",
        "_projected",
        "_unobserved",
        "dataset",
        "directed",
        "edge_attributes",
        "mode",
        "name",
        "node_attributes",
        "nodes",
        "notes",
        "source",
        "target",
        "weight",
    )

    accessed_as = "network"

    name: str
    directed: bool
    mode: tuple[int, ...] | None
    nodes: tuple[str, ...]
    source: memoryview[int]
    target: memoryview[int]
    weight: memoryview[float] | None
    node_attributes: Mapping[str, Sequence[Any]]
    edge_attributes: Mapping[str, Sequence[Any]]
    dataset: Dataset | None
    notes: Mapping[str, Any]
    _behind: Behind | None
    _both_ways: Iterable[Pair]
    _model: Doer | None
    _projected: Projected | None
    _unobserved: Iterable[Pair] | Callable[[], Iterable[Pair]]
    _cache: dict[str, Any]

    def __init__(
        self,
        name: str,
        nodes: Iterable[str],
        source: Iterable[int] = (),
        target: Iterable[int] = (),
        *,
        directed: bool = False,
        weight: Iterable[float] | None = None,
        mode: Iterable[int] | None = None,
        unobserved: Iterable[Pair] | Callable[[], Iterable[Pair]] = (),
        both_ways: Iterable[Pair] = (),
        node_attributes: Mapping[str, Any] = EMPTY,
        edge_attributes: Mapping[str, Any] = EMPTY,
        behind: Behind | None = None,
        dataset: Dataset | None = None,
        model: Doer | None = None,
        notes: Mapping[str, Any] = EMPTY,
        projected: Projected | None = None,
        check: bool = True,
    ) -> None:
        put = object.__setattr__
        put(self, "name", name)
        put(self, "nodes", tuple(nodes))
        put(self, "source", fixed("i", source))
        put(self, "target", fixed("i", target))
        put(self, "directed", directed)
        put(self, "weight", None if weight is None else fixed("d", weight))
        put(self, "mode", None if mode is None else tuple(mode))
        put(self, "_unobserved", unobserved if callable(unobserved) else tuple(unobserved))
        put(self, "_both_ways", tuple(both_ways))
        put(self, "node_attributes", _columns(node_attributes))
        put(self, "edge_attributes", _columns(edge_attributes))
        put(self, "_behind", behind)
        put(self, "dataset", dataset)
        own = model if model is not None or dataset is None else dataset._model
        put(self, "_model", own)
        put(self, "notes", freeze(notes))
        put(self, "_projected", projected)
        put(self, "_cache", {})
        if check:
            self._check()

    def _check(self) -> None:
        n, m = len(self.nodes), len(self.source)
        if len(set(self.nodes)) != n:
            raise ValueError("a node id is duplicated")
        if len(self.target) != m or (self.weight is not None and len(self.weight) != m):
            raise ValueError("there must be a source, a target and a weight for each edge")
        if self.mode is not None and len(self.mode) != n:
            raise ValueError("there must be a mode for each node")
        if not (_columns(self.node_attributes).fit(n) and _columns(self.edge_attributes).fit(m)):
            raise ValueError("there must be an attribute for each node, and for each edge")
        unobserved = () if callable(self._unobserved) else self._unobserved
        for pair in (*unobserved, *self._both_ways):
            if not all(0 <= end < n for end in pair):
                raise ValueError(f"the unobserved pair {pair} is outside the {n} nodes")
        ends = (self.source, self.target) if m else ()
        if any(min(end) < 0 or max(end) >= n for end in ends):
            raise ValueError(f"an edge ends outside the {n} nodes")
        if self.weight is not None and any(map(math.isinf, self.weight)):
            raise ValueError("weights must be finite")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Network cannot change: make a new one")

    def __reduce__(self) -> tuple[Any, ...]:
        behind = None if self._behind is None else [self.records(i) for i in range(self.n_edges)]
        state = {
            "directed": self.directed,
            "weight": None if self.weight is None else array("d", self.weight),
            "mode": self.mode,
            "unobserved": self.unobserved_ties,
            "both_ways": self.both_ways,
            "node_attributes": dict(self.node_attributes),
            "edge_attributes": dict(self.edge_attributes),
            "dataset": self.dataset,
            "model": self._model,
            "notes": self.notes,
            "projected": self._projected,
        }
        ends = (array("i", self.source), array("i", self.target))
        return (_restore, (type(self), self.name, self.nodes, *ends, behind, state))

    def _once(self, key: str, make: Callable[[], Any]) -> Any:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    @property
    def n_edges(self) -> int:
        """How many edges there are, parallel ones counted one by one."""
        return len(self.source)

    def __len__(self) -> int:
        return len(self.nodes)

    def __contains__(self, id: object) -> bool:
        return id in self.index

    def __repr__(self) -> str:
        direction = "directed" if self.directed else "undirected"
        modes = ", two-mode" if self.mode is not None else ""
        return (
            f"<Network {self.name!r}: {self.n_nodes:,} nodes, {self.n_edges:,} edges, "
            f"{direction}{modes}>"
        )

    def _repr_html_(self) -> str:
        """The network in a notebook."""
        from jmdi.display.cards import network_card

        return network_card(self)  # type: ignore[arg-type]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NetworkData):
            return NotImplemented
        return (
            (self.name, self.directed, self.mode, self.nodes)
            == (other.name, other.directed, other.mode, other.nodes)
            and self.source == other.source
            and self.target == other.target
            and same_numbers(self._weights(), other._weights())
            and _same_columns(self.node_attributes, other.node_attributes)
            and _same_columns(self.edge_attributes, other.edge_attributes)
            and self.unobserved_ties == other.unobserved_ties
            and self.both_ways == other.both_ways
        )

    __hash__ = None  # type: ignore[assignment]

    def _weights(self) -> Sequence[float]:
        return [1.0] * self.n_edges if self.weight is None else self.weight.tolist()

    @property
    def index(self) -> Mapping[str, int]:
        """The index of each node by its id."""
        found = self._once(
            "index", lambda: MappingProxyType(dict(zip(self.nodes, range(len(self)), strict=True)))
        )
        return cast("Mapping[str, int]", found)

    @property
    def edges(self) -> Edges:
        """The edges, in order."""
        return Edges(self)

    @property
    def unobserved(self) -> tuple[Pair, ...]:
        """The pairs of node indices without a tie of which nobody knows whether they have one.

        They are sorted, and without loops; in a directed network pairs are ordered, in any other
        the smaller index comes first.
        """
        return cast("tuple[Pair, ...]", self._once("unobserved", lambda: unobserved_pairs(self)))

    @property
    def unobserved_ties(self) -> tuple[Pair, ...]:
        """The pair of each tie of which nobody knows whether it is there, sorted, without loops.

        A pair is here once for each such tie, and also if it has another tie: it is tied then,
        but nobody knows what its ties weigh together.
        """
        return cast("tuple[Pair, ...]", self._once("ties", lambda: unobserved_ties(self)))

    @property
    def disputed(self) -> tuple[Pair, ...]:
        """The pairs of node indices of which some reports say that they are tied and some not.

        They have a tie or none by the rule of the projection (``reports=``); see
        `disputed_pairs`. They are written like those that were not observed.
        """
        return cast("tuple[Pair, ...]", self._once("disputed", lambda: disputed_pairs(self)))

    @property
    def both_ways(self) -> tuple[Pair, ...]:
        """The open pairs of a directed network that are tied both ways or not at all.

        They are open because of a tie that has no direction: both of their directions are in
        `unobserved` or `disputed`, and have one answer. The smaller index comes first.
        """
        found = self._once("both ways", lambda: one_answer(self, self._both_ways))
        return cast("tuple[Pair, ...]", found)

    @property
    def projected(self) -> Projected | None:
        """The projection that made this network of its dataset, and what was given for it.

        ``None`` where something else did, such as ``layer`` or ``filter``: whoever projects the
        dataset once more, for another day, gets another network.
        """
        return self._projected

    def place(self, id: str) -> int:
        """The index of a node by its id.

        Raises:
            NotFound: If there is no such node; it names those of this label, or the near ones.
        """
        found = self.index.get(id)
        if found is None:
            raise NotFound("node", str(id), self.nodes[:2000], cure=self._named(id))
        return found

    def _named(self, name: object) -> str | None:
        """What to write instead of something that is no id."""
        if not isinstance(name, str):
            return f"ids are text, such as {str(name)!r}"
        labels = self.node_attributes.get("label", ())
        ids = [repr(node) for node, label in zip(self.nodes, labels, strict=False) if label == name]
        return f"that is the label of {' and '.join(ids[:3])}" if ids else None

    def node(self, i: int) -> Record | None:
        """The record of a node by its index; ``None`` if it has none."""
        if isinstance(i, str):
            raise TypeError(f"a node has its index here: network.node(network.place({i!r}))")
        return None if self.dataset is None else self.dataset.find(self.nodes[i])

    def records(self, edge: int) -> tuple[Record, ...]:
        """The records behind an edge by its index."""
        edge = range(self.n_edges)[edge]
        if self._behind is None:
            return ()
        if callable(self._behind):
            return self._behind(edge)
        record: Any = self._behind[edge]
        if record is None:
            return ()
        return record if isinstance(record, tuple) else (record,)

    def degree(self) -> dict[str, int]:
        """How many ties each node has, a loop counted twice, as networkx counts."""
        counts = [0] * len(self)
        for i, j in self._ties():
            counts[i] += 1
            counts[j] += 1
        return dict(zip(self.nodes, counts, strict=True))

    def neighbours(self, id: str) -> tuple[str, ...]:
        """The other nodes that a node has a tie with, in either direction, in node order.

        Raises:
            NotFound: If there is no such node; it names the near ones.
        """
        i = self.place(id)
        return tuple(self.nodes[j] for j in sorted(self._adjacency()[i] - {i}))

    def _adjacency(self) -> list[set[int]]:
        def make() -> list[set[int]]:
            near: list[set[int]] = [set() for _ in self.nodes]
            for i, j in self._ties():
                near[i].add(j)
                near[j].add(i)
            return near

        return cast("list[set[int]]", self._once("adjacency", make))

    def _ties(self) -> Iterator[tuple[int, int]]:
        """The ends of the edges that are ties; others say that a pair is untied or unobserved."""
        ends = zip(self.source, self.target, strict=True)
        states = edge_states(self)
        return ends if states is None else compress(ends, map("present".__eq__, states))


def _columns(columns: Mapping[str, Any]) -> Columns:
    return columns if isinstance(columns, Columns) else Columns(columns)


def _same_columns(first: Mapping[str, Sequence[Any]], second: Mapping[str, Sequence[Any]]) -> bool:
    return first.keys() == second.keys() and all(
        tuple(first[name]) == tuple(second[name]) for name in first
    )


def _restore(
    cls: type[N], name: str, nodes: Any, source: Any, target: Any, behind: Any, state: Any
) -> N:
    return cls(name, nodes, source, target, behind=behind, **state)

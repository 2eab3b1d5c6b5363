"""A Network as arrays: the simple graph that all metrics of this plugin are defined on."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from jmdi.classes import frozen
from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties, edge_states
from jmdi_network.counts import unknown_weights

__all__ = [
    "Floats",
    "Graph",
    "Ints",
    "Rows",
    "Sparse",
    "Whole",
    "by_rows",
    "graph_of",
    "network_of",
    "with_graph",
]

Ints: TypeAlias = NDArray[Any]
Sparse: TypeAlias = Any
"""A ``scipy.sparse.csr_array``."""
Whole: TypeAlias = Any
"""One whole number, of Python or numpy."""
Floats: TypeAlias = NDArray[np.float64]

_KEY = "jmdi_network.graph"
GROUPS_KEY = "jmdi_network.groups "
"""Before the name of an attribute whose groups a network's cache holds."""


FEW = 20_000
"""Up to so many entries are sorted by numpy: importing scipy.sparse takes longer (0.2 s)."""


@frozen(eq=False)
class Rows:
    """The ties of each node, compressed by rows.

    Attributes:
        indptr: Where the ties of each node begin, int32, n + 1.
        indices: Their ends, int32, sorted within each row.
        weight: Their weights, float64.
    """

    indptr: Ints
    indices: Ints
    weight: Floats


@frozen(eq=False)
class Graph:
    """A graph without loops and parallel ties.

    Attributes:
        nodes: Ids, in the order of the network.
        directed: Whether ties have a direction; without, ``source < target``.
        source: Index of the node that each tie goes from, int32, sorted.
        target: Index of the node that it goes to, int32.
        any_weight: Weights of merged ties, added; float64, NaN where one is not known.
        first: Index in the network of the first edge behind each tie, -1 for none.
        unobserved: Pairs that were not observed and have no tie, as ``source * n + target``.
        both_ways: Those of them, the lower node first, whose two directions have one answer.
        notes: What was left out, with counts.
        mode: For a two-mode network 0 or 1 for each node.
    """

    nodes: tuple[str, ...]
    directed: bool
    source: Ints
    target: Ints
    any_weight: Floats = attrs.field(alias="weight")
    first: Ints
    unobserved: Ints
    both_ways: Ints
    notes: dict[str, int]
    mode: tuple[int, ...] | None = None
    _cache: dict[str, Any] = attrs.field(factory=dict)

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.nodes)

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.source)

    @property
    def weight(self) -> Floats:
        """Weights of merged ties, added; float64.

        Raises:
            UndefinedResult: If one is not known, so that no metric counts it as anything.
        """
        unknown = int(np.isnan(self.any_weight).sum())
        if unknown:
            raise unknown_weights(unknown, self.m)
        return self.any_weight

    @property
    def dyads(self) -> int:
        """Number of pairs that could be tied, ordered ones for a directed graph.

        Of two modes these are the pairs of one node of each.
        """
        pairs = self.n * (self.n - 1) // 2
        if self.mode is not None:
            pairs = self.mode.count(0) * (self.n - self.mode.count(0))
        return 2 * pairs if self.directed else pairs

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, computed once."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    def adjacency(self, ends: str = "out") -> Sparse:
        """Weights as a sparse matrix with sorted indices.

        Args:
            ends: ``out`` for rows that send, ``in`` for rows that receive, ``both`` for
                ``a_ij + a_ji``; an undirected graph has the same matrix for all of them.
        """
        return self._sparse(self.rows(ends, weighted=True))

    def binary(self, ends: str = "out") -> Sparse:
        """The adjacency with 1 for each tie; ``both`` is 1 where either direction is tied."""
        return self._sparse(self.rows(ends))

    def _sparse(self, rows: Rows) -> Sparse:
        from scipy.sparse import csr_array

        matrix = csr_array((rows.weight, rows.indices, rows.indptr), shape=(self.n, self.n))
        matrix.has_sorted_indices = matrix.has_canonical_format = True
        return matrix

    def neighbours(self, ends: str = "out") -> tuple[Ints, Ints]:
        """Index pointers and indices of the adjacency, sorted within each row."""
        rows = self.rows(ends)
        return rows.indptr, rows.indices

    def rows(self, ends: str = "out", *, weighted: bool = False) -> Rows:
        """The ties of each node.

        Args:
            ends: As in `adjacency`.
            weighted: Whether ties have their weights; each has 1 otherwise.
        """
        key = ends if self.directed else "both"
        return cast(
            "Rows",
            self.once(
                f"rows {key} {weighted}",
                lambda: self._rows(key, self.weight if weighted else None),
            ),
        )

    def _rows(self, ends: str, weight: Floats | None) -> Rows:
        rows, columns = self.source, self.target
        values = np.ones(self.m) if weight is None else weight
        if ends == "in":
            rows, columns = columns, rows
        elif ends == "both":
            rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
            values = np.concatenate([values, values])
        found = by_rows(rows, columns, values, self.n)
        return (
            found if weight is not None else attrs.evolve(found, weight=np.ones(len(found.indices)))
        )

    def degrees(self, ends: str = "all") -> Ints:
        """Ties of each node: ``out``, ``in``, or ``all``, where a mutual pair counts twice."""
        out = np.bincount(self.source, minlength=self.n)
        into = np.bincount(self.target, minlength=self.n)
        if not self.directed or ends == "all":
            return out + into
        return out if ends == "out" else into

    def undirected(self) -> Graph:
        """The graph with a tie where either direction has one; weights are added."""
        if not self.directed:
            return self
        return cast("Graph", self.once("undirected", self._undirected))

    def _undirected(self) -> Graph:
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        ends = np.minimum(self.unobserved // max(self.n, 1), self.unobserved % max(self.n, 1))
        others = np.maximum(self.unobserved // max(self.n, 1), self.unobserved % max(self.n, 1))
        made = _merged(self, low, high, self.any_weight, self.first, directed=False)
        keys = made.source.astype(np.int64) * self.n + made.target
        unknown = self.unobserved
        if len(unknown):  # setdiff1d does the same, and imports numpy.ma
            unknown = np.unique(ends * self.n + others, return_index=True)[0]
            places = np.searchsorted(keys, unknown)
            unknown = unknown[np.append(keys, -1)[places] != unknown]
        return attrs.evolve(made, unobserved=unknown)


def by_rows(rows: Ints, columns: Ints, values: Floats, n: int) -> Rows:
    """Entries of a square matrix of n rows, compressed by rows; repeated ones are added.

    Args:
        rows: The row of each entry, int32.
        columns: Its column, int32.
        values: Its value, float64.
        n: How many rows and columns there are.
    """
    made = sorted_by_numpy if len(rows) <= FEW else sorted_by_scipy
    return made(rows, columns, values, n)


def sorted_by_numpy(rows: Ints, columns: Ints, values: Floats, n: int) -> Rows:
    """What `by_rows` gives, without an import."""
    keys = rows.astype(np.int64) * n + columns
    keys, inverse = np.unique(keys, return_inverse=True)
    counts = np.bincount(keys // max(n, 1), minlength=n)
    return Rows(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        (keys % max(n, 1)).astype(np.int32),
        np.bincount(inverse, weights=values, minlength=len(keys)).astype(np.float64),
    )


def sorted_by_scipy(rows: Ints, columns: Ints, values: Floats, n: int) -> Rows:
    """What `by_rows` gives, faster for many entries."""
    from scipy.sparse import csr_array

    matrix: Sparse = csr_array((values, (rows, columns)), shape=(n, n))
    matrix.sum_duplicates()
    return Rows(matrix.indptr, matrix.indices, matrix.data)


def _merged(
    like: Graph, source: Ints, target: Ints, weight: Floats, first: Ints, *, directed: bool
) -> Graph:
    """The graph of these ties with parallel ones merged; ``like`` gives all else."""
    keys = source.astype(np.int64) * max(like.n, 1) + target
    if len(keys) and bool((np.diff(keys) > 0).all()):
        return attrs.evolve(
            like,
            directed=directed,
            source=source,
            target=target,
            weight=weight,
            first=first,
            cache={},
        )
    unique, places, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return attrs.evolve(
        like,
        directed=directed,
        source=(unique // max(like.n, 1)).astype(np.int32),
        target=(unique % max(like.n, 1)).astype(np.int32),
        weight=np.bincount(inverse, weights=weight, minlength=len(unique)).astype(np.float64),
        first=first[places] if len(first) else first,
        cache={},
    )


def graph_of(network: Network) -> Graph:
    """The simple graph of a network; computed once for each network.

    Which edges are ties, and of which pairs nobody knows, is what `jmdi.graph.pairs` decides.
    """
    cache: dict[str, Any] = network._cache
    if _KEY not in cache:
        cache[_KEY] = _read(network)
    return cast("Graph", cache[_KEY])


def _read(network: Network) -> Graph:
    n = len(network)
    source = _view(network.source, np.int32)
    target = _view(network.target, np.int32)
    weight = np.ones(len(source)) if network.weight is None else _view(network.weight, np.float64)
    edges: Ints = np.arange(len(source))
    notes: dict[str, int] = {}
    present = _present(network)
    if present is not None:
        notes["ties_not_present"] = int(len(present) - present.sum())
        source, target, weight, edges = (x[present] for x in (source, target, weight, edges))
    proper = source != target
    notes["loops_dropped"] = int(len(proper) - proper.sum())
    if notes["loops_dropped"]:
        source, target, weight, edges = (x[proper] for x in (source, target, weight, edges))
    ties = len(source)
    if not network.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    empty = Graph(
        network.nodes,
        network.directed,
        source,
        target,
        weight,
        edges,
        np.zeros(0, np.int64),
        np.zeros(0, np.int64),
        notes,
        network.mode,
    )
    graph = _merged(empty, source, target, weight, edges, directed=network.directed)
    notes["ties_merged"] = ties - graph.m
    unseen = network.unobserved
    if network.mode is not None:  # others cannot be tied
        unseen = tuple(pair for pair in unseen if network.mode[pair[0]] != network.mode[pair[1]])
    if unseen:
        low, high = np.array(unseen, np.int64).T
        notes["pairs_unobserved"] = len(low)
        both_ways = np.array([i * n + j for i, j in network.both_ways], np.int64)
        unobserved = low * n + high
        if len(both_ways):
            both_ways = both_ways[np.isin(both_ways, unobserved)]  # others are disputed
        graph = attrs.evolve(graph, unobserved=unobserved, both_ways=both_ways)
    return graph


def _view(values: memoryview[Any], kind: type[np.generic]) -> NDArray[Any]:
    return np.frombuffer(values, dtype=kind) if len(values) else np.zeros(0, kind)


def _present(network: Network) -> NDArray[np.bool_] | None:
    """Which edges are ties; ``None`` when all are."""
    said = edge_states(network)
    return None if said is None else np.array([state == "present" for state in said])


def network_of(graph: Graph, like: Network, **more: Any) -> Network:
    """A network of a graph's ties with the nodes of another; it knows no dataset.

    Args:
        graph: The ties.
        like: The network whose nodes, name and node attributes it takes.
        **more: Other arguments of `Network`.
    """
    weighted = bool(graph.m) and not bool((graph.any_weight == 1.0).all())
    made = Network(
        like.name,
        graph.nodes,
        array("i", graph.source.astype(np.int32).tobytes()),
        array("i", graph.target.astype(np.int32).tobytes()),
        directed=graph.directed,
        weight=array("d", graph.any_weight.tobytes()) if weighted else None,
        **{
            "mode": like.mode,
            "unobserved": lambda: zip(*np.divmod(graph.unobserved, graph.n), strict=True),
            "both_ways": zip(*np.divmod(graph.both_ways, max(graph.n, 1)), strict=True),
            "node_attributes": like.node_attributes,
            "notes": {name: like.notes[name] for name in like.notes if name == "tie_weight"},
            "model": like._model,
            "check": False,
            **more,
        },
    )
    made._cache[_KEY] = graph
    all_are_ties(made)  # also those whose weights cancel out
    if "node_attributes" not in more:
        made._cache.update((k, v) for k, v in like._cache.items() if k.startswith(GROUPS_KEY))
    return made


def with_graph(network: Network, graph: Graph) -> Network:
    """A new network whose maker knows its simple graph, so that nobody has to make it."""
    network._cache[_KEY] = graph
    return network

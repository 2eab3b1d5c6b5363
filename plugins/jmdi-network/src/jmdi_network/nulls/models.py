"""Null models: how to draw one random network like a given one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import UndefinedResult
from jmdi_network.arrays import Graph, Ints, Sparse, graph_of
from jmdi_network.groups import is_known
from jmdi_network.nulls.drawn import Drawn, observed_pairs, rebuilt, relabelled, state_of

if TYPE_CHECKING:
    from jmdi_network.projections.twomode import Bipartite

__all__ = ["MODELS", "Draw", "Model", "model_of", "permuted"]

Draw = Callable[[np.random.Generator], Drawn]


@attrs.frozen(slots=True, eq=False)
class Model:
    """A null model of one network.

    Attributes:
        name: Its name.
        says: What is kept and what is random, for the methods section.
        draw: Draws one network.
        carries: Whether ties keep what the observed ones say, such as their kind.
    """

    name: str
    says: str
    draw: Draw
    carries: bool = True


def model_of(
    network: Network,
    name: str,
    *,
    attributes: Sequence[str] | None = None,
    swaps: float = 10.0,
    connected: bool = False,
) -> Model:
    """The null model of this name for a network.

    Args:
        network: The observed network.
        name: One of `MODELS`.
        attributes: For ``labels``, the node attributes that are permuted; all by default.
        swaps: For ``rewire``, tried swaps per tie; for ``curveball``, trades per row.
        connected: For ``rewire``, whether networks stay in one piece.

    Raises:
        BadParameter: If there is no such model, or it is not for this network.
    """
    if name not in MODELS:
        raise BadParameter(f"model is one of {', '.join(MODELS)}, not {name!r}")
    if connected and name != "rewire":
        raise BadParameter("connected= goes with model='rewire'")
    options: dict[str, Any] = {}
    if name == "labels":
        options["attributes"] = attributes
    if name in ("rewire", "curveball"):
        options["swaps"] = swaps
    if name == "rewire":
        options["connected"] = connected
    model = MODELS[name](network, **options)
    if not network.unobserved:
        return model
    stay = "go with them" if name == "qap" else "stay so"
    return attrs.evolve(model, says=f"{model.says}; pairs that were not observed {stay}")


def _one_mode(network: Network, name: str) -> Graph:
    if network.mode is not None:
        raise BadParameter(f"model={name!r} is for one mode; use 'curveball' or 'labels'")
    return graph_of(network)


def _labels(network: Network, *, attributes: Sequence[str] | None) -> Model:
    names = tuple(network.node_attributes if attributes is None else attributes)
    columns = [np.array([*network.node_attributes[name], None], object)[:-1] for name in names]
    graph = graph_of(network)
    parts = [np.arange(graph.n)]
    if network.mode is not None:
        parts = [np.flatnonzero(np.array(network.mode) == mode) for mode in (0, 1)]
    if len(columns) == 1:
        known = np.array([is_known(value) for value in columns[0]], bool)
        parts = [part[known[part]] for part in parts]
    texts = [np.unique([str(v) for v in column], return_inverse=True)[1] for column in columns]

    def draw(random: np.random.Generator) -> Drawn:
        moved = np.arange(graph.n)
        for part in parts:
            moved[part] = random.permutation(part)
        mixed = {n: tuple(c[moved]) for n, c in zip(names, columns, strict=True)}
        state = state_of(
            np.concatenate([t[moved] * graph.n + np.arange(graph.n) for t in texts])
            if texts
            else moved
        )
        return Drawn(relabelled(network, mixed), state)

    says = f"node attributes {', '.join(names)} permuted, ties kept"
    return Model("labels", says, draw)


def _qap(network: Network) -> Model:
    graph = graph_of(network)
    if network.mode is not None:
        raise BadParameter("model='qap' is for one mode")

    def draw(random: np.random.Generator) -> Drawn:
        return permuted(network, graph, random.permutation(graph.n))

    return Model("qap", "rows and columns of the ties permuted together, attributes kept", draw)


def permuted(network: Network, graph: Graph, to: Ints) -> Drawn:
    """The network with ties, and pairs that were not observed, between other actors.

    Args:
        network: The observed network.
        graph: Its graph.
        to: The actor that each becomes, whole numbers, n.
    """

    def moved(pairs: Ints, *, ordered: bool) -> Ints:
        i, j = to[pairs // max(graph.n, 1)], to[pairs % max(graph.n, 1)]
        if not ordered:
            i, j = np.minimum(i, j), np.maximum(i, j)
        return np.sort(i * graph.n + j)

    ends = to[graph.source], to[graph.target]
    unobserved = moved(graph.unobserved, ordered=graph.directed)
    both_ways = moved(graph.both_ways, ordered=False)
    return rebuilt(network, graph, *ends, np.arange(graph.m), unobserved, both_ways)


def _size(network: Network) -> Model:
    graph = _one_mode(network, "size")
    pairs = graph.dyads - len(graph.unobserved)

    def draw(random: np.random.Generator) -> Drawn:
        numbers = np.flatnonzero(random.integers(0, 2, pairs, np.int8))
        return rebuilt(network, graph, *observed_pairs(graph, numbers))

    says = "number of actors kept, each pair tied with probability 1/2"
    return Model("size", says, draw, carries=False)


def _some(random: np.random.Generator, of: int, count: int) -> Ints:
    """Different numbers below ``of``, each set of them equally likely."""
    return random.choice(of, count, replace=False) if count else np.zeros(0, np.int64)


def _edges(network: Network) -> Model:
    graph = _one_mode(network, "edges")
    pairs = graph.dyads - len(graph.unobserved)

    def draw(random: np.random.Generator) -> Drawn:
        numbers = _some(random, pairs, graph.m)
        return rebuilt(network, graph, *observed_pairs(graph, numbers), np.arange(graph.m))

    return Model("edges", "number of actors and ties (and their weights) kept", draw)


def _dyads(network: Network) -> Model:
    graph = _one_mode(network, "dyads")
    if not graph.directed:
        return attrs.evolve(_edges(network), name="dyads")
    kinds = _kinds_of_ties(graph)
    half = attrs.evolve(graph, directed=False, unobserved=kinds.partly, cache={})
    mutual, one = len(kinds.mutual) // 2, len(kinds.one)
    origin = np.concatenate([kinds.mutual[:mutual], kinds.one, kinds.mutual[mutual:], kinds.answer])

    def draw(random: np.random.Generator) -> Drawn:
        count = mutual + one
        low, high = observed_pairs(half, _some(random, half.dyads - len(kinds.partly), count))
        turn = random.integers(0, 2, count).astype(bool)
        source, target = np.where(turn, high, low), np.where(turn, low, high)
        # of a pair of which one direction was observed, only that one can be tied
        seen = kinds.seen[_some(random, len(kinds.seen), len(kinds.answer))]
        return rebuilt(
            network,
            graph,
            np.concatenate([source, target[:mutual], seen // max(graph.n, 1)]),
            np.concatenate([target, source[:mutual], seen % max(graph.n, 1)]),
            origin,
        )

    return Model("dyads", "number of actors and the dyad census kept", draw)


@attrs.frozen(slots=True, eq=False)
class _KindsOfTies:
    """The ties of a directed graph by what is known of the other direction; all int64.

    Attributes:
        mutual: Ties that are answered: first one of each pair, then in the same order the other.
        one: Ties whose other direction was observed and is not tied.
        answer: Ties whose other direction was not observed.
        seen: Observed directions of pairs whose other one was not observed, as keys.
        partly: Pairs of which a direction was not observed, as keys without direction, sorted.
    """

    mutual: Ints
    one: Ints
    answer: Ints
    seen: Ints
    partly: Ints


def _kinds_of_ties(graph: Graph) -> _KindsOfTies:
    n = max(graph.n, 1)
    keys = graph.source.astype(np.int64) * n + graph.target
    back = graph.target.astype(np.int64) * n + graph.source
    answered, unknown = np.isin(back, keys), np.isin(back, graph.unobserved)
    first = np.flatnonzero(answered & (graph.source < graph.target))
    other = graph.unobserved % n * n + graph.unobserved // n
    low = np.minimum(graph.unobserved // n, graph.unobserved % n)
    high = np.maximum(graph.unobserved // n, graph.unobserved % n)
    return _KindsOfTies(
        np.concatenate([first, np.searchsorted(keys, back[first])]),
        np.flatnonzero(~answered & ~unknown),
        np.flatnonzero(unknown),
        np.setdiff1d(other, graph.unobserved),
        np.unique(low * n + high),
    )


def _rewire(network: Network, *, swaps: float, connected: bool) -> Model:
    from jmdi_network.kernels.components import component_of
    from jmdi_network.kernels.rewire import (
        empty_table,
        kept_free,
        swap_directed,
        swap_undirected,
        swap_undirected_connected,
    )
    from jmdi_network.kernels.rewire_bits import LARGEST, no_pairs, swap_undirected_bits

    graph = _one_mode(network, "rewire")
    if connected and graph.n and component_of(graph)[0] > 1:
        raise UndefinedResult("disconnected", "connected=True, but the network is in pieces")
    tries = max(100, round(swaps * graph.m)) if graph.m > 1 else 0
    indptr, near = graph.neighbours("out")
    wide = indptr.astype(np.int64)

    free = not graph.directed and not connected and not len(graph.unobserved)
    pairs = no_pairs(graph.n) if free and graph.n <= LARGEST else None

    def draw(random: np.random.Generator) -> Drawn:
        stream = np.uint64(random.bit_generator.random_raw())
        source, target = graph.source.copy(), graph.target.copy()
        done = 0
        if tries and pairs is not None:
            done = swap_undirected_bits(source, target, graph.n, pairs, stream, tries)
        elif tries:
            table = empty_table(graph.m + len(graph.unobserved), graph.n)
            kept_free(table, graph.unobserved)
            if graph.directed:
                done = swap_directed(source, target, wide, table, stream, tries, connected)
            elif connected:
                done = swap_undirected_connected(
                    source, target, wide, near.copy(), table, stream, tries
                )
            else:
                done = swap_undirected(source, target, graph.n, table, stream, tries)
        drawn = rebuilt(network, graph, source, target, np.arange(graph.m))
        return attrs.evolve(drawn, tries=tries, accepted=int(done))

    says = "ties sent and received by each actor kept" if graph.directed else _DEGREES
    if connected:
        says += ", in one piece"
    return Model("rewire", says + _reached(graph), draw)


_DEGREES = "degree of each actor kept"


def _reached(graph: Graph) -> str:
    """What to say where free cells may keep exchanges from reaching some networks."""
    return ", by exchanges that may not reach all of them" if len(graph.unobserved) else ""


def _curveball(network: Network, *, swaps: float) -> Model:
    from jmdi_network.kernels.rewire import trade
    from jmdi_network.projections.twomode import bipartite_of

    if network.mode is None:
        raise BadParameter("model='curveball' is for two modes; use 'rewire'")
    graph = graph_of(network)
    modes = bipartite_of(network)
    if modes.matrix.shape[0] > modes.matrix.shape[1]:
        modes = bipartite_of(network, 1)
    count, columns = modes.matrix.shape
    trades = max(50, round(swaps * count)) if count > 1 else 0
    indptr = modes.matrix.indptr.astype(np.int64)
    entries = modes.matrix.indices.astype(np.int64)
    rows = np.repeat(np.arange(count), np.diff(indptr))
    free = _free_cells(graph, modes)
    origin = _ties_of(graph, modes.rows[rows], modes.columns[entries])

    def draw(random: np.random.Generator) -> Drawn:
        mixed, done = entries.copy(), 0
        if trades:
            pairs = random.integers(0, count, (trades, 2))
            key = np.uint64(random.bit_generator.random_raw())
            cells = free.indptr.astype(np.int64), free.indices.astype(np.int64)
            done = trade(indptr, mixed, *cells, columns, pairs, key)
        drawn = rebuilt(network, graph, modes.rows[rows], modes.columns[mixed], origin)
        return attrs.evolve(drawn, tries=trades, accepted=int(done))

    says = "ties of each node of both modes kept"
    if origin is None:
        says += "; weights are not"
    return Model("curveball", says + _reached(graph), draw, carries=origin is not None)


def _free_cells(graph: Graph, modes: Bipartite) -> Sparse:
    """The pairs that were not observed, as a matrix of rows and columns."""
    from scipy.sparse import csr_array

    place = np.zeros(graph.n, np.int64)
    place[modes.rows] = np.arange(len(modes.rows))
    place[modes.columns] = np.arange(len(modes.columns))
    i, j = graph.unobserved // max(graph.n, 1), graph.unobserved % max(graph.n, 1)
    between = np.isin(i, modes.rows) != np.isin(j, modes.rows)
    i, j = i[between], j[between]
    flip = ~np.isin(i, modes.rows)
    i, j = np.where(flip, j, i), np.where(flip, i, j)
    cells: Sparse = csr_array((np.ones(len(i)), (place[i], place[j])), shape=modes.matrix.shape)
    return cells


def _ties_of(graph: Graph, rows: Ints, columns: Ints) -> Ints | None:
    """The tie of each cell; ``None`` where two ties of a directed graph share one."""
    if graph.m != len(rows):
        return None
    ties = graph.source.astype(np.int64) * graph.n + graph.target
    cells, turned = rows * graph.n + columns, columns * graph.n + rows
    cells = np.where(np.isin(cells, ties), cells, turned)
    return np.searchsorted(ties, cells)


MODELS: dict[str, Callable[..., Model]] = {
    "labels": _labels,
    "size": _size,
    "edges": _edges,
    "dyads": _dyads,
    "rewire": _rewire,
    "curveball": _curveball,
    "qap": _qap,
}
"""The null models by name."""

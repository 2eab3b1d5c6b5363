"""Null models: how to draw one random network like a given one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import UndefinedResult
from jmdi_network.arrays import Floats, Graph, Ints, graph_of, network_of
from jmdi_network.groups import is_known
from jmdi_network.networks import lazily

__all__ = ["MODELS", "Drawn", "Model", "model_of"]


@attrs.frozen(slots=True, eq=False)
class Drawn:
    """One random network.

    Attributes:
        network: The network.
        state: A number that differs, but for chance, where the networks differ; 0 of resampled
            ones.
        tries: How many exchanges were tried, for a Markov chain.
        accepted: How many changed the network.
    """

    network: Network
    state: int = 0
    tries: int = 0
    accepted: int = 0


Draw = Callable[[np.random.Generator], Drawn]


@attrs.frozen(slots=True, eq=False)
class Model:
    """A null model of one network.

    Attributes:
        name: Its name.
        says: What is kept and what is random, for the methods section.
        draw: Draws one network.
    """

    name: str
    says: str
    draw: Draw


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
    return MODELS[name](network, **options)


def state_of(keys: Ints) -> int:
    """A number for a set of ties, whatever their order."""
    z = keys.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return int(np.bitwise_xor(z, z >> np.uint64(31)).sum(dtype=np.uint64))


def rebuilt(network: Network, graph: Graph, source: Ints, target: Ints, weight: Floats) -> Drawn:
    """The network with other ties."""
    source, target = source.astype(np.int32), target.astype(np.int32)
    if not graph.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    if len(weight) and bool((weight == weight[0]).all()):
        from jmdi_network.kernels.rewire_bits import in_order

        source, target = in_order(source, target, graph.n)
        keys = source.astype(np.int64) * graph.n + target
    else:
        keys = source.astype(np.int64) * graph.n + target
        order = np.argsort(keys)
        keys, source, target, weight = keys[order], source[order], target[order], weight[order]
    made = attrs.evolve(
        graph,
        source=source,
        target=target,
        weight=weight,
        first=np.full(len(source), -1),
        unobserved=np.zeros(0, np.int64),
        notes={},
        cache={},
    )
    return Drawn(network_of(made, network), state_of(keys))


def pair_keys(graph: Graph, numbers: Ints) -> tuple[Ints, Ints]:
    """The ends of pairs by their number, from 0 to the number of possible pairs."""
    n = graph.n
    if graph.directed:
        i, j = numbers // (n - 1), numbers % (n - 1)
        return i, j + (j >= i)
    # the pairs with a first node below i are i(2n-i-1)/2
    guess = ((2 * n - 1) - np.sqrt((2.0 * n - 1) ** 2 - 8.0 * numbers)) / 2
    i = np.clip(guess.astype(np.int64), 0, n - 2)
    i -= i * (2 * n - i - 1) // 2 > numbers
    i += (i + 1) * (2 * n - i - 2) // 2 <= numbers
    return i, numbers - i * (2 * n - i - 1) // 2 + i + 1


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
        made = network_of(
            graph, network, node_attributes={**lazily(network.node_attributes), **mixed}
        )
        state = state_of(
            np.concatenate([t[moved] * graph.n + np.arange(graph.n) for t in texts])
            if texts
            else moved
        )
        return Drawn(made, state)

    says = f"node attributes {', '.join(names)} permuted, ties kept"
    return Model("labels", says, draw)


def _qap(network: Network) -> Model:
    graph = graph_of(network)
    if network.mode is not None:
        raise BadParameter("model='qap' is for one mode")

    def draw(random: np.random.Generator) -> Drawn:
        to = random.permutation(graph.n)
        return rebuilt(network, graph, to[graph.source], to[graph.target], graph.any_weight)

    return Model("qap", "rows and columns of the ties permuted together, attributes kept", draw)


def _size(network: Network) -> Model:
    graph = _one_mode(network, "size")

    def draw(random: np.random.Generator) -> Drawn:
        numbers = np.flatnonzero(random.integers(0, 2, graph.dyads, np.int8))
        return rebuilt(network, graph, *pair_keys(graph, numbers), np.ones(len(numbers)))

    return Model("size", "number of actors kept, each pair tied with probability 1/2", draw)


def _some(random: np.random.Generator, of: int, count: int) -> Ints:
    """Different numbers below ``of``, each set of them equally likely."""
    return random.choice(of, count, replace=False) if count else np.zeros(0, np.int64)


def _edges(network: Network) -> Model:
    graph = _one_mode(network, "edges")

    def draw(random: np.random.Generator) -> Drawn:
        numbers = _some(random, graph.dyads, graph.m)
        return rebuilt(network, graph, *pair_keys(graph, numbers), graph.any_weight)

    return Model("edges", "number of actors and ties (and their weights) kept", draw)


def _dyads(network: Network) -> Model:
    from jmdi_network.kernels.dyads import dyads

    graph = _one_mode(network, "dyads")
    if not graph.directed:
        return attrs.evolve(_edges(network), name="dyads")
    mutual, one, _ = dyads(graph)
    half = attrs.evolve(graph, directed=False, cache={})

    def draw(random: np.random.Generator) -> Drawn:
        count = mutual + one
        low, high = pair_keys(half, _some(random, half.dyads, count))
        turn = random.integers(0, 2, count).astype(bool)
        source, target = np.where(turn, high, low), np.where(turn, low, high)
        return rebuilt(
            network,
            graph,
            np.concatenate([source, target[:mutual]]),
            np.concatenate([target, source[:mutual]]),
            np.ones(count + mutual),
        )

    says = "number of actors and the dyad census kept; weights are not"
    return Model("dyads", says, draw)


def _rewire(network: Network, *, swaps: float, connected: bool) -> Model:
    from jmdi_network.kernels.components import component_of
    from jmdi_network.kernels.rewire import (
        empty_table,
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

    free = not graph.directed and not connected
    pairs = no_pairs(graph.n) if free and graph.n <= LARGEST else None

    def draw(random: np.random.Generator) -> Drawn:
        stream = np.uint64(random.bit_generator.random_raw())
        source, target = graph.source.copy(), graph.target.copy()
        done = 0
        if tries and pairs is not None:
            done = swap_undirected_bits(source, target, graph.n, pairs, stream, tries)
        elif tries:
            table = empty_table(graph.m, graph.n)
            if graph.directed:
                done = swap_directed(source, target, wide, table, stream, tries, connected)
            elif connected:
                done = swap_undirected_connected(
                    source, target, wide, near.copy(), table, stream, tries
                )
            else:
                done = swap_undirected(source, target, graph.n, table, stream, tries)
        drawn = rebuilt(network, graph, source, target, graph.any_weight)
        return attrs.evolve(drawn, tries=tries, accepted=int(done))

    says = "degree of each actor kept" + (", in one piece" if connected else "")
    if graph.directed:
        says = "ties sent and received by each actor kept" + (", in one piece" if connected else "")
    return Model("rewire", says, draw)


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

    def draw(random: np.random.Generator) -> Drawn:
        mixed, done = entries.copy(), 0
        if trades:
            pairs = random.integers(0, count, (trades, 2))
            key = np.uint64(random.bit_generator.random_raw())
            done = trade(indptr, mixed, columns, pairs, key)
        drawn = rebuilt(network, graph, modes.rows[rows], modes.columns[mixed], np.ones(len(rows)))
        return attrs.evolve(drawn, tries=trades, accepted=int(done))

    return Model("curveball", "ties of each node of both modes kept; weights are not", draw)


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

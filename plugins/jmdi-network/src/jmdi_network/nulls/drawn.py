"""One random network: the ties that were drawn, with what the observed ones carry."""

from __future__ import annotations

from array import array
from typing import Any, cast

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties
from jmdi_network.arrays import Graph, Ints, graph_of, network_of, with_graph
from jmdi_network.networks import altered, lazily

__all__ = [
    "Drawn",
    "carried",
    "edges_behind",
    "observed_pairs",
    "pair_keys",
    "plain",
    "rebuilt",
    "relabelled",
    "state_of",
]


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


def state_of(keys: Ints) -> int:
    """A number for a set of ties, whatever their order."""
    z = keys.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return int(np.bitwise_xor(z, z >> np.uint64(31)).sum(dtype=np.uint64))


def plain(network: Network) -> Network:
    """The simple graph of a network without what its edges say besides weights and states."""
    return network_of(graph_of(network), network)


def rebuilt(
    network: Network,
    graph: Graph,
    source: Ints,
    target: Ints,
    origin: Ints | None = None,
    unobserved: Ints | None = None,
    both_ways: Ints | None = None,
) -> Drawn:
    """The network with other ties.

    Args:
        network: The observed network.
        graph: Its graph.
        source: Index of the node that each tie goes from, whole numbers, one for each tie.
        target: Index of the node that it goes to.
        origin: The observed tie that each stands for, whose weight and edges it takes;
            without it weights are 1 and edges say nothing.
        unobserved: Pairs that were not observed, as `Graph.unobserved`; those of the observed
            network by default.
        both_ways: Those of them whose directions have one answer, as `Graph.both_ways`.
    """
    from jmdi_network.kernels.rewire_bits import order_of_ties

    source, target = source.astype(np.int32), target.astype(np.int32)
    if not graph.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    order = order_of_ties(source, target, graph.n)
    source, target = source[order], target[order]
    keys = source.astype(np.int64) * graph.n + target
    if origin is not None:
        origin = origin[order]
    made = attrs.evolve(
        graph,
        source=source,
        target=target,
        weight=np.ones(len(source)) if origin is None else graph.any_weight[origin],
        first=np.full(len(source), -1),
        unobserved=graph.unobserved if unobserved is None else unobserved,
        both_ways=graph.both_ways if both_ways is None else both_ways,
        notes={},
        cache={},
    )
    drawn = network_of(made, network)
    if origin is not None and network.edge_attributes:
        parts = carried(network, graph, source, target, origin)
        drawn = all_are_ties(with_graph(altered(drawn, **parts), made))
    return Drawn(drawn, state_of(keys))


def carried(
    network: Network, graph: Graph, source: Ints, target: Ints, origin: Ints
) -> dict[str, Any]:
    """Arguments of `Network`: the edges behind observed ties, between other nodes.

    Args:
        network: The observed network.
        graph: Its graph.
        source: Index of the node that each tie goes from now, whole numbers.
        target: Index of the node that it goes to.
        origin: The observed tie that each stands for.
    """
    edges, begin = edges_behind(network, graph)
    counts = (begin[1:] - begin[:-1])[origin]
    first = np.repeat(begin[origin] - (np.cumsum(counts) - counts), counts)
    places = edges[first + np.arange(len(first))]
    weight = None
    if network.weight is not None:
        weight = array("d", np.array(network.weight, np.float64)[places].tobytes())
    return {
        "source": array("i", np.repeat(source, counts).astype(np.int32).tobytes()),
        "target": array("i", np.repeat(target, counts).astype(np.int32).tobytes()),
        "weight": weight,
        "edge_attributes": lazily(network.edge_attributes, places),
    }


def edges_behind(network: Network, graph: Graph) -> tuple[Ints, Ints]:
    """The edges that are ties, by tie, and where those of each tie begin; int64, m + 1."""

    def make() -> tuple[Ints, Ints]:
        from jmdi.graph.pairs import edge_states

        source, target = (np.array(end, np.int64) for end in (network.source, network.target))
        states = edge_states(network)
        there = source != target
        if states is not None:
            there &= np.array(states) == "present"
        edges = np.flatnonzero(there)
        source, target = source[edges], target[edges]
        if not graph.directed:
            source, target = np.minimum(source, target), np.maximum(source, target)
        ties = np.searchsorted(
            graph.source.astype(np.int64) * graph.n + graph.target, source * graph.n + target
        )
        order = np.argsort(ties, kind="stable")
        return edges[order], np.searchsorted(ties[order], np.arange(graph.m + 1))

    # of the network and not of the graph, which a network of plain ties shares
    return cast("tuple[Ints, Ints]", network._once("jmdi_network.edges_behind", make))


def relabelled(network: Network, columns: dict[str, Any]) -> Network:
    """The network with other node attributes; its ties and what they carry are the same."""
    made = altered(network, node_attributes={**lazily(network.node_attributes), **columns})
    return with_graph(made, graph_of(network))


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


def _pair_numbers(graph: Graph, keys: Ints) -> Ints:
    """The numbers of pairs, as `pair_keys` takes them, in ascending order."""
    i, j = keys // graph.n, keys % graph.n
    if graph.directed:
        return np.sort(i * (graph.n - 1) + j - (j > i))
    return np.sort(i * (2 * graph.n - i - 1) // 2 + j - i - 1)


def observed_pairs(graph: Graph, numbers: Ints) -> tuple[Ints, Ints]:
    """The ends of pairs by their number among those that were observed."""
    if not len(graph.unobserved):
        return pair_keys(graph, numbers)
    hidden = _pair_numbers(graph, graph.unobserved)
    skipped = np.searchsorted(hidden - np.arange(len(hidden)), numbers, side="right")
    return pair_keys(graph, numbers + skipped)

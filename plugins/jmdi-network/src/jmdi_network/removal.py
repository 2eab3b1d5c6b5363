"""What a metric would be without each actor or tie, and which new tie would move it most."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Ints, graph_of
from jmdi_network.groups import UNKNOWN, groups_of
from jmdi_network.networks import altered, lazily, with_edges
from jmdi_network.nulls.measuring import Measure
from jmdi_network.parameters import Grouping

__all__ = ["Task", "admissible", "outcomes", "with_ties"]


@attrs.frozen(slots=True, eq=False)
class Task:
    """What a process needs: the network, the metric, and what is left out or put in.

    Attributes:
        network: The observed network.
        measure: The metric.
        what: ``nodes``, ``ties`` or ``add``.
        pairs: The ties of a change, as pairs of node indices.
    """

    network: Network
    measure: Measure
    what: str
    pairs: Sequence[tuple[int, int]] = ()


def _without_node(network: Network, measure: Measure, node: int) -> tuple[Network, Measure]:
    parameters = dict(measure.parameters)
    groups = parameters.get("groups")
    if groups is not None and not isinstance(groups, (str, Mapping)):
        parameters["groups"] = [value for i, value in enumerate(groups) if i != node]
    elif isinstance(groups, Mapping):
        parameters["groups"] = {id: v for id, v in groups.items() if id != network.nodes[node]}
    return _less(network, node), attrs.evolve(measure, parameters=parameters)


def _less(network: Network, node: int) -> Network:
    """The network without a node and its edges; columns are made when they are looked at."""
    source, target = _ends(network)
    keep = np.flatnonzero((source != node) & (target != node))
    source, target = source[keep], target[keep]
    rest = np.delete(np.arange(len(network)), node)
    return with_edges(
        network,
        keep,
        nodes=network.nodes[:node] + network.nodes[node + 1 :],
        source=array("i", (source - (source > node)).astype(np.int32).tobytes()),
        target=array("i", (target - (target > node)).astype(np.int32).tobytes()),
        mode=None if network.mode is None else network.mode[:node] + network.mode[node + 1 :],
        unobserved=[
            (i - (i > node), j - (j > node))
            for i, j in network.unobserved_ties
            if node not in (i, j)
        ],
        both_ways=[
            (i - (i > node), j - (j > node)) for i, j in network.both_ways if node not in (i, j)
        ],
        node_attributes=lazily(network.node_attributes, rest),
    )


def _ends(network: Network) -> tuple[Ints, Ints]:
    if not network.n_edges:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return np.frombuffer(network.source, "i"), np.frombuffer(network.target, "i")


def with_ties(network: Network, added: Sequence[tuple[int, int]]) -> Network:
    """The network with new edges of weight 1; their attributes are not known."""
    weight = network.weight
    every = np.arange(network.n_edges)
    return altered(
        network,
        source=array("i", [*network.source, *(i for i, _ in added)]),
        target=array("i", [*network.target, *(j for _, j in added)]),
        weight=None if weight is None else array("d", [*weight, *[1.0] * len(added)]),
        edge_attributes=lazily(network.edge_attributes, every, [None] * len(added)),
    )


def _changed(task: Task, number: int) -> tuple[Network, Measure]:
    network = task.network
    if task.what == "nodes":
        return _without_node(network, task.measure, number)
    if task.what == "add":
        return with_ties(network, [task.pairs[number]]), task.measure
    i, j = task.pairs[number]
    source, target = _ends(network)
    gone = (source == i) & (target == j)
    if not network.directed:
        gone |= (source == j) & (target == i)
    return with_edges(network, np.flatnonzero(~gone)), task.measure


def outcomes(task: Task, numbers: Sequence[int]) -> list[tuple[float | None, str | None]]:
    """The metric after each change, or why there is none."""
    found = []
    for number in numbers:
        network, measure = _changed(task, number)
        result = measure.drawn(network)
        found.append(_number(measure, result))
    return found


def _number(measure: Measure, result: Result) -> tuple[float | None, str | None]:
    """The number that is looked at, or why there is none: a group may have lost its last actor."""
    if not result.defined:
        return None, result.undefined
    number = measure.numbers(result, gone=True)[0]
    return number, "missing_input" if number is None else None


def admissible(
    network: Network,
    candidates: Iterable[tuple[str, str]] | None,
    across: Grouping | None,
) -> list[tuple[int, int]]:
    """The pairs without a tie that may be tied, in node order."""
    graph = graph_of(network)
    tied = set((graph.source.astype(np.int64) * graph.n + graph.target).tolist())

    def key(i: int, j: int) -> int:
        return i * graph.n + j if graph.directed or i < j else j * graph.n + i

    pairs: Iterable[tuple[int, int]]
    if candidates is None:
        n = graph.n
        pairs = ((i, j) for i in range(n) for j in range(0 if graph.directed else i + 1, n))
    else:
        pairs = [(network.place(a), network.place(b)) for a, b in candidates]
    groups = None if across is None else groups_of(network, across).code.tolist()
    mode = network.mode
    return [
        (i, j)
        for i, j in pairs
        if i != j
        and key(i, j) not in tied
        and (mode is None or mode[i] != mode[j])
        and (groups is None or (UNKNOWN not in (groups[i], groups[j]) and groups[i] != groups[j]))
    ]

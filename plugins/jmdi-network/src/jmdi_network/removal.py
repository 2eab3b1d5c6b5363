"""What a metric would be without each actor or tie, and which new tie would move it most."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.errors import NotFound
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Ints, graph_of
from jmdi_network.groups import UNKNOWN, groups_of
from jmdi_network.nulls.measuring import Measure

__all__ = ["Task", "admissible", "outcomes", "with_edges"]


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
    nodes, edges = network.node_attributes, network.edge_attributes
    weight = network.weight
    return Network(
        network.name,
        network.nodes[:node] + network.nodes[node + 1 :],
        array("i", (source - (source > node)).astype(np.int32).tobytes()),
        array("i", (target - (target > node)).astype(np.int32).tobytes()),
        directed=network.directed,
        weight=None
        if weight is None
        else array("d", (np.frombuffer(weight, "d")[keep] if len(weight) else keep).tobytes()),
        mode=None if network.mode is None else network.mode[:node] + network.mode[node + 1 :],
        node_attributes={
            name: (lambda name=name: (*nodes[name][:node], *nodes[name][node + 1 :]))
            for name in nodes
        },
        edge_attributes={
            name: (lambda name=name: [edges[name][e] for e in keep.tolist()]) for name in edges
        },
        notes=network.notes,
        model=network._model,
        check=False,
    )


def _ends(network: Network) -> tuple[Ints, Ints]:
    if not network.n_edges:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return np.frombuffer(network.source, "i"), np.frombuffer(network.target, "i")


def with_edges(network: Network, keep: Ints, added: Sequence[tuple[int, int]]) -> Network:
    """The network with some of its edges and new ones of weight 1."""
    names = network.edge_attributes
    none = (None,) * len(added)

    def kept(values: array[Any], more: Iterable[Any]) -> array[Any]:
        code = values.typecode
        chosen = array(code, np.frombuffer(values, code)[keep].tobytes() if len(values) else b"")
        chosen.extend(more)
        return chosen

    return Network(
        network.name,
        network.nodes,
        kept(network.source, (i for i, _ in added)),
        kept(network.target, (j for _, j in added)),
        directed=network.directed,
        weight=None if network.weight is None else kept(network.weight, [1.0] * len(added)),
        mode=network.mode,
        node_attributes=network.node_attributes,
        edge_attributes={
            name: (lambda name=name: [*(names[name][e] for e in keep.tolist()), *none])
            for name in names
        },
        notes=network.notes,
        model=network._model,
        check=False,
    )


def _changed(task: Task, number: int) -> tuple[Network, Measure]:
    network = task.network
    if task.what == "nodes":
        return _without_node(network, task.measure, number)
    every = np.arange(network.n_edges)
    if task.what == "add":
        return with_edges(network, every, [task.pairs[number]]), task.measure
    i, j = task.pairs[number]
    source, target = _ends(network)
    gone = (source == i) & (target == j)
    if not network.directed:
        gone |= (source == j) & (target == i)
    return with_edges(network, every[~gone], ()), task.measure


def outcomes(task: Task, numbers: Sequence[int]) -> list[tuple[float | None, str | None]]:
    """The metric after each change, or why there is none."""
    found = []
    for number in numbers:
        network, measure = _changed(task, number)
        result = measure.result(network)
        found.append(_number(measure, result))
    return found


def _number(measure: Measure, result: Result) -> tuple[float | None, str | None]:
    """The number that is looked at, or why there is none: a group may have lost its last actor."""
    if not result.defined:
        return None, result.undefined
    number = measure.numbers(result, gone=True)[0]
    return number, "missing_input" if number is None else None


def admissible(network: Network, candidates: Any, across: Any) -> list[tuple[int, int]]:
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
        chosen = []
        for a, b in candidates:
            for id in (a, b):
                if id not in network.index:
                    raise NotFound("node", str(id), network.nodes[:2000])
            chosen.append((network.index[a], network.index[b]))
        pairs = chosen
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

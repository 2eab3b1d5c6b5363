"""What a metric would be without each actor or tie, and which new tie would move it most."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter, NotFound
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Ints, graph_of
from jmdi_network.groups import UNKNOWN, column, groups_of
from jmdi_network.nulls.measuring import Measurable, Measure, bare, measure_of
from jmdi_network.ordering import by_id
from jmdi_network.workers import shared_out

__all__ = ["best_ties", "criticality"]


@attrs.frozen(slots=True, eq=False)
class _Task:
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
        check=False,
    )


def _ends(network: Network) -> tuple[Ints, Ints]:
    if not network.n_edges:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return np.frombuffer(network.source, "i"), np.frombuffer(network.target, "i")


def _with_edges(network: Network, keep: Ints, added: Sequence[tuple[int, int]]) -> Network:
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
        check=False,
    )


def _changed(task: _Task, number: int) -> tuple[Network, Measure]:
    network = task.network
    if task.what == "nodes":
        return _without_node(network, task.measure, number)
    every = np.arange(network.n_edges)
    if task.what == "add":
        return _with_edges(network, every, [task.pairs[number]]), task.measure
    i, j = task.pairs[number]
    source, target = _ends(network)
    gone = (source == i) & (target == j)
    if not network.directed:
        gone |= (source == j) & (target == i)
    return _with_edges(network, every[~gone], ()), task.measure


def _outcomes(task: _Task, numbers: Sequence[int]) -> list[tuple[float | None, str | None]]:
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


def criticality(
    network: Network,
    metric: Measurable,
    *,
    of: str = "nodes",
    parameters: Mapping[str, Any] | None = None,
    entry: str | None = None,
    workers: int = 1,
) -> Result:
    """How a metric changes when each actor or tie is removed.

    Args:
        network: The network.
        metric: Name of any metric of networks, its spec, or a function of a network.
        of: ``nodes`` or ``ties``; a tie goes with all parallel to it.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``.
        workers: How many processes.

    Returns:
        The largest change as ``value``; ``values`` with the metric ``without`` each and the
        ``change``, or the reason why it is then undefined or newly defined.
        ``contributing`` is the most critical actor.

    Raises:
        BadParameter: If ``of`` is neither.
    """
    if of not in ("nodes", "ties"):
        raise BadParameter("of is 'nodes' or 'ties'")
    plain = bare(network)
    measure = measure_of(network, metric, parameters, entry)
    first = measure.result(plain)
    observed = measure.numbers(first)[0] if first.defined else None
    graph = graph_of(plain)
    pairs = list(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    count = graph.n if of == "nodes" else len(pairs)
    arrow = " → " if graph.directed else " – "
    names = (
        list(graph.nodes)
        if of == "nodes"
        else [f"{graph.nodes[i]}{arrow}{graph.nodes[j]}" for i, j in pairs]
    )
    about: dict[str, Any] = {
        "metric": f"criticality:{measure.spec.name}",
        "of": of,
        "n_used": count,
        "title": f"{measure.title}, change on removing each of the {of}",
        "n_eligible": count,
        "citation": "the key-player idea, Borgatti 2006",
        "subject": f"network {network.name}",
        "notes": {"observed": observed, "observed_undefined": first.undefined},
    }
    if not count:
        return undefined("empty_graph" if of == "nodes" else "no_ties", **about)
    found = shared_out(_outcomes, _Task(plain, measure, of, pairs), range(count), workers)
    values: dict[str, dict[str, Any]] = {}
    for name, (without, reason) in zip(names, found, strict=True):
        values[name] = {"without": without, "change": None}
        if without is not None and observed is not None:
            values[name]["change"] = without - observed
        else:
            values[name]["becomes"] = reason or "defined"
    moved = [name for name in names if values[name]["change"] is not None]
    if not moved:
        return undefined(
            first.undefined or "missing_input",
            "the metric is undefined before, or after each removal",
            values=values,
            **about,
        )
    largest = max(abs(values[name]["change"]) for name in moved)
    ties = [
        name for name in moved if abs(values[name]["change"]) >= largest - 1e-12 * max(1.0, largest)
    ]
    most = min(ties)  # whichever came first in the file
    about["notes"]["as_critical"] = len(ties) - 1
    top = (most,) if of == "nodes" else ()
    return Result(
        value=values[most]["change"],
        values=values,
        contributing=top,
        **{**about, "notes": {**about["notes"], "most_critical": most}},
    )


def _admissible(network: Network, candidates: Any, across: Any) -> list[tuple[int, int]]:
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


def best_ties(
    network: Network,
    metric: Measurable,
    *,
    count: int = 1,
    goal: str = "higher",
    candidates: Iterable[tuple[str, str]] | None = None,
    across: Any = None,
    parameters: Mapping[str, Any] | None = None,
    entry: str | None = None,
    most: int = 100_000,
    workers: int = 1,
) -> Result:
    """The new ties that move a metric furthest.

    One tie is found by trying all; several are found one after another (greedily), which need
    not be the best set, and the notes say so.

    Args:
        network: The network.
        metric: Name of any metric of networks, its spec, or a function of a network.
        count: How many ties.
        goal: ``higher`` or ``lower``.
        candidates: The pairs that may be tied, by id; by default all without a tie.
        across: Only pairs that differ in this node attribute, such as their side.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``.
        most: More pairs than these are refused.
        workers: How many processes.

    Returns:
        The metric with the new ties as ``value``; ``values`` the metric after each.

    Raises:
        BadParameter: If there are too many pairs, or ``goal`` is neither.
    """
    if goal not in ("higher", "lower") or count < 1:
        raise BadParameter("goal is 'higher' or 'lower', count at least 1")
    if across is not None:
        across = dict(zip(network.nodes, column(network, across, "across"), strict=True))
    given = dict(parameters or {})
    if not isinstance(groups := given.get("groups"), (str, Mapping, type(None))):
        # a list is in the order of the network, from which the order of ids differs
        given["groups"] = dict(zip(network.nodes, column(network, groups), strict=True))
    plain = by_id(bare(network))
    measure = measure_of(network, metric, given, entry)
    pairs = _admissible(plain, candidates, across)
    first = measure.result(plain)
    about: dict[str, Any] = {
        "metric": f"best-ties:{measure.spec.name}",
        "title": f"{measure.title}, best new ties",
        "citation": "jmdi",
        "subject": f"network {network.name}",
        "n_used": len(pairs),
        "n_eligible": len(pairs),
        "of": "pairs",
    }
    if len(pairs) > most:
        raise BadParameter(f"{len(pairs):,} pairs could be tied: name candidates, or raise most=")
    sign = 1.0 if goal == "higher" else -1.0
    steps: dict[str, Any] = {}
    ends: list[str] = []
    value: float | None = None
    for _ in range(min(count, len(pairs))):
        task = _Task(plain, measure, "add", pairs)
        found = shared_out(_outcomes, task, range(len(pairs)), workers)
        able = [k for k, (number, _) in enumerate(found) if number is not None]
        if not able:
            break
        best = max(able, key=lambda k: (sign * float(found[k][0] or 0.0), -k))
        value = found[best][0]
        i, j = pairs[best]
        ends += [plain.nodes[i], plain.nodes[j]]
        steps[f"{plain.nodes[i]} + {plain.nodes[j]}"] = {
            "value": value,
            "as_good": sum(found[k][0] == value for k in able) - 1,
        }
        plain = _with_edges(plain, np.arange(plain.n_edges), [pairs[best]])
        taken = {(i, j)} if plain.directed else {(i, j), (j, i)}
        pairs = [pair for pair in pairs if pair not in taken]
    if value is None:
        return undefined(
            "missing_input", "no pair can be tied, or the metric is then undefined", **about
        )
    notes = {
        "before": measure.numbers(first)[0] if first.defined else None,
        "goal": goal,
        "search": "exhaustive" if len(steps) == 1 else "greedy: need not be the best set",
    }
    return Result(value=value, values=steps, contributing=tuple(ends), notes=notes, **about)

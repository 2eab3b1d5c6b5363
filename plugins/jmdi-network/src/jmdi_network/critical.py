"""What a metric would be without each actor or tie, and which new tie would move it most."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.errors import NotFound
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.runner import BadParameter
from jmdi_network.arrays import graph_of
from jmdi_network.groups import column
from jmdi_network.measuring import Measurable, Measure, bare, measure_of, shared_out

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
    keep = [id for i, id in enumerate(network.nodes) if i != node]
    parameters = dict(measure.parameters)
    groups = parameters.get("groups")
    if groups is not None and not isinstance(groups, (str, Mapping)):
        parameters["groups"] = [value for i, value in enumerate(groups) if i != node]
    elif isinstance(groups, Mapping):
        parameters["groups"] = {id: v for id, v in groups.items() if id != network.nodes[node]}
    return network.subnetwork(keep), attrs.evolve(measure, parameters=parameters)


def _with_edges(network: Network, keep: Sequence[int], added: Sequence[tuple[int, int]]) -> Network:
    """The network with some of its edges and new ones of weight 1."""
    weight = network.weight
    more = len(added)
    names = network.edge_attributes
    return Network(
        network.name, network.nodes,
        array("i", [network.source[e] for e in keep] + [i for i, _ in added]),
        array("i", [network.target[e] for e in keep] + [j for _, j in added]),
        directed=network.directed,
        weight=None if weight is None else array("d", [weight[e] for e in keep] + [1.0] * more),
        mode=network.mode, node_attributes=network.node_attributes,
        edge_attributes={name: [*(names[name][e] for e in keep), *[None] * more]
                         for name in names},
        notes=network.notes, check=False,
    )  # fmt: skip


def _changed(task: _Task, number: int) -> tuple[Network, Measure]:
    network = task.network
    if task.what == "nodes":
        return _without_node(network, task.measure, number)
    every = range(network.n_edges)
    if task.what == "add":
        return _with_edges(network, every, [task.pairs[number]]), task.measure
    pair = task.pairs[number]
    ends = {pair} if network.directed else {pair, pair[::-1]}
    keep = [e for e in every if (network.source[e], network.target[e]) not in ends]
    return _with_edges(network, keep, ()), task.measure


def _outcomes(task: _Task, numbers: Sequence[int]) -> list[tuple[float | None, str | None]]:
    found = []
    for number in numbers:
        network, measure = _changed(task, number)
        result = measure.result(network)
        found.append((measure.numbers(result)[0] if result.defined else None, result.undefined))
    return found


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
    names = list(graph.nodes) if of == "nodes" else [
        f"{graph.nodes[i]}{arrow}{graph.nodes[j]}" for i, j in pairs]  # fmt: skip
    about: dict[str, Any] = {
        "metric": f"criticality:{measure.spec.name}", "of": of, "n_used": count,
        "title": f"{measure.title}, change on removing each of the {of}", "n_eligible": count,
        "citation": "the key-player idea, Borgatti 2006", "subject": f"network {network.name}",
        "notes": {"observed": observed, "observed_undefined": first.undefined},
    }  # fmt: skip
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
        return undefined(first.undefined or "missing_input", "the metric is undefined before, or "
                         "after each removal", values=values, **about)  # fmt: skip
    most = max(moved, key=lambda name: abs(values[name]["change"]))
    top = (most,) if of == "nodes" else ()
    return Result(value=values[most]["change"], values=values, contributing=top,
                  **{**about, "notes": {**about["notes"], "most_critical": most}})  # fmt: skip


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
    groups = None if across is None else column(network, across, "across")
    mode = network.mode
    return [
        (i, j) for i, j in pairs
        if i != j and key(i, j) not in tied
        and (mode is None or mode[i] != mode[j])
        and (groups is None or (None not in (groups[i], groups[j]) and groups[i] != groups[j]))
    ]  # fmt: skip


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
    plain = bare(network)
    measure = measure_of(network, metric, parameters, entry)
    pairs = _admissible(plain, candidates, across)
    first = measure.result(plain)
    about: dict[str, Any] = {
        "metric": f"best-ties:{measure.spec.name}", "title": f"{measure.title}, best new ties",
        "citation": "jmdi", "subject": f"network {network.name}", "n_used": len(pairs),
        "n_eligible": len(pairs), "of": "pairs",
    }  # fmt: skip
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
        plain = _with_edges(plain, range(plain.n_edges), [pairs[best]])
        taken = {(i, j)} if plain.directed else {(i, j), (j, i)}
        pairs = [pair for pair in pairs if pair not in taken]
    if value is None:
        return undefined("missing_input", "no pair can be tied, or the metric is then undefined",
                         **about)  # fmt: skip
    notes = {
        "before": measure.numbers(first)[0] if first.defined else None,
        "goal": goal,
        "search": "exhaustive" if len(steps) == 1 else "greedy: need not be the best set",
    }
    return Result(value=value, values=steps, contributing=tuple(ends), notes=notes, **about)

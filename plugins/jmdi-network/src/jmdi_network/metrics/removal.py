"""What a metric would be without each actor or tie, and which new tie would move it most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.nulls.measuring import Measurable, measure_of
from jmdi_network.parameters import Grouping, Positive
from jmdi_network.workers import shared_out

__all__ = ["best_ties", "criticality"]


@jmdi.metric(
    "network:criticality",
    "Criticality",
    value_is="largest change of the metric",
    citation="Borgatti 2006",
    convention=lambda of: (
        f"{of} removed one at a time; from undefined to defined and back is reported"
    ),
    bounds="it measures many networks, and would have to for each completion",
)
def criticality(
    network: Network,
    metric: Measurable,
    *,
    of: Literal["nodes", "ties"] = "nodes",
    parameters: Mapping[str, object] | None = None,
    entry: str | None = None,
    workers: Positive = 1,
) -> Result:
    """How a metric changes when each actor or tie is removed.

    Args:
        network: The network.
        metric: Name of any metric of networks, the metric, or a function of a network.
        of: ``nodes`` or ``ties``; a tie goes with all parallel to it.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``.
        workers: How many processes.

    Returns:
        The largest change as ``value``; ``values`` with the metric ``without`` each and the
        ``change``, or the reason why it is then undefined or newly defined.
        ``contributing`` is the most critical actor.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.networks import bare
    from jmdi_network.removal import Task, outcomes

    plain = bare(network)
    measure = attrs.evolve(measure_of(network, metric, parameters, entry), completions=0)
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
        "of": of,
        "parameters": {**measure.asked, "of": of},
        "n_used": count,
        "title": f"{measure.title}, change on removing each of the {of}",
        "n_eligible": count,
        "notes": {"observed": observed, "observed_undefined": first.undefined},
    }
    if not count:
        return undefined("empty_graph" if of == "nodes" else "no_ties", **about)
    found = shared_out(outcomes, Task(plain, measure, of, pairs), range(count), workers)
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


@jmdi.metric(
    "network:best-ties",
    "Best new ties",
    value_is="the metric with the new ties",
    citation="Kempe, Kleinberg & Tardos 2003 for the greedy search",
    convention=lambda goal: (
        f"{goal} is better; new ties have weight 1; greedy need not be the best set"
    ),
    bounds="it measures many networks, and would have to for each completion",
)
def best_ties(
    network: Network,
    metric: Measurable,
    *,
    count: Positive = 1,
    goal: Literal["higher", "lower"] = "higher",
    candidates: Iterable[tuple[str, str]] | None = None,
    across: Grouping | None = None,
    parameters: Mapping[str, object] | None = None,
    entry: str | None = None,
    most: Positive = 100_000,
    workers: Positive = 1,
) -> Result:
    """The new ties that move a metric furthest.

    One tie is found by trying all; several are found one after another (greedily), which need
    not be the best set, and the notes say so.

    Args:
        network: The network.
        metric: Name of any metric of networks, the metric, or a function of a network.
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
        BadParameter: If there are too many pairs, which ``most`` may allow.
    """
    from jmdi_network.groups import column
    from jmdi_network.networks import bare
    from jmdi_network.ordering import by_id
    from jmdi_network.removal import Task, admissible, outcomes, with_ties

    differing = across if isinstance(across, str) else None
    if across is not None:
        across = dict(zip(network.nodes, column(network, across, "across"), strict=True))
    given = dict(parameters or {})
    groups: Any = given.get("groups")
    if not isinstance(groups, (str, Mapping, type(None))):
        # a list is in the order of the network, from which the order of ids differs
        given["groups"] = dict(zip(network.nodes, column(network, groups), strict=True))
    plain = by_id(bare(network))
    measure = attrs.evolve(measure_of(network, metric, given, entry), completions=0)
    pairs = admissible(plain, candidates, across)
    first = measure.result(plain)
    about: dict[str, Any] = {
        "title": f"{measure.title}, best new ties",
        "parameters": {**measure.asked, "count": count, "goal": goal, "across": differing},
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
        task = Task(plain, measure, "add", pairs)
        found = shared_out(outcomes, task, range(len(pairs)), workers)
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
        plain = with_ties(plain, [pairs[best]])
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

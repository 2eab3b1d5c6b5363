"""Any metric beside its distribution over random networks, and bootstrap intervals."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi_network.arrays import Floats, graph_of
from jmdi_network.groups import column
from jmdi_network.nulls.measuring import Measurable, Measure, bare, measure_of
from jmdi_network.nulls.models import Draw, Drawn, Model, model_of
from jmdi_network.ordering import by_id
from jmdi_network.randomness import stream
from jmdi_network.workers import shared_out

__all__ = ["bootstrap", "null", "summary"]

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)


@attrs.frozen(slots=True, eq=False)
class _Task:
    """What a process needs to draw replicates.

    Attributes:
        network: The observed network.
        measure: What is computed on each.
        model: Name of the null model, or of the way to resample.
        options: Its options.
        seed: Seed of the streams.
    """

    network: Network
    measure: Measure
    model: str
    options: Mapping[str, Any]
    seed: int


@attrs.frozen(slots=True)
class _Outcome:
    """What one replicate gave."""

    numbers: list[float | None]
    state: int
    tries: int = 0
    accepted: int = 0


def _replicates(task: _Task, numbers: Sequence[int]) -> list[_Outcome]:
    draw: Draw
    if task.model in RESAMPLED:
        draw = partial(RESAMPLED[task.model], task.network)
    else:
        draw = model_of(task.network, task.model, **task.options).draw
    found = []
    for number in numbers:
        drawn = draw(stream(task.seed, number))
        values = task.measure.numbers(task.measure.result(drawn.network), gone=True)
        found.append(_Outcome(values, drawn.state, drawn.tries, drawn.accepted))
    return found


def null(
    network: Network,
    metric: Measurable,
    *,
    model: str = "edges",
    draws: int = 1000,
    seed: int = 1,
    parameters: Mapping[str, Any] | None = None,
    entry: str | Sequence[str] | None = None,
    workers: int = 1,
    exact: int = 5000,
    attributes: str | Sequence[str] | None = None,
    swaps: float = 10.0,
    connected: bool = False,
    keep: bool = False,
) -> Result:
    """A metric beside its distribution over random networks.

    Args:
        network: The observed network. Ties that were not observed count as absent.
        metric: Name of any metric of networks, its spec, or a function of a network.
        model: ``labels``: node attributes permuted; ``size``, ``edges``, ``dyads``: uniform
            given the number of actors, of ties, or the dyad census; ``rewire``: uniform given
            all degrees; ``curveball``: the same for two modes; ``qap``: ties permuted.
        draws: How many random networks.
        seed: Seed of the random numbers; replicate ``r`` has the stream ``(seed, r)``.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``, one or several, such as ``liaison/count``.
        workers: How many processes; the answer is the same for any number.
        exact: All networks are enumerated if there are at most so many; 0 never does.
        attributes: For ``labels``, which are permuted; by default the metric's ``groups``,
            or all.
        swaps: For ``rewire``, tried swaps per tie; for ``curveball``, trades per row.
        connected: For ``rewire``, whether networks stay in one piece. Of directed networks
            not all of these may then be reached.
        keep: Whether ``values`` keep each draw.

    Returns:
        The two-sided p as ``value``, twice the smaller tail and at most 1, from
        ``(b+1)/(R+1)`` when drawn and from ``b/R`` when enumerated. ``values`` have
        ``observed``, ``mean``, ``sd``, ``z``, ``p``, ``p_lower``, ``p_upper`` and quantiles;
        with several entries these for each. Undefined when the null is degenerate.

    Raises:
        NotFound: If there is no such metric or attribute.
        BadParameter: If the model is not one for this network.

    Source: Phipson & Smyth 2010, Statistical Applications in Genetics 9:39.
    """
    if draws < 1:
        raise BadParameter("draws is at least 1")
    if model not in ("edges", "size", "dyads", "labels", "rewire", "curveball", "qap"):
        model_of(network, model)
    observed, given, chosen = _prepared(network, parameters, attributes)
    measure = measure_of(network, metric, given, entry)
    first = measure.result(observed)
    wanted: list[float | None] = [None]
    if first.defined or first.values is not None:
        wanted = measure.numbers(first)
    about: dict[str, Any] = {
        "metric": f"null:{measure.spec.name}",
        "title": f"{measure.title}, null model {model}",
        "range": (0, 1),
        "subject": f"network {network.name}",
        "citation": CITATION[model],
        "parameters": {
            "metric": measure.spec.name,
            "model": model,
            **{k: v for k, v in given.items() if isinstance(v, (str, int, float))},
        },
    }
    if all(number is None for number in wanted):
        reason = first.undefined or "missing_input"
        return undefined(reason, f"the observed metric: {first.why or reason}", **about)
    options: dict[str, Any] = {"attributes": chosen, "swaps": swaps, "connected": connected}
    try:
        chain = model_of(observed, model, **options)
    except UndefinedResult as error:
        return undefined(error.reason or "degenerate_null", error.why, **about)
    every = _enumerated(observed, measure, model, exact, chosen, connected)
    if every is not None:
        return _judged(measure, wanted, every, chain, about, exact=True, keep=keep)
    task = _Task(observed, measure, model, options, seed)
    found = shared_out(_replicates, task, range(draws), workers)
    return _judged(measure, wanted, found, chain, {**about, "seed": seed}, exact=False, keep=keep)


CITATION = {
    "labels": "Krackhardt & Stern 1988; Phipson & Smyth 2010",
    "size": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "edges": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "dyads": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "rewire": "Fosdick et al. 2018; Phipson & Smyth 2010",
    "curveball": "Strona et al. 2014; Phipson & Smyth 2010",
    "qap": "Krackhardt 1988; Phipson & Smyth 2010",
}


def _prepared(
    network: Network, parameters: Mapping[str, Any] | None, attributes: str | Sequence[str] | None
) -> tuple[Network, dict[str, Any], tuple[str, ...] | None]:
    """The network in the order of ids, with given groups as an attribute that can be permuted.

    It stays in its own order when a parameter has a value for each node in that order.
    """
    given = dict(parameters or {})
    observed = bare(network)
    groups = given.get("groups")
    if groups is not None and not isinstance(groups, str):
        name = "groups"
        while name in network.node_attributes:
            name += "_"
        columns = {n: (lambda n=n: network.node_attributes[n]) for n in network.node_attributes}
        values = tuple(column(network, groups))
        observed = Network(
            network.name,
            network.nodes,
            network.source,
            network.target,
            directed=network.directed,
            weight=network.weight,
            mode=network.mode,
            node_attributes={**columns, name: values},
            edge_attributes=network.edge_attributes,
            notes=network.notes,
            check=False,
        )
        given["groups"] = groups = name
    if not any(_in_node_order(value, len(network)) for value in given.values()):
        observed = by_id(observed)
    if attributes is not None:
        chosen = (attributes,) if isinstance(attributes, str) else tuple(attributes)
        for name in chosen:
            column(observed, name)
        return observed, given, chosen
    known = isinstance(groups, str) and groups in observed.node_attributes
    return observed, given, (str(groups),) if known else None


def _in_node_order(value: Any, n: int) -> bool:
    return (
        isinstance(value, (Sequence, np.ndarray))
        and not isinstance(value, str)
        and (len(value) == n)
    )


def _enumerated(
    network: Network,
    measure: Measure,
    model: str,
    limit: int,
    attributes: tuple[str, ...] | None,
    connected: bool,
) -> list[_Outcome] | None:
    from jmdi_network.nulls.enumeration import states

    every = states(network, model, limit, attributes=attributes, connected=connected)
    if every is None:
        return None
    return [
        _Outcome(measure.numbers(measure.result(each)), place) for place, each in enumerate(every)
    ]


def _judged(
    measure: Measure,
    wanted: list[float | None],
    found: list[_Outcome],
    model: Model,
    about: dict[str, Any],
    *,
    exact: bool,
    keep: bool,
) -> Result:
    states = len({outcome.state for outcome in found})
    tries = sum(outcome.tries for outcome in found)
    rule = "count/R over all networks" if exact else "(b+1)/(R+1)"
    notes: dict[str, Any] = {"model": model.says, "exact": exact, "distinct_states": states}
    if tries and not exact:
        notes["acceptance"] = sum(outcome.accepted for outcome in found) / tries
    rows = {}
    for place, name in enumerate(measure.entries or ("",)):
        values = [outcome.numbers[place] for outcome in found]
        drawn = np.array([value for value in values if value is not None])
        rows[name] = summary(wanted[place], drawn, len(values), exact=exact)
        if keep:
            rows[name]["draws_kept"] = drawn.tolist()
    single = rows[measure.entries[0] if measure.entries else ""]
    values_ = single if len(rows) == 1 else rows
    about |= {
        "values": values_,
        "notes": notes,
        "n_used": len(found),
        "n_eligible": len(found),
        "of": "networks",
        "convention": f"{model.says}; p by {rule}, two-sided is twice the smaller tail",
    }
    if states == 1:
        return undefined(
            "degenerate_null",
            "the null model admits a single network"
            if exact
            else "all networks drawn were the same",
            **about,
        )
    if len(rows) > 1:
        return Result(**about)
    if single["p"] is None:
        return undefined("missing_input", "the metric was undefined in all draws", **about)
    return Result(value=single["p"], **about)


def summary(observed: float | None, drawn: Floats, count: int, *, exact: bool) -> dict[str, Any]:
    """Where an observed number stands among drawn ones.

    Args:
        observed: The observed number.
        drawn: Those drawn, where they were defined.
        count: How many were drawn in all.
        exact: Whether these are all there are.
    """
    row: dict[str, Any] = {
        "observed": observed,
        "mean": None,
        "sd": None,
        "z": None,
        "p": None,
        "p_lower": None,
        "p_upper": None,
        "draws": count,
        "undefined_draws": count - len(drawn),
    }
    if not len(drawn):
        return row
    spread = float(drawn.std(ddof=0 if exact or len(drawn) < 2 else 1))
    slack = 1e-10 * max(1.0, abs(observed or 0.0), float(np.abs(drawn).max()))
    spread = 0.0 if spread <= slack else spread
    row |= {
        "mean": float(drawn.mean()),
        "sd": spread,
        "quantiles": {
            f"{q:g}": float(x)
            for q, x in zip(QUANTILES, np.quantile(drawn, QUANTILES), strict=True)
        },
    }
    if observed is None:
        return row
    more = 0 if exact else 1
    lower = (int((drawn <= observed + slack).sum()) + more) / (len(drawn) + more)
    upper = (int((drawn >= observed - slack).sum()) + more) / (len(drawn) + more)
    row |= {"p_lower": lower, "p_upper": upper, "p": min(1.0, 2 * min(lower, upper))}
    row["z"] = (observed - row["mean"]) / spread if spread else None
    return row


def _resampled_nodes(network: Network, random: np.random.Generator) -> Drawn:
    """Actors drawn with replacement; between two copies of one, a tie of a random pair.

    Source: Snijders & Borgatti 1999, Connections 22:161.
    """
    graph = graph_of(network)
    n = graph.n
    chosen = random.integers(0, n, n)
    order = np.argsort(chosen, kind="stable")
    begin = np.searchsorted(chosen[order], np.arange(n + 1))
    copies = np.diff(begin)
    times = copies[graph.source] * copies[graph.target]
    edge = np.repeat(np.arange(graph.m), times)
    offset = np.arange(len(edge)) - np.repeat(np.cumsum(times) - times, times)
    width = np.maximum(copies[graph.target[edge]], 1)
    source = order[begin[graph.source[edge]] + offset // width]
    target = order[begin[graph.target[edge]] + offset % width]
    weight = graph.weight[edge]
    i, j, w = _between_copies(network, order, begin, random)
    names = [f"{graph.nodes[k]} ({place})" for place, k in enumerate(chosen.tolist())]
    picked = chosen.tolist()
    return Drawn(
        Network(
            network.name,
            names,
            array("i", np.concatenate([source, i]).astype(np.int32).tobytes()),
            array("i", np.concatenate([target, j]).astype(np.int32).tobytes()),
            directed=network.directed,
            weight=None
            if network.weight is None
            else array("d", np.concatenate([weight, w]).tobytes()),
            mode=None if network.mode is None else [network.mode[k] for k in picked],
            node_attributes={
                name: (lambda name=name: [network.node_attributes[name][k] for k in picked])
                for name in network.node_attributes
            },
            check=False,
        )
    )


def _between_copies(
    network: Network, order: Any, begin: Any, random: np.random.Generator
) -> tuple[Any, Any, Floats]:
    """Ties between copies of one actor: each is that of a random pair."""
    graph = graph_of(network)
    i, j, w = [], [], []
    for k in np.flatnonzero(np.diff(begin) > 1).tolist() if network.mode is None else ():
        copies = order[begin[k] : begin[k + 1]].tolist()
        for a in copies:
            for b in copies:
                if a == b or (not graph.directed and a > b):
                    continue
                if random.integers(graph.dyads) < graph.m:
                    i.append(a)
                    j.append(b)
                    w.append(float(graph.weight[random.integers(graph.m)]))
    return np.array(i, np.int64), np.array(j, np.int64), np.array(w)


def _resampled_ties(network: Network, random: np.random.Generator) -> Drawn:
    """Ties drawn with replacement; those drawn twice are parallel, and become one."""
    m = network.n_edges
    chosen = random.integers(0, m, m).tolist()
    weight = network.weight
    return Drawn(
        Network(
            network.name,
            network.nodes,
            array("i", (network.source[e] for e in chosen)),
            array("i", (network.target[e] for e in chosen)),
            directed=network.directed,
            weight=None if weight is None else array("d", (weight[e] for e in chosen)),
            mode=network.mode,
            node_attributes=network.node_attributes,
            edge_attributes={
                name: (lambda name=name: [network.edge_attributes[name][e] for e in chosen])
                for name in network.edge_attributes
            },
            check=False,
        )
    )


RESAMPLED: dict[str, Callable[[Network, np.random.Generator], Drawn]] = {
    "nodes": _resampled_nodes,
    "ties": _resampled_ties,
}


def bootstrap(
    network: Network,
    metric: Measurable,
    *,
    by: str = "nodes",
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 1,
    parameters: Mapping[str, Any] | None = None,
    entry: str | None = None,
    workers: int = 1,
) -> Result:
    """A metric with a bootstrap interval; the method is in the Result's title.

    Args:
        network: The observed network.
        metric: Name of any metric of networks, its spec, or a function of a network.
        by: ``nodes``: actors drawn with replacement, Snijders & Borgatti 1999; ``ties``: ties
            drawn with replacement, so that fewer different ones are left: only for metrics
            that are shares of ties.
        draws: How many samples.
        level: Level of the interval, between two quantiles of the samples.
        seed: Seed of the random numbers.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``.
        workers: How many processes; the answer is the same for any number.

    Raises:
        BadParameter: If ``by`` or ``level`` cannot be.
    """
    if by not in ("nodes", "ties") or not 0 < level < 1 or draws < 1:
        raise BadParameter("by is 'nodes' or 'ties', level between 0 and 1, draws at least 1")
    observed, given, _ = _prepared(network, parameters, None)
    measure = measure_of(network, metric, given, entry)
    first = measure.result(observed)
    value = measure.numbers(first)[0]
    method = f"bootstrap by {by}, percentile, {level:.0%}".replace("%", " %")
    about: dict[str, Any] = {
        "metric": f"bootstrap-{by}:{measure.spec.name}",
        "title": f"{measure.title}, {method}",
        "range": measure.spec.range,
        "subject": f"network {network.name}",
        "seed": seed,
        "convention": method,
        "n_used": draws,
        "n_eligible": draws,
        "of": "samples",
        "citation": "Snijders & Borgatti 1999" if by == "nodes" else "Efron & Tibshirani 1993",
    }
    if value is None or (by == "ties" and not network.n_edges):
        return undefined(first.undefined or "no_ties", first.why, **about)
    task = _Task(observed, measure, by, {}, seed)
    found = shared_out(_replicates, task, range(draws), workers)
    values = [outcome.numbers[0] for outcome in found]
    drawn = np.array([value for value in values if value is not None])
    if not len(drawn):
        return undefined("missing_input", "the metric was undefined in all samples", **about)
    tail = (1 - level) / 2
    low, high = (float(x) for x in np.quantile(drawn, [tail, 1 - tail]))
    return Result(
        value=value,
        lower=low,
        upper=high,
        **about,
        values={
            "observed": value,
            "mean": float(drawn.mean()),
            "lower": low,
            "upper": high,
            "standard_error": float(drawn.std(ddof=1)) if len(drawn) > 1 else None,
            "undefined_draws": draws - len(drawn),
        },
    )

"""A metric beside its value in random networks, and in samples of its own network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.plugins.argument_types import Above, Below
from jmdi.plugins.context import Cancel, Progress
from jmdi_network.nulls.measuring import Measurable, measure_of
from jmdi_network.parameters import Ids, Number, Positive
from jmdi_network.workers import Watch, shared_out

__all__ = ["CITATION", "P_RULE", "bootstrap", "null"]


CITATION = {
    "labels": "Krackhardt & Stern 1988; Phipson & Smyth 2010",
    "size": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "edges": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "dyads": "Anderson, Butts & Carley 1999; Phipson & Smyth 2010",
    "rewire": "Fosdick et al. 2018; Phipson & Smyth 2010",
    "curveball": "Strona et al. 2014; Phipson & Smyth 2010",
    "qap": "Krackhardt 1988; Phipson & Smyth 2010",
}

P_RULE = "(b+1)/(R+1), exact count/R; two-sided is twice the smaller tail"


@jmdi.metric(
    "network:null",
    "Null model",
    value_is="two-sided p",
    citation="Phipson & Smyth 2010",
    convention=P_RULE,
    bounds="own",
)
def null(
    network: Network,
    metric: Measurable,
    *,
    model: Literal["labels", "size", "edges", "dyads", "rewire", "curveball", "qap"] | None = None,
    draws: Positive = 1000,
    seed: int = 1,
    parameters: Mapping[str, object] | None = None,
    entry: str | Sequence[str] | None = None,
    workers: Positive = 1,
    exact: Number = 5000,
    attributes: Ids | None = None,
    swaps: float = 10.0,
    connected: bool = False,
    keep: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Result:
    """A metric beside its distribution over random networks.

    Pairs that were not observed stay so in each of them, and ties keep their attributes. With
    ``qap`` both go to other actors.

    Args:
        network: The observed network.
        metric: Name of any metric of networks, the metric, or a function of a network.
        model: ``labels``: node attributes permuted; ``size``, ``edges``, ``dyads``: uniform given
            the number of actors, of ties, or the dyad census; ``rewire``: uniform given all
            degrees; ``curveball``: the same for two modes; ``qap``: ties permuted. By default
            ``edges``, and ``curveball`` for two modes.
        draws: How many random networks.
        seed: Seed of the random numbers; replicate ``r`` has the stream ``(seed, r)``.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``, one or several, such as ``liaison/count``; all
            of them by default, if it has no single value.
        workers: How many processes; the answer is the same for any number.
        exact: All networks are enumerated if there are at most so many; 0 never does.
        attributes: For ``labels``, which are permuted; by default the metric's ``groups``, or all.
        swaps: For ``rewire``, tried swaps per tie; for ``curveball``, trades per row.
        connected: For ``rewire``, whether networks stay in one piece. Of directed networks not all
            of these may then be reached.
        keep: Whether the notes keep each draw.
        progress: Called as ``progress(done, total, what)`` with the networks drawn.
        cancel: A token with a method ``is_set`` that says when to stop.

    Returns:
        The two-sided p as ``value``, twice the smaller tail and at most 1, from
        ``(b+1)/(R+1)`` when drawn and from ``b/R`` when enumerated. ``values`` have
        ``observed``, ``mean``, ``sd``, ``z``, ``p``, ``p_lower``, ``p_upper`` and quantiles;
        with several entries these for each. Where what is not known makes the observed
        metric an interval, or gives its value bounds, p is and has one too, and ``values`` have
        these for ``lower`` and ``upper``. p is 1 when
        the metric is the same in all networks, and the notes say so under ``fixed``. Undefined
        when the null is degenerate.

    Raises:
        Cancelled: If ``cancel`` was set.
        NotFound: If there is no such metric or attribute.
        BadParameter: If the model is not one for this network.

    Source: Phipson & Smyth 2010, Statistical Applications in Genetics 9:39.
    """
    from jmdi_network.nulls.comparing import (
        Task,
        alike,
        enumerated,
        judged,
        prepared,
        replicates,
    )
    from jmdi_network.nulls.drawn import plain
    from jmdi_network.nulls.models import model_of

    model = model or ("edges" if network.mode is None else "curveball")
    observed, given, chosen = prepared(network, parameters, attributes)
    measure = measure_of(network, metric, given, entry)
    first = measure.result(observed)
    measure = measure.of_all(first)
    wanted = measure.numbers(first)
    about: dict[str, Any] = {
        "title": f"{measure.title}, null model {model}",
        "convention": "; ".join(filter(None, (P_RULE, measure.convention))),
        # of an unknown model there is none, and `model_of` says which there are
        "citation": measure.cited(CITATION.get(model, "")),
        "of": "networks",
        "no_bounds": first.no_bounds,
        "parameters": {
            **measure.asked,
            "model": model,
            "draws": draws,
            "exact": exact,
            **({"swaps": swaps} if model in ("rewire", "curveball") else {}),
            **({"attributes": chosen} if model == "labels" else {}),
            **({"connected": connected} if model == "rewire" else {}),
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
    if model != "labels" and observed.edge_attributes:
        simple = plain(observed)
        other = measure.result(simple)
        value = measure.of_all(first, bounds=False)
        if alike(other, first):
            observed = simple
        elif chain.carries:  # each tie is another, so that far more networks differ
            exact = 0
        elif value.numbers(other, gone=True) == value.numbers(first):
            # only bounds come from what ties say, such as reports that differ
            observed, measure, wanted = simple, value, value.numbers(first)
        else:
            why = f"model={model!r} draws ties without attributes, which the metric reads"
            return undefined("missing_input", why, **about)
    watch = Watch("random networks", progress, cancel)
    every = enumerated(observed, measure, model, exact, chosen, connected, watch)
    if every is not None:
        return judged(measure, wanted, every, chain.says, about, exact=True, keep=keep)
    task = Task(observed, measure, model, options, seed)
    found = shared_out(replicates, task, range(draws), workers, watch)
    return judged(
        measure, wanted, found, chain.says, {**about, "seed": seed}, exact=False, keep=keep
    )


SAMPLING = {"nodes": "Snijders & Borgatti 1999", "ties": "Efron & Tibshirani 1993"}


def _percentile(by: str, level: float) -> str:
    return f"bootstrap by {by}, percentile, {level:.0%}".replace("%", " %")


@jmdi.metric(
    "network:bootstrap",
    "Bootstrap interval",
    value_is="the metric, with an interval",
    citation="Snijders & Borgatti 1999",
    convention=_percentile,
    bounds="own",
)
def bootstrap(
    network: Network,
    metric: Measurable,
    *,
    by: Literal["nodes", "ties"] = "nodes",
    draws: Positive = 1000,
    level: Annotated[float, Above(0), Below(1)] = 0.95,
    seed: int = 1,
    parameters: Mapping[str, object] | None = None,
    entry: str | None = None,
    workers: Positive = 1,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Result:
    """A metric with a bootstrap interval; the method is in the Result's title.

    Pairs that were not observed stay so, also between copies, and ties keep their attributes. An
    actor whose value is asked for is in each sample once, and only the others are drawn.

    Args:
        network: The observed network.
        metric: Name of any metric of networks, the metric, or a function of a network.
        by: ``nodes``: actors drawn with replacement, Snijders & Borgatti 1999; ``ties``: ties drawn
            with replacement, so that fewer different ones are left: only for metrics that are
            shares of ties.
        draws: How many samples.
        level: Level of the interval, between two quantiles of the samples.
        seed: Seed of the random numbers.
        parameters: Parameters of the metric.
        entry: Which of the metric's ``values``, such as the id of an actor.
        workers: How many processes; the answer is the same for any number.
        progress: Called as ``progress(done, total, what)`` with the samples drawn.
        cancel: A token with a method ``is_set`` that says when to stop.

    Returns:
        The observed metric as ``value``, with the interval as bounds; ``values`` have its
        ``mean``, ``standard_error`` and how many samples it was undefined in. Where the
        observed metric is an interval, the bounds are those of its lower and of its upper end.
        Bounds that the estimate is not within are refused: ``values`` and the notes then say
        where the samples are.

    Raises:
        Cancelled: If ``cancel`` was set.
        NotFound: If there is no such metric.
        BadParameter: If the metric has several numbers and none is named.
    """
    from jmdi_network.nulls.comparing import Task, alike, prepared, replicates
    from jmdi_network.nulls.drawn import plain
    from jmdi_network.nulls.measuring import actors_of
    from jmdi_network.nulls.resampling import interval

    observed, given, _ = prepared(network, parameters, None)
    measure = measure_of(network, metric, given, entry)
    first = measure.result(observed)
    if measure.entries or first.status != "values":
        measure = measure.of_all(first, bounds=False)
    wanted = measure.numbers(first)
    kept = actors_of(measure, first, observed) if by == "nodes" else ()
    about: dict[str, Any] = {
        "title": f"{measure.title}, bootstrap by {by}",
        "seed": seed,
        "parameters": {
            **measure.asked,
            "by": by,
            "draws": draws,
            "level": level,
        },
        "value_is": measure.spec.value_is,
        "n_used": draws,
        "n_eligible": draws,
        "of": "samples",
        "no_bounds": first.no_bounds,
        "citation": measure.cited(SAMPLING[by]),
        "convention": "; ".join(filter(None, (_percentile(by, level), measure.convention))),
        "notes": {"in_each_sample": [observed.nodes[k] for k in kept]} if kept else {},
    }
    if None in wanted or (by == "ties" and not network.n_edges):
        missing = "missing_input" if first.not_applicable else "no_ties"
        return undefined(first.undefined or missing, first.why, **about)
    if observed.edge_attributes and alike(measure.result(plain(observed)), first):
        observed = plain(observed)
    task = Task(observed, measure, by, {"kept": kept}, seed)
    watch = Watch("samples", progress, cancel)
    found = shared_out(replicates, task, range(draws), workers, watch)
    return interval([outcome.numbers for outcome in found], wanted, level, by, about)

"""A metric beside its value in random Datasets: a field exchanged, or relations rewired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.plugins.context import Cancel, Progress
from jmdi_network.metrics.inference import CITATION, P_RULE, null
from jmdi_network.nulls.measuring import MeasurableRecords, measure_of
from jmdi_network.parameters import Number, Positive
from jmdi_network.workers import Watch, shared_out

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["record_null"]


@jmdi.metric(
    "network:record-null",
    "Null model of records",
    on="dataset",
    value_is="two-sided p",
    citation="Phipson & Smyth 2010",
    convention=P_RULE,
)
def record_null(
    dataset: Dataset,
    metric: MeasurableRecords,
    *,
    model: str | None = None,
    projection: str | None = None,
    draws: Positive = 1000,
    seed: int = 1,
    parameters: Mapping[str, object] | None = None,
    entry: str | Sequence[str] | None = None,
    workers: Positive = 1,
    exact: Number = 5000,
    swaps: float = 10.0,
    keep: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Result:
    """A metric beside its distribution over random Datasets.

    A model is named by what it exchanges. ``actor.type``, or any other ``kind.field``: the known
    values of the field change places among the records of the kind, and what is unknown stays
    unknown. ``participates``, or any other kind of relation: relations are rewired, so that each
    record keeps how many it has on either side; a relation keeps all else that it says, and pairs
    that were not observed stay so. A null model of networks, such as ``rewire``, is drawn of the
    projection.

    Args:
        dataset: The observed Dataset.
        metric: Name of any metric, the metric, or a function of a Dataset.
        model: What is exchanged. By default the first of ``participates``, ``tie``,
            ``adopts.period``, ``actor.type``, ``participates.side``, the other relations and the
            other fields that changes the metric; for a metric of networks, as `null` has it.
        projection: For a metric of networks, how the Dataset is projected; ``actors`` by default.
        draws: How many random Datasets.
        seed: Seed of the random numbers; replicate ``r`` has the stream ``(seed, r)``.
        parameters: Parameters of the metric and of the projection; one that both have is the
            metric's, and ``projection.name`` is the projection's.
        entry: Which of the metric's ``values``, one or several; all of them by default, if it has
            no single value.
        workers: How many processes; the answer is the same for any number.
        exact: All ways to exchange a field are tried if there are at most so many; 0 never does.
        swaps: For relations, tried exchanges for each.
        keep: Whether the notes keep each draw.
        progress: Called as ``progress(done, total, what)`` with the Datasets drawn.
        cancel: A token with a method ``is_set`` that says when to stop.

    Returns:
        As `null`. Undefined when nothing in the Dataset that can be exchanged changes the
        metric.

    Raises:
        Cancelled: If ``cancel`` was set.
        NotFound: If there is no such metric, model or projection.
        BadParameter: If the model is not one for these records.

    Source: Phipson & Smyth 2010, Statistical Applications in Genetics 9:39.
    """
    from jmdi_network.nulls.comparing import Outcome, Rows, Task, answered, judged, replicates
    from jmdi_network.nulls.models import MODELS
    from jmdi_network.nulls.records import record_model
    from jmdi_network.nulls.suiting import reads, suiting

    measure = measure_of(dataset, metric, parameters, entry, projection)
    if model in MODELS or (model is None and measure.spec.on == "network"):
        network = dataset.project(measure.projection or measure.spec.on, **measure.below)
        common: dict[str, Any] = {"draws": draws, "seed": seed, "parameters": measure.parameters}
        common |= {"entry": entry, "workers": workers, "exact": exact, "swaps": swaps}
        common |= {"model": model, "keep": keep, "progress": progress, "cancel": cancel}
        compared = null(network, measure.spec, **common)
        view = {**measure.asked, "projection": measure.projection}
        return attrs.evolve(compared, parameters={**compared.parameters, **view})
    first = measure.result(dataset)
    measure = measure.of_all(first)
    wanted = measure.numbers(first)
    about: dict[str, Any] = {
        "title": f"{measure.title}, null model",
        "of": "datasets",
        "no_bounds": first.no_bounds,
        "convention": "; ".join(filter(None, (P_RULE, measure.convention))),
        "citation": measure.cited("Phipson & Smyth 2010"),
        "parameters": {**measure.asked, "projection": measure.projection, "draws": draws},
    }
    if all(number is None for number in wanted):
        reason = first.undefined or "missing_input"
        return undefined(reason, f"the observed metric: {first.why or reason}", **about)
    chosen = model or next(suiting(measure, dataset, wanted), None)
    if chosen is None:
        why = "nothing that can be exchanged among these records changes the metric"
        return undefined("degenerate_null", why, **about)
    chain = record_model(dataset, chosen, swaps)
    about["title"] = f"{measure.title}, null model {chosen}"
    about["parameters"] |= {"model": chosen, "exact": exact, "swaps": swaps}
    about["citation"] = measure.cited(CITATION["labels" if "." in chosen else "rewire"])
    if model is not None and not reads(measure, dataset, model, wanted):
        fixed = f"p is 1: without {model} the metric is the same"
        about["notes"] = {"model": chain.says, "fixed": fixed}
        rows: Rows = {}
        for (part, end), number in zip(measure.looked, wanted, strict=True):
            row = {"observed": number, "p": None if number is None else 1.0}
            rows.setdefault(part, {})[end] = row
        return answered(rows, about)
    watch = Watch("random datasets", progress, cancel)
    every = chain.every(exact)
    if every is not None:
        outcomes = [
            Outcome(measure.numbers(measure.drawn(drawn.dataset), gone=True), drawn.state)
            for drawn in watch.over(every)
        ]
        return judged(measure, wanted, outcomes, chain.says, about, exact=True, keep=keep)
    task = Task(dataset, measure, chosen, {"swaps": swaps}, seed)
    found = shared_out(replicates, task, range(draws), workers, watch)
    about["seed"] = seed
    return judged(measure, wanted, found, chain.says, about, exact=False, keep=keep)

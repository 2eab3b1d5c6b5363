"""The page nulls.md: which null models change which metric, found by drawing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[3] / "tests" / "support"))

from every_metric import everything, given_for, projected, second, target_of

import jmdi
from jmdi import Network
from reference.text import page, table

if TYPE_CHECKING:
    from jmdi import Metric

NETWORK_MODELS = ("labels", "qap", "size", "edges", "dyads", "rewire", "curveball")
ANALYSES = {
    "network:best-ties",
    "network:bootstrap",
    "network:criticality",
    "network:null",
    "network:record-null",
    "scaling:partner-criticality",
}
"""Metrics of another metric: what changes that changes them."""

DRAWS = 12


SIZE = 3
"""How many times seven actors the records have: enough for networks to differ."""


def nulls_page() -> str:
    """The page: tables of metrics by null models."""
    every = jmdi.default_model().catalog.metrics.values()
    metrics = [spec for spec in every if spec.name not in ANALYSES]
    networks = [spec for spec in metrics if spec.on == "network"]
    records = [spec for spec in metrics if spec.on != "network"]
    return page(
        "Null models by metric",
        "Which null models change a metric. The tables are found by drawing, on records with "
        "some of everything: *yes* where the metric differs in some random network, *p = 1* where "
        "it is the same in all, and nothing where the metric or the model is not for such a "
        "network, or the metric is undefined in all draws. "
        "[Put a metric beside its null model](../how-to/null-models.md) says how to choose.",
        "## Metrics of a network",
        "`net.null(…, model=)`; the default is `edges`, of two modes `curveball`.",
        table(
            ("Metric", *(f"`{model}`" for model in NETWORK_MODELS)),
            [(f"`{m.name}`", *(cell(m, model) for model in NETWORK_MODELS)) for m in networks],
        ),
        "## Metrics of a Dataset",
        "`ds.null(…, model=)`; the default is the first. A kind of relation is rewired, and a "
        "field is exchanged among the records of its kind. Where none is named, nothing in these "
        "records that can be exchanged changes the metric; `ds.null` asks your own.",
        table(("Metric", "Null models that change it"), [row(m) for m in records]),
    )


def network_for(metric: Metric) -> Network:
    """The network with few ties, if the metric is defined there, so that networks differ more."""
    target = target_of(metric, SIZE)
    few, given = second(SIZE), given_for(metric, projected(size=SIZE))
    assert isinstance(target, Network)
    return few if few.metric(metric.name, **given).defined else target


def cell(metric: Metric, model: Any) -> str:
    """Whether a null model of networks changes a metric."""
    target = network_for(metric)
    try:
        found = target.null(
            metric.name,
            model=model,
            draws=DRAWS,
            exact=0,
            parameters=given_for(metric, projected(size=SIZE)),
        )
    except jmdi.BadParameter:
        return ""
    if "fixed" in found.notes:
        return "p = 1"
    return "yes" if found.defined else ""


def row(metric: Metric) -> tuple[str, str]:
    """A metric of a Dataset with the null models that change it."""
    from jmdi_network.nulls.measuring import measure_of
    from jmdi_network.nulls.suiting import suiting

    measure = measure_of(everything(SIZE), metric.name, given_for(metric, second(SIZE)))
    first = measure.result(everything(SIZE))
    measure = measure.of_all(first)
    found = suiting(measure, everything(SIZE), measure.numbers(first)) if first.defined else ()
    return f"`{metric.name}`", ", ".join(f"`{name}`" for name in found)

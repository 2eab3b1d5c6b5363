"""Which null models of a Dataset suit a metric: those that exchange what it reads."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi.errors import JmdiError
from jmdi.graph.dataset import Dataset
from jmdi_network.nulls.measuring import Measure
from jmdi_network.nulls.records import names_in, record_model, without
from jmdi_network.randomness import stream

__all__ = ["PREFERRED", "changes", "reads", "suiting"]

PREFERRED = ("participates", "tie", "adopts.period", "actor.type", "participates.side")
"""The null models of records that are tried first, in this order."""

TRIALS = 20
"""Draws after which a model that never changed a metric is passed over."""


Numbers = list[float | None]


def reads(measure: Measure, dataset: Dataset, name: str, observed: Numbers) -> bool:
    """Whether a metric has other numbers without what a null model exchanges."""
    return _numbers(measure, without(dataset, name)) != observed


def changes(measure: Measure, dataset: Dataset, name: str, observed: Numbers) -> bool:
    """Whether one of a few draws of a null model changes a metric."""
    if not reads(measure, dataset, name, observed):
        return False
    draw = record_model(dataset, name).draw
    drawn = (draw(stream(0, trial)).dataset for trial in range(TRIALS))
    return any(_numbers(measure, each) != observed for each in drawn)


def _numbers(measure: Measure, dataset: Dataset) -> Numbers:
    """The numbers of a metric; none where it refuses records that lack what it needs."""
    try:
        return measure.numbers(measure.drawn(dataset), gone=True)
    except JmdiError:
        return []


def suiting(measure: Measure, dataset: Dataset, observed: Numbers) -> Iterator[str]:
    """The null models of a Dataset that change a metric, those first that are preferred.

    A field is only tried where the metric reads records of its kind.
    """
    every = names_in(dataset)
    kinds: dict[str, bool] = {}
    for name in (*(n for n in PREFERRED if n in every), *(n for n in every if n not in PREFERRED)):
        kind = name.partition(".")[0]
        if kind not in kinds:
            kinds[kind] = reads(measure, dataset, kind, observed)
        if kinds[kind] and changes(measure, dataset, name, observed):
            yield name

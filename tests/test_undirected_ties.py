"""No figure depends on which end of a tie comes first, unless the tie is directed.

All metrics of the core and of the plugins that are installed are tried, on datasets in which the
ends of ties are swapped.
"""

from __future__ import annotations

import functools

import pytest
from every_metric import drawn, given_for

import jmdi
from jmdi.model.records import evolve

MODEL = jmdi.default_model()
NETWORK = [m for m in MODEL.catalog.metrics.values() if m.on == "network"]
OTHERS = [m for m in MODEL.catalog.metrics.values() if m.on != "network"]
DRAWN = 6
RULES = ["min", "mean", "both"]


@pytest.fixture(autouse=True)
def few_completions(monkeypatch):
    """Bounds from some dozens of completions: which end comes first shows in few as in many."""
    monkeypatch.setattr("jmdi.running.bounding.WORK", 1_000)


def swapped(records: list[jmdi.Record]) -> list[jmdi.Record]:
    """The same records, the ends of ties that are not directed the other way round."""
    return [
        evolve(record, source=record.target, target=record.source)
        if isinstance(record, jmdi.Tie) and not record.directed
        else record
        for record in records
    ]


def found(metric, target, second=None):
    """What a metric says, in numbers and words; its refusal where it refuses."""
    try:
        result = target.metric(metric.name, **given_for(metric, second))
    except jmdi.BadParameter as error:
        return str(error)
    told = (result.value, result.values, result.lower, result.upper, result.undefined)
    return repr((*told, result.coverage, dict(result.notes), result.contributing))


@functools.cache
def networks(seed: int, some_directed: bool):
    records = drawn(seed, some_directed=some_directed)
    day = {"co_participation": False, "as_of": "2013-06-01"}
    found = []
    for rows in (records, swapped(records)):
        dataset = MODEL.dataset(rows)
        late = dataset.project("actors", **day)
        pairs = [(dataset.project("actors"), late)]
        if seed:  # the others take long
            found.append(pairs)
            continue
        pairs += [(dataset.project("actors", reports=rule, **day), late) for rule in RULES]
        pairs += [(dataset.project("full"), late), (late.simple(), late)]
        pairs += [(layer, late) for layer in late.layers().values()]
        found.append(pairs)
    return found


@pytest.mark.parametrize("some_directed", [False, True])
@pytest.mark.parametrize("metric", NETWORK, ids=lambda metric: metric.name)
def test_metrics_of_networks(metric, some_directed):
    for seed in range(DRAWN):
        for one, two in zip(*networks(seed, some_directed), strict=True):
            assert found(metric, *one) == found(metric, *two)


@pytest.mark.parametrize("some_directed", [False, True])
@pytest.mark.parametrize("metric", OTHERS, ids=lambda metric: metric.name)
def test_metrics_of_datasets(metric, some_directed):
    for seed in range(DRAWN):
        records = drawn(seed, some_directed=some_directed)
        one, two = (MODEL.dataset(rows) for rows in (records, swapped(records)))
        assert found(metric, one) == found(metric, two)

"""What every Result says of itself: the reading and the parameters that it was computed with."""

from __future__ import annotations

import pytest
from every_metric import given_for, projected, second, target_of

import jmdi
from jmdi.running.binding import bind

MODEL = jmdi.default_model()
EVERY = list(MODEL.catalog.metrics.values())
UNSAID = {"cancel", "keep", "most", "progress", "workers"}
"""Parameters that change nothing of the numbers."""

OWN = {"network:bootstrap", "network:null", "network:record-null", "network:qap"}
"""Metrics whose Result says more of its reading than the declaration can."""


def choices():
    """Each metric with each choice that one of its parameters can have."""
    for metric in EVERY:
        yield pytest.param(metric, None, None, id=metric.name)
        for parameter in metric.parameters:
            for choice in parameter.wanted.choices or (True, False) * (parameter.type is bool):
                if parameter.name not in UNSAID:
                    name = f"{metric.name}-{parameter.name}={choice}"
                    yield pytest.param(metric, parameter.name, choice, id=name)


@pytest.mark.parametrize(("metric", "name", "choice"), list(choices()))
def test_a_citation_says_what_was_computed(metric, name, choice):
    given = given_for(metric, second())
    if name is not None:
        given[name] = choice
    target = target_of(metric)
    try:
        found = target.metric(metric.name, **given)
    except jmdi.BadParameter as refusal:
        assert str(refusal)
        return
    text = found.cite()
    bound = bind(metric.name, metric.parameters, given)
    if metric.name not in OWN and not found.not_applicable:
        assert metric.words(metric.convention, bound).rstrip(".") in text
        assert metric.citation.rstrip(".") in text
    # `null` leaves out what its model has no use for
    if (
        name is not None
        and choice is not None
        and (metric.name not in OWN or name in found.parameters)
    ):
        assert f"{name}={choice}" in text
    plain = {key for key, value in bound.items() if isinstance(value, (str, int, float))}
    assert metric.name in OWN or plain <= {*found.parameters, "seed", *UNSAID}


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_the_null_of_a_metric_cites_how_the_metric_is_read(metric):
    pytest.importorskip("jmdi_network")
    given = given_for(metric, second())
    target = target_of(metric)
    options = {"model": "labels" if metric.on == "network" else "tie"}
    try:
        found = target.null(metric.name, parameters=given, draws=2, exact=0, **options)
    except jmdi.BadParameter as refusal:
        assert str(refusal)
        return
    bound = bind(metric.name, metric.parameters, given)
    assert metric.words(metric.convention, bound) in found.cite()
    assert metric.title in found.cite()


def test_the_reading_with_loops_is_not_the_one_without():
    pytest.importorskip("jmdi_network")
    for loops, other in ((True, "without loops"), (False, "with loops")):
        found = projected().metric("network:degree-centralization", loops=loops)
        assert other not in found.cite()

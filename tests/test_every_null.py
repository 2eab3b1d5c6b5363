"""Every metric of the core and of the installed plugins has a null model, or says why not."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from every_metric import drawn, everything, given_for, second, target_of

import jmdi
from jmdi.errors import Cancelled

pytest.importorskip("jmdi_network")

MODEL = jmdi.default_model()
EVERY = list(MODEL.catalog.metrics.values())
NETWORKS = [metric for metric in EVERY if metric.on == "network"]
MODELS = ("labels", "size", "edges", "dyads", "rewire", "curveball", "qap")
KINDS = ("participates", "tie", "adopts", "actor.type", "adopts.period", "participates.side")


def answer(metric, target=None, **options):
    """The Result of a null model, or what it refuses with."""
    parameters = given_for(metric, second())
    options = {"draws": 6, "seed": 3, "exact": 0, "parameters": parameters, **options}
    try:
        return (target or target_of(metric)).null(metric.name, **options)
    except jmdi.BadParameter as refusal:
        return str(refusal)


def reasoned(found) -> bool:
    """Whether it is an answer, or says why there is none."""
    if isinstance(found, str):
        return bool(found)
    return found.defined or (bool(found.undefined) and bool(found.why))


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_a_null_answers_or_says_why_not(metric):
    steps = []
    found = answer(metric, progress=lambda done, total, what: steps.append((done, total)))
    assert reasoned(found)
    assert found == answer(metric)
    if not steps:
        return
    assert steps[0] == (0, 6) and steps[-1] == (6, 6)
    assert found.seed == 3 and found.n_used == 6 and metric.title in found.title
    assert metric.citation in found.citation
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled, match="after 0 of 6 random"):
        answer(metric, cancel=stop)


@pytest.mark.parametrize("metric", NETWORKS, ids=lambda metric: metric.name)
def test_every_null_model_of_networks_suits_or_says_why_not(metric):
    for model in MODELS:
        assert reasoned(answer(metric, model=model, draws=3))


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_every_null_model_of_records_suits_or_says_why_not(metric):
    for model in KINDS:
        assert reasoned(answer(metric, everything(), model=model, draws=3))


@pytest.fixture
def nulls(monkeypatch):
    """What builds the page of null models."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "docs" / "_ext"))
    from reference import nulls

    return nulls


def test_the_table_of_null_models_is_of_these_metrics(nulls, monkeypatch):
    monkeypatch.setattr(nulls, "cell", lambda metric, model: "")
    monkeypatch.setattr(nulls, "row", lambda metric: (f"`{metric.name}`", ""))
    named = re.findall(r"^\| `([^`]+)` \|", nulls.nulls_page(), re.MULTILINE)
    assert sorted(named) == sorted({metric.name for metric in EVERY} - nulls.ANALYSES)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("density", ["p = 1", "p = 1", "yes", "p = 1", "p = 1", "p = 1", ""]),
        ("network:degree", ["p = 1", "yes", "yes", "yes", "yes", "p = 1", ""]),
        ("network:reciprocity", ["p = 1", "p = 1", "yes", "yes", "p = 1", "yes", ""]),
    ],
)
def test_what_a_null_model_keeps_cannot_change_a_metric(nulls, name, cells):
    metric = next(metric for metric in EVERY if metric.name == name)
    assert [nulls.cell(metric, model) for model in nulls.NETWORK_MODELS] == cells


def test_an_interval_whose_bounds_reports_make_unknown_is_undefined():
    kinds = {"co_participation": False, "as_of": "2013-06-01"}
    made = MODEL.dataset(drawn(0, some_directed=True, size=3)).project("actors", **kinds)
    found = made.metric("network:reciprocity")
    assert made.disputed and found.undefined == "missing_input" and found.no_bounds == found.why

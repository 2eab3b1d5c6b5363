"""`Network.null` and `Network.criticality`, with and without the plugin that computes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jmdi import Metric, Model, Parameter, hookimpl
from jmdi.errors import NotFound
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.catalog import Catalog


def stand_in(network: Network, *, metric: Any, model: str, draws: int, seed: int) -> Result:
    return Result(value=1.0, seed=seed, notes={"was": [metric, model, draws]})


def removal(network: Network, *, metric: Any, of: str, parameters: Any = None) -> Result:
    return Result(value=2, notes={"was": [metric, of, parameters]})


class Plugin:
    JMDI_API = 1

    @hookimpl
    def jmdi_metrics(self) -> list[Metric]:
        needed = Parameter("metric", "Which", required=True)
        return [
            Metric(
                "network:null",
                stand_in,
                parameters=(
                    needed,
                    Parameter("model", "Which"),
                    Parameter("draws", "How many"),
                    Parameter("seed", "Seed"),
                ),
            ),
            Metric(
                "network:criticality",
                removal,
                parameters=(
                    needed,
                    Parameter("of", "What"),
                    Parameter("parameters", "Of the metric"),
                ),
            ),
        ]


def with_catalog(monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> Network:
    monkeypatch.setattr("jmdi.context.default_catalog", lambda: catalog)
    return Network.from_edges([("a", "b"), ("b", "c")])


def test_the_missing_distribution_is_named(
    monkeypatch: pytest.MonkeyPatch, catalog: Catalog
) -> None:
    net = with_catalog(monkeypatch, catalog)
    for call in (lambda: net.null("density"), lambda: net.criticality("density")):
        with pytest.raises(NotFound, match="pip install jmdi-network"):
            call()


def test_they_call_the_metrics_of_the_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = Model.build(plugins=[Plugin()], discover=False).catalog
    net = with_catalog(monkeypatch, catalog)
    found = net.null("density", model="size", draws=7, seed=3)
    assert (found.value, found.seed, found.notes["was"]) == (1.0, 3, ("density", "size", 7))
    assert found.metric == "network:null"
    given: Mapping[str, Any] = {"groups": "type"}
    moved = net.criticality("x:y", of="ties", parameters=given)
    assert moved.notes["was"] == ("x:y", "ties", given)
    with pytest.raises(NotFound, match="swops"):
        net.null("density", swops=2)


def test_the_dataset_brings_its_own_catalog() -> None:
    model = Model.build(plugins=[Plugin()], discover=False)
    net = Dataset((), catalog=model.catalog).project("actors")
    assert net.null("density").defined

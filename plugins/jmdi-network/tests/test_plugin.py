from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from network_helpers import MODEL, karate, measure, net

import jmdi
import jmdi_network
from jmdi.metrics.result import REASONS
from jmdi.plugins.specs import Metric

METRICS = jmdi.metrics_of("jmdi_network.metrics")

GIVEN = {
    "groups": "g",
    "metric": "density",
    "as_of": "2020-01-01",
    "shares": {("0", "1"): 1.0},
}


def test_all_metrics_are_registered() -> None:
    assert {spec.name for spec in METRICS} <= set(MODEL.catalog.metrics)
    assert not MODEL.catalog.problems
    for spec in METRICS:
        assert spec.citation and spec.title and spec.doc and spec.convention


@pytest.mark.parametrize("spec", METRICS, ids=lambda spec: spec.name)
def test_every_parameter_has_a_type_and_says_what_it_is(spec: Metric) -> None:
    for parameter in spec.parameters:
        assert parameter.doc, parameter.name
        assert not isinstance(parameter.type, str) and parameter.type is not Any, parameter.name


@pytest.mark.parametrize("n", [0, 1, 2, 3])
@pytest.mark.parametrize("directed", [False, True])
def test_no_metric_fails_on_tiny_networks(n: int, directed: bool) -> None:
    from jmdi.graph.network import Network

    nodes = {str(i): {"g": None if i == 2 else "a"} for i in range(n)}
    edges = [("0", "1")] if n > 1 else []
    for made in (
        Network.from_edges([], nodes=nodes, directed=directed),
        Network.from_edges(edges, nodes=nodes, directed=directed),
        Network.from_edges(edges * 2 + ([("0", "0")] if n else []), nodes=nodes, directed=directed),
    ):
        for spec in METRICS:
            if spec.on == "dataset":
                continue
            names = [p.name for p in spec.parameters]
            given = {k: v for k, v in GIVEN.items() if k in names}
            if "other" in names:
                given["other"] = made  # type: ignore[assignment]
            if spec.name in ("network:logit-qap", "network:mrqap"):
                given = {"by": {"x": made}}  # type: ignore[dict-item]
            if "draws" in names and spec.name not in ("network:ei-index", "network:brokerage"):
                given["draws"] = 5  # type: ignore[assignment]
            if "g" in given.values() and not n:
                given["groups"] = []  # type: ignore[assignment]
            found = measure(made, spec.name.removeprefix("network:"), **given)
            assert found.defined or found.not_applicable or found.undefined
            if found.undefined and ":" not in found.undefined:
                assert found.undefined in REASONS


def test_analyses_are_reached_as_metrics() -> None:
    found = measure(
        karate(),
        "null",
        metric="network:ei-index",
        model="labels",
        draws=99,
        parameters={"groups": "club"},
    )
    same = jmdi_network.null(
        karate(), "network:ei-index", model="labels", draws=99, parameters={"groups": "club"}
    )
    assert found.value == same.value and found.values == same.values
    assert measure(karate(), "bootstrap", metric="density", draws=20).lower is not None
    assert measure(net([(0, 1), (1, 2)]), "criticality", metric="density").contributing
    assert measure(net([(0, 1)], 3), "best-ties", metric="density").value == pytest.approx(2 / 3)


def test_importing_the_plugin_is_cheap() -> None:
    code = (
        "import sys, jmdi, jmdi_network.plugin as p; "
        "assert all(m.parameters is not None and m.doc for m in p.jmdi_metrics()); "
        "assert all(q.parameters and q.doc for q in p.jmdi_projections()); "
        "bad = {'numpy', 'scipy', 'numba', 'graspologic_native'} & set(sys.modules); "
        "assert not bad, bad"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_public_names() -> None:
    for name in jmdi_network.__all__:
        assert callable(getattr(jmdi_network, name))
    with pytest.raises(AttributeError):
        jmdi_network.nothing  # noqa: B018


def test_an_analysis_says_the_same_however_it_is_called():
    network, other = karate(), net([(0, 1)], 34)
    for name, given in {
        "null": {"metric": "density", "draws": 9},
        "bootstrap": {"metric": "density", "draws": 9},
        "criticality": {"metric": "density"},
        "best-ties": {"metric": "density", "candidates": [("0", "9")]},
        "qap": {"other": other, "draws": 9},
        "mrqap": {"by": {"other": other}, "draws": 9},
        "logit-qap": {"by": {"other": other}, "draws": 9},
    }.items():
        analysis = getattr(jmdi_network, name.replace("-", "_"))
        found = analysis(network, **given)
        assert found == measure(network, name, **given)
        assert found.title and found.citation and found.convention and found.parameters
        assert found.subject == f"network {network.name}" and found.metric == f"network:{name}"

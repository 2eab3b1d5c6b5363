"""Names and numbers that nothing here has are refused, with what would do."""

from __future__ import annotations

from pathlib import Path

import pytest

import jmdi
from jmdi.errors import NotFound, suggest


@pytest.fixture
def waves(core: jmdi.Model) -> jmdi.Dataset:
    """Two actors, tied in wave 2."""
    actors = [jmdi.Actor(id=name) for name in "ab"]
    advice = jmdi.code("tie-kind", "own-kind")
    tie = jmdi.Tie(id="t", source="a", target="b", type=advice, period=jmdi.Period(wave=2))
    return core.dataset([*actors, tie])


@pytest.mark.parametrize("projection", ["actors", "full", "partnerships", "knowledge"])
def test_a_year_is_no_wave(waves: jmdi.Dataset, projection: str) -> None:
    with pytest.raises(NotFound, match=r"wave '2019' not found: there are 2 .*'2019-12-31'"):
        waves.project(projection, as_of=2019)
    assert waves.project(projection, as_of=2).n_nodes >= 0


def test_nor_is_it_one_where_nothing_has_waves(core: jmdi.Model) -> None:
    with pytest.raises(NotFound, match=r"nothing here has one; .*'2019-12-31'"):
        core.dataset([]).project("actors", as_of=2019)
    dated = jmdi.Network.from_edges([{"source": "a", "target": "b", "period": "2019"}])
    with pytest.raises(NotFound, match=r"nothing here has one; .*'2019-12-31'"):
        dated.filter(as_of=2019)
    assert dated.filter(as_of="2019-12-31").n_edges == 1


def test_a_network_names_its_waves(waves: jmdi.Dataset) -> None:
    network = waves.project("actors")
    assert network.filter(as_of=2).n_edges == 1
    with pytest.raises(NotFound, match="wave '3' not found: there are 2"):
        network.filter(as_of=3)


def test_kinds_that_nothing_has(waves: jmdi.Dataset) -> None:
    with pytest.raises(NotFound, match="kind 'initiativ' not found: did you mean 'initiative'"):
        waves.project("actors", kinds="initiativ")
    with pytest.raises(NotFound, match="tie kind 'fundng' not found: did you mean 'funding'"):
        waves.project("actors", tie_kinds=["own-kind", "fundng"])
    assert waves.project("actors", tie_kinds="own-kind").n_edges == 1
    assert waves.project("actors", tie_kinds="funding").n_edges == 0
    with pytest.raises(ValueError, match=r"kind derived from it \(actor.*filter\(nodes="):
        waves.project("actors", nodes="ngo")


def test_a_list_of_nodes_is_no_condition() -> None:
    network = jmdi.Network.from_edges([("a", "b")])
    with pytest.raises(TypeError, match=r"not \['a'\]; .*network.subnetwork"):
        network.filter(nodes=["a"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"what holds of edges is a mapping .*not 'a'$"):
        network.filter(edges="a")  # type: ignore[arg-type]


def test_what_a_network_is_written_as(core: jmdi.Model, tmp_path: Path) -> None:
    network = core.dataset([]).project("actors")
    with pytest.raises(TypeError, match=r"written as .*\.graphml.*to_frames\(\)"):
        network.write(tmp_path / "network.jsonl")


def test_a_name_may_leave_out_its_plugin() -> None:
    assert suggest("degre", ["network:degree", "density"]) == ("network:degree",)
    assert suggest("core", ["acme:vector", "acme:core-number"])[0] == "acme:core-number"
    assert suggest("network", ["network:degree", "network:reach"]) == ()


def test_a_day_of_a_filter_is_a_day() -> None:
    dated = jmdi.Network.from_edges([{"source": "a", "target": "b", "period": "2019"}])
    with pytest.raises(ValueError, match=r"not '2019'; for the year .* '2019-12-31'"):
        dated.filter(as_of="2019")
    with pytest.raises(ValueError, match="a day or the number of a wave, not True"):
        dated.filter(as_of=True)


def test_a_node_is_no_label() -> None:
    actor = jmdi.Actor(id="actor/1", names={"en": "Alba"})
    network = jmdi.dataset([actor]).project("actors")
    for ask in (network.ego, network.place, lambda name: network.subnetwork([name])):
        with pytest.raises(NotFound, match=r"that is the label of 'actor/1'"):
            ask("Alba")
    with pytest.raises(TypeError, match=r"network.node\(network.place\('actor/1'\)\)"):
        network.node("actor/1")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a layer is named by one text"):
        network.layer(["funding"])  # type: ignore[arg-type]


def test_a_metric_is_no_method() -> None:
    network = jmdi.Network.from_edges([("a", "b")])
    with pytest.raises(AttributeError, match=r"it is a metric: network.metric\('density'\)"):
        network.density  # type: ignore[attr-defined]  # noqa: B018


def test_several_values_are_no_row_of_a_summary() -> None:
    network = jmdi.Network.from_edges([("a", "b"), ("b", "c")])
    assert "Degree: it has several values, not one" in network.summary(["degree"]).notes
    compared = network.compare(network, ["degree"]).measures
    assert "degree before: it has several values, not one" in compared.notes


def test_a_dataset_differs_from_a_dataset(core: jmdi.Model, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="a Dataset is compared with another, not with 'x'"):
        core.dataset([]).diff("x")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match=r"known endings are .*\.jsonl"):
        jmdi.dataset([]).write(tmp_path / "x.pdf2")

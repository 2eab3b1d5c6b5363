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

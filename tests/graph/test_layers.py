"""The layers of a network: edges by the kind of their tie."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.graph.network import Network

NAN = float("nan")


def kind(name):
    return jmdi.code("tie-kind", name)


def dataset(*more):
    ties = [
        jmdi.Tie(id="1", source="a", target="b", type=kind("funding")),
        jmdi.Tie(id="2", source="a", target="b", type=kind("advocacy")),
        jmdi.Tie(id="3", source="b", target="c", type=kind("advocacy")),
    ]
    return jmdi.dataset([*(jmdi.Actor(id=name) for name in "abc"), *ties, *more])


def test_layers_are_kinds_of_tie():
    network = dataset().project("actors")
    layers = network.layers()
    assert {name: layer.n_edges for name, layer in layers.items()} == {"advocacy": 2, "funding": 1}
    assert network.layer("funding") == layers["funding"]
    assert layers["funding"].nodes == network.nodes
    assert layers["funding"].notes["layer"] == "funding"
    assert [record.id for record in layers["advocacy"].records(1)] == ["3"]


def test_a_tie_of_an_unknown_kind_leaves_its_pair_open():
    network = dataset(jmdi.Tie(id="4", source="a", target="c")).project("actors")
    assert list(network.layers()) == ["advocacy", "funding"]
    funding = network.layer("funding")
    assert (funding.unobserved, funding.notes["ties_of_unknown_layer"]) == (((0, 2),), 1)
    same = network.dataset.project("actors", tie_kinds="funding")
    assert (same.unobserved, same.n_edges) == (funding.unobserved, funding.n_edges)


def test_unobserved_ties_of_another_layer_are_none_of_this_one():
    rows = [
        {"source": "a", "target": "b", "type": "x"},
        {"source": "b", "target": "c", "type": "y", "state": "unobserved"},
        {"source": "a", "target": "c", "type": NAN, "state": "absent"},
    ]
    network = Network.from_edges(rows)
    assert network.unobserved == ((1, 2),)
    assert network.layer("x").unobserved == ()
    assert network.layer("y").unobserved == ((1, 2),)


def test_merged_edges_are_in_the_layers_of_all():
    network = dataset().project("actors").simple()
    assert {n: layer.n_edges for n, layer in network.layers().items()} == {
        "advocacy": 2,
        "funding": 1,
    }


def test_what_is_no_tie_is_a_layer_by_its_kind():
    parts = [jmdi.Participates(id=f"p{x}", source=x, target="i") for x in "bc"]
    network = dataset(jmdi.Initiative(id="i"), *parts).project("actors")
    assert list(network.layers()) == ["advocacy", "co-participation", "funding"]
    assert list(network.layers(by="kind")) == ["co-participation", "tie"]


def test_unknown_names_are_refused_with_near_ones():
    network = dataset().project("actors")
    with pytest.raises(jmdi.NotFound, match="funding"):
        network.layer("fundin")
    with pytest.raises(jmdi.NotFound, match="formality"):
        network.layers(by="formalty")


def test_a_layer_has_the_open_pairs_of_its_own_kind():
    unseen = {"state": jmdi.code("presence", "unobserved")}
    more = [
        jmdi.Tie(id="4", source="c", target="a", type=kind("funding"), **unseen),
        jmdi.Tie(id="5", source="a", target="b", type=kind("research"), **unseen),
    ]
    records = dataset(*more)
    for name in ("funding", "advocacy"):
        layer = records.project("actors").layer(name)
        assert layer.unobserved == records.project("actors", tie_kinds=name).unobserved

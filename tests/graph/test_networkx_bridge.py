from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.graph.network import Network

names = st.sampled_from(["a", "b", "c", "d", "e"])
values = st.one_of(st.integers(-5, 5), st.text(max_size=3), st.booleans(), st.tuples(names))
attributes = st.dictionaries(st.sampled_from(["x", "y", "kind"]), values, max_size=2)
WEIGHTS = st.sampled_from([-3, -2, -1, 1, 2, 3])
classes = st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])


@st.composite
def graphs(draw):
    graph = draw(classes)(name="net")
    for node in draw(st.lists(names, unique=True)):
        graph.add_node(node, **draw(attributes))
    weighted = draw(st.booleans())
    for a, b in draw(st.lists(st.tuples(names, names), max_size=8)):
        weight = {"weight": float(draw(WEIGHTS))} if weighted else {}
        graph.add_edge(a, b, **draw(attributes), **weight)
    return graph


def edges_of(graph) -> Counter[object]:
    def ends(a, b):
        return (a, b) if graph.is_directed() else tuple(sorted((a, b)))

    return Counter((ends(a, b), repr(sorted(d.items()))) for a, b, d in graph.edges(data=True))


@given(graphs())
def test_a_graph_comes_back_as_it_was(graph) -> None:
    net = Network.from_networkx(graph)
    back = net.to_networkx(multi=graph.is_multigraph())
    assert type(back) is type(graph)
    assert list(back) == list(graph)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert edges_of(back) == edges_of(graph)
    assert back.name == graph.name


@given(graphs())
def test_the_dicts_filled_directly_are_those_of_networkx(graph) -> None:
    net = Network.from_networkx(graph)
    back = net.to_networkx(multi=graph.is_multigraph())
    built = type(graph)()
    built.add_nodes_from(graph)
    built.add_edges_from((e.source, e.target) for e in net.edges)
    assert back.number_of_edges() == built.number_of_edges() == net.n_edges
    assert dict(back.degree()) == dict(built.degree()) == net.degree()
    assert {n: set(back.adj[n]) for n in back} == {n: set(built.adj[n]) for n in built}
    if graph.is_directed():
        assert {n: set(back.pred[n]) for n in back} == {n: set(built.pred[n]) for n in built}
    back.add_edge("a", "new")
    back.remove_node("a")
    assert "a" not in back


@given(graphs())
def test_a_network_comes_back_with_the_same_edges(graph) -> None:
    net = Network.from_networkx(graph)
    again = Network.from_networkx(net.to_networkx(multi=True))
    assert again.nodes == net.nodes
    assert again.directed == net.directed
    assert again.degree() == net.degree()
    assert (again.weight is None) == (net.weight is None)


def test_parallel_edges_become_one_without_multi() -> None:
    edges = [
        {"source": "a", "target": "b", "kind": "tie", "year": 1},
        {"source": "b", "target": "a", "kind": "tie", "year": 2},
        {"source": "b", "target": "c"},
    ]
    graph = Network.from_edges(edges).to_networkx()
    assert graph.edges["a", "b"] == {"kind": "tie", "year": (1, 2), "weight": 2.0}
    assert graph.edges["b", "c"] == {"weight": 1.0}
    assert graph["a"]["b"] is graph["b"]["a"]
    directed = Network.from_edges(edges, directed=True).to_networkx()
    assert directed.edges["a", "b"] == {"kind": "tie", "year": 1}
    multi = Network.from_edges(edges).to_networkx(multi=True)
    assert multi["b"]["a"][1] == {"kind": "tie", "year": 2}


def test_unknown_attributes_are_left_out_and_isolates_kept() -> None:
    net = Network("n", ["a", "b"], node_attributes={"x": [1, None]})
    graph = net.to_networkx()
    assert dict(graph.nodes(data=True)) == {"a": {"x": 1}, "b": {}}


def test_shared_graph_is_frozen_and_made_once() -> None:
    net = Network.from_edges([("a", "b")])
    shared = net.to_networkx(copy=False)
    assert shared is net.to_networkx(copy=False)
    assert nx.is_frozen(shared)
    assert not nx.is_frozen(net.to_networkx())
    assert net.to_networkx() is not net.to_networkx()
    assert net.to_networkx(multi=True, copy=False).is_multigraph()


def test_two_modes_both_ways() -> None:
    net = Network("n", ["a", "i"], [0], [1], mode=[0, 1])
    graph = net.to_networkx()
    assert nx.is_bipartite(graph)
    assert graph.nodes["i"] == {"bipartite": 1}
    again = Network.from_networkx(graph)
    assert again.mode == (0, 1)
    assert again == net


def test_what_a_foreign_graph_has_more_is_said() -> None:
    graph = nx.karate_club_graph()
    net = Network.from_networkx(graph)
    assert net.n_edges == 78
    assert net.nodes[0] == "0"
    assert net.notes["ids_made_text"] == 34
    assert net.weight is not None
    keyed = nx.MultiGraph(topic="x")
    keyed.add_edge("a", "b", key="tie")
    net = Network.from_networkx(keyed, name="mine")
    assert net.edge_attributes["key"] == ("tie",)
    assert net.notes["graph_attributes_left_out"] == ("topic",)
    assert net.name == "mine"


def test_weights_elsewhere_missing_or_wrong() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", strength=2)
    graph.add_edge("b", "c")
    net = Network.from_networkx(graph, weight="strength")
    assert repr(list(net.weight or ())) == "[2.0, nan]"
    assert net.to_networkx().edges["b", "c"] == {}
    assert net.notes["weights_missing"] == 1
    graph.add_edge("c", "d", strength="strong")
    with pytest.raises(TypeError, match="not a number"):
        Network.from_networkx(graph, weight="strength")
    ambiguous = nx.Graph([(1, "1")])
    with pytest.raises(ValueError, match="same text"):
        Network.from_networkx(ambiguous)


def test_empty() -> None:
    net = Network("n", [])
    assert net.to_networkx().number_of_nodes() == 0
    assert Network.from_networkx(nx.DiGraph()).directed


def test_edges_that_are_no_ties_are_left_out() -> None:
    edges = [
        ("a", "b", 2.0),
        ("a", "c", 0.0),
        {"source": "b", "target": "c", "weight": 1, "state": "absent"},
        {"source": "b", "target": "d", "weight": 1, "state": "unobserved"},
        {"source": "c", "target": "d", "weight": 1, "intensity": 0},
    ]
    net = Network.from_edges(edges)
    for multi in (False, True):
        graph = net.to_networkx(multi=multi)
        assert list(graph) == ["a", "b", "c", "d"]
        assert list(graph.edges()) == [("a", "b")]
    assert net.degree() == dict(graph.degree()) == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert net.neighbours("b") == ("a",)
    assert net.n_edges == 5

import copy
import pickle
import subprocess
import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.errors import NotFound
from jmdi.graph.dataset import Dataset
from jmdi.graph.edges import Edge
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor

names = st.sampled_from(["a", "b", "c", "d"])
edge_lists = st.lists(
    st.one_of(
        st.tuples(names, names),
        st.tuples(names, names, st.integers(-3, 3)),
        st.fixed_dictionaries(
            {"source": names, "target": names},
            optional={"role": st.sampled_from(["x", "y"]), "n": st.integers(0, 2)},
        ),
    ),
    max_size=8,
)


def test_from_edges_in_all_forms() -> None:
    net = Network.from_edges(
        [("a", "b"), ("b", "c", 2.5), {"source": "c", "target": "a", "role": "x"}],
        nodes={"z": {"country": "MA"}},
        directed=True,
        name="mine",
    )
    assert net.nodes == ("z", "a", "b", "c")
    assert (list(net.source), list(net.target)) == ([1, 2, 3], [2, 3, 1])
    assert repr(list(net.weight or ())) == "[nan, 2.5, nan]"
    assert net.edge_attributes["role"] == (None, None, "x")
    assert net.node_attributes["country"] == ("MA", None, None, None)
    assert net.notes == {"weights_missing": 2}
    assert (net.n_nodes, net.n_edges, len(net)) == (4, 3, 4)
    assert net.edges[1] == Edge("b", "c", 2.5, 1)
    assert [e.index for e in net.edges] == [0, 1, 2]
    assert repr(net) == "<Network 'mine': 4 nodes, 3 edges, directed>"


@pytest.mark.parametrize(
    ("edges", "error"),
    [
        ([(1, "b")], TypeError),
        ([("a",)], ValueError),
        (["ab"], ValueError),
        ([{"source": "a"}], ValueError),
        ([("a", "b", "2")], TypeError),
        ([("a", "b", True)], TypeError),
        ([("a", "b", float("inf"))], ValueError),
        ([("a", "b", 10**400)], TypeError),
        ([{"source": "a", "target": "b", 1: 2}], TypeError),
    ],
)
def test_bad_edges_are_refused(edges, error) -> None:
    with pytest.raises(error):
        Network.from_edges(edges)


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        ((["a", "a"],), {}),
        ((["a"], [0], [1]), {}),
        ((["a"], [0], [-1]), {}),
        ((["a"], [0], []), {}),
        ((["a"], [0], [0]), {"weight": []}),
        ((["a"], [0], [0]), {"weight": [float("inf")]}),
        ((["a"],), {"mode": [0, 1]}),
        ((["a"],), {"node_attributes": {"x": []}}),
        ((["a"], [0], [0]), {"edge_attributes": {"x": [1, 2]}}),
    ],
)
def test_what_does_not_fit_is_refused(arguments, more) -> None:
    with pytest.raises(ValueError):
        Network("n", *arguments, **more)


def test_degree_neighbours_and_loops() -> None:
    net = Network.from_edges([("a", "b"), ("b", "a"), ("c", "c")], nodes=["d"])
    assert net.degree() == {"d": 0, "a": 2, "b": 2, "c": 2}
    assert net.neighbours("a") == ("b",)
    assert net.neighbours("c") == ()
    assert "d" in net
    with pytest.raises(NotFound):
        net.neighbours("x")


def test_simple_adds_weights_and_says_so() -> None:
    edges = [
        {"source": "a", "target": "b", "kind": "tie", "n": 1},
        {"source": "b", "target": "a", "kind": "tie", "n": 2},
        {"source": "a", "target": "a"},
        {"source": "b", "target": "c"},
    ]
    net = Network.from_edges(edges).simple()
    assert [(e.source, e.target, e.weight) for e in net.edges] == [("a", "b", 2), ("b", "c", 1)]
    assert net.edge_attributes["kind"] == ("tie", None)
    assert net.edge_attributes["n"] == ((1, 2), None)
    assert net.notes == {"dropped_loops": 1, "merged_edges": 1}
    directed = Network.from_edges(edges, directed=True).simple()
    assert directed.n_edges == 3


def test_subnetwork_keeps_order_and_attributes() -> None:
    edges = [{"source": "a", "target": "b", "n": 1}, {"source": "b", "target": "c", "n": 2}]
    net = Network.from_edges(edges, nodes={"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}})
    part = net.subnetwork(["c", "b"])
    assert part.nodes == ("b", "c")
    assert part.edge_attributes["n"] == (2,)
    assert part.node_attributes["x"] == (2, 3)
    with pytest.raises(NotFound):
        net.subnetwork(["x"])


def test_records_behind_edges_and_nodes() -> None:
    a, b = Actor(id="a"), Actor(id="b")
    ds = Dataset([a, b])
    net = Network("n", ["a", "b"], [0, 0], [1, 1], behind=[a, (a, b)], dataset=ds)
    assert net.records(0) == (a,)
    assert net.records(-1) == (a, b)
    assert net.node(1) is b
    assert net.simple().records(0) == (a, b)
    assert Network("n", ["x"]).node(0) is None
    with pytest.raises(IndexError):
        net.records(2)


def test_columns_are_made_on_first_use() -> None:
    calls = []

    def column():
        calls.append(1)
        return [1]

    net = Network("n", ["a"], node_attributes={"x": column})
    assert list(net.node_attributes) == ["x"]
    assert calls == []
    assert net.node_attributes["x"] == net.node_attributes["x"] == (1,)
    assert calls == [1]


def test_it_cannot_change() -> None:
    net = Network.from_edges([("a", "b")])
    with pytest.raises(AttributeError):
        net.name = "x"
    with pytest.raises(TypeError):
        hash(net)


@given(edge_lists, st.booleans())
def test_pickle_and_equality(edges, directed) -> None:
    net = Network.from_edges(edges, directed=directed)
    assert pickle.loads(pickle.dumps(net)) == net
    assert net != Network.from_edges([*edges, ("a", "new")], directed=directed)


@given(edge_lists, st.booleans(), st.permutations(["a", "b", "c", "d"]))
def test_relabelling_changes_nothing_but_names(edges, directed, labels) -> None:
    to = dict(zip("abcd", labels, strict=True))

    def renamed(edge):
        if isinstance(edge, dict):
            return {**edge, "source": to[edge["source"]], "target": to[edge["target"]]}
        return (to[edge[0]], to[edge[1]], *edge[2:])

    net = Network.from_edges(edges, nodes="abcd", directed=directed)
    other = Network.from_edges(map(renamed, edges), nodes=map(to.get, "abcd"), directed=directed)
    assert {to[node]: k for node, k in net.degree().items()} == other.degree()
    assert list(other.source) == list(net.source)
    assert net.simple().notes == other.simple().notes
    weights = [found.simple().weight for found in (net, other)]
    first, second = [repr(None if found is None else found.tolist()) for found in weights]
    assert first == second


def test_a_network_cannot_be_changed_through_what_it_holds() -> None:
    numpy = pytest.importorskip("numpy")
    ends, weights, colours = array("i", [0]), array("d", [2.0]), ["red"]
    columns = {"colour": colours}
    net = Network("n", "ab", ends, array("i", [1]), weight=weights, edge_attributes=columns)
    ends[0], weights[0], colours[0] = 1, 3.0, "blue"
    assert net.edges[0] == ("a", "b", 2.0, 0)
    assert net.edge_attributes["colour"] == ("red",)
    for values in (net.source, net.target, net.weight):
        with pytest.raises(TypeError):
            values[0] = 1
        seen = numpy.asarray(values)
        assert numpy.shares_memory(seen, numpy.asarray(values))
        with pytest.raises(ValueError, match="read-only"):
            seen[0] = 1
    with pytest.raises(TypeError):
        net.index["c"] = 2
    assert pickle.loads(pickle.dumps(net)) == copy.deepcopy(net) == net


@given(edge_lists, st.booleans())
def test_simple_is_simple_and_keeps_the_sum_of_weights(edges, directed) -> None:
    net = Network.from_edges(edges, directed=directed)
    simple = net.simple()
    pairs = [
        (i, j) if directed else (min(i, j), max(i, j))
        for i, j in zip(simple.source, simple.target, strict=True)
    ]
    assert len(set(pairs)) == len(pairs)
    assert all(i != j for i, j in pairs)
    kept = [e.weight for e in net.edges if e.source != e.target]
    merged = [e.weight for e in simple.edges]
    assert (None in merged) == (None in kept)
    if None not in kept:
        assert sum(merged) == pytest.approx(sum(kept))
    again = simple.simple()
    assert (again.source, again.target) == (simple.source, simple.target)


def test_nothing_here_imports_networkx_before_it_is_asked() -> None:
    script = (
        "import sys, pkgutil, importlib, jmdi.graph\n"
        "for m in pkgutil.iter_modules(jmdi.graph.__path__):\n"
        "    importlib.import_module('jmdi.graph.' + m.name)\n"
        "from jmdi.graph.network import Network\n"
        "net = Network.from_edges([('a', 'b')])\n"
        "assert not {'networkx', 'numpy'} & set(sys.modules)\n"
        "net.to_networkx()\n"
        "assert 'networkx' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_attributes_merged_in_two_steps_are_those_merged_in_one() -> None:
    rows = [("a", "b", "x"), ("a", "b", "y"), ("a", "b", "x"), ("a", "b", "z")]
    once = Network.from_edges([{"source": a, "target": b, "kind": k} for a, b, k in rows])
    twice = Network(
        "n", ["a", "b"], [0, 0], [1, 1], edge_attributes={"kind": [("x", "y"), ("x", "z")]}
    )
    assert once.simple().edge_attributes["kind"] == (("x", "y", "z"),)
    assert twice.simple().edge_attributes["kind"] == (("x", "y", "z"),)


def test_weights_that_cancel_out_are_no_absence() -> None:
    rows = [("a", "b", 2), ("b", "a", -2), ("b", "c", 0)]
    merged = Network.from_edges(rows).simple()
    assert list(merged.weight or ()) == [0, 0]
    assert merged.degree() == {"a": 1, "b": 1, "c": 0}
    assert merged.metric("density").value == Network.from_edges(rows).metric("density").value

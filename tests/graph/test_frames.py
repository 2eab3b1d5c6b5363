"""Data frames, matrices and graphs of other libraries: in, out, and back without a loss."""

from __future__ import annotations

import datetime
import math
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.graph.network import Network
from jmdi.graph.pairs import edge_states
from jmdi.graph.table import Table

NAN = math.nan
DAY = datetime.date(2012, 5, 1)


@st.composite
def networks(draw: st.DrawFn, *, plain: bool = False) -> Network:
    """Both directions, two modes, loops, states, unknown weights, own attributes, reports."""
    n = draw(st.integers(1, 5))
    mode = [0] * draw(st.integers(0, n)) if draw(st.booleans()) else None
    if mode is not None:
        mode += [1] * (n - len(mode))
    two_modes = mode is not None and 0 in mode and 1 in mode
    first = st.integers(0, (mode.count(0) if two_modes else n) - 1)
    second = st.integers(mode.count(0) if two_modes else 0, n - 1)
    row = st.tuples(
        first,
        second,
        st.sampled_from([0.5, 1.0, 2.0, -1.0, NAN]),
        st.sampled_from([None, "absent", "unobserved"]),
        st.sampled_from([None, 3, 10**12]),
        st.sampled_from([None, "é=1", ""]),
        st.sampled_from([None, True, False]),
        st.sampled_from([None, ("aid", "advice"), ("aid",)]),
        st.sampled_from([None, DAY]),
    )
    rows = draw(st.lists(row, max_size=6))
    names = ["state", "year", "note", "disputed", "kinds", "day"]
    columns = {name: [one[i + 3] for one in rows] for i, name in enumerate(names)}
    unobserved = draw(st.lists(st.tuples(first, second), max_size=3))
    return Network(
        "net",
        [f"n{i}" for i in range(n)],
        [one[0] for one in rows],
        [one[1] for one in rows],
        weight=[one[2] for one in rows] if draw(st.booleans()) else None,
        directed=draw(st.booleans()) and not two_modes,
        mode=mode if two_modes else None,
        unobserved=unobserved,
        node_attributes={
            "size": draw(st.lists(st.sampled_from([None, 1]), min_size=n, max_size=n))
        },
        edge_attributes={} if plain else columns,
    )


def facts(network: Network) -> dict[str, Any]:
    """All that a network says, however its unobserved pairs are held."""
    states = edge_states(network) or ["present"] * network.n_edges
    rows = Counter(
        repr(
            (
                (edge.source, edge.target)
                if network.directed
                else tuple(sorted((edge.source, edge.target))),
                edge.weight,
                {
                    name: column[edge.index]
                    for name, column in sorted(network.edge_attributes.items())
                    if column[edge.index] is not None
                },
            )
        )
        for edge, state in zip(network.edges, states, strict=True)
        if state == "present"
    )
    sizes = network.node_attributes.get("size", (None,) * len(network))
    return {
        "nodes": [*zip(network.nodes, sizes, strict=True)],
        "directed": network.directed,
        "mode": network.mode,
        "ties": rows,
        "unobserved": Counter(network.unobserved_ties),
        "disputed": network.disputed,
    }


def of_frames(network: Network, make: Callable[[Table], Any]) -> Network:
    nodes, edges = network.to_frames()
    return Network.from_frame(
        make(edges),
        nodes=make(nodes),
        directed=network.directed,
        two_mode=network.mode is not None,
        name="net",
    )


def pandas_frame(table: Table) -> Any:
    return table.to_pandas()


def duckdb_relation(table: Table) -> Any:
    duckdb = pytest.importorskip("duckdb")
    return duckdb.connect().from_arrow(table.to_arrow())


class OnlyArrow:
    """What speaks the protocol, and nothing else."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


MAKERS: dict[str, tuple[str, Callable[[Table], Any]]] = {
    "pandas": ("pandas", Table.to_pandas),
    "polars": ("polars", Table.to_polars),
    "pyarrow": ("pyarrow", Table.to_arrow),
    "duckdb": ("pyarrow", duckdb_relation),
    "stream": ("pyarrow", OnlyArrow),
    "table": ("jmdi", lambda table: table),
    "rows": ("jmdi", Table.to_dicts),
    "columns": ("jmdi", lambda table: {name: table.column(name) for name in table.columns}),
}


@pytest.mark.parametrize("name", MAKERS)
@given(network=networks())
def test_frames_there_and_back(name: str, network: Network) -> None:
    library, make = MAKERS[name]
    pytest.importorskip(library)
    if network.n_edges + len(network.unobserved_ties) == 0 and name == "rows":
        return  # no row says what the columns are
    again = of_frames(network, make)
    assert facts(again) == facts(network)
    assert again.notes == {} or set(again.notes) == {"weights_missing"}


@given(network=networks(), multi=st.just(True))
def test_networkx_there_and_back(network: Network, multi: bool) -> None:
    again = Network.from_networkx(network.to_networkx(multi=multi, ties_only=False))
    assert facts(again) == facts(network)
    assert network.to_networkx(multi=True).number_of_edges() == len(list(network._ties()))


@given(network=networks())
def test_igraph_there_and_back(network: Network) -> None:
    pytest.importorskip("igraph")
    again = Network.from_igraph(network.to_igraph(ties_only=False))
    assert facts(again) == facts(network)
    assert network.to_igraph().ecount() == len(list(network._ties()))


@given(network=networks(plain=True))
def test_matrices_there_and_back(network: Network) -> None:
    pytest.importorskip("scipy")
    modes = network.mode or ()
    rows = [node for node, mode in zip(network.nodes, modes, strict=False) if mode == 0]
    others = [node for node, mode in zip(network.nodes, modes, strict=False) if mode == 1]
    names: dict[str, Any] = {"nodes": rows or network.nodes, "columns": others or None}
    matrix = network.to_scipy()
    for made in (matrix, matrix.toarray(), matrix.toarray().tolist()):
        again = Network.from_matrix(made, **names, directed=network.directed)
        assert set(again.nodes) == set(network.nodes)
        assert pairs(again) <= pairs(network) | pairs(again, "unobserved")
        assert pairs(network, "unobserved") <= pairs(again, "unobserved")
        if network.weight is None and not set(network.unobserved_ties) - set(network.unobserved):
            assert pairs(again) == pairs(network)
            assert pairs(network, "unobserved") == pairs(again, "unobserved")


def pairs(network: Network, which: str = "tied") -> set[tuple[str, ...]]:
    found = network.unobserved if which == "unobserved" else [*network._ties()]
    names = [(network.nodes[i], network.nodes[j]) for i, j in found]
    return {pair if network.directed else tuple(sorted(pair)) for pair in names}


def test_own_attributes_keep_their_names_in_igraph() -> None:
    pytest.importorskip("igraph")
    nodes = {"a": {"type": "ngo", "name": "Ann"}, "x": {"type": None, "name": None}}
    net = Network.from_edges([("a", "x", 2)], nodes=nodes, two_mode=True)
    assert net.to_igraph().vs["type_"] == ["ngo", None]
    assert facts(Network.from_igraph(net.to_igraph())) == facts(net)
    assert Network.from_igraph(net.to_igraph()) == net


def test_unknown_is_never_nought() -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    columns = {"source": ["a", "b", "c"], "target": ["b", "c", "a"], "weight": [1.0, None, 3.0]}
    days = [datetime.datetime(2012, 5, 1), None, None]
    frames = [
        pandas.DataFrame({**columns, "day": pandas.to_datetime(days)}),
        pandas.DataFrame({**columns, "day": days}).convert_dtypes(),
        polars.DataFrame({**columns, "day": days}),
        {**columns, "weight": [1.0, NAN, 3.0], "day": days},
    ]
    for frame in frames:
        net = Network.from_edges(frame, directed=True)
        assert [edge.weight for edge in net.edges] == [1.0, None, 3.0]
        assert net.edge_attributes["day"] == tuple(days)
        assert net.notes == {"weights_missing": 1}
        assert net == Network.from_frame(frame, directed=True)
    categories = pandas.DataFrame(
        {"source": ["a"], "target": ["b"], "kind": pandas.Categorical([None], ["x"])}
    )
    assert Network.from_edges(categories).edge_attributes["kind"] == (None,)


def test_columns_may_have_other_names_and_ids_be_numbers() -> None:
    frame = {"from": [1, 2], "to": [2, 3], "n": [5, 6], "weight": ["x", "y"], "source": [0, 0]}
    nodes = [{"key": 4, "type": "ngo"}, {"key": 1, "type": None}]
    net = Network.from_frame(
        frame, source="from", target="to", weight="n", nodes=nodes, node_id="key"
    )
    assert net.nodes == ("4", "1", "2", "3")
    assert net.notes == {"ids_made_text": 6}
    assert [edge.weight for edge in net.edges] == [5, 6]
    assert dict(net.edge_attributes) == {"source_": (0, 0), "weight_": ("x", "y")}
    assert net.node_attributes["type"] == ("ngo", None, None, None)


def test_lazy_frames_and_cursors() -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    lazy = polars.LazyFrame({"source": ["a"], "target": ["b"]})
    for make in (Network.from_edges, Network.from_frame):
        with pytest.raises(TypeError, match=r"collect\(\) it first"):
            make(lazy)
    cursor = duckdb.connect().execute("select 'a' as source, 'b' as target, 2.50 as weight")
    assert Network.from_edges(cursor).edges[0].weight == 2.5


def test_a_row_with_a_source_alone_is_a_node_without_an_edge() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"source": [1, 2, 3], "target": [2, None, None]})
    net = Network.from_edges(frame)
    assert (net.nodes, net.n_edges) == (("2", "3", "1"), 1)
    rows = [("a", "b"), ("c", None)]
    alone = Network.from_frame(
        [dict(zip(("source", "target"), row, strict=True)) for row in rows], nodes={"c": {"x": 1}}
    )
    assert alone.node_attributes["x"] == (1, None, None)


@pytest.mark.parametrize(
    ("frame", "options", "error", "message"),
    [
        ({"from": ["a"], "to": ["b"]}, {}, jmdi.NotFound, "source"),
        ({"source": ["a", None], "target": ["b", "c"]}, {}, ValueError, "row 2 has no source"),
        ({"source": ["a"], "target": [None], "weight": [1]}, {}, ValueError, "row 1 has no target"),
        ({"source": [True], "target": ["b"]}, {}, TypeError, "row 1, column 'source'"),
        ({"a": ["a"]}, {"source": "a", "target": "a"}, ValueError, "one column, 'a'"),
        ({"source": [1.5], "target": ["b"]}, {}, TypeError, r"row 1, column 'source'.*1\.5"),
        ({"source": ["a"], "target": ["b", "c"]}, {}, ValueError, "differ in length"),
        ({"source": ["a"], "target": ["b"], 3: [1]}, {}, TypeError, "not 3"),
        ({"source": ["a"], "target": ["b"], "weight": ["x"]}, {}, TypeError, "edge 1 is not a num"),
        ({"source": ["a"], "target": ["a"]}, {"two_mode": True}, ValueError, "both modes"),
        (
            {"source": ["a"], "target": ["b"]},
            {"two_mode": True, "nodes": ["c"]},
            ValueError,
            "which mode node 'c'",
        ),
        ({"source": ["a"], "target": ["b"]}, {"nodes": {"id": ["a", "a"]}}, ValueError, "duplic"),
        ({"source": ["a"], "target": ["b"]}, {"nodes": {"key": ["a"]}}, jmdi.NotFound, "nodes"),
        ([("a", "b")], {}, TypeError, "row 1 is not a mapping"),
        ("a,b", {}, TypeError, "not a data frame"),
    ],
)
def test_a_frame_that_cannot_be_one_says_where(frame, options, error, message) -> None:
    with pytest.raises(error, match=message):
        Network.from_frame(frame, **options)


def test_two_modes_of_an_edge_list() -> None:
    net = Network.from_edges(
        [("ann", "e1"), ("bo", "e1"), ("bo", "e2")],
        nodes={"cy": {"mode": 0, "age": 30}},
        two_mode=True,
    )
    assert dict(zip(net.nodes, net.mode or (), strict=True)) == {
        "cy": 0,
        "ann": 0,
        "e1": 1,
        "bo": 0,
        "e2": 1,
    }
    assert net.node_attributes["age"][0] == 30
    assert "mode" not in net.node_attributes
    assert float(net.metric("network:bipartite-density")) == pytest.approx(3 / 6)


def test_a_tie_both_ways_in_one_row_is_two_edges() -> None:
    frame = {"source": ["a", "b"], "target": ["b", "c"], "directed": [False, True]}
    net = Network.from_frame(frame, directed=True)
    assert [(e.source, e.target) for e in net.edges] == [("a", "b"), ("b", "c"), ("b", "a")]
    assert net.notes["ties_both_ways"] == 1
    assert of_frames(net, Table.to_dicts) == net.from_frame(
        net.to_frames().edges.to_dicts(),
        nodes=net.to_frames().nodes.to_dicts(),
        directed=True,
        name="net",
    )


def test_reports_stay_in_doubt_through_a_frame() -> None:
    pytest.importorskip("polars")
    ties = [
        jmdi.Tie(id="1", source="a", target="b", strength=2, directed=True, reported_by="a"),
        jmdi.Tie(id="2", source="a", target="b", strength=0, directed=True, reported_by="b"),
    ]
    actors = [jmdi.Actor(id=name) for name in "abc"]
    net = jmdi.dataset([*actors, *ties]).project("actors", directed=True)
    assert net.disputed
    again = of_frames(net, Table.to_polars)
    assert again.disputed == net.disputed
    first, second = net.metric("density"), again.metric("density")
    assert (first.value, first.lower, first.upper) == (second.value, second.lower, second.upper)
    reported = {"source": ["a"], "target": ["b"], "reported_by": ["a"]}
    assert "from_tables" in Network.from_frame(reported).notes["reported_by"]


def test_matrices_of_every_sort() -> None:
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    cells = [[0, 2, None], [2, 0, 0], [None, 0, 0]]
    net = Network.from_matrix(cells, "abc")
    assert [(e.source, e.target, e.weight) for e in net.edges] == [("a", "b", 2.0)]
    assert net.unobserved == ((0, 2),)
    array = numpy.array(cells, dtype=float)
    assert Network.from_matrix(array, "abc") == net
    frame = pandas.DataFrame(array, index=list("abc"), columns=list("abc"))
    assert Network.from_matrix(frame) == net
    assert Network.from_matrix(numpy.array([[False, True], [True, False]])).weight is None
    two = Network.from_matrix([[1, 0], [1, 1], [0, 1]], "abc", columns=["e1", "e2"])
    assert (two.mode, two.n_edges) == ((0, 0, 0, 1, 1), 4)
    assert two.to_scipy().toarray().tolist() == [[1, 0], [1, 1], [0, 1]]
    incidence = pandas.DataFrame([[1, 0]], index=["a"], columns=["e1", "e2"])
    assert Network.from_matrix(incidence).mode == (0, 1, 1)
    with pytest.raises(ValueError, match="a to b is 1, and back 0; give directed=True"):
        Network.from_matrix([[0, 1], [0, 0]], "ab")
    with pytest.raises(ValueError, match="columns="):
        Network.from_matrix([[1, 0]], ["a"])
    with pytest.raises(ValueError, match="row 2 of the matrix"):
        Network.from_matrix([[0, 1], [0]])
    with pytest.raises(TypeError, match="row 1, column 2"):
        Network.from_matrix([[0, "x"], [0, 0]])  # type: ignore[list-item]


def test_an_undirected_matrix_is_symmetric_and_keeps_what_is_open() -> None:
    pytest.importorskip("scipy")
    net = Network("n", "abc", [1, 1], [0, 1], weight=[NAN, 4], unobserved=[(0, 2)])
    weights = net.to_scipy().toarray()
    assert math.isnan(weights[0, 1])
    assert math.isnan(weights[2, 0])
    assert weights[1, 1] == 4
    there = net.to_scipy(weighted=False).toarray()
    assert there[0, 1] == there[1, 0] == 1


def test_what_is_missing_says_what_to_install(monkeypatch) -> None:
    for name in ("pandas", "polars", "pyarrow", "igraph", "scipy.sparse"):
        monkeypatch.setitem(sys.modules, name, None)
    net = Network.from_edges([("a", "b")])
    with pytest.raises(ImportError, match="pip install igraph"):
        net.to_igraph()
    with pytest.raises(ImportError, match=r"pip install scipy$"):
        net.to_scipy()
    with pytest.raises(ImportError, match="pip install pyarrow"):
        net.to_frames().edges.__arrow_c_stream__()

    class Stream:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise AssertionError

    with pytest.raises(ImportError, match=r"to read Stream.*pip install pyarrow"):
        Network.from_frame(Stream())


def test_pandas_and_polars_need_no_pyarrow(monkeypatch) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = {"source": ["a"], "target": ["b"], "weight": [2]}
    frames = [pandas.DataFrame(columns), polars.DataFrame(columns)]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert [Network.from_edges(frame).edges[0].weight for frame in frames] == [2, 2]


def test_a_table_is_a_stream_for_whoever_speaks_arrow(monkeypatch) -> None:
    pyarrow, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    rows = [("a", 1, 0.5, DAY, ("x", "y")), ("b", None, NAN, None, None)]
    table = Table(("text", "whole", "number", "day", "list"), rows)
    same = [["a", "b"], [1, None], [0.5, None], [DAY, None], [["x", "y"], None]]
    assert [column.to_pylist() for column in pyarrow.table(table).columns] == same
    assert [column.to_list() for column in polars.DataFrame(table).get_columns()] == same
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert [column.to_list() for column in polars.DataFrame(table).get_columns()] == same


@pytest.mark.parametrize(
    "nodes",
    [
        {"id": ["c", "a"], "x": [1, 2]},
        [{"id": "c", "x": 1}, {"id": "a", "x": 2}],
        Table(("id", "x"), [("c", 1), ("a", 2)]),
        {"c": {"x": 1}, "a": {"x": 2}},
    ],
)
@pytest.mark.parametrize("edges", [[("a", "b")], {"source": ["a"], "target": ["b"]}])
def test_edges_in_any_form_take_nodes_in_any_form(edges, nodes):
    net = Network.from_edges(edges, nodes=nodes)
    assert net.nodes == ("c", "a", "b")
    assert net.node_attributes == {"x": (1, 2, None)}


@pytest.mark.parametrize(
    ("library", "column"),
    [("numpy", "array"), ("pandas", "Series"), ("polars", "Series"), ("pyarrow", "array")],
)
def test_nodes_may_be_a_column_of_ids(library, column):
    ids = getattr(pytest.importorskip(library), column)(["c", "a"])
    net = Network.from_edges([("a", "b")], nodes=ids)
    assert net.nodes == ("c", "a", "b")
    matrix = Network.from_matrix([[0, 1], [1, 0]], ids)
    assert set(map(type, (*net.nodes, *matrix.nodes))) == {str}


@pytest.mark.parametrize("edges", [[("a", "b")], {"source": ["a"], "target": ["b"]}])
def test_ids_of_nodes_are_text(edges):
    with pytest.raises(TypeError, match="write '1' for 1"):
        Network.from_edges(edges, nodes=[1])
    with pytest.raises(TypeError, match="write '1' for 1"):
        Network.from_matrix([[0]], [1])  # type: ignore[list-item]


def test_a_frame_whose_labels_are_in_another_order_is_put_in_order():
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame([[1, 0], [0, 2]], index=["a", "b"], columns=["b", "a"])
    net = Network.from_matrix(frame, directed=True)
    assert [(e.source, e.target, e.weight) for e in net.edges] == [("a", "b", 1), ("b", "a", 2)]
    for labels in (["a", "c"], ["b", "b"]):
        frame.columns = labels
        with pytest.raises(ValueError, match="in common"):
            Network.from_matrix(frame, directed=True)


def test_an_empty_text_is_no_id():
    rows = [{"a": "x", "b": "y"}, {"a": " ", "b": "z"}]
    with pytest.raises(ValueError, match="row 2 has no a"):
        Network.from_frame(rows, source="a", target="b")
    alone = Network.from_frame([{"a": "x", "b": ""}], source="a", target="b")
    assert (alone.nodes, alone.n_edges) == (("x",), 0)


@pytest.mark.parametrize("no", [False, "false", "False", 0, "0"])
def test_a_direction_may_be_said_in_text(no):
    rows = [{"a": "x", "b": "y", "directed": no}, {"a": "y", "b": "z", "directed": None}]
    assert Network.from_frame(rows, source="a", target="b", directed=True).n_edges == 3
    rows[0]["directed"] = "perhaps"
    with pytest.raises(ValueError, match="row 1, column 'directed'"):
        Network.from_frame(rows, source="a", target="b", directed=True)

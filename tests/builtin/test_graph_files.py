"""Graph files: other programs read what we write, and we read what they write."""

from __future__ import annotations

import datetime
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from graph_files import FORMATS, READERS, networks, oracle, quietly, read, written
from hypothesis import given

from jmdi.builtin.formats.gexf import write_gexf
from jmdi.builtin.formats.graph_json import (
    write_cytoscape,
    write_node_link,
)
from jmdi.builtin.formats.graphml import write_graphml
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor, Territory
from jmdi.model.records import Entity
from jmdi.model.relations import Participates, Tie
from jmdi.model.values import Period, code


@READERS
@given(network=networks())
def test_networkx_reads_what_is_written(name: str, network: Network) -> None:
    data, _ = quietly(FORMATS[name][0], network)
    assert data == quietly(FORMATS[name][0], network)[0]
    graph = oracle(name, data)
    assert graph.number_of_nodes() == network.n_nodes
    assert graph.number_of_edges() == network.n_edges
    assert graph.is_directed() == network.directed
    found, context = read(name, data)
    unnamed = 0 if name in ("graphml", "gexf") else network.nodes.count("")
    assert len([r for r in found if isinstance(r, Entity)]) == network.n_nodes - unnamed
    assert FORMATS[name][2](data) is True
    assert all(problem.code.startswith(("J5", "J2")) for problem in context.problems)


@given(network=networks())
def test_igraph_reads_the_graphml_that_is_written(network: Network) -> None:
    igraph = pytest.importorskip("igraph")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.graphml")
        path.write_bytes(quietly(write_graphml, network)[0])
        graph = igraph.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount()) == (network.n_nodes, network.n_edges)
    assert graph.is_directed() == network.directed


SAMPLE = Network(
    "sample",
    ["a", "b", "c"],
    [0, 0, 1],
    [1, 1, 2],
    directed=True,
    weight=[1, 2.5, 3],
    node_attributes={
        "label": ["Alpha", "Beta", None],
        "names": [{"en": "Alpha", "fr": "Alphe"}, {"en": "Beta"}, None],
        "type": [code("actor-type", "academia"), None, None],
        "founded": [datetime.date(2015, 10, 19), None, None],
        "share": [Decimal("0.5"), Decimal("0.25"), None],
        "exact": [Decimal("0.1234567890123456789"), None, None],
        "size": [1, 2, None],
        "mixed": [1, "two", True],
        "local": [True, False, None],
        "tags": [("x", "y"), None, None],
        "period": [Period("2015-10-19/2016-01-31", "from October"), None, None],
    },
    edge_attributes={"kinds": [("funding",), ("advocacy",), None]},
)


def test_graphml_keeps_types_and_leaves_out_what_is_unknown() -> None:
    data, problems = quietly(write_graphml, SAMPLE)
    graph = oracle("graphml", data)
    assert graph.nodes["a"] == {
        "label": "Alpha",
        "names.en": "Alpha",
        "names.fr": "Alphe",
        "type": "actor-type:academia",
        "founded": "2015-10-19",
        "share": 0.5,
        "exact": "0.1234567890123456789",
        "size": 1,
        "mixed": "1",
        "local": True,
        "tags": '["x","y"]',
        "period": "2015-10-19/2016-01-31",
        "period.words": "from October",
    }
    assert graph.nodes["c"] == {"mixed": "true"}
    assert [d["weight"] for _, _, d in graph.edges(data=True)] == [1.0, 2.5, 3.0]
    assert [problem.code for problem in problems] == ["J512"]


def test_gexf_is_dynamic_where_days_are_known() -> None:
    graph = oracle("gexf", quietly(write_gexf, SAMPLE)[0])
    assert graph.graph["mode"] == "dynamic"
    assert graph.nodes["a"]["spells"] == [("2015-10-19", "2016-01-31")]
    assert "spells" not in graph.nodes["b"]
    assert graph.nodes["a"]["label"] == "Alpha"
    assert graph.nodes["a"]["local"] is True
    static = Network("static", ["a"])
    assert oracle("gexf", written(write_gexf, static)).graph["mode"] == "static"


@pytest.mark.parametrize("edges", ["edges", "links"])
def test_node_link_keeps_values_as_json(edges: str) -> None:
    data = json.loads(written(write_node_link, SAMPLE, edges=edges))
    assert data["multigraph"] is True
    assert data["nodes"][0]["names"] == {"en": "Alpha", "fr": "Alphe"}
    assert data["nodes"][0]["tags"] == ["x", "y"]
    assert data["nodes"][0]["exact"] == "0.1234567890123456789"
    assert data["nodes"][2] == {"id": "c", "mixed": True}
    assert [edge["key"] for edge in data[edges]] == [0, 1, 0]


def test_cytoscape_ids_are_unique_over_nodes_and_edges() -> None:
    network = Network("n", ["e0", "b"], [0], [1])
    data = json.loads(written(write_cytoscape, network))
    ids = [e["data"]["id"] for part in data["elements"].values() for e in part]
    assert len(set(ids)) == 3


@READERS
def test_records_come_back_with_their_fields(name: str) -> None:
    found, context = read(name, quietly(FORMATS[name][0], SAMPLE)[0])
    actor = found[0]
    assert isinstance(actor, Actor)
    assert actor.id == "a"
    assert actor.names["en"] == "Alpha"
    assert actor.type == code("actor-type", "academia")
    assert actor.extra["founded"] == "2015-10-19"
    assert actor.extra["local"] is True
    ties = [record for record in found if isinstance(record, Tie)]
    assert [tie.strength for tie in ties] == [1, Decimal("2.5"), 3]
    assert len({tie.id for tie in ties}) == 3
    assert all(tie.directed is True for tie in ties)
    assert not [problem for problem in context.problems if problem.is_error]


@pytest.mark.parametrize("graph", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
@READERS
def test_what_networkx_writes_is_read(name: str, graph: Callable[[], Any]) -> None:
    made = graph()
    made.add_node("x", label="X", size=3, ratio=0.5, ok=True, country="SN")
    made.add_edge("x", "y", weight=2.0, note="n")
    stream = io.BytesIO()
    if name == "graphml":
        nx.write_graphml_xml(made, stream)
    elif name == "gexf":
        nx.write_gexf(made, stream)
    elif name == "node-link":
        stream.write(json.dumps(nx.node_link_data(made, edges="links")).encode())
    else:
        stream.write(json.dumps(nx.cytoscape_data(made)).encode())
    found, context = read(name, stream.getvalue())
    actor, other, tie = found
    assert isinstance(actor, Actor)
    assert actor.country == "SN"
    assert (actor.extra["size"], actor.extra["ratio"], actor.extra["ok"]) == (3, 0.5, True)
    assert other.id == "y"
    assert isinstance(tie, Tie)
    assert (tie.source, tie.target, tie.strength) == ("x", "y", 2)
    assert tie.extra["note"] == "n"
    assert not [problem for problem in context.problems if problem.is_error]


def test_two_modes_and_kinds() -> None:
    network = Network(
        "t",
        ["a", "t"],
        [0],
        [1],
        mode=[0, 1],
        node_attributes={"kind": ["actor", "territory"]},
        edge_attributes={"kind": ["participates"]},
    )
    data = written(write_graphml, network)
    assert [d["mode"] for _, d in oracle("graphml", data).nodes(data=True)] == [0, 1]
    actor, territory, relation = read("graphml", data)[0]
    assert isinstance(territory, Territory)
    assert isinstance(relation, Participates)
    assert actor.extra == {"mode": 0}


def test_gexf_spells_become_periods() -> None:
    data = b"""<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"><graph
      mode="dynamic" timeformat="date"><nodes>
      <node id="1" label="One" start="2015-01-01"><viz:size value="2"/></node>
      <node id="2"><spells><spell start="2015-01-01" end="2015-02-01"/><spell start="2016-01-01"/>
      </spells></node></nodes></graph></gexf>"""
    found, context = read("gexf", data)
    assert isinstance(found[0], Actor)
    assert found[0].period == Period("2015-01-01/")
    assert found[0].label() == "One"
    assert len(found[1].extra["spells"]) == 2
    assert [problem.code for problem in context.problems] == ["J509"]


_SEEDED = """
import hashlib, io, pathlib, tempfile
from jmdi.app import Model
from jmdi.builtin.formats.graph_json import write_cytoscape, write_node_link
from jmdi.builtin.formats.gexf import write_gexf
from jmdi.builtin.formats.graphml import write_graphml
from jmdi.builtin.formats.tables.write import write_tables
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor
from jmdi.plugins.catalog import Catalog
state = hashlib.blake2b()
network = Network("n", "abc", [0, 1], [1, 2], node_attributes={
    "x": [{"fr": "1", "en": "2"}, {"es": "3"}, None], "s": [{"p", "q", "r"}, None, None]})
for write in (write_graphml, write_gexf, write_node_link, write_cytoscape):
    stream = io.BytesIO()
    write(network, stream, report=lambda problem: None)
    state.update(stream.getvalue())
with tempfile.TemporaryDirectory() as folder:
    actors = [Actor(id=i, names={"fr": "1", "en": "2"}, extra={"b": "1", "a": "2"}) for i in "ab"]
    write_tables(Dataset(actors, model=Model(Catalog(kinds={"actor": Actor}))), folder + "/out")
    for path in sorted(pathlib.Path(folder, "out").iterdir()):
        state.update(path.read_bytes())
print(state.hexdigest())
"""


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", _SEEDED],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        digests.add(done.stdout)
    assert len(digests) == 1


@READERS
def test_states_and_unknown_weights_come_back(name: str) -> None:
    edges = [
        ("a", "b", 2.0),
        ("b", "c"),
        {"source": "a", "target": "c", "intensity": 0},
        {"source": "c", "target": "d", "state": "unobserved"},
        {"source": "a", "target": "d", "weight": 0},
    ]
    network = Network.from_edges(edges)
    found, _ = read(name, written(FORMATS[name][0], network))
    ties = [record for record in found if isinstance(record, Tie)]
    assert [tie.state.code if tie.state else None for tie in ties] == [
        *(None, None),
        *("absent", "unobserved", "absent"),
    ]
    again = Dataset(found).project("actors")
    assert repr(list(again.weight or ())) == "[2.0, nan]"
    first, second = network.metric("density"), again.metric("density")
    assert first.value == second.value == 0.4
    assert (first.lower, first.upper) == (second.lower, second.upper)
    assert b"NaN" not in written(FORMATS[name][0], network)


GRAPHML = b"""<graphml><graph edgedefault="%s"><node id="a"/><node id="b"/>
<edge source="a" target="b"/><edge source="b" target="a" directed="%s"/></graph></graphml>"""


GEXF = b"""<gexf><graph defaultedgetype="%s"><nodes><node id="a"/><node id="b"/></nodes><edges>
<edge source="a" target="b"/><edge source="b" target="a" type="%s"/></edges></graph></gexf>"""


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("graphml", GRAPHML % (b"directed", b"true"), [True, True]),
        ("graphml", GRAPHML % (b"directed", b"false"), [True, False]),
        ("graphml", GRAPHML % (b"undirected", b"true"), [False, True]),
        ("graphml", GRAPHML % (b"", b""), [None, None]),
        ("gexf", GEXF % (b"directed", b"mutual"), [True, False]),
        ("gexf", GEXF % (b"undirected", b"directed"), [False, True]),
        ("gexf", GEXF % (b"mutual", b"undirected"), [False, False]),
    ],
)
def test_each_edge_has_the_direction_that_the_file_says(name, data, expected) -> None:
    found, context = read(name, data)
    assert [record.directed for record in found if isinstance(record, Tie)] == expected
    mixed = set(expected) == {True, False}
    assert [problem.code for problem in context.problems] == ["J508"] * mixed


@READERS
def test_an_own_attribute_named_weight_is_kept_beside_the_weight(name: str) -> None:
    ties = [
        Tie(id="t", source="a", target="b", strength=Decimal(2), extra={"weight": 5, "trust": 1})
    ]
    network = Dataset([Actor(id="a"), Actor(id="b"), *ties]).project("actors")
    found, _ = read(name, written(FORMATS[name][0], network))
    (tie,) = [record for record in found if isinstance(record, Tie)]
    assert (tie.strength, dict(tie.extra)) == (2, {"weight_": 5, "trust": 1})


def test_a_small_strength_is_a_number() -> None:
    text = (
        '<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/>'
        '<graph edgedefault="directed"><node id="a"/><node id="b"/>'
        '<edge source="a" target="b"><data key="w">1e-5</data></edge></graph></graphml>'
    )
    (tie,) = (r for r in read("graphml", text.encode())[0] if isinstance(r, Tie))
    assert tie.strength == Decimal("0.00001")


WEIGHTS = b"""<gexf><graph%s><nodes><node id="a"/><node id="b"/></nodes><edges>
<edge source="a" target="b"%s/><edge source="b" target="a"/></edges></graph></gexf>"""


def test_an_edge_of_gexf_without_a_weight_weighs_1_where_others_have_one() -> None:
    """The primer of GEXF 1.3: by default, the weight is 1.0; networkx leaves it away."""
    found, context = read("gexf", WEIGHTS % (b"", b' weight="2.5"'))
    assert [tie.strength for tie in found if isinstance(tie, Tie)] == [Decimal("2.5"), Decimal(1)]
    assert [(p.code, p.where.line) for p in context.problems] == [("J514", 2)]
    found, context = read("gexf", WEIGHTS % (b"", b""))
    assert [tie.strength for tie in found if isinstance(tie, Tie)] == [None, None]
    assert not context.problems


def test_edges_of_gexf_have_no_direction_unless_the_graph_says_one() -> None:
    """The primer of GEXF 1.3: the default direction would be assumed as undirected."""
    for said, directed in ((b"", False), (b' defaultedgetype="directed"', True)):
        found, _ = read("gexf", WEIGHTS % (said, b""))
        assert {tie.directed for tie in found if isinstance(tie, Tie)} == {directed}


def test_a_weight_that_is_not_known_stays_so_in_gexf() -> None:
    ties = [("a", "b", 2.5), {"source": "b", "target": "c", "weight": None}]
    data = written(write_gexf, Network.from_edges(ties))
    found, context = read("gexf", data)
    assert [tie.strength for tie in found if isinstance(tie, Tie)] == [Decimal("2.5"), None]
    assert not context.problems and not any(r.extra for r in found)


@pytest.mark.parametrize(
    ("text", "strength"),
    [("1.0E-4", "0.0001"), ("2.5E3", "2500.0"), ("+3", "3.0"), ("1e-400", None), ("1e999", None)],
)
def test_weights_of_gexf_may_have_an_exponent(text: str, strength: str | None) -> None:
    found, context = read("gexf", WEIGHTS % (b"", f' weight="{text}"'.encode()))
    (tie, _) = (record for record in found if isinstance(record, Tie))
    assert tie.strength == (None if strength is None else Decimal(strength))
    lost = [] if strength else [text]
    assert [p.value for p in context.problems if p.code == "J506"] == lost

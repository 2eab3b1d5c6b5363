"""GraphML and GEXF as other programs write them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

import jmdi

DATA = Path(__file__).parents[3] / "shared" / "data" / "networks"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not here")

EXPECTED = {
    "GraphIO.jl/badgraph.graphml": (13, 15),
    "GraphIO.jl/warngraph.graphml": (13, 15),
    "GraphIO.jl/grafo1853.13.graphml": (13, 15),
    "igraph/yed-live.graphml": (4, 4),
    "igraph/test.graphml": (6, 7),
    "igraph/cattr_bool_bug.graphml": (10, 9),
    "made/yed-desktop.graphml": (4, 2),
    "gephi/cdata.graphml": (2, 1),
    "gephi/withdesc.graphml": (2, 1),
    "gephi/basic.gexf": (2, 1),
    "gephi/data.gexf": (1, 1),
    "gephi/dynamicedgeweight.gexf": (2, 1),
    "gephi/infinity.gexf": (1, 0),
    "gephi/lesmiserables.gexf": (77, 254),
    "gephi/slice.gexf": (2, 1),
    "gephi/timezone.gexf": (2, 1),
    "gephi/zeroweight.gexf": (2, 1),
}
"""How many actors and ties each file has."""


def read(text: str | bytes, name: str = "x.graphml", **options: object) -> jmdi.Dataset:
    stream = io.BytesIO(text.encode() if isinstance(text, str) else text)
    stream.name = name
    return jmdi.read(stream, on_error="keep", **options)


@needs_data
@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_it_was_counted(name):
    ds = jmdi.read(DATA / name)
    assert (len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie))) == EXPECTED[name]
    assert len(ds.project("actors")) == EXPECTED[name][0]


@needs_data
@pytest.mark.parametrize("number", [1, 2, 4, 5, 6])
def test_a_damaged_file_is_refused_with_a_line(number):
    with pytest.raises(jmdi.FormatError) as caught:
        jmdi.read(DATA / "igraph" / f"invalid{number}.graphml")
    assert caught.value.problems[0].where.line


@needs_data
def test_several_graphs_packed_under_a_plain_name():
    path = DATA / "GraphIO.jl" / "twographs.graphml"
    with pytest.raises(jmdi.FormatError, match="'digraph', 2 'graph'"):
        jmdi.read(path)
    counts = [
        (len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie)))
        for ds in (jmdi.read(path, graph="digraph"), jmdi.read(path, graph="2"))
    ]
    assert counts == [(4, 12), (5, 6)]


YED = """<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key for="node" id="d6"
yfiles.type="nodegraphics"/><graph edgedefault="directed">
<node id="g"><data key="d6"><y:GroupNode><y:NodeLabel>All</y:NodeLabel></y:GroupNode></data>
<graph><node id="g::1"><data key="d6"><y:NodeLabel>Two
lines</y:NodeLabel></data></node></graph></node>
<edge source="g::1" target="g"><data key="d9"><y:Arrows source="none" target="none"/></data></edge>
<edge source="g::1" target="g"><data key="d9"><y:Arrows source="none" target="delta"/></data></edge>
</graph></graphml>"""


def test_yed_labels_groups_and_edges_without_arrows():
    ds = read(YED)
    assert [(a.label(), a.extra.get("group")) for a in ds.of(jmdi.Actor)] == [
        ("All", None),
        ("Two lines", "g"),
    ]
    assert [tie.directed for tie in ds.of(jmdi.Tie)] == [False, True]


def test_keys_anywhere_with_one_id_for_nodes_and_edges_and_what_is_outside_keys():
    ds = read(
        '<graphml><graph edgedefault="directed"><node id="a" labels=":Person">'
        '<data key="k"> true </data><desc>First</desc></node>'
        '<edge source="a" target="b"><data key="k"><![CDATA[<x>]]></data></edge></graph>'
        '<key id="k" for="node" attr.name="open" attr.type="boolean"/>'
        '<key id="k" for="edge" attr.name="words" attr.type="string"/></graphml>'
    )
    first, _, tie = (ds.by_id[i] for i in ("a", "b", ds.of(jmdi.Tie)[0].id))
    assert dict(first.extra) == {"labels": ":Person", "open": True}
    assert first.description["und"] == "First"
    assert tie.extra["words"] == "<x>"
    assert [p.code for p in ds.problems] == ["J504"]


def test_a_weight_for_each_year_is_no_weight():
    ds = read(
        '<gexf><graph defaultedgetype="directed"><attributes class="edge" mode="dynamic">'
        '<attribute id="w" title="Weight" type="double"/></attributes><nodes><node id="a" '
        'timestamp="2012-01-12T15:00:00+03:00"/><node id="b" pid="a"/></nodes><edges>'
        '<edge source="a" target="b"><attvalues><attvalue for="w" value="1" start="2004"/>'
        '<attvalue for="w" value="2" start="2005"/></attvalues></edge></edges></graph></gexf>',
        "x.gexf",
    )
    a, b, tie = ds.by_id["a"], ds.by_id["b"], ds.of(jmdi.Tie)[0]
    assert tie.strength is None and len(tie.extra["weight.spells"]) == 2
    assert a.extra["spells"][0] == {"timestamp": "2012-01-12T15:00:00+03:00"}
    assert b.extra["group"] == "a"


@pytest.mark.parametrize("name", ["x.graphml", "x.graphml.gz"])
def test_a_packed_file_is_read(name):
    assert len(read(gzip.compress(YED.encode()), name)) == 4


def test_nodes_of_graphml_outside_a_graph_are_read():
    ds = read("<graphml><node id='a'/><graph><node id='b'/></graph></graphml>")
    assert sorted(actor.id for actor in ds.of(jmdi.Actor)) == ["a", "b"]


GEXF_OF_NETWORKX = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/></nodes><edges>
<edge source="a" target="b" id="0" type="funding"/>
<edge source="b" target="a" id="1" type="undirected"/>
</edges></graph></gexf>"""


def test_the_kind_of_an_edge_of_gephi_is_the_type_of_the_tie():
    """The primer of GEXF 1.3: parallel edges must have a kind to characterise the edge."""
    edges = "".join(f'<edge source="a" target="b" kind="{kind}"/>' for kind in ("friend", "kin"))
    nodes = '<node id="a"/><node id="b"/>'
    ds = read(f"<gexf><graph><nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>", "x.gexf")
    assert [tie.type.code for tie in ds.of(jmdi.Tie)] == ["friend", "kin"] and not ds.problems
    table = "Source,Target,Type,Kind\na,b,Directed,friend\na,b,Undirected,kin\n"
    ds = read(table, "edges.csv")
    assert [(t.type.code, t.directed) for t in ds.of(jmdi.Tie)] == [
        ("friend", True),
        ("kin", False),
    ]
    assert not any(problem.is_error for problem in ds.problems)


def test_a_type_of_gexf_that_is_no_direction_is_the_kind_of_the_tie():
    ds = read(GEXF_OF_NETWORKX, "x.gexf")
    assert [(tie.type and tie.type.code, tie.directed) for tie in ds.of(jmdi.Tie)] == [
        ("funding", True),
        (None, False),
    ]


@pytest.mark.parametrize("name", ["graphml", "gexf", "node-link", "cytoscape"])
def test_the_kind_of_an_edge_that_is_read_as_a_tie_is_its_layer(name):
    parts = [jmdi.Participates(id=f"p{id}", source=id, target="i") for id in "ab"]
    tie = jmdi.Tie(id="t", source="b", target="c", type=jmdi.code("tie-kind", "funding"))
    actors = [jmdi.Actor(id=id) for id in "abc"]
    network = jmdi.dataset([*actors, jmdi.Initiative(id="i"), *parts, tie]).project("actors")
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format=name)
    again = read(stream.getvalue(), f"x.{name}").project("actors")
    assert list(again.layers()) == list(network.layers()) == ["co-participation", "funding"]
    assert again.layer("co-participation").n_edges == 1

"""GML is read as it is written, and written so that others read it."""

from __future__ import annotations

import io

import networkx
import pytest
from networkfile_helpers import codes, ids, read, ties

import jmdi


def written(network: jmdi.Network) -> bytes:
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format="networkfiles:gml")
    return stream.getvalue()


def test_the_parts_of_a_file():
    ds = read(
        '# note\nCreator "x"\ngraph\n[ directed 1 label "G"\n node [ id A label "Caf&#233; ✅" '
        'open 1 tags "a" tags "b" at [ x 1.5 ] graphics [ w 2 ] ]\n node [ id 2 ]\n'
        " edge [ source A target 2 weight 2.5E0 ] edge [ source 2 target A ] ]",
        "gml",
    )
    assert ids(ds) == ["A", "2"] and ds.by_id["A"].label() == "Café ✅"
    assert ds.by_id["A"].to_dict()["tags"] == ["a", "b"]
    assert ties(ds) == [("A", "2", 2.5), ("2", "A", None)]
    assert codes(ds) == [("J509", None)]


def test_without_a_word_a_graph_has_no_direction():
    assert ties(
        read("graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]", "gml")
    ) == [("1", "2", None, "both ways")]


def test_names_that_are_all_different_are_ids():
    text = 'graph [ node [ id 0 name "Ada" ] node [ id 1 name "Bo" ] edge [ source 0 target 1 ] ]'
    assert ties(read(text, "gml")) == [("Ada", "Bo", None, "both ways")]
    assert ids(read(text.replace("Bo", "Ada"), "gml")) == ["0", "1"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("graph [\n node [ id 1 ]", 1),
        ("graph [\n ]\n]", 3),
        ('graph [\n node [ id "1 ]', 2),
        ("graph [\n node 5 5\n]", 2),
        ("graph [\n directed\n]", 3),
        ("version 1", None),
        ("graph [ " + "a [ " * 100, 1),
    ],
)
def test_a_damaged_file_is_refused_with_a_line(text, line):
    ((code, where),) = set(codes(read(text, "gml")))
    assert code in ("N101", "J103") and where == line


def test_others_read_what_is_written(tmp_path):
    network = jmdi.Network.from_edges([("Ada", 'Ö & "Bo"', 0.5), ("Ada", "Ada", 2)], directed=True)
    data = written(network)
    plain = jmdi.Network.from_edges([("Ada", 'B & "o"', 0.5), ("Ada", "Ada", 2)], directed=True)
    graph = networkx.parse_gml(data.decode("ascii").splitlines())
    assert sorted(graph) == ["Ada", 'Ö & "Bo"']
    assert graph["Ada"]['Ö & "Bo"']["weight"] == 0.5
    igraph = pytest.importorskip("igraph")
    (tmp_path / "x.gml").write_bytes(written(plain))
    read_back = igraph.Graph.Read_GML(str(tmp_path / "x.gml"))
    assert (read_back.vs["name"], read_back.es["weight"]) == (["Ada", 'B & "o"'], [0.5, 2.0])


def test_what_is_written_is_read_again_and_losses_are_named():
    ds = jmdi.datasets.load("sample")
    network, stream = ds.project("actors"), io.BytesIO()
    ds.model.write(network, stream, format="graphml")
    same = jmdi.read(io.BytesIO(stream.getvalue()), format="graphml").project("actors")
    again = read(written(network), "gml").project("actors")
    assert (again.nodes, list(again.weight)) == (same.nodes, list(same.weight))
    named = {p.where.kind for p in ds.losses("networkfiles:gml", projection="actors")}
    assert {"initiative", "tie"} <= named

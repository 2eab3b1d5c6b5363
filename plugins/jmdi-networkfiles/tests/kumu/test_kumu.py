"""Kumu's projects, blueprints and tables, and what is written for it."""

from __future__ import annotations

import io
import json

import pytest
from networkfile_helpers import DATA, codes, ids, needs_data, read, ties, workbook

import jmdi


def written(network: jmdi.Network) -> bytes:
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format="networkfiles:kumu")
    return stream.getvalue()


@needs_data
def test_a_project():
    ds = jmdi.read(DATA / "kumu" / "made-project.json")
    a, b, c = "elem-aaa11111", "elem-bbb22222", "elem-ccc33333"
    assert ties(ds) == [
        (a, b, None, "funds"),
        (b, a, None, "knows"),
        (a, b, None, "knows"),
        (a, c, None, "both ways"),
        (b, a, None, "trains"),
    ]
    assert ds.by_id[a].extra["tags"] == ("pilot", "coast")
    assert [x.label() for x in ds.of(jmdi.Actor)].count("Casa") == 2
    once = jmdi.read(DATA / "kumu" / "made-project.json", mutual="one")
    assert len(once.of(jmdi.Tie)) == 4


@needs_data
def test_a_workbook():
    ds = jmdi.read(DATA / "kumu" / "made-import.xlsx")
    assert (len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie))) == (6, 5)
    assert {"Casa (Association)", "Casa (Building)", "University Esta"} <= {*ids(ds)}
    assert [float(t.strength) for t in ds.of(jmdi.Tie) if t.strength is not None] == [2, 2]


@needs_data
def test_tables_of_a_published_project():
    folder = DATA / "kumu"
    parts = [folder / f"vc-spec-map-{what}.csv" for what in ("elements", "connections")]
    ds = jmdi.read(parts, on_error="keep")
    assert (len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie))) == (55, 70)
    several = [a for a in ds.of(jmdi.Actor) if len(a.extra.get("tags", ())) > 1]
    assert len(several) == 2


@needs_data
def test_a_project_that_has_views_only_says_so():
    ds = jmdi.read(DATA / "kumu" / "kumu-vc-spec-map-definition.json")
    assert len(ds) == 0 and "N114" in {code for code, _ in codes(ds)}


def test_labels_that_several_elements_have_and_directions_that_do_not_exist():
    ds = read(
        json.dumps(
            {
                "elements": [{"label": "A", "type": "x"}, {"label": "A"}, {"label": "B"}],
                "connections": [
                    {"from": "A", "to": "B"},
                    {"from": "B", "to": "B", "direction": "sideways"},
                ],
            }
        ),
        "kumu",
    )
    assert [code for code, _ in codes(ds)].count("N113") == 2
    assert ties(ds) == [("B", "B", None, "both ways")]


def test_a_type_can_be_another_kind():
    ds = read(
        "Label,Type\nRoad,Project\nAlta,Town\n", "kumu-tables", kinds={"Project": "initiative"}
    )
    assert [r.kind for r in ds] == ["initiative", "actor"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"elements":1,"connections":[]}'])
def test_what_is_no_project_is_refused(text):
    assert {code for code, _ in codes(read(text, "kumu"))} <= {"N101", "J106"}


def test_what_is_written_is_read_again():
    network = jmdi.datasets.load("sample").project("actors")
    again = read(written(network), "kumu").project("actors")
    assert (again.nodes, again.directed) == (network.nodes, network.directed)
    assert again.metric("density").value == network.metric("density").value
    text = written(jmdi.Network.from_edges([("a", "b", 2)], directed=True))
    assert json.loads(text)["connections"] == [
        {"from": "a", "to": "b", "direction": "directed", "strength": 2.0}
    ]


def test_tables_of_kumu_are_no_lists_of_ties():
    connections = [["From", "To", "Type", "Direction"], ["Alba", "Brisa", "funds", "mutual"]]
    content = workbook(Elements=[["Label", "Type"], ["Alba", "org"]], Connections=connections)
    assert len(jmdi.read(io.BytesIO(content)).of(jmdi.Tie)) == 2
    stream = io.BytesIO(b"From,To,Type\nAlba,Brisa|Cora,funds\n")
    stream.name = "x.csv"
    assert len(jmdi.read(stream).of(jmdi.Tie)) == 2

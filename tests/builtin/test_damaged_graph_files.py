"""Graph files that are odd, damaged or hostile: what can be read is read, the rest is reported."""

from __future__ import annotations

import io
import json

import pytest
from graph_files import FORMATS, READERS, oracle, read, written
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.builtin.formats.graphml import write_graphml
from jmdi.builtin.formats.graphs import PROBLEM_CODES
from jmdi.errors import DataError, FormatError
from jmdi.files.graphs.columns import ExportWarning
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor
from jmdi.model.records import Record
from jmdi.model.relations import Tie
from jmdi.plugins.context import Limits


def test_kinds_that_cannot_be_made_are_reported_and_kept() -> None:
    network = Network("t", ["a", "b"], node_attributes={"kind": ["pillar", "acme:bank"]})
    found, context = read("graphml", written(write_graphml, network))
    assert [type(record) for record in found] == [Actor, Actor]
    assert [record.extra["kind.attribute"] for record in found] == ["pillar", "acme:bank"]
    assert [problem.code for problem in context.problems] == ["J507", "J507"]


def test_graphml_tolerates_what_occurs_in_the_wild() -> None:
    data = b"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <graph edgedefault="undirected">
      <key id="late" for="node" attr.name="size" attr.type="int"/>
      <key id="dflt" for="node" attr.name="colour" attr.type="string"><default>red</default></key>
      <node id="1"><data key="late">5</data><data key="free">text</data></node>
      <node id="2"><data key="late">five</data></node>
      <node/>
      <edge source="1" target="9"/>
      <hyperedge/>
    </graph></graphml>"""
    found, context = read("graphml", data)
    assert found[0].extra == {"size": 5, "free": "text", "colour": "red"}
    assert found[1].extra["size"] == "five"
    assert isinstance(found[2], Tie)
    codes = sorted(problem.code for problem in context.problems)
    assert codes == ["J504", "J505", "J506", "J506", "J509"]


def test_attributes_that_do_not_fit_a_field_are_kept_as_words() -> None:
    data = json.dumps(
        {
            "nodes": [
                {"id": "a", "country": {"x": 1}, "names": {"en": "A"}},
                {"id": 7},
                {"id": 1.5},
            ],
            "links": [],
        }
    ).encode()
    found, context = read("node-link", data)
    assert found[0].extra["country.words"] == {"x": 1}
    assert found[0].label() == "A"
    assert found[1].id == "7"
    assert [problem.code for problem in context.problems] == ["J203", "J505"]
    assert not context.problems[0].is_error


def test_an_empty_id_has_a_stand_in() -> None:
    network = Network("n", ["", "\ufffd"], node_attributes={"x": ["?", "fine"]})
    with pytest.warns(ExportWarning, match="U\\+FFFD"):
        data = written(write_graphml, network)
    graph = oracle("graphml", data)
    assert list(graph) == ["\ufffd", "\ufffd_2"]


@READERS
@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ud800", "\ufffe"])
def test_what_a_format_cannot_hold_is_refused_with_its_place(name: str, character: str) -> None:
    if name in ("node-link", "cytoscape") and character != "\ud800":
        return  # JSON holds it
    model = jmdi.Model.build([])
    dataset = model.dataset(
        [jmdi.Actor(id="a", names={"en": f"A{character}"}), jmdi.Actor(id="b", country="GH")]
    )
    with pytest.raises(DataError) as caught:
        model.write(dataset, io.BytesIO(), format=name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.record, problem.path) == ("J208", "a", "/names/en")
    assert problem.value == ascii(character) and problem.cure
    network = Network("n", ["a", "b"], node_attributes={"x": ["fine", f"a{character}"]})
    with pytest.raises(DataError) as caught:
        model.write(network, io.BytesIO(), format=name)
    (problem,) = caught.value.problems
    assert (problem.where.record, problem.path) == ("b", "/x")


@pytest.mark.parametrize("name", ["node-link", "cytoscape"])
def test_half_a_surrogate_pair_in_a_file_is_reported(name: str) -> None:
    data = written(FORMATS[name][0], Network("n", ["a"], node_attributes={"label": ["A?"]}))
    (actor,), context = read(name, data.replace(b"A?", b"A\\ud800"))
    assert actor.label() == "A\ufffd"
    assert [problem.code for problem in context.problems] == ["J510"]


@READERS
def test_values_without_a_form_are_refused(name: str) -> None:
    network = Network("n", ["a"], node_attributes={"x": [object()]})
    with pytest.raises(DataError, match="J511"):
        written(FORMATS[name][0], network)


BOMB = b'<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml><graph>&b;</graph></graphml>'


EXTERNAL = b'<!DOCTYPE g SYSTEM "file:///etc/passwd"><graphml/>'


LEFT_OUT = b'<!DOCTYPE g SYSTEM "file:///etc/passwd"><graphml><graph>&b;</graph></graphml>'


@pytest.mark.parametrize("data", [BOMB, LEFT_OUT])
@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_entities_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(FormatError, match="J502"):
        read(name, data)


def test_a_document_type_elsewhere_is_never_opened() -> None:
    found, context = read("graphml", EXTERNAL)
    assert not found
    assert [(p.code, p.severity.value) for p in context.problems] == [("J502", "info")]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("graphml", b"<graphml>" * 100, "J503"),
        ("graphml", b"<graphml></graph>", "J501"),
        ("graphml", b"<html/>", "J501"),
        ("gexf", b"<graphml/>", "J501"),
        ("graphml", b"<graphml>" + b" " * 2000 + b"</graphml>", "J503"),
        ("graphml", b'<?xml version="1.0" encoding="nonsense"?><graphml/>', "J501"),
        ("node-link", b"[" * 100_000, "J503"),
        ("node-link", b'{"nodes":[],"nodes":[],"edges":[]}', "J501"),
        ("node-link", b"[]", "J501"),
        ("node-link", b'{"nodes":{},"edges":[]}', "J501"),
        ("cytoscape", b'{"elements":5}', "J501"),
        ("cytoscape", b"\xff", "J501"),
        ("cytoscape", b'{"elements":[]}' + b" " * 2000, "J503"),
    ],
)
def test_hostile_files_are_refused(name: str, data: bytes, expected: str) -> None:
    with pytest.raises(FormatError) as error:
        read(name, data, limits=Limits(size=1000 if len(data) < 3000 else 10**6))
    assert error.value.problems[0].code == expected


def test_numbers_that_json_does_not_have_count_as_unknown() -> None:
    found, context = read("node-link", b'{"nodes":[{"id":"a","x":NaN}],"edges":[]}')
    assert not found[0].extra
    assert [problem.code for problem in context.problems] == ["J506"]


_xml = st.lists(
    st.sampled_from(
        [
            "<graphml>",
            "</graphml>",
            "<gexf>",
            "</gexf>",
            "<graph>",
            "</graph>",
            '<node id="a">',
            "<node/>",
            "</node>",
            '<edge source="a" target="b"/>',
            '<key id="k" attr.type="int"/>',
            '<data key="k">x',
            "</data>",
            '<attvalue for="0" value="1"/>',
            "<spell/>",
            "&amp;",
            "x",
            "<default>",
            "</default>",
            '<attribute id="0" title="" type="double"/>',
            "<data>",
        ]
    ),
    max_size=12,
).map("".join)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "nodes",
                    "edges",
                    "links",
                    "elements",
                    "data",
                    "id",
                    "source",
                    "target",
                    "names",
                    "kind",
                    "extra",
                    "sources",
                    "",
                    "type",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@READERS
@given(
    st.binary(max_size=60)
    | _xml.map(str.encode)
    | _xml.map(lambda text: f"<graphml><graph>{text}</graph></graphml>".encode())
    | _json.map(lambda value: json.dumps(value).encode())
    | _json.map(lambda v: json.dumps({"nodes": [v, v], "edges": [v], "elements": [v]}).encode())
)
def test_any_bytes_give_records_or_problems(name: str, data: bytes) -> None:
    FORMATS[name][2](data)
    try:
        found, _ = read(name, data)
    except FormatError as error:
        assert error.problems[0].code.startswith("J50")
    else:
        assert all(isinstance(record, Record) for record in found)


def test_every_code_is_explained() -> None:
    codes = [explained.code for explained in PROBLEM_CODES]
    assert codes == [f"J{number}" for number in range(501, 515)]


def test_a_weight_beyond_all_floats_is_read_beside_a_strength() -> None:
    link = {"source": "a", "target": "b", "weight": 10**400, "strength": "3"}
    raw = {"directed": True, "graph": {}, "nodes": [{"id": "a"}, {"id": "b"}], "links": [link]}
    (tie,) = jmdi.read(io.BytesIO(json.dumps(raw).encode()), format="node-link").of(Tie)
    assert tie.extra["weight"] == 10**400

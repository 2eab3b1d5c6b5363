"""Which importer reads a file: the core's own first, and by what stands at the beginning."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi.files.native import sniff_json, sniff_jsonl
from jmdi.files.safe_xml import first_element
from jmdi.files.strict_json import first_members
from jmdi.running.importers import importer_of_file


class acme:
    """A plugin with importers that share endings with the core's."""

    @jmdi.hookimpl
    def jmdi_importers():
        def read(stream, context):
            yield jmdi.Actor(id="acme")

        return [
            jmdi.Importer("acme:greedy", (".jsonl", ".xyz"), read, lambda head: b"1.0" in head),
            jmdi.Importer("acme:picky", (".csv",), read, lambda head: "it is no acme file"),
            jmdi.Importer("acme:modest", (".csv",), read, lambda head: b"acme" in head),
            jmdi.Importer(
                "acme:own", (".csv", ".xyz"), read, lambda head: b"by acme" in head, marked=True
            ),
        ]


@pytest.fixture(scope="module")
def model():
    return jmdi.Model.build([acme])


def test_what_speaks_of_another_format_is_still_jmdis_own():
    pytest.importorskip("jmdi_iati")
    model = jmdi.default_model()
    dataset = model.dataset(
        [
            jmdi.Initiative(id="i", names={"en": "About <iati-activities>"}),
            jmdi.Actor(id="a", names={"en": '<graphml> {"nodes": [], "links": []} <table>'}),
        ]
    )
    for format in ("jsonl", "json"):
        stream = io.BytesIO()
        model.write(dataset, stream, format=format)
        assert model.read(io.BytesIO(stream.getvalue())) == dataset


def test_the_core_is_asked_first(model):
    assert importer_of_file(model.catalog, "a.jsonl", b'{"jmdi":"1.0"}\n', None).name == "jsonl"
    assert importer_of_file(model.catalog, "input", b'{"jmdi":"1.0"}\n', None).name == "jsonl"
    assert importer_of_file(model.catalog, "a.xyz", b"1.0", None).name == "acme:greedy"


def test_whose_mark_is_in_a_file_is_asked_before_those_that_judge_by_its_look(model):
    for name in ("a.csv", "a.xyz"):
        found = importer_of_file(model.catalog, name, b"1.0 by acme", None)
        assert found.name == "acme:own"
    assert importer_of_file(model.catalog, "a.csv", b"acme", None).name == "acme:modest"


@pytest.mark.parametrize("header", ["id,name,country", "name,country", "colour,mood"])
def test_what_is_installed_does_not_change_what_reads_a_table(core, model, header):
    head = f"{header}\na,Town,PH\n".encode()
    for catalog in (core.catalog, model.catalog, jmdi.default_model().catalog):
        assert importer_of_file(catalog, "actors.csv", head, None).name == "table"
    assert (
        importer_of_file(model.catalog, "actors.csv", b"acme\n" + head, None).name == "acme:modest"
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<graphml>", "graphml"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <gexf> -->\n<g:graphml xmlns:g="x">', "graphml"),
        (b"<!DOCTYPE html [<!ENTITY a 'b'>]><html>", "html"),
        ("<iati-activities>".encode("utf-16"), "iati-activities"),
        ("<iati-activities>".encode("utf-16-be"), "iati-activities"),
        (b"a <graphml>", ""),
        (b'{"a": "<graphml>"}', ""),
        (b"", ""),
        (b"<!--" * 20_000, ""),
        (b"<!-- -->" * 10_000 + b"x", ""),
    ],
)
def test_the_first_element_of_a_document(head, name):
    assert first_element(head) == name


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (b'{"jmdi": "1.0", "records": [{"kind": "a"', {b"jmdi", b"records"}),
        (b'\xef\xbb\xbf {"a\\"b" : {"jmdi": 1}, "c": "jmdi"}{"d": 1}', {b'a\\"b', b"c"}),
        (b'["jmdi"]', set()),
        (b'{"a": "\\', {b"a"}),
        (b'x {"jmdi": 1}', set()),
        (b"[" * 60_000, set()),
    ],
)
def test_the_first_members_of_an_object(head, names):
    assert first_members(head) == names


def test_jmdis_own_format_is_known_by_its_own_member():
    graph = b'{"directed": false, "nodes": [{"id": "\\"jmdi\\""}, {"jmdi": "1.0"}], "links": []}\n'
    assert sniff_jsonl(graph) is not True
    assert sniff_json(graph) is not True
    assert sniff_json(b'{"records": [], "jmdi": "1.0"}') is True


def test_an_importer_that_is_not_sure_is_named_where_nobody_reads_the_file():
    def read(stream, context):
        yield jmdi.Actor(id="a")

    unsure = jmdi.Importer("guess:ties", (".csv",), read, lambda head: "it looks like ties")

    class guess:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_importers():
            return [unsure]

    model = jmdi.Model.build([guess])
    stream = io.BytesIO(b"x,y\n1,2\n")
    stream.name = "x.csv"
    with pytest.raises(jmdi.FormatError, match=r"it looks like ties \(--from guess:ties\)"):
        model.read(stream)
    large = io.BytesIO(b"id,label\n1,A\n2,B\n")
    large.name = "x.csv"
    with pytest.raises(jmdi.FormatError) as caught:  # a limit says nothing of the format
        model.read(large, limits=jmdi.Limits(rows=1))
    assert "it looks like" not in str(caught.value)
    stream.seek(0)
    with pytest.raises(jmdi.FormatError) as caught:  # whoever says what it is has decided it
        model.read(stream, delimiter=",")
    assert "it looks like" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.dot", "my graph.GV"])
def test_a_graph_of_graphviz_is_named_with_the_program_that_converts_it(name):
    stream = io.BytesIO(b"graph { a -- b; }")
    stream.name = name
    with pytest.raises(jmdi.FormatError, match=r"a graph of Graphviz.*gv2gml -o graph\.gml"):
        jmdi.read(stream)

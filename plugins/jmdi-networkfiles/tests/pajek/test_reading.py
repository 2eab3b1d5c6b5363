from __future__ import annotations

from pathlib import Path

import pytest
from networkfile_helpers import codes, ids, read, ties

import jmdi
from jmdi_networkfiles.pajek.reading import sniff

SAMPLES = Path(__file__).parents[1] / "samples"
TWO = "*Network one\n*Vertices 2\n*Edges\n1 2\n*Network two\n*Vertices 3\n*Arcs\n1 3\n"


def test_a_project():
    ds = read((SAMPLES / "partners.paj").read_bytes(), "pajek")
    assert ids(ds) == ["Alba", "Brisa coop", "Cora", 'Dura "new"']
    assert [dict(actor.extra) for actor in ds.of(jmdi.Actor)] == [
        {"Side": 1, "Members": 0.5},
        {"Side": 2, "Members": 12.0, "spells": ({"start": "1", "end": "3"},)},
        {"Side": 1},
        {"Side": 2, "Members": 3.0},
    ]
    assert ties(ds) == [
        ("Alba", "Brisa coop", 3, "funding"),
        ("Alba", "Cora", 1, "funding"),
        ("Cora", "Alba", -1.5, "relation 2"),
        ("Brisa coop", "Cora", 1, "joint_implementation", "both ways"),
    ]
    assert ds.of(jmdi.Actor)[3].period.wave == ds.of(jmdi.Tie)[3].period.wave == 2
    assert [p.message for p in ds.problems if p.code.endswith("N109")] == [
        "not read: a table of the sort permutation, once",
        "not read: a value of 'Members' that Pajek writes for unknown, once",
        "not read: how a vertex is drawn, once",
    ]


def test_a_line_names_a_relation_by_its_number():
    text = '*Vertices 2\n*Arcs :1 "knows"\n2: 1 2\n*Arcs :2 "funds"\n'
    assert ties(read(text, "pajek")) == [("1", "2", None, "funds")]


def test_two_modes_make_a_network_of_two_modes():
    net = read((SAMPLES / "events.net").read_bytes(), "pajek").project("actors")
    assert net.mode == (0, 0, 0, 1, 1)
    assert net.n_edges == 4
    assert list(net.weight) == [1, 2, 1, 1]


def test_the_second_mode_may_be_initiatives():
    ds = read((SAMPLES / "events.net").read_bytes(), "pajek", second="initiative")
    assert [record.id for record in ds.of(jmdi.Initiative)] == ["Forum", "Fair"]
    assert [(p.source, p.target) for p in ds.of(jmdi.Participates)] == [
        ("Alba", "Forum"),
        ("Brisa", "Forum"),
        ("Brisa", "Fair"),
        ("Cora", "Fair"),
    ]


@pytest.mark.parametrize("choice", ["two", "2"])
def test_one_of_several_networks_is_chosen(choice):
    assert ties(read(TWO, "pajek", graph=choice)) == [("1", "3", None)]


@pytest.mark.parametrize("choice", [None, "3", "0", "three"])
def test_several_networks_are_never_mixed(choice):
    ds = read(TWO, "pajek", **({"graph": choice} if choice else {}))
    (problem,) = ds.unread.values()
    assert "the file has 2 graphs: 1 'one', 2 'two'" in problem.message
    assert len(ds) == 0


@pytest.mark.parametrize(
    "vertices",
    [
        '1 "A b"\n2 C\n',
        "1 A b 0.1 0.2 0.5 ellipse\n2 C box\n",
        '*\n1 "A b" [1-*]\n',
        '% a comment\n1 "A b"\n\n\n2 "C" ic LightGreen\n',
        "1 A b\n2 &#67;\n",
    ],
)
def test_labels_in_all_their_forms(vertices):
    assert ids(read(f"*VERTICES 2\n{vertices}*edges\n1 2\n", "pajek"))[0] == "A b"


def test_a_name_written_twice_stays_two_vertices():
    ds = read('*Vertices 3\n1 "Casa"\n2 "Casa"\n*Edges\n1 2\n2 3\n', "pajek")
    assert ids(ds) == ["Casa (1)", "Casa (2)", "3"]
    assert [actor.label() for actor in ds.of(jmdi.Actor)] == ["Casa", "Casa", "3"]
    assert codes(ds) == [("N105", None)]


def test_a_value_that_is_left_out_is_1_where_others_have_one():
    ds = read("*Vertices 3\n*Arcs\n1 2 5\n2 3\n3 1 1e-5\n", "pajek")
    assert ties(ds) == [("1", "2", 5), ("2", "3", 1), ("3", "1", 0.00001)]
    assert codes(ds) == [("N107", 4)]


def test_a_symmetric_matrix_has_no_direction_unless_it_is_said():
    matrix = "*Vertices 3\n*Matrix\n0 2 0\n2 0 1\n0 1 4\n"
    both = [("1", "2", 2, "both ways"), ("2", "3", 1, "both ways"), ("3", "3", 4, "both ways")]
    assert ties(read(matrix, "pajek")) == both
    assert len(ties(read(matrix, "pajek", directed=True))) == 5
    assert ties(read(matrix.replace("2 0 1", "0 0 1"), "pajek"))[0] == ("1", "2", 2)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("*Arcs\n0 1\n", 3),
        ("*Arcs\n1 3\n", 3),
        ("*Arcs\n1\n", 3),
        ("*Arcslist\n1 2 x\n", 3),
        ("*Matrix\n0 1\n", 3),
        ("*Matrix\n0 1\n1 0\n1 1\n", 5),
        ("*Matrix\n0 a\n0 0\n", 3),
        ("1 a\n1 b\n", 3),
        ("9999999999999999999999 a\n", 2),
        ("*Partition p\n*Vertices 2\n1\nx\n", 5),
    ],
)
def test_a_line_that_is_wrong_is_reported_at_its_place(lines, line):
    assert ("N108", line) in codes(read("*Vertices 2\n" + lines, "pajek"))


def test_a_label_without_its_last_quote():
    ds = read('*Vertices 1\n1 "A b\n', "pajek")
    assert ids(ds) == ["A b"]
    assert codes(ds) == [("P103", 2)]


def test_a_partition_of_another_length_is_not_taken():
    ds = read("*Vertices 3\n*Partition p\n*Vertices 2\n1\n2\n", "pajek")
    assert codes(ds) == [("P101", 2)]
    assert all(not actor.extra for actor in ds.of(jmdi.Actor))


@pytest.mark.parametrize("size", ["1000000000", "99999999999999999999999", "-1", "x", ""])
def test_a_header_cannot_fill_the_memory(size):
    (problem,) = read(f"*Vertices {size}\n*Edges\n1 2\n", "pajek").unread.values()
    assert problem.where.line == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    text = '*Vertices 2\n1 "Città"\n2 "Côte"\n*Edges\n1 2\n'
    ds = read(text.encode(encoding), "pajek")
    assert ids(ds) == ["Città", "Côte"]
    assert codes(ds) == ([("N103", 2)] if encoding == "cp1252" else [])
    assert sniff(text.encode(encoding)) is True


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        (b"*Vertices 3\n", True),
        (b"% a\n\n*network x\n", True),
        (b"A title\n*Vertices 3\n", True),
        (b"*Node data\nID x\n", False),
        (b"a\nb\nc\nd\ne\nf\ng\n*Vertices 3\n", False),
        (b"", False),
    ],
)
def test_sniffing(head, verdict):
    assert (sniff(head) is True) is verdict


def test_a_value_beyond_all_numbers_is_kept_as_words():
    ds = read("*Vertices 2\n*Edges\n1 2 1e999\n", "pajek")
    assert ds.of(jmdi.Tie)[0].extra == {"strength.words": "1e999"}
    assert codes(ds) == [("J203", 3)]


def test_a_quote_that_never_ends_takes_no_more_memory_than_the_line():
    ds = read('*Vertices 1\n1 "' + '\\"' * 200_000, "pajek")
    assert ids(ds) == ['"' * 199_999 + "\\"]


def test_a_partition_may_be_of_another_network_of_the_same_size():
    text = "*Network a\n*Vertices 2\n*Partition p\n*Vertices 2\n1\n2\n*Network b\n*Vertices 2\n"
    assert codes(read(text, "pajek", graph="b")) == [("P104", 3)]
    assert codes(read(text.replace("b\n*Vertices 2", "b\n*Vertices 3"), "pajek", graph="a")) == []


@pytest.mark.parametrize("name", ["sector.clu", "size.vec", "order.PER"])
def test_a_partition_without_its_network_is_named_as_such(tmp_path, name):
    path = tmp_path / name
    path.write_text("*Vertices 3\n1\n2\n3\n")
    with pytest.raises(jmdi.FormatError, match="without its network"):
        jmdi.read(path, format="networkfiles:pajek")

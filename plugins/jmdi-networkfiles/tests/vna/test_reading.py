from __future__ import annotations

from pathlib import Path

import pytest
from networkfile_helpers import codes, ids, read, ties

import jmdi
from jmdi_networkfiles.vna.reading import sniff

SAMPLES = Path(__file__).parents[1] / "samples"


def sample(**options):
    return read((SAMPLES / "partners.vna").read_bytes(), "vna", **options)


def test_nodes_and_their_attributes():
    ds = sample()
    assert ids(ds) == ["Alba", "Brisa coop", "Cora", "Dura"]
    assert [dict(actor.extra) for actor in ds.of(jmdi.Actor)] == [
        {"side": "north", "members": 12, "note": 'has a "mayor"'},
        {"side": "south"},
        {"side": "south", "members": 3.5},
        {},
    ]
    assert ds.of(jmdi.Actor)[0].label() == "Alba town"


def test_columns_of_numbers_are_kinds_of_tie():
    ds = sample()
    assert ties(ds) == [
        ("Alba", "Brisa coop", 1.5, "funds"),
        ("Alba", "Brisa coop", 1, "knows"),
        ("Brisa coop", "Cora", 1, "knows"),
        ("Alba", "Dura", 2, "funds"),
    ]
    assert [t.extra["since"] for t in ds.of(jmdi.Tie)] == ["a", "a", "b", "c"]
    assert codes(ds) == [("N109", None), ("V101", 10), ("V102", 13)]


def test_the_kinds_of_tie_may_be_named():
    ds = sample(relations="knows")
    assert [t[2:] for t in ties(ds)] == [(1, "knows"), (1, "knows"), (0, "knows")]
    assert [t.extra["funds"] for t in ds.of(jmdi.Tie)] == [1.5, 0, 2]
    (problem,) = sample(relations="likes").unread.values()
    assert "no column 'likes'" in problem.message


def test_a_strength_makes_other_columns_attributes():
    ds = read("*tie data\nfrom to strength year\na b 2.5 2020\nb a\n", "vna")
    assert ties(ds) == [("a", "b", 2.5), ("b", "a", None)]
    assert ds.of(jmdi.Tie)[0].extra == {"year": 2020}


def test_commas():
    text = '*Node data\nid,name\n"a, b","x ""y"""\n c , d\n*Tie data\nfrom,to\n"a, b",c\n'
    ds = read(text, "vna")
    assert [(a.id, a.label()) for a in ds.of(jmdi.Actor)] == [("a, b", 'x "y"'), ("c", "d")]
    assert ties(ds) == [("a, b", "c", None)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("*Node data\nID\na\na\n", 4),
        ("*Node data\nID\na b\n", 3),
        ('*Node data\nID x\n"" b\n', 3),
        ("a\n*Node data\nID\nb\n", 1),
        ("*Node data\nID\na\n*Nodes\nx\n", 4),
        ("*Tie data\nfrom\na\n", 1),
    ],
)
def test_what_is_wrong_is_reported_at_its_place(text, line):
    assert ("N108", line) in codes(read(text, "vna"))


def test_a_tie_without_an_end_is_not_read():
    assert codes(read('*Tie data\nfrom to\na ""\n', "vna")) == [("J505", 3)]


def test_ties_with_and_without_a_direction_are_reported():
    ds = read("*Tie data\nfrom to directed\na b true\nb c false\n", "vna")
    assert [tie.directed for tie in ds.of(jmdi.Tie)] == [True, False]
    assert codes(ds) == [("J508", None)]


@pytest.mark.parametrize(
    ("head", "verdict"),
    [(b"*Node data\nID", True), (b"*TIE  DATA\n", True), (b"*Vertices 3", False), (b"", False)],
)
def test_sniffing(head, verdict):
    assert (sniff(head) is True) is verdict


@pytest.mark.parametrize(("columns", "rows"), [(2_000_000, 1), (900_000, 10)])
def test_a_wide_header_cannot_fill_the_memory(columns, rows):
    text = "*Node data\n" + "a " * columns + "\n" + "x\n" * rows
    (problem,) = read(text, "vna").unread.values()
    assert problem.code == "J103"

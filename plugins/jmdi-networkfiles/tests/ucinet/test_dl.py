from __future__ import annotations

from pathlib import Path

import pytest
from networkfile_helpers import codes, ids, read, ties

import jmdi
from jmdi_networkfiles.ucinet.dl import sniff

SAMPLES = Path(__file__).parents[1] / "samples"
KNOWS = [("a", "b", 1), ("b", "c", 2)]


def sample(name, **options):
    return read((SAMPLES / name).read_bytes(), "dl", **options)


def test_two_relations_and_a_pair_that_was_not_observed():
    ds = sample("two-relations.dl")
    assert ids(ds) == ["Alba", "Brisa coop", "Cora"]
    assert ties(ds) == [
        ("Alba", "Brisa coop", 1.5, "funds"),
        ("Brisa coop", "Cora", None, "funds"),
        ("Cora", "Cora", 2, "funds"),
        ("Alba", "Brisa coop", 1, "knows"),
        ("Alba", "Cora", 1, "knows"),
        ("Brisa coop", "Alba", 1, "knows"),
    ]
    assert [t.state.code for t in ds.of(jmdi.Tie) if t.state] == ["unobserved"]


def test_two_modes_with_labels_in_the_data():
    ds = sample("visits.dl")
    assert ids(ds) == ["Alba", "Brisa", "Cora Club", "Forum", "Fair"]
    assert [t[2] for t in ties(ds)] == [1, 2, 1, 0.001]
    assert ds.project("actors").mode == (0, 0, 0, 1, 1)
    assert len(sample("visits.dl", second="initiative").of(jmdi.Participates)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "dl n=3 labels: a b c data: 0 1 0 0 0 2 0 0 0",
        "DL, N=3, FORMAT = FULLMATRIX, LABELS:\na,b,c\nDATA:\n0 1 0\n0 0 2\n0 0 0",
        "dl\nn = 3\nlabels:\na\nb\nc\ndata\n0,1,0\n0,0,2\n0,0,0",
        "DL N=3 DIAGONAL ABSENT\nLABELS:\na b c\nDATA:\n1 0\n0 2\n0 0",
        "dl n=3 diagonal=no labels: a b c data: 1 0 0 2 0 0",
        "dl n=3 labels embedded data:\n A B C\na 0 1 0\nb 0 0 2\nc 0 0 0",
        "dl n=3 row labels embedded labels: a b c data:\na 0 1 0\nb 0 0 2\nc 0 0 0",
        "dl n=3 format=edgelist1 labels: a b c data:\n1 2\n2 3 2",
        "dl n=3 format=edgelist1 labels embedded: data:\na b\nB c 2",
        "dl format=edgelist1 labels embedded: data:\na b 1\nb c 2",
        'dl n=3 format=edgelist labels: "a" "b" "c" data:\na b\nb c 2',
        "dl n=3 format=edgearray labels embedded data:\na b 1\nb c 2",
        "dl nr=3 nc=3 row labels: a b c\ncol labels: c a b\ndata:\n0 0 1 2 0 0 0 0 0",
        "dl n=3 format=blockmatrix labels: a b c data:\nrow 1\ncol 2\nvalue = 1\n"
        "rows 2\ncols 3\nvalue 2",
    ],
)
def test_one_network_in_many_writings(text):
    assert ties(read(text, "dl")) == KNOWS


def test_labels_with_blanks_have_a_line_each_or_commas_between():
    text = "dl n=2\nlabels:\nCity Hall A\nBank C\ndata:\n0 1 0 0"
    assert ids(read(text, "dl")) == ["City Hall A", "Bank C"]
    assert ids(read(text.replace("A\nB", "A, B"), "dl")) == ["City Hall A", "Bank C"]


def test_halves_have_no_direction():
    both = [("Alba", "Brisa"), ("Brisa", "Cora"), ("Alba", "Dura"), ("Brisa", "Dura")]
    assert {frozenset(t[:2]) for t in ties(sample("half.dl"))} == set(map(frozenset, both))
    upper = "dl n=3 format=upperhalf labels: a b c data: 0 1 0 5 2 0"
    assert ties(read(upper, "dl")) == [
        ("a", "b", 1, "both ways"),
        ("b", "b", 5, "both ways"),
        ("b", "c", 2, "both ways"),
    ]


def test_nodes_and_those_they_are_tied_to():
    text = "dl n=3 nm=2 format=nodelist1 matrix labels: x y\ndata:\n1 2 3\n3\n!\n2 1"
    assert ties(read(text, "dl")) == [
        ("1", "2", None, "x"),
        ("1", "3", None, "x"),
        ("2", "1", None, "y"),
    ]


def test_a_list_of_nodes_may_begin_with_how_many_follow():
    """As UCINET's help has nodelist1b: rows in order, each with its number of ties before them."""
    text = "dl n=4 format=nodelist1b\nlabels: a,b,c,d\ndata:\n3 1 2 3\n3 1 2 4\n0\n2 1 4"
    found = [t[:2] for t in ties(read(text, "dl"))]
    assert found == [(s, t) for s, row in {"a": "abc", "b": "abd", "d": "ad"}.items() for t in row]
    wrong = read(text.replace("2 1 4", "1 1 4"), "dl")
    assert codes(wrong) == [("N108", 7)] and [t[:2] for t in ties(wrong)] == found
    assert ("N108", 8) in codes(read(f"{text}\n1 1", "dl"))
    embedded = text.replace("labels: a,b,c,d", "labels embedded")
    assert codes(read(embedded, "dl")) == [("N101", 3)]


def test_a_value_for_each_relation():
    text = "dl n=2 nm=2 format=edgearray matrix labels: x,y\ndata:\n1 2 0 3\n2 1 1 0"
    assert ties(read(text, "dl")) == [("2", "1", 1, "x"), ("1", "2", 3, "y")]


def test_blocks():
    text = "dl n=4 format=blockmatrix data:\nrows 1 to 2\ncols all\nval 1\nrow 2 col 3-4 value 0"
    assert [t[:2] for t in ties(read(text, "dl"))] == [
        ("1", "1"),
        ("1", "2"),
        ("1", "3"),
        ("1", "4"),
        ("2", "1"),
        ("2", "2"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("dl n=2\ndata:\n0 1\n0", 4),
        ("dl n=2\ndata:\n0 1\n0 0\n1", 5),
        ("dl n=2\ndata:\n0 x\n0 0", 3),
        ("dl n=2 format=edgelist1\ndata:\n1 3", 3),
        ("dl n=2 format=edgelist1\ndata:\n1", 3),
        ("dl n=2 format=edgelist1\ndata:\n0 1", 3),
        ("dl n=2 format=edgelist1 labels embedded\ndata:\na b\na c", 4),
        ("dl n=2 labels: a b c data:\n0 1 0 0", 1),
        ("dl n=2 format=blockmatrix\ndata:\nrow 3\ncol 1\nvalue 1", 3),
    ],
)
def test_what_is_wrong_is_reported_at_its_place(text, line):
    assert ("N108", line) in codes(read(text, "dl"))


@pytest.mark.parametrize(
    "text",
    [
        "dl n=1000000000 data: 1",
        "dl nr=2 nc=x data: 1",
        "dl data: 0 1",
        "dl n=2 format=rings data: 1",
        "dl n=2 datafile = other.txt",
        "dl n=2 datafile = other.txt data:",
        "dl n=2",
        "not this",
    ],
)
def test_what_cannot_be_is_refused(text):
    (problem,) = read(text, "dl").unread.values()
    assert problem.code in ("networkfiles:N101", "networkfiles:N102")
    assert problem.cure


def test_blocks_cannot_fill_the_memory():
    text = "dl n=50000 format=blockmatrix data: rows all cols all value 1"
    (problem,) = read(text, "dl").unread.values()
    assert problem.code == "J103"


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        (b"DL N = 5\nData:", True),
        (b"\xef\xbb\xbfdl\n\nn=5", True),
        (b"DL, N=4", True),
        (b"dlopen n=5", False),
        (b"dl nothing", False),
        (b"", False),
    ],
)
def test_sniffing(head, verdict):
    assert (sniff(head) is True) is verdict


def test_a_word_of_the_header_that_is_not_known_is_reported():
    ds = read("dl n=2 symmetric=yes title='x y' data: 0 1 0 0", "dl")
    assert [problem.message for problem in ds.problems] == [
        "not read: the word 'symmetric' of the header, once"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "dl nr=2 nc=2 data: 0 1 1 0",
        "dl n=2 row labels: a b column labels: x y data: 0 1 1 0",
        "dl nr=2 nc=2 labels embedded data:\n x y\na 0 1\nb 1 0",
    ],
)
def test_a_square_matrix_of_two_modes_is_noted(text):
    ds = read(text, "dl")
    assert len(ds.of(jmdi.Actor)) == 4
    assert codes(ds) == [("U104", None)]


def test_two_modes_with_labels_in_a_matrix():
    text = "dl nr=2 nc=3 nm=2 labels embedded matrix labels: meets,calls data:\n"
    text += " x y z\na 1 0 2\nb 0 1 0\n x y z\na 0 0 0\nb 0 0 3\n"
    assert ties(read(text, "dl")) == [
        ("a", "x", 1, "meets", "both ways"),
        ("a", "z", 2, "meets", "both ways"),
        ("b", "y", 1, "meets", "both ways"),
        ("b", "z", 3, "calls", "both ways"),
    ]

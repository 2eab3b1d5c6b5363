"""Files of other programs, each with the counts that were made by hand."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from networkfile_helpers import DATA, needs_data

import jmdi

PAJEK = {
    "GraphIO.jl/kinship.net": (6, {("Father", True): 4, ("Spouse", False): 2}),
    "igraph/links.net": (4, {(None, True): 7}),
    **{f"igraph/pajek{k}.net": (10, {(None, False): 9}) for k in range(1, 6)},
    "igraph/pajek6.net": (10, {(None, True): 9}),
    "igraph/pajek_arcslist.net": (18, {(None, True): 55}),
    "igraph/pajek_edgeslist.net": (3, {(None, False): 3}),
    "igraph/pajek_signed.net": (10, {(None, True): 45}),
    "igraph/bipartite.net": (13, {(None, False): 11}),
    "igraph/pajek_bip.net": (15, {(None, False): 25}),
    "igraph/pajek_bip2.net": (15, {(None, False): 25}),
    "manynet/SouthernWomen.paj": (32, {(None, False): 89}),
    "manynet/adols.net": (8, {(None, False): 10}),
    "manynet/adols.paj": (8, {(None, False): 10}),
}
GML = {
    "igraph/karate.gml": (34, {(None, False): 78}),
    "gephi/label.gml": (3, {(None, False): 2}),
    "gephi/emojis.gml": (1, {}),
}
DL = {
    **{f"igraph/edgelist{k}.dl": (5, {(None, True): 5}) for k in range(1, 7)},
    "igraph/edgelist7.dl": (4, {(None, True): 3}),
    **{f"igraph/fullmatrix{k}.dl": (5, {(None, False): 6}) for k in range(1, 5)},
    "igraph/input.dl": (66, {(None, True): 100}),
    **{f"igraph/nodelist{k}.dl": (5, {(None, True): 5}) for k in (1, 2)},
    "made/dl-header-lines-diagonal.dl": (3, {(None, True): 4}),
    "made/dl-lowerhalf.dl": (4, {(None, False): 4}),
    "made/dl-two-relations.dl": (3, {("funds", True): 2, ("knows", True): 4}),
    "made/dl-twomode-edgelist2.dl": (5, {(None, False): 3}),
}
UCINET = {
    "rucinet/Camp92_6404.##h": (18, {("Week_2", True): 306, ("Week_3", True): 306}),
    "rucinet/ZACKAR-ZACHE-6404.##h": (34, {("ZACHE", False): 78}),
    "manynet/ucinettest.##h": (34, {("ZACHE", False): 78}),
    "rucinet/campnet-6404.##h": (18, {(None, True): 54}),
    "rucinet/campnet2.##h": (18, {(None, True): 54}),
    **{f"rucinet/test-{k}.##h": (k, {(None, False): k}) for k in (5, 6, 7)},
}
VNA = {
    "gephi/basic.vna": (2, {(None, True): 1}),
    "gephi/emptyattribute.vna": (3, {(None, True): 3}),
}
EXPECTED = {**PAJEK, **GML, **DL, **UCINET, **VNA}
"""Of each file: how many actors, and how many ties by kind and direction."""


@needs_data
@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_it_was_counted(name):
    ds = jmdi.read(DATA / name)
    ties = Counter((t.type.code if t.type else None, t.directed) for t in ds.of(jmdi.Tie))
    assert (len(ds.of(jmdi.Actor)), dict(ties)) == EXPECTED[name]
    assert not any(problem.is_error for problem in ds.problems)


@needs_data
def test_the_classic_density_of_the_southern_women():
    net = jmdi.read(DATA / "manynet" / "SouthernWomen.paj").project("actors")
    assert net.mode.count(0) == 18
    assert round(net.n_edges / (18 * 14), 6) == 0.353175


@needs_data
def test_signs_are_kept():
    strengths = [t.strength for t in jmdi.read(DATA / "igraph/pajek_signed.net").of(jmdi.Tie)]
    assert Counter(map(int, strengths)) == {1: 35, -1: 10}


@needs_data
def test_several_graphs_are_refused_and_one_is_chosen():
    counts = []
    for name in ("twographs-10-28.gml", "twounnamedgraphs.gml"):
        path = DATA / "GraphIO.jl" / name
        with pytest.raises(jmdi.FormatError, match="2 graphs"):
            jmdi.read(path)
        both = [jmdi.read(path, graph=graph) for graph in ("1", "2")]
        counts += [(len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie))) for ds in both]
    assert counts == [(10, 28), (10, 28), (4, 6), (4, 9)]


@needs_data
def test_ranks_of_two_weeks():
    ties = jmdi.read(DATA / "rucinet/Camp92_6404.##h").of(jmdi.Tie)
    for week in ("Week_2", "Week_3"):
        ranks = [int(tie.strength) for tie in ties if tie.type.code == week]
        assert (min(ranks), max(ranks), sum(ranks)) == (1, 17, 2754)


@needs_data
@pytest.mark.parametrize(
    ("name", "strengths"),
    [
        ("igraph/edgelist4.dl", ["1", "-1", "1", "-1", "1"]),
        ("igraph/edgelist5.dl", ["0.1", "0.5", "1", "1", "1"]),
        ("igraph/edgelist6.dl", ["1", "2", "1", "1", "0.00001"]),
        ("made/dl-twomode-edgelist2.dl", ["1", "2", "1"]),
        ("made/dl-header-lines-diagonal.dl", ["2.5", "1", "1", "3"]),
    ],
)
def test_values_are_kept(name, strengths):
    assert [str(tie.strength) for tie in jmdi.read(DATA / name).of(jmdi.Tie)] == strengths


@needs_data
@pytest.mark.parametrize(
    ("name", "delimiter", "numbers", "marks"),
    [
        # A-B 1, A-D 2, B-A 1, C-C 1, D-B 3.5, D-D 4.2: six, two of them loops.
        ("gephi/matrix.csv", ",", 6, 0),
        # Alta-Casa 1,5, Casa-Alta 1, Casa-Dura 2, Region-Casa 1: four, and one x.
        ("made/adjacency-semicolon-decimal-comma.csv", ";", 4, 1),
    ],
)
def test_a_matrix_has_as_many_ties_as_cells_that_are_not_0(name, delimiter, numbers, marks):
    """The page of formats says 7 and 5 numbers; who counts the cells one by one finds 6 and 4."""
    text = (DATA / name).read_text("cp1252")
    rows = [row[1:] for row in csv.reader(text.splitlines()[1:], delimiter=delimiter)]
    cells = [cell.strip().replace(",", ".") for row in rows for cell in row if cell.strip()]
    assert [cell for cell in cells if cell == "x"] == ["x"] * marks
    assert sum(float(cell) != 0 for cell in cells if cell != "x") == numbers
    ties = [tie for tie in jmdi.read(DATA / name).of(jmdi.Tie) if tie.state is None]
    assert len([tie for tie in ties if tie.strength is not None]) == numbers
    assert len([tie for tie in ties if tie.strength is None]) == marks


@needs_data
def test_a_list_of_ties_of_two_modes_has_one_in_each_line():
    """Below *data:* stand three lines, 1 1, 2 1 and 3 2; the page of formats says four."""
    path = DATA / "made/dl-twomode-edgelist2.dl"
    lines = path.read_text().split("data:")[1].split("\n")
    assert len([line for line in lines if line.strip()]) == 3
    found = [(tie.source, tie.target) for tie in jmdi.read(path).of(jmdi.Tie)]
    assert found == [("Alta", "Forum"), ("Casa", "Forum"), ("Dura coop", "Fair")]

"""Lists of ties without a header, and lists of neighbours."""

from __future__ import annotations

import io

import pytest
from networkfile_helpers import DATA, codes, ids, needs_data, read, ties, workbook

import jmdi


def test_ties_with_weights():
    ds = read("a;b;1,5\nb;c;2\nd\n", "edges", directed=True)
    assert ties(ds) == [("a", "b", 1.5), ("b", "c", 2.0)] and ids(ds) == ["a", "b", "c", "d"]


def test_without_a_word_nobody_knows_the_direction():
    assert [t.directed for t in read("a,b\nb,c\n", "edges").of(jmdi.Tie)] == [None, None]


def test_rows_of_other_lengths_are_neighbours():
    assert [t[:2] for t in ties(read("a b c\nc d\n", "edges"))] == [
        ("a", "b"),
        ("a", "c"),
        ("c", "d"),
    ]
    assert len(ties(read("a,b,3\nb,c,4\n", "edges", layout="neighbours"))) == 4


def test_a_first_row_that_never_comes_again_may_be_a_header():
    text = "ministry,town\na,b\nb,c\n"
    assert codes(read(text, "edges")) == [("N112", 1)]
    assert [t[:2] for t in ties(read(text, "edges", header=True))] == [("a", "b"), ("b", "c")]
    assert len(ties(read(text, "edges", header=False))) == 3


def test_a_header_parted_by_blanks_as_gephi_writes_it():
    ds = read('Source Target Type weight\nFred "Ann B" Directed 2\n', "edges")
    (tie,) = ds.of(jmdi.Tie)
    assert (tie.source, tie.target, tie.directed, float(tie.strength)) == ("Fred", "Ann B", True, 2)


def test_what_can_be_a_table_is_not_taken_for_a_list():
    sniff = jmdi.default_model().catalog.importer("networkfiles:edges").sniff
    assert sniff(b"name,country\nAda,Ghana\nBo,Togo\n") is not True
    assert sniff(b"type,name\nbegin,g\ntext,a,,x\nbegin,type\nend\n") is not True
    assert sniff(b"a,b\nb,c\nc,a\n") is True
    assert len(jmdi.read(io.BytesIO(b"a,b\nb,c\nc,a\n"))) == 6


def test_remarks_above_a_list_are_no_ties():
    for text in ("# two words\na b\nb c\n", "% sym unweighted\n% 2 3 3\na\tb\nb\tc\n"):
        ds = read(text, "edges")
        assert ids(ds) == ["a", "b", "c"] and codes(ds) == [("N109", None)]
    assert codes(read("# a\n", "edges")) == [("N101", None)]


def test_a_third_name_may_be_the_kind_of_the_tie():
    text = "a,b,friend\nb,c,foe\nc,a,friend\n"
    assert codes(read(text, "edges")) == [("N117", 1)]
    ds = read(text, "edges", layout="ties")
    assert [t.extra["column 3"] for t in ds.of(jmdi.Tie)] == ["friend", "foe", "friend"]
    assert codes(read(text, "edges", layout="neighbours")) == []


@pytest.mark.parametrize(
    "header",
    ["ego;alter;Weight", "De;À;Poids", "Origen;Destino;Peso", "De;Para;Força", "من;إلى;الوزن"],
)
def test_a_header_names_the_ends_in_any_language(header):
    ds = jmdi.read(io.BytesIO(f"{header}\nAlba;Brisa;1,5\nBrisa;Cora;2\n".encode()))
    assert [t[:3] for t in ties(ds)] == [("Alba", "Brisa", 1.5), ("Brisa", "Cora", 2.0)]
    assert codes(ds) == []


def test_a_comma_is_read_as_the_other_weights_show_it():
    for other, code, strength in (("2", ["N118"], 1.5), ("2,5", [], 1.5), ("2.5", [], 1500)):
        ds = read(f"ego;alter;weight\na;b;1,500\nb;c;{other}\n", "edges")
        assert [name for name, _ in codes(ds)] == code and ties(ds)[0][2] == strength
    assert ties(read("a;b;1,234.5\nb;c;2\n", "edges"))[0][2] == 1234.5


def test_a_column_that_comes_again_is_kept_under_a_name_of_its_own():
    (tie,) = read("de,à,Poids,Force,note,note\na,b,1,2,x,y\n", "edges").of(jmdi.Tie)
    assert (tie.strength, dict(tie.extra)) == (1, {"Force": "2", "note": "x", "note (6)": "y"})


def test_other_sheets_of_a_workbook_list_the_nodes():
    sheets = {
        "About": [["Made for a test"]],
        "Nodes": [["Id", "Label", "sector"], ["1", "Alba", "public"], ["3", "Cora", "private"]],
        "Edges": [["Source", "Target", "Weight"], ["1", "2", 4]],
    }
    ds = jmdi.read(io.BytesIO(workbook(**sheets)), on_error="keep")
    assert {a.id: (a.label(), a.extra.get("sector")) for a in ds.of(jmdi.Actor)} == {
        "1": ("Alba", "public"),
        "2": ("2", None),
        "3": ("Cora", "private"),
    }
    assert [t[:3] for t in ties(ds)] == [("1", "2", 4.0)]
    (note,) = ds.problems
    assert "the sheet 'About'" in note.message and not note.is_error


def test_a_sheet_of_nodes_has_names_in_any_language():
    nodes = [["ID", "Nombre", "Sector"], [1, "Alba", "público"], [2, "Brisa", "privado"]]
    sheets = {"Nodos": nodes, "Vínculos": [["Origen", "Destino"], [1, 2]]}
    ds = jmdi.read(io.BytesIO(workbook(**sheets)))
    assert [(a.id, a.label(), a.extra["Sector"]) for a in ds.of(jmdi.Actor)] == [
        ("1", "Alba", "público"),
        ("2", "Brisa", "privado"),
    ]


def test_several_sheets_of_ties_are_named_and_one_is_chosen():
    content = workbook(A=[["De", "À"], ["a", "b"]], B=[["De", "À"], ["c", "d"]])
    with pytest.raises(jmdi.FormatError, match="2 graphs: 1 'A', 2 'B'"):
        jmdi.read(io.BytesIO(content))
    assert [t[:2] for t in ties(jmdi.read(io.BytesIO(content), graph="B"))] == [("c", "d")]


@needs_data
@pytest.mark.parametrize(
    ("name", "format", "count"),
    [
        ("gephi/adj_list.csv", None, (9, 7)),
        ("gephi/edges_table_with_timeset_intervals.csv", None, (3, 5)),
        ("gephi/edges_table_with_timeset_timestamps.csv", None, (3, 5)),
        ("gephi/matrix.csv", None, (5, 6)),
        ("gephi/matrix.xlsx", None, (5, 6)),
        ("made/adjacency-semicolon-decimal-comma.csv", None, (4, 7)),
        ("made/edges-with-isolates.csv", None, (3, 3)),
        ("igraph/graph1.ncol", None, (3, 3)),
        ("igraph/graph2.ncol", None, (7, 4)),
        ("igraph/graph3.ncol", None, (3, 3)),
        ("igraph/igraph_read_graph_lgl-1.lgl", None, (5, 4)),
        ("igraph/igraph_read_graph_lgl-2.lgl", None, (5, 4)),
    ],
)
def test_a_file_of_others_is_read_as_it_was_counted(name, format, count):
    ds = jmdi.read(DATA / name, format=format and f"networkfiles:{format}")
    assert (len(ds.of(jmdi.Actor)), len(ds.of(jmdi.Tie))) == count

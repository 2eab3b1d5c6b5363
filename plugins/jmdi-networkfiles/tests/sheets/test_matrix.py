"""Matrices say what is tied, what is not, and what nobody asked."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkfile_helpers import codes, ids, read, ties, workbook

import jmdi
from jmdi_networkfiles.sheets.cells import cell_number, decimal_mark

COMMAS = ";Alta;Casa;Dura\nAlta;0;1,5;x\nCasa;1;;\nDura;0;NA;0\n"


def states(ds):
    return sorted(
        (t.source, t.target) for t in ds.of(jmdi.Tie) if t.state and t.state.code == "unobserved"
    )


def test_numbers_marks_and_what_was_not_observed():
    ds = read(COMMAS, "matrix")
    assert [t for t in ties(ds) if (t[0], t[1]) not in states(ds)] == [
        ("Alta", "Casa", 1.5),
        ("Alta", "Dura", None),
        ("Casa", "Alta", 1.0),
    ]
    assert states(ds) == [("Casa", "Dura"), ("Dura", "Casa")]
    assert ("N110", None) in codes(ds)


def test_blank_is_no_tie_where_that_is_said():
    ds = read(COMMAS, "matrix", blank="0")
    assert states(ds) == [("Dura", "Casa")] and codes(ds) == []


def test_a_symmetric_matrix_has_no_direction_whatever_the_order_of_its_columns():
    ds = read(",B,A,C\nA,1,0,0\nB,0,1,2\nC,2,0,0\n", "matrix")
    assert ties(ds) == [("A", "B", 1.0, "both ways"), ("B", "C", 2.0, "both ways")]


def test_a_label_on_one_side_only_is_reported_and_its_pairs_were_not_observed():
    ds = read(",A,B,d\nA,0,1,0\nB,0,0,1\nC,0,0,0\n", "matrix")
    assert ids(ds) == ["A", "B", "C", "d"]
    assert ("N111", None) in codes(ds) and ("C", "C") not in states(ds)
    assert ("d", "A") in states(ds) and ("A", "C") in states(ds)


def test_labels_that_differ_in_case_alone_are_of_one_actor():
    ds = jmdi.read(io.BytesIO(b",ALBA,brisa\nAlba,0,1\nBrisa,2,0\n"), on_error="keep")
    assert ties(ds) == [("Alba", "Brisa", 1.0), ("Brisa", "Alba", 2.0)]
    assert codes(ds) == [("N111", None)] and states(ds) == []
    both = read(",A,a\nA,0,1\na,0,0\n", "matrix")
    assert ids(both) == ["A", "a"] and codes(both) == []
    assert ids(read(",A,a,B\nA,0,1,0\nB,0,0,0\n", "matrix")) == ["A", "B", "a"]


def test_two_modes():
    ds = read("x,e1,e2\nAda,1,0\nBo,,2\n", "matrix", blank="0", second="initiative")
    assert [(p.source, p.target) for p in ds.of(jmdi.Participates)] == [("Ada", "e1"), ("Bo", "e2")]
    assert len(ds.of(jmdi.Initiative)) == 2


def test_a_cell_that_is_no_value_and_a_row_that_is_too_long():
    ds = read(",A,B\nA,0,perhaps\nB,1,0,5\n", "matrix")
    assert codes(ds)[:2] == [("N108", 2), ("N108", 3)]
    assert codes(read("a,b\nc,d\n", "matrix"))[0] == ("N101", None)


def test_labels_above_the_columns_alone_or_twice():
    assert [t[:3] for t in ties(read("A,B\n0,1\n1,0\n", "matrix"))] == [("A", "B", 1.0)]
    ds = read(",A,A\nA,0,1\nA,0,0\n", "matrix")
    assert ties(ds) == [("A (1)", "A (2)", 1.0)] and ("N105", None) in codes(ds)


def test_a_matrix_is_found_out_and_other_tables_are_not():
    model = jmdi.default_model()
    assert len(model.read(io.BytesIO(COMMAS.encode()))) == 8
    sniff = model.catalog.importer("networkfiles:matrix").sniff
    assert sniff(b"country,2010,2011\nGhana,1,2\nTogo,3,4\n") is not True
    assert sniff(b"name,partner\nAda,Bo\nBo,Ada\n") is not True


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from(["0", "1", "2.5", "NA", "x"]), min_size=n, max_size=n),
            min_size=n,
            max_size=n,
        )
    )
)
def test_every_cell_off_the_diagonal_says_one_thing(cells):
    names = [f"n{k}" for k in range(len(cells))]
    rows = [",".join([name, *row]) for name, row in zip(names, cells, strict=True)]
    ds = read("\n".join([",".join(["", *names]), *rows]), "matrix", directed=True)
    found = {(t.source, t.target): t for t in ds.of(jmdi.Tie)}
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            tie = found.get((names[i], names[j]))
            if cell == "0" or (i == j and cell == "NA"):
                assert tie is None
            elif cell == "NA":
                assert tie.state.code == "unobserved"
            else:
                assert tie.state is None
                assert (None if tie.strength is None else str(tie.strength)) in (cell, None)


@pytest.mark.parametrize("size", [2000])
def test_a_large_matrix_is_bounded(size):
    limits = jmdi.Limits(cells=1000)
    with pytest.raises(jmdi.FormatError, match="cells"):
        text = "," + ",".join(map(str, range(size))) + "\n"
        jmdi.read(io.BytesIO(text.encode()), format="networkfiles:matrix", limits=limits)


@pytest.mark.parametrize("text", [",A,B,C\nA,,1,0\nB,,,2\nC,,,\n", ",A,B,C\nA\nB,1\nC,0,2\n"])
def test_a_half_that_is_empty_says_nothing(text):
    ds = read(text, "matrix")
    pairs = [({source, target}, *rest) for source, target, *rest in ties(ds)]
    assert pairs == [({"A", "B"}, 1.0, "both ways"), ({"B", "C"}, 2.0, "both ways")]
    assert codes(ds) == [("N106", None)]


def test_titles_above_it_and_sums_are_reported():
    ds = read("Trust in 2015\n\n,A,B,Total\nA,0,1,1\nB,1,0,1\nTotal,1,1,2\n", "matrix")
    assert {"N109", "N116"} <= {code for code, _ in codes(ds)}
    assert ids(ds) == ["A", "B", "Total"]


SQUARE = "0,1,0\n1,0,1\n0,1,0\n"


@pytest.mark.parametrize("text", [SQUARE, SQUARE.replace(",", " ")])
def test_a_square_of_numbers_is_a_matrix_without_labels_and_no_list_of_ties(text):
    ds = jmdi.read(io.BytesIO(text.encode()))
    assert ties(ds) == [("1", "2", 1.0, "both ways"), ("2", "3", 1.0, "both ways")]
    assert ("N119", None) in codes(ds)


def test_labels_may_be_numbers():
    ds = jmdi.read(io.BytesIO(b",7,8,9\n7,0,1,0\n8,1,0,1\n9,0,1,0\n"))
    assert ids(ds) == ["7", "8", "9"] and len(ties(ds)) == 2


def test_a_symmetric_matrix_needs_no_labels_before_its_rows():
    assert ids(jmdi.read(io.BytesIO(b"Ada,Bo,Cy\n" + SQUARE.encode()))) == ["Ada", "Bo", "Cy"]


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("Oui", "Non"), ("sim", "não"), ("x", "0")])
def test_words_say_whether_there_is_a_tie(yes, no):
    ds = read(f",A,B,C\nA,,{yes},{no}\nB,{no},,{no}\nC,{no},{no},\n", "matrix")
    assert ties(ds) == [("A", "B", None)] and codes(ds) == []


def test_a_comma_that_may_part_thousands_is_reported_or_settled_by_the_other_cells():
    for other, code, strength in (("2", ["N118"], 1.5), ("2,5", [], 1.5), ("2.5", [], 1500)):
        ds = read(f";A;B\nA;0;1,500\nB;{other};0\n", "matrix")
        assert [name for name, _ in codes(ds)] == code and ties(ds)[0][2] == strength


@given(st.lists(st.integers(-(10**6), 10**6).map(lambda n: n / 100), min_size=1), st.booleans())
def test_numbers_are_what_they_were_whichever_mark_they_are_written_with(numbers, comma):
    texts = [f"{number:,.2f}" for number in numbers]
    if comma:
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    mark = decimal_mark(texts)
    assert [float(cell_number(text, mark)) for text in texts] == numbers


INCIDENCE = ",Forum,Fair\nAlba,1,0\nBrisa,,1\n"


def test_a_matrix_of_two_modes_is_found_out_by_its_zeros_and_its_empty_corner():
    ds = jmdi.read(io.BytesIO(INCIDENCE.encode()))
    assert [t[:2] for t in ties(ds) if t not in states(ds)][:1] == [("Alba", "Forum")]
    sniff = jmdi.default_model().catalog.importer("networkfiles:matrix").sniff
    assert sniff(INCIDENCE.replace("Forum", "March").encode()) is not True  # bars of a plan
    assert sniff(INCIDENCE.replace("Forum", "2015").encode()) is not True  # years
    assert sniff(INCIDENCE.replace("Alba", "1").replace("Brisa", "2").encode()) is not True
    assert sniff(INCIDENCE.replace("1", "7").encode()).startswith("it looks like a matrix of two")
    blanks = b"name,a,b\nAlba,,1\nBrisa,,no\nBrisa,,\n"
    assert "it looks like" not in sniff(blanks)


def test_text_of_two_bytes_a_character_is_recognised():
    text = "\tA\tB\nA\t0\t1\nB\t2\t0\n"
    assert len(ties(jmdi.read(io.BytesIO(text.encode("utf-16"))))) == 2


def test_the_only_sheet_with_a_matrix_is_read_and_the_others_are_reported():
    matrix = [["", "Alba", "Brisa"], ["Alba", 0, 3], ["Brisa", 1, 0]]
    content = workbook(About=[["Made for a test"]], Trust=matrix)
    ds = jmdi.read(io.BytesIO(content), on_error="keep")
    assert ties(ds) == [("Alba", "Brisa", 3.0), ("Brisa", "Alba", 1.0)]
    assert [p.message for p in ds.problems] == ["not read: the sheet 'About', once"]
    with pytest.raises(jmdi.FormatError, match="2 graphs"):
        jmdi.read(io.BytesIO(workbook(A=matrix, B=matrix)))


def test_a_few_columns_do_not_ask_for_all_pairs_of_many_rows():
    ds = read(",a1,a2\n" + "".join(f"a{n},1,0\n" for n in range(800)), "matrix")
    assert codes(ds) == [("N102", None)] and not len(ds)
    assert len(read(",a1,a2\n" + "".join(f"a{n},1,0\n" for n in range(90)), "matrix")) > 90 * 87

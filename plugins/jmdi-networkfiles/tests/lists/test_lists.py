"""NCOL and LGL."""

from __future__ import annotations

from networkfile_helpers import codes, ids, read, ties

import jmdi


def test_ncol_has_ties_without_direction_and_weights_that_may_not_be_known():
    ds = read("a b\nb c 12.3e5\nc\na a x\n\na b -1\n", "ncol")
    assert ties(ds) == [
        ("a", "b", None, "both ways"),
        ("b", "c", 1230000.0, "both ways"),
        ("a", "b", -1.0, "both ways"),
    ]
    assert codes(ds) == [("N108", 3), ("N108", 4)]


def test_lgl_has_vertices_with_their_neighbours():
    ds = read("# a\nb\nc 5\n# c\nd\n# e\n#\nf\n", "lgl")
    assert ids(ds) == ["a", "b", "c", "d", "e"]
    assert [tie[:3] for tie in ties(ds)] == [("a", "b", None), ("a", "c", 5.0), ("c", "d", None)]
    assert codes(ds) == [("N108", 7), ("N108", 8)]


def test_a_remark_above_a_table_is_no_vertex():
    sniff = jmdi.default_model().catalog.importer("networkfiles:lgl").sniff
    assert sniff(b"# a\nb 1\nc\n") is True
    assert sniff(b"# made in 2026\na,b\nb,c\n") is not True
    assert sniff(b"# remark\na,b\nb,c\n") is not True
    assert sniff(b"# remark\na b\nb c\n") is not True

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi_documents.text.delimited import _rows


def rows(document: Any) -> list[list[str]]:
    grid = document.grids[0]
    return [
        [c.text if (c := grid.at(r, k)) else "" for k in range(grid.columns)]
        for r in range(grid.rows)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(on: Any, delimiter: str) -> None:
    text = (
        delimiter.join(["Action", "Objective, main", "Cost; total"])
        .replace("Objective, main", '"Objective, main"')
        .replace("Cost; total", '"Cost; total"')
    )
    text += "\r\n" + delimiter.join(["a", '"x\r\ny ""z"""', "1"]) + "\r\n"
    found = rows(on.read("Plan\n" + text, "plan"))
    assert found == [
        ["Plan", "", ""],
        ["Action", "Objective, main", "Cost; total"],
        ["a", 'x\ny "z"', "1"],
    ]
    assert on.codes == []


def test_decimal_commas_do_not_mislead(on: Any) -> None:
    assert rows(on.read("a;b\n1,5;2,5\n3,5;4,5\n", "p.csv"))[1] == ["1,5", "2,5"]


def test_directive_and_option(on: Any) -> None:
    assert rows(on.read("sep=;\na;b,c\n", "p.csv")) == [["a", "b,c"]]
    assert rows(on.read("a^b\n", "p.csv", delimiter="^")) == [["a", "b"]]
    assert on.refused("a", "p.csv", delimiter='"') == "D112"


@pytest.mark.parametrize(
    ("data", "options"),
    [
        ("é,ß".encode("utf-8-sig"), {}),
        ("é,ß".encode("utf-16"), {}),
        ("é,ß".encode("utf-16-le"), {}),
        ("é,ß".encode(), {}),
        ("é,ß".encode("cp1252"), {"encoding": "windows-1252"}),
    ],
)
def test_encodings(on: Any, data: bytes, options: dict[str, str]) -> None:
    assert rows(on.read(data, "p.csv", **options)) == [["é", "ß"]]
    assert on.codes == []


def test_declared_arabic_and_undeclared_western(on: Any) -> None:
    assert rows(on.read("خطة,b".encode("cp1256"), "p.csv", encoding="cp1256")) == [["خطة", "b"]]
    assert rows(on.read("é,b".encode("cp1252"), "p.csv")) == [["é", "b"]]
    assert on.codes == ["D109"]
    assert rows(on.read(b"\xe9\x81,b", "p.csv")) == [["é\\x81", "b"]]
    assert on.codes == ["D109", "D109"]
    assert on.refused(b"a", "p.csv", encoding="rot13") == "D112"


@pytest.mark.parametrize(
    "text",
    [
        "Plan,,,,,,,\nCountry,Ghana\na,b,c\n1,2,3\n4,5,6\n",
        "Plan,of,2016,draft,two\n\na,b,c\n1,2,3\n4,5,6\n",
        "a,b,c\n1,2,3\nTotal,5\n4,5,6\n\nNote,x,y,z\n",
        "a,b,c\n1,2,3,,,\n4,5,6\n",
        "a,b,c\n1,2,3\n4,5,6\n7,8,9\n\nTable 2\np,q,r,s\n1,2,3,4\n5,6,7,8\n\na,b,c\n1,2,3\n",
    ],
)
def test_titles_and_other_tables_have_their_own_width(on: Any, text: str) -> None:
    on.read(text, "p.csv")
    assert on.codes == []


def test_ragged_rows_are_kept_and_reported(on: Any) -> None:
    found = rows(on.read("title\na,b,c,d\n1,2,3,4\n1,2,3,4,5\n\n1,2,3\n1,2,3,4\n", "p.csv"))
    assert found[3] == ["1", "2", "3", "4", "5"] and found[4] == [""] * 5
    assert found[5][:3] == ["1", "2", "3"]
    assert [(x.where.line, x.severity.value) for x in on.problems] == [(4, "warning"), (6, "info")]


def test_open_quote_stays(on: Any) -> None:
    assert rows(on.read('a,b\n"open,c\nd,e\n', "p.csv")) == [["a", "b"], ['"open', "c"], ["d", "e"]]
    assert on.codes == ["D152"]


def test_formulas_are_text(on: Any) -> None:
    cell = on.read("=cmd|' /C calc'!A0,@x\n", "p.csv").grids[0].at(0, 0)
    assert (cell.text, cell.formula) == ("=cmd|' /C calc'!A0", None)


def test_nul_is_replaced(on: Any) -> None:
    assert rows(on.read(b"a\0b,c\n", "p.csv")) == [["a\ufffdb", "c"]]
    assert on.codes == ["D153"]


def test_words_after_a_quote_are_kept(on: Any) -> None:
    assert rows(on.read('"a"b,c\n', "p.csv")) == [["ab", "c"]]


def test_places_and_kind(on: Any) -> None:
    grid = on.read("a,b\nc,d\n", "p.csv").grids[0]
    assert grid.kind == "file" and grid.at(1, 1).place == "row 2, cell 2"


def test_cells_know_their_line(on: Any) -> None:
    cells = on.read('"a\nb",c\r\n\n"d","e\n\nf",g\n', "p.csv").grids[0].cells
    assert [(cell.text[0], cell.line) for cell in cells] == [
        ("a", 1),
        ("c", 2),
        ("d", 4),
        ("e", 4),
        ("g", 6),
    ]


def test_tsv_by_name(on: Any) -> None:
    assert on.read("a\tb\n", "p.tsv").format == "tsv"


@given(st.text(st.sampled_from('ab",; \n'), max_size=40))
def test_lines_without_quotes_are_cut_as_others_are(text: str) -> None:
    """A carriage return anywhere makes the reader look at every field."""

    def seen(text: str) -> list[Any]:
        found = chain.from_iterable(_rows(text, ","))
        return [(r.texts, r.lines or (r.line,) * len(r.texts), r.unclosed) for r in found]

    assert seen(text) == seen(text.replace("\n", "\r\n"))


@given(st.text(st.sampled_from('ab",; \n'), max_size=40), st.integers(1, 20))
def test_chunks_are_no_part_of_what_is_read(text: str, chunk: int) -> None:
    whole = list(chain(*_rows(text, ",")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jmdi_documents.text.delimited.CHUNK", chunk)
        assert [r.texts for r in chain(*_rows(text, ","))] == [r.texts for r in whole]

from __future__ import annotations

from typing import Any

import pytest

PAGE = """<!DOCTYPE html><html><head><title>Plan</title><style>.g {background:#a6a6a6}</style>
<script>no()</script></head><body><h2>Local   level</h2><p>Country: A<br>Author: B</p>
<table><caption>Actions</caption><thead><tr><th>Action<th colspan="2">Where</tr></thead>
<tr style="background-color: rgb(191,191,191)"><td rowspan="0">a<ul><li>one
<ul><li>deep</ul><li>two</ul><td class="g">b<td bgcolor="FFCC00">c</tr>
<tr><td><ol start="3"><li>x<li>y</ol><td><table><tr><td>nested</table></td></tr></table>
tail &amp; end <del>gone</del></body></html>"""


def test_a_whole_page(on: Any) -> None:
    document = on.read(PAGE, "plan")
    grid = document.grids[0]
    assert document.format == "html"
    assert [(x.text, x.heading) for x in document.paragraphs] == [
        ("Plan", 0),
        ("Local level", 2),
        ("Country: A", None),
        ("Author: B", None),
        ("Actions", None),
        ("tail & end", None),
    ]
    assert (grid.title, grid.rows, grid.columns, grid.header_rows) == ("Actions", 3, 3, 1)
    tall = grid.at(2, 0)
    assert (tall.row, tall.row_span, tall.text, tall.fill) == (1, 2, "a\none\ndeep\ntwo", "BFBFBF")
    assert [(p.text, p.marker, p.level) for p in tall.paragraphs] == [
        ("a", None, 0),
        ("one", "bullet", 0),
        ("deep", "bullet", 1),
        ("two", "bullet", 0),
    ]
    assert (grid.at(1, 1).fill, grid.at(1, 2).fill) == ("A6A6A6", "FFCC00")
    assert [p.label for p in grid.at(2, 1).paragraphs] == ["3.", "4."]
    assert grid.at(2, 2).nested[0].at(0, 0).text == "nested"
    assert on.codes == ["D131"]


@pytest.mark.parametrize(
    ("sort", "chosen", "shown"),
    [("", "", "A: Planned"), ("", "selected", "A: Done"), ("multiple", "", "A:")],
)
def test_of_a_choice_what_is_chosen_is_read(on: Any, sort: str, chosen: str, shown: str) -> None:
    options = f"<option>Planned<option {chosen}>Done<option>Late"
    page = f"<html><p>A: <select {sort}>{options}</select></html>"
    assert [block.text for block in on.read(page, "p.html").paragraphs] == [shown]


def test_stray_words_and_rows_do_not_vanish(on: Any) -> None:
    page = "<table>one<td>two</td><p>three</p><form><tr>four<td>five</form></table>"
    texts = {text for text, _ in on.read(page, "p.html").texts()}
    assert " ".join(sorted(" ".join(texts).split())) == "five four one three two"


def test_impossible_and_overlapping_spans(on: Any) -> None:
    page = (
        "<table><tr><td colspan=1000000000>a</tr><tr><td>b<td rowspan=2>c</tr>"
        "<tr><td colspan=3>d</tr></table>"
    )
    grid = on.read(page, "p.html").grids[0]
    assert [(c.text, c.column_span) for c in grid.cells] == [
        ("a", 1000),
        ("b", 1),
        ("c", 1),
        ("d", 1),
    ]
    assert on.codes == ["D121", "D123"]


def test_unknown_colour_is_reported(on: Any) -> None:
    grid = on.read("<table><tr><td style='background: var(--x)'>a</table>", "p.html").grids[0]
    assert grid.cells[0].fill is None and on.codes == ["D161"]


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ("#abc", "AABBCC"),
        ("white", "FFFFFF"),
        ("transparent", None),
        ("rgba(1,2,3,0)", None),
        ("rgb(1, 2, 3)", "010203"),
        ("#BFBFBF !important", "BFBFBF"),
    ],
)
def test_colours(on: Any, colour: str, fill: str | None) -> None:
    page = f"<table><tr><td style='color:red;background-color:{colour}'>a</table>"
    assert on.read(page, "p.html").grids[0].cells[0].fill == fill
    assert on.codes == []


def test_form_fields_and_charset(on: Any) -> None:
    page = "<meta charset='iso-8859-1'><body><input type=checkbox checked> é <input value='typed'>"
    document = on.read(page.encode("latin-1"), "p.html")
    assert [*document.texts()] == [("☒ é typed", "paragraph 1")]
    assert on.codes == []

from __future__ import annotations

from typing import Any

import pytest

from jmdi_documents.text.markdown import escape_markdown

TEXT = """# Policy work plan

Country: **A**
Author: B

Local level
===========

| **Action** | Cost |
|---|:--:|
| a \\| b | `x|y` |
| one<br>- two<br/>- three | &amp; \\*stars\\* |
| only
after | the table

- item
- other
"""


def test_a_whole_text(on: Any) -> None:
    document = on.read(TEXT, "plan.md")
    grid = document.grids[0]
    assert [(x.text, x.heading, x.marker) for x in document.paragraphs] == [
        ("Policy work plan", 1, None),
        ("Country: **A**\nAuthor: B", None, None),
        ("Local level", 1, None),
        ("item", None, "bullet"),
        ("other", None, "bullet"),
    ]
    assert (grid.title, grid.header_rows, grid.columns) == ("Local level", 1, 2)
    assert [c.text for c in grid.cells] == [
        "Action",
        "Cost",
        "a | b",
        "`x|y`",
        "one\n- two\n- three",
        "& *stars*",
        "only",
        "after",
        "the table",
    ]
    assert [p.text for p in grid.at(2, 0).paragraphs] == ["one", "two", "three"]
    assert on.codes == ["D151"]
    assert on.problems[0].where.line == 13


def test_any_line_end_stays_within_its_cell(on: Any) -> None:
    words = escape_markdown("1\r\n2\r3")
    data = f"| a |\n|---|\n| {words} |\n"
    assert on.read(data, "p.md").grids[0].cells[1].text == "1\n2\n3"


def test_found_without_a_name(on: Any) -> None:
    assert on.read("a | b\n--|--\n1 | 2\n", "noname").format == "md"
    assert on.read("a | b\nc | d\n", "noname").format == "csv"


def test_pipe_in_code_of_strict_renderers(on: Any) -> None:
    grid = on.read("| a | b |\n|-|-|\n| `x | y` |\n", "p.md").grids[0]
    assert [c.text for c in grid.cells] == ["a", "b", "`x", "y`"]


def test_html_table_inside(on: Any) -> None:
    document = on.read("# T\n\n<table><tr><td>a</td></tr></table>\n\n| b |\n|---|\n| c |\n", "p.md")
    assert [(g.place, g.title) for g in document.grids] == [("table 1", "T"), ("table 2", "")]


@pytest.mark.parametrize(
    "text", ["a|b", "`a`", "**x**", "\\", "&amp;", "<br>", "a\nb", "# a", "__y__"]
)
def test_escaped_text_comes_back(on: Any, text: str) -> None:
    read = on.read(f"| h |\n|---|\n| {escape_markdown(text)} |\n", "p.md")
    assert read.grids[0].at(1, 0).text == text

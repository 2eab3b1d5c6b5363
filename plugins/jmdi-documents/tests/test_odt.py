from __future__ import annotations

from typing import Any

import pytest

NAMES = ("office", "style", "text", "table", "meta")
SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in NAMES)
SPACES += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
SPACES += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
KIND = "application/vnd.oasis.opendocument.text"


def odt(on: Any, body: str, styles: str = "", page: str = "") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    pages = (
        f"<office:document-styles {SPACES}><office:master-styles>"
        f'<style:master-page style:name="Standard">{page}</style:master-page>'
        "</office:master-styles></office:document-styles>"
    )
    return on.zipped({"mimetype": KIND, "content.xml": content, "styles.xml": pages})


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def test_headings_words_and_margins(on: Any) -> None:
    page = f"<style:header>{p('Ministry')}</style:header><style:footer>{p('-')}</style:footer>"
    body = (
        p("Work plan", "P1")
        + '<text:h text:outline-level="2">Local<text:s text:c="2"/>level<text:tab/>x</text:h>'
        + p("Seen<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
            f"<text:note-body>{p('Below')}</text:note-body></text:note> too")
        + p("<draw:frame><draw:text-box>" + p("Boxed") + "</draw:text-box></draw:frame>")
    )  # fmt: skip
    title = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    document = on.read(odt(on, body, title, page), "plan.odt")
    assert document.format == "odt" and on.codes == []
    assert [(b.text, b.style, b.heading) for b in document.paragraphs] == [
        ("Ministry", "header", None),
        ("Work plan", "Title", 0),
        ("Local  level\tx", "", 2),
        ("Seen too", "Standard", None),
        ("Boxed", "Standard", None),
        ("Below", "footnote", None),
    ]


LISTS = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="–"/></text:list-style>"""


def test_lists_count_as_they_show(on: Any) -> None:
    def items(*inside: str) -> str:
        return "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)

    deep = f"<text:list>{items(p('dash'))}</text:list>"
    inner = f"<text:list>{items(p('a'), p('b') + deep)}</text:list>"
    body = f'<text:list text:style-name="L">{items(p("one") + p("more"), p("two") + inner)}'
    body += '</text:list><text:list text:style-name="L" text:continue-numbering="true">'
    body += f"{items(p('three'))}</text:list>"
    found = on.read(odt(on, body, LISTS), "plan.odt").paragraphs
    assert [(b.text, b.marker, b.level, b.label) for b in found] == [
        ("one", "number", 0, "1."),
        ("more", None, 0, ""),
        ("two", "number", 0, "2."),
        ("a", "number", 1, "2.1"),
        ("b", "number", 1, "2.2"),
        ("dash", "bullet", 2, "–"),
        ("three", "number", 0, "3."),
    ]


def test_tables_have_spans_fills_and_tables_inside(on: Any) -> None:
    style = (
        '<style:style style:name="C" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ffcc00"/></style:style>'
    )

    def cell(inside: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{inside}</table:table-cell>"

    inner = f"<table:table><table:table-row>{cell(p('in'))}</table:table-row></table:table>"
    covered = "<table:covered-table-cell/>"
    body = (
        p("Table 1")
        + "<table:table><table:table-column table:number-columns-repeated='3'/>"
        + "<table:table-header-rows><table:table-row>"
        + cell(p("Action"), "table:number-columns-spanned='2'")
        + covered
        + cell(p("When"), 'table:style-name="C"')
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell(p("Train") + p("teachers"), "table:number-rows-spanned='2'")
        + cell(inner)
        + cell(p("May"))
        + "</table:table-row><table:table-row>"
        + covered
        + cell(p("x"), "table:number-columns-repeated='2'")
        + "</table:table-row></table:table>"
    )
    (grid,) = on.read(odt(on, body, style), "plan.odt").grids
    assert (grid.rows, grid.columns, grid.header_rows, grid.title) == (3, 3, 1, "Table 1")
    shown = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]
    assert shown == [
        (0, 0, 1, 2, "Action"),
        (0, 2, 1, 1, "When"),
        (1, 0, 2, 1, "Train\nteachers"),
        (1, 1, 1, 1, ""),
        (1, 2, 1, 1, "May"),
        (2, 1, 1, 1, "x"),
        (2, 2, 1, 1, "x"),
    ]
    assert grid.at(0, 2).fill == "FFCC00"
    assert grid.at(1, 1).nested[0].cells[0].text == "in"


HIDDEN = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
    "<office:change-info/><text:p>gone</text:p></text:deletion></text:changed-region>"
    "</text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("body", "codes", "kept", "every"),
    [
        (p('a <text:span text:style-name="T1">b</text:span> c'), ["D134"], "a  c", "a b c"),
        (p('a <text:span text:style-name="T2">b</text:span> c'), ["D135"], "a  c", "a b c"),
        (f'<text:section text:display="none">{p("b")}</text:section>{p("a")}', ["D134"], "a", "b"),
        (CHANGES + p('a<text:change text:change-id="c"/> c'), ["D131"], "a c", "a c"),
    ],
)
def test_hidden_struck_out_and_deleted_words(
    on: Any, body: str, codes: list[str], kept: str, every: str
) -> None:
    data = odt(on, body, HIDDEN)
    assert on.read(data, "plan.odt").paragraphs[0].text == kept
    assert on.codes == codes and all(problem.value for problem in on.problems)
    assert on.read(data, "plan.odt", hidden=True).paragraphs[0].text == every


def test_what_is_refused(on: Any) -> None:
    assert on.refused(odt(on, "<text:section>" * 70 + "</text:section>" * 70), "a.odt") == "D108"
    wide = "<table:table><table:table-row><table:table-cell table:number-columns-repeated='999999'>"
    rows = f"{wide}<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    assert on.refused(odt(on, rows), "a.odt") == "D110"
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "mimetype": KIND}
    assert on.refused(on.zipped(locked | {"content.xml": "x"}), "a.odt") == "D102"
    entity = {"mimetype": KIND, "content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
    assert on.refused(on.zipped(entity), "a.odt") == "D107"


def test_a_cell_ends_with_the_last_row(on: Any) -> None:
    cell = '<table:table-cell table:number-rows-spanned="{}">{}</table:table-cell>'
    rows = (cell.format(60_000, p("a")), f"<table:covered-table-cell/>{cell.format(1, p('b'))}")
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    (grid,) = on.read(odt(on, f"<table:table>{body}</table:table>"), "a.odt").grids
    assert (grid.rows, [cell.row_span for cell in grid.cells]) == (2, [2, 1])
    assert on.codes == ["D121"]

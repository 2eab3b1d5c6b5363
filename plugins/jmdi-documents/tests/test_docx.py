from __future__ import annotations

import io
from typing import Any

import docx
import pytest


def p(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str, grid: int = 0) -> str:
    columns = "<w:gridCol/>" * grid
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{inner}</w:tbl>"


RUN = "<w:r><w:t>{}</w:t></w:r>"

WRAPPED = {
    "inserted": "<w:p><w:ins w:id='1'>" + RUN.format("inserted") + "</w:ins></w:p>",
    "moved": "<w:p><w:moveTo>" + RUN.format("moved") + "</w:moveTo></w:p>",
    "link": "<w:p><w:hyperlink r:id='x'>" + RUN.format("link") + "</w:hyperlink></w:p>",
    "simple field": "<w:p><w:fldSimple w:instr='PAGE'>"
    + RUN.format("simple field")
    + "</w:fldSimple></w:p>",
    "field": "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x"
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    + RUN.format("field")
    + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
    "smart": "<w:p><w:smartTag w:element='x'>" + RUN.format("smart") + "</w:smartTag></w:p>",
    "custom run": "<w:p><w:customXml>" + RUN.format("custom run") + "</w:customXml></w:p>",
    "custom block": "<w:customXml w:element='x'><w:customXmlPr/><w:p>"
    + RUN.format("custom block")
    + "</w:p></w:customXml>",
    "control run": "<w:p><w:sdt><w:sdtPr/><w:sdtContent>"
    + RUN.format("control run")
    + "</w:sdtContent></w:sdt></w:p>",
    "control block": "<w:sdt><w:sdtContent><w:p>"
    + RUN.format("control block")
    + "</w:p></w:sdtContent></w:sdt>",
    "shown": "<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r></w:p>",
    "tab\tbreak\nhyphen-": "<w:p><w:r><w:t>tab</w:t><w:tab/><w:t>break</w:t><w:br/>"
    "<w:t>hyphen</w:t><w:noBreakHyphen/></w:r></w:p>",
    "✓": "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>",
    "✗": "<w:p><w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>û</w:t></w:r></w:p>",
    "base (above)": "<w:p><w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r>"
    "<w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
    "½": "<w:p><m:oMath><m:r><m:t>½</m:t></m:r></m:oMath></w:p>",
    "art": "<w:p><w:r><w:pict><v:shape><v:textpath string='art'/></v:shape></w:pict></w:r></w:p>",
    "☒": "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:checked/>"
    "</w:checkBox></w:ffData></w:fldChar></w:r></w:p>",
    "chosen": "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
    "<w:listEntry w:val='no'/><w:listEntry w:val='chosen'/></w:ddList></w:ffData></w:fldChar></w:r>"
    "</w:p>",
}


def test_every_wrapper_is_looked_into(on: Any) -> None:
    for words, xml in WRAPPED.items():
        in_body = on.body(xml)
        assert [*in_body.texts()] == [(words, "paragraph 1")], words
        cell = f"<w:tc>{xml}</w:tc>"
        for row in (
            cell,
            f"<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>",
            f"<w:customXml>{cell}</w:customXml>",
        ):
            in_cell = on.body(table(row))
            assert [*in_cell.texts()] == [(words, "table 1, row 1, cell 1")], words
        assert on.codes == []


def test_rows_and_tables_in_controls(on: Any) -> None:
    inner = (
        table(tc("a"))
        .replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
        .replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    )
    wrapped = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert on.body(wrapped).grids[0].at(0, 0).text == "a"


def test_struck_out_words_are_kept_apart_and_reported(on: Any) -> None:
    body = (
        "<w:p>" + RUN.format("stays ") + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:moveFrom>" + RUN.format(" moved") + "</w:moveFrom></w:p>"
    )
    (paragraph,) = on.body(body).paragraphs
    assert (paragraph.text, paragraph.deleted) == ("stays ", "gone moved")
    assert on.codes == ["D131"]
    assert on.problems[0].value == "gone moved"


def test_deleted_row_has_no_text(on: Any) -> None:
    row = "<w:trPr><w:del w:id='1'/></w:trPr>" + tc("gone")
    cell = on.body(table(row)).grids[0].at(0, 0)
    assert cell.text == "" and cell.paragraphs[0].deleted == "gone"
    assert on.codes == ["D131"]


def test_prompts_of_empty_fields_are_no_text(on: Any) -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inline = "<w:p>" + control.format(RUN.format("Click here")) + "</w:p>"
    assert [*on.body(inline + control.format(p("Choose"))).texts()] == []
    assert on.codes == ["D132", "D132"]


BOX = "<w:txbxContent><w:p>" + RUN.format("boxed") + "</w:p></w:txbxContent>"


def test_text_boxes_are_read_once(on: Any) -> None:
    drawing = f"<w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice>"
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    )
    only_old = (
        "<mc:AlternateContent><mc:Choice Requires='wps'/>"
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
    )
    for shape in (drawing, picture, both, only_old):
        run = f"<w:p>{RUN.format('around')}<w:r>{shape}</w:r></w:p>"
        expected = [("around", "paragraph 1"), ("boxed", "paragraph 1, text box 1, paragraph 1")]
        assert [*on.body(run).texts()] == expected
        cell = on.body(table(f"<w:tc>{run}</w:tc>")).grids[0].at(0, 0)
        assert cell.text == "around\nboxed"


def test_a_table_in_a_text_box_is_nested(on: Any) -> None:
    box = f"<w:txbxContent>{table(tc('deep'))}<w:p/></w:txbxContent>"
    run = f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>"
    cell = on.body(table(f"<w:tc>{run}</w:tc>")).grids[0].at(0, 0)
    assert cell.nested[0].at(0, 0).text == "deep"


def test_spans_and_merges(on: Any) -> None:
    rows = (
        tc("a", "<w:gridSpan w:val='2'/>") + tc("b", "<w:vMerge w:val='restart'/>"),
        tc("c") + tc("d") + tc("", "<w:vMerge/>"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc("e") + tc("f"),
    )
    grid = on.body(p("Local level") + table(*rows, grid=3)).grids[0]
    assert (grid.rows, grid.columns, grid.title) == (3, 3, "Local level")
    spans = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]
    assert spans == [
        ("a", 0, 0, 1, 2),
        ("b", 0, 2, 2, 1),
        ("c", 1, 0, 1, 1),
        ("d", 1, 1, 1, 1),
        ("e", 2, 1, 1, 1),
        ("f", 2, 2, 1, 1),
    ]
    assert grid.at(2, 0) is None and grid.at(1, 2).text == "b"
    assert on.codes == []


def test_old_horizontal_merge(on: Any) -> None:
    row = tc("a", "<w:hMerge w:val='restart'/>") + tc("", "<w:hMerge/>") + tc("b")
    cells = on.body(table(row)).grids[0].cells
    assert [(c.text, c.column, c.column_span) for c in cells] == [("a", 0, 2), ("b", 2, 1)]


def test_words_under_a_merge_are_found(on: Any) -> None:
    rows = (tc("top", "<w:vMerge w:val='restart'/>"), tc("below", "<w:vMerge/>"))
    assert on.body(table(*rows)).grids[0].cells[0].text == "top\nbelow"
    assert on.codes == ["D124"]


def test_impossible_spans_are_reported(on: Any) -> None:
    rows = (
        tc("a", "<w:gridSpan w:val='1000000000'/>") + tc("b"),
        tc("c", "<w:vMerge/>"),
        "<w:trPr><w:gridBefore w:val='999999999'/></w:trPr>" + tc("d"),
    )
    grid = on.body(table(*rows, grid=2)).grids[0]
    assert {text for text, _ in grid.texts()} == {"a", "b", "c", "d"}
    assert grid.columns < 10
    assert on.codes == ["D121", "D122", "D121"]


@pytest.mark.parametrize(
    ("shading", "fill"),
    [
        ("w:fill='bfbfbf'", "BFBFBF"),
        ("w:fill='auto'", None),
        ("w:fill='FFFFFF'", "FFFFFF"),
        ("w:val='solid' w:color='A6A6A6' w:fill='auto'", "A6A6A6"),
        ("w:val='pct25' w:color='auto' w:fill='FFFFFF'", "BFBFBF"),
        ("w:val='nil'", None),
        ("w:fill='nonsense'", None),
    ],
)
def test_fills(on: Any, shading: str, fill: str | None) -> None:
    assert on.body(table(tc("", f"<w:shd {shading}/>"))).grids[0].cells[0].fill == fill


NUMBERING = """<w:ROOT>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
  <w:lvlText w:val="%1%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/>
  <w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
</w:ROOT>"""


def test_automatic_lists(files: Any) -> None:
    on = files()
    item = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr></w:pPr>"
    body = "".join(
        p(t, item.format(level, num))
        for t, level, num in [
            ("a", 0, 5),
            ("b", 1, 5),
            ("c", 1, 5),
            ("d", 0, 5),
            ("e", 0, 6),
            ("f", 0, 0),
        ]
    )
    data = on.docx_file(body, {"numbering.xml": ("numbering", NUMBERING)})
    found = [(x.text, x.marker, x.level, x.label) for x in on.read(data, "a.docx").paragraphs]
    assert found == [
        ("a", "number", 0, "3."),
        ("b", "number", 1, "3a)"),
        ("c", "number", 1, "3b)"),
        ("d", "number", 0, "4."),
        ("e", "bullet", 0, "•"),
        ("f", None, 0, ""),
    ]


def test_a_bullet_that_word_draws_stands_in_the_text_of_its_cell(on: Any) -> None:
    item = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='6'/></w:numPr></w:pPr>"
    lines = (
        p("Offer:")
        + p("advice", item.format(0))
        + p("", item.format(0))
        + p("a fund", item.format(1))
    )
    body = table(f"<w:tc>{lines}</w:tc>")
    data = on.docx_file(body, {"numbering.xml": ("numbering", NUMBERING)})
    (cell,) = on.read(data, "a.docx").grids[0].cells
    assert cell.text == "Offer:\n• advice\n\n  • a fund"


def test_a_footer_of_page_numbers_is_no_text(on: Any) -> None:
    page = "<w:p><w:fldSimple w:instr='PAGE'/><w:r><w:t> / </w:t></w:r></w:p>"
    footer = {"footer1.xml": ("footer", f"<w:ROOT>{page}</w:ROOT>")}
    assert [x.text for x in on.read(on.docx_file(p("a"), footer), "a.docx").paragraphs] == ["a"]


def test_typed_lists_in_one_paragraph(on: Any) -> None:
    cell = on.body(table("<w:tc><w:p><w:r><w:t>- a</w:t><w:br/><w:t>- b</w:t></w:r></w:p></w:tc>"))
    found = cell.grids[0].cells[0]
    assert found.text == "- a\n- b"
    assert [(x.marker, x.label, x.text) for x in found.paragraphs] == [
        ("bullet", "-", "a"),
        ("bullet", "-", "b"),
    ]


def test_other_parts(on: Any) -> None:
    parts = {
        "header1.xml": ("header", "<w:ROOT>" + p("Country: A") + "</w:ROOT>"),
        "header2.xml": ("header", "<w:ROOT>" + p("Country: A") + "</w:ROOT>"),
        "footer1.xml": ("footer", "<w:ROOT>" + table(tc("page")) + "</w:ROOT>"),
        "footnotes.xml": (
            "footnotes",
            "<w:ROOT><w:footnote w:type='separator'>"
            + p("-----")
            + "</w:footnote><w:footnote w:id='2'>"
            + p("in kind")
            + "</w:footnote></w:ROOT>",
        ),
        "comments.xml": ("comments", "<w:ROOT><w:comment>" + p("why?") + "</w:comment></w:ROOT>"),
    }
    document = on.read(on.docx_file(p("body"), parts), "plan.docx")
    assert [*document.texts()] == [
        ("Country: A", "header 1, paragraph 1"),
        ("body", "paragraph 1"),
        ("page", "footer 1, table 1, row 1, cell 1"),
        ("in kind", "footnote 1, paragraph 1"),
        ("why?", "comment 1, paragraph 1"),
    ]
    assert [x.style for x in document.paragraphs] == ["header", "", "footnote", "comment"]


def test_a_file_of_python_docx(on: Any) -> None:
    made = docx.Document()
    made.add_heading("Policy work plan", 0)
    made.add_heading("Local level", 2)
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(1, 1)).text = "merged"
    grid.cell(0, 2).text = "x"
    grid.cell(1, 2).add_table(1, 1).cell(0, 0).text = "nested"
    out = io.BytesIO()
    made.save(out)
    document = on.read(out.getvalue(), "noname", limits=None)
    assert document.format == "docx"
    assert [(x.text, x.heading, x.label) for x in document.paragraphs] == [
        ("Policy work plan", 0, ""),
        ("Local level", 2, ""),
        ("first", None, "1."),
        ("second", None, "2."),
    ]
    read = document.grids[0]
    assert (read.at(1, 1).text, read.at(1, 1).row_span) == ("merged", 2)
    assert (
        read.at(1, 2).nested[0].at(0, 0).place == "table 1, row 2, cell 2, table 1, row 1, cell 1"
    )
    assert on.problems == []


def test_strict_namespace(on: Any) -> None:
    data = on.docx_file(table(tc("strict")))
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = on.zipped({name: xml.replace(old, new) for name, xml in members.items()})
    assert on.read(strict, "plan.docx").grids[0].at(0, 0).text == "strict"


def test_repeated_header_stays_two_tables(on: Any) -> None:
    header = "<w:trPr><w:tblHeader/></w:trPr>" + tc("Action")
    document = on.body(table(header, tc("a")) + p("") + table(header, tc("b")))
    assert [grid.header_rows for grid in document.grids] == [1, 1]
    assert [grid.place for grid in document.grids] == ["table 1", "table 2"]


STYLES = """<w:ROOT>
<w:style w:styleId='Out'><w:name w:val='Out'/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId='Cut'><w:name w:val='Cut'/><w:basedOn w:val='Out'/>
<w:rPr><w:vanish w:val='false'/><w:dstrike/></w:rPr></w:style></w:ROOT>"""


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ("<w:vanish/>", "D134"),
        ("<w:strike/>", "D135"),
        ("<w:dstrike w:val='1'/>", "D135"),
        ("<w:rStyle w:val='Out'/>", "D134"),
        ("<w:rStyle w:val='Cut'/>", "D135"),
        ("<w:rStyle w:val='Cut'/><w:dstrike w:val='0'/>", ""),
        ("<w:strike w:val='0'/>", ""),
        ("<w:webHidden/>", ""),
    ],
)
def test_hidden_and_struck_out_words(on: Any, properties: str, code: str) -> None:
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>old</w:t></w:r>"
    body = f"<w:p>{run}{RUN.format(' new')}</w:p>"
    data = on.docx_file(body, {"styles.xml": ("styles", STYLES)})
    assert on.read(data, "plan.docx").blocks[0].text == (" new" if code else "old new")
    assert [p.code[5:] for p in on.problems if p.value == "old"] == [code] * bool(code)
    assert all(p.where.cell == "paragraph 1" for p in on.problems)
    assert on.read(data, "plan.docx", hidden=True).blocks[0].text == "old new"
    assert on.codes == []


def test_a_text_box_in_a_hidden_run_is_reported(on: Any) -> None:
    box = f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
    body = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr>{box}</w:r>{RUN.format('seen')}</w:p>"
    (paragraph,) = on.body(body).blocks
    assert paragraph.text == "seen"
    assert [problem.value for problem in on.problems] == ["boxed"]
    assert [block.text for block in on.body(body, hidden=True).blocks] == ["seen", "boxed"]


def test_a_hidden_row_of_a_table(on: Any) -> None:
    def row(words: str, more: str = "") -> str:
        return f"<w:tr>{more}<w:tc><w:p>{RUN.format(words)}</w:p></w:tc></w:tr>"

    hidden = "<w:trPr><w:hidden/></w:trPr>"
    body = f"<w:tbl>{row('a')}{row('b', hidden)}{row('c')}</w:tbl>"
    grid = on.body(body).grids[0]
    assert [(cell.text, cell.row) for cell in grid.cells] == [("a", 0), ("c", 2)]
    assert "row 2 is hidden" in on.problems[0].message
    assert len(on.body(body, hidden=True).grids[0].cells) == 3

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.workbook.defined_name import DefinedName

from jmdi_documents.content.colours import INDEXED, tinted
from jmdi_documents.office.numbers import NotADate, NumberFormat


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("1500", "General", "1500"),
        ("0.1", "General", "0.1"),
        ("1234.5599999999999", "0", "1234.56"),
        ("1E+20", "General", "100000000000000000000"),
        ("-0", "General", "0"),
        ("1E-7", "0.00E+00", "0.0000001"),
        ("0.255", "0%", "25.5%"),
        ("1500", '"$"#,##0.00', "$1500"),
        ("1500", "#,##0.00 [$€-407]", "1500 €"),
        ("1500", "[$DT-401] #,##0.000", "DT 1500"),
        ("1500", '#,##0 "FCFA"', "1500 FCFA"),
        ("-3", '_-"€"* #,##0.00_-;-"€"* #,##0.00_-', "€-3"),
        ("40", '0 "participants"', "40 participants"),
        ("42296", "yyyy-mm-dd", "2015-10-19"),
        ("42296", "d-mmm-yy", "2015-10-19"),
        ("42278", "mmm-yy", "2015-10"),
        ("42296", "mmm-yy", "2015-10-19"),
        ("42005", "yyyy", "2015"),
        ("42278", "[$-409]mmmm d, yyyy;@", "2015-10-01"),
        ("42296.5", "dd/mm/yyyy hh:mm", "2015-10-19T12:00:00"),
        ("0.75", "h:mm AM/PM", "18:00:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("nan", "0", "nan"),
        ("x", "0", "x"),
        ("7", "@", "7"),
    ],
)
def test_numbers(raw: str, code: str, text: str) -> None:
    assert NumberFormat.parse(code).text(raw) == text


def test_days_from_1904_and_days_that_are_none() -> None:
    form = NumberFormat.parse("yyyy-mm-dd")
    assert form.text("40834", from_1904=True) == "2015-10-19"
    for serial in ("60", "-1", "99999999"):
        with pytest.raises(NotADate):
            form.text(serial)


def test_colours_agree_with_openpyxl() -> None:
    assert tuple(colour[2:] for colour in COLOR_INDEX[:64]) == INDEXED
    assert tinted("4472C4", 0.0) == "4472C4"
    assert tinted("000000", 0.5) == "808080"
    assert tinted("FFFFFF", -0.25) == "BFBFBF"


def test_a_file_of_openpyxl(on: Any) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Local level"
    sheet["A1"] = "Plan"
    sheet.merge_cells("A1:C2")
    sheet["B3"] = dt.date(2015, 10, 19)
    sheet["B4"] = True
    sheet["B5"] = "- one\n- two"
    sheet["B6"] = "=SUM(A1:A2)"
    sheet["D1"].fill = PatternFill("solid", fgColor="BFBFBF")
    sheet["D2"].fill = PatternFill("solid", fgColor=Color(indexed=10))
    sheet["D3"].fill = PatternFill("solid", fgColor=Color(theme=0, tint=-0.25))
    sheet["D4"].fill = PatternFill("lightGray")
    sheet["D5"].comment = Comment("who pays?", "A")
    sheet.oddHeader.left.text = "Ministry A"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    document = on.read(saved(book), "plan.xlsx", hidden=True)
    grid, old = document.grids
    assert (grid.title, grid.kind, grid.hidden, old.hidden) == ("Local level", "sheet", False, True)
    assert (grid.hidden_rows, grid.hidden_columns) == ((3,), (2,))
    assert (grid.at(1, 2).text, grid.at(1, 2).place) == ("Plan", "[Local level]!A1")
    assert [grid.at(row, 1).text for row in (2, 3)] == ["2015-10-19", "TRUE"]
    assert [x.text for x in grid.at(4, 1).paragraphs] == ["one", "two"]
    assert (grid.at(5, 1).text, grid.at(5, 1).formula) == ("", "=SUM(A1:A2)")
    assert [grid.at(row, 3).fill for row in range(4)] == ["BFBFBF", "FF0000", "BFBFBF", "BFBFBF"]
    assert [(x.text, x.style, x.place) for x in document.paragraphs] == [
        ("who pays?", "comment", "[Local level]!D5, comment"),
        ("Ministry A", "header", "[Local level] header"),
    ]
    assert on.codes == ["D141"]
    where = on.problems[0].where
    assert where.cell == "[Local level]!B6"
    assert (where.sheet, where.row, where.column) == ("Local level", 6, 2)


def cell(at: str, inside: str, attributes: str = "") -> str:
    return f'<c r="{at}" {attributes}>{inside}</c>'


def sheet(*cells: str, after: str = "") -> str:
    return f"<sheetData><row>{''.join(cells)}</row></sheetData>{after}"


def test_raw_cells(on: Any) -> None:
    rich = "<is><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></is>"
    data = on.xlsx_file(
        sheet(
            cell("A1", rich, 't="inlineStr"'),
            cell("B1", "<f>1/0</f><v>#DIV/0!</v>", 't="e"'),
            cell("C1", '<f t="shared" si="0" ref="C1:D1">A1*2</f><v>4</v>'),
            cell("D1", '<f t="shared" si="0"/><v>6</v>'),
            cell("E1", "<v>2015-10-19</v>", 't="d"'),
            cell("F1", '<f>""</f><v></v>', 't="str"'),
            cell("G1", "<v>99</v>", 't="s"'),
            "<c><v>12</v></c>",
        )
    )
    grid = on.read(data, "p.xlsx").grids[0]
    assert [(c.text, c.formula) for c in grid.cells] == [
        ("rich text", None),
        ("#DIV/0!", "=1/0"),
        ("4", "=A1*2"),
        ("6", "=A1*2 as in C1"),
        ("2015-10-19", None),
        ("", '=""'),
        ("12", None),
    ]
    assert grid.at(0, 7).text == "12"
    assert on.codes == ["D142", "D111"]


def test_shared_strings_and_escapes(on: Any) -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>a_x000D_\nb _x005F_x0041_</t></si></sst>"
    )
    data = on.xlsx_file(sheet(cell("A1", "<v>0</v>", 't="s"')), {"xl/sharedStrings.xml": strings})
    assert on.read(data, "p.xlsx").grids[0].at(0, 0).text == "a\nb _x0041_"


def test_overlapping_and_giant_merges(on: Any) -> None:
    merges = "".join(
        f'<mergeCell ref="{ref}"/>'
        for ref in ("A1:B2", "B2:C3", "D1:XFD1048576", "E9:A1", "nonsense")
    )
    cells = [cell(at, "<is><t>x</t></is>", 't="inlineStr"') for at in ("A1", "B2", "E3")]
    data = on.xlsx_file(sheet(*cells, after=f"<mergeCells>{merges}</mergeCells>"))
    grid = on.read(data, "p.xlsx").grids[0]
    assert grid.at(1, 1).text == "x\nx" and grid.at(2, 2) is None
    assert (grid.at(2, 4).row, grid.at(2, 4).column, grid.at(2, 4).text) == (0, 3, "x")
    assert sorted(on.codes) == ["D121", "D121", "D121", "D123", "D124", "D124"]


def test_far_cells_cost_nothing(on: Any) -> None:
    data = on.xlsx_file(
        '<dimension ref="A1:XFD1048576"/>'
        + sheet(
            cell("A1", "<v>1</v>"), cell("XFD1048576", "<v>2</v>"), cell("A9999999", "<v>3</v>")
        )
    )
    grid = on.read(data, "p.xlsx").grids[0]
    assert (grid.rows, grid.columns) == (1_048_576, 16_384)
    assert sorted(c.text for c in grid.cells) == ["1", "2", "3"]
    assert on.codes == ["D121"]


def test_two_cells_at_one_place_keep_their_words(on: Any) -> None:
    data = on.xlsx_file(sheet(cell("A1", "<v>1</v>"), cell("A1", "<v>2</v>")))
    assert on.read(data, "p.xlsx").grids[0].at(0, 0).text == "1\n2"
    assert on.codes == ["D123"]


def test_drawings_threads_and_rules(on: Any) -> None:
    rule = '<conditionalFormatting sqref="A1"><cfRule dxfId="0"/></conditionalFormatting>'
    drawing = (
        "<xdr:wsDr xmlns:xdr='x' xmlns:a='y'><xdr:sp><xdr:txBody><a:p><a:r><a:t>drawn</a:t>"
        "</a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    comment = "<threadedComment ref='A1'><text>yes</text></threadedComment>"
    thread = f"<ThreadedComments>{comment}</ThreadedComments>"
    copy = "<comment ref='A1'><text><t>copy</t></text></comment>"
    note = f"<comments><commentList>{copy}</commentList></comments>"
    data = on.xlsx_file(
        sheet(cell("A1", "<v>1</v>"), after=rule),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": on.relations(
                {
                    "../drawings/d.xml": "drawing",
                    "../t.xml": "threadedComment",
                    "../c.xml": "comments",
                }
            ),
            "xl/drawings/d.xml": drawing,
            "xl/t.xml": thread,
            "xl/c.xml": note,
        },
    )
    document = on.read(data, "p.xlsx")
    assert [x.text for x in document.paragraphs] == ["yes", "drawn"]
    assert on.codes == ["D144"]


def test_missing_sheet_is_reported(on: Any) -> None:
    data = on.xlsx_file("")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = {n: archive.read(n) for n in archive.namelist() if "sheet1" not in n}
    assert on.read(on.zipped(kept), "p.xlsx").blocks == ()
    assert on.codes == ["D111"]


def test_number_that_is_no_date(on: Any) -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    data = on.xlsx_file(sheet(cell("A1", "<v>-5</v>", 's="0"')), {"xl/styles.xml": styles})
    assert on.read(data, "p.xlsx").grids[0].at(0, 0).text == "-5"
    assert on.codes == ["D143"]


def test_a_sheet_that_was_made_from_the_others_is_not_read(on: Any) -> None:
    book = openpyxl.Workbook()
    for name in ("Plan", "Summary"):
        made = book.create_sheet(name)
        made["A1"] = name
    made.defined_names["jmdi_made"] = DefinedName("jmdi_made", attr_text="Summary!$A$1")
    assert [grid.title for grid in on.read(saved(book), "p.xlsx").grids] == ["Sheet", "Plan"]
    assert on.codes == ["D145"]


def test_page_numbers_of_a_sheet_are_no_text(on: Any) -> None:
    footer = "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
    assert not on.read(on.xlsx_file(sheet("") + footer), "p.xlsx").paragraphs


def test_real_workbook(on: Any) -> None:
    from pathlib import Path

    python_calamine = pytest.importorskip("python_calamine")

    folder = Path(__file__).parents[5] / "shared" / "data" / "hxl"
    path = folder / "3w_car_mar2022.xlsx"
    if not path.is_file():
        pytest.skip("the real data is not here")
    grids = {grid.title: grid for grid in on.read(path.read_bytes(), path.name).grids}
    oracle = python_calamine.load_workbook(str(path))
    assert list(grids) == oracle.sheet_names
    for name in oracle.sheet_names:
        rows = oracle.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for r, row in enumerate(rows[:200]):
            for c, value in enumerate(row):
                if isinstance(value, str) and value.strip():
                    found = grids[name].at(r, c)
                    assert found is not None
                    assert found.text.strip() == value.replace("\r\n", "\n").strip()

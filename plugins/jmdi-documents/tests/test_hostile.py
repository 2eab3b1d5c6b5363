"""Files made to harm: each is refused, or read, with a problem, in little time and memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib
from typing import Any

import pytest

from jmdi.errors import FormatError
from jmdi.plugins.context import Limits

CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
MAIN = "word/document.xml"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def plan(on: Any) -> dict[str, bytes]:
    return members(on.docx_file(f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>"))


@pytest.mark.parametrize(
    "name", ["a.docx", "a.xlsx", "a.ods", "a.odt", "a.xls", "a.csv", "a.md", "a.html", "a"]
)
def test_empty_files(on: Any, name: str) -> None:
    for data in (b"", b" \r\n\t"):
        assert on.read(data, name).blocks == ()
        assert on.codes == ["D101"]
    assert on.read(b"", name, format="docx").blocks == ()


@pytest.mark.parametrize(
    "data",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.7\n", b"{\\rtf1", b"\x1f\x8b\x08"],
)
def test_formats_that_are_not_read(on: Any, data: bytes) -> None:
    assert on.refused(data, "plan.doc") == "D102"


def test_other_archives(on: Any) -> None:
    assert on.refused(on.zipped({"a.txt": "x"}), "plan.docx") == "D102"
    binary = {
        "_rels/.rels": on.relations({"xl/workbook.bin": "officeDocument"}),
        "xl/workbook.bin": "",
    }
    assert on.refused(on.zipped(binary), "plan.xlsx") == "D102"
    assert on.refused(on.zipped({"a.txt": "x"}), "plan.docx", format="docx") == "D111"
    assert on.refused("x", "plan.docx", format="rtf") == "D112"
    assert on.refused("x", "plan.docx", format="docx") == "D103"


def test_truncated_archives(on: Any, plan: dict[str, bytes]) -> None:
    whole = on.zipped(plan)
    for size in range(2, len(whole), 37):
        assert on.refused(whole[:size], "plan.docx") in ("D102", "D103")


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "..\\evil", "C:\\evil", "a/../../b"])
def test_names_that_lead_out(on: Any, plan: dict[str, bytes], name: str) -> None:
    assert on.refused(on.zipped({**plan, name: b"x"}), "plan.docx") == "D104"


def test_duplicate_and_encrypted_members(on: Any, plan: dict[str, bytes]) -> None:
    assert on.refused(on.zipped({**plan, MAIN.upper(): b"<x/>"}), "plan.docx") == "D104"
    data = bytearray(on.zipped(plan))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert on.refused(bytes(data), "plan.docx") == "D104"


def test_unusual_compression(on: Any, plan: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in plan.items():
            archive.writestr(name, data)
    assert on.refused(out.getvalue(), "plan.docx") == "D104"


def test_too_many_members(on: Any, plan: dict[str, bytes]) -> None:
    many = {**plan, **{f"x{n}": b"" for n in range(50)}}
    assert on.refused(on.zipped(many), "plan.docx", limits=Limits(members=20)) == "D104"


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.ods"])
def test_members_that_overlap(on: Any, plan: dict[str, bytes], name: str) -> None:
    """Each member of the directory is the first one: few bytes would unpack to many."""
    data = bytearray(on.zipped({**plan, "xl/a.xml": b"x" * 90, "content.xml": b"y" * 90}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 42 : at + 46] = bytes(4)
    assert on.refused(bytes(data), name) == "D104"


def test_zip_bombs(on: Any, plan: dict[str, bytes]) -> None:
    text = b"<w:p/>" * 2_000_000
    bomb = plan[MAIN].replace(b"<w:tbl>", text + b"<w:tbl>")
    data = on.zipped({**plan, MAIN: bomb})
    assert len(data) < 100_000
    tracemalloc.start()
    assert on.refused(data, "plan.docx") == "D105"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert on.refused(data, "plan.docx", limits=Limits(size=1_000_000)) == "D105"


def test_declared_sizes_are_not_believed(on: Any, plan: dict[str, bytes]) -> None:
    """The headers say that a member of 40 MB has 100 bytes."""
    data = bytearray(on.zipped({**plan, MAIN: b" " * 40_000_000}))
    real = (40_000_000).to_bytes(4, "little")
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert on.refused(bytes(data), "plan.docx") in ("D103", "D105")


def test_members_that_share_their_bytes(on: Any, plan: dict[str, bytes]) -> None:
    """The sum over all members is bounded too."""
    sheets = {f"xl/worksheets/sheet{n}.xml": zlib.compress(bytes(100)) for n in range(3)}
    noise = b"<x>" + bytes(range(48, 91)) * 20_000 + b"</x>"
    with pytest.raises(FormatError) as caught:
        files = {**plan, "word/styles.xml": noise, **sheets}
        files["word/_rels/document.xml.rels"] = on.relations({"styles.xml": "styles"}).encode()
        on.read(on.zipped(files), "plan.docx", limits=Limits(size=800_000))
    assert caught.value.problems[0].code == "test:D105"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">'


@pytest.mark.parametrize("trick", [LAUGHS, OUTSIDE, REMOTE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_document_types_in_any_part(
    on: Any, plan: dict[str, bytes], trick: str, encoding: str
) -> None:
    sheet = members(on.xlsx_file("<sheetData/>"))
    ods = members(on.ods_file("<table:table/>"))
    for parts, name in (
        (plan, MAIN),
        (plan, "_rels/.rels"),
        (sheet, "xl/worksheets/sheet1.xml"),
        (sheet, "xl/workbook.xml"),
        (ods, "content.xml"),
    ):
        hostile = (trick + parts[name].decode().replace(">x<", ">&a;<")).encode(encoding)
        assert on.refused(on.zipped({**parts, name: hostile}), "plan") == "D107"


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0" encoding="utf-7"?>+ADw-x/+AD4-',
        "<x/>".encode("utf-32"),
        b'<?xml version="1.0" encoding="IBM037"?><x/>',
        b"\x4c\xa7\x61\x6e",
    ],
)
def test_unusual_encodings_of_xml(on: Any, plan: dict[str, bytes], xml: bytes) -> None:
    assert on.refused(on.zipped({**plan, MAIN: xml}), "plan.docx") == "D107"


@pytest.mark.parametrize(
    "xml", [b"<x>", b"<x>&#xD800;</x>", b"<x>\xff</x>", b"<x>\0</x>", b"<x>&y;</x>"]
)
def test_damaged_xml(on: Any, plan: dict[str, bytes], xml: bytes) -> None:
    assert on.refused(on.zipped({**plan, MAIN: xml}), "plan.docx") == "D106"


def test_missing_body(on: Any, plan: dict[str, bytes]) -> None:
    assert on.refused(on.zipped({**plan, MAIN: b"<x/>"}), "plan.docx") == "D111"


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


def test_deep_nesting(on: Any) -> None:
    assert len(on.body(nested_tables(60)).grids) == 1
    assert on.refused(on.docx_file(nested_tables(70)), "p.docx") == "D108"
    assert on.refused(on.docx_file(nested_tables(500)), "p.docx") == "D106"
    controls = "<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100
    assert on.refused(on.docx_file(controls), "p.docx") == "D108"
    runs = "<w:p>" + "<w:ins>" * 100 + "</w:ins>" * 100 + "</w:p>"
    assert on.refused(on.docx_file(runs), "p.docx") == "D108"
    page = "<div>" * 100 + "x" + "</div>" * 100
    assert on.refused(page, "p.html") == "D108"
    assert on.refused("<b>" * 300 + "x", "p.html") == "D108"
    assert on.refused("<p>" + "x" * 11_000_000, "p.html") == "D105"
    tables = "<table><tr><td>" * 200 + "x"
    assert on.refused(tables, "p.html") == "D108"


def test_spans_that_multiply(on: Any) -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65534>x" * 20
    assert on.refused(f"<table>{row * 50}</table>", "p.html") == "D110"
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr><w:p/></w:tc>"
    body = f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 300}</w:tbl>"
    assert on.refused(on.docx_file(body), "p.docx") == "D110"
    merges = "".join(f'<mergeCell ref="A{n}:CV{n + 999}"/>' for n in range(1, 9000, 1000))
    assert on.refused(on.xlsx_file(f"<mergeCells>{merges}</mergeCells>"), "p.xlsx") == "D110"


def test_enormous_tables(on: Any) -> None:
    assert on.refused("a,b\n" * 200_000, "p.csv") == "D110"
    assert on.refused(b"a" * 40_000_000, "p.csv") == "D105"
    assert on.refused("a,b,c\n" * 100, "p.csv", limits=Limits(cells=200)) == "D110"
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400))
    sheet = on.xlsx_file(f"<sheetData>{rows}</sheetData>")
    assert on.refused(sheet, "p.xlsx", limits=Limits(cells=300)) == "D110"


def test_long_single_cells_take_linear_time(on: Any) -> None:
    for text in (
        '"' * 300_001,
        '"a' * 150_000,
        "`" * 300_000,
        "``x`" * 100_000,
        "|" * 200_000,
        "| " + "\\" * 300_001 + " |\n|---|\n",
        "&" * 300_000,
        "<br" + " " * 300_000,
        " " * 300_000 + "- x",
        "<table" * 50_000,
        "(" * 300_000,
    ):
        for name in ("p.csv", "p.md", "p.html"):
            try:
                on.read(text, name)
            except FormatError as error:
                assert error.problems[0].code in {f"test:D{n}" for n in (105, 108, 110)}


def test_problems_are_bounded(on: Any) -> None:
    on.read("a,b,c\na,b,c\n1,2,3,4\n" * 400, "p.csv", delimiter=",")
    ragged = [p for p in on.problems if p.code == "test:D151"]
    assert len(ragged) <= 101
    assert "more of the same" in ragged[-1].message


def test_formulas_are_never_run_or_lost(on: Any) -> None:
    cell = '<c r="A1"><f>WEBSERVICE("http://localhost:9")</f></c>'
    grid = on.read(on.xlsx_file(f"<sheetData><row>{cell}</row></sheetData>"), "p.xlsx").grids[0]
    assert grid.at(0, 0).formula == '=WEBSERVICE("http://localhost:9")'
    assert grid.at(0, 0).text == ""
    assert on.codes == ["D141"]


def test_loops_of_styles_end(on: Any) -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("a", "b"), ("b", "a"))
    )
    body = "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    data = on.docx_file(body, {"styles.xml": ("styles", f"<w:ROOT>{styles}</w:ROOT>")})
    assert on.read(data, "p.docx").paragraphs[0].style == "a"


@pytest.mark.parametrize(
    ("name", "limits", "most"),
    [
        (name, limits, most)
        for name in ("p.csv", "p.md", "p.html", "p.docx", "p.xlsx", "p.ods")
        for limits, most in ((Limits(rows=2), "limits.rows is 2"), (Limits(columns=1), "columns"))
    ],
)
def test_rows_and_columns_are_bounded(on: Any, name: str, limits: Limits, most: str) -> None:
    cell = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in (1, 2, 3))
    odf = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    files: dict[str, Any] = {
        "p.csv": "a,b\n" * 3,
        "p.md": "|a|b|\n|-|-|\n|c|d|\n|e|f|\n",
        "p.html": f"<table>{'<tr><td>a<td>b' * 3}</table>",
        "p.docx": on.docx_file(f"<w:tbl>{f'<w:tr>{cell * 2}</w:tr>' * 3}</w:tbl>"),
        "p.xlsx": on.xlsx_file(f"<sheetData>{rows}</sheetData>"),
        "p.ods": on.ods_file(
            f"<table:table>{f'<table:table-row>{odf * 2}</table:table-row>' * 3}</table:table>"
        ),
    }
    assert on.read(files[name], name, limits=Limits(rows=3, columns=2)).blocks
    with pytest.raises(FormatError, match=most):
        on.read(files[name], name, limits=limits)
    assert on.refused(files[name], name, limits=limits) == "D110"

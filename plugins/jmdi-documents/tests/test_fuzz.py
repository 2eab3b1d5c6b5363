"""Damaged files: a document or a FormatError, nothing else."""

from __future__ import annotations

import functools
import io
import zipfile
from typing import Any

import docx
import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmdi.errors import FormatError

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EDITS = st.lists(
    st.tuples(
        st.integers(0, 1 << 20),
        st.sampled_from(["flip", "cut", "insert", "repeat"]),
        st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=6,
)
TOKENS = (
    b"<",
    b">",
    b'"',
    b"1000000000",
    b"-1",
    b"&#xD800;",
    b"restart",
    b"auto",
    b"|",
    b"\0",
    b"''",
    b"<table>",
    b"<br>",
    b"<w:tc>",
    b"<w:tbl>",
    b"</w:p>",
    b"\xff\xfe",
    b"=1+1",
    b"\\",
    b"`",
)


def changed(data: bytes, edits: list[tuple[int, str, bytes]], token: bytes) -> bytes:
    for at, how, new in edits:
        at %= len(data) + 1
        if how == "flip":
            data = data[:at] + new + data[at + len(new) :]
        elif how == "cut":
            data = data[:at] + data[at + new[0] :]
        elif how == "insert":
            data = data[:at] + token + data[at:]
        else:
            data = data[:at] + data[max(0, at - 40) : at] * 3 + data[at:]
    return data


def docx_seed() -> bytes:
    made = docx.Document()
    made.add_heading("Plan", 1)
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "merged"
    table.cell(2, 2).add_table(1, 1).cell(0, 0).text = "nested"
    table.cell(0, 2).add_paragraph("item", style="List Number")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx_seed() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Action", "Cost", 1.5, "=A1"])
    sheet["B3"].number_format = '#,##0.00 "DT"'
    sheet["B3"] = 12.5
    sheet["B4"].number_format = "dd/mm/yyyy"
    sheet["B4"] = 42296
    sheet.merge_cells("C3:D5")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_seed() -> bytes:
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{ODS_TABLE}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


TEXTS = {
    "p.csv": 'Action;Cost\r\n"a ""b"" c";1\n\nx;y;z\n'.encode("utf-16"),
    "p.tsv": "Action\tCost\né\t2\n".encode(),
    "p.md": b"# T\n\n| a | b |\n|---|:-:|\n| `x|y` | **c** <br> &amp; |\n- item\n",
    "p.html": b"<h1>T</h1><table><tr><td rowspan=2 style='background:#abc'>a<ul><li>b</ul>"
    b"<td colspan=2>c<tr><td><table><tr><td>d</table></table>&eacute;",
}


def survives(on: Any, data: bytes, name: str, **options: Any) -> None:
    try:
        document = on.read(data, name, **options)
    except FormatError as error:
        assert error.problems
        return
    for text, _ in document.texts():
        text.encode("utf-8")
    for grid in document.grids:
        for cell in grid.cells:
            assert grid.at(cell.row, cell.column) is cell


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ODS_TABLE = (
    '<table:table table:name="T"><table:table-row table:number-rows-repeated="2"><table:table-cell '
    'table:number-columns-spanned="2" office:value-type="currency" office:value="1.5"><text:p>€1.5'
    "</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
)
PARTS = {
    "p.docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels"),
    "p.xlsx": (
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
    ),
    "p.ods": ("content.xml",),
}


@functools.cache
def seed(name: str) -> bytes:
    return {"p.docx": docx_seed, "p.xlsx": xlsx_seed, "p.ods": ods_seed}[name]()


@SETTINGS
@given(edits=EDITS, token=st.sampled_from(TOKENS), name=st.sampled_from(sorted(PARTS)))
def test_damaged_archives(files: Any, edits: Any, token: bytes, name: str) -> None:
    survives(files(), changed(seed(name), edits, token), name)


@SETTINGS
@given(
    edits=EDITS,
    token=st.sampled_from(TOKENS),
    pick=st.integers(0, 3),
    name=st.sampled_from(sorted(PARTS)),
)
def test_damaged_parts(files: Any, edits: Any, token: bytes, pick: int, name: str) -> None:
    on, parts = files(), members(seed(name))
    part = PARTS[name][pick % len(PARTS[name])]
    parts[part] = changed(parts[part], edits, token)
    survives(on, on.zipped(parts), name)


NUMBER = st.sampled_from(["-1", "0", "1", "2", "63", "1000000000", "x", "", "٣", "1e9", "0x5"])


@SETTINGS
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["gridSpan", "vMerge", "hMerge", "gridBefore", "gridAfter", "numId", "ilvl"]
            ),
            NUMBER,
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_any_numbers_in_a_table(files: Any, cells: list[tuple[str, str, bool]]) -> None:
    body = ""
    for name, value, new_row in cells:
        element = f"<w:{name} w:val='{value}'/>"
        row = f"<w:trPr>{element}</w:trPr>" if name.startswith("grid") else ""
        inner = f"<w:pPr><w:numPr>{element}</w:numPr></w:pPr>"
        body += ("</w:tr><w:tr>" if new_row else "") + row
        body += f"<w:tc><w:tcPr>{element}</w:tcPr><w:p>{inner}<w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    document = files().body(f"<w:tbl><w:tr>{body}</w:tr></w:tbl>")
    words = "".join(text for text, _ in document.texts())
    assert words.count("x") == len(cells)


@SETTINGS
@given(edits=EDITS, token=st.sampled_from(TOKENS), name=st.sampled_from(sorted(TEXTS)))
def test_damaged_texts(files: Any, edits: Any, token: bytes, name: str) -> None:
    survives(files(), changed(TEXTS[name], edits, token), name)


@SETTINGS
@given(
    data=st.binary(max_size=300),
    name=st.sampled_from([*TEXTS, *PARTS, "x", "x.txt"]),
    format=st.sampled_from([None, "docx", "xlsx", "ods", "csv", "tsv", "md", "html"]),
)
def test_any_bytes(files: Any, data: bytes, name: str, format: str | None) -> None:
    survives(files(), data, name, format=format)


@SETTINGS
@given(
    text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "cp1256"])
)
def test_any_text(files: Any, text: str, encoding: str) -> None:
    survives(files(), text.encode(encoding, "replace"), "p.csv", encoding=encoding)

"""Office documents that are wrong on purpose, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

__all__ = ["documents"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


def documents() -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    for name, body in _bodies().items():
        yield f"{name}.docx", _docx(body)
    for name, sheet in _sheets().items():
        yield f"{name}.xlsx", _xlsx(sheet)
    for name, table in _tables().items():
        yield f"{name}.ods", _open_document(table, "spreadsheet")
        yield f"{name}.odt", _open_document(table, "text")
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    yield "entities.xlsx", _xlsx("<sheetData/>", **{"xl/sharedStrings.xml": bomb})


def _packed(members: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>'


def _docx(body: str) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return _packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": document,
        }
    )


def _bodies() -> Mapping[str, str]:
    """Bodies of Word documents."""

    def cell(text: str, properties: str = "") -> str:
        inner = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"

    def table(*cells: str, more: str = "") -> str:
        head = "".join(map(cell, ("Action", "Responsible", "Budget")))
        return f"<w:tbl><w:tr>{head}</w:tr><w:tr>{more}{''.join(cells)}</w:tr></w:tbl>"

    def span(value: str) -> str:
        return table(cell("a", f'<w:gridSpan w:val="{value}"/>'))

    row = f"<w:tr>{cell('a')}{cell('b')}{cell('1')}</w:tr>"
    return {
        "span": span("999999999"),
        "span-minus": span("-5"),
        "span-word": span("many"),
        "merge": table(*[cell("a", "<w:vMerge/>")] * 3),
        "grid-before": table(cell("a"), more='<w:trPr><w:gridBefore w:val="99999999"/></w:trPr>'),
        "nested": "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000,
        "rows": f"<w:tbl>{row * 5000}</w:tbl>",
        "wide": f"<w:tbl><w:tr>{cell('a') * 20_000}</w:tr></w:tbl>",
        "runs": "<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 50_000 + "</w:p>",
        "symbols": '<w:p><w:r><w:sym w:char="ZZZZ"/><w:sym w:char="D800"/></w:r></w:p>',
        "empty": "",
        "not-closed": "<w:tbl><w:tr>",
        "controls": "<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000,
        "changes": table(cell("a")) + "<w:ins><w:del><w:p/></w:del></w:ins>",
    }


def _xlsx(sheet: str, **more: str) -> bytes:
    sheets = '<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets>'
    return _packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            **more,
        }
    )


def _sheets() -> Mapping[str, str]:
    """Sheets of Excel workbooks."""

    def text(place: str, words: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'

    def value(words: str, more: str = "") -> str:
        return f'<row r="2"><c r="A2" {more}>{words}</c></row>'

    head = f'<row r="1">{text("A1", "Action")}{text("B1", "Budget")}</row>'
    many = "".join(
        f'<row r="{n}">{"".join(text(f"{c}{n}", "a") for c in "ABCDEFGH")}</row>'
        for n in range(2, 4000)
    )
    rows = {
        "far": f'<row r="1048576">{text("XFD1048576", "a")}</row>',
        "beyond": f'<row r="99999999999">{text("ZZZZZZ99999999999", "a")}</row>',
        "place": f'<row r="x">{text("??", "a")}{text("", "b")}</row>',
        "row-zero": f'<row r="0">{text("A0", "a")}</row><row r="-1"/>',
        "shared": value("<v>99999</v>", 't="s"'),
        "shared-word": value("<v>x</v>", 't="s"'),
        "number": value("<v>1e999</v>") + value("<v>NaN</v>"),
        "digits": value(f"<v>{'9' * 6000}</v>"),
        "date": value("<v>99999-99-99</v>", 't="d"'),
        "style": value("<v>1</v>", 's="4000"'),
        "formula": value(f"<f>{'SUM(' * 5000}</f>"),
        "error": value("<v>#REF!</v>", 't="e"'),
        "twice": f'<row r="2">{text("A2", "a")}{text("A2", "b")}</row>' * 2,
        "escapes": f'<row r="2">{text("A2", "_x0000__xD800__x005F_")}</row>',
        "cells": many,
    }
    merges = {
        "merge-all": '<mergeCell ref="A1:XFD1048576"/>',
        "merge-wrong": '<mergeCell ref="Z9:A1"/><mergeCell ref="?"/>',
        "merge-many": "".join(f'<mergeCell ref="A{n}:ZZ{n + 5000}"/>' for n in range(1, 2000)),
    }
    return {name: f"<sheetData>{head}{part}</sheetData>" for name, part in rows.items()} | {
        name: f"<sheetData>{head}</sheetData><mergeCells>{part}</mergeCells>"
        for name, part in merges.items()
    }


def _open_document(table: str, kind: str) -> bytes:
    content = (
        f"<office:document-content {ODF}><office:body><office:{kind}>"
        f'<table:table table:name="Plan">{table}</table:table>'
        f"</office:{kind}></office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return _packed({"mimetype": mime, "content.xml": content})


def _tables() -> Mapping[str, str]:
    """Tables of OpenDocument files."""

    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"

    def table(inner: str, more: str = "") -> str:
        head = f"<table:table-row>{cell('Action')}{cell('Budget')}</table:table-row>"
        return f"{head}<table:table-row {more}>{inner}</table:table-row>"

    columns, rows = "table:number-columns-repeated", "table:number-rows-repeated"
    spans = "table:number-columns-spanned='999999999' table:number-rows-spanned='9999999'"
    return {
        "columns": table(cell("a", f"{columns}='999999999'")),
        "words": table(cell("a", f"{columns}='many'")),
        "rows": table(cell("a"), f"{rows}='999999999'"),
        "minus": table(cell("a"), f"{rows}='-5'"),
        "span": table(cell("a", spans)),
        "spaces": table(cell("<text:s text:c='999999999'/>")),
        "nested": "<table:table-row><table:table-cell><table:table>" * 2000,
        "date": table(cell("a", "office:value-type='date' office:date-value='x'")),
    }

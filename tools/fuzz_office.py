"""Small office files for the fuzz, each with a table, and with what only its format can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from fuzz_lean import zipped

from jmdi.testing.outputs import Sample

__all__ = ["MAKERS", "Rows"]

Rows = Sequence[Sequence[str]]

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{n}="{ODF}{n}:1.0"' for n in ("office", "text", "table", "style"))
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
OOXML = "application/vnd.openxmlformats-officedocument."


def _page(rows: Rows) -> Sample:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    table = table.replace("<td>", '<td rowspan="1" colspan=1>', 1)
    page = f"<!doctype html><html><body><h1>Plan</h1><table>{table}</table></body></html>"
    return Sample("made.html", {"": page.encode()})


def _spreadsheet(rows: Rows) -> Sample:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    dated = (
        '<table:table-cell office:value-type="date" office:date-value="2026-03-01"/>'
        '<table:table-cell office:value-type="float" office:value="2.5" '
        'table:number-columns-repeated="2" table:number-columns-spanned="1"/>'
    )
    lines = ["".join(cell.format(escape(text)) for text in row) for row in rows]
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in (*lines, dated))
    table = f'<table:table-column table:number-columns-repeated="9"/>{table}'
    return _open("spreadsheet", "made.ods", f'<table:table table:name="Plan">{table}</table:table>')


def _text(rows: Rows) -> Sample:
    cell = '<table:table-cell table:number-rows-spanned="1"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(cell.format(escape(text)) for text in row) for row in rows)
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    before = (
        '<text:h text:outline-level="1">Plan</text:h><text:list><text:list-item>'
        '<text:p text:style-name="P1">a<text:s text:c="2"/>b<text:tab/></text:p>'
        "</text:list-item></text:list>"
    )
    return _open("text", "made.odt", f"{before}<table:table>{table}</table:table>")


def _open(kind: str, name: str, body: str) -> Sample:
    """An OpenDocument file."""
    style = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="P1"/>'
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{style}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return Sample(name, {"": zipped({"mimetype": mime.encode(), "content.xml": content.encode()})})


def _document(rows: Rows) -> Sample:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    merges = ('<w:gridSpan w:val="1"/>', '<w:vMerge w:val="restart"/>')
    table = "".join(
        "<w:tr>{}</w:tr>".format(
            "".join(
                cell.format(merges[1] if (at, number) == (1, 1) else merges[0], escape(text))
                for number, text in enumerate(row)
            )
        )
        for at, row in enumerate(rows)
    )
    numbered = (
        '<w:p><w:pPr><w:pStyle w:val="One"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>'
        '</w:numPr></w:pPr><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t xml:space="preserve">'
        'Plan </w:t></w:r><w:ins w:id="1"><w:r><w:t>2026</w:t><w:footnoteReference w:id="2"/>'
        "</w:r></w:ins></w:p>"
    )
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>'
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    )
    members = {
        "document": f"<w:document {WORD}><w:body>{numbered}<w:tbl>{table}</w:tbl></w:body>"
        "</w:document>",
        "styles": f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="One">'
        '<w:name w:val="heading 1"/><w:basedOn w:val="One"/></w:style></w:styles>',
        "numbering": f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0">{level}</w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "footnotes": f"<w:footnotes {WORD}>{note}</w:footnotes>",
    }
    kinds = {one: f"{OOXML}wordprocessingml.{one}" for one in members}
    kinds["document"] += ".main"
    return _package("made.docx", "word", "document", members, kinds)


def _book(rows: Rows) -> Sample:
    shared = [escape(text) for row in rows[::2] for text in row]
    texts, lines = iter(range(len(shared))), []
    for at, row in enumerate(rows, 1):
        cells = [
            f'<c r="{chr(65 + number)}{at}" t="s"><v>{next(texts)}</v></c>'
            if at % 2
            else f'<c r="{chr(65 + number)}{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for number, text in enumerate(row[:26])
        ]
        if at % 2:
            for _ in row[26:]:
                next(texts)
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    last = len(rows) + 1
    lines.append(
        f'<row r="{last}" hidden="0"><c r="A{last}" s="1"><v>46082</v></c>'
        f'<c r="B{last}"><f>1+1</f><v>2</v></c><c r="C{last}" t="b"><v>1</v></c></row>'
    )
    items = "".join(f"<si><t>{text}</t></si>" for text in shared)
    members = {
        "workbook": f'<workbook {SHEET} xmlns:r="{PARTS}"><sheets>'
        '<sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "worksheet": f'<worksheet {SHEET}><cols><col min="1" max="3"/></cols><sheetData>'
        f'{"".join(lines)}</sheetData><mergeCells><mergeCell ref="A{last}:A{last + 1}"/>'
        "</mergeCells></worksheet>",
        "styles": f'<styleSheet {SHEET}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "sharedStrings": f"<sst {SHEET}>{items}</sst>",
    }
    kinds = {one: f"{OOXML}spreadsheetml.{one}" for one in members}
    kinds["workbook"] = f"{OOXML}spreadsheetml.sheet.main"
    return _package("made.xlsx", "xl", "workbook", members, kinds)


def _package(
    name: str, folder: str, first: str, members: Mapping[str, str], kinds: Mapping[str, str]
) -> Sample:
    """An Office Open XML file of its members; the first one refers to the others."""
    others = [one for one in members if one != first]
    link = '<Relationship Id="rId{}" Type="{}/{}" Target="{}.xml"/>'
    to_first = link.format(1, PARTS, "officeDocument", f"{folder}/{first}")
    to_others = "".join(link.format(at, PARTS, one, one) for at, one in enumerate(others, 1))
    types = '<Default Extension="xml" ContentType="application/xml"/>' + "".join(
        f'<Override PartName="/{folder}/{one}.xml" ContentType="{kinds[one]}+xml"/>'
        for one in members
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{KINDS}">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}">{to_first}</Relationships>',
        f"{folder}/_rels/{first}.xml.rels": f'<Relationships xmlns="{LINKS}">{to_others}'
        "</Relationships>",
        **{f"{folder}/{one}.xml": text for one, text in members.items()},
    }
    return Sample(name, {"": zipped({inner: text.encode() for inner, text in files.items()})})


MAKERS: Mapping[str, Callable[[Rows], Sample]] = {
    "docx": _document,
    "html": _page,
    "ods": _spreadsheet,
    "odt": _text,
    "xlsx": _book,
}
"""What makes a file of rows of cells."""

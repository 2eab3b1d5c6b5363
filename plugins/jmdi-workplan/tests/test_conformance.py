"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

import csv
import io
import zipfile
from html import escape
from pathlib import Path
from typing import ClassVar

import jmdi
from jmdi.testing import PluginConformance

EXAMPLES = Path(__file__).parents[3] / "examples" / "workplan"
with (EXAMPLES / "workplan.csv").open(encoding="utf-8-sig", newline="") as stream:
    ROWS = list(csv.reader(stream, delimiter=";"))
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


def html_page() -> bytes:
    """The example as a page with one table."""
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in ROWS)
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<!doctype html><html><body><table>{table}</table></body></html>".encode()


def docx_file() -> bytes:
    """The example as a Word document of nothing but one table, which is read fast."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = ("".join(cell.format(escape(text)) for text in row) for row in ROWS)
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = f"<w:body><w:tbl>{table}</w:tbl></w:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}">{content}</w:document>'
        )
    return out.getvalue()


def ods_file() -> bytes:
    """The example as a spreadsheet with one sheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ("".join(cell.format(escape(text)) for text in row) for row in ROWS)
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Plan">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped("spreadsheet", content)


def odt_file() -> bytes:
    """The example as a text with one table."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = ("".join(cell.format(escape(text)) for text in row) for row in ROWS)
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {SPACES}><office:body><office:text>"
        f"<table:table>{table}</table:table></office:text></office:body></office:document-content>"
    )
    return zipped("text", content)


def zipped(kind: str, content: str) -> bytes:
    """An OpenDocument file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return out.getvalue()


class TestWorkplan(PluginConformance):
    plugin = "workplan"
    examples = 10
    options: ClassVar = {"workplan:adherence": {"as_of": "2016-01-01"}}
    samples = (
        ("plan.docx", docx_file()),
        *sorted(EXAMPLES.iterdir()),
        ("plan.html", html_page()),
        ("plan.ods", ods_file()),
        ("plan.odt", odt_file()),
        Path(__file__).parent / "plan.xls",
    )

    def sample_datasets(self):
        done = jmdi.Observation(
            id="o",
            of="a",
            role=jmdi.code("observation-role", "actual"),
            period=jmdi.Period("2015-10-19"),
        )
        action = jmdi.Action(id="a", timeline=jmdi.Period("2015-10"))
        finished = self.subject.model.dataset([action, done])
        return [*super().sample_datasets(), finished]

"""Work plans as Word documents."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import BinaryIO

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell

from jmdi import Dataset
from jmdi.files.safe_xml import legal
from jmdi_workplan.export.layout import PlanSheet, TableSheet, lay_out

__all__ = ["write"]

HEADER = "D9D9D9"
PLANNED = "A6A6A6"
EPOCH = datetime.datetime(2000, 1, 1)


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes every work plan, in the programme's layout: a title block, a table per level."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = "jmdi"
    properties.created = properties.modified = EPOCH
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for number, plan in enumerate(lay_out(dataset)):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _plan(document, plan)
    buffer = io.BytesIO()
    document.save(buffer)
    stream.write(_same_every_time(buffer.getvalue()))


def _plan(document: Docx, plan: PlanSheet) -> None:
    document.add_heading(legal(plan.title), level=1)
    for line in plan.lines:
        document.add_paragraph(legal(line))
    for table in plan.tables:
        _table(document, table)


def _table(document: Docx, sheet: TableSheet) -> None:
    if sheet.title:
        document.add_heading(legal(sheet.title), level=2)
    table = document.add_table(rows=1, cols=len(sheet.columns))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, sheet.columns, strict=True):
        _type(cell, words)
        _shade(cell, HEADER)
    for row in sheet.rows:
        cells = table.add_row().cells
        if len(row.cells) == 1 and len(cells) > 1:
            _type(cells[0].merge(cells[-1]), row.cells[0])
            continue
        for cell, words in zip(cells, row.cells, strict=True):
            _type(cell, words)
        for cell, planned in zip(cells, row.planned, strict=False):
            if planned:
                _shade(cell, PLANNED)


def _type(cell: _Cell, words: str) -> None:
    """One paragraph per line."""
    first, *rest = legal(words).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cell.paragraphs[0].text = first
    for line in rest:
        cell.add_paragraph(line)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def _same_every_time(data: bytes) -> bytes:
    """The archive without the time of writing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()

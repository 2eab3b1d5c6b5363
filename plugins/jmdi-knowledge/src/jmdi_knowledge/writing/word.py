"""Drafts as Word documents."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING

from jmdi.files.safe_xml import legal
from jmdi_documents.office.repeatable import repeatable
from jmdi_knowledge.writing.draft import Bullets, Draft, Grid, Heading, Missing, Quote

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph

__all__ = ["word"]

EPOCH = datetime.datetime(2000, 1, 1)


def word(draft: Draft) -> bytes:
    """The draft as a .docx file; the same draft gives the same bytes."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "jmdi", legal(draft.title)
    properties.created = properties.modified = EPOCH
    document.add_heading(legal(draft.title), 0)
    for block in draft.blocks:
        _add(document, block)
    if draft.language == "ar":
        _mirror(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return repeatable(buffer.getvalue())


def _add(document: Docx, block: object) -> None:
    if isinstance(block, Heading):
        document.add_heading(legal(block.text), block.level)
    elif isinstance(block, Missing):
        document.add_paragraph().add_run(f"[{legal(block.text)}]").italic = True
    elif isinstance(block, Quote):
        paragraph = document.add_paragraph(legal(block.text), style="Quote")
        paragraph.add_run(legal(f" — {block.about} [{block.source}]")).italic = False
    elif isinstance(block, Bullets):
        # Numbers are typed: a list of Word would go on from the one before.
        for number, item in enumerate(block.items, 1):
            text = f"{number}. {item}" if block.numbered else item
            style = None if block.numbered else "List Bullet"
            document.add_paragraph(legal(text), style=style)
    elif isinstance(block, Grid):
        _table(document, block)
    else:
        document.add_paragraph(legal(getattr(block, "text", "")))


def _table(document: Docx, grid: Grid) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    for number, row in enumerate((grid.head, *grid.rows)):
        added = table.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(added.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(legal(text))
            run.bold = number == 0
    document.add_paragraph()


def _mirror(document: Docx) -> None:
    """Sets paragraphs, their words and tables from right to left."""
    from docx.enum.table import WD_TABLE_DIRECTION

    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)):
        _turn(paragraph)
    for table in document.tables:
        table.table_direction = WD_TABLE_DIRECTION.RTL


def _turn(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement

    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
        "w:outlineLvl", "w:rPr",
    )  # fmt: skip
    for run in paragraph.runs:
        run.font.rtl = True

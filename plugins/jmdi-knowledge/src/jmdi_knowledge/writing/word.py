"""Drafts as Word documents."""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jmdi.files.safe_xml import legal
from jmdi_documents.office.repeatable import repeatable
from jmdi_knowledge.writing.draft import Block, Bullets, Draft, Grid, Heading, Missing, Quote

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.shared import Emu
    from docx.text.paragraph import Paragraph

__all__ = ["word"]

EPOCH = datetime.datetime(2000, 1, 1)

AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
)
"""What may stand after the direction of a paragraph, which the schema has in this order."""

WIDE = 5
"""Columns from which a table needs the long side of the paper."""

LONGEST = 40
"""Letters of a cell that count for the width of its column; more go on the next line."""


def word(draft: Draft) -> bytes:
    """The draft as a .docx file; the same draft gives the same bytes."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "jmdi", legal(draft.title)
    properties.created = properties.modified = EPOCH
    if any(isinstance(block, Grid) and len(block.head) >= WIDE for block in draft.blocks):
        _lay_across(document)
    document.add_heading(legal(draft.title), 0)
    for block in draft.blocks:
        _add(document, block)
    _turn_where_needed(document, whole=draft.language == "ar")
    buffer = io.BytesIO()
    document.save(buffer)
    return repeatable(buffer.getvalue())


def _add(document: Docx, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(legal(block.text), block.level)
    elif isinstance(block, Missing):
        document.add_paragraph().add_run(f"[{legal(block.text)}]").italic = True
    elif isinstance(block, Quote):
        paragraph = document.add_paragraph(legal(block.text), style="Quote")
        about = f" — {block.about}" if block.about else ""
        paragraph.add_run(legal(f"{about} [{block.source}]")).italic = False
    elif isinstance(block, Bullets):
        # Numbers are typed: a list of Word would go on from the one before.
        for number, item in enumerate(block.items, 1):
            text = f"{number}. {item}" if block.numbered else item
            style = None if block.numbered else "List Bullet"
            document.add_paragraph(legal(text), style=style)
    elif isinstance(block, Grid):
        _table(document, block)
    else:
        document.add_paragraph(legal(block.text))


def _lay_across(document: Docx) -> None:
    """Turns the paper of a document, so that tables of many columns can be read."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    section = document.sections[0]
    width, height = section.page_width, section.page_height
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = height, width
    section.left_margin = section.right_margin = Cm(2)


def _table(document: Docx, grid: Grid) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    widths = _widths(document, grid)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate((grid.head, *grid.rows)):
        added = table.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(legal(text))
            if number == 0:
                run.bold = True
    document.add_paragraph()


def _widths(document: Docx, grid: Grid) -> list[Emu]:
    """The width of each column, by the longest of its cells."""
    from docx.shared import Emu

    section = document.sections[0]
    paper, left, right = section.page_width, section.left_margin, section.right_margin
    free = (paper or 0) - (left or 0) - (right or 0)
    columns = zip(grid.head, *grid.rows, strict=True)
    letters = [max(min(len(cell), LONGEST) for cell in column) + 5 for column in columns]
    return [Emu(free * count // sum(letters)) for count in letters]


def _turn_where_needed(document: Docx, *, whole: bool) -> None:
    """Sets from right to left what begins in such a script, or the whole document."""
    from docx.enum.table import WD_TABLE_DIRECTION

    for paragraph in _paragraphs(document):
        if whole or _from_right(paragraph.text):
            _turn(paragraph)
    if whole:
        for table in document.tables:
            table.table_direction = WD_TABLE_DIRECTION.RTL


def _paragraphs(document: Docx) -> Iterator[Paragraph]:
    """All paragraphs, those of tables too."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _from_right(text: str) -> bool:
    """Whether the first letter of a text is of a script that is written from right to left."""
    sides = (unicodedata.bidirectional(sign) for sign in text)
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"


def _turn(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement

    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for run in paragraph.runs:
        run.font.rtl = True

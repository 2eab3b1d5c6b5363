"""Work plans as Word documents to be sent: A4 across, with lists, captions and page numbers."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import BinaryIO

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from jmdi import Dataset
from jmdi.files.safe_xml import legal
from jmdi_documents.content.listing import split_marker
from jmdi_documents.office.repeatable import repeatable
from jmdi_workplan.export.layout import PlanSheet, TableSheet, lay_out
from jmdi_workplan.export.widths import column_widths

__all__ = ["write"]

HEADER, SECTION, PLANNED = "D9D9D9", "EDEDED", "A6A6A6"
EPOCH = datetime.datetime(2000, 1, 1)
PAGE, MARGIN = (Mm(297), Mm(210)), Mm(15)
CHARACTERS = 150
"""How many characters of a table fit side by side on the page."""

LABELLED = re.compile(r"[^:\n]{1,60}:(?=\s*\S)")
AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
)


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes every work plan, in the programme's layout: a title block, a table per level.

    Lists in cells are lists of Word, the header row is repeated on each page, and rows do not
    break over pages. A plan in Arabic is written from right to left.
    """
    document = docx.Document()
    properties = document.core_properties
    properties.author = "jmdi"
    properties.created = properties.modified = EPOCH
    plans = [*lay_out(dataset)]
    _styles(document, plans[0].language if plans else "en")
    _page(document)
    lists: dict[str, int] = {}
    for number, plan in enumerate(plans):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _Writer(document, plan, lists).write()
    buffer = io.BytesIO()
    document.save(buffer)
    stream.write(repeatable(buffer.getvalue()))


def _styles(document: Docx, language: str) -> None:
    """Sober styles in a language; a caption is a heading too, so that it can be jumped to."""
    styles = document.styles
    for proofing in styles.element.iter(qn("w:lang")):
        proofing.set(qn("w:bidi" if language == "ar" else "w:val"), language)
    _style(styles["Normal"], 10, space=3)
    _style(styles["Heading 1"], 16, space=6)
    caption = _style(styles.add_style("Table caption", WD_STYLE_TYPE.PARAGRAPH), 11, space=4)
    caption.base_style = styles["Caption"]
    caption.paragraph_format.space_before = Pt(10)
    caption.paragraph_format.keep_with_next = True
    caption.element.get_or_add_pPr().append(_valued("w:outlineLvl", "1"))
    text = _style(styles.add_style("Table text", WD_STYLE_TYPE.PARAGRAPH), 9, space=1)
    text.paragraph_format.space_before = Pt(1)


def _style(style: object, size: int, *, space: int) -> ParagraphStyle:
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = "Calibri", Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), "Arial")
    run = style.element.rPr
    for old in run.findall(qn("w:szCs")):
        run.remove(old)
    run.find(qn("w:sz")).addnext(_valued("w:szCs", str(size * 2)))
    style.paragraph_format.space_after = Pt(space)
    return style


def _valued(name: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element


def _page(document: Docx) -> None:
    """A4 across, with the number of the page and of all pages at its foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # Fields without a result: programs fill them in when they lay out the page.
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            foot.add_run(" / ")
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), field)
        foot._p.append(simple)


class _Writer:
    """Writes one plan at the end of a document.

    Args:
        document: The document.
        plan: The plan.
        lists: The definition of a list for each bullet; those it needs are added.
    """

    def __init__(self, document: Docx, plan: PlanSheet, lists: dict[str, int]) -> None:
        self.document = document
        self.plan = plan
        self.lists = lists
        # Looked up once: python-docx goes through all styles for each paragraph.
        self.style = document.styles["Table text"].style_id

    def write(self) -> None:
        """Writes title, title block and tables."""
        if self.plan.title:
            self.turned(self.document.add_heading(legal(self.plan.title), level=1))
        for line in self.plan.lines:
            words = legal(line)
            named = LABELLED.match(words)
            paragraph = self.document.add_paragraph()
            paragraph.add_run(words[: named.end()] if named else "").bold = True
            paragraph.add_run(words[named.end() :] if named else words)
            self.turned(paragraph)
        for table in self.plan.tables:
            self.table(table)

    def table(self, sheet: TableSheet) -> None:
        """Writes a table under its caption."""
        if sheet.title:
            self.turned(self.document.add_paragraph(legal(sheet.title), "Table caption"))
        table = self.document.add_table(rows=1, cols=len(sheet.columns))
        table.style = "Table Grid"
        table.autofit = False
        if self.plan.right_to_left:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        alike = [other for other in self.plan.tables if other.columns == sheet.columns]
        widths = _lengths([sheet.columns, *(row.cells for other in alike for row in other.rows)])
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        head = table.rows[0]
        _flag(head, "w:tblHeader")
        self.row(head, sheet.columns, widths, fill=HEADER, bold=True)
        for row in sheet.rows:
            added = table.add_row()
            if len(row.cells) == 1 and len(widths) > 1:
                self.section(added, row.cells[0], sum(widths))
                continue
            self.row(added, row.cells, widths)
            for cell, planned in zip(added.cells, row.planned, strict=False):
                if planned:
                    _shade(cell, PLANNED)

    def row(
        self,
        row: _Row,
        texts: Sequence[str],
        widths: Sequence[int],
        *,
        fill: str | None = None,
        bold: bool = False,
    ) -> None:
        """Fills a row, which does not break over pages."""
        _flag(row, "w:cantSplit")
        for cell, words, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Length(width)
            self.type(cell, words, bold=bold)
            if fill:
                _shade(cell, fill)

    def section(self, row: _Row, words: str, width: int) -> None:
        """Fills a row that one text spans; it stays with the row below."""
        _flag(row, "w:cantSplit")
        cell = row.cells[0].merge(row.cells[-1])
        cell.width = Length(width)
        self.type(cell, words, bold=True)
        _shade(cell, SECTION)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True

    def type(self, cell: _Cell, words: str, *, bold: bool = False) -> None:
        """Types a text into an empty cell, one paragraph per line; marked lines are a list."""
        lines = legal(words).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph._p.style = self.style
            marker, level, sign, rest = split_marker(line)
            # A list of Word gives back one blank after its sign, and two before it per level.
            if marker == "bullet" and line == f"{'  ' * level}{sign} {rest}":
                _number(paragraph, self.list(sign), level)
                line = rest
            paragraph.add_run(line).bold = bold or None
            self.turned(paragraph)

    def list(self, sign: str) -> int:
        """The list of Word whose items have this sign."""
        if sign not in self.lists:
            self.lists[sign] = _define_list(self.document, sign)
        return self.lists[sign]

    def turned(self, paragraph: Paragraph) -> None:
        """Turns a paragraph, where the plan is written from right to left."""
        if not self.plan.right_to_left:
            return
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
        for run in paragraph.runs:
            run.font.rtl = True
            run.font.cs_bold = run.font.bold


def _lengths(rows: Sequence[Sequence[str]]) -> list[Length]:
    """The widths of columns on the page."""
    room = PAGE[0] - 2 * MARGIN
    widths = column_widths(rows, CHARACTERS)
    return [Length(int(room * width / sum(widths))) for width in widths]


def _define_list(document: Docx, sign: str) -> int:
    """Adds a list whose items have this sign, and gives its number."""
    numbering = document.part.numbering_part.element
    taken = [
        int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(qn("w:abstractNum"))
    ]
    number = max(taken, default=0) + 1
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{200 * (level + 1)}" w:hanging="200"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, definition)
    added: int = numbering.add_num(number).numId
    return added


def _number(paragraph: Paragraph, list: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)

"""Writes the example work plan as .docx, .xlsx and .csv, the way a ministry would type it.

The plan is made up from facts that the programme published about its work plans, in our own
words; no person is in it. Run it from the repository root:

    python tools/make_examples.py
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell

FOLDER = Path(__file__).parent.parent / "examples" / "workplan"
STAMP = datetime.datetime(2015, 9, 1)

TITLE = "Policy work plan: migration in local development"
HEADER = (
    "Country and territory: Philippines (Regions I, IV-A, V, VI, XI and NCR)",
    "Author: National working group on migration and development",
    "Period: October 2015 to December 2017",
)
COLUMNS = (
    "Action / space",
    "Objective",
    "Target audience",
    "Type of activity and precise location",
    "Timeline / duration",
    "Financial resources",
)
# A cell is a string, or a list for a cell with bullets.
LOCAL: tuple[tuple[str | list[str], ...], ...] = (
    (
        "Orientation of regional development councils",
        [
            "Bring migration into the regional development plans",
            "Agree on a focal office for migration in each region",
        ],
        "40 local stakeholders per region",
        "Consultation workshops in Regions III, VII and XI",
        [
            "Region III: October 19, 2015",
            "Region VII: October 21, 2015",
            "Region XI: October 22, 2015",
        ],
        "USD 1,500",
    ),
    (
        "Financial education for families of overseas workers",
        ["Help families to save and invest part of the remittances"],
        "About 60 members of cooperatives and rural banks",
        "Training of trainers in Regions V and VI",
        "November and December 2015 (to be determined)",
        "**Costs will be embedded in the MOF budget",
    ),
    (
        "Migration desks in local government units",
        [
            "One desk for information, referral and return in each municipality",
            "Train the staff of the desks",
        ],
        ["25 municipalities", "5 provinces"],
        "On-site coaching in Region IV-A and NCR",
        "Q1 2016",
        "₱ 350,000 for training; office space in kind",
    ),
    (
        "Caravan of social services",
        ["Enrol migrants and their families in social security, housing and health funds"],
        "Returning migrants and their families, 300 participants in total",
        "Service days in Region I",
        "January to June 2016",
        "In kind by the social security, housing and health agencies",
    ),
)
NATIONAL: tuple[tuple[str | list[str], ...], ...] = (
    (
        "Policy forum on investments by migrants",
        [
            "Propose incentives for investment in home communities",
            "Build a partnership of agencies, migrant associations and banks",
        ],
        ["National agencies", "Migrant associations", "Banks", "80 participants"],
        "Two-day forum in Manila",
        "First semester 2016",
        "USD 12,000 – 15,000",
    ),
    (
        "Guidelines on migration for local planners",
        ["Make the regional experience usable for all local governments"],
        "Planning officers of all provinces",
        "Drafting and validation, nationwide",
        "2016–2017",
        "To be determined",
    ),
    (
        "Exchange with host municipalities abroad",
        ["Link home municipalities with municipalities that host Filipino communities"],
        "10 mayors and 10 leaders of migrant associations",
        "Study visits in Italy and Spain",
        "After Holy Week 2016",
        "EUR 18.000,00 (at most)",
    ),
)
TOTAL = ("Total of known figures", "", "", "", "", "USD 13,500 to 16,500; ₱ 350,000; EUR 18,000")
FOOTNOTE = "** The ministry of finance carries these costs in its own budget."


def shade(cell: _Cell, colour: str) -> None:
    """Gives a cell a background colour."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def fill(cell: _Cell, content: str | list[str]) -> None:
    """Types a cell: plain words, or one bullet per item."""
    if isinstance(content, str):
        cell.text = content
        return
    cell.paragraphs[0].text = content[0]
    cell.paragraphs[0].style = "List Bullet"
    for item in content[1:]:
        cell.add_paragraph(item, style="List Bullet")


def add_table(document: Docx, title: str, rows: tuple[tuple[str | list[str], ...], ...]) -> None:
    """A heading and its table, with a shaded header row."""
    document.add_heading(title, level=2)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = words
        shade(cell, "D9D9D9")
    for row in rows:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            fill(cell, content)
    if rows is NATIONAL:
        cells = table.add_row().cells
        merged = cells[0].merge(cells[4])
        merged.text = TOTAL[0]
        cells[5].text = TOTAL[5]


def write_docx(path: Path) -> None:
    """The plan as a Word document."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = STAMP
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(TITLE, level=1)
    for line in HEADER:
        document.add_paragraph(line)
    add_table(document, "Local level", LOCAL)
    add_table(document, "National level", NATIONAL)
    document.add_paragraph(FOOTNOTE)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(stable_zip(buffer.getvalue()))


def plain(content: str | list[str]) -> str:
    """A cell as one text, bullets typed by hand."""
    return content if isinstance(content, str) else "\n".join(f"• {item}" for item in content)


def write_xlsx(path: Path) -> None:
    """The plan as a workbook: title rows above, one sheet per level."""
    workbook = openpyxl.Workbook()
    workbook.properties.creator = ""
    workbook.properties.created = workbook.properties.modified = STAMP
    sheets = (("Local level", LOCAL), ("National level", NATIONAL))
    for number, (title, rows) in enumerate(sheets):
        sheet = workbook.active if number == 0 else workbook.create_sheet()
        sheet.title = title
        if number == 0:
            for line in (TITLE, *HEADER):
                sheet.append([line])
                sheet.merge_cells(
                    start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=6
                )
            sheet.append([])
        sheet.append(list(COLUMNS))
        for row in rows:
            sheet.append([plain(content) for content in row])
        if rows is NATIONAL:
            sheet.append(list(TOTAL))
            sheet.append([FOOTNOTE])
        for column in "ABCDEF":
            sheet.column_dimensions[column].width = 32
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(stable_zip(buffer.getvalue()))


def write_csv(path: Path) -> None:
    """The plan as a semicolon-separated file in UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        for line in (TITLE, *HEADER):
            writer.writerow([line, "", "", "", "", ""])
        for title, rows in (("Local level", LOCAL), ("National level", NATIONAL)):
            writer.writerow([""] * 6)
            writer.writerow([title, "", "", "", "", ""])
            writer.writerow(COLUMNS)
            writer.writerows([plain(content) for content in row] for row in rows)
        writer.writerow(TOTAL)
        writer.writerow([FOOTNOTE, "", "", "", "", ""])


def stable_zip(data: bytes) -> bytes:
    """The same archive without the time of writing, so that it is the same on every run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2015, 9, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">2015-09-01T00:00:00Z<", data)
            new.writestr(info, data)
    return buffer.getvalue()


def main() -> None:
    """Writes the three files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_docx(FOLDER / "workplan.docx")
    write_xlsx(FOLDER / "workplan.xlsx")
    write_csv(FOLDER / "workplan.csv")


if __name__ == "__main__":
    main()

"""Files made in memory for the readers, and a way to read them that keeps the problems."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from jmdi.errors import FormatError, Problem
from jmdi_documents import Document, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{RELS}">{items}</Relationships>'


def docx_file(body: str, parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A .docx of raw XML; ``parts`` maps names below word/ to the type and XML of other parts."""
    parts = parts or {}
    spaces = (
        f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    document = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relations(
            {name: kind for name, (kind, _) in parts.items()}
        ),
    }
    for name, (_, xml) in parts.items():
        members[f"word/{name}"] = xml.replace("<w:ROOT", f"<w:root {spaces}").replace(
            "</w:ROOT", "</w:root"
        )
    return zipped(members)


def xlsx_file(
    sheet: str, parts: Mapping[str, str] | None = None, *, state: str = "visible"
) -> bytes:
    """A .xlsx with one sheet of raw XML, the inside of ``worksheet``."""
    members = {
        "_rels/.rels": relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
        f'<sheet name="Plan" sheetId="1" r:id="r1" state="{state}"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {
                "worksheets/sheet1.xml": "worksheet",
                "sharedStrings.xml": "sharedStrings",
                "styles.xml": "styles",
            }
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}" xmlns:r="{R}">{sheet}</worksheet>',
    }
    return zipped(members | dict(parts or {}))


def ods_file(tables: str, styles: str = "") -> bytes:
    """An .ods of raw XML, the inside of ``office:spreadsheet`` and of the automatic styles."""
    names = ("office", "style", "text", "table")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    spaces += ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    spaces += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    content = (
        f"<office:document-content {spaces}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


class Readers:
    """What a test needs to read a file in memory."""

    docx_file = staticmethod(docx_file)
    xlsx_file = staticmethod(xlsx_file)
    ods_file = staticmethod(ods_file)
    zipped = staticmethod(zipped)
    relations = staticmethod(relations)

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, data: bytes | str, name: str, **options: Any) -> Document:
        self.problems = []
        raw = data.encode() if isinstance(data, str) else data
        return read_document(
            io.BytesIO(raw), name=name, plugin="test", problem=self.problems.append, **options
        )

    @property
    def codes(self) -> list[str]:
        return [problem.code.removeprefix("test:") for problem in self.problems]

    def refused(self, data: bytes | str, name: str, **options: Any) -> str:
        """The code of the problem for which a file is refused."""
        with pytest.raises(FormatError) as caught:
            self.read(data, name, **options)
        (problem,) = caught.value.problems
        assert problem.cure and problem.where.file == name
        return problem.code.removeprefix("test:")

    def body(self, body: str, **options: Any) -> Document:
        return self.read(docx_file(body), "plan.docx", **options)


@pytest.fixture(scope="session")
def files() -> Callable[[], Readers]:
    return Readers


@pytest.fixture
def on() -> Readers:
    return Readers()

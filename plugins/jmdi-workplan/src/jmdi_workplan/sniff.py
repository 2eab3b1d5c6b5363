"""Whether a file looks like a work plan, from its first bytes."""

from __future__ import annotations

import io

from jmdi import FormatError, Problem

__all__ = ["csv", "docx", "html", "markdown", "ods", "odt", "xls", "xlsx"]

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


def docx(head: bytes) -> bool | str:
    """Whether it is a Word document."""
    return (head.startswith(ZIP) and b"word/" in head) or "it is not a Word document"


def xlsx(head: bytes) -> bool | str:
    """Whether it is an Excel workbook."""
    return (head.startswith(ZIP) and b"xl/" in head) or "it is not an Excel workbook"


def xls(head: bytes) -> bool | str:
    """Whether it is an Office file of before 2007; its reader says better which one."""
    return head.startswith(OLD_OFFICE) or "it is not an old Excel workbook"


def odt(head: bytes) -> bool | str:
    """Whether it is an OpenDocument text."""
    mime = b"application/vnd.oasis.opendocument.text"
    return (head.startswith(ZIP) and mime in head[:400]) or "it is not an OpenDocument text"


def ods(head: bytes) -> bool | str:
    """Whether it is an OpenDocument spreadsheet."""
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return (head.startswith(ZIP) and mime in head[:400]) or "it is not an OpenDocument spreadsheet"


def csv(head: bytes) -> bool | str:
    """Whether it is a table with the columns of a work plan."""
    return _has_plan(head, "csv", "no row has the columns of a work plan")


def markdown(head: bytes) -> bool | str:
    """Whether it is Markdown with a table that has the columns of a work plan."""
    return _has_plan(head, "md", "it has no pipe table with the columns of a work plan")


def html(head: bytes) -> bool | str:
    """Whether it is HTML with a table."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return (start.startswith(b"<") and b"<table" in start) or "it has no table"


def _has_plan(head: bytes, document: str, reason: str) -> bool | str:
    """Reads the first bytes as a document of their own; the last line may be cut."""
    if not head or head.startswith((ZIP, OLD_OFFICE, b"{", b"\x7fELF")):
        return reason
    from jmdi_documents import read_document
    from jmdi_workplan.plan import understand

    whole = head if len(head) < 65536 else head[: head.rfind(b"\n") + 1 or None]
    ignored: list[Problem] = []
    file = io.BytesIO(whole)
    try:
        read = read_document(
            file, name="", plugin="workplan", format=document, problem=ignored.append
        )
    except FormatError:
        return reason
    plan = understand(read)
    columns = [column for table in plan.tables for column in table.columns]
    supposed = any(column.supposed and column.meaning == "action" for column in columns)
    return bool(plan.tables and (plan.header.is_of_a_plan or not supposed)) or reason

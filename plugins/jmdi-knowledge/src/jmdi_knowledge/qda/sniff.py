"""Whether a file is a coded project, by its first bytes."""

from __future__ import annotations

from jmdi.files.safe_xml import first_element
from jmdi_knowledge.qda.database import SQLITE
from jmdi_knowledge.qda.package import ZIP

__all__ = ["is_database", "is_project", "is_qualcoder", "is_taguette"]


def is_project(head: bytes) -> bool | str:
    """An archive with a ``.qde``, or the XML of a project."""
    if head.startswith(ZIP):
        # The project may be the last member, beyond the first bytes.
        odd = b"[Content_Types].xml" in head or head[30:38] == b"mimetype"
        return "it is an office document" if odd else b".qde" in head or b"ources/" in head
    if first_element(head) != "Project":
        return "no archive, and no XML that begins with Project"
    return b"QDA-XML" in head or "its XML is of another namespace"


def is_qualcoder(head: bytes) -> bool | str:
    """An SQLite database that has the tables of QualCoder."""
    return _has_tables(head, b"code_name", b"code_text")


def is_database(head: bytes) -> bool:
    """An SQLite database: in a folder, the ending says the rest."""
    return head.startswith(SQLITE)


def is_taguette(head: bytes) -> bool | str:
    """An SQLite database that has the tables of Taguette."""
    return _has_tables(head, b"highlights", b"highlight_tags")


def _has_tables(head: bytes, *names: bytes) -> bool | str:
    if not head.startswith(SQLITE):
        return "no SQLite database"
    return all(name in head for name in names) or "a database of something else"

"""Office files as they were typed: bytes in, paragraphs and grids of cells out, no meaning yet.

Its parts are loaded when they are first used: plugins that read documents ask for the problem
codes in every process.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from jmdi_documents.codes import CODES, problem_codes

if TYPE_CHECKING:
    from jmdi_documents.content.grid import Block, Cell, Document, Grid, Paragraph
    from jmdi_documents.content.typed import TypedCells
    from jmdi_documents.document import read_document
    from jmdi_documents.sniff import FORMATS, find_format

__all__ = [
    "CODES",
    "FORMATS",
    "Block",
    "Cell",
    "Document",
    "Grid",
    "TypedCells",
    "Paragraph",
    "find_format",
    "problem_codes",
    "read_document",
]

_HOMES = {
    **dict.fromkeys(("Block", "Cell", "Document", "Grid", "Paragraph"), "content.grid"),
    "TypedCells": "content.typed",
    "read_document": "document",
    **dict.fromkeys(("FORMATS", "find_format"), "sniff"),
}

if not TYPE_CHECKING:  # else type checkers would take any name, however misspelt, for Any

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        return globals().setdefault(name, found)

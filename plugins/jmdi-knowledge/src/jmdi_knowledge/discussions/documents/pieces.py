"""A document of any format as pieces in order: headings, paragraphs, and rows of tables."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from jmdi import ImportContext
from jmdi.files.delimited import Joined
from jmdi_documents import Document, Grid, find_format, read_document
from jmdi_knowledge.discussions.sources import text_in

__all__ = ["Piece", "pieces_in"]

LANGUAGE = re.compile(rb"<html\b[^>]{0,400}?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
PDF, ZIP = b"%PDF", b"PK\x03\x04"


@attrs.frozen(slots=True)
class Piece:
    """A part of a document.

    Attributes:
        text: Its words.
        place: Where it stands.
        heading: Whether it is a heading.
        row: The words of each cell, if it is a row of a table.
    """

    text: str
    place: str
    heading: bool = False
    row: tuple[str, ...] = ()


def pieces_in(stream: BinaryIO, context: ImportContext) -> tuple[list[Piece], str | None]:
    """The pieces of a document, and the language that it declares.

    Raises:
        FormatError: If it cannot be read at all, or not safely.
    """
    head = stream.read(1024)
    whole = io.BufferedReader(Joined(head, stream))
    format = _format(head, context.name)
    if format == "txt":
        lines = text_in(whole, context).split("\n")
        return [Piece(line, f"line {number}") for number, line in enumerate(lines, 1)], None
    document = read_document(
        whole,
        name=context.name,
        plugin="knowledge",
        format=format,
        problem=context.report,
        limits=context.limits,
        encoding=context.options.get("encoding"),
    )
    declared = LANGUAGE.search(head) if format == "html" else None
    return list(_pieces(document)), declared[1].decode().lower() if declared else None


def _format(head: bytes, name: str) -> str | None:
    """The format of a document; ``None`` for an archive, which says it itself."""
    if head.startswith(PDF):
        return "pdf"
    if head.startswith(ZIP):
        return None
    named = find_format(name)
    if named in ("md", "html"):
        return named
    return "html" if head.lstrip().startswith(b"<") else "txt"


def _pieces(document: Document) -> Iterator[Piece]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from _rows(block)
        elif block.text.strip() and block.style not in ("header", "footer", "comment"):
            yield Piece(block.text, block.place, block.heading is not None)


def _rows(grid: Grid) -> Iterator[Piece]:
    """The rows of a table that have words."""
    for _, row in itertools.groupby(grid.cells, key=lambda cell: cell.row):
        cells = list(row)
        texts = tuple(cell.text.strip() for cell in cells)
        if any(texts):
            yield Piece("\t".join(texts), cells[0].place, row=texts)

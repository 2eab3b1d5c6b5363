"""The rows of a delimited text or of the sheets of a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import BinaryIO

import attrs

from jmdi import ImportContext
from jmdi.files.delimited import DELIMITERS, Row, delimiter_of, read_rows, unguard
from jmdi.files.encodings import byte_order_mark
from jmdi.files.graphs.choosing import chosen_graph
from jmdi_networkfiles.text import numbered, text_of

__all__ = ["Sheet", "is_workbook", "rows_of_head", "sheet_of", "sheets_of"]

BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin."""

ABOVE = 20
"""How many of the first lines may be titles, so that they do not show what stands between cells."""

HEAD = 65536
"""How many bytes a sniffer gets; a longer file is cut there."""


@attrs.frozen(slots=True)
class Sheet:
    """One table.

    Attributes:
        name: Name of the sheet; empty for a text.
        rows: Its rows that are not empty, without blanks around cells, each with its row or line.
        delimiter: What stands between cells; a blank for a text with none but blanks.
    """

    name: str
    rows: Sequence[Row]
    delimiter: str = ""


def is_workbook(head: bytes) -> bool:
    """Whether a file is a workbook, by its first bytes."""
    return head.startswith(BINARY)


def sheets_of(stream: BinaryIO, context: ImportContext) -> list[Sheet]:
    """The sheets of a file that hold anything; a text is one sheet.

    Raises:
        FormatError: If it cannot be read, or goes beyond the limits.
    """
    data = context.whole(stream)
    whole = io.BytesIO(data)
    return (
        _workbook(whole, context)
        if is_workbook(data)
        else [_text(text_of(whole, context), context)]
    )


def sheet_of(
    sheets: Sequence[Sheet], fits: Callable[[Sheet], bool], context: ImportContext
) -> Sheet:
    """The sheet that is read: the one that is chosen, else the only one, or the only one that fits.

    Args:
        sheets: All that hold anything.
        fits: Whether a sheet is what is looked for.
        context: The options of the import.

    Raises:
        FormatError: If there are several and none is chosen.
    """
    fitting = [sheet for sheet in sheets if fits(sheet)]
    if len(fitting) == 1 and context.options.get("graph") is None:
        return fitting[0]
    return sheets[chosen_graph([sheet.name for sheet in sheets], context)]


def _text(text: str, context: ImportContext) -> Sheet:
    for _ in numbered(text, context):
        pass  # a line that is too long is refused before anything is split at it
    first = [re.sub(r'"[^"]*"', "", line) for line in text.split("\n", ABOVE)[:ABOVE]]
    row = next((line for line in first if any(d in line for d in DELIMITERS)), "")
    delimiter = context.options.get("delimiter") or delimiter_of(row)
    if not row and not context.options.get("delimiter"):
        delimiter = " "
        text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    limits = context.limits
    rows = read_rows(
        io.BytesIO(text.encode("utf-8", "surrogatepass")),
        context.name,
        size=limits.size,
        cells=limits.cells,
        rows=limits.rows,
        columns=limits.columns,
        delimiter=delimiter,
        encoding="utf-8",
    )
    held = [Row(row.line, [unguard(cell).strip() for cell in row.cells]) for row in rows]
    return Sheet("", [row for row in held if any(row.cells)], delimiter)


def _workbook(stream: BinaryIO, context: ImportContext) -> list[Sheet]:
    from jmdi_documents import read_document
    from jmdi_documents.rows import tables_of

    document = read_document(
        stream,
        name=context.name,
        plugin="networkfiles",
        problem=context.report,
        limits=context.limits,
    )
    found = []
    for name, rows in tables_of(document):
        held = [Row(row.where.row or 0, [c.strip() for c in row.cells]) for row in rows]
        if any(any(row.cells) for row in held):
            found.append(Sheet(name, held))
    return found


def rows_of_head(head: bytes) -> list[Sheet]:
    """The sheets of a file of which only the first bytes are known; none if they do not show it.

    The last line of a text may be cut, and is left out; a large workbook cannot be read.
    """
    whole = head if len(head) < HEAD or is_workbook(head) else head[: head.rfind(b"\n") + 1]
    wide = is_workbook(head) or (byte_order_mark(head[:4]) or ("utf-8", 0))[0] != "utf-8"
    if not head.strip() or (b"\0" in head[:1000] and not wide):
        return []
    try:
        return sheets_of(io.BytesIO(whole), ImportContext(name=""))
    except Exception:  # a sniffer never raises: what it cannot read is another format's
        return []

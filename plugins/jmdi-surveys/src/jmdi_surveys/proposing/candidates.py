"""Tables that a preset may fit: their columns by header, with tags and cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from jmdi.files.mapping import TableRow
from jmdi.files.mapping.header import unique_headers
from jmdi.files.mapping.tables import header_row_of
from jmdi.words.folding import fold
from jmdi_surveys.answers.joining import UP
from jmdi_surveys.answers.sheets import Sheet
from jmdi_surveys.proposing.tags import Tag, tag_of, tag_rows

__all__ = ["Candidate", "ColumnSeen", "candidate_of"]

_HEAD = re.compile(r"[(\[:]")
_SCALE = re.compile(r"[\d\s]+$")


@attrs.frozen
class ColumnSeen:
    """A column of a table.

    Attributes:
        header: Its header, unique in the table.
        words: The header folded, without what says which table it is from.
        heads: Shorter forms of the words: before a bracket or colon, without a scale.
        depth: How many tables up it is from; 0 for the table itself.
        tag: Its hashtag.
        cells: What stands in it, without empty cells, in order.
    """

    header: str
    words: str
    heads: tuple[str, ...]
    depth: int
    tag: Tag | None
    cells: Sequence[str]


@attrs.frozen
class Candidate:
    """A table that a preset may fit.

    Attributes:
        sheet: The name of its sheet.
        columns: Its columns by header.
        header_row: The row of the header; ``None`` for the first that is not empty.
        first_row: The first row of data, where tags stand between.
        tagged: Whether it has a row of tags.
        rows: Its rows of data.
        header: Its header.
    """

    sheet: str
    columns: Mapping[str, ColumnSeen]
    header_row: int | None
    first_row: int | None
    tagged: bool
    rows: Sequence[TableRow]
    header: TableRow


def candidate_of(
    sheet: Sheet, *, export: bool = False, header_row: int | None = None
) -> Candidate | None:
    """A sheet as a table; ``None`` if it is empty.

    Args:
        sheet: The sheet.
        export: Whether its first row is its header in any case.
        header_row: The row of the header; found if not given.
    """
    rows = [
        row
        for row in sheet.rows
        if any(cell.strip() for cell in row.cells) and (_number(row) or 0) >= (header_row or 0)
    ]
    if not rows:
        return None
    tags = range(0) if export else tag_rows(rows)
    number: int | None
    first: int | None
    if header_row is not None:
        at, number = 0, header_row
        tags = tags if tags.start <= 1 else range(0)
        below = rows[max(tags.stop, 1) :]
        first = _number(below[0]) if below and tags else None
    elif tags:
        at = max(tags.start - 1, 0)
        below = rows[tags.stop :]
        number = _number(rows[at]) if at else None
        first = _number(below[0]) if below else None
    else:
        number = None if export else header_row_of(rows)
        at = next((i for i, row in enumerate(rows) if _number(row) == number), 0) if number else 0
        below, first = rows[at + 1 :], None
    tagged = rows[tags.start].cells if tags else ()
    found = {}
    for place, header in enumerate(unique_headers(rows[at].cells)):
        cells = [
            text for row in below if place < len(row.cells) and (text := row.cells[place].strip())
        ]
        bare = header
        while bare.startswith(UP):
            bare = bare.removeprefix(UP)
        words = fold(bare)
        heads = dict.fromkeys(
            (fold(_HEAD.split(bare)[0]), _SCALE.sub("", words), fold(bare.rpartition("/")[2]))
        )
        found[header] = ColumnSeen(
            header,
            words,
            tuple(head for head in heads if head and head != words),
            header.count(UP),
            tag_of(tagged[place]) if place < len(tagged) else None,
            cells,
        )
    return Candidate(sheet.name, found, number, first, bool(tags), below, rows[at])


def _number(row: TableRow) -> int | None:
    return row.where.row or row.where.line

"""The sheets of nodes beside a sheet of ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from jmdi import ImportContext
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.sheets.rows import Sheet
from jmdi_networkfiles.words import names_of

__all__ = ["nodes_of"]

NAMED = 0.5
"""What share of the ends of ties a column must have that names nodes."""


def nodes_of(
    sheets: Sequence[Sheet], ends: AbstractSet[str], context: ImportContext
) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """The nodes that other sheets list: the name of each, its attributes and its row.

    The nodes stand in the column that has most of the ends of ties; a sheet without one is
    reported, and not read.

    Args:
        sheets: The other sheets.
        ends: The names that ties have.
        context: Where problems go.
    """
    notes = Notes(context)
    for sheet in sheets:
        header, *rows = sheet.rows
        columns = range(len(header.cells))
        found = [len(ends & {row.cells[k] for row in rows if k < len(row.cells)}) for k in columns]
        most = max(found, default=0)
        if most < max(1, NAMED * len(ends)):
            notes.skip(f"the sheet {sheet.name!r:.60}, none of whose columns has the ends of ties")
            continue
        at = found.index(most)
        names = names_of(header.cells, without=at)
        for row in rows:
            pairs = zip(names, row.cells, strict=False)
            values = {name: cell for k, (name, cell) in enumerate(pairs) if cell and k != at}
            if at < len(row.cells) and row.cells[at]:
                yield row.cells[at], values, row.line
            else:
                notes.skip(f"a row of the sheet {sheet.name!r:.60} without a name")
    notes.finish()

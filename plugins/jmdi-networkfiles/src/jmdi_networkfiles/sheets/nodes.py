"""A workbook with a sheet of ties and sheets of nodes: which is which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from jmdi import ImportContext
from jmdi.files.graphs.choosing import chosen_graph
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.sheets.rows import Sheet
from jmdi_networkfiles.words import ends_of

__all__ = ["nodes_of", "ties_of"]

NAMED = 0.5
"""What share of the ends of ties a column must have that names nodes."""


def ties_of(sheets: Sequence[Sheet], context: ImportContext) -> Sheet:
    """The sheet of ties: the one that is chosen, else the only one, or whose header says it.

    Raises:
        FormatError: If there are several and none is chosen.
    """
    named = [sheet for sheet in sheets if ends_of(sheet.rows[0].cells) is not None]
    if len(named) == 1 and context.options.get("graph") is None:
        return named[0]
    return sheets[chosen_graph([sheet.name for sheet in sheets], context)]


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
        names = [
            name if name or k == at else f"column {k + 1}" for k, name in enumerate(header.cells)
        ]
        for row in rows:
            pairs = zip(names, row.cells, strict=False)
            values = {name: cell for k, (name, cell) in enumerate(pairs) if cell and k != at}
            if at < len(row.cells) and row.cells[at]:
                yield row.cells[at], values, row.line
            else:
                notes.skip(f"a row of the sheet {sheet.name!r:.60} without a name")
    notes.finish()

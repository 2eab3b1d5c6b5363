"""The table of parties: one row for each party of each partnership."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jmdi.errors import Severity, Where
from jmdi.files.delimited import Row, unguard
from jmdi.files.tables.cells import Cells, Form, form_of, json_or_text
from jmdi.files.tables.plan import EXTRA
from jmdi.files.tables.rows import RowReader
from jmdi.model.declare import fields_of
from jmdi.model.values import Party
from jmdi.model.writing import dumps

__all__ = ["COLUMNS", "party_cells", "read_parties"]

PARTNERSHIP = "partnership"


@functools.cache
def _forms() -> tuple[tuple[str, Form], ...]:
    return tuple((field.name, form_of(field)) for field in fields_of(Party))


COLUMNS = (PARTNERSHIP, *(name for _, form in _forms() for name in form.names), EXTRA)


def party_cells(partnership: str, raw: Mapping[str, Any]) -> Cells:
    """The row of a party."""
    cells: Cells = {PARTNERSHIP: partnership}
    rest = dict(raw)
    for name, form in _forms():
        if name in rest:
            cells.update(form.write(rest.pop(name)))
    if rest:
        cells[EXTRA] = dumps(rest)
    return cells


def read_parties(name: str, header: Sequence[str], rows: Iterable[Row], reader: RowReader) -> None:
    """Gives a reader the parties of a table, which go into their partnerships.

    Args:
        name: The name of the table.
        header: Its header, as typed.
        rows: Its other rows.
        reader: What reads the partnerships after this; it is told of the parties.
    """
    known = {column.casefold(): column for column in COLUMNS}
    columns = [known.get(c.strip().casefold(), c.strip()) for c in map(unguard, header)]
    reader.parties_file = name
    for row in rows:
        cells = {c: unguard(v) for c, v in zip(columns, row.cells, strict=False) if c and v}
        partnership = cells.get(PARTNERSHIP)
        if partnership is None or "actor" not in cells:
            reader.context.problem(
                "J531",
                "a party needs a partnership and an actor; the row was not read",
                severity=Severity.ERROR,
                where=Where(file=name, line=row.line),
            )
            continue
        reader.parties.setdefault(partnership, []).append((row.line, _party_of(cells)))


def _party_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """The party of a row, as JSON object; columns that parties do not have are kept too."""
    raw: dict[str, Any] = {}
    taken = {PARTNERSHIP, EXTRA}
    for name, form in _forms():
        own = {c: cells[c] for c in form.names if c in cells}
        if own:
            raw[name] = form.read(own)
            taken.update(own)
    more = json_or_text(cells.get(EXTRA, "{}"))
    others = {column: cell for column, cell in cells.items() if column not in taken}
    return {**others, **(more if isinstance(more, dict) else {EXTRA: more}), **raw}

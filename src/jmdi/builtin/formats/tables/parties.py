"""The table of parties: one row for each party of each partnership."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from jmdi.files.tables.cells import Cells, Form, form_of, json_or_text
from jmdi.files.tables.plan import EXTRA
from jmdi.model.declare import fields_of
from jmdi.model.values import Party
from jmdi.model.writing import dumps

__all__ = ["COLUMNS", "PARTNERSHIP", "party_cells", "party_of"]

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


def party_of(cells: Mapping[str, str]) -> dict[str, Any]:
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

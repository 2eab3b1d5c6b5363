"""What the columns of a table mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from jmdi import Record
from jmdi.files.tables.cells import Form, form_of, json_or_text
from jmdi.files.tables.plan import EXTRA, plan_of
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.plugins.catalog import Catalog
from jmdi_workbook.layout import ANSWER, OWNER, Column, column_of, parts_of

__all__ = ["Meaning", "meanings_of", "part_of"]

MEASURES = frozenset({"value", "score"})
"""The fields of which a record's own ``reason`` says why they are missing."""


@attrs.frozen(slots=True)
class Meaning:
    """What a column means.

    Attributes:
        column: What its cells hold.
        reason: The column that says why its field is not known; empty if there is none.
    """

    column: Column
    reason: str = ""


def meanings_of(table: str, names: Iterable[str], catalog: Catalog) -> dict[str, Meaning]:
    """The meaning of each column that the table has by declaration."""
    kind, _, part = table.partition("/")
    cls = catalog.kinds[kind]
    forms: Iterable[tuple[FieldInfo, Form]]
    if part:
        forms = _forms(parts_of(cls)[part])
        found = {OWNER: Meaning(Column(OWNER, OWNER, "record", kinds=(kind,)))}
        found[ANSWER] = Meaning(Column(ANSWER, ANSWER, "yes or no"))
        found[EXTRA] = Meaning(Column(EXTRA, EXTRA))
    else:
        forms, found = plan_of(cls).fields, {}
    own_reason = "reason" if any(field.name == "reason" for field, _ in forms) else ""
    for name in names:
        for field, form in forms:
            if form.takes(name):
                reason = own_reason if field.name in MEASURES else _reason(field)
                found[name] = Meaning(column_of(name, field, catalog, cls), reason)
    return found


def _reason(field: FieldInfo) -> str:
    """The column of a value that says why it is not known."""
    kind = field.type
    if kind.form != "value" or not any(f.name == "reason" for f in fields_of(kind.cls)):
        return ""
    return f"{field.name}.reason"


def _forms(field: FieldInfo) -> tuple[tuple[FieldInfo, Form], ...]:
    item: Any = field.type.item
    return tuple((part, form_of(part)) for part in fields_of(item.cls))


def part_of(cls: type[Record], part: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object of a row of a sheet of parts."""
    rest = dict(cells)
    more = json_or_text(rest.pop(EXTRA, "{}"))
    raw: dict[str, Any] = dict(more) if isinstance(more, dict) else {EXTRA: more}
    for field, form in _forms(parts_of(cls)[part]):
        own = {name: rest.pop(name) for name in cells if form.takes(name)}
        if own:
            raw[field.name] = form.read(own)
    return raw | rest

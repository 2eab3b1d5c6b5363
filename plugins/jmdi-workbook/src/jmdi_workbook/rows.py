"""The rows of each sheet: what is known, as cells show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from jmdi import Dataset, FormatError, Problem, Record, Severity, Where
from jmdi.files.tables.cells import Cells, Form, form_of
from jmdi.files.tables.plan import plan_of
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.model.writing import dumps
from jmdi.running.unknowns import ASKED
from jmdi_workbook.cells import LONGEST, UNSAID, Words, as_it_is, escape
from jmdi_workbook.layout import ANSWER, EXTRA, OWNER, Sheet, parts_of

__all__ = ["Row", "filled_columns", "rows_of"]


@attrs.frozen(slots=True)
class Row:
    """One row of a sheet.

    Attributes:
        record: Id of the record that it is, or belongs to; empty for one that is still to be.
        cells: What its cells show, by column.
        place: Which of the record's parts it is, counted from 0.
    """

    record: str
    cells: Cells
    place: int = 0


def filled_columns(
    records: Iterable[Record], needed: Mapping[type[Record], Iterable[str]]
) -> dict[str, set[str]]:
    """The columns that records fill, by table."""
    filled: dict[str, set[str]] = {}
    for record in records:
        cls, raw = type(record), record.to_dict()
        if cls not in needed:
            continue
        parts = parts_of(cls)
        for field, form in plan_of(cls).fields:
            value = _value(raw, field)
            if value is not None and field.name not in parts:
                filled.setdefault(cls.kind, set()).update(form.write(value))
        for name, field in parts.items():
            for item in raw.get(name, ()):
                used = filled.setdefault(f"{cls.kind}/{name}", set())
                for part, form in _forms(field):
                    used.update(form.write(item[part.name]) if part.name in item else ())
                if _rest(field, item) or not item:
                    used.add(EXTRA)
    return filled


def _forms(field: FieldInfo) -> Iterator[tuple[FieldInfo, Form]]:
    item: Any = field.type.item
    for part in fields_of(item.cls):
        yield part, form_of(part)


def _rest(field: FieldInfo, item: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a part that no column holds."""
    declared = {part.name for part, _ in _forms(field)}
    unsaid = {f"{name}.reason" for name in declared}
    return {k: v for k, v in item.items() if k not in declared and k not in unsaid}


def _value(raw: Mapping[str, Any], field: FieldInfo) -> Any:
    """The JSON value of a field; those of a plugin's kind are in a block."""
    block = raw.get(field.owner) if ":" in field.owner else raw
    return block.get(field.name) if isinstance(block, Mapping) else None


def rows_of(sheet: Sheet, dataset: Dataset, words: Words) -> Iterator[Row]:
    """The rows of a sheet, in the order of the dataset.

    Raises:
        FormatError: If a cell cannot hold what a record says.
    """
    for record in dataset.records:
        if type(record) is not sheet.cls:
            continue
        raw = record.to_dict()
        if sheet.part is None:
            forms = plan_of(sheet.cls).fields
            yield Row(record.id, _cells(sheet, words, raw, forms, record.id))
            continue
        owner = {OWNER: words.show(sheet.columns[0], record.id)}
        for place, item in enumerate(raw.get(sheet.part.name, ())):
            cells = _cells(sheet, words, item, _forms(sheet.part), record.id)
            rest = _rest(sheet.part, item)
            if rest or not cells:  # else an empty part would be taken for a question
                cells[EXTRA] = escape(dumps(rest))
            if sheet.part.name == "absences":
                cells[ANSWER] = words.titles.answer("no")
            yield Row(record.id, owner | cells, place)
        if sheet.part.name == "absences":
            for item in raw.get(ASKED, ()):
                cells = _cells(sheet, words, item, _forms(sheet.part), record.id)
                typed = item.get(f"{ANSWER}.words")
                cells[ANSWER] = escape(typed) if typed else words.titles.answer(item["reason"])
                yield Row(record.id, owner | cells, -1)


def _cells(
    sheet: Sheet,
    words: Words,
    raw: Mapping[str, Any],
    forms: Iterable[tuple[FieldInfo, Form]],
    id: str,
) -> Cells:
    """The cells of a JSON object; of a field that nobody knows, why, if that is known."""
    wanted = {column.field for column in sheet.columns}
    cells: Cells = {}
    for field, form in forms:
        if field.name not in wanted:
            continue
        value, why = _value(raw, field), raw.get(f"{field.name}.reason")
        if value is not None:
            cells |= _shown(sheet, words, form, value, Where(record=id, member=f"/{field.name}"))
        elif why in UNSAID:
            first = next(c.name for c in sheet.columns if c.field == field.name)
            cells[first] = words.titles.answer(why)
    return cells


def _shown(sheet: Sheet, words: Words, form: Form, value: Any, where: Where) -> Cells:
    """The cells of a field: as people read them if they are read back exactly, else as they are.

    Raises:
        FormatError: If no cells can hold it.
    """
    columns = {column.name: column for column in sheet.columns}
    plain = form.write(value)
    tries = (
        {name: words.show(columns[name], cell) for name, cell in plain.items()},
        {name: escape(cell) for name, cell in plain.items()},
        {name: as_it_is(cell) for name, cell in plain.items()},
        {form.names[0]: escape(dumps(value))},
    )
    for cells in tries:
        if not cells.keys() <= columns.keys():
            continue
        read = {name: words.read(columns[name], cell)[0] for name, cell in cells.items()}
        if max(map(len, cells.values())) <= LONGEST and form.read(read) == value:
            return cells
    message = f"no cell can hold {dumps(value)!r:.60}"
    cure = f"a text has at most {LONGEST:,} characters"
    raise FormatError([Problem("workbook:W11", Severity.ERROR, message, where, cure=cure)])

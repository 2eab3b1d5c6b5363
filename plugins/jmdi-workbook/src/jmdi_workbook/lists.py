"""The hidden sheet: the lists that cells choose from, and what the workbook was written with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi import Relation
from jmdi_workbook.cells import Words, escape
from jmdi_workbook.layout import Column, Sheet
from jmdi_workbook.rows import Row

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from jmdi import Dataset

__all__ = ["FIRST", "HIDDEN", "KEYS", "SPARE", "THERE", "Lists", "Written"]

HIDDEN = "jmdi"
"""Name of the hidden sheet."""

KEYS = 0
"""Its first column: the columns that the workbook was written with."""

THERE = "there already"
"""What its second column is called: the ids of the relations that the workbook was written with."""

FIRST = 2
"""The first row of records on a sheet, counted from 0: titles and names of columns come before."""

SPARE = 200
"""Empty rows under those that are known, which have lists too."""


@attrs.frozen
class Written:
    """A sheet as it is written.

    Attributes:
        sheet: What it holds.
        name: What it is called.
        rows: Its rows.
    """

    sheet: Sheet
    name: str
    rows: Sequence[Row]

    @property
    def last(self) -> int:
        """The last row that may be filled in, counted from 0."""
        return FIRST + len(self.rows) + SPARE - 1


class Lists:
    """Writes each list once, into a column of the hidden sheet.

    Args:
        hidden: The hidden sheet.
        sheets: The sheets of the workbook.
        words: What cells show.
        dataset: The records that are known.
    """

    def __init__(
        self, hidden: Worksheet, sheets: Sequence[Written], words: Words, dataset: Dataset
    ) -> None:
        # XlsxWriter declares the value of a formula as a whole number, and takes text.
        self._hidden: Any = hidden
        self._words = words
        self._dataset = dataset
        self._sheets: Mapping[str, Written] = {one.sheet.table: one for one in sheets}
        self._ranges: dict[str, str] = {}
        keys = [one.sheet.key(column) for one in sheets for column in one.sheet.columns]
        for row, key in enumerate(keys):
            hidden.write_string(row, KEYS, key)
        relations = [one for one in sheets if issubclass(one.sheet.cls, Relation)]
        there = [row.record for one in relations if one.sheet.part is None for row in one.rows]
        for row, cell in enumerate((THERE, *map(escape, filter(None, there)))):
            hidden.write_string(row, KEYS + 1, cell)

    def range_of(self, column: Column) -> str | None:
        """The cells that have the list of a column; ``None`` if there is none."""
        name = column.list_name
        if not name:
            return None
        if name not in self._ranges:
            self._ranges[name] = self._written(column, len(self._ranges) + KEYS + 2)
        return self._ranges[name]

    def _written(self, column: Column, at: int) -> str:
        self._hidden.write_string(0, at, column.list_name)
        row = 1
        if column.sort == "record":
            row = self._records(column, at)
        for option in self._words.options(column):
            self._hidden.write_string(row, at, escape(option))
            row += 1
        letters = _letters(at)
        return f"={HIDDEN}!${letters}$2:${letters}${max(row, 2)}"

    def _records(self, column: Column, at: int) -> int:
        """The records that a cell may name; those of other sheets as they are there now."""
        row = 1
        sheets = [self._sheets[kind] for kind in column.kinds if kind in self._sheets]
        for record in self._dataset.records:
            if record.kind in column.kinds and record.kind not in self._sheets:
                self._hidden.write_string(row, at, self._words.show(column, record.id))
                row += 1
        for spare in (False, True):
            for one in sheets:
                first = FIRST + len(one.rows) if spare else FIRST
                last = one.last if spare else FIRST + len(one.rows) - 1
                for line in range(first, last + 1):
                    shown = "" if spare else self._words.show(column, one.rows[line - FIRST].record)
                    self._hidden.write_formula(row, at, _label(one, line), None, shown)
                    row += 1
        return row


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _label(one: Written, line: int) -> str:
    """A formula that gives the name and the id of a row, also of one that is written later."""

    def cell(column: int) -> str:
        return f"'{one.name}'!${_letters(column)}${line + 1}"

    id, names = cell(0), [cell(n) for n, c in enumerate(one.sheet.columns) if c.field == "names"]
    if not names:
        return f'=IF({id}="","",{id})'
    name = names.pop()
    for other in reversed(names):
        name = f'IF({other}="",{name},{other})'
    return f'=IF({name}="",IF({id}="","",{id}),{name}&IF({id}="",""," ["&{id}&"]"))'

"""The classes of a mapping: what each column of a table means, and which records a row makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

import attrs

from jmdi.files.delimited import IsDelimiter
from jmdi.model.frozen import EMPTY
from jmdi.plugins.argument_types import AtLeast

__all__ = ["DROP", "EXTRA", "Answer", "ColumnRule", "RecordRule", "TableMapping", "TableRule"]

VERSION = 1
"""The version of the format that is written, and the highest that is read."""

DROP, EXTRA = "drop", "extra"
"""Where a column goes that no field holds: nowhere, or to ``extra`` of the record."""

Answer: TypeAlias = Literal["yes", "no", "unknown", "not_asked"]
"""What a word of a cell says instead of a value."""

ANSWERS: tuple[Answer, ...] = ("yes", "no", "unknown", "not_asked")


@attrs.frozen(slots=True)
class IsSeparator:
    """What stands between values is at least one character."""

    def holds(self, value: Any, /) -> bool:
        """Whether it is one."""
        return bool(value)

    def describe(self, words: str, /) -> str:
        """It in words."""
        return f"{words} that is not empty"


@attrs.frozen(slots=True, kw_only=True)
class CellRule:
    """How the cells of a column are read.

    Attributes:
        values: What a word means: a code, an id, a name.
        yes: The words for yes.
        no: The words for no, none or never.
        unknown: The words of someone who was asked and does not know.
        not_asked: The words for a question that was not asked; ``""`` is an empty cell.
        blank: The words that say as little as an empty cell, such as *other*, where another
            column says which.
        split: What stands between several values of a cell; one value if not given.
        language: The language of the words, such as ``es``.
        date: The order of day, month and year: ``day-first``, ``month-first`` or ``year-first``.
        decimal: The decimal mark: ``,`` or ``.``.
        unit: The words of a unit beside a number, which are taken away.
        scheme: The vocabulary of codes, or the register of identifiers.
        by: Whether cells name a record, are its id, or the key that its id is made from.
        type: The type of a column that is kept in ``extra``.
    """

    values: Mapping[str, str] | None = None
    yes: tuple[str, ...] | None = None
    no: tuple[str, ...] | None = None
    unknown: tuple[str, ...] | None = None
    not_asked: tuple[str, ...] | None = None
    blank: tuple[str, ...] | None = None
    split: tuple[Annotated[str, IsSeparator()], ...] | None = None
    language: str | None = None
    date: Literal["day-first", "month-first", "year-first"] | None = None
    decimal: Literal[",", "."] | None = None
    unit: tuple[str, ...] | None = None
    scheme: str | None = None
    by: Literal["name", "id", "key"] | None = None
    type: Literal["text", "number", "yes-no"] | None = None


@attrs.frozen(slots=True, kw_only=True)
class ColumnRule(CellRule):
    """What a column becomes.

    Attributes:
        to: The fields that get its cells, as ``record.field`` or ``field``; ``drop`` or ``extra``.
        optional: Whether a table may lack the column.
        also: Other headers of the same column, such as those of another language.
        only: For the name in the headers of repeated columns, the names that are meant; all
            if not given.
    """

    to: tuple[str, ...]
    optional: bool = False
    also: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class RecordRule:
    """A record that is made from each row.

    Attributes:
        kind: Its kind.
        key: The columns that its id is made from; its name, else all that it says, if not given.
        each: The part of a header that repeats: one record is made for each group of columns.
        when: It is made only where a column has one of these words, or any if one is ``*``.
        set: Fields that are the same in each record; ``extra.name`` is an attribute of one's own.
        link: Fields that refer to another record of the row, by its name in the mapping; of
            several names the first one counts that the row has.
        silence: What it means that somebody who reports ties does not report one to another actor
            of the table: that there is none, or that nobody asked. The ties of those who report
            nothing are unobserved then. If not given, nothing is said of such pairs.
    """

    kind: str
    key: tuple[str, ...] = ()
    each: str | None = None
    when: Mapping[str, tuple[str, ...]] = EMPTY
    set: Mapping[str, str | bool | int | float] = EMPTY
    link: Mapping[str, tuple[str, ...]] = EMPTY
    silence: Literal["absent", "unobserved"] | None = None


@attrs.frozen(slots=True, kw_only=True)
class TableRule:
    """Where in its file a table is.

    Attributes:
        sheet: The sheet of a workbook; the first with a table if not given.
        header_row: The row of the header, counted from 1; the first that is not empty if not given.
        first_row: The first row below the header that is data, where tags or units stand between.
        delimiter: What stands between cells of a text; found out if not given.
        encoding: Encoding of a text; UTF-8, or UTF-16 with a byte order mark, if not given.
    """

    sheet: str | None = None
    header_row: Annotated[int, AtLeast(1)] | None = None
    first_row: Annotated[int, AtLeast(1)] | None = None
    delimiter: Annotated[str, IsDelimiter()] | None = None
    encoding: str | None = None


@attrs.frozen(slots=True, kw_only=True)
class TableMapping:
    """How a table becomes records.

    Attributes:
        columns: What each column becomes, by its header; ``{name}`` stands for a part that repeats.
        records: The records that are made from a row, by a name that columns and links use.
        repeats: What the repeated part of headers becomes, by its name.
        cells: How cells are read where their column does not say otherwise.
        table: Where the table is.
        tables: The mappings of several tables of one file, by any name; instead of columns.
        title: What the mapping is for.
        file: The file that it was read from, for problems.
    """

    columns: Mapping[str, ColumnRule] = EMPTY
    records: Mapping[str, RecordRule] = EMPTY
    repeats: Mapping[str, ColumnRule] = EMPTY
    cells: CellRule = CellRule()
    table: TableRule = TableRule()
    tables: Mapping[str, TableMapping] = EMPTY
    title: str = ""
    file: str | None = attrs.field(default=None, eq=False)

    def rule(self, column: ColumnRule) -> ColumnRule:
        """A column's rule; what it does not say, the rule for all cells says."""
        general = {
            name: getattr(self.cells, name) for name in CELL_KEYS if getattr(column, name) is None
        }
        return attrs.evolve(column, **general)

    def parts(self) -> list[TableMapping]:
        """The mapping of each table; what a table does not say of cells, the whole says."""
        if not self.tables:
            return [self]
        return [
            attrs.evolve(
                part,
                cells=attrs.evolve(
                    part.cells,
                    **{
                        name: getattr(self.cells, name)
                        for name in CELL_KEYS
                        if getattr(part.cells, name) is None
                    },
                ),
            )
            for part in self.tables.values()
        ]


CELL_KEYS = tuple(a.name for a in attrs.fields(CellRule))
"""What a rule for cells can say."""

"""A small table: named columns and rows, with a way out to files, papers and data frames."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs

from jmdi.errors import NotFound
from jmdi.files.delimited import guard as guarded
from jmdi.graph.columns import plain
from jmdi.graph.frames import known, package, typed_columns
from jmdi.graph.table_text import latex, markdown

__all__ = ["Table"]

SHOWN = 10
"""How many rows are shown of a table that is more than twice as long."""


class Table:
    """Rows under named columns; it cannot change.

    Any library that speaks Arrow takes it as it is: ``polars.DataFrame(table)``.

    Args:
        columns: Names of the columns, all different.
        rows: The rows, each as wide as there are columns.
        notes: What must be said of it, such as why a cell is empty; they stand below it.

    Raises:
        ValueError: If a name is given twice or a row has another width.
    """

    __slots__ = ("columns", "notes", "rows")

    columns: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __init__(
        self,
        columns: Iterable[str],
        rows: Iterable[Sequence[Any]] = (),
        *,
        notes: Iterable[str] = (),
    ) -> None:
        names, cells = tuple(columns), tuple(map(tuple, rows))
        if len(set(names)) != len(names):
            raise ValueError(f"a column name is given twice: {', '.join(names)}")
        for number, row in enumerate(cells, start=1):
            if len(row) != len(names):
                raise ValueError(f"row {number} has {len(row)} cells, not {len(names)}")
        object.__setattr__(self, "columns", names)
        object.__setattr__(self, "rows", cells)
        object.__setattr__(self, "notes", tuple(notes))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Table cannot change: make a new one")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (self.columns, self.rows, self.notes))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str) -> tuple[Any, ...]:
        """The cells of a column.

        Raises:
            NotFound: If there is no such column; it names the near ones.
        """
        if name not in self.columns:
            raise NotFound("column", name, self.columns)
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self, *, guard: bool = True) -> str:
        """The table as CSV with a header line.

        What is not known is an empty cell, several values are separated by ``"; "``, and values
        with parts are JSON.

        Args:
            guard: Whether to put an apostrophe before text that a spreadsheet would run as a
                formula.
        """
        lines = [_csv_line([_text(column, guard) for column in self.columns])]
        lines += [_csv_line([_cell(value, guard) for value in row]) for row in self.rows]
        return "".join(lines)

    def write_csv(self, path: str | os.PathLike[str], *, guard: bool = True) -> None:
        """Writes CSV in UTF-8; the file appears whole or not at all.

        Args:
            path: The file.
            guard: Whether to keep a spreadsheet from running text as a formula.

        Raises:
            FormatError: If the file cannot be written.
        """
        from jmdi.files.paths import atomic_write

        data = self.to_csv(guard=guard).encode("utf-8", "backslashreplace")
        with atomic_write(path) as stream:
            stream.write(data)

    def to_markdown(self, *, digits: int = 3, unknown: str = "") -> str:
        """The table in Markdown, with its notes below it.

        Args:
            digits: How many significant digits a number with a fraction has.
            unknown: What stands for what is not known.
        """
        return markdown(self.columns, self._shown(digits, unknown), self._numeric(), self.notes)

    def to_latex(
        self, *, digits: int = 3, unknown: str = "--", caption: str = "", label: str = ""
    ) -> str:
        """The table in LaTeX, with the rules of booktabs and its notes below it.

        Args:
            digits: How many significant digits a number with a fraction has.
            unknown: What stands for what is not known.
            caption: Its caption; with one it is a float.
            label: What it is referred to by, such as ``tab:network``.
        """
        rows = self._shown(digits, unknown)
        return latex(self.columns, rows, self._numeric(), self.notes, caption, label)

    def _shown(self, digits: int, unknown: str) -> list[list[str]]:
        """The cells as text for readers."""

        def shown(value: Any) -> str:
            if isinstance(value, float):
                whole = value.is_integer() or abs(value) >= 10**digits
                return f"{value:.0f}" if whole else f"{value:.{digits}g}"
            return _cell(value, False) or unknown

        return [[shown(known(value)) for value in row] for row in self.rows]

    def _numeric(self) -> list[bool]:
        """Whether all that is known in each column is a number."""
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        kinds = [{type(value) for value in column} - {type(None)} for column in columns]
        return [bool(found) and found <= {int, float, Decimal} for found in kinds]

    def _typed(self) -> dict[str, list[Any]]:
        return typed_columns(self.columns, self.rows, lambda value: _cell(value, False))

    def to_pandas(self) -> Any:
        """The table as a ``pandas.DataFrame``.

        Whole numbers and yes or no of which some are not known are ``Int64`` and ``boolean``.

        Raises:
            ImportError: If pandas is not installed.
        """
        pandas = package("pandas")
        columns: dict[str, Any] = self._typed()
        for name, values in columns.items():
            kinds = set(map(type, values))
            dtype = {int: "Int64", bool: "boolean"}.get(next(iter(kinds - {type(None)}), str))
            if dtype is not None and type(None) in kinds:
                columns[name] = pandas.array(values, dtype=dtype)
        return pandas.DataFrame(columns, columns=list(self.columns))

    def to_polars(self) -> Any:
        """The table as a ``polars.DataFrame``.

        Raises:
            ImportError: If polars is not installed.
        """
        return package("polars").DataFrame(self._typed())

    def to_arrow(self) -> Any:
        """The table as a ``pyarrow.Table``.

        Raises:
            ImportError: If pyarrow is not installed.
        """
        return package("pyarrow").table(self._typed())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as a stream of Arrow, made by pyarrow or else by Polars.

        Raises:
            ImportError: If neither is installed.
        """
        try:
            table = self.to_arrow()
        except ImportError as missing:
            try:
                table = self.to_polars()
            except ImportError:
                raise ImportError(
                    "Arrow needs pyarrow or polars, and neither is installed: pip install pyarrow"
                ) from missing
        return table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        lines = ["  ".join(self.columns)]
        shown = self.rows if len(self) <= 2 * SHOWN else self.rows[:SHOWN]
        lines += ["  ".join(_cell(value, False) for value in row) for row in shown]
        if len(self) > len(shown):
            lines.append(f"… {len(self) - len(shown):,} more rows")
        return "\n".join([*lines, *self.notes])

    def _repr_html_(self) -> str:
        from jmdi.display.cards import table_card

        return table_card(self)


def _restore(columns: Any, rows: Any, notes: Any) -> Table:
    return Table(columns, rows, notes=notes)


def _csv_line(cells: Sequence[str]) -> str:
    """Cells as one line; the csv module leaves a carriage return unquoted, which loses it."""
    quoted = (
        '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell for cell in cells
    )
    return (",".join(quoted) or '""') + "\n"


_SPECIAL = re.compile(r'[",;\t\r\n]|^[\s\ufeff]')


def _cell(value: Any, guard: bool) -> str:
    """A value as the text of a cell."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value, guard)
    if isinstance(value, tuple):
        text = "; ".join(_cell(part, False) for part in value)
        return _text(text, guard)
    if attrs.has(type(value)):
        members = attrs.asdict(value, filter=lambda _, part: part is not None and part != {})
        return _text(json.dumps(members, ensure_ascii=False, default=str), guard)
    return str(value)


def _text(text: str, guard: bool) -> str:
    return guarded(text) if guard and text else text

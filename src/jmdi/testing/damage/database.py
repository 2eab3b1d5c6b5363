"""Changes of SQLite files: of values, rows, columns, tables, and views in place of tables."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from jmdi.testing.damage.hard import HARD, NUMBERS, TIMES
from jmdi.testing.damage.plain import change_words

__all__ = ["change_database"]

HARD_CELLS: Sequence[Any] = (
    None, 0, -1, 2**63 - 1, -(2**63), 0.5, 1e308, float("inf"), b"", b"\xff\xfe", b"\x00" * 9, "",
)  # fmt: skip
SCHEMA = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select * from {}, n"


def change_database(data: bytes, dice: random.Random) -> bytes:
    """A database with one change; now and then one of plain bytes."""
    if dice.random() < 0.1:
        return change_words(data, dice)
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        try:
            base.deserialize(data)
            base.execute("pragma journal_mode = memory")
            tables = sorted(name for (name,) in base.execute(SCHEMA))
            _change(base, dice.choice(tables), tables, dice)
            base.commit()
            return bytes(base.serialize())
        except (sqlite3.Error, IndexError, UnicodeError, OverflowError, ValueError):
            return change_words(data, dice)


def _change(base: sqlite3.Connection, table: str, tables: list[str], dice: random.Random) -> None:
    columns = [row[1] for row in base.execute(f"pragma table_info({_quoted(table)})")]
    column = dice.choice(columns)
    changes: Sequence[Callable[..., None]] = (_value, _value, _value, _rows, _shape, _view)
    dice.choice(changes)(base, table, column, dice)


def _value(base: sqlite3.Connection, table: str, column: str, dice: random.Random) -> None:
    """One cell, or all of a column."""
    t, c = _quoted(table), _quoted(column)
    rows = [row for (row,) in base.execute(f"select rowid from {t}")]
    others = [value for (value,) in base.execute(f"select {c} from {t}")]
    value = dice.choice(dice.choice((HARD, NUMBERS, HARD_CELLS, others or HARD)))
    if isinstance(value, str) and dice.random() < 0.2:
        value = value.encode("utf-8", "surrogatepass")  # the cast leaves bytes as they are
        sql = f"update or ignore {t} set {c} = cast(? as text)"
    else:
        sql = f"update or ignore {t} set {c} = ?"
    if dice.random() < 0.8:
        base.execute(f"{sql} where rowid = ?", (value, dice.choice(rows)))
    else:
        base.execute(sql, (value,))


def _rows(base: sqlite3.Connection, table: str, column: str, dice: random.Random) -> None:
    """Rows taken out or repeated."""
    t = _quoted(table)
    rows = [row for (row,) in base.execute(f"select rowid from {t}")]
    if dice.random() < 0.5:
        base.execute(f"delete from {t} where rowid = ?", (dice.choice(rows),))
        return
    base.execute(f"create table again as select * from {t}")
    for _ in range(dice.choice(TIMES)):
        base.execute(f"insert into again select * from {t} where rowid = ?", (dice.choice(rows),))
    base.execute(f"drop table {t}")
    base.execute(f"alter table again rename to {t}")


def _shape(base: sqlite3.Connection, table: str, column: str, dice: random.Random) -> None:
    """A table or a column taken out, with another name, or one more."""
    t, c = _quoted(table), _quoted(column)
    base.execute(
        dice.choice(
            (
                f"drop table {t}",
                f"alter table {t} rename to {_quoted(table + 'x')}",
                f"alter table {t} drop column {c}",
                f"alter table {t} rename column {c} to {_quoted(column + 'x')}",
                f"alter table {t} add column extra blob default x'00ff'",
                f"create index {_quoted('of ' + table)} on {t} ({c})",
                f"delete from {t}",
                "pragma user_version = 2147483647",
            )
        )
    )


def _view(base: sqlite3.Connection, table: str, column: str, dice: random.Random) -> None:
    """A view in place of a table: with the same rows, or with rows without end."""
    t, hidden = _quoted(table), _quoted(f"{table} hidden")
    base.execute(f"alter table {t} rename to {hidden}")
    same = f"select * from {hidden}"
    base.execute(f"create view {t} as {dice.choice((same, ENDLESS.format(hidden)))}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

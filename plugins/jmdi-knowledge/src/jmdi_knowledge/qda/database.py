"""SQLite databases that may be hostile: read only, never changed, and bounded."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import quote

from jmdi import ImportContext
from jmdi_knowledge.reporting import Report

__all__ = ["SQLITE", "Database", "Row", "copied", "number", "opened", "text"]

SQLITE = b"SQLite format 3\0"
"""What every database begins with."""

LONGEST = 1_000_000_000
"""Bytes of a value that SQLite itself allows."""

BROKEN = (sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What comes of damaged databases; even a message of SQLite may be no text."""

Value: TypeAlias = str | bytes | int | float | None
Row: TypeAlias = Mapping[str, Value]


def text(value: Value) -> str | None:
    """A value as text; a column may hold anything in SQLite."""
    if value is None or isinstance(value, str):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def number(value: Value) -> int | None:
    """A value as a whole number; ``None`` for what is none."""
    if isinstance(value, str):
        return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdigit() else None
    return value if isinstance(value, int) else None


@contextlib.contextmanager
def copied(stream: BinaryIO, context: ImportContext) -> Iterator[Path]:
    """A file with the bytes of a stream, which SQLite can open.

    Raises:
        FormatError: If it has more bytes than the limits allow.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "database"
        left = context.limits.size
        with place.open("wb") as copy:
            while part := stream.read(1 << 20):
                left -= len(part)
                if left < 0:
                    raise context.beyond(f"has more than {context.limits.size:,} bytes", "size")
                copy.write(part)
        yield place


@contextlib.contextmanager
def opened(place: Path, context: ImportContext, report: Report) -> Iterator[Database]:
    """A database, without its write-ahead log, which is nobody's business.

    Raises:
        FormatError: If it is none.
    """
    try:
        with place.open("rb") as stream:
            head = stream.read(len(SQLITE))
    except OSError as error:
        raise report.fatal("Q101", f"{place.name}: {error.strerror}") from None
    if head != SQLITE:
        raise report.fatal("Q101", f"{place.name} is no SQLite database")
    log = place.with_name(f"{place.name}-wal")
    if log.exists() and log.stat().st_size:
        report.add("Q113", f"{log.name} holds changes that were not read; open and close the tool")
    if place.stat().st_size > context.limits.size:
        raise context.beyond(f"has more than {context.limits.size:,} bytes", "size")
    uri = f"file:{quote(str(place.resolve()))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True)
    except BROKEN as error:
        raise report.fatal("Q101", f"{place.name}: {error}") from None
    with contextlib.closing(connection):
        yield Database(connection, context, report)


class Database:
    """The tables of a database.

    Raises:
        FormatError: If it is damaged.
    """

    def __init__(
        self, connection: sqlite3.Connection, context: ImportContext, report: Report
    ) -> None:
        self._connection = connection
        self._context = context
        self._report = report
        connection.text_factory = _decoded
        longest = min(context.limits.line, LONGEST)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            rows = connection.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
        except BROKEN as error:
            raise report.fatal("Q101", f"the database is damaged: {error}") from None
        self._tables = {
            str(name): str(kind) == "table" and not str(sql).upper().startswith("CREATE VIRTUAL")
            for name, kind, sql in rows
        }

    def has(self, *tables: str) -> bool:
        """Whether there are tables of these names."""
        return all(self._tables.get(table) for table in tables)

    def rows(self, table: str, *columns: str) -> Iterator[Row]:
        """The rows of a table as far as they can be read.

        Args:
            table: Its name.
            columns: The columns that are wanted; one that is not there is ``None``.

        Raises:
            FormatError: If there are more rows than the limits allow.
        """
        if not self._tables.get(table):
            what = "is no table" if table in self._tables else "is not there"
            self._report.add("Q113", f"the table {table} {what}")
            return
        try:
            there = self._columns(table)
            for lacking in [one for one in columns if one not in there]:
                self._report.add("Q113", f"the table {table} has no column {lacking}")
            wanted = [one for one in columns if one in there]
            if not wanted:
                return
            names = ", ".join(f'"{one}"' for one in wanted)
            query = f'SELECT {names} FROM "{table}"'
            for count, row in enumerate(self._connection.execute(query), 1):
                if count > self._context.limits.rows:
                    message = f"{table} has more than {self._context.limits.rows:,} rows"
                    raise self._context.beyond(message, "rows")
                if count % 1000 == 0:
                    self._context.keep_going()
                yield {**dict.fromkeys(columns), **dict(zip(wanted, row, strict=True))}
        except BROKEN as error:
            self._report.add("Q113", f"{table} is damaged: {error}")

    def _columns(self, table: str) -> Sequence[str]:
        return [str(row[1]) for row in self._connection.execute(f'PRAGMA table_info("{table}")')]

    def others(self, *read: str) -> Mapping[str, int]:
        """How many rows there are in each table that is not read."""
        counts: dict[str, int] = {}
        for table, plain in sorted(self._tables.items()):
            if plain and table not in read and table.isidentifier():
                with contextlib.suppress(*BROKEN):
                    query = f'SELECT count(*) FROM "{table}"'
                    if found := self._connection.execute(query).fetchone()[0]:
                        counts[table] = found
        return counts


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")

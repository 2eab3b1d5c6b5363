"""A temporary sqlite3 file of lines, one for each record, that compares and sorts them.

sqlite3 keeps what does not fit into its cache on disk, so memory stays the same for any number
of lines. It compares texts byte by byte in UTF-8, which is the order of Python's strings.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from jmdi.files.lines import Order, encoded_record
from jmdi.files.native import order_key
from jmdi.model.kinds import Claim
from jmdi.model.records import Record

__all__ = ["LineStore"]

CACHE = 16_000
"""Kilobytes of pages that sqlite3 holds, and of rows that it sorts at a time."""

SETTINGS = """
PRAGMA page_size = 65536;       -- the largest: most lines are then on one page
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -{};
"""
SCHEMA = """
CREATE TABLE lines (
    about TEXT,     -- the id that the line says something of; NULL when it was merged
    input INTEGER, shape INTEGER,
    place TEXT,     -- sorts lines in canonical order
    line BLOB
);
CREATE TABLE shared (           -- what several inputs speak of
    about TEXT PRIMARY KEY,
    first INTEGER,              -- the first of these inputs
    same INTEGER                -- whether each has one line, and these are equal
) WITHOUT ROWID;
CREATE VIEW kept AS
    SELECT lines.*, lines.rowid AS number FROM lines LEFT JOIN shared USING (about)
    WHERE first IS NULL OR (same AND input = first);
"""
INSERT = "INSERT INTO lines VALUES (?, ?, ?, ?, ?)"
ORDERS = {"canonical": "place, input, number", "input": "input, number"}
END, NUL = "\0\0", "\0\1"
"""What ends a text of a place, which comes before all that may go on, and what stands for a NUL."""


Row: TypeAlias = tuple[object, ...]


class LineStore:
    """Lines of the records of numbered inputs.

    Args:
        path: The file; it is made.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(SETTINGS.format(CACHE) + SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def put(self, number: int, records: Iterable[tuple[int, Record]]) -> None:
        """Keeps the records of an input.

        Args:
            number: The number of the input.
            records: Each with the number of its shape: its class and facets.
        """
        rows = (self._row(_about(record), number, shape, record) for shape, record in records)
        self._db.executemany(INSERT, rows)
        self._db.commit()

    def _row(
        self, about: str | None, number: int, shape: int, record: Record
    ) -> tuple[object, ...]:
        line = encoded_record(record)
        texts = order_key(record)
        if isinstance(record, Claim):  # claims of one id stay in the order of what they are about
            texts = (*texts, record.about)
        place = END.join(texts)
        if place.count("\0") > 2 * len(texts) - 2:
            place = END.join([text.replace("\0", NUL) for text in texts])
        return about, number, shape, place, line

    def drop(self, number: int) -> None:
        """Forgets the records of an input."""
        self._db.execute("DELETE FROM lines WHERE input = ?", (number,))
        self._db.commit()

    def put_merged(self, records: Iterable[Record]) -> None:
        """Keeps what was merged of lines that contradict each other."""
        self._db.executemany(INSERT, (self._row(None, 0, 0, record) for record in records))
        self._db.commit()

    def take(self, path: Path) -> None:
        """Takes over all lines of another store, whose file is deleted."""
        self._db.execute("ATTACH ? AS other", (str(path),))
        self._db.execute("INSERT INTO lines SELECT * FROM other.lines")
        self._db.commit()
        self._db.execute("DETACH other")
        path.unlink()

    def compare(self) -> None:
        """Finds what several inputs speak of, and whether they say the same."""
        self._db.execute(
            "INSERT INTO shared SELECT about, min(input), 0"
            " FROM lines GROUP BY about HAVING min(input) < max(input)"
        )
        self._db.execute(  # only of these lines are looked at
            "REPLACE INTO shared SELECT about, first,"
            " count(*) = count(DISTINCT input) AND min(line) = max(line)"
            " FROM lines CROSS JOIN shared USING (about) GROUP BY about"
        )
        self._db.commit()

    def contradictions(self) -> Iterator[list[list[bytes]]]:
        """The lines about each record on which inputs do not agree, a list for each input."""
        rows = self._db.execute(  # CROSS JOIN: sqlite3 reads the lines once, in their order
            "SELECT about, input, line FROM lines CROSS JOIN shared USING (about)"
            " WHERE NOT same ORDER BY about, input, lines.rowid"
        )
        for _, group in itertools.groupby(rows, key=itemgetter(0)):
            by_input = itertools.groupby(group, key=itemgetter(1))
            yield [[line for _, _, line in part] for _, part in by_input]

    def shapes(self) -> set[tuple[int, int]]:
        """Numbers of inputs, and of shapes of their records, of which lines stay as they were."""
        return set(self._db.execute("SELECT DISTINCT input, shape FROM kept WHERE about NOT NULL"))

    def __len__(self) -> int:
        """How many lines are left, and were merged."""
        (count,) = self._db.execute("SELECT count(*) FROM kept").fetchone()
        return int(count)

    def lines(self, order: Order) -> Iterator[bytes]:
        """The lines that are left, and those that were merged.

        Args:
            order: ``canonical``, or ``input``.
        """
        query = f"SELECT line FROM kept ORDER BY {ORDERS[order]}"
        return map(itemgetter(0), self._db.execute(query))


def _about(record: Record) -> str:
    """The record that a line is about: a claim is about the record of its field."""
    return record.about if isinstance(record, Claim) else record.id

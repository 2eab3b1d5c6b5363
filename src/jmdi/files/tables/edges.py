"""Edge lists as they are: relations without ids, whose ends and reporters may be names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import attrs

from jmdi.errors import Severity, Where
from jmdi.files.delimited import Row
from jmdi.files.paths import escaped
from jmdi.files.tables.rows import RowReader
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.frozen import EMPTY
from jmdi.model.ids import make_id
from jmdi.model.kinds import Actor, Initiative
from jmdi.model.records import Record
from jmdi.model.relations import Tie
from jmdi.model.values import Source

__all__ = ["Ends", "is_of_gephi"]

DIRECTIONS = {"directed": "true", "undirected": "false", "mutual": "false"}
"""What Gephi writes in the column type of its edges."""

SHOWN = 3
"""How many of the names that no table has are shown."""


@attrs.define(slots=True, eq=False)
class Ends:
    """Finds, or makes, the records at the ends of an edge list, and others that it refers to.

    An end is, in this order: the id of a record of the tables; the name of exactly one of
    them; an id such as ``theme/data`` of a record that stands elsewhere, if it begins with a kind
    that the end may be of; else the name of a record that is made, with an id made from the name.
    An end whose relation joins several kinds is made an initiative if it may be one, else the
    first kind. In the tables of Gephi an end is an id in any case.

    Attributes:
        reader: Where records and their names are remembered.
        gephi: Whether the table is one of Gephi: its ends are ids, and its column type says
            whether a tie has a direction.
        made: The records that were made, by class and name.
    """

    reader: RowReader
    gephi: bool = False
    made: dict[tuple[type[Record], str], str] = attrs.field(factory=dict)

    def relations(
        self, name: str, cls: type[Record], columns: Sequence[str], rows: Iterable[Row]
    ) -> Iterator[Record]:
        """The relations of an edge list, each after the records made for its ends."""
        before = len(self.made)
        times: dict[tuple[str | None, ...], int] = {}
        both = zip(("source", "target"), map(_classes, spec_of(cls).ends or ()), strict=False)
        ends: list[tuple[str, tuple[type[Record], ...]]] = [*both, *self._references(cls, columns)]
        for row in rows:
            cells = self.reader.cells(name, columns, row)
            where = Where(file=name, line=row.line)
            if self.gephi:
                cells = _of_gephi(cells)
            if issubclass(cls, Tie) and [n for n, v in cells.items() if v.strip()] == ["source"]:
                _, record = self._end(cells["source"].strip(), _classes(Actor), where)
                yield from () if record is None else (record,)
                continue
            if not (cells.get("source", "").strip() and cells.get("target", "").strip()):
                missing = "target" if cells.get("source", "").strip() else "source"
                self.reader.report(
                    "J533",
                    f"the row has no {missing}; it was not read",
                    attrs.evolve(where, column=_number(columns, missing)),
                    Severity.ERROR,
                    "fill in the cell, or delete the row",
                )
                continue
            for end, classes in ends:
                if not cells.get(end, "").strip():
                    continue
                place = attrs.evolve(where, column=_number(columns, end))
                cells[end], record = self._end(cells[end].strip(), classes, place)
                if record is not None:
                    yield record
            key = (cells["source"], cells["target"], cells.get("type"))
            times[key] = times.get(key, 0) + 1
            cells["id"] = make_id(cls.kind, *key, times[key])
            relation = self.reader.record(cls, cells, where, columns)
            if relation is not None:
                yield relation
        self._report_made(name, before)

    def bare(self, name: str, ties: Iterable[Record]) -> Iterator[Record]:
        """The ties of a table that gives them ids, then actors for ends that no table has.

        An id that says its kind, such as ``actor/1``, is of a record that stands elsewhere.
        """
        ends = dict[str, None]()
        for tie in ties:
            yield tie
            if isinstance(tie, Tie):
                ends |= {end: None for end in (tie.source, tie.target) if "/" not in end}
        before = len(self.made)
        for end in ends:
            if end not in self.reader.seen:
                actor = Actor(id=end)
                self.made[Actor, end] = end
                self.reader.remember(actor, Where(file=name))
                yield actor
        self._report_made(name, before)

    def _report_made(self, name: str, before: int) -> None:
        """Says which records were made since there were so many."""
        if made := [repr(text) for _, text in self.made][before:]:
            shown = ", ".join(made[:SHOWN]) + (", …" if len(made) > SHOWN else "")
            self.reader.report(
                "J534",
                f"records made from names that no table has: {len(made):,} ({shown})",
                Where(file=name),
                Severity.INFO,
                "look for misspelt names; list the others in a table, such as actors.csv, and read "
                "both together",
            )

    def _references(
        self, cls: type[Record], columns: Sequence[str]
    ) -> Iterator[tuple[str, tuple[type[Record], ...]]]:
        """The other columns that refer to a record, such as who reported a tie."""
        for field in fields_of(cls):
            ref = field.type.ref
            if ref is not None and field.name in columns and field.name not in ("source", "target"):
                kind = self.reader.catalog.kinds.get(ref.name)
                if kind is not None:
                    yield field.name, (kind,)

    def _end(
        self, text: str, classes: Sequence[type[Record]], where: Where
    ) -> tuple[str, Record | None]:
        """The id of an end, and the record that was made for it, if one was."""
        if text in self.reader.seen:
            return text, None
        known = [i for i in self.reader.named.get(text, ()) if self._fits(i, classes)]
        if len(dict.fromkeys(known)) > 1:
            self.reader.report(
                "J535",
                f"{text!r} is the name of {len(known)} records",
                where,
                Severity.ERROR,
                "write the id instead",
                text,
            )
            return text, None
        if known:
            return known[0], None
        kind = self.reader.catalog.kinds.get(text.partition("/")[0]) if "/" in text else None
        if kind is not None and issubclass(kind, tuple(classes)):
            return text, None
        cls = Initiative if Initiative in classes else classes[0]
        id, names = (text, EMPTY) if self.gephi else (make_id(cls.kind, text), {"und": text})
        source = Source(title=escaped(PurePath(where.file or "").name), locator=f"row {where.line}")
        record: Any = cls(id=id, names=names, sources=(source,))  # type: ignore[call-arg]
        if record.id in self.reader.seen:
            return record.id, None
        self.made[cls, text] = record.id
        self.reader.remember(record, where)
        return record.id, record

    def _fits(self, identity: str, classes: Sequence[type[Record]]) -> bool:
        cls = self.reader.classes.get(identity)
        return cls is not None and issubclass(cls, tuple(classes))


def is_of_gephi(columns: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the type of a tie is whether it has a direction, as in tables of Gephi."""
    said = dict(zip(columns, cells, strict=False)).get("type", "")
    return said.strip().casefold() in DIRECTIONS


def _of_gephi(cells: dict[str, str]) -> dict[str, str]:
    """The cells of a row as jmdi names them; the number of an edge may be that of a node too."""
    kept = {"edge id" if name == "id" else name: cell for name, cell in cells.items()}
    said = DIRECTIONS.get(cells.get("type", "").strip().casefold())
    if said is not None:
        del kept["type"]
        kept["directed"] = said
        kind = next((name for name in kept if name.casefold() == "kind"), None)
        if kind is not None and kept[kind] != Tie.kind:  # which tells parallel edges apart
            kept["type"] = kept.pop(kind)
    return kept


def _classes(ends: Any) -> tuple[type[Record], ...]:
    return ends if isinstance(ends, tuple) else (ends,)


def _number(columns: Sequence[str], column: str) -> int | None:
    return columns.index(column) + 1 if column in columns else None

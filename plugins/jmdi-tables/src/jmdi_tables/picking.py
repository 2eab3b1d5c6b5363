"""Records of which an engine picks those that a metric looks at, and of these a few members.

It is for metrics whose Result names the records that it rests on, so that these have to leave the
engine: all else stays where it is, and the metric is computed by the function that does so in
memory.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from itertools import chain
from typing import Any, TypeAlias

import attrs

from jmdi import JmdiError, Record
from jmdi_tables.folder import Table
from jmdi_tables.partly import PartlyRead
from jmdi_tables.tables import MAX_RECORDS, Expression, Tables

__all__ = ["NotPicked", "Pick", "Picked", "picked"]

Columns: TypeAlias = "Callable[[str], Expression]"
"""The columns of a table by their names; one within another as in ``role.code``."""


@attrs.frozen
class Pick:
    """What of the records of a kind is read.

    Attributes:
        members: The members that the metric looks at; all if not given.
        where: ``where(column)`` is what has to hold of a record, ``column("role.code")`` being a
            column; all are read if it is not given. It only spares what the metric would not use:
            where something is not known the record has to stay.
        among: A column, and the texts of which a record has to have one there; all are read if
            it is not given, or names none.
    """

    members: tuple[str, ...] | None = None
    where: Callable[[Columns], Expression] | None = None
    among: tuple[str, Collection[str]] = ("id", ())


class NotPicked(JmdiError):
    """A metric asked for records of a kind that nobody picked."""


class Picked(PartlyRead):
    """The Dataset of what is picked.

    Args:
        tables: The records.
        picks: What is read, by kind; of a kind that is derived from it the same.
    """

    __slots__ = ("_picks", "_tables")

    _tables: Tables
    _picks: Mapping[tuple[str, bool], Pick]

    def __init__(self, tables: Tables, picks: Mapping[str, Pick]) -> None:
        super().__init__(tables.folder, tables.model, MAX_RECORDS)
        of = {
            (table.kind, table.relation): pick
            for kind, pick in picks.items()
            for table in tables.tables_of(kind)
        }
        object.__setattr__(self, "_tables", tables)
        object.__setattr__(self, "_picks", of)

    @property
    def records(self) -> tuple[Record, ...]:  # type: ignore[override]
        """What is picked, in order."""
        tables = (t for t in self._folder.tables if (t.kind, t.relation) in self._picks)
        return tuple(chain(*map(self._of_table, tables)))

    def limit(self, most: int) -> None:
        """Says how many records may be read at most."""
        object.__setattr__(self, "_most", most)

    def digest(self) -> str:
        """Nothing: it is no whole Dataset."""
        return ""

    def _wanted(self, table: Table) -> tuple[Collection[str] | None, Collection[str] | None]:
        pick = self._picks.get((table.kind, table.relation))
        if pick is None:
            raise NotPicked(f"records of {table.kind!r} are looked at, and none are picked")
        tables, (name, texts) = self._tables, pick.among
        rows = every = tables.rows_of(table)
        if pick.where is not None:
            rows = rows.filter(pick.where(functools.partial(tables.column, table)))
        if texts:
            rows = rows.semi_join(tables.listed(texts), [(name, "name")])
        ids = None if rows is every else tables.ids(rows.select("id"))
        return ids, self._members(table, pick)

    def _members(self, table: Table, pick: Pick) -> Collection[str] | None:
        """The members that are read; all where they are those of another version of the kind."""
        header, catalog = self._folder.header, self.model.catalog
        cls: Any = header.resolve(table.kind, catalog, relation=table.relation)
        old = header.steps(cls, catalog) or header.facet_steps(catalog)
        return None if old else pick.members


def picked(tables: Tables, picks: Mapping[str, Pick]) -> Picked | None:
    """What is picked; ``None`` where two entities have one id, for the first of them is meant.

    Args:
        tables: The records.
        picks: What is read, by kind.
    """
    return None if tables.ambiguous else Picked(tables, picks)

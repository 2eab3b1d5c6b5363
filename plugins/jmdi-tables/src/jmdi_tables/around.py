"""What is within some steps of a record: whom it names, who names it, and over relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis

from jmdi import NotFound
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi_tables.folder import Table
from jmdi_tables.tables import Expression, Tables

__all__ = ["ids_around"]


def ids_around(tables: Tables, around: str, steps: int) -> frozenset[str]:
    """The ids of all records within some steps of one.

    Raises:
        NotFound: If there is no record of this id.
        ValueError: If the steps are negative.
    """
    if steps < 0:
        raise ValueError(f"steps are 0 or more, not {steps}")
    held = [tables.union(t.kind, [t], {"id": "id"}) for t in tables.folder.tables]
    if not held or not tables.count(_among(ibis.union(*held), "id", {around})):
        raise NotFound("record", around)
    relations = [tables.union(t.kind, [t], _ENDS) for t in tables.folder.tables if t.relation]
    named = [link for table in tables.folder.tables for link in _links(tables, table)]
    found, last = {around}, {around}
    passed: set[str] = set()
    for _ in range(steps):
        reached: set[str] = set()
        for ends in relations:
            for here, there in (("source", "target"), ("target", "source")):
                for row in tables.rows(_among(ends, here, last)):
                    passed.add(row["id"])
                    reached.add(row[there])
        for links in named:
            for here, there in (("id", "other"), ("other", "id")):
                reached |= {row[there] for row in tables.rows(_among(links, here, last))}
        last = reached - found
        found |= reached
    return frozenset(found | passed)


_ENDS = {"id": "id", "source": "source", "target": "target"}


def _among(expression: Expression, column: str, ids: set[str]) -> Expression:
    # A table of ids, not a list in the query: there may be many, and they hold any character.
    chosen = ibis.memtable({"chosen": sorted(ids)}, schema={"chosen": "string"})
    return expression.semi_join(chosen, expression[column] == chosen.chosen)


def _links(tables: Tables, table: Table) -> Iterator[Expression]:
    """Which other records the records of a table name, in any of their fields."""
    header, catalog = tables.folder.header, tables.model.catalog
    cls: Any = header.resolve(table.kind, catalog, relation=table.relation)
    for field in fields_of(cls):
        if field.name in ("source", "target") or ":" in field.owner:
            continue
        rows = tables.union(table.kind, [table], {"id": "id", "other": field.name})
        for path in _paths(field):
            yield _followed(rows, path)


def _paths(field: FieldInfo) -> Iterator[tuple[str, ...]]:
    """The ways to the ids in a field: ``[]`` is each item of a list, a name is a member."""
    kind = field.type
    path: tuple[str, ...] = ()
    if kind.form == "tuple" and kind.item is not None:
        kind, path = kind.item, ("[]",)
    if kind.form == "ref":
        yield path
    elif kind.form == "value":
        for member in fields_of(kind.cls):
            if member.type.form == "ref":
                yield (*path, member.name)


def _followed(rows: Expression, path: tuple[str, ...]) -> Expression:
    for step in path:
        other = rows.other.unnest() if step == "[]" else rows.other[step]
        rows = rows.select("id", other=other)
    return rows.filter(rows.other.notnull())

"""Facts that several counts look at, as expressions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, TypeAlias

import ibis

from jmdi_tables.tables import Expression, Tables

__all__ = ["Moment", "complete_lists", "country_of_actors", "listed", "unnested"]

Moment: TypeAlias = datetime.date | int | None


def listed(tables: Tables, texts: Iterable[str]) -> Expression:
    """Texts as a table, ``name``; see `Tables.listed`."""
    return tables.listed(texts)


def unnested(rows: Expression, column: str) -> Expression:
    """The rows once for each item of a list, which takes the place of the list."""
    some = rows.filter(rows[column].length() > 0)
    numbered = some.mutate(place=ibis.range(some[column].length()).unnest())
    return numbered.mutate(**{column: numbered[column][numbered.place]})


def complete_lists(tables: Tables, kind: str) -> Expression:
    """The ``id`` of the records that say that everybody is recorded who takes part.

    As `jmdi.model.completeness.absence_counts`: they say so, or that nobody else does, whoever,
    on whichever side and level.
    """
    rows = tables.of(kind, "id", "participants_complete", "absences")
    said = rows.filter(rows.participants_complete.fill_null(False)).select("id")
    each = unnested(rows.select("id", "absences"), "absences")
    parts: list[Any] = [each.absences[name] for name in ("type", "side", "level")]
    nobody = each.filter(*(part.isnull() for part in parts)).select("id")
    return ibis.union(said, nobody, distinct=True)


def country_of_actors(tables: Tables) -> Expression:
    """The ``id`` of each actor with its country, or that of its territory, as ``place``."""
    rows = tables.rows(tables.of("territory", "id", "country", "within"))
    country, within = ({row["id"]: row[name] for row in rows} for name in ("country", "within"))

    def found(territory: str | None) -> str | None:
        seen: set[str] = set()
        while territory is not None and territory in within and territory not in seen:
            if country[territory]:
                return str(country[territory])
            seen.add(territory)
            territory = within[territory]
        return None

    known = {id: place for id in within if (place := found(id)) is not None}
    schema = {"area": "string", "country": "string"}
    held = {"area": list(known), "country": list(known.values())}
    areas = tables.kept(ibis.memtable(held, schema=schema))
    actors = tables.of("actor", "id", "territory", own="country")
    both = actors.left_join(areas, actors.territory == areas.area)
    return both.select("id", place=ibis.coalesce(both.own.nullif(""), both.country))

"""Who takes part in which initiatives, as an engine finds it for their isolation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import ibis

from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi_scaling.facts.codes import role_meanings
from jmdi_scaling.facts.in_tables import holds, initiatives_in, partnership_parts_in
from jmdi_scaling.facts.parameters import names_of
from jmdi_scaling.facts.timing import When, when
from jmdi_tables.facts import complete_lists
from jmdi_tables.tables import Expression, Tables

__all__ = ["count_in_tables"]


def count_in_tables(
    tables: Tables,
    *,
    initiative: Ids | None,
    territory: Ids | None,
    exclude: Ids | None,
    exclude_roles: Ids | None,
    draws: int,
    closed_world: bool,
    as_of: Day | None,
    window: Window | None,
    **parameters: object,
) -> Counts | None:
    """The parts of actors in initiatives, by number; random initiatives are for memory."""
    names = None if draws else initiatives_in(tables, initiative, territory)
    everything = None if names is None else initiatives_in(tables)
    if names is None or everything is None:
        return None
    outside = names_of(exclude)
    parts = _parts(tables, everything, when(as_of, window))
    left_out = _roles(tables, parts, exclude_roles)
    known = tables.of("actor", "id").semi_join(tables.listed(outside), [("id", "name")])
    if left_out is None or tables.count(known) < len(outside):
        return None
    complete = set(tables.arrays(complete_lists(tables, "initiative"))["id"].tolist())
    if closed_world:  # a list of nobody is no list
        taking = parts.select("initiative").distinct()
        complete |= set(tables.arrays(taking)["initiative"].tolist())
    kept = [name for name in everything if name in complete or not closed_world]
    parts = _marked(tables, parts, left_out, outside)
    inside = tables.kept(parts.filter(~parts.left_out))
    aside = tables.arrays(parts.filter(parts.left_out).select("actor").distinct())
    return {
        "everything": everything,
        "names": names,
        "complete": complete,
        "kept": kept,
        "joins": _joins(tables, inside, kept, bool(left_out)),
        "excluded": set(aside["actor"].tolist()),
        "unsure": list(_unsure(tables, inside, kept, bool(left_out))),
    }


def _parts(tables: Tables, everything: Collection[str], at: When) -> Expression:
    """The parts that hold or may, as `jmdi_scaling.facts.relations.parts_of` gives them.

    ``stage``, ``kind``, ``actor``, ``record`` and ``place`` are their order in an initiative.
    """
    takes = tables.of("participates", "id", "kind", "source", "target", "period", role="role.code")
    takes = takes.semi_join(tables.of("initiative", "id"), [("target", "id")])
    takes = takes.mutate(held=holds(takes.period, at))
    takes = takes.filter(takes.held.fill_null(True))
    own = takes.select(
        initiative="target",
        actor="source",
        role="role",
        sure=takes.held.fill_null(False),
        record="id",
        stage=ibis.literal(0, "int64"),
        kind="kind",
        place=ibis.literal(0, "int64"),
    )
    found = partnership_parts_in(tables, set(everything), at, role_meanings(tables.model.catalog))
    rows = [
        {
            "initiative": part.initiative,
            "actor": part.actor,
            "role": part.role,
            "sure": part.sure,
            "record": part.record,
            "stage": 1,
            "kind": "",
            "place": place,
        }
        for place, part in enumerate(found)
    ]
    held = {name: [row[name] for row in rows] for name in own.columns}
    return tables.kept(own.union(ibis.memtable(held, schema=own.schema())))


def _roles(tables: Tables, parts: Expression, named: Ids | None) -> Collection[str] | None:
    """The codes of the roles that are left out; ``None`` if one that is named is not known."""
    catalog = tables.model.catalog
    iati, vocabulary = role_meanings(catalog), catalog.vocabularies.get("organisation-role")
    roles = {iati.get(name, name) for name in names_of(named)}
    codes = {row["role"] for row in tables.rows(parts.select("role").distinct())} - {None}
    # Roles in what is no initiative are known too: memory looks at those.
    if vocabulary is not None and not roles <= {*vocabulary.codes(), *codes}:
        return None
    return {code for code in codes | roles if iati.get(code, code) in roles}


def _marked(
    tables: Tables, parts: Expression, roles: Collection[str], outside: Collection[str]
) -> Expression:
    """The parts, each with whether its role or its actor is left out, ``left_out``."""
    by_role = tables.listed(roles).select(of="name")
    by_actor = tables.listed(outside).select(who="name")
    joined = parts.left_join(by_role, parts.role == by_role.of)
    joined = joined.left_join(by_actor, joined.actor == by_actor.who)
    return joined.mutate(left_out=joined.of.notnull() | joined.who.notnull())


def _joins(
    tables: Tables, parts: Expression, kept: Collection[str], by_role: bool
) -> Mapping[str, Any]:
    """Who takes part in what, by the numbers of the initiative and of the actor."""
    place = _placed(tables, kept)
    who = parts.select("actor").distinct()
    number = ibis.row_number().over(order_by=who.actor).cast("int64")
    actors = tables.kept(who.select(person="actor", number=number))
    sure = parts.sure & (parts.role.fill_null("") != "") if by_role else parts.sure
    once = parts.mutate(certain=sure.cast("int64")).group_by("initiative", "actor")
    joins = once.agg(certain=lambda rows: rows.certain.max())
    joins = joins.join(place, joins.initiative == place.name)
    joins = joins.join(actors, joins.actor == actors.person)
    found = tables.arrays(joins.select("place", "number", "certain"))
    return {
        "initiative": found["place"].astype("int64"),
        "actor": found["number"].astype("int64"),
        "sure": found["certain"] == 1,
    }


def _placed(tables: Tables, kept: Collection[str]) -> Expression:
    """The initiatives, ``name``, with the place of each."""
    held = {"name": list(kept), "place": list(range(len(kept)))}
    return tables.kept(ibis.memtable(held, schema={"name": "string", "place": "int64"}))


def _unsure(
    tables: Tables, parts: Expression, kept: Collection[str], by_role: bool
) -> Iterator[tuple[str, str]]:
    """What would say whether parts join initiatives to others, by record and member, in order."""
    silent = (parts.role.fill_null("") == "") if by_role else ibis.literal(False)
    open_ = parts.mutate(silent=silent)
    open_ = open_.filter(open_.silent | ~open_.sure)
    columns = ("initiative", "stage", "kind", "actor", "record", "place", "sure", "silent")
    place = {name: k for k, name in enumerate(kept)}
    rows = [row for row in tables.rows(open_.select(*columns)) if row["initiative"] in place]
    order = ("stage", "kind", "actor", "record", "place")
    for row in sorted(rows, key=lambda row: _key(place, row, order)):
        if not row["sure"]:
            yield row["record"], "period"
        if row["silent"]:
            yield row["record"], "role"


def _key(place: Mapping[str, int], row: Mapping[str, Any], order: Collection[str]) -> Any:
    # Partnerships stand in the order in which they were found.
    parts = ("stage", "place") if row["stage"] else order
    return place[row["initiative"]], *(row[name] for name in parts)

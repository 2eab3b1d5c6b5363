"""What an engine finds of initiatives and of those who take part in them.

Each function gives what its namesake in `facts` finds in a Dataset, in the same order, or ``None``
where something named is not there: then the Dataset is asked, which says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

import ibis

from jmdi.metrics.types import Ids
from jmdi.model.kinds import Initiative
from jmdi.model.values import Absence, Code
from jmdi_scaling.facts.codes import AUDIENCE, role_meanings
from jmdi_scaling.facts.parameters import falls_under, names_of
from jmdi_scaling.facts.relations import Part
from jmdi_scaling.facts.timing import When
from jmdi_tables.facts import listed, unnested
from jmdi_tables.moments import covers, overlaps
from jmdi_tables.tables import Expression, Tables

__all__ = [
    "audience_in",
    "chosen_types",
    "holds",
    "initiatives_in",
    "insiders_in",
    "lists_in",
    "partnership_parts_in",
    "parts_in",
    "typed",
]

Actors: TypeAlias = Mapping[str, tuple[bool | None, str | None]]
"""Whether each actor is of some types, and its country."""


def holds(period: Any, at: When) -> Any:
    """Whether lasting facts hold at the time in question; null if that is not known."""
    if at.first is None or at.stop is None:
        return ibis.literal(True)
    return covers(period, at.first) if at.as_of else overlaps(period, at.first, at.stop)


def ids_in(tables: Tables, kind: str) -> list[str]:
    """The ids of a kind, in order."""
    rows = tables.of(kind, "id", "kind").order_by("kind", "id").select("id")
    found: list[str] = tables.arrays(rows)["id"].tolist()
    return found


def chosen_types(tables: Tables, types: Ids | None) -> tuple[str, ...] | None:
    """Types of actors that were named, if all of them are known."""
    names = names_of(types)
    vocabulary = tables.model.catalog.vocabularies.get("actor-type")
    used = names if vocabulary is None else (*vocabulary.codes(), *(typed(tables) if names else ()))
    return names if set(names) <= set(used) else None


def typed(tables: Tables) -> list[str]:
    """The codes of the types that actors have."""
    rows = tables.of("actor", type="type.code").distinct()
    return [row["type"] for row in tables.rows(rows) if row["type"] is not None]


def inside(tables: Tables, named: Iterable[str], areas: Collection[str]) -> list[str]:
    """The territories, of some that are named, that are one of these areas or lie within one."""
    within = {r["id"]: r["within"] for r in tables.rows(tables.of("territory", "id", "within"))}
    found = []
    for name in named:
        at: str | None = name
        seen = set[str]()
        while at is not None and at not in seen and at not in areas:
            seen.add(at)
            at = within.get(at)
        if at is not None and at in areas:
            found.append(name)
    return found


def initiatives_in(
    tables: Tables, initiative: Ids | None = None, territory: Ids | None = None
) -> tuple[str, ...] | None:
    """The initiatives that were named, or all; only those with a place in a territory, if given."""
    if tables.ambiguous:
        return None
    every = ids_in(tables, "initiative")
    names = tuple(every) if initiative is None else names_of(initiative)
    areas = names_of(territory)
    if not set(names) <= set(every) or not set(areas) <= set(ids_in(tables, "territory")):
        return None
    if not areas:
        return names
    each = unnested(tables.of("initiative", "id", "places"), "places")
    placed = tables.kept(each.select("id", territory=each.places["territory"]).distinct())
    known = [row["territory"] for row in tables.rows(placed.select("territory").distinct())]
    here = listed(tables, inside(tables, filter(None, known), areas))
    there = tables.arrays(placed.semi_join(here, [("territory", "name")]).select("id"))
    found = frozenset(there["id"].tolist())
    return tuple(name for name in names if name in found)


def lists_in(tables: Tables, names: Collection[str]) -> dict[str, Initiative]:
    """Each initiative, with what it says about who is recorded, and no more."""
    rows = tables.of("initiative", "id", "participants_complete", "absences")
    said = rows.filter(rows.participants_complete.notnull() | (rows.absences.length() > 0))
    found = {row["id"]: row for row in tables.rows(said)}
    silent = Initiative(id="-")
    return {name: _list(found[name]) if name in found else silent for name in names}


def _list(row: Mapping[str, Any]) -> Initiative:
    absences = tuple(
        Absence(_code(one["type"]), side=_code(one["side"]), level=_code(one["level"]))
        for one in row["absences"] or ()
    )
    complete = row["participants_complete"]
    return Initiative(id=row["id"], participants_complete=complete, absences=absences)


def _code(given: Mapping[str, Any] | None) -> Code | None:
    return None if given is None else Code(given["scheme"], given["code"])


def takes_in(tables: Tables, names: Collection[str], at: When) -> Expression:
    """The participations in initiatives that are or may be in force, null where nobody knows."""
    columns = ("id", "kind", "source", "target", "period")
    takes = tables.of("participates", *columns, role="role.code", side="side.code")
    takes = takes.semi_join(listed(tables, names), [("target", "name")])
    takes = takes.mutate(held=holds(takes.period, at)).drop("period")
    return tables.kept(takes.filter(takes.held.fill_null(True)))


def audience_in(tables: Tables, names: Collection[str], at: When) -> list[Part]:
    """The parts in initiatives of those whom they address, and of those of no known role.

    Those in partnerships that carry initiatives are all given.
    """
    iati = role_meanings(tables.model.catalog)
    takes = takes_in(tables, names, at)
    open_ = takes.filter(takes.role.isnull() | takes.role.isin(_addressed(iati)))
    rows = tables.rows(open_.order_by("kind", "source", "target", "id"))
    parts = partnership_parts_in(tables, set(names), at, iati)
    return [*(_part(row, iati) for row in rows), *parts]


def insiders_in(
    tables: Tables, names: Collection[str], at: When, actors: Collection[str]
) -> list[tuple[str, bool]]:
    """Which of some actors take part in initiatives otherwise, themselves, and whether for sure."""
    takes = takes_in(tables, names, at)
    addressed = _addressed(role_meanings(tables.model.catalog))
    others = takes.filter(takes.role.notnull(), ~takes.role.isin(addressed))
    others = others.semi_join(listed(tables, actors), [("source", "name")])
    sure = others.held.fill_null(False).cast("int64").max()
    rows = tables.rows(others.group_by("source").agg(sure=sure))
    return [(row["source"], bool(row["sure"])) for row in rows]


def _addressed(iati: Mapping[str, str]) -> list[str]:
    """The codes of the role of those whom initiatives address."""
    return sorted(code for code in {*iati, AUDIENCE} if iati.get(code, code) == AUDIENCE)


def _part(row: Mapping[str, Any], iati: Mapping[str, str]) -> Part:
    return Part(
        row["source"],
        row["target"],
        iati.get(row["role"] or "", row["role"]),
        None if row["side"] == "unknown" else row["side"],
        row["id"],
        row["held"] is True,
    )


def parts_in(
    tables: Tables, names: Collection[str], at: When, types: Collection[str]
) -> tuple[list[Part], set[str], Actors]:
    """Who takes part in initiatives, themselves or through a partnership that carries them.

    Parts of actors that are of other types for certain are left out, if they say their side and
    their role and hold for certain.

    Args:
        tables: The records.
        names: The initiatives.
        at: The time in question.
        types: Types of actors.

    Returns:
        The parts; the initiatives with any, those left out too; and those who take part.
    """
    catalog = tables.model.catalog
    of_types = {code: falls_under(catalog, code, types) for code in typed(tables)}
    others = listed(tables, (code for code, fits in of_types.items() if fits is False))
    takes = takes_in(tables, names, at)
    taking = set(tables.arrays(takes.select("target").distinct())["target"].tolist())
    actors = tables.of("actor", "country", actor="id", type="type.code")
    both = takes.left_join(actors, takes.source == actors.actor)
    open_ = both.side.isnull() | (both.side == "unknown") | both.role.isnull() | both.held.isnull()
    both = both.mutate(open=open_).left_join(others, both.type == others.name)
    kept = both.filter(both.open | both.name.isnull())
    rows = tables.rows(kept.order_by("kind", "source", "target", "id"))
    iati = role_meanings(catalog)
    parts = [_part(row, iati) for row in rows]
    found = {
        row["source"]: (of_types.get(row["type"]), row["country"])
        for row in rows
        if row["actor"] is not None
    }
    more = list(partnership_parts_in(tables, set(names), at, iati))
    missing = {part.actor for part in more} - found.keys()
    if missing:
        for row in tables.rows(actors.semi_join(listed(tables, missing), [("actor", "name")])):
            found[row["actor"]] = of_types.get(row["type"]), row["country"]
    return [*parts, *more], taking | {part.initiative for part in more}, found


def partnership_parts_in(
    tables: Tables, names: Collection[str], at: When, iati: Mapping[str, str]
) -> Iterable[Part]:
    """The parts of those in partnerships that carry initiatives, in order."""
    rows = tables.of("partnership", "id", "kind", "period", "initiatives", "parties")
    carrying = rows.filter(rows.initiatives.length() > 0)
    carrying = carrying.mutate(held=holds(carrying.period, at)).drop("period")
    for row in tables.rows(carrying.order_by("kind", "id")):
        for name in row["initiatives"] if row["held"] is not False else ():
            for party in row["parties"] or () if name in names else ():
                role, side = ((party[x] or {}).get("code") for x in ("role", "side"))
                yield Part(
                    party["actor"],
                    name,
                    iati.get(role or "", role),
                    None if side == "unknown" else side,
                    row["id"],
                    row["held"] is True,
                )

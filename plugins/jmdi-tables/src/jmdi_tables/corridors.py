"""Corridors from places of origin to places of destination, as an engine finds them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import attrs
import ibis

from jmdi_tables.facts import Moment, complete_lists, country_of_actors
from jmdi_tables.moments import held
from jmdi_tables.tables import Expression, Tables

__all__ = ["CorridorTables", "corridor_tables"]

SIDES = ("origin", "destination", "both")
ELSEWHERE = ("transit", "third")


@attrs.frozen(slots=False, eq=False)
class CorridorTables:
    """Corridors that an engine keeps as tables: what metrics are counted on.

    Attributes:
        tables: The records.
        joins: Which ``initiative`` joins which ``origin`` and ``destination``, each once, with
            ``k``, how many corridors it has.
        n_initiatives: How many initiatives there are.
        n_open: Of how many participations nobody knows whether they are in force.
        notes: What was left out.
    """

    tables: Tables
    joins: Expression
    n_initiatives: int
    n_open: int
    notes: Mapping[str, Any]

    def counts(self, closed_world: bool) -> list[dict[str, Any]]:
        """How many initiatives, ``n``, join an ``origin`` and a ``destination``, ``k`` in all.

        ``complete`` is 1 for those of which everybody is recorded who takes part, else 0.

        Args:
            closed_world: Whether lists are read as complete.
        """
        joins = self.joins.mutate(complete=ibis.literal(1))
        if not closed_world:
            known = self._complete.mutate(complete=ibis.literal(1))
            both = self.joins.left_join(known, self.joins.initiative == known.id)
            joins = both.select(
                "initiative", "origin", "destination", "k", complete=known.complete.fill_null(0)
            )
        return self.tables.rows(
            joins.group_by("origin", "destination", "k", "complete").agg(n=joins.count())
        )

    def n_used(self, closed_world: bool) -> int:
        """How many initiatives with a corridor have a complete list."""
        return int(self.notes["initiatives"]) if closed_world else self._n_used

    @functools.cached_property
    def _n_used(self) -> int:
        joined = self.joins.select("initiative").distinct()
        return self.tables.count(joined.semi_join(self._complete, [("initiative", "id")]))

    @functools.cached_property
    def n_complete(self) -> int:
        """How many initiatives say that everybody is recorded who takes part."""
        return self.tables.count(self._complete)

    @functools.cached_property
    def _complete(self) -> Expression:
        return self.tables.kept(complete_lists(self.tables, "initiative"))


def corridor_tables(tables: Tables, *, by: str, count: str, as_of: Moment) -> CorridorTables | None:
    """Finds the corridors; see the projection ``corridors``.

    Args:
        tables: The records.
        by: ``country`` or ``territory``.
        count: Which of the two counts is the weight.
        as_of: The day, or the number of a wave, for which it has to hold.

    Returns:
        The corridors; ``None`` where several records have one id.
    """
    if tables.ambiguous:
        return None
    initiatives = tables.kept(tables.of("initiative", "id"))
    takes = tables.of("participates", "source", "target", "period", side="side.code")
    takes = takes.semi_join(initiatives, [("target", "id")])
    facts = tables.kept(takes.select("source", "target", "side", held=held(takes, as_of)))
    notes: dict[str, Any] = {}
    if as_of is not None:
        notes["as_of"] = as_of if isinstance(as_of, int) else as_of.isoformat()
        notes["not_in_force"] = tables.count(facts.filter(~facts.held))
        notes["period_unknown"] = tables.count(facts.filter(facts.held.isnull()))
    facts = facts.filter(facts.held.fill_null(True))
    sides = facts.filter(facts.side.isin(SIDES).fill_null(False))
    named = tables.of("actor", "id", place="territory")
    places = country_of_actors(tables) if by == "country" else named
    placed = sides.join(places, sides.source == places.id).filter(places.place.notnull())
    placed = tables.kept(placed.select("target", "side", "place"))
    on = {
        name: placed.filter(placed.side.isin((name, "both")))
        .select(initiative="target", place="place")
        .distinct()
        for name in ("origin", "destination")
    }
    both = on["origin"].join(on["destination"], "initiative", rname="{name}_there")
    pairs = both.select("initiative", origin="place", destination="place_there")
    size = pairs.group_by("initiative").agg(k=pairs.count())
    joins = tables.kept(pairs.join(size, "initiative"))
    joined = tables.count(joins.select("initiative").distinct())
    total, known = tables.count(initiatives), tables.count(placed)
    elsewhere = tables.count(facts.filter(facts.side.isin(ELSEWHERE)))
    sided = tables.count(sides)
    whole = tables.count(joins)
    return CorridorTables(
        tables,
        joins,
        total,
        notes.get("period_unknown", 0),
        {
            "by": by,
            "count": count,
            "initiatives": joined,
            "without_both_sides": total - joined,
            "unknown_sides": tables.count(facts) - sided - elsewhere,
            "other_sides": elsewhere,
            "unknown_places": sided - known,
            "whole_total": whole,
            "fractional_total": float(joined),
            "internal": tables.count(joins.filter(joins.origin == joins.destination)),
            **notes,
        },
    )

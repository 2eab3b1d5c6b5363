"""Actors and what they take part in, as the two modes of a network that an engine keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis

from jmdi import Actor
from jmdi_tables.facts import Moment
from jmdi_tables.joining import actor_nodes, in_force, incomplete, memberships, names_of
from jmdi_tables.networks import NetworkTables
from jmdi_tables.tables import Expression, Tables

__all__ = ["two_mode_tables"]


def two_mode_tables(
    tables: Tables,
    *,
    nodes: str | None = None,
    kinds: str | Iterable[str] | None = None,
    as_of: Moment = None,
    exclude_flagged: bool = True,
) -> NetworkTables | None:
    """Finds who takes part in what; see the projection ``actors-initiatives``.

    Args:
        tables: The records.
        nodes: The kind of the actors; all if not given.
        kinds: Kinds of the second mode; initiatives if not given.
        as_of: The day, or the number of a wave, for which it has to hold.
        exclude_flagged: Whether actors marked as placeholders are left out.

    Returns:
        The network; ``None`` where one id is of several records, what takes part is of the second
        mode itself, or an actor takes part for certain and perhaps.
    """
    wanted = names_of(kinds, ("initiative",))
    chosen = [table for kind in wanted for table in tables.tables_of(kind)]
    if tables.ambiguous or any(table.relation for table in chosen):
        return None
    actors, notes = actor_nodes(tables, nodes or Actor.kind, exclude_flagged)
    every = [tables.of(kind, "id", "kind") for kind in wanted]
    once = ibis.union(*every, distinct=True) if len(every) > 1 else every[0]
    n_actors = tables.count(actors)
    number = ibis.row_number().over(order_by=[once.kind, once.id]) + n_actors
    things = tables.kept(once.select("id", "kind", node=number.cast("int32")))
    facts, more = in_force(tables, tables.kept(memberships(tables, wanted, as_of)), as_of)
    both = things.semi_join(tables.of(Actor.kind, "id"), "id")
    if tables.count(both) or tables.count(facts.semi_join(things, [("actor", "id")])):
        return None
    first, second = (rows.select(node=rows.node, name=rows.id) for rows in (actors, things))
    held = facts.mutate(sure=facts.held.fill_null(False).cast("int64"))
    joined = held.join(first, held.actor == first.name).select("of", "sure", i="node")
    rows = joined.join(second, joined.of == second.name).select("sure", "i", j="node")
    unsure: Expression = 1 - rows.sure
    pairs = tables.kept(rows.group_by("i", "j").agg(certain=rows.sure.sum(), possible=unsure.sum()))
    if tables.count(pairs.filter(pairs.possible > 0, pairs.certain + pairs.possible > 1)):
        return None
    if outside := tables.count(facts) - tables.count(rows):
        notes["participations_outside"] = outside
    notes |= incomplete(tables, things.select(activity="id"), wanted)
    more_edges: Expression = ibis.greatest(pairs.certain - 1, 0)
    (sums,) = tables.rows(pairs.aggregate(merged=more_edges.sum().fill_null(0)))
    every_node: Any = tables.kept(actors.select("id", "kind", "node").union(things))
    return NetworkTables(
        tables,
        "actors-initiatives",
        every_node,
        facts,
        pairs,
        notes | more,
        kinds=(Actor.kind, *wanted),
        n_first=n_actors,
        merged=int(sums["merged"]),
    )

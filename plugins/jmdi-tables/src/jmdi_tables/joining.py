"""What actors take part in together, as an engine finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ibis
from ibis.expr.types import Value

from jmdi import Actor, BadParameter, NotFound
from jmdi.graph.naming import actor_class
from jmdi.model.taking_part import TOGETHER
from jmdi_tables.facts import Moment, unnested
from jmdi_tables.moments import held
from jmdi_tables.networks import NetworkTables
from jmdi_tables.tables import Expression, Tables

__all__ = [
    "actor_nodes",
    "in_force",
    "incomplete",
    "memberships",
    "names_of",
    "network_tables",
]


def network_tables(
    tables: Tables,
    name: str = "co-participation",
    *,
    nodes: str | None = None,
    kinds: str | Iterable[str] | None = None,
    as_of: Moment = None,
    exclude_flagged: bool = True,
    where: Callable[[Expression], Expression] | None = None,
) -> NetworkTables:
    """Finds what actors take part in together; see the projection ``co-participation``.

    Args:
        tables: The records.
        name: The projection: ``co-participation``, or ``actors`` where there are no ties.
        nodes: The kind of the actors; all if not given.
        kinds: Kinds of what they take part in; those of the projection if not given.
        as_of: The day, or the number of a wave, for which it has to hold.
        exclude_flagged: Whether actors marked as placeholders are left out.
        where: ``where(actors)`` says which actors become nodes, as an expression over their
            table; all if not given.
    """
    actors, notes = actor_nodes(tables, nodes or Actor.kind, exclude_flagged, where)
    facts = tables.kept(memberships(tables, names_of(kinds, TOGETHER), as_of))
    facts, more = in_force(tables, facts, as_of)
    known = facts.join(actors, facts.actor == actors.id)
    members = tables.kept(
        known.select("node", activity="of", sure=known.held.fill_null(False).cast("int64"))
    )
    outside = tables.count(facts) - tables.count(members)
    if outside:
        notes["participations_outside"] = outside
    members = tables.kept(members.group_by("node", "activity").agg(sure=members.sure.max()))
    notes |= incomplete(tables, members, names_of(kinds, TOGETHER)) | more
    return NetworkTables(tables, name, actors, members, tables.kept(_shares(members)), notes)


def in_force(tables: Tables, facts: Expression, as_of: Moment) -> tuple[Expression, dict[str, Any]]:
    """The facts that hold or may hold, and the notes that count the others; see `memberships`."""
    if as_of is None:
        return facts, {}
    said = facts.filter(facts.first)
    (counts,) = tables.rows(
        said.aggregate(
            not_in_force=(~said.held).cast("int64").sum().fill_null(0),
            period_unknown=said.held.isnull().cast("int64").sum().fill_null(0),
        )
    )
    moment = as_of if isinstance(as_of, int) else as_of.isoformat()
    return facts.filter(facts.held.fill_null(True)), {"as_of": moment, **counts}


def incomplete(tables: Tables, members: Expression, kinds: Sequence[str]) -> dict[str, Any]:
    """The note that counts the activities that say themselves that some are missing."""
    found = [rows for kind in kinds for rows in tables.each(kind)]
    lists = [rows for rows in found if "participants_complete" in rows.columns]
    cut = [rows.filter(~rows.participants_complete).select("id") for rows in lists]
    if not cut:
        return {}
    number = tables.count(ibis.union(*cut, distinct=True).semi_join(members, [("id", "activity")]))
    return {"lists_incomplete": number} if number else {}


def names_of(kinds: str | Iterable[str] | None, default: tuple[str, ...]) -> tuple[str, ...]:
    """The names of some kinds."""
    if kinds is None:
        return default
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def _shares(members: Expression) -> Expression:
    """How much each pair shares for certain, and how much it may share besides."""
    other = members.view()
    both = members.join(
        other, [members.activity == other.activity, members.node < other.node]
    ).select(i=members.node, j=other.node, certain=members.sure * other.sure)
    return both.group_by("i", "j").agg(
        certain=both.certain.sum(), possible=(1 - both.certain).sum()
    )


def actor_nodes(
    tables: Tables,
    kind: str,
    exclude_flagged: bool,
    where: Callable[[Expression], Expression] | None = None,
) -> tuple[Expression, dict[str, Any]]:
    """The actors, numbered in the order in which they are read."""
    actor_class(tables.model.catalog, kind)
    found = tables.of(kind, "id", "kind", "flagged")
    if where is not None:
        ids = [rows.filter(_condition(rows, where)).select("id") for rows in tables.each(kind)]
        found = found.semi_join(ibis.union(*ids), "id") if ids else found
    once = found.group_by("id").agg(kind=found.kind.min(), flagged=found.flagged.max())
    notes = {}
    if exclude_flagged:
        flagged = once.flagged.fill_null(False)
        notes["excluded_actors"] = tables.count(once.filter(flagged))
        once = once.filter(~flagged)
    number = ibis.row_number().over(order_by=[once.kind, once.id])
    return tables.kept(once.select("id", "kind", node=number.cast("int32"))), notes


CONDITION = (
    "where is a function of the table of actors that gives a condition on its columns, such as "
    "lambda actors: (actors.country == 'MA') & (actors.type.code == 'ngo')"
)


def _condition(rows: Expression, where: Callable[[Expression], Expression]) -> Expression:
    """What the caller says of the actors of a table.

    Raises:
        BadParameter: If it is no function that gives a condition.
        NotFound: If the table has no such column.
    """
    if not callable(where):
        raise BadParameter(f"{CONDITION}; not {where!r:.60}")
    columns = rows.columns
    try:
        found = where(rows)
        if isinstance(found, ibis.Deferred):  # of ibis._, which stands for the table
            found = found.resolve(rows)
    except (TypeError, ValueError) as error:
        if "truth value" not in str(error):  # what "and" and "or" ask an expression for
            raise
        raise BadParameter(f"{CONDITION}, joined with & and |, not 'and' and 'or'") from error
    except AttributeError as error:
        if error.name is None or error.obj is not rows:
            raise
        raise NotFound("column", error.name, columns, of="the table of actors") from error
    sort = found.type() if isinstance(found, Value) else None
    if not (isinstance(found, bool) or (sort is not None and sort.is_boolean())):
        gave = f"{found!r:.60}" if sort is None else f"what is {sort}"
        raise BadParameter(f"{CONDITION}; it gave {gave}")
    return found


def memberships(tables: Tables, kinds: Sequence[str], as_of: Moment) -> Expression:
    """Who takes part in what, as `jmdi.builtin.projections.sketch.memberships` has it.

    ``held`` is whether it holds, null if nobody knows; ``first`` is true of one row of each record
    whose period was looked at.
    """
    things = [tables.of(kind, "id") for kind in kinds]
    thing = (ibis.union(*things) if len(things) > 1 else things[0]).distinct()
    relations = tables.of("participates", "source", "target", "period")
    takes = relations.join(thing, relations.target == thing.id)
    parts = [
        takes.select(actor="source", of="target", held=held(takes, as_of), first=ibis.literal(True))
    ]
    wanted = {"id": "id", "parties": "parties", "period": "period"}
    partnerships = tables.union("partnership", _both(tables, "partnership", kinds), wanted)
    stated = partnerships.select(of="id", held=held(partnerships, as_of), party="parties")
    each = unnested(stated, "party")
    parts.append(
        each.select(actor=each.party["actor"], of="of", held="held", first=each.place == 0)
    )
    plans = tables.union(
        "workplan", _both(tables, "workplan", kinds), {"id": "id", "authors": "authors"}
    )
    parts.append(
        plans.select(
            actor=plans.authors.unnest(),
            of="id",
            held=ibis.literal(True),
            first=ibis.literal(False),
        )
    )
    return ibis.union(*parts)


def _both(tables: Tables, kind: str, kinds: Sequence[str]) -> list[Any]:
    """The tables of a kind that are of one of several kinds, too."""
    chosen = [table for name in kinds for table in tables.tables_of(name)]
    return [table for table in tables.tables_of(kind) if table in chosen]

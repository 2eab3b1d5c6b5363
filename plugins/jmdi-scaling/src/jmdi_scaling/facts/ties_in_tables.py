"""Which actors are tied, as an engine finds it among ties and partnerships."""

from __future__ import annotations

from typing import Any

import ibis

from jmdi.model.wellknown import CIVIL_SOCIETY, LOCAL_GOVERNMENT
from jmdi_scaling.facts.in_tables import chosen_types, holds, typed
from jmdi_scaling.facts.parameters import falls_under
from jmdi_scaling.facts.timing import When
from jmdi_tables.facts import unnested
from jmdi_tables.tables import Expression, Tables

__all__ = ["facts_in", "sides_in"]

UNSEEN = ("unobserved", "unknown")


def facts_in(tables: Tables, at: When, through: str) -> Expression:
    """What ties two actors, ``a`` before ``b``: ``sure`` is 1 if it does, ``maybe`` if it may.

    As `jmdi_scaling.facts.relations.pairs_of`. The other columns give their order there.
    """
    parts = [_of_ties(tables, at)] if "ties" in through else []
    parts += [_of_partnerships(tables, at)] if "partnerships" in through else []
    return tables.kept(ibis.union(*parts))


def _of_ties(tables: Tables, at: When) -> Expression:
    columns = ("id", "kind", "source", "target", "period", "intensity", "strength")
    ties = tables.of("tie", *columns, state="state.code")
    held = holds(ties.period, at)
    ties = ties.mutate(held=held)
    ties = ties.filter(ties.held.fill_null(True), ties.source != ties.target)
    # One of intensity or strength 0 is no tie, whatever it says besides, unless nobody saw it.
    nothing = (ties.intensity == 0).fill_null(False) | (ties.strength == 0).fill_null(False)
    absent = (ties.state == "absent").fill_null(False)
    unseen = ties.state.isin(UNSEEN).fill_null(False)
    there = ~absent & ~unseen & ~nothing
    sure = there & ties.held.fill_null(False)
    maybe = unseen | (there & ties.held.isnull())
    zero = ibis.literal(0, "int64")
    return ties.select(
        a=ibis.least(ties.source, ties.target),
        b=ibis.greatest(ties.source, ties.target),
        record="id",
        sure=sure.cast("int64"),
        maybe=maybe.cast("int64"),
        stage=zero,
        kind="kind",
        first="source",
        second="target",
        i=zero,
        j=zero,
    )


def _of_partnerships(tables: Tables, at: When) -> Expression:
    rows = tables.of("partnership", "id", "kind", "period", "parties")
    rows = rows.mutate(held=holds(rows.period, at)).drop("period")
    each = unnested(rows.filter(rows.held.fill_null(True)), "parties")
    each = each.select("id", "kind", "held", "place", actor=each.parties["actor"])
    once = each.group_by("id", "kind", "held", "actor").agg(place=each.place.min())
    once = tables.kept(once.filter(once.actor.notnull()))
    other = once.view()
    both = once.join(other, [once.id == other.id, once.place < other.place])
    nothing = ibis.literal("")
    return both.select(
        a=ibis.least(once.actor, other.actor),
        b=ibis.greatest(once.actor, other.actor),
        record=once.id,
        sure=once.held.fill_null(False).cast("int64"),
        maybe=once.held.isnull().cast("int64"),
        stage=ibis.literal(1, "int64"),
        kind=once.kind,
        first=nothing,
        second=nothing,
        i=once.place.cast("int64"),  # Spark counts places in 32 bits
        j=other.place.cast("int64"),
    )


def sides_in(tables: Tables, civil_society: Any, local_government: Any) -> Expression | None:
    """The actors that are no placeholders, each with its ``id``, ``type`` and what it is ``of``.

    ``x`` is civil society, ``y`` local government, ``both`` is both, of ``u`` it is not known,
    ``o`` is another; ``None`` where a type that is named is not known.
    """
    named = [chosen_types(tables, types) for types in (civil_society, local_government)]
    if tables.ambiguous or None in named:
        return None
    x_types, y_types = named[0] or CIVIL_SOCIETY, named[1] or LOCAL_GOVERNMENT
    of: dict[str, str] = {}
    for code in typed(tables):
        x, y = (falls_under(tables.model.catalog, code, types) for types in (x_types, y_types))
        side = "both" if x and y else "x" if x else "y" if y else None
        of[code] = side or ("u" if None in (x, y) else "o")
    held = {"code": list(of), "of": list(of.values())}
    sides = tables.kept(ibis.memtable(held, schema={"code": "string", "of": "string"}))
    actors = tables.of("actor", "id", "flagged", type="type.code")
    actors = actors.filter(~actors.flagged.fill_null(False))
    joined = actors.left_join(sides, actors.type == sides.code)
    return tables.kept(joined.select("id", "type", of=sides.of.fill_null("u")))

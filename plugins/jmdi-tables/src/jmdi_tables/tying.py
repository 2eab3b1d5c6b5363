"""The ties of a network of actors, as an engine joins them.

It does so where each tie says no more than that it is there. Ties that are reported, have a state,
or may hold or not, and those that weigh their strength, are for memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
import ibis

from jmdi import Actor, DataError
from jmdi_tables.facts import Moment
from jmdi_tables.moments import held
from jmdi_tables.networks import NetworkTables
from jmdi_tables.tables import Expression, Tables

__all__ = ["may_have_modes", "with_ties"]

ONE_WAY: dict[bool | None, tuple[bool | None, ...]] = {None: (True,), True: (True, None), False: ()}
"""What ties say of their direction that go from source to target only, by what is asked for."""


def with_ties(
    network: NetworkTables,
    *,
    ties: bool,
    tie_kinds: str | Iterable[str] | None,
    directed: bool | None,
    weight: str | None,
    as_of: Moment,
) -> NetworkTables | None:
    """A network with the ties of its actors; ``None`` where some say more than that they are there.

    Args:
        network: What they take part in together.
        ties: Whether ties are edges.
        tie_kinds: Codes of tie-kind; all ties if not given.
        directed: Whether ties go from source to target; by default if any says so.
        weight: ``count``, or what ties weigh by default.
        as_of: The day, or the number of a wave, for which they have to hold.
    """
    tables = network.tables
    rows = None
    if ties:
        try:
            rows = _wanted(tables, tie_kinds)
        except DataError:  # a strength that no column holds: records hold it
            return None
    if ties and (rows is None or _says_more(tables, rows, weight)):
        return None
    if rows is None:
        rows = tables.of("tie", "id", "source", "target", "directed", "strength", "period", "type")
        rows = rows.filter(ibis.literal(False))
    one_way = ONE_WAY[directed]
    if directed is None:
        directed = bool(tables.rows(rows.filter(rows.directed).limit(1).select("id")))
    if directed and network.n_unseen:
        return None  # of both directions of a pair there may be one answer
    there = tables.kept(
        rows.select(
            "source",
            "target",
            strength=rows.strength.notnull(),
            held=held(rows, as_of),
            edtf=rows.period["edtf"],
            kind=rows.type["code"],
            whole=_is(rows.directed, one_way),
        )
    )
    notes = dict(network.notes)
    if as_of is not None:
        if tables.count(there.filter(there.held.isnull())):
            return None
        notes["not_in_force"] += tables.count(there.filter(~there.held))
        there = there.filter(there.held)
    inside = tables.kept(_between(there, network.nodes))
    if outside := tables.count(there) - tables.count(inside):
        notes["ties_outside"] = outside
    if weight == "count" and tables.count(inside.filter(inside.strength)):
        notes["tie_weight"] = "count"
    if ties and not network.n_pairs and may_have_modes(tables):
        return None
    arcs = tables.kept(_arcs(inside, directed))
    return _joined(network, arcs, directed, notes)


def _wanted(tables: Tables, tie_kinds: str | Iterable[str] | None) -> Expression | None:
    """The ties of some kinds; ``None`` if there are others that may be of these kinds."""
    names = (
        "id",
        "source",
        "target",
        "directed",
        "strength",
        "intensity",
        "state",
        "period",
        "rest",
    )
    rows = tables.of("tie", *names, "type", "reported_by")
    wanted = [tie_kinds] if isinstance(tie_kinds, str) else list(tie_kinds or ())
    if not wanted:
        return rows
    if tables.rows(rows.filter(rows.type.isnull()).limit(1).select("id")):
        return None
    coded = rows.mutate(code=rows.type["code"])
    return coded.semi_join(tables.listed(wanted), [("code", "name")])


def _says_more(tables: Tables, rows: Expression, weight: str | None) -> bool:
    """Whether a tie says more than that it is there, or weighs what no engine adds up."""
    more = (
        rows.state.notnull()
        | (rows.reported_by.notnull() & (rows.reported_by != "").fill_null(False))
        | (rows.intensity == 0).fill_null(False)
        | (rows.strength == 0).fill_null(False)
        | rows.rest.contains('"disputed"').fill_null(False)
    )
    if weight is None:
        more |= rows.strength.notnull()
    return bool(tables.rows(rows.filter(more).limit(1).select("id")))


def _is(column: Expression, values: Iterable[bool | None]) -> Expression:
    """Whether a column has one of some values, of which one may be that it has none."""
    tests = [column.isnull() if v is None else (column == v).fill_null(False) for v in values]
    return tests[0] | tests[-1] if tests else ibis.literal(False)


def _between(ties: Expression, nodes: Expression) -> Expression:
    """The ties between nodes, whose numbers are ``i`` and ``j``."""
    first = nodes.select(one=nodes.id, i=nodes.node)
    second = nodes.select(other=nodes.id, j=nodes.node)
    both = ties.join(first, ties.source == first.one).join(second, ties.target == second.other)
    return both.select("i", "j", "edtf", "kind", "strength", "whole")


def _arcs(ties: Expression, directed: bool) -> Expression:
    """The edges: without direction from the smaller number to the larger, else both ways or one."""
    rows = ties.select("i", "j", "edtf", "kind", "whole")
    if not directed:
        ends = {"i": ibis.least(rows.i, rows.j), "j": ibis.greatest(rows.i, rows.j)}
        return rows.mutate(**ends)
    back = rows.filter(~rows.whole, rows.i != rows.j)
    return rows.union(back.select("edtf", "kind", "whole", i="j", j="i").select(rows.columns))


def _joined(
    network: NetworkTables, arcs: Expression, directed: bool, notes: dict[str, Any]
) -> NetworkTables | None:
    """The network of these edges and of what is shared."""
    tables, shares = network.tables, network.shares
    if directed:
        back = shares.select("certain", "possible", i="j", j="i").select(shares.columns)
        shares = shares.union(back)
    one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
    proper = arcs.filter(arcs.i != arcs.j)
    rows = proper.select("i", "j", ties=one, certain=none, possible=none).union(
        shares.select(
            "i",
            "j",
            ties=none,
            certain=shares.certain.cast("int64"),
            possible=shares.possible.cast("int64"),
        )
    )
    pairs = tables.kept(
        rows.group_by("i", "j").agg(
            ties=rows.ties.sum(), certain=rows.certain.sum(), possible=rows.possible.sum()
        )
    )
    beside = pairs.filter(pairs.ties > 0, pairs.certain == 0, pairs.possible > 0)
    if tables.count(beside):
        return None  # a tie that is known stands beside another that is not
    loops = tables.count(arcs) - tables.count(proper)
    both = (pairs.ties > 0) & (pairs.certain > 0)
    more_ties: Expression = ibis.greatest(pairs.ties - 1, 0)
    joined = more_ties.sum().fill_null(0) + both.cast("int64").sum().fill_null(0)
    (row,) = tables.rows(pairs.aggregate(merged=joined))
    return attrs.evolve(
        network,
        shares=pairs.select(
            "i", "j", certain=pairs.ties + pairs.certain, possible="possible", shared="certain"
        ),
        notes=notes,
        ties=arcs,
        directed=directed,
        loops=loops,
        merged=int(row["merged"]),
    )


def may_have_modes(tables: Tables) -> bool:
    """Whether actors may say which of two modes they have, as a file of two modes does."""
    for rows in tables.each(Actor.kind):
        said: Expression = rows.rest.contains('"mode"') | rows.rest.contains('"bipartite"')
        if tables.rows(rows.filter(said.fill_null(False)).limit(1).select("id")):
            return True
    return False

"""Ties of civil society and local government, counted by an engine."""

from __future__ import annotations

from typing import Any

from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi_scaling.facts.timing import when

__all__ = ["count_in_tables"]


def count_in_tables(
    tables: Any,
    *,
    initiative: Ids | None,
    territory: Ids | None,
    through: str,
    civil_society: Ids | None,
    local_government: Ids | None,
    as_of: Day | None,
    window: Window | None,
) -> Counts | None:
    """How many actors and pairs there are of each side; a part of the actors is for memory."""
    if initiative is not None or territory is not None:
        return None
    from jmdi_scaling.facts.ties_in_tables import facts_in, sides_in

    actors = sides_in(tables, civil_society, local_government)
    if actors is None:
        return None
    number = {r["of"]: r["n"] for r in tables.rows(actors.group_by("of").agg(n=actors.count()))}
    twice = tables.rows(actors.filter(actors.of == "both").order_by("id").select("id"))
    facts = facts_in(tables, when(as_of, window), through)
    states = facts.group_by("a", "b").agg(sure=facts.sure.max(), maybe=facts.maybe.max())
    other = actors.view()
    both = states.join(actors, states.a == actors.id).join(other, states.b == other.id)
    pairs = tables.kept(both.select("a", "b", "sure", "maybe", of_a=actors.of, of_b=other.of))
    rows = tables.rows(pairs.group_by("of_a", "of_b", "sure", "maybe").agg(n=pairs.count()))
    sums = dict.fromkeys(("tied", "unknown", "perhaps", "all_tied", "all_unknown"), 0)
    for row in rows:
        sides, n = {row["of_a"], row["of_b"]}, row["n"]
        tied, unknown = bool(row["sure"]), not row["sure"] and bool(row["maybe"])
        sums["all_tied"] += n * tied
        sums["all_unknown"] += n * unknown
        sums["tied"] += n * (tied and sides == {"x", "y"})
        sums["unknown"] += n * (unknown and sides == {"x", "y"})
        sums["perhaps"] += n * ((tied or unknown) and "u" in sides and sides <= {"x", "y", "u"})
    across = pairs.filter(
        ((pairs.of_a == "x") & (pairs.of_b == "y")) | ((pairs.of_a == "y") & (pairs.of_b == "x")),
        pairs.sure + pairs.maybe > 0,
    )
    there = across.select("sure", actor="a", of="of_a")
    ends = there.union(across.select("sure", actor="b", of="of_b"))
    ends = ends.group_by("actor", "of").agg(sure=ends.sure.max())
    covered = {
        row["of"]: (row["sure"], row["n"])
        for row in tables.rows(ends.group_by("of").agg(sure=ends.sure.sum(), n=ends.count()))
    }
    return {
        "actors": {"n": sum(number.values()), **{s: number.get(s, 0) for s in ("x", "y", "u")}},
        "typed": tables.count(actors.filter(actors.type.notnull()).limit(1)) > 0,
        "pairs": sums,
        "covered": {side: covered.get(side, (0, 0)) for side in ("x", "y")},
        "records": _records(tables, facts, across.filter(across.sure == 1)),
        "notes": {"in_both_sets": [r["id"] for r in twice], "type_unknown": number.get("u", 0)},
    }


def _records(tables: Any, facts: Any, pairs: Any) -> tuple[str, ...]:
    """The records that tie pairs for certain, pair by pair in the order of their first records."""
    order = ("stage", "kind", "first", "second", "record", "i", "j")
    rows = tables.rows(facts.semi_join(pairs, ["a", "b"]).order_by(*order))
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        records = found.setdefault((row["a"], row["b"]), [])
        records += [row["record"]] if row["sure"] else []
    return tuple(dict.fromkeys(record for records in found.values() for record in records))

"""Whom initiatives reach beyond themselves, counted by an engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi.model.kinds import Action, WorkPlan
from jmdi.model.values import Period, Place
from jmdi_scaling.facts.timing import When, when

__all__ = ["count_in_tables"]


def count_in_tables(
    tables: Any,
    *,
    initiative: Ids | None,
    territory: Ids | None,
    closed_world: bool,
    as_of: Day | None,
    window: Window | None,
    **parameters: object,
) -> Counts | None:
    """Those who are or may be reached, which of them are in the projects, and the plans."""
    from jmdi_scaling.facts.in_tables import audience_in, initiatives_in, insiders_in
    from jmdi_scaling.metrics.reach import reached_by, targeted
    from jmdi_tables.facts import complete_lists

    names = initiatives_in(tables, initiative, territory)
    if names is None:
        return None
    at = when(as_of, window)
    everything = initiative is None and territory is None
    parts = audience_in(tables, names, at)
    reached, inside, records = reached_by(parts, _links(tables, everything, at))
    for name, sure in insiders_in(tables, names, at, reached):
        inside[name] = sure or inside.get(name, False)
    ids = () if closed_world else tables.arrays(complete_lists(tables, "initiative"))["id"].tolist()
    complete = frozenset(names) if closed_world else frozenset(ids)
    return {
        "initiatives": len(names),
        "unlisted": [name for name in names if name not in complete],
        "reached": reached,
        "inside": inside,
        "records": records,
        "targeted": targeted(*_plans(tables), None if everything else names),
    }


def _links(tables: Any, everything: bool, at: When) -> Iterator[tuple[str, str, bool | None]]:
    """The actors that were sent a product, or took up a practice, with the record and whether."""
    sent = tables.of("disseminated", "id", "kind", "source", "target", "date")
    yield from (
        (row["target"], row["id"], at.contains(row["date"]))
        for row in _of_actors(tables, sent, "target")
    )
    taken = tables.of("adopts", "id", "kind", "source", "target", edtf="period.edtf")
    for row in _of_actors(tables, taken, "source") if everything else ():
        period = None if row["edtf"] is None else Period(row["edtf"])
        yield row["source"], row["id"], at.happened(period)


def _of_actors(tables: Any, relations: Any, end: str) -> list[dict[str, Any]]:
    """The relations of which one end is an actor, in order."""
    known = relations.semi_join(tables.of("actor", "id"), [(end, "id")])
    rows: list[dict[str, Any]] = tables.rows(known.order_by("kind", "source", "target", "id"))
    return rows


def _plans(tables: Any) -> tuple[list[WorkPlan], list[Action]]:
    """The plans, and the places of their actions, and no more of them."""
    plans = tables.of("workplan", "id", "kind", "initiatives", "territories")
    plans = tables.rows(plans.order_by("kind", "id"))
    actions = tables.of("action", "id", "kind", "workplan", "places").order_by("kind", "id")
    actions = actions.filter(actions.places.length() > 0, actions.workplan.notnull())
    return (
        [
            WorkPlan(
                id=row["id"],
                initiatives=tuple(row["initiatives"] or ()),
                territories=tuple(row["territories"] or ()),
            )
            for row in plans
        ],
        [
            Action(
                id=row["id"],
                workplan=row["workplan"],
                places=tuple(Place(place["territory"]) for place in row["places"]),
            )
            for row in tables.rows(actions)
        ],
    )

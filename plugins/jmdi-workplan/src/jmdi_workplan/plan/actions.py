"""What one action of a plan says: objectives, audience, places, timeline, finance, actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs

from jmdi import Action, Place, Source
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.plan.cells.money import finance
from jmdi_workplan.plan.cells.people import actors, audience
from jmdi_workplan.plan.cells.time import timeline
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts, items
from jmdi_workplan.plan.cells.where import places
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.tables import Row

__all__ = ["Reading", "read_row"]

TerritoryId: TypeAlias = Callable[[PlaceMention], str | None]


@attrs.frozen(slots=True)
class Reading:
    """What a row says.

    Attributes:
        action: The action, its id still to be given.
        actors: Who is responsible or a partner: words and role.
        doubts: What of its timeline and money was not understood.
    """

    action: Action
    actors: tuple[tuple[str, str | None], ...]
    doubts: tuple[Doubt, ...] = ()


def read_row(
    row: Row, columns: Sequence[Column], number: int, context: Context, territory_id: TerritoryId
) -> Reading:
    """Reads the cells of an action by the meaning of their columns.

    Args:
        row: The action.
        columns: The columns of its table.
        number: Which table of the plan that is, counted from 1.
        context: What is known of the plan and the table.
        territory_id: Gives the id of the territory that a place names, if it has a code.
    """
    under = Under(row.entry, columns, context)
    when, undated = timeline(under)
    paid = tuple(finance(under))
    objectives = (item for _, _, words in under.cells("objective") for item in items(words))
    action = Action(
        id="action",  # until the importer has counted the rows with these words
        names=under.text("action"),
        table=number,
        section=row.section,
        level=level_code(under.words("level"), context.country) or context.level,
        objectives=tuple({context.language: objective} for objective in objectives),
        audience=tuple(audience(under)),
        activity=under.text("activity"),
        places=tuple(Place(territory_id(place), place.words) for place in places(under)),
        timeline=when,
        finance=tuple(money for money, _ in paid),
        cells=tuple(row.entry.words(index) for index in range(len(columns))),
        sources=(Source(locator=row.place),),
    )
    return Reading(action, tuple(actors(under)), (*undated, *doubts(*paid)))

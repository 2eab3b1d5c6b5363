"""What one action of a plan says: objectives, audience, places, timeline, finance, actors."""

from __future__ import annotations

from functools import lru_cache

import attrs

from jmdi import Audience, Code, Money, Period
from jmdi.model.frozen import FrozenMap
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.plan.cells.money import finance
from jmdi_workplan.plan.cells.monitoring import Measure, indicators, measures
from jmdi_workplan.plan.cells.people import actors, audience
from jmdi_workplan.plan.cells.time import done, timeline
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts
from jmdi_workplan.plan.cells.where import places
from jmdi_workplan.plan.context import Context, of_section
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.tables import Row, Table
from jmdi_workplan.words.listed import items

__all__ = ["Reading", "read_row"]


@attrs.frozen(slots=True)
class Reading:
    """What the rows of an action say.

    Attributes:
        names: Its title by language.
        level: The governance level that it is planned for.
        objectives: What it is for.
        audience: Whom it addresses.
        activity: What kind of activity it is.
        places: Where it happens.
        timeline: When.
        finance: How it is paid for.
        cells: The words of its cells, in the order of the columns.
        actors: Who is responsible or a partner: words and role.
        indicators: What is measured of it.
        measures: The values of its indicators, and what is said of its progress.
        doubts: What of its timeline and money was not understood.
    """

    names: FrozenMap[str]
    level: Code | None
    objectives: tuple[FrozenMap[str], ...]
    audience: tuple[Audience, ...]
    activity: FrozenMap[str]
    places: tuple[PlaceMention, ...]
    timeline: Period | None
    finance: tuple[Money, ...]
    cells: tuple[str, ...]
    actors: tuple[tuple[str, str | None], ...]
    indicators: tuple[str, ...]
    measures: tuple[Measure, ...]
    doubts: tuple[Doubt, ...]


def read_row(row: Row, table: Table, context: Context) -> Reading:
    """Reads the cells of an action by the meaning of their columns.

    Args:
        row: The action.
        table: The table that it stands in.
        context: What is known of the plan and the table.
    """
    context = of_section(row.section, context)
    under = Under(row.entry, table.columns, context, table.meant)
    when, undated = timeline(under)
    took_place, unclear = done(under)
    paid = tuple(finance(under))
    objectives = (
        objective
        for _, _, words in under.cells("objective")
        for objective in _objectives(words, context.language)
    )
    level = level_code(under.words("level"), context.country) if under.places("level") else None
    return Reading(
        names=under.text("action"),
        level=level or _above(row.section, context.country) or context.level,
        objectives=tuple(objectives),
        audience=tuple(audience(under)),
        activity=under.text("activity"),
        places=places(under),
        timeline=when,
        finance=tuple(money for money, _ in paid),
        cells=tuple(
            [
                "" if column.meaning == "drop" else row.entry.words(number)
                for number, column in enumerate(table.columns)
            ]
        ),
        actors=tuple(actors(under)),
        indicators=tuple(indicators(under)),
        measures=tuple(measures(under, took_place)),
        doubts=(*undated, *unclear, *doubts(*paid)),
    )


@lru_cache(maxsize=4096)
def _objectives(words: str, language: str) -> tuple[FrozenMap[str], ...]:
    """The objectives that a cell lists; many cells of a long table list the same."""
    return tuple(FrozenMap({language: item}) for item in items(words))


@lru_cache(maxsize=1024)
def _above(section: str | None, country: str | None) -> Code | None:
    """The level that the headings inside the table name, the nearest first."""
    parts = reversed(section.split(" / ")) if section else ()
    return next(filter(None, (level_code(part, country) for part in parts)), None)

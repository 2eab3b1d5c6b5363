"""What one action of a plan says: objectives, audience, places, timeline, finance, actors."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from jmdi import Audience, Code, Money, Period
from jmdi.model.frozen import FrozenMap
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.plan.cells.money import finance
from jmdi_workplan.plan.cells.monitoring import ROLES as VALUES
from jmdi_workplan.plan.cells.monitoring import Measure, indicators, measures
from jmdi_workplan.plan.cells.people import ROLES, actors, audience
from jmdi_workplan.plan.cells.time import DONE, ENDS, done, timeline
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts
from jmdi_workplan.plan.cells.where import places
from jmdi_workplan.plan.context import Context, of_section
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.marks import is_time
from jmdi_workplan.plan.parts import Amounts, Found, Part
from jmdi_workplan.plan.tables import Row, Table
from jmdi_workplan.words.listed import items

__all__ = ["Reading", "RowReader"]

Actors: TypeAlias = tuple[tuple[str, str | None], ...]
"""Who takes part in an action: words and role."""

Monitored: TypeAlias = tuple[tuple[str, ...], tuple[Measure, ...]]
"""The indicators of an action, and their values."""


@attrs.define(slots=True)
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
        doubts: What of its dates and money was not understood.
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


class _Cells:
    """The parts of the rows of a table, as far as one context goes.

    Args:
        table: The table.
        context: What is known of it.
    """

    def __init__(self, table: Table, context: Context) -> None:
        def under(*meanings: str) -> list[int]:
            return [index for meaning in meanings for index in table.meant.get(meaning, ())]

        times = [n for n, column in enumerate(table.columns) if is_time(column)]
        named = under("place", "at-place") or under("activity", "action")
        paid = under("finance", "funding-source", "budget-line")
        self.context = context
        self.objectives = Part(under("objective"), _objectives)
        self.audience = Part(under("audience"), _audience)
        self.activity = Part(under("activity"), _activity)
        self.level = Part(under("level"), _level)
        self.places = Part(named, _places)
        self.timeline = Part([*under("timeline", *ENDS), *times], timeline)
        self.monitored = Part(under("indicator", *VALUES, *DONE), _monitored)
        self.finance = Amounts(paid, _finance)
        self.actors = Part(under(*ROLES), _actors)


@attrs.define
class RowReader:
    """Reads the actions of a table by the meaning of their columns.

    Attributes:
        table: The table.
        context: What is known of the plan and the table.
    """

    table: Table
    context: Context
    _known: dict[Context, _Cells] = attrs.field(factory=dict)
    _under: dict[str | None, tuple[_Cells, Code | None]] = attrs.field(factory=dict)

    def read(self, row: Row) -> Reading:
        """What the cells of an action say."""
        cells, level = self._under.get(row.section) or self._headed(row.section)
        entry, columns = row.entry, self.table.columns
        under = Under(entry, columns, cells.context, self.table.meant)
        when, undated = cells.timeline.of(under)
        (indicators, measures), unclear = cells.monitored.of(under)
        paid, open_ = cells.finance.of(under)
        return Reading(
            under.text("action"),
            cells.level.of(under)[0] or level,
            cells.objectives.of(under)[0],
            cells.audience.of(under)[0],
            cells.activity.of(under)[0],
            cells.places.of(under)[0],
            when,
            paid,
            self._words(entry),
            cells.actors.of(under)[0],
            indicators,
            measures,
            undated + unclear + open_,
        )

    def _headed(self, section: str | None) -> tuple[_Cells, Code | None]:
        """What reads the cells below some headings, and the level that they name."""
        context = of_section(section, self.context)
        cells = self._known.get(context)
        if cells is None:
            cells = self._known[context] = _Cells(self.table, context)
        level = _above(section, context.country) or context.level
        self._under[section] = cells, level
        return cells, level

    def _words(self, entry: Entry) -> tuple[str, ...]:
        """The words of the cells, in the order of the columns."""
        left_out = self.table.meant.get("drop", ())
        if entry.texts is not None and not left_out:
            return entry.texts
        places = range(len(self.table.columns))
        return tuple(["" if place in left_out else entry.words(place) for place in places])


def _objectives(under: Under) -> Found[tuple[FrozenMap[str], ...]]:
    """What an action is for: the items that its cells list."""
    language = under.context.language
    cells = under.cells("objective")
    return tuple([FrozenMap({language: i}) for _, _, words in cells for i in items(words)]), ()


def _audience(under: Under) -> Found[tuple[Audience, ...]]:
    return tuple(audience(under)), ()


def _activity(under: Under) -> Found[FrozenMap[str]]:
    return under.text("activity"), ()


def _level(under: Under) -> Found[Code | None]:
    return level_code(under.words("level"), under.context.country), ()


def _places(under: Under) -> Found[tuple[PlaceMention, ...]]:
    return places(under), ()


def _monitored(under: Under) -> Found[Monitored]:
    """What is measured of an action, and the values."""
    took_place, unclear = done(under)
    return (tuple(indicators(under)), tuple(measures(under, took_place))), unclear


def _finance(under: Under) -> Found[tuple[Money, ...]]:
    """How an action is paid for."""
    paid = tuple(finance(under))
    return tuple([money for money, _ in paid]), doubts(*paid)


def _actors(under: Under) -> Found[Actors]:
    return tuple(actors(under)), ()


def _above(section: str | None, country: str | None) -> Code | None:
    """The level that the headings inside the table name, the nearest first."""
    parts = reversed(section.split(" / ")) if section else ()
    return next(filter(None, (level_code(part, country) for part in parts)), None)

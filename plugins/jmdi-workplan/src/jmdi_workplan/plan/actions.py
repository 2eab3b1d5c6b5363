"""What one action of a plan says: objectives, audience, places, timeline, finance, actors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs

from jmdi import Audience, Code, Money, Period
from jmdi.files.mapping.rules import DROP
from jmdi.model.frozen import FrozenMap
from jmdi.words.folding import as_typed
from jmdi_workplan.places import PlaceMention, telling
from jmdi_workplan.plan.cells.money import finance
from jmdi_workplan.plan.cells.monitoring import ROLES as VALUES
from jmdi_workplan.plan.cells.monitoring import SPENT, Measure, indicators, measures
from jmdi_workplan.plan.cells.people import ROLES, actors, audience
from jmdi_workplan.plan.cells.time import DONE, ENDS, done, timeline
from jmdi_workplan.plan.cells.under import Doubt, Under, doubts
from jmdi_workplan.plan.cells.where import places, places_in_words
from jmdi_workplan.plan.context import Context, of_section
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.marks import is_time
from jmdi_workplan.plan.parts import Amounts, Found, Named, Part
from jmdi_workplan.plan.tables import Row, Table
from jmdi_workplan.words.listed import items

__all__ = ["Monitored", "Reading", "RowReader"]

Actors: TypeAlias = tuple[tuple[str, str | None], ...]
"""Who takes part in an action: words and role."""


@attrs.frozen(slots=True)
class Monitored:
    """What monitoring says of an action.

    Attributes:
        indicators: What is measured of it.
        measures: The values of its indicators, and what is said of its progress.
    """

    indicators: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()


@attrs.define(slots=True)
class Reading:
    """What the rows of an action say.

    Attributes:
        names: Its title by language.
        cells: The words of its cells, in the order of the columns.
        doubts: What of its dates and money was not understood.
        level: The governance level that it is planned for.
        objectives: What it is for.
        audience: Whom it addresses.
        activity: What kind of activity it is.
        places: Where it happens.
        timeline: When.
        finance: How it is paid for.
        actors: Who is responsible or a partner: words and role.
        monitored: What is measured of it, and what is said of its progress.
        section: What the columns to the left of it say that it belongs to.
    """

    names: FrozenMap[str]
    cells: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    level: Code | None
    objectives: tuple[FrozenMap[str], ...]
    audience: tuple[Audience, ...]
    activity: FrozenMap[str]
    places: tuple[PlaceMention, ...]
    timeline: Period | None
    finance: tuple[Money, ...]
    actors: Actors
    monitored: Monitored
    section: str


class _Cells:
    """Reads the cells of a table, as far as one context goes.

    Args:
        table: The table.
        context: What is known of it.
        entry: One of its actions.
    """

    def __init__(self, table: Table, context: Context, entry: Entry) -> None:
        def under(*meanings: str) -> list[int]:
            return [index for meaning in meanings for index in table.meant.get(meaning, ())]

        columns = enumerate(table.columns)
        times = [n for n, column in columns if is_time(column) or column.is_part_of_year]
        where = under("place", "at-place")
        parts: list[Part[Any]] = [  # in the order of the fields of a reading
            Part(under("level"), _level),
            Part(under("objective"), _objectives),
            Part(under("audience"), _audience),
            Part(under("activity"), _activity),
            Part(where, _places) if where else _named(table, context),
            Part([*under("timeline", *ENDS), *times], timeline),
            Amounts(under("finance", "currency", "funding-source", "budget-line"), _finance),
            Part(under(*ROLES), _actors),
            Part(under("indicator", *VALUES, SPENT, *DONE), _monitored),
            Part(under("section"), _section),
        ]
        self.context = context
        self.parts = [(number, part) for number, part in enumerate(parts) if part.columns]
        # Without a column for it, all actions say the same of a thing.
        row = Under(entry, table.columns, context, table.meant)
        self.values = [None if part.columns else part.read(row)[0] for part in parts]


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
    _dropped: Sequence[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._dropped = self.table.meant.get(DROP, ())

    def read(self, row: Row) -> Reading:
        """What the cells of an action say."""
        cells, level = self._under.get(row.section) or self._headed(row)
        table = self.table
        under = Under(row.entry, table.columns, cells.context, table.meant)
        values: list[Any] = cells.values.copy()
        unclear: tuple[Doubt, ...] = ()
        for number, part in cells.parts:
            values[number], doubts = part.of(under)
            if doubts:
                unclear += doubts
        values[0] = values[0] or level
        texts = row.entry.texts
        words = texts if texts is not None and not self._dropped else self._words(row.entry)
        return Reading(under.text("action"), words, unclear, *values)

    def _headed(self, row: Row) -> tuple[_Cells, Code | None]:
        """What reads the cells below the headings of a row, and the level that they name."""
        context = of_section(row.section, self.context)
        cells = self._known.get(context)
        if cells is None:
            cells = self._known[context] = _Cells(self.table, context, row.entry)
        level = _above(row.section, context.country) or context.level
        self._under[row.section] = cells, level
        return cells, level

    def _words(self, entry: Entry) -> tuple[str, ...]:
        """The words of the cells, in the order of the columns."""
        places = range(len(self.table.columns))
        return tuple(["" if place in self._dropped else entry.words(place) for place in places])


def _objectives(under: Under) -> Found[tuple[FrozenMap[str], ...]]:
    """What an action is for: the items that its cells list."""
    language = under.context.language
    cells = under.cells("objective")
    return tuple([FrozenMap({language: i}) for _, _, words in cells for i in items(words)]), ()


def _audience(under: Under) -> Found[tuple[Audience, ...]]:
    return tuple(audience(under)), ()


def _activity(under: Under) -> Found[FrozenMap[str]]:
    return under.text("activity"), ()


def _section(under: Under) -> Found[str]:
    """What an action belongs to, as columns say it; of several, the left one first."""
    return " / ".join(as_typed(words) for _, _, words in under.cells("section")), ()


def _level(under: Under) -> Found[Code | None]:
    return level_code(under.words("level"), under.context.country), ()


def _places(under: Under) -> Found[tuple[PlaceMention, ...]]:
    return places(under), ()


def _named(table: Table, known: Context) -> Named:
    """What reads the places that the words of the actions of a table name."""
    columns = [*table.meant.get("activity", ()), *table.meant.get("action", ())]
    plain = [row.entry.texts for row in table.rows if row.entry.texts is not None]
    return Named(
        columns,
        lambda under: (places_in_words(under), ()),
        telling=telling((texts[n] for texts in plain for n in columns), known.country),
        unnamed=(known.places, ()),
    )


def _monitored(under: Under) -> Found[Monitored]:
    """What is measured of an action, and the values."""
    took_place, unclear = done(under)
    return Monitored(tuple(indicators(under)), tuple(measures(under, took_place))), unclear


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

"""What is known when a cell is read: first of the plan, then of its table, then of its column.

A context is a value. Whoever knows more makes a new one with `attrs.evolve`, so that what a table
says holds in that table only. An option of the caller comes before what the document says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from jmdi import Code
from jmdi_workplan.places import PlaceMention, mentions_in
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.segments import is_numbered
from jmdi_workplan.plan.title_block import PlanHeader

__all__ = ["Context", "of_plan", "of_table"]


@attrs.frozen(slots=True)
class Context:
    """What is known, progressively: ``None`` is not known.

    Attributes:
        country: ISO 3166-1 alpha-2 code of the plan's country.
        language: Language of its words; ``und`` when not said.
        year: Year of dates that name none.
        day_first: Whether 03/04/2015 is in April.
        fiscal_year_start: Month in which the fiscal year begins.
        currency: ISO 4217 code of amounts that name none.
        scale: Power of ten of bare amounts: 3 where the head says "in thousands".
        level: The governance level that actions are planned for.
        places: The places of actions that name none, as the heading of the table says.
    """

    country: str | None = None
    language: str = "und"
    year: int | None = None
    day_first: bool | None = None
    fiscal_year_start: int | None = None
    currency: str | None = None
    scale: int = 0
    level: Code | None = None
    places: tuple[PlaceMention, ...] = ()


def of_plan(header: PlanHeader, options: Mapping[str, Any]) -> Context:
    """What is known of a plan: options first, then the title block."""
    return Context(
        country=options.get("country") or header.country,
        language=options.get("language") or "und",
        year=options.get("default_year"),
        day_first=options.get("day_first"),
        fiscal_year_start=options.get("fiscal_year_start"),
        currency=header.currency,
    )


def of_table(captions: Sequence[str], plan: Context, above: Context | None) -> Context:
    """What is known of a table: the headings above it say its level and territory.

    Where they name a part of the country, actions that name no place happen there.
    A table without a heading goes on with the level of the table before. So does one that has only
    a number and a title, "Table 2: Training", if a heading gave the level.

    Args:
        captions: The headings above the table, the nearest last.
        plan: What is known of the plan.
        above: What is known of the table before.
    """
    named = (level_code(words, plan.country) for words in reversed(captions))
    level = next((code for code in named if code is not None), None)
    if level is None and above is not None and above.level is not None:
        headed = not is_numbered(above.level.words or "")
        if not captions or (headed and all(map(is_numbered, captions))):
            level = above.level
    return attrs.evolve(plan, level=level, places=_places(captions, plan.country))


def _places(captions: Sequence[str], country: str | None) -> tuple[PlaceMention, ...]:
    """The parts of the plan's country that headings name: "Actions in Region V"."""
    if country is None:
        return ()
    found = (place for words in captions for place in mentions_in(words, country))
    return tuple(place for place in found if place.country == country and "-" in (place.code or ""))

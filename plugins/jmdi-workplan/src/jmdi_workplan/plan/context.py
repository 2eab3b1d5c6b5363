"""What is known when a cell is read: first of the plan, then of its table, then of its column.

A context is a value. Whoever knows more makes a new one with `attrs.evolve`, so that what a table
says holds in that table only. An option of the caller comes before what the document says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi import Code
from jmdi_workplan.plan.levels import level_code
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
    """

    country: str | None = None
    language: str = "und"
    year: int | None = None
    day_first: bool | None = None
    fiscal_year_start: int | None = None
    currency: str | None = None
    scale: int = 0
    level: Code | None = None


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


def of_table(title: str, plan: Context, above: Context | None) -> Context:
    """What is known of a table: its title says its level.

    Args:
        title: The heading above the table.
        plan: What is known of the plan.
        above: What is known of the table before; its level goes on if this one has no title.
    """
    level = level_code(title, plan.country)
    if level is None and not title and above is not None:
        level = above.level
    return attrs.evolve(plan, level=level)

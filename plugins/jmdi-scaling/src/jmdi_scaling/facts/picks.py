"""What metrics that name the records they rest on look at, as an engine picks it.

The members are those that any of these metrics reads; which kinds are read depends on the metric,
for a kind is read when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jmdi.metrics.types import Ids
from jmdi_scaling.facts.parameters import names_of
from jmdi_tables.picking import Pick, Picked, picked
from jmdi_tables.tables import Tables

__all__ = ["looked_at", "of_named"]

LISTS = ("participants_complete", "absences")


def _observed(column: Callable[[str], Any]) -> Any:
    """Observations of a target, or of what happened, with a value."""
    return column("role.code").isin(("actual", "target")) & column("value").notnull()


PICKS = {
    "action": Pick(("period", "workplan", "places", "timeline", "clusters")),
    "actor": Pick(("type", "level", "country", "territory")),
    "adopts": Pick(("period", "level", "route")),
    "coded": Pick(("date",)),
    "contributes": Pick(("period", "type", "amount")),
    "evidence": Pick(("period", "of", "practice", "criterion", "state")),
    "indicator": Pick(("unit", "of")),
    "initiative": Pick(("period", "places", "themes", "goals", *LISTS)),
    "observation": Pick(
        ("period", "indicator", "of", "role", "value", "group", "places"), _observed
    ),
    "participates": Pick(("period", "role", "side")),
    "partnership": Pick(),
    "practice": Pick(("adopters_complete", "absences")),
    "rates": Pick(("period", "dimension", "score", "low", "high")),
    "relates": Pick(("type",), lambda column: column("type.code") == "replicates"),
    "territory": Pick(("country", "level", "within")),
    "theme": Pick(("codebook",)),
    "tie": Pick(),
    "workplan": Pick(("authors", "territories", "initiatives")),
}


def looked_at(tables: Tables, **parameters: object) -> Picked | None:
    """The records that a metric looks at."""
    return picked(tables, PICKS)


def of_named(
    tables: Tables, *, initiative: Ids | None = None, **parameters: object
) -> Picked | None:
    """The same, and of who takes part in initiatives only what is said of those that are named."""
    takes = Pick(PICKS["participates"].members, among=("target", names_of(initiative)))
    return picked(tables, {**PICKS, "participates": takes})

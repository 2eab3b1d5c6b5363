"""What metrics of pillars look at, as an engine picks it; a kind is read when it is asked for."""

from __future__ import annotations

from jmdi_tables.picking import Pick, Picked, picked
from jmdi_tables.tables import Tables

__all__ = ["looked_at", "of_elements"]

ELEMENTS = {
    "action": Pick(("pillars",)),
    "item": Pick(("source_type", "text", "date", "territory", "pillars", "part_of")),
    "practice": Pick(("pillars", "origins_complete")),
    "product": Pick(("layer", "published", "pillars", "origins_complete", "recipients_complete")),
}
"""What serves a pillar."""

PICKS = {
    **ELEMENTS,
    "actor": Pick(("type", "country", "territory")),
    "coded": Pick(()),
    "derives": Pick(()),
    "disseminated": Pick(("reach", "use")),
    "observation": Pick(("indicator", "of", "role", "value", "text")),
    "territory": Pick(()),
    "theme": Pick(("codebook", "codable")),
    "tie": Pick(),
}


def looked_at(tables: Tables, **parameters: object) -> Picked | None:
    """The records that a metric looks at."""
    return picked(tables, PICKS)


def of_elements(tables: Tables, **parameters: object) -> Picked | None:
    """The same, with those that take part in what serves a pillar, and what they contribute."""
    ids = [id for kind in ELEMENTS for id in tables.arrays(tables.of(kind, "id"))["id"].tolist()]
    to = Pick((), among=("target", ids))
    return picked(tables, {**PICKS, "participates": to, "contributes": to})

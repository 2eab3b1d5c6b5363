"""The actions of some plans, as an engine picks them; a kind is read when it is asked for."""

from __future__ import annotations

from jmdi import Action
from jmdi.metrics.types import Ids
from jmdi_tables.picking import Pick, Picked, picked
from jmdi_tables.tables import Tables
from jmdi_workplan.metrics.selection import ids_of

__all__ = ["of_plans"]


def of_plans(tables: Tables, *, workplan: Ids | None = None, **parameters: object) -> Picked | None:
    """The actions of these plans, with the plans and what was observed of how far they are.

    Args:
        tables: The records.
        workplan: Ids of the plans; all if not given.
        **parameters: The others of the metric.

    Returns:
        The records; ``None`` if there are no actions, of which all records may say why.
    """
    found = picked(
        tables,
        {
            "action": Pick(among=("workplan", sorted(ids_of(workplan) or ()))),
            "initiative": Pick(()),
            "observation": Pick(where=lambda column: column("role.code") == "actual"),
            "territory": Pick(("within",)),
            "workplan": Pick(),
        },
    )
    return found if found is not None and found.of(Action) else None

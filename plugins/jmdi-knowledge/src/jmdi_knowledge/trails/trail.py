"""A trail: its rows, and what they amount to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi.graph.table import Table
from jmdi.metrics.rows import json_value
from jmdi.model.records import Record

__all__ = ["Trail"]


@attrs.frozen(slots=True)
class Trail:
    """What stands below a product, or above an item.

    Attributes:
        record: The product or item.
        table: The rows of the trail.
        totals: What they amount to; what is not known is ``None``, never 0.
    """

    record: Record
    table: Table
    totals: Mapping[str, Any]

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {_short(value)}" for name, value in self.totals.items())
        return f"{self.record.label()} ({self.record.id}): {said}"

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON values."""
        rows = [{k: json_value(v) for k, v in row.items()} for row in self.table.to_dicts()]
        totals = {name: json_value(value) for name, value in self.totals.items()}
        return {"record": self.record.id, "rows": rows, "totals": totals}


def _short(value: object) -> str:
    """A total in few words."""
    if value is None:
        return "not known"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number}" for name, number in value.items()) or "none"
    return str(value)

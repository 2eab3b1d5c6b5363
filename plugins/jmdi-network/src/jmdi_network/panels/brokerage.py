"""The actors that stand between others who are not tied to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmdi import Dataset
from jmdi.panels import Cell, Column, Grid, Range, Unknown
from jmdi_network.panels import MOST, say
from jmdi_network.panels.naming import country_names, known_as

__all__ = ["brokerage"]

ROLES = ("total", "coordinator", "gatekeeper", "representative", "itinerant", "liaison")
TOO_MANY = 5_000
"""Actors from which on this is left to whoever asks: it takes as long as all other metrics."""


def brokerage(dataset: Dataset) -> Grid | None:
    """Actors by the pairs that they broker, in the roles of Gould and Fernandez.

    Args:
        dataset: The records.
    """
    network = dataset.project("actors")
    if "type" not in network.node_attributes or not network.n_edges > 0 or len(network) > TOO_MANY:
        return None
    found = network.metric("network:brokerage", groups="type")
    values: Mapping[str, Any] = found.values or {}
    bounds: Mapping[str, Any] = found.bounds or {}
    least = {id: _least(values[id], bounds.get(id)) for id in values}
    order = sorted((id for id in least if least[id]), key=lambda id: (-least[id], id))
    if not order:
        return None
    names = country_names(dataset)
    rows: list[list[Cell]] = [
        [known_as(id, dataset, names)[0], *(_role(values[id], bounds.get(id), r) for r in ROLES)]
        for id in order[:MOST]
    ]
    columns = [Column(say("actor")), *(Column(say(role), "number") for role in ROLES)]
    left = len(order) - len(rows)
    return Grid(columns, rows, note=say("brokerage_note"), left_out=left)


def _least(own: Any, bounds: Any) -> float:
    """The pairs that an actor brokers at least."""
    if own is not None and own["total"] is not None:
        return float(own["total"])
    return float(bounds["total"][0] or 0) if bounds else 0.0


def _role(own: Any, bounds: Any, role: str) -> Cell:
    value = None if own is None else own[role]
    low, high = bounds[role] if bounds and role in bounds else (value, value)
    if value is None and low is None:
        return Unknown(say("not_stated"))
    if low == high and low is not None:
        return int(low)
    return Range(value, low, high)

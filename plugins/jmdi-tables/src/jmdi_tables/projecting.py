"""Which projections an engine makes, and with which parameters."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from jmdi.running.binding import bind
from jmdi.running.projecting import PROJECTED
from jmdi.words.type_names import brief
from jmdi_tables.corridors import CorridorTables, corridor_tables
from jmdi_tables.joining import network_tables
from jmdi_tables.networks import NetworkTables
from jmdi_tables.tables import Expression, Tables

__all__ = ["projected"]

COUNTED = ("actors", "co-participation", "corridors")

OWN = frozenset({"nodes", "kinds", "as_of", "exclude_flagged"})
"""The parameters that engines know; of others, only the defaults."""

SAME = {"weight": (None, "count"), "co_participation": (True,), "publishers": (False,)}
"""What others may be without changing what an engine would count."""

OF_TIES = frozenset({"ties", "tie_kinds", "directed", "reports"})
"""Parameters that change nothing where there are no ties."""


def projected(
    tables: Tables,
    projection: str,
    parameters: Mapping[str, object],
    where: Callable[[Expression], Expression] | None = None,
) -> NetworkTables | CorridorTables | None:
    """A projection as an engine makes it, once; ``None`` if none does.

    Raises:
        BadParameter: If a parameter has a value that it cannot have.
        NotFound: If there is no such projection or parameter.
    """
    spec = tables.model.catalog.projection(projection)
    bound = bind(f"projection {spec.name!r}", spec.parameters, parameters)
    if spec.name not in COUNTED or (spec.name == "actors" and tables.tables_of("tie")):
        return None
    for name, value in bound.items() if spec.name != "corridors" else ():
        if name not in OWN | OF_TIES and value not in SAME.get(name, ()):
            return None
    key = repr((spec.name, bound, sorted(parameters)))
    known: NetworkTables | CorridorTables | None = tables.networks.get(key)
    if where is None and known is not None:
        return known
    network: NetworkTables | CorridorTables | None
    own: dict[str, Any] = {**bound}
    if isinstance(bound["as_of"], str):
        own["as_of"] = datetime.date.fromisoformat(bound["as_of"])
    if spec.name == "corridors":
        if where is not None:
            return None
        network = corridor_tables(tables, **own)
    else:
        own = {name: value for name, value in own.items() if name in OWN}
        for name in ("nodes", "kinds"):
            own[name] = _named(own[name])
        network = network_tables(tables, spec.name, **own, where=where)
    given = {name: value for name, value in bound.items() if name in parameters}
    if network is None:
        return None
    if isinstance(network, NetworkTables):
        again = functools.partial(projected, tables)
        network = attrs.evolve(network, asked=given, project=again)
    if given:
        said = ", ".join(f"{name}={brief(value)}" for name, value in given.items())
        network = attrs.evolve(network, notes={**network.notes, PROJECTED: said})
    if where is None:
        tables.networks[key] = network
    return network


def _named(kinds: Any) -> Any:
    """Kinds by their names, where classes are given."""
    if kinds is None or isinstance(kinds, str):
        return kinds
    if isinstance(kinds, type):
        return getattr(kinds, "kind", kinds)
    return [getattr(kind, "kind", kind) for kind in kinds]

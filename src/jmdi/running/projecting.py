"""Sees a Dataset as a Network, with a projection of a model, and finds what is given for it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from jmdi.errors import JmdiError, NotFound, PluginError
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.graph.network import Network
from jmdi.graph.reducing import like
from jmdi.plugins.blame import blamed
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Parameter
from jmdi.running.binding import bind
from jmdi.words.type_names import brief

__all__ = ["PREFIX", "PROJECTED", "allotted", "parameters_for", "project"]

PREFIX = "projection."
"""Before the name of a parameter that is the projection's, whatever else has one of this name."""

PROJECTED = "projected_with"
"""The note of a network that says which parameters its projection was given."""

Value = TypeVar("Value")


def project(model: Doer, dataset: Dataset, name: str, parameters: Mapping[str, object]) -> Network:
    """Runs a projection; the network gets the model, and knows how it was projected.

    Raises:
        NotFound: If there is no such projection or parameter; it names the near ones.
        PluginError: If the projection fails, or returns no network.
    """
    spec = model.catalog.projection(name)
    bound = bind(f"projection {spec.name!r}", spec.parameters, parameters)
    with blamed(model.catalog, "projection", spec.name, JmdiError, ValueError):
        network: object = spec.build(dataset, **bound)
    if not isinstance(network, Network):
        raise PluginError(f"projection {spec.name!r} returned {network!r:.80}, not a Network")
    given = {name: value for name, value in bound.items() if name in parameters}
    said = ", ".join(f"{name}={_said(value)}" for name, value in given.items())
    notes = {**network.notes, PROJECTED: said} if given else network.notes
    made = like(network, model=model, notes=notes, projected=(spec.name, given))
    made._cache.update(network._cache)
    return made


def _said(value: object) -> str:
    """A parameter as Python writes it; a day in its ISO form, whatever it was given as."""
    return brief(value.isoformat() if isinstance(value, datetime.date) else value)


def allotted(
    own: Collection[str], below: Collection[str], given: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """What is given for a metric or exporter, and what is given for the projection below it.

    A parameter is the projection's if only that has it; ``projection.name`` is in any case.

    Args:
        own: Names of the parameters of the metric or exporter.
        below: Names of those of the projection.
        given: What is given for both.
    """
    mine, its, said = dict[str, Value](), dict[str, Value](), dict[str, Value]()
    for name, value in given.items():
        if name.startswith(PREFIX):
            said[name.removeprefix(PREFIX)] = value
        elif name in below and name not in own:
            its[name] = value
        else:
            mine[name] = value
    return mine, its | said


def parameters_for(
    catalog: Catalog,
    of: str,
    declared: Iterable[Parameter],
    projection: str | None,
    given: Mapping[str, Value],
) -> tuple[dict[str, Value], dict[str, Value]]:
    """The parameters of a metric or exporter, and those of the projection below it.

    Args:
        catalog: Where the projection is registered.
        of: What declares the parameters, such as ``metric 'density'``.
        declared: Its parameters.
        projection: Name of the projection; ``None`` if there is none.
        given: What is given for both.

    Raises:
        NotFound: If there is no such projection, or neither has such a parameter.
    """
    if projection is None or not given:
        return dict(given), {}
    own = [parameter.name for parameter in declared]
    below = [parameter.name for parameter in catalog.projection(projection).parameters]
    mine, its = allotted(own, below, given)
    for name in mine:
        if name not in own:
            raise NotFound("parameter", name, [*own, *below], of=f"{of} on {projection!r}")
    return mine, its

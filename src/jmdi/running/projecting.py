"""Sees a Dataset as a Network, with a projection of a model."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi.errors import JmdiError, PluginError
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.graph.network import Network
from jmdi.plugins.blame import blamed
from jmdi.running.binding import bind

__all__ = ["project"]


def project(model: Doer, dataset: Dataset, name: str, parameters: Mapping[str, object]) -> Network:
    """Runs a projection; the network gets the model, however the projection made it.

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
    return network.of_model(model)

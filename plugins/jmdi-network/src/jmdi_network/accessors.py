"""What the plugin adds to a Network as methods: ``net.null(...)`` and ``net.criticality(...)``."""

from __future__ import annotations

from jmdi import Network, Result
from jmdi_network.nulls.measuring import Measurable

__all__ = ["criticality", "null"]


def null(network: Network, metric: Measurable, **parameters: object) -> Result:
    """Puts a metric beside its distribution over random networks.

    Args:
        network: The observed network.
        metric: Name of any metric of networks, of whatever plugin; the metric; or a function of
            a network.
        **parameters: Those of the metric ``network:null``, such as ``model``, ``draws``,
            ``seed``, and ``parameters`` for those of the metric.

    Returns:
        The two-sided p; ``values`` have the observed number and where it stands.

    Raises:
        NotFound: If there is no such metric or parameter.
        BadParameter: If a parameter has a value that it cannot have.
    """
    return network.metric("network:null", metric=metric, **parameters)


def criticality(network: Network, metric: Measurable, **parameters: object) -> Result:
    """How a metric changes when each actor or tie is removed.

    Args:
        network: The network.
        metric: Name of any metric of networks, of whatever plugin; the metric; or a function of
            a network.
        **parameters: Those of the metric ``network:criticality``, such as ``of``, and
            ``parameters`` for those of the metric.

    Returns:
        The largest change; ``values`` have the change for each.

    Raises:
        NotFound: If there is no such metric or parameter.
        BadParameter: If a parameter has a value that it cannot have.
    """
    return network.metric("network:criticality", metric=metric, **parameters)

"""What the plugin adds to a Network as methods: ``net.null(...)`` and ``net.criticality(...)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jmdi import Metric, Network, Result

__all__ = ["criticality", "null"]


def null(
    network: Network,
    metric: str | Metric | Callable[[Network], Any],
    *,
    model: str = "edges",
    draws: int = 1000,
    seed: int = 1,
    **options: Any,
) -> Result:
    """Puts a metric beside its distribution over random networks.

    Args:
        network: The observed network.
        metric: Name of any metric of networks, of whatever plugin; its spec; or a function
            of a network.
        model: What random networks have in common with this one, such as ``edges``,
            ``labels`` or ``rewire``.
        draws: How many random networks.
        seed: Seed of the random numbers.
        **options: Other parameters of ``network:null``, such as ``parameters`` of the metric.

    Returns:
        The two-sided p; ``values`` have the observed number and where it stands.

    Raises:
        NotFound: If there is no such metric.
    """
    return network.metric(
        "network:null", metric=metric, model=model, draws=draws, seed=seed, **options
    )


def criticality(
    network: Network,
    metric: str | Metric | Callable[[Network], Any],
    *,
    of: str = "nodes",
    **options: Any,
) -> Result:
    """How a metric changes when each actor or tie is removed.

    Args:
        network: The network.
        metric: Name of any metric of networks, of whatever plugin; its spec; or a function
            of a network.
        of: ``nodes`` or ``ties``.
        **options: Other parameters of ``network:criticality``, such as ``parameters`` of the
            metric.

    Returns:
        The largest change; ``values`` have the change for each.

    Raises:
        NotFound: If there is no such metric.
    """
    return network.metric("network:criticality", metric=metric, of=of, **options)

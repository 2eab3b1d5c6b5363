"""What a metric counts in a network, kept so that a faster kernel can count it in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from jmdi.graph.network_data import NetworkData

__all__ = ["counted", "keep_counted"]

T = TypeVar("T")


def counted(network: NetworkData, metric: str, count: Callable[[], T], **parameters: object) -> T:
    """What a metric counts: what a kernel found, or what the metric counts itself.

    Args:
        network: The network.
        metric: Name of the metric.
        count: How the metric counts itself.
        **parameters: Its parameters, all of them.
    """
    return cast("T", network._once(_key(metric, parameters), count))


def keep_counted(
    network: NetworkData, metric: str, found: object, parameters: Mapping[str, object]
) -> None:
    """Keeps what a kernel counted for a metric."""
    network._cache.setdefault(_key(metric, parameters), found)


def _key(metric: str, parameters: Mapping[str, object]) -> str:
    return f"counted {metric} {sorted(parameters.items())}"

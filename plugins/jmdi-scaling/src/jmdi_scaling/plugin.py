"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Metric, hookimpl, metrics_of

JMDI_API = 1


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of scaling, anchorage, diffusion and tipping."""
    return metrics_of("jmdi_scaling.metrics")

"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Metric, Panel, hookimpl, metrics_of

JMDI_API = 1


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of scaling, anchorage, diffusion and tipping."""
    return metrics_of("jmdi_scaling.metrics")


@hookimpl
def jmdi_panels() -> Iterable[Panel]:
    """What a report shows of scaling."""
    from jmdi_scaling.panels import PANELS

    return PANELS

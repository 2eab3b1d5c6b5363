"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Metric, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of scaling, anchorage, diffusion and tipping."""
    from jmdi_scaling import diffusion_specs, specs, tipping_specs

    return (*specs.METRICS, *diffusion_specs.METRICS, *tipping_specs.METRICS)

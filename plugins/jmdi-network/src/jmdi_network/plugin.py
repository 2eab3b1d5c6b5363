"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

import jmdi
from jmdi import Metric, Projection, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of networks."""
    return jmdi.metrics_of("jmdi_network.metrics")


@hookimpl
def jmdi_projections() -> Iterable[Projection]:
    """Actors by what they share, whole or as a backbone."""
    return [
        Projection("network:shared", "jmdi_network.projections.declared:shared"),
        Projection("network:backbone", "jmdi_network.projections.declared:backbone"),
    ]

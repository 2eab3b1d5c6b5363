"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

import jmdi
from jmdi import Accessor, Kernel, Metric, Panel, Projection, hookimpl

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


@hookimpl
def jmdi_panels() -> Iterable[Panel]:
    """What a report shows of networks."""
    from jmdi_network.panels import PANELS

    return PANELS


@hookimpl
def jmdi_kernels() -> Iterable[Kernel]:
    """What the core counts in plain Python, by arrays."""
    return [Kernel("components", "jmdi_network.counting:components")]


@hookimpl
def jmdi_accessors() -> Iterable[Accessor]:
    """The analyses that are called on a network or on a dataset."""
    home = "jmdi_network.accessors"
    return [
        Accessor("null", "network", f"{home}:null", "A metric beside random networks."),
        Accessor("null", "dataset", f"{home}:record_null", "A metric beside random datasets."),
        Accessor("criticality", "network", f"{home}:criticality", "A metric without each actor."),
    ]

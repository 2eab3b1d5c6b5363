"""The metrics that the plugin registers, as data: nothing heavy is imported."""

from __future__ import annotations

from jmdi.plugins.specs import Metric
from jmdi_network.metrics.specs.flows import FLOWS
from jmdi_network.metrics.specs.inference import INFERENCE
from jmdi_network.metrics.specs.relations import RELATIONS
from jmdi_network.metrics.specs.whole import WHOLE

__all__ = ["METRICS"]

METRICS: tuple[Metric, ...] = (*WHOLE, *RELATIONS, *FLOWS, *INFERENCE)
"""All metrics of the plugin."""

"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Metric, Parameter, Projection, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of networks."""
    from jmdi_network.metrics.specs import METRICS

    return METRICS


@hookimpl
def jmdi_projections() -> Iterable[Projection]:
    """Actors by what they share, whole or as a backbone."""
    weight = Parameter(
        "weight", "Weight of ties", "count", ("count", "newman", "hyperbolic", "jaccard")
    )
    kinds = Parameter("kinds", "What is shared: a kind, or several", "initiative")
    as_of = Parameter("as_of", "The day that participations must be in force")
    return [
        Projection(
            "network:shared",
            "jmdi_network.projections.declared:shared",
            "actors, tied by the initiatives that they share; each tie lists them",
            (kinds, weight, as_of),
        ),
        Projection(
            "network:backbone",
            "jmdi_network.projections.declared:backbone",
            "actors, tied by sharing more initiatives than their numbers explain (SDSM)",
            (
                kinds,
                weight,
                as_of,
                Parameter("alpha", "A tie is kept if its p is below it", 0.05),
                Parameter(
                    "correction",
                    "For testing many ties",
                    "none",
                    ("none", "bonferroni", "holm", "fdr"),
                ),
            ),
        ),
    ]

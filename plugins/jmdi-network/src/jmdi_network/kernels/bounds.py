"""What unobserved pairs could make of a measure that only rises, or only falls, with more ties."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np

from jmdi_network.arrays import Graph

__all__ = ["rising_bounds", "with_unobserved"]


def with_unobserved(graph: Graph) -> Graph:
    """The graph with a tie in place of each pair that was not observed."""
    source = np.concatenate([graph.source, (graph.unobserved // graph.n).astype(np.int32)])
    target = np.concatenate([graph.target, (graph.unobserved % graph.n).astype(np.int32)])
    more = np.ones(len(graph.unobserved))
    return attrs.evolve(
        graph,
        source=source,
        target=target,
        weight=np.concatenate([graph.any_weight, more]),
        first=np.full(len(source), -1),
        unobserved=graph.unobserved[:0],
        cache={},
    )


def rising_bounds(graph: Graph, measure: Callable[[Graph], float]) -> dict[str, float]:
    """Bounds of a measure that only ever rises, or only ever falls, with more ties."""
    if not len(graph.unobserved):
        return {}
    ends = measure(graph), measure(with_unobserved(graph))
    return {"lower": float(min(ends)), "upper": float(max(ends))}

"""What cascades need, taken from a Dataset: ties, thresholds, and who has adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from jmdi.errors import NotFound
from jmdi.metrics.result import UndefinedResult
from jmdi.metrics.types import Day, Ids
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.thresholds import Levels
from jmdi_scaling.diffusion.population import adoptions_of_one, must_weigh, ties_of
from jmdi_scaling.facts.parameters import Direction, Layers, Thresholds, names_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["adopters_of", "indices_of", "levels_of", "net_of"]


def net_of(
    dataset: Dataset,
    *,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    layers: Layers = "aggregate",
    valued: bool = False,
    as_of: Day | None = None,
) -> Spread:
    """The ties among actors, as of a day.

    Raises:
        UndefinedResult: If there are no actors or no ties, or a negative strength should weigh.
    """
    names, ties = ties_of(
        dataset,
        territory=territory,
        as_of=as_of,
        tie_kinds=tie_kinds,
        directed=direction != "both",
    )
    if not names:
        raise UndefinedResult("empty_graph", "there are no actors")
    if not ties:
        raise UndefinedResult("no_ties", "no two actors are tied")
    if valued:
        must_weigh([strength for layer in ties.values() for *_, strength in layer])
    return Spread.of(names, ties, direction=direction, layers=layers, valued=valued)


def levels_of(net: Spread, thresholds: Thresholds) -> Levels:
    """Thresholds in the order of the nodes, where they are given by actor.

    Raises:
        NotFound: If an actor has none.
    """
    if not isinstance(thresholds, Mapping):
        return thresholds
    missing = [name for name in net.nodes if name not in thresholds]
    if missing:
        raise NotFound("threshold of actor", missing[0], thresholds)
    return np.array([thresholds[name] for name in net.nodes], np.float64)


def indices_of(net: Spread, names: Ids) -> list[int]:
    """The places of actors among the nodes, in order.

    Raises:
        NotFound: If one is no actor.
    """
    index = {name: k for k, name in enumerate(net.nodes)}
    found = names_of(names)
    for name in found:
        if name not in index:
            raise NotFound("actor", name, net.nodes)
    return sorted(index[name] for name in found)


def adopters_of(
    dataset: Dataset, net: Spread, practice: str | None, as_of: Day | None
) -> list[int]:
    """The places among the nodes of the actors that have adopted for certain by the day."""
    at = when(as_of)
    index = {name: k for k, name in enumerate(net.nodes)}
    found = adoptions_of_one(dataset, practice)
    return sorted({index[a.source] for a in found if a.source in index and at.happened(a.period)})

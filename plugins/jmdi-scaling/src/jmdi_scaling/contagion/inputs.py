"""What the metrics of simulated diffusion share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from jmdi.errors import NotFound
from jmdi.metrics.result import UndefinedResult
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.diffusion.population import adoptions_of_one, must_weigh, ties_of
from jmdi_scaling.facts.parameters import names_of, numbers_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = []


def net_of(dataset: Dataset, given: Mapping[str, Any]) -> Spread:
    names, layers = ties_of(
        dataset,
        territory=given.get("territory"),
        as_of=given.get("as_of"),
        tie_kinds=given.get("tie_kinds"),
    )
    if not names:
        raise UndefinedResult("empty_graph", "there are no actors")
    if not layers:
        raise UndefinedResult("no_ties", "no two actors are tied")
    if given.get("valued"):
        must_weigh([strength for ties in layers.values() for *_, strength in ties])
    return Spread.of(
        names,
        layers,
        direction=given.get("direction", "both"),
        layers=given.get("layers", "aggregate"),
        valued=given.get("valued", False),
    )


def thresholds_of(net: Spread, value: Any) -> Any:
    """A number, a distribution, or one for each actor by id."""
    if isinstance(value, Mapping):
        missing = [name for name in net.nodes if name not in value]
        if missing:
            raise NotFound("threshold of actor", missing[0], value)
        return np.array(numbers_of([value[name] for name in net.nodes], "thresholds"))
    if isinstance(value, str) and "," in value:
        kind, *rest = value.split(",")
        return (kind.strip(), *numbers_of(rest, "thresholds"))
    return tuple(value) if isinstance(value, (list, tuple)) else value


def indices_of(net: Spread, names: Any, what: str) -> list[int]:
    index = {name: k for k, name in enumerate(net.nodes)}
    found = names_of(names, what)
    for name in found:
        if name not in index:
            raise NotFound("actor", name, net.nodes)
    return sorted(index[name] for name in found)


def adopters_of(dataset: Dataset, net: Spread, given: Mapping[str, Any]) -> list[int]:
    """The actors that have adopted for certain by the day."""
    at = when(given.get("as_of"))
    index = {name: k for k, name in enumerate(net.nodes)}
    found = adoptions_of_one(dataset, given.get("practice"))
    return sorted({index[a.source] for a in found if a.source in index and at.happened(a.period)})


def time_of(given: Mapping[str, Any]) -> dict[str, Any]:
    return when(given.get("as_of")).members()

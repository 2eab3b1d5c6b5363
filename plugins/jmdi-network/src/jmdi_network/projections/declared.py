"""Projections of datasets that go through a network of two modes."""

from __future__ import annotations

from typing import Any

from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi_network.projections.backbone import sdsm_backbone
from jmdi_network.projections.twomode import onto

__all__ = ["backbone", "shared"]


def shared(dataset: Dataset, *, kinds: Any, weight: str, as_of: Any) -> Network:
    """Actors, tied by what they share."""
    return onto(dataset.project("actors-initiatives", kinds=kinds, as_of=as_of), weight=weight)


def backbone(
    dataset: Dataset, *, kinds: Any, weight: str, as_of: Any, alpha: float, correction: str
) -> Network:
    """Actors, tied by sharing more than chance."""
    network = dataset.project("actors-initiatives", kinds=kinds, as_of=as_of)
    return sdsm_backbone(network, alpha=alpha, correction=correction, weight=weight)

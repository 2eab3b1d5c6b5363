"""Projections of datasets that go through a network of two modes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jmdi.graph.network import Network
from jmdi_network.parameters import Ids, Moment, Share

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["backbone", "shared"]


def shared(
    dataset: Dataset,
    *,
    kinds: Ids = "initiative",
    weight: Literal["count", "newman", "hyperbolic", "jaccard"] = "count",
    as_of: Moment | None = None,
) -> Network:
    """Actors, tied by the initiatives that they share; each tie lists them.

    Args:
        dataset: The dataset.
        kinds: What is shared: a kind, or several.
        weight: Weight of ties.
        as_of: The day, or the wave, that participations must be in force.
    """
    from jmdi_network.projections.twomode import onto

    return onto(dataset.project("actors-initiatives", kinds=kinds, as_of=as_of), weight=weight)


def backbone(
    dataset: Dataset,
    *,
    kinds: Ids = "initiative",
    weight: Literal["count", "newman", "hyperbolic", "jaccard"] = "count",
    as_of: Moment | None = None,
    alpha: Share = 0.05,
    correction: Literal["none", "bonferroni", "holm", "fdr"] = "none",
) -> Network:
    """Actors, tied by sharing more initiatives than their numbers explain (SDSM).

    Args:
        dataset: The dataset.
        kinds: What is shared: a kind, or several.
        weight: Weight of ties.
        as_of: The day, or the wave, that participations must be in force.
        alpha: A tie is kept if its p is below it.
        correction: For testing many ties.
    """
    from jmdi_network.projections.backbone import sdsm_backbone

    network = dataset.project("actors-initiatives", kinds=kinds, as_of=as_of)
    return sdsm_backbone(network, alpha=alpha, correction=correction, weight=weight)

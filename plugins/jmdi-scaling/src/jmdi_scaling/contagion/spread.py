"""Ties ready for cascades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi_network.arrays import Floats, Ints
from jmdi_scaling.contagion.thresholds import Levels, numbers_for
from jmdi_scaling.facts.parameters import Direction, Layers, Rule

__all__ = ["Spread"]


@attrs.frozen(slots=True, eq=False)
class Spread:
    """Ties ready for cascades.

    Attributes:
        nodes: Ids of the nodes.
        start: Where the outgoing influence of each node begins, int64, n + 1.
        slot: ``layer * n + node`` that each influence goes to, int32, one for each.
        weight: Its weight, float64.
        total: Weight of all ties of each node, float64, layers by nodes.
        plain: Whether all weights are 1.
        mutual: Whether all influence goes both ways.
    """

    nodes: tuple[str, ...]
    start: Ints
    slot: Ints
    weight: Floats
    total: Floats
    plain: bool
    mutual: bool = False

    @classmethod
    def of(
        cls,
        nodes: Sequence[str],
        edges: Iterable[Sequence[Any]] | Mapping[str, Any],
        *,
        direction: Direction = "both",
        layers: Layers = "aggregate",
        valued: bool = False,
    ) -> Spread:
        """From edges ``(i, j)`` or ``(i, j, weight)``, or from such edges by layer.

        Args:
            nodes: The nodes.
            edges: The ties. Loops are dropped, parallel ties of a layer merged.
            direction: ``out``: i is exposed to j; ``in``: j to i; ``both``.
            layers: ``aggregate`` merges all layers; ``any`` keeps them.
            valued: Whether weights count; merged weights are added.
        """
        index = {name: k for k, name in enumerate(nodes)}
        groups = list(edges.values()) if isinstance(edges, Mapping) else [edges]
        if layers == "aggregate":
            groups = [[edge for group in groups for edge in group]]
        n = len(index)
        source, slots, weights = [], [], []
        for layer, group in enumerate(groups):
            ties = _merged(group, index, direction)
            # ego is exposed to other: influence goes from other to ego.
            for (ego, other), weight in ties.items():
                source.append(other)
                slots.append(layer * n + ego)
                weights.append(weight if valued else 1.0)
        order = np.lexsort((np.array(slots, np.int64), np.array(source, np.int64)))
        origin = np.array(source, np.int64)[order]
        slot = np.array(slots, np.int32)[order]
        strength = np.array(weights, np.float64)[order]
        start = np.searchsorted(origin, np.arange(n + 1)).astype(np.int64)
        total = np.zeros(n * len(groups))
        np.add.at(total, slot, strength)
        plain = bool((strength == 1).all())
        return cls(
            tuple(nodes),
            start,
            slot,
            strength,
            total.reshape(len(groups), n),
            plain,
            direction == "both",
        )

    @property
    def n(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    def needs(self, thresholds: Levels, rule: Rule = "relative") -> Floats:
        """The weight of adopters that each node needs, layers by nodes.

        Args:
            thresholds: One for all, or one for each node.
            rule: ``relative``: a share of the weight of the node's ties; ``absolute``: a weight.

        Raises:
            BadParameter: If thresholds are no number nor one for each node, or for another rule.
        """
        phi = numbers_for(thresholds, self.n)
        if rule == "absolute":
            need = np.broadcast_to(phi, self.total.shape).copy()
        elif rule == "relative":
            need = phi * self.total
            if self.plain:
                # The smallest count c with c/k >= phi, as division rounds it.
                near = np.ceil(need - 1e-9)
                with np.errstate(invalid="ignore", divide="ignore"):
                    need = np.where(near / self.total >= phi, near, near + 1)
                    need = np.where((need - 1) / self.total >= phi, need - 1, need)
            else:
                need = need * (1 - 1e-12)
        else:
            raise BadParameter(f"rule={rule!r}: choose relative or absolute")
        # What has no ties never gets anything; a threshold of 0 or less needs nothing.
        need = np.where(self.total > 0, need, np.inf)
        return np.where(phi <= 0, -np.inf, need)

    @property
    def simple(self) -> bool:
        """Whether all weights are 1 and there is a single layer."""
        return self.plain and len(self.total) == 1

    def whole(self, need: Floats) -> Ints:
        """What `needs` gives, in whole adopters: 0 for none needed, n + 1 for never."""
        return np.clip(np.ceil(need), 0, self.n + 1).astype(np.int32)

    def incoming(self) -> tuple[Ints, Ints]:
        """The same ties the other way round, for a single layer: whom each node is exposed to."""
        if self.mutual:
            return self.start, self.slot
        source = np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.start))
        order = np.argsort(self.slot, kind="stable")
        begin = np.searchsorted(self.slot[order], np.arange(self.n + 1)).astype(np.int64)
        return begin, source[order]

    def able(self, whole: Ints) -> Ints:
        """The nodes that have as many ties as they need, those that need the fewest first."""
        order: Ints = np.argsort(whole, kind="stable")
        able: Ints = order[whole[order] <= self.total[0][order]]
        return able


def _merged(
    edges: Iterable[Sequence[Any]], index: Mapping[str, int], direction: Direction
) -> dict[tuple[int, int], float]:
    """Ties as (ego, whom it is exposed to) with weights added; parallel ties merged."""
    ties: dict[tuple[int, int], float] = {}
    for edge in edges:
        i, j = index.get(edge[0]), index.get(edge[1])
        if i is None or j is None or i == j:
            continue
        weight = float(edge[2]) if len(edge) > 2 else 1.0
        if direction in ("out", "both"):
            ties[i, j] = ties.get((i, j), 0.0) + weight
        if direction in ("in", "both"):
            ties[j, i] = ties.get((j, i), 0.0) + weight
    return ties

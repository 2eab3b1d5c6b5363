"""The edges of a network, one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count, repeat
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from jmdi.graph.network_data import NetworkData

__all__ = ["Edge", "Edges"]


class Edge(NamedTuple):
    """One edge.

    Attributes:
        source: Id of the node it goes from.
        target: Id of the node it goes to.
        weight: Its weight; ``None`` where it is not known, 1 where the network has none.
        index: Its place among the edges.
    """

    source: str
    target: str
    weight: float | None
    index: int  # type: ignore[assignment]


class Edges(Sequence[Edge]):
    """The edges of a network, made one by one as they are asked for."""

    __slots__ = ("_network",)

    def __init__(self, network: NetworkData) -> None:
        self._network = network

    def __len__(self) -> int:
        return len(self._network.source)

    @overload
    def __getitem__(self, index: int) -> Edge: ...

    @overload
    def __getitem__(self, index: slice) -> list[Edge]: ...

    def __getitem__(self, index: int | slice) -> Edge | list[Edge]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        net = self._network
        weight = 1.0 if net.weight is None else net.weight[number]
        known = None if math.isnan(weight) else weight
        return Edge(net.nodes[net.source[number]], net.nodes[net.target[number]], known, number)

    def __iter__(self) -> Iterator[Edge]:
        net = self._network
        nodes, weights = net.nodes, repeat(1.0) if net.weight is None else net.weight
        rows = zip(count(), net.source, net.target, weights, strict=False)
        for number, i, j, weight in rows:
            yield Edge(nodes[i], nodes[j], None if math.isnan(weight) else weight, number)

    def __repr__(self) -> str:
        return f"<{len(self):,} edges>"

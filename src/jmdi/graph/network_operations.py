"""What is done with a Network all day: each operation gives a new one that knows as much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from jmdi.graph.layers import layer, layers
from jmdi.graph.network_data import NetworkData
from jmdi.graph.reducing import simple, subnetwork

__all__ = ["NetworkOperations"]


class NetworkOperations(NetworkData):
    """Networks made of a network, which keep its dataset, its model and its notes.

    Of what nobody knows before, such as whether a pair is tied, no operation makes a fact.
    """

    __slots__ = ()

    def subnetwork(self, nodes: Iterable[str]) -> Self:
        """The network of some of the nodes and all edges between them, in the same order.

        Raises:
            NotFound: If there is no such node; it names the near ones.
        """
        return subnetwork(self, nodes)

    def layer(self, name: str, /, *, by: str | None = None) -> Self:
        """The network of the edges of one layer, with all nodes.

        A tie of which the layer is not known may be of this one or not: its pair was not
        observed. An edge that stands for several ties is in the layers of all.

        Args:
            name: The layer, such as ``funding``.
            by: The edge attribute that says it; by default the kind of a tie, and what an edge is
                that is none, such as ``co-participation``.

        Raises:
            NotFound: If there is no such layer or attribute; it names the near ones.
        """
        return layer(self, name, by)

    def layers(self, *, by: str | None = None) -> dict[str, Self]:
        """The network of each layer by its name, sorted; see `layer`."""
        return layers(self, by)

    def simple(self) -> Self:
        """The network without loops, and with one edge in place of parallel ones.

        Weights are added, and ties whose weights cancel out stay; an attribute in which parallel
        edges differ becomes the tuple of its values; an edge keeps the records behind all that it
        is made of. The notes count ``dropped_loops`` and ``merged_edges``.
        """
        return simple(self)

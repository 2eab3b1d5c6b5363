"""What is done with a Network all day: each operation gives a new one that knows as much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from jmdi.graph.network_data import NetworkData
from jmdi.graph.reducing import simple, subnetwork

if TYPE_CHECKING:
    from jmdi.graph.choosing import Condition
    from jmdi.graph.contracting import ImageWeight
    from jmdi.graph.parts import Direction
    from jmdi.graph.recoding import SymmetryRule
    from jmdi.metrics.types import Grouping, Moment

__all__ = ["NetworkOperations"]


class NetworkOperations(NetworkData):
    """Networks made of a network, which keep its dataset, its model and its notes.

    Of what nobody knows before, such as whether a pair is tied, no operation makes a fact.
    """

    __slots__ = ()

    def subnetwork(self, nodes: Iterable[str]) -> Self:
        """The network of some of the nodes and all edges between them, in the same order.

        The notes count them.

        Raises:
            NotFound: If there is no such node; it names the near ones.
        """
        return subnetwork(self, nodes)

    def filter(
        self,
        nodes: Condition | None = None,
        edges: Condition | None = None,
        *,
        min_weight: float | None = None,
        max_weight: float | None = None,
        as_of: Moment | None = None,
    ) -> Self:
        """The network of the nodes and edges of which all that is asked for holds.

        Of a tie of which nobody knows whether it holds, its pair was not observed. A node of
        which nobody knows it is left out. The notes count both.

        A condition is a mapping from attributes to what is wanted, one value, several or a
        function of the value, as in ``{"type": {"ngo", "union"}, "year": lambda y: y > 2011}``;
        or a function of all attributes, as in ``lambda edge: edge["source"] == "unhcr"``, that
        gives ``None`` where it cannot tell. Nodes have ``id`` as well, edges ``source``,
        ``target`` and ``weight``. An edge made of several holds when one of them does.

        Args:
            nodes: What must hold of a node; edges to others go with them.
            edges: What must hold of an edge.
            min_weight: The least that an edge weighs.
            max_weight: The most that it weighs.
            as_of: The day on which it is in force, or the number of its wave; edges need the
                attribute ``period``, or ``wave``.

        Raises:
            NotFound: If there is no such attribute or wave; it names the near ones.
            TypeError: If a condition is neither a mapping nor a function.
            ValueError: If a value is looked for that says nothing, or a text is not a date.
        """
        from jmdi.graph.choosing import filtered

        return filtered(self, nodes, edges, min_weight, max_weight, as_of)

    def layer(self, name: str, /, *, by: str | None = None) -> Self:
        """The network of the edges of one layer, with all nodes.

        A tie of which the layer is not known may be of this one or not: its pair was not
        observed. An edge that stands for several ties is in the layers of all.

        Args:
            name: The layer, such as ``funding``.
            by: The edge attribute that says it; by default the kind of a tie, and what an edge is
                that is none, such as ``co-participation``, or was none in the file that it was
                read from.

        Raises:
            NotFound: If there is no such layer or attribute; it names the near ones.
        """
        from jmdi.graph.layers import layer

        return layer(self, name, by)

    def layers(self, *, by: str | None = None) -> dict[str, Self]:
        """The network of each layer by its name, sorted; see `layer`."""
        from jmdi.graph.layers import layers

        return layers(self, by)

    def simple(self) -> Self:
        """The network without loops, and with one edge in place of parallel ones.

        Weights are added, and ties whose weights cancel out stay; an attribute in which parallel
        edges differ becomes the tuple of its values; an edge keeps the records behind all that it
        is made of. The notes count ``dropped_loops`` and ``merged_edges``.
        """
        return simple(self)

    def symmetrize(self, rule: SymmetryRule = "max") -> Self:
        """The network without direction; parallel edges become one.

        With ``max``, ``mean`` and ``sum`` a pair is tied if one direction is, with ``min`` if both
        are. A pair of which the directions that were observed do not decide it was not observed.
        ``mean`` and ``sum`` take a direction without a tie as 0; ``max`` and ``min`` compare the
        ties that there are, so that a negative one keeps its sign. A weight that depends on a
        direction that was not observed is not known. An undirected network stays as it is.

        ``max`` is *weak* and ``min`` *strong* in ``sna::symmetrize`` (R), *collapse* and *mutual*
        in igraph, *maximum* and *minimum* in UCINET.

        Args:
            rule: How two directions become one.

        Raises:
            ValueError: If there is no such rule.
        """
        from jmdi.graph.recoding import symmetrized

        return symmetrized(self, rule)

    def dichotomize(self, at: float, *, above: bool = False) -> Self:
        """The network of the pairs that weigh enough, without weights.

        Parallel edges are added and become one. Where nobody knows what a pair weighs, what is
        known of it may be enough; else it was not observed, and neither were the pairs that were
        not observed before. ``above=True`` is ``sna::event2dichot(method="absolute")`` (R).

        Args:
            at: The least that a tie weighs.
            above: Whether it must weigh more than that.

        Raises:
            ValueError: If a pair without a tie, which weighs 0, would be one.
        """
        from jmdi.graph.recoding import dichotomized

        return dichotomized(self, at, above)

    def ego(self, node: str, steps: int = 1, *, direction: Direction = "any") -> Self:
        """The network of a node and those within some steps of it, with all edges between them.

        The notes count the nodes that may be near by pairs that were not observed.

        Args:
            node: Id of the node.
            steps: How many ties away the others are at most.
            direction: Which ties are followed in a directed network.

        Raises:
            NotFound: If there is no such node; it names the near ones.
            ValueError: If ``steps`` is negative, or ``direction`` is none of its choices.
        """
        from jmdi.graph.parts import ego

        return ego(self, node, steps, direction)

    def largest_component(self) -> Self:
        """The network of the largest weak component; of several, that with the first node.

        The notes count the components as large, and how many nodes more it may have by pairs
        that were not observed.
        """
        from jmdi.graph.parts import largest_component

        return largest_component(self)

    def without_isolates(self) -> Self:
        """The network without the nodes that have no tie to another.

        A node stays while a pair that was not observed may tie it; the notes count both.
        """
        from jmdi.graph.parts import without_isolates

        return without_isolates(self)

    def contract(self, by: Grouping, *, weight: ImageWeight = "sum") -> Self:
        """The image of the network (blockmodel): one node for each group, one edge for each block.

        A block is the pairs between two groups, or within one; loops do not count. Its edge has
        ``ties``, ``pairs``, ``unobserved`` and ``density`` with its bounds. A block without a tie
        has no edge, unless a pair in it was not observed: then nobody knows whether it has one.
        The sum of a block with such a pair, or with a tie of unknown weight, is not known; mean
        and density are over the pairs that were observed. Nodes of an unknown group are left out
        and counted in the notes.

        ``mean`` is ``sna::blockmodel(block.content="density")`` (R), ``sum`` its ``"sum"`` where
        all pairs were observed.

        Args:
            by: Name of a node attribute, a mapping by id, or a value for each node in order.
            weight: What an edge weighs: ``sum``, ``mean`` or ``density``.

        Raises:
            NotFound: If there is no such attribute or node; it names the near ones.
            ValueError: If there is not a value for each node, or a group has both modes.
        """
        from jmdi.graph.contracting import contracted

        return contracted(self, by, weight)

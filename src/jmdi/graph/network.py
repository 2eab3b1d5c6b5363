"""The Network: how it is made, measured and written; what it holds stands in `network_data`."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.graph.doer import Doer
from jmdi.graph.edge_list import network_of_edges
from jmdi.graph.network_data import Behind, Pair
from jmdi.graph.network_operations import NetworkOperations
from jmdi.graph.reducing import like

if TYPE_CHECKING:
    from jmdi.metrics.result import Result

__all__ = ["Behind", "Network", "Pair"]


class Network(NetworkOperations):
    """Nodes by id and edges between their indices; it never changes.

    ``source``, ``target`` and ``weight`` are read-only views of ``int32`` and ``float64``, one
    item for each edge, which numpy takes without a copy: ``numpy.asarray(net.source)``.

    Args:
        name: Name of the projection, or of the network.
        nodes: Ids of the nodes, all different.
        source: Index of the node that each edge goes from.
        target: Index of the node that each edge goes to.
        directed: Whether edges have a direction; without, ends keep the order as given.
        weight: Weight of each edge, NaN where it is not known; ``None`` when
            all are 1.
        mode: For a two-mode network 0 or 1 for each node.
        unobserved: The pair of node indices of each tie of which nobody knows whether it is
            there, or a function that gives them; edges whose ``state`` is ``unobserved`` need
            not be among them.
        both_ways: Those of them, one direction of each, that are tied both ways or not at all.
        node_attributes: Columns with a value for each node; ``None`` is not known.
        edge_attributes: Columns with a value for each edge; ``None`` is not known.
        behind: The records behind the edges.
        dataset: The dataset that it was made of.
        model: The model that it comes from; that of the dataset if it is not given.
        notes: What was left out or assumed, with counts.
        check: Whether to check that all this fits together, which takes time.

    Raises:
        ValueError: If lengths or indices do not fit, or a node id is duplicated.
    """

    __slots__ = ()

    @classmethod
    def from_edges(
        cls,
        edges: Iterable[Sequence[Any] | Mapping[str, Any]],
        *,
        nodes: Iterable[str] | Mapping[str, Mapping[str, Any]] = (),
        directed: bool = False,
        name: str = "network",
        model: Doer | None = None,
    ) -> Network:
        """A network from a list of edges.

        Args:
            edges: ``(source, target)``, ``(source, target, weight)``, or a mapping with
                ``source``, ``target``, perhaps ``weight``, and attributes.
            nodes: Nodes that come first, isolates among them; a mapping gives attributes.
            directed: Whether edges have a direction.
            name: Name of the network.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            TypeError: If an id is not a string or a weight not a number.
            ValueError: If an edge is neither of these forms, or a weight is not finite.
        """
        return network_of_edges(cls, edges, nodes=nodes, directed=directed, name=name, model=model)

    @classmethod
    def from_networkx(
        cls,
        graph: Any,
        *,
        name: str | None = None,
        weight: str = "weight",
        model: Doer | None = None,
    ) -> Network:
        """A network from a networkx graph of any class.

        Args:
            graph: The graph.
            name: Name of the network; by default that of the graph.
            weight: The edge attribute that holds the weight.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            ValueError: If two nodes have the same text, or a weight is not finite.
            TypeError: If a weight is not a number.
        """
        from jmdi.graph.networkx_bridge import from_networkx

        return from_networkx(cls, graph, name=name, weight=weight, model=model)

    def to_networkx(self, *, multi: bool = False, copy: bool = True) -> Any:
        """The network as a networkx graph; networkx is imported here and not before.

        Nodes and edges are in the order of the network. Edges that are no ties, because their
        pair is untied or was not observed, are left out, and so is what is not known. Without
        ``multi`` parallel edges become one: weights are added, and an attribute in which they
        differ becomes the tuple of its values.

        Args:
            multi: Whether to make a graph that can hold parallel edges.
            copy: Whether to make a graph of its own; otherwise one that is frozen and shared.

        Returns:
            A ``Graph``, ``DiGraph``, ``MultiGraph`` or ``MultiDiGraph``.
        """
        from jmdi.graph.networkx_bridge import to_networkx

        if copy:
            return to_networkx(self, multi=multi, frozen=False)
        key = f"networkx {multi}"
        return self._once(key, lambda: to_networkx(self, multi=multi, frozen=True))

    def of_model(self, model: Doer) -> Network:
        """The same network as one of another model; nothing is copied."""
        return self if self._model is model else like(self, model=model)

    def metric(self, name: str, /, **parameters: Any) -> Result:
        """Computes a metric of networks.

        Raises:
            NotFound: If there is no such metric or parameter; it names the near ones.
        """
        return self.model.metric(self, name, **parameters)

    def to_dict(self) -> dict[str, Any]:
        """The network as JSON values in node-link form, which networkx and d3 read too.

        Raises:
            DataError: If an attribute has a value that no rule covers.
        """
        stream = io.BytesIO()
        self.model.write(self, stream, format="node-link")
        found: dict[str, Any] = json.loads(stream.getvalue())
        return found

    def write(
        self, path: str | os.PathLike[str], /, *, format: str | None = None, **options: object
    ) -> None:
        """Writes the network in the format of the path's ending, or of ``format``."""
        self.model.write(self, path, format=format, **options)

"""The only place where igraph is imported: a Network as a graph of python-igraph and back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from jmdi.graph.edge_list import NO_WEIGHT, weights_of
from jmdi.graph.filed import with_unobserved
from jmdi.graph.frames import known, package
from jmdi.graph.reducing import ties_of

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network import Network
    from jmdi.graph.network_data import NetworkData

    Net = TypeVar("Net", bound=NetworkData)

__all__ = ["from_igraph", "to_igraph"]

NAME, MODE = "name", "type"
"""The vertex attributes that igraph gives ids and the two modes of a graph."""


def to_igraph(network: Network, ties_only: bool) -> Any:
    """See :meth:`jmdi.Network.to_igraph`."""
    igraph = package("igraph")
    network = ties_of(network) if ties_only else with_unobserved(network)
    graph = igraph.Graph(
        n=len(network),
        edges=list(zip(network.source, network.target, strict=True)),
        directed=network.directed,
    )
    graph[NAME] = network.name
    own: dict[str, Sequence[Any]] = {NAME: network.nodes}
    if network.mode is not None:
        own[MODE] = tuple(bool(mode) for mode in network.mode)
    for name, column in network.node_attributes.items():
        graph.vs[f"{name}_" if name in own else name] = list(column)
    for name, ids in own.items():
        graph.vs[name] = list(ids)
    for name, column in network.edge_attributes.items():
        graph.es[f"{name}_" if name == "weight" and network.weight is not None else name] = list(
            column
        )
    if network.weight is not None:
        graph.es["weight"] = [None if math.isnan(w) else w for w in network.weight]
    return graph


def from_igraph(
    cls: type[Net], graph: Any, *, name: str | None, weight: str, model: Doer | None
) -> Net:
    """See :meth:`jmdi.Network.from_igraph`."""
    notes: dict[str, Any] = {}
    columns = {one: list(map(known, graph.vs[one])) for one in graph.vs.attributes()}
    labels: Sequence[Any] = columns.pop(NAME, range(graph.vcount()))
    nodes = [label if isinstance(label, str) else str(label) for label in labels]
    if other := sum(not isinstance(label, str) for label in labels):
        notes["ids_made_text"] = other
    if len(set(nodes)) != len(nodes):
        raise ValueError("two vertices have the same name: make the vertex attribute 'name' unique")
    mode = None
    if nodes and all(isinstance(one, bool) for one in columns.get(MODE, (None,))):
        mode = list(map(int, columns.pop(MODE)))
    edges = {one: list(map(known, graph.es[one])) for one in graph.es.attributes()}
    weights, missing = weights_of(edges.pop(weight, [NO_WEIGHT] * graph.ecount()))
    for attributes, own in ((columns, (NAME, MODE)), (edges, (weight,))):
        for one in own:  # what gave way to a name that igraph needs gets its own back
            if f"{one}_" in attributes and one not in attributes:
                attributes[one] = attributes.pop(f"{one}_")
    if missing:
        notes["weights_missing"] = missing
    if left := sorted(str(key) for key in graph.attributes() if key != NAME):
        notes["graph_attributes_left_out"] = left
    ends = graph.get_edgelist()
    title = graph[NAME] if NAME in graph.attributes() else None
    return cls(
        name if name is not None else str(title or "network"),
        nodes,
        [i for i, _ in ends],
        [j for _, j in ends],
        directed=graph.is_directed(),
        weight=weights,
        mode=mode,
        node_attributes=columns,
        edge_attributes=edges,
        model=model,
        notes=notes,
    )

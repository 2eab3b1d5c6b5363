"""The only place where networkx is imported: a Network as a networkx graph and back."""

from __future__ import annotations

import importlib
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from jmdi.graph.columns import free_name
from jmdi.graph.edge_list import NO_WEIGHT, columns_of, weights_of
from jmdi.graph.filed import with_unobserved
from jmdi.graph.frames import known
from jmdi.graph.reducing import added_weights, agreed, parallel, ties_of

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network import Network
    from jmdi.graph.network_data import NetworkData

    Net = TypeVar("Net", bound=NetworkData)

__all__ = ["from_networkx", "to_networkx"]

TWO_MODE = "bipartite"
"""The node attribute by which networkx tells the modes of a two-mode graph."""


def to_networkx(network: Network, *, multi: bool, ties_only: bool, frozen: bool) -> Any:
    """See :meth:`jmdi.Network.to_networkx`.

    The adjacency dicts are filled directly, which is more than twice as fast as adding edges
    one by one.
    """
    nx: Any = importlib.import_module("networkx")
    network = ties_of(network) if ties_only else with_unobserved(network)
    kinds: Mapping[tuple[bool, bool], Any] = {
        (False, False): nx.Graph,
        (True, False): nx.DiGraph,
        (False, True): nx.MultiGraph,
        (True, True): nx.MultiDiGraph,
    }
    graph = kinds[network.directed, multi](name=network.name)
    _add_nodes(graph, network)
    if multi:
        _add_parallel(graph, network, _edge_data(network, None, ties_only))
    else:
        _add_single(graph, network, ties_only)
    return nx.freeze(graph) if frozen else graph


def _add_nodes(graph: Any, network: Network) -> None:
    columns = dict(network.node_attributes)
    if network.mode is not None:
        columns[TWO_MODE] = network.mode
    data: list[dict[str, Any]] = [{} for _ in network.nodes]
    _fill(data, columns)
    graph._node.update(zip(network.nodes, data, strict=True))
    empty: dict[str, Any] = {}
    tables = (graph._succ, graph._pred) if network.directed else (graph._adj,)
    for table in tables:
        table.update((node, empty.copy()) for node in network.nodes)


def _fill(data: Sequence[dict[str, Any]], columns: Mapping[str, Sequence[Any]]) -> None:
    """Puts columns into the attribute dicts of nodes or edges; what is not known is left out."""
    for name, column in columns.items():
        for attributes, value in zip(data, column, strict=True):
            if value is not None:
                attributes[name] = value


def _edge_data(
    network: Network, groups: Sequence[Sequence[int]] | None, ties_only: bool
) -> list[dict[str, Any]]:
    """The attribute dict of each edge, or of each group of parallel edges.

    A weight that is not known is ``None`` where all of the network must be read back.
    """
    columns: dict[str, Sequence[Any]] = dict(network.edge_attributes)
    weight: Iterable[float] | None = network.weight
    if groups is not None:
        columns = {name: agreed(column, groups) for name, column in columns.items()}
        weight = added_weights(network, groups)
    if weight is not None:
        columns["weight"] = [None if math.isnan(value) else value for value in weight]
    data: list[dict[str, Any]] = [{} for _ in (network.source if groups is None else groups)]
    if weight is not None and not ties_only:
        for attributes in data:
            attributes["weight"] = None
    _fill(data, columns)
    return data


def _add_single(graph: Any, network: Network, ties_only: bool) -> None:
    groups, _ = parallel(network)
    plain = len(groups) == network.n_edges
    data = _edge_data(network, None if plain else groups, ties_only)
    nodes, source, target = network.nodes, network.source, network.target
    forward = graph._succ if network.directed else graph._adj
    backward = graph._pred if network.directed else graph._adj
    for group, attributes in zip(groups, data, strict=True):
        a, b = nodes[source[group[0]]], nodes[target[group[0]]]
        forward[a][b] = backward[b][a] = attributes


def _add_parallel(graph: Any, network: Network, data: list[dict[str, Any]]) -> None:
    nodes = network.nodes
    forward = graph._succ if network.directed else graph._adj
    backward = graph._pred if network.directed else graph._adj
    for i, j, attributes in zip(network.source, network.target, data, strict=True):
        a, b = nodes[i], nodes[j]
        keys = forward[a].get(b)
        if keys is None:
            keys = forward[a][b] = backward[b][a] = {}
        keys[len(keys)] = attributes


def from_networkx(
    cls: type[Net], graph: Any, *, name: str | None, weight: str, model: Doer | None
) -> Net:
    """See :meth:`jmdi.Network.from_networkx`."""
    labels = list(graph)
    nodes = [node if isinstance(node, str) else str(node) for node in labels]
    if len(set(nodes)) != len(nodes):
        raise ValueError(
            "two nodes have the same text: rename them before, for instance with "
            "networkx.relabel_nodes"
        )
    index = dict(zip(labels, range(len(labels)), strict=True))
    source, target = array("i"), array("i")
    rows: list[dict[str, Any]] = []
    keys: list[Any] = []
    counts: dict[tuple[int, int], int] = {}
    for a, b, key, data in _edges(graph):
        i, j = index[a], index[b]
        source.append(i)
        target.append(j)
        rows.append(_known(data))
        pair = (i, j) if graph.is_directed() or i < j else (j, i)
        place = counts.get(pair, 0)
        counts[pair] = place + 1
        keys.append(None if key is None or key == place else key)
    notes = _notes(graph, labels)
    if any(key is not None for key in keys):
        _keep_keys(rows, keys, notes)
    weights, missing = weights_of([row.pop(weight, NO_WEIGHT) for row in rows])
    if missing:
        notes["weights_missing"] = missing
    mode, node_rows = _modes([_known(graph.nodes[node]) for node in labels])
    return cls(
        name if name is not None else str(graph.graph.get("name") or "network"),
        nodes,
        source,
        target,
        directed=graph.is_directed(),
        weight=weights,
        mode=mode,
        node_attributes=columns_of(node_rows),
        edge_attributes=columns_of(rows),
        model=model,
        notes=notes,
    )


def _edges(graph: Any) -> Any:
    if graph.is_multigraph():
        return graph.edges(keys=True, data=True)
    return ((a, b, None, data) for a, b, data in graph.edges(data=True))


def _known(data: Mapping[Any, Any]) -> dict[Any, Any]:
    """Attributes of a node or edge; NaN and the like are ``None``."""
    return {name: known(value) for name, value in data.items()}


def _notes(graph: Any, labels: Sequence[Any]) -> dict[str, Any]:
    notes: dict[str, Any] = {}
    if other := sum(not isinstance(node, str) for node in labels):
        notes["ids_made_text"] = other
    if left := sorted(str(key) for key in graph.graph if key != "name"):
        notes["graph_attributes_left_out"] = left
    return notes


def _keep_keys(rows: Sequence[dict[str, Any]], keys: Sequence[Any], notes: dict[str, Any]) -> None:
    """Keeps the keys of parallel edges, where they are more than numbers, as an attribute."""
    name = free_name("key", {name for row in rows for name in row})
    for row, key in zip(rows, keys, strict=True):
        row[name] = key
    notes["edge_keys"] = f"kept as edge attribute {name!r}"


def _modes(rows: list[dict[str, Any]]) -> tuple[list[int] | None, list[dict[str, Any]]]:
    """Takes the modes of a two-mode graph out of the node attributes, where all have one."""
    if not rows or any(row.get(TWO_MODE) not in (0, 1) for row in rows):
        return None, rows
    return [int(row.pop(TWO_MODE)) for row in rows], rows

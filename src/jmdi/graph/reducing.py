"""Networks made of a network: the same but for a part, or one edge in place of parallel ones."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.graph.columns import Columns
from jmdi.graph.pairs import STATES, State, edge_states
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = [
    "added_weights",
    "agreed",
    "like",
    "merged",
    "merged_columns",
    "parallel",
    "part",
    "simple",
    "subnetwork",
    "ties_of",
]

Groups = Sequence[Sequence[int]]


def like(network: N, **other: Any) -> N:
    """The network with the same nodes and edges; nothing is copied.

    Args:
        network: The network.
        **other: Arguments of `Network` that are not those of the network.
    """
    same: dict[str, Any] = {
        "directed": network.directed,
        "weight": network.weight,
        "mode": network.mode,
        "unobserved": network._unobserved,
        "both_ways": network._both_ways,
        "node_attributes": network.node_attributes,
        "edge_attributes": network.edge_attributes,
        "behind": network._behind,
        "dataset": network.dataset,
        "model": network._model,
        "notes": network.notes,
        "projected": network.projected,
        "check": False,
    }
    ends = (network.source, network.target)
    return type(network)(network.name, network.nodes, *ends, **same | other)


def subnetwork(network: N, nodes: Iterable[str]) -> N:
    """See :meth:`jmdi.Network.subnetwork`."""
    chosen = {network.place(id) for id in ((nodes,) if isinstance(nodes, str) else nodes)}
    keep = sorted(chosen)
    pairs = enumerate(zip(network.source, network.target, strict=True))
    edges = [e for e, (i, j) in pairs if i in chosen and j in chosen]
    if len(keep) == len(network):
        return part(network, keep, edges)
    said = f"{len(keep):,} of {len(network):,} nodes"
    return part(network, keep, edges, notes={**network.notes, "subnetwork": said})


def ties_of(network: N) -> N:
    """The network without edges that say of their pair that it is untied, or was not observed."""
    states = edge_states(network)
    if states is None:
        return network
    edges = [edge for edge, state in enumerate(states) if state == "present"]
    return part(network, range(len(network)), edges)


def part(network: N, keep: Sequence[int], edges: Sequence[int], **other: Any) -> N:
    """The network of some nodes and some of the edges between them.

    Args:
        network: The network.
        keep: Indices of nodes.
        edges: Indices of edges between these.
        **other: Arguments of `Network` that are not those of the network.
    """
    moved = dict(zip(keep, range(len(keep)), strict=True))
    behind: Callable[[int], tuple[Record, ...]] = lambda e: network.records(edges[e])  # noqa: E731
    same: dict[str, Any] = {
        "unobserved": [
            (moved[i], moved[j]) for i, j in network.unobserved_ties if i in moved and j in moved
        ],
        "both_ways": [
            (moved[i], moved[j]) for i, j in network.both_ways if i in moved and j in moved
        ],
        "notes": network.notes,
    }
    return type(network)(
        network.name,
        (network.nodes[i] for i in keep),
        [moved[network.source[e]] for e in edges],
        [moved[network.target[e]] for e in edges],
        directed=network.directed,
        weight=None if network.weight is None else [network.weight[e] for e in edges],
        mode=None if network.mode is None else [network.mode[i] for i in keep],
        node_attributes=_selected(network.node_attributes, keep),
        edge_attributes=_selected(network.edge_attributes, edges),
        behind=behind,
        dataset=network.dataset,
        model=network._model,
        **{**same, **other},
    )


def _selected(columns: Mapping[str, Sequence[Any]], keep: Sequence[int]) -> Columns:
    """The columns with only these rows, still made on first use."""

    def maker(name: str) -> Callable[[], Sequence[Any]]:
        return lambda: tuple(map(columns[name].__getitem__, keep))

    return Columns({name: maker(name) for name in columns})


def simple(network: N) -> N:
    """See :meth:`jmdi.Network.simple`."""
    groups, loops = parallel(network, loops=False)
    merged_edges = network.n_edges - loops - len(groups)
    columns = network.edge_attributes
    weight = added_weights(network, groups)
    states = edge_states(network)
    cancelled = {
        place
        for place, added in enumerate(weight or ())
        if added == 0 and (states is None or states[groups[place][0]] == "present")
    }

    def state() -> Sequence[Any]:
        said = agreed(columns["state"], groups) if "state" in columns else [None] * len(groups)
        return ["present" if place in cancelled else one for place, one in enumerate(said)]

    makers = merged_columns(network, groups) | ({"state": state} if cancelled else {})
    return merged(
        network,
        groups,
        weight,
        columns=makers,
        notes={**network.notes, "dropped_loops": loops, "merged_edges": merged_edges},
    )


def merged(
    network: N,
    groups: Groups,
    weight: Iterable[float] | None,
    *,
    columns: Mapping[str, Any] | None = None,
    **other: Any,
) -> N:
    """The network with one edge in place of each group of edges.

    Args:
        network: The network.
        groups: The edges of each group, by their indices.
        weight: The weight of each new edge.
        columns: The attributes of the new edges; those in which the edges of a group agree if not
            given.
        **other: Arguments of `Network` that are not those of the network.
    """
    if columns is None:
        columns = merged_columns(network, groups)

    def behind(edge: int) -> tuple[Record, ...]:
        found = {id(record): record for e in groups[edge] for record in network.records(e)}
        return tuple(found.values())

    same: dict[str, Any] = {
        "directed": network.directed,
        "mode": network.mode,
        "unobserved": network.unobserved_ties,
        "both_ways": network.both_ways,
        "node_attributes": network.node_attributes,
        "dataset": network.dataset,
        "model": network._model,
        "notes": network.notes,
    }
    return type(network)(
        network.name,
        network.nodes,
        [network.source[group[0]] for group in groups],
        [network.target[group[0]] for group in groups],
        weight=weight,
        edge_attributes=Columns(columns),
        behind=behind,
        **{**same, **other},
    )


def merged_columns(network: NetworkData, groups: Groups) -> dict[str, Callable[[], Sequence[Any]]]:
    """The attributes of edges made of groups of edges, each made when it is first asked for.

    Of a pair with a tie that nobody disputes, none is disputed; of one without, all.
    """
    columns = network.edge_attributes
    states = edge_states(network)

    def maker(name: str) -> Callable[[], Sequence[Any]]:
        return lambda: agreed(columns[name], groups)

    def disputed() -> Sequence[Any]:
        said = columns["disputed"]
        absent = [states is not None and states[group[0]] == "absent" for group in groups]
        rows = [[said[edge] is True for edge in group] for group in groups]
        return [any(row) if no else all(row) for row, no in zip(rows, absent, strict=True)]

    makers = {name: maker(name) for name in columns}
    return makers | ({"disputed": disputed} if "disputed" in columns else {})


def parallel(network: NetworkData, *, loops: bool = True) -> tuple[list[list[int]], int]:
    """The edges grouped by the nodes that they join, and the number of loops.

    Ties and edges that are none, because their pair is untied or was not observed, are never in
    one group: of a pair that has a tie, only ties count.

    Args:
        network: The network.
        loops: Whether loops make groups too.
    """
    states = edge_states(network)
    n = len(network)
    groups: dict[int, list[int]] = {}
    found = 0
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if i == j:
            found += 1
            if not loops:
                continue
        key = i * n + j if network.directed or i < j else j * n + i
        groups.setdefault(key, []).append(edge)
    if states is not None:
        groups = {key: _strongest(group, states) for key, group in groups.items()}
    return list(groups.values()), found


def _strongest(group: Sequence[int], states: Sequence[State]) -> list[int]:
    """The ties of a group of edges; without any those not observed, else those absent."""
    said = {states[edge] for edge in group}
    best = next(state for state in STATES if state in said)
    return [edge for edge in group if states[edge] == best]


def added_weights(network: NetworkData, groups: Groups) -> array[float] | None:
    """The weights of groups of edges, added; ``None`` if all are still 1.

    A sum with a weight that is not known is not known.
    """
    if network.weight is None:
        if all(len(group) == 1 for group in groups):
            return None
        return array("d", [float(len(group)) for group in groups])
    weight = network.weight
    return array("d", [math.fsum(weight[e] for e in group) for group in groups])


def agreed(column: Sequence[Any], groups: Groups) -> list[Any]:
    """One value for each group of rows: the one that all have, else the tuple of those it has.

    A row made of several by an earlier merger has a tuple already: each of its values
    counts, so that merging in two steps gives what merging in one does. What is not known
    (``None``, NaN) is no value.
    """
    values = []
    for group in groups:
        if len(group) == 1:
            values.append(column[group[0]])
            continue
        found: list[Any] = []
        for row in group:
            value = column[row]
            for one in value if isinstance(value, tuple) else (value,):
                if one is not None and one == one and one not in found:
                    found.append(one)
        values.append(found[0] if len(found) == 1 else (tuple(found) or None))
    return values

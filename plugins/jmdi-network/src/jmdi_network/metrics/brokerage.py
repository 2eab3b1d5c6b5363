"""Brokerage between groups, structural holes, and gefura."""

from __future__ import annotations

from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, Ints, graph_of
from jmdi_network.groups import Groups, groups_of
from jmdi_network.reporting import basis, lacking, per_node, refused

__all__ = ["brokerage", "constraint", "effective_size", "efficiency", "gefura", "hierarchy"]


def brokerage(
    network: Network,
    *,
    groups: Any,
    level: str = "node",
    divided: bool = False,
    null: str = "edges",
    draws: int = 0,
    seed: int = 1,
) -> Result:
    """Gould and Fernandez' roles of each actor, or of the network."""
    from jmdi_network.kernels.brokerage_moments import MOST_GROUPS
    from jmdi_network.kernels.local import ROLES
    from jmdi_network.kernels.local import brokerage as count

    if draws and level == "node":
        raise BadParameter(
            "draws test the roles of the network, not those of each node: "
            "leave them out, or take level='network'"
        )
    graph, given = graph_of(network), groups_of(network, groups)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if not given.labels:
        return refused(graph, "no_known_group", n_used=0)
    roles, skipped = count(*graph.neighbours("out"), given.code, divided)
    table = np.column_stack([roles, roles.sum(axis=1)])
    if not divided:
        table = np.rint(table).astype(np.int64)
    names = (*ROLES, "total")
    notes: dict[str, Any] = {**given.notes(), "triples_of_unknown_group": skipped}
    if not divided and len(given.labels) > MOST_GROUPS:
        notes["no_expectation"] = f"it is computed for at most {MOST_GROUPS} groups"
    more: dict[str, Any] = {"n_used": int(given.known.sum()), "notes": notes}
    if level == "node":
        columns: dict[str, Any] = dict(zip(names, table.T, strict=True))
        if not divided:
            columns |= _node_expectations(graph, given, columns, null)
        return per_node(graph, columns, missing=~given.known, reason="no_known_group", **more)
    sums: dict[str, Any] = dict(zip(names, table.sum(axis=0).tolist(), strict=True))
    values = _network_values(graph, given, sums, divided, null)
    if draws:
        more |= _simulate(network, graph, given, values, divided, null, draws, seed)
    return Result(**basis(graph, value=values["total"]["count"], values=values, **more))


def _node_expectations(
    graph: Graph, groups: Groups, columns: dict[str, Any], null: str
) -> dict[str, Any]:
    """Expected count and z of each role of each actor; an actor's depend on its group only."""
    from jmdi_network.kernels.brokerage_moments import node_moments

    found = node_moments(graph, groups, null)
    if found is None:
        return {}
    place = np.maximum(groups.code, 0)
    more: dict[str, Any] = {}
    for name, (mean, sd) in found.items():
        more[f"{name}_expected"] = mean[place]
        with np.errstate(divide="ignore", invalid="ignore"):
            z = (columns[name] - mean[place]) / sd[place]
        more[f"{name}_z"] = np.where(sd[place] > 0, z, np.nan)
    return more


def _network_values(
    graph: Graph, groups: Groups, counts: dict[str, Any], divided: bool, null: str
) -> dict[str, dict[str, Any]]:
    from jmdi_network.kernels.brokerage_moments import network_moments

    values: dict[str, dict[str, Any]] = {name: {"count": n} for name, n in counts.items()}
    found = None if divided else network_moments(graph, groups, null)
    for name, (mean, sd) in (found or {}).items():
        row = values[name]
        row |= {"expected": mean, "sd": sd}
        row["z"] = None if sd is None or sd <= 0 else (row["count"] - mean) / sd
    return values


def _simulate(
    network: Network,
    graph: Graph,
    groups: Groups,
    values: dict[str, dict[str, Any]],
    divided: bool,
    null: str,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """Puts the p of each role into the values, by uniform networks of as many ties."""
    from jmdi_network.nulls.comparing import null as against

    if null != "edges":
        raise BadParameter("p is simulated under null='edges' only")
    labels = [groups.labels[code] if code >= 0 else None for code in groups.code.tolist()]
    entries = [f"{name}/count" for name in values]
    found = against(
        network,
        "network:brokerage",
        model="edges",
        draws=draws,
        seed=seed,
        entry=entries,
        parameters={"groups": labels, "level": "network", "divided": divided},
    )
    for name, row in values.items():
        row["p"] = (found.values or {})[f"{name}/count"]["p"]
    return {"seed": found.seed}


def _burt(network: Network, over: str = "contacts") -> tuple[Graph, Floats] | Result:
    from jmdi_network.kernels.local import holes

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if not (graph.weight > 0).all():
        raise BadParameter("Burt's measures need weights above 0")
    matrix = graph.adjacency("both")
    return graph, holes(matrix.indptr, matrix.indices, matrix.data, over == "two-steps")


def _hole(network: Network, pick: int, over: str = "contacts") -> Result:
    found = _burt(network, over)
    if isinstance(found, Result):
        return found
    graph, table = found
    gone = np.isnan(table[:, pick])
    return per_node(graph, np.where(gone, 0.0, table[:, pick]), missing=gone)


def constraint(network: Network, *, over: str = "contacts") -> Result:
    """How much of an actor's ties lead back to one contact."""
    return _hole(network, 0, over)


def effective_size(network: Network) -> Result:
    """Contacts minus their redundancy."""
    return _hole(network, 1)


def efficiency(network: Network) -> Result:
    """Effective size over the number of contacts."""
    found = _burt(network)
    if isinstance(found, Result):
        return found
    graph, table = found
    contacts = np.diff(graph.neighbours("both")[0])
    scores = np.where(contacts > 0, table[:, 1] / np.maximum(contacts, 1), 0.0)
    return per_node(graph, scores, missing=contacts == 0)


def hierarchy(network: Network) -> Result:
    """How far constraint is concentrated in one contact."""
    found = _burt(network)
    if isinstance(found, Result):
        return found
    graph, table = found
    gone = np.isnan(table[:, 2])
    scores = np.clip(np.where(gone, 0.0, table[:, 2]), 0.0, 1.0)
    return per_node(graph, scores, missing=gone, reason="zero_denominator")


def gefura(
    network: Network, *, groups: Any, scope: str = "global", normalized: bool = False
) -> Result:
    """Shares of shortest paths between actors of different groups through each actor."""
    from jmdi_network.metrics.position import raw_betweenness

    graph, given = graph_of(network), groups_of(network, groups)
    if (few := lacking(graph, 1, "gefura")) is not None:
        return few
    if len(given.labels) < 2:
        reason = "single_category" if given.labels else "no_known_group"
        return refused(graph, reason, "gefura needs two groups", notes=given.notes())
    if scope == "global":
        scores = raw_betweenness(graph, group=given.code)
        most = _foreign_pairs(given)
    else:
        scores, most = _local_gefura(graph, given)
    if not graph.directed:
        scores, most = scores / 2, most / 2
    if normalized:
        scores = np.divide(scores, most, out=np.zeros(graph.n), where=most > 0)
    gone = most <= 0 if normalized else np.zeros(graph.n, bool)
    reason = "zero_denominator"
    if scope == "local" and not given.known.all():
        # whose group is not known has no pairs of its own group
        gone, reason = gone | ~given.known, "no_known_group"
    return per_node(graph, scores, missing=gone, reason=reason, notes=given.notes())


def _foreign_pairs(groups: Groups) -> Floats:
    """For each actor the ordered pairs of other actors of different groups."""
    sizes = groups.sizes.astype(float)
    total = float(sizes.sum())
    pairs = total**2 - float((sizes**2).sum())
    own = np.where(groups.known, sizes[np.maximum(groups.code, 0)], total)
    return np.where(groups.known, pairs - 2 * (total - own), pairs)


def _local_gefura(graph: Graph, groups: Groups) -> tuple[Floats, Floats]:
    """Paths that start or end in the actor's own group and lead to another; ordered pairs."""
    scores = np.zeros(graph.n)
    sizes = groups.sizes
    total = int(sizes.sum())
    most = np.zeros(graph.n)
    everyone: Ints = groups.code
    for g in range(len(groups.labels)):
        mine = everyone == g
        scores[mine] += _between(graph, mine, (everyone >= 0) & ~mine)[mine]
        most[mine] = 2.0 * (int(sizes[g]) - 1) * (total - int(sizes[g]))
    return scores, most


def _between(graph: Graph, left: Ints, right: Ints) -> Floats:
    """Shares of shortest paths between two sets of actors, ordered pairs in both directions."""
    from jmdi_network.metrics.position import raw_betweenness

    group = np.full(graph.n, -1)
    group[left], group[right] = 0, 1
    return raw_betweenness(graph, group=group)

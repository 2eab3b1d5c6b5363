"""Brokerage between groups, structural holes, and gefura."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import KNOWN, one_mode, said
from jmdi_network.parameters import Grouping, Number
from jmdi_network.reporting import basis, lacking, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Graph
    from jmdi_network.groups import Groups

__all__ = ["brokerage", "constraint", "effective_size", "efficiency", "gefura", "hierarchy"]


_NULLS = {
    "edges": "as many ties, uniformly",
    "bernoulli": "each pair tied with the density",
    "sna": "the closed form of Gould and Fernandez, arcs independent",
}

_SCOPES = {"global": "all pairs of different groups", "local": "pairs with one's own group"}


def _roles(level: str, divided: bool, null: str) -> str:
    count = "a pair counts 1 over the number of its brokers" if divided else "raw counts"
    whose = "of each actor" if level == "node" else "of all actors together"
    return said(
        f"{count}, {whose}",
        "undirected: both orders counted",
        "unknown groups excluded and counted",
        f"expected: {_NULLS[null]}",
        "sd 0: z undefined",
    )


@jmdi.metric(
    "network:brokerage",
    "Brokerage roles",
    range=(0, None),
    value_is="brokered pairs",
    citation="Gould & Fernandez 1989; moments: jmdi",
    accepts=one_mode,
    convention=_roles,
)
def brokerage(
    network: Network,
    *,
    groups: Grouping,
    level: Literal["node", "network"] = "node",
    divided: bool = False,
    null: Literal["edges", "bernoulli", "sna"] = "edges",
    draws: Number = 0,
    seed: int = 1,
) -> Result:
    """Gould and Fernandez' roles of brokers between groups.

    Ordered pairs (a,b) with a→v→b and no a→b, by groups: coordinator AAA, itinerant ABA, gatekeeper
    ABB, representative AAB, liaison ABC; with exact mean and sd under the null.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        level: Of each actor or the network.
        divided: Whether a pair counts 1 over the number of its brokers.
        null: ``edges``: as many ties, uniformly; ``bernoulli``: each pair tied with the density;
            ``sna``: the same with the closed form of Gould and Fernandez for the network's sd,
            arcs independent also without direction, as in R's sna.
        draws: Random networks for p; 0 for none.
        seed: Seed of the random numbers.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.brokerage_moments import (
        MOST_GROUPS,
        network_values,
        node_expectations,
    )
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
    roles = roles.reshape(graph.n, len(ROLES))
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
            columns |= node_expectations(graph, given, columns, null)
        return per_node(graph, columns, missing=~given.known, reason="no_known_group", **more)
    sums: dict[str, Any] = dict(zip(names, table.sum(axis=0).tolist(), strict=True))
    values = network_values(graph, given, sums, divided, null)
    if draws:
        more |= _simulate(network, graph, given, values, divided, null, draws, seed)
    return Result(**basis(graph, value=values["total"]["count"], values=values, **more))


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
    from jmdi_network.metrics.inference import null as against

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
        # a count that unobserved pairs leave open has none
        row["p"] = (found.values or {}).get(f"{name}/count", {}).get("p")
    return {"seed": found.seed}


_MUTUAL = {True: "a_ij + a_ji by weight", False: "a_ij + a_ji, each tie counts 1"}


def _hole(
    network: Network,
    score: Callable[[Graph, Floats], Floats],
    weighted: bool,
    over: str = "contacts",
    reason: str = "no_ties",
) -> Result:
    """A score of each actor from Burt's three sums, one row of a table per actor.

    Args:
        network: The network.
        score: Takes the table, float64, n by 3: constraint, effective size and hierarchy.
        weighted: As in `constraint`.
        over: As in `constraint`.
        reason: Why a score is NaN.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.holes import beyond, holes

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("Burt's measures need weights above 0, or weighted=False")
    if not weighted:
        graph = attrs.evolve(graph, weight=np.ones(graph.m), cache={})
    rows = graph.rows("both", weighted=True)
    table = np.column_stack(holes(rows.indptr, rows.indices, rows.weight))
    if over == "two-steps":
        table[:, 0] += beyond(rows.indptr, rows.indices, rows.weight)
    scores = score(graph, table)
    gone = np.isnan(scores)
    return per_node(graph, np.where(gone, 0.0, scores), missing=gone, reason=reason)


@jmdi.metric(
    "network:constraint",
    "Constraint",
    range=(0, 2),
    polarity="lower",
    value_is="constraint",
    citation="Burt 1992",
    accepts=one_mode,
    convention=lambda over, weighted: said(
        _MUTUAL[weighted],
        f"sum over {'contacts' if over == 'contacts' else 'everyone within two steps'}",
        "isolate: undefined",
    ),
)
def constraint(
    network: Network,
    *,
    over: Literal["contacts", "two-steps"] = "contacts",
    weighted: bool = True,
) -> Result:
    """How much of an actor's ties lead back to one contact.

    Sum over contacts j of (p_ij + sum_q p_iq p_qj)^2, p from a_ij + a_ji; at most 1.125 without
    weights, below 2 with them.

    Args:
        network: The network.
        over: Sum over contacts, or over everyone within two steps.
        weighted: Whether ties count by weight; each counts 1 otherwise, both of a mutual pair.
    """
    return _hole(network, lambda _, table: table[:, 0], weighted, over)


@jmdi.metric(
    "network:effective-size",
    "Effective size",
    range=(0, None),
    value_is="contacts",
    citation="Burt 1992; Borgatti 1997",
    accepts=one_mode,
    convention=lambda weighted: said(f"by definition, {_MUTUAL[weighted]}", "isolate: undefined"),
)
def effective_size(network: Network, *, weighted: bool = True) -> Result:
    """Contacts minus their redundancy.

    Sum over contacts j of 1 - sum_q p_iq m_jq; without weights k - 2t/k.

    Args:
        network: The network.
        weighted: As in `constraint`.
    """
    return _hole(network, lambda _, table: table[:, 1], weighted)


@jmdi.metric(
    "network:efficiency",
    "Efficiency",
    range=(0, 1),
    value_is="share of contacts",
    citation="Burt 1992",
    accepts=one_mode,
    convention=lambda weighted: said(_MUTUAL[weighted], "isolate: undefined"),
)
def efficiency(network: Network, *, weighted: bool = True) -> Result:
    """Effective size over the number of contacts.

    Args:
        network: The network.
        weighted: As in `constraint`.
    """
    import numpy as np

    def per_contact(graph: Graph, table: Floats) -> Floats:
        contacts = np.diff(graph.neighbours("both")[0])
        return np.where(contacts > 0, table[:, 1] / np.maximum(contacts, 1), np.nan)

    return _hole(network, per_contact, weighted)


@jmdi.metric(
    "network:hierarchy",
    "Hierarchy",
    range=(0, 1),
    value_is="hierarchy",
    citation="Burt 1992",
    accepts=one_mode,
    convention=lambda weighted: said(_MUTUAL[weighted], "fewer than two contacts: undefined"),
)
def hierarchy(network: Network, *, weighted: bool = True) -> Result:
    """How far constraint lies in one contact.

    Sum of x ln x / (N ln N), x the constraint of a contact over the mean.

    Args:
        network: The network.
        weighted: As in `constraint`.
    """
    import numpy as np

    return _hole(
        network, lambda _, table: np.clip(table[:, 2], 0, 1), weighted, reason="zero_denominator"
    )


@jmdi.metric(
    "network:gefura",
    "Gefura",
    range=(0, None),
    value_is=lambda normalized: "share of pairs" if normalized else "pairs",
    citation="Flom, Friedman, Strauss & Neaigus 2004; Guns & Rousseau 2009",
    accepts=one_mode,
    convention=lambda scope, normalized: "; ".join(
        (
            "each unordered pair once if undirected",
            _SCOPES[scope] + (", over their number" if normalized else ""),
            KNOWN,
        )
    ),
)
def gefura(
    network: Network,
    *,
    groups: Grouping,
    scope: Literal["global", "local"] = "global",
    normalized: bool = False,
) -> Result:
    """Shares of shortest paths between actors of different groups through each actor.

    global: over all pairs of different groups; local: over pairs of which one is of the actor's own
    group.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        scope: All pairs of different groups, or those with one's own.
        normalized: Whether to divide by the number of pairs.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.centrality import raw_betweenness
    from jmdi_network.kernels.gefura import foreign_pairs, local_gefura

    graph, given = graph_of(network), groups_of(network, groups)
    if (few := lacking(graph, 1, "gefura")) is not None:
        return few
    if len(given.labels) < 2:
        reason = "single_category" if given.labels else "no_known_group"
        return refused(graph, reason, "gefura needs two groups", notes=given.notes())
    if scope == "global":
        scores = raw_betweenness(graph, group=given.code)
        most = foreign_pairs(given)
    else:
        scores, most = local_gefura(graph, given)
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

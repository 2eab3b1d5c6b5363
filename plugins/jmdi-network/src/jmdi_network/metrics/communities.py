"""Modularity of given groups, and communities found by the Leiden algorithm."""

from __future__ import annotations

import math
from typing import Any

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import one_mode, said, weights
from jmdi_network.counts import Outline, groups_in_tables, known_weights
from jmdi_network.parameters import Grouping
from jmdi_network.reporting import basis, refused

__all__ = ["communities", "modularity"]


def _resolution(gamma: float) -> str:
    return "" if gamma == 1 else f"resolution {gamma:g}"


@jmdi.metric(
    "network:modularity",
    "Modularity",
    value_is="modularity Q",
    citation="Newman & Girvan 2004",
    accepts=one_mode,
    convention=lambda weighted, gamma: said(
        "ties of an unknown group left out", weights(weighted), _resolution(gamma)
    ),
    count="jmdi_network.metrics.communities:count_in_tables",
    finish="jmdi_network.metrics.communities:modularity_of",
)
def modularity(
    network: Network, *, groups: Grouping, weighted: bool = False, gamma: float = 1.0
) -> Result:
    """Share of ties within groups, minus that expected from degrees.

    Sum over groups of L/m - gamma (D/2m)^2; directed L/m - gamma Dout Din/m^2.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        weighted: Whether weights count.
        gamma: Resolution.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.communities import parts_of

    graph, given = graph_of(network), groups_of(network, groups)
    if graph.m and given.labels and weighted and (graph.weight < 0).any():
        raise BadParameter("modularity needs weights that are not negative")
    counts: dict[str, Any] = {"graph": graph, "groups": given}
    if graph.m and given.labels:
        counts["parts"] = parts_of(graph, given.code, weighted)
    return modularity_of(counts, gamma=gamma)


def count_in_tables(
    network: Any, *, groups: Grouping, weighted: bool, **parameters: object
) -> Counts:
    """The ties or weights of two known ends, by group, counted by an engine."""
    from jmdi_network.kernels.communities import added_up

    given = groups_in_tables(network, groups)
    if weighted and network.n_pairs and given.labels:
        known_weights(network)
    rows = network.mixed(given.code)
    known = (rows["mine"] >= 0) & (rows["theirs"] >= 0)
    a, b, ties = (rows[name][known] for name in ("mine", "theirs", "ties"))
    amounts = (rows["weight"][known] if weighted else ties).astype("float64")
    parts = added_up(a, b, amounts, int(ties.sum()))
    return {"graph": Outline(network), "groups": given, "parts": parts}


def modularity_of(counts: Counts, *, gamma: float, **parameters: object) -> Result:
    """Modularity, from the ties or weights by group."""
    from jmdi_network.kernels.communities import quality_of

    graph, given = counts["graph"], counts["groups"]
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.m == 0:
        return refused(graph, "no_ties")
    if not given.labels:
        return refused(graph, "no_known_group", n_used=0)
    more = {
        "n_used": counts["parts"].ties,
        "n_eligible": graph.m,
        "of": "ties",
        "notes": given.notes(),
    }
    value = quality_of(counts["parts"], graph.directed, gamma)
    if value is None:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    return Result(**basis(graph, value=value, **more))


@jmdi.metric(
    "network:communities",
    "Communities",
    value_is="modularity Q",
    citation="Traag, Waltman & van Eck 2019",
    accepts=one_mode,
    convention=lambda weighted, gamma: said(
        "direction ignored", "numbered in the order of ids", weights(weighted), _resolution(gamma)
    ),
    bounds="groups",
)
def communities(
    network: Network, *, weighted: bool = False, gamma: float = 1.0, seed: int = 1
) -> Result:
    """Groups of actors with many ties among them, found by the Leiden algorithm.

    The value is their modularity at resolution 1.

    Args:
        network: The network.
        weighted: Whether weights count.
        gamma: Resolution, above 0.
        seed: Seed of the random numbers.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.communities import leiden, ordered, quality
    from jmdi_network.ordering import by_id

    if not 0 < gamma < math.inf:
        raise BadParameter(f"gamma is {gamma}; communities need a finite resolution above 0")
    graph = graph_of(by_id(network)).undirected()
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.m == 0:
        return refused(graph, "no_ties")
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("communities need weights above 0")
    found = ordered(leiden(graph, weighted, gamma, seed))
    value = quality(graph, found, weighted, 1.0)
    number = dict(zip(graph.nodes, found.tolist(), strict=True))
    values = {id: number[id] for id in network.nodes}
    sizes = np.bincount(found).tolist()
    return Result(
        **basis(
            graph,
            value=value,
            values=values,
            seed=seed,
            notes={"communities": len(sizes), "sizes": sizes},
        )
    )

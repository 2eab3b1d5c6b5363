"""How diverse the groups of actors, or of their partners, are."""

from __future__ import annotations

from typing import Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import KNOWN
from jmdi_network.metrics.mixing import ENDS, no_groups
from jmdi_network.parameters import Grouping
from jmdi_network.reporting import basis, per_node

__all__ = ["heterogeneity"]

_WHOSE = {"partners": "mean over actors with partners", "actors": "all actors together"}


@jmdi.metric(
    "network:heterogeneity",
    "Heterogeneity of partners",
    range=(0, 1),
    value_is="Blau's index",
    citation="Blau 1977; Hill 1973",
    convention=lambda of, ties: f"{_WHOSE[of]}{ENDS[ties] if of == 'partners' else ''}; {KNOWN}",
)
def heterogeneity(
    network: Network,
    *,
    groups: Grouping,
    of: Literal["partners", "actors"] = "partners",
    ties: Literal["all", "out", "in"] = "all",
) -> Result:
    """Blau's 1 - sum p^2 of the groups of an actor's partners, IQV and the Hill number.

    IQV = Blau/(1-1/S), Hill's effective number exp(-sum p ln p); the value is the mean of Blau over
    actors with partners.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        of: Of each actor's partners, or of all actors.
        ties: Of a directed network: sent, received or all.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.mixing import contacts, diversity

    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := no_groups(graph, given)) is not None:
        return bad
    size = len(given.labels)
    highest = 1 - 1 / size
    if of == "actors":
        blau, hill = diversity(given.sizes[None, :].astype(float))
        values = {
            "blau": float(blau[0]),
            "iqv": float(blau[0]) / highest if highest else None,
            "effective": float(hill[0]),
        }
        return Result(
            **basis(
                graph,
                value=values["blau"],
                values=values,
                n_used=int(given.known.sum()),
                notes=given.notes(),
            )
        )
    matrix = contacts(graph, ties)
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    theirs = given.code[matrix.indices]
    known = theirs >= 0
    flat = np.bincount(rows[known] * size + theirs[known], minlength=graph.n * size)
    counts = flat.reshape(graph.n, size).astype(float)
    blau, hill = diversity(counts)
    none = counts.sum(axis=1) == 0
    columns = {"blau": blau, "effective": hill}
    if highest:
        columns["iqv"] = blau / highest
    mean: dict[str, Any] = {} if none.all() else {"value": float(blau[~none].mean())}
    return per_node(graph, columns, missing=none, notes=given.notes(), **mean)

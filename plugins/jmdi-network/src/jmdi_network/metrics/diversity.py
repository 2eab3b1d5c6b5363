"""How diverse the groups of actors, or of their partners, are."""

from __future__ import annotations

from typing import Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import KNOWN
from jmdi_network.counts import Outline, groups_in_tables
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
    count="jmdi_network.metrics.diversity:count_in_tables",
    finish="jmdi_network.metrics.diversity:heterogeneity_of",
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
    return heterogeneity_of(_count(network, groups, of, ties), of=of)


def _count(network: Network, groups: Grouping, of: str, ties: str) -> Counts:
    """The groups, and how many partners of each group each node has."""
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.mixing import contacts

    graph, given = graph_of(network), groups_of(network, groups)
    if of == "actors" or not (graph.n and given.labels):
        return {"graph": graph, "groups": given}
    size, matrix = len(given.labels), contacts(graph, ties)
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    theirs = given.code[matrix.indices]
    known = theirs >= 0
    flat = np.bincount(rows[known] * size + theirs[known], minlength=graph.n * size)
    return {"graph": graph, "groups": given, "partners": flat.reshape(graph.n, size)}


def count_in_tables(
    network: Any, *, groups: Grouping, of: str, ties: str, **parameters: object
) -> Counts:
    """The same, by an engine."""
    import numpy as np

    graph, given = Outline(network), groups_in_tables(network, groups)
    if of == "actors" or not (graph.n and given.labels):
        return {"graph": graph, "groups": given}
    found = np.zeros((graph.n, len(given.labels)), np.int64)
    rows = network.partners(given.code, ties)
    known = rows["theirs"] >= 0
    found[rows["node"][known], rows["theirs"][known]] = rows["partners"][known]
    return {"graph": graph, "groups": given, "partners": found}


def heterogeneity_of(counts: Counts, *, of: str, **parameters: object) -> Result:
    """The diversity, from the groups and the partners of each group that each node has."""
    from jmdi_network.kernels.mixing import diversity

    graph, given = counts["graph"], counts["groups"]
    if (bad := no_groups(graph, given)) is not None:
        return bad
    highest = 1 - 1 / len(given.labels)
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
    blau, hill = diversity(counts["partners"].astype(float))
    none = counts["partners"].sum(axis=1) == 0
    columns = {"blau": blau, "effective": hill}
    if highest:
        columns["iqv"] = blau / highest
    mean: dict[str, Any] = {} if none.all() else {"value": float(blau[~none].mean())}
    return per_node(graph, columns, missing=none, notes=given.notes(), **mean)

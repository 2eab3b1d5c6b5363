"""Structural equivalence: whose ties are alike, and positions of actors whose ties are."""

from __future__ import annotations

from typing import Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import one_mode, said, weights
from jmdi_network.parameters import Ids, Positive
from jmdi_network.reporting import basis, lacking, refused

__all__ = ["positions", "structural_equivalence"]

MOST = 10_000
"""Most actors whose profiles are compared, each with each."""

MOST_PAIRS = 4_000_000
"""Most pairs that a Result lists."""

SPLITS, COUNT = 2, 4
"""How often CONCOR splits, and how many clusters there are, where nothing else is asked for."""

_MEASURES = {
    "euclidean": "Euclidean distance of profiles",
    "correlation": "correlation of profiles, 0 with one that has no variance",
}

_PROFILES = "profiles: ties sent to and received from third actors"


def _few_of_one_mode(network: Network) -> bool | str:
    """Whether profiles can be compared, or why not."""
    if len(network) > MOST:
        return f"profiles are compared each with each, of at most {MOST:,} actors"
    return one_mode(network)


@jmdi.metric(
    "network:structural-equivalence",
    "Structural equivalence",
    value_is=lambda measure: "distance" if measure == "euclidean" else "correlation",
    citation="Lorrain & White 1971; Burt 1976",
    accepts=_few_of_one_mode,
    convention=lambda measure, weighted: said(_MEASURES[measure], _PROFILES, weights(weighted)),
)
def structural_equivalence(
    network: Network,
    *,
    measure: Literal["euclidean", "correlation"] = "euclidean",
    actors: Ids | None = None,
    weighted: bool = True,
) -> Result:
    """How alike the ties of two actors are, for each pair.

    Distance 0 is structural equivalence: the same ties to and from all others. Ties between the two
    do not count. Without direction a tie is both sent and received.

    Args:
        network: The network.
        measure: Euclidean distance, or correlation.
        actors: Of which actors, one or several, each with all others; of all by default.
        weighted: Whether weights count.

    Returns:
        ``values`` has for each of these actors a number for each other actor.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.profiles import correlations, distances, matrix_of

    graph = graph_of(network)
    if (few := lacking(graph, 3, "a comparison of profiles")) is not None:
        return few
    chosen = graph.nodes if actors is None else (actors,) if isinstance(actors, str) else actors
    rows = np.array([network.place(id) for id in chosen], np.int64)
    if len(rows) * graph.n > MOST_PAIRS:
        raise BadParameter(f"{len(rows) * graph.n:,} pairs are too many: say which actors=")
    compared = distances if measure == "euclidean" else correlations
    found = compared(matrix_of(graph, weighted), rows).tolist()
    values = {
        id: {other: number for other, number in zip(graph.nodes, row, strict=True) if other != id}
        for id, row in zip(chosen, found, strict=True)
    }
    return Result(**basis(graph, values=values))


_JOINED = {
    "complete": "the farthest of their actors",
    "average": "the mean of their actors",
    "single": "the nearest of their actors",
}


def _ways(method: str, measure: str, splits: int | None, count: int | None, weighted: bool) -> str:
    how = f"{count or COUNT} clusters, apart by {_JOINED[method]}" if method in _JOINED else ""
    splits = splits or SPLITS
    times = "once" if splits == 1 else f"{splits} times"
    return said(
        how or f"CONCOR: split {times} in two by correlations of correlations",
        _MEASURES[measure],
        _PROFILES,
        weights(weighted),
        "numbered in the order of ids",
    )


@jmdi.metric(
    "network:positions",
    "Positions",
    range=(0, 1),
    value_is="share of variance explained by blocks",
    citation="Breiger, Boorman & Arabie 1975; Burt 1976",
    accepts=_few_of_one_mode,
    convention=_ways,
    bounds="groups",
)
def positions(
    network: Network,
    *,
    method: Literal["concor", "complete", "average", "single"] = "concor",
    measure: Literal["correlation", "euclidean"] = "correlation",
    splits: Positive | None = None,
    count: Positive | None = None,
    weighted: bool = True,
) -> Result:
    """Groups of actors whose ties to and from others are alike.

    The value is the share of the variance of all cells of the matrix that the means of its blocks
    explain. ``net.contract(by=result.values)`` gives the blocks. An actor whose profile has no
    variance, such as one without ties, has no correlation and no position by it.

    Args:
        network: The network.
        method: CONCOR, or hierarchical clustering by the farthest actors of two clusters, their
            mean or the nearest ones.
        measure: What is compared; CONCOR needs correlations.
        splits: How often CONCOR splits each part in two, so that 2, which is the default, gives up
            to four positions.
        count: How many clusters there are, if it is not CONCOR; 4 by default.
        weighted: Whether weights count.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels import profiles
    from jmdi_network.kernels.communities import ordered
    from jmdi_network.ordering import by_id

    if method == "concor" and measure != "correlation":
        raise BadParameter(
            "CONCOR splits by correlations: leave measure= out, or name a clustering"
        )
    if method == "concor" and count is not None:
        raise BadParameter("CONCOR has splits=, how often it splits each part in two, not count=")
    if method != "concor" and splits is not None:
        raise BadParameter("clusters have count=, how many there are, not splits=")
    graph = graph_of(by_id(network))
    if (few := lacking(graph, 3, "a comparison of profiles")) is not None:
        return few
    ties = profiles.matrix_of(graph, weighted)
    placed = np.arange(graph.n)
    if measure == "correlation":
        placed = np.flatnonzero(_varied(ties))
    if not len(placed):
        return refused(graph, "zero_denominator", "no profile has any variance")
    compared = profiles.correlations if measure == "correlation" else profiles.distances
    alike = compared(ties, placed)[:, placed]
    notes: dict[str, Any] = {}
    if method == "concor":
        found, whole = profiles.concor(alike, splits or SPLITS)
        notes = {"not_split": whole} if whole else {}
    else:
        far = 1 - alike if measure == "correlation" else alike
        found = profiles.clusters(far, method, count or COUNT) if len(placed) > 1 else placed * 0
    found = ordered(found)
    value = profiles.explained(ties[np.ix_(placed, placed)], found)
    if value is None:
        return refused(graph, "zero_denominator", "all pairs are tied alike")
    number = dict(zip((graph.nodes[i] for i in placed), found.tolist(), strict=True))
    sizes = np.bincount(found).tolist()
    notes |= {"positions": len(sizes), "sizes": sizes}
    if len(placed) < graph.n:
        notes["undefined_actors"] = {"zero_denominator": graph.n - len(placed)}
    values = {id: number.get(id) for id in network.nodes}
    return Result(**basis(graph, value=value, values=values, n_used=len(placed), notes=notes))


def _varied(ties: Any) -> Any:
    """Which actors have ties that are not all alike, bool, n."""
    import numpy as np

    off = ~np.eye(len(ties), dtype=bool)
    high = np.where(off, ties, -np.inf)
    low = np.where(off, ties, np.inf)
    highest = np.maximum(high.max(axis=0), high.max(axis=1))
    return highest > np.minimum(low.min(axis=0), low.min(axis=1))

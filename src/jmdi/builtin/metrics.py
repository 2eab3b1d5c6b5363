"""The metrics that come with the core: what of a network needs no numpy."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal

from jmdi.graph.counting import counted
from jmdi.graph.network import Network
from jmdi.graph.pairs import Pairs, pairs_of
from jmdi.metrics.declare import metric, metrics_of
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Counts
from jmdi.model.kinds import Actor
from jmdi.plugins.specs import Metric

__all__ = ["METRICS", "components", "density", "isolates"]

_SIMPLE = "loops dropped, parallel ties merged"


def _one_mode(network: Network) -> bool | str:
    """Density as defined here counts all pairs, which two-mode networks do not allow."""
    if network.mode is None:
        return True
    return "the network has two modes; project it onto one, or use the density of two-mode networks"


def _things(network: Network) -> str:
    """What the nodes are: actors, where nothing says otherwise."""
    if network.mode is not None:
        return "nodes"
    column = network.node_attributes.get("kind", ())
    for place, plural in _PLACES.items():
        if set(column) == {place}:
            return plural
    kinds = {kind for kind in set(column) if kind not in (None, "actor")}
    others = (network.node(column.index(kind)) for kind in kinds)
    return "actors" if all(isinstance(record, Actor) for record in others) else "nodes"


_PLACES = {"country": "countries", "territory": "territories"}
"""Nodes of corridors by their kind."""


@metric(
    "density",
    "Density",
    value_is="share",
    range=(0, 1),
    citation="Wasserman & Faust 1994",
    convention=f"{_SIMPLE}; over observed pairs",
    accepts=_one_mode,
    count="jmdi.builtin.metrics:count_density",
    finish="jmdi.builtin.metrics:density_of",
)
def density(network: Network) -> Result:
    """Tied pairs over observed pairs: 2m/(n(n-1)), directed m/(n(n-1)), if all are observed.

    The bounds are over all pairs and take those that were not observed as untied and as tied.

    Args:
        network: The network.
    """
    pairs = pairs_of(network)
    counts = {
        "n": network.n_nodes,
        "of": _things(network),
        "possible": pairs.possible,
        "tied": len(pairs.tied),
        "unobserved": len(pairs.unobserved),
    }
    return density_of({"pairs": [counts], "notes": [pairs.notes]})


def count_density(network: Any) -> Counts:
    """What an engine counts for it: it is given a network in tables."""
    unseen, notes = network.n_unseen, {"loops_dropped": network.loops}
    pairs = {"n": network.n_nodes, "of": network.of}
    pairs |= {"possible": network.n_possible, "tied": network.n_pairs}
    notes["ties_merged"] = network.merged
    notes |= {"pairs_unobserved": unseen} if unseen else {}
    return {"pairs": [{**pairs, "unobserved": unseen}], "notes": [notes]}


def density_of(counts: Counts) -> Result:
    """Density, from the numbers of nodes and of pairs."""
    (pairs,), (notes,) = counts["pairs"], counts["notes"]
    n, of, possible = pairs["n"], pairs["of"], pairs["possible"]
    if n == 0:
        return undefined("empty_graph", n_used=0)
    if n == 1:
        return undefined("too_few_actors", f"density needs two {of}, there is one", n_used=1)
    tied, unknown = pairs["tied"], pairs["unobserved"]
    if not unknown:
        return Result(value=tied / possible, n_used=n, n_eligible=n, of=of, notes=notes)
    seen = possible - unknown
    basis: dict[str, Any] = {
        "lower": tied / possible,
        "upper": (tied + unknown) / possible,
        "n_used": seen,
        "n_eligible": possible,
        "of": "pairs",
        "notes": notes,
    }
    if not seen:
        return undefined("missing_input", f"no pair of {of} was observed", **basis)
    return Result(value=tied / seen, **basis)


def _component_sizes(pairs: Pairs, tied: Iterable[int]) -> list[int]:
    """How many nodes each component has, largest first, when these pairs are tied."""
    root = list(range(pairs.n))
    # A null model calls this thousands of times: no function is called for a pair.
    for i, j in pairs.ends(tied):
        while root[i] != i:
            root[i] = i = root[root[i]]
        while root[j] != j:
            root[j] = j = root[root[j]]
        if i < j:
            root[j] = i
        else:
            root[i] = j
    for i in range(pairs.n):  # a root is below all others of its component
        root[i] = root[root[i]]
    return sorted(Counter(root).values(), reverse=True)


def _strong_sizes(pairs: Pairs, tied: Iterable[int]) -> list[int]:
    """How many nodes each strong component has, largest first, when these ordered pairs are tied.

    Nodes in the order in which a search leaves them, last first; what reaches the first of them
    against the direction of ties, and is not taken yet, is its component (Kosaraju; Sharir 1981).
    """
    after: list[list[int]] = [[] for _ in range(pairs.n)]
    before: list[list[int]] = [[] for _ in range(pairs.n)]
    for i, j in pairs.ends(tied):
        after[i].append(j)
        before[j].append(i)
    left: list[int] = []
    seen = [False] * pairs.n
    for start in range(pairs.n):
        path = [] if seen[start] else [start]
        seen[start] = True
        while path:
            if not after[path[-1]]:
                left.append(path.pop())
            elif not seen[node := after[path[-1]].pop()]:
                seen[node] = True
                path.append(node)
    sizes: list[int] = []
    for start in reversed(left):
        waiting, size = [start] if seen[start] else [], 0
        seen[start] = False
        while waiting:
            size += 1
            near = {node for node in before[waiting.pop()] if seen[node]}
            for node in near:
                seen[node] = False
            waiting += near
        if size:
            sizes.append(size)
    return sorted(sizes, reverse=True)


def _sizes(network: Network, kind: str) -> tuple[list[int], list[int]]:
    """Sizes of components, largest first, with pairs that were not observed untied and tied.

    A kernel for ``components`` gives the same.
    """
    pairs = pairs_of(network)
    sizes_of = _strong_sizes if kind == "strong" and network.directed else _component_sizes
    sizes = sizes_of(pairs, pairs.tied)
    return sizes, sizes_of(pairs, pairs.tied | pairs.unobserved) if pairs.unobserved else sizes


_PATHS = {
    "weak": "weak: direction ignored",
    "strong": "strong: paths both ways along the direction of ties",
}


@metric(
    "components",
    "Components",
    value_is="count",
    range=(1, None),
    citation="Wasserman & Faust 1994",
    convention=lambda kind: _PATHS[kind],
    bounds="closed",
    count="jmdi.builtin.metrics:count_components",
    finish="jmdi.builtin.metrics:components_of",
)
def components(network: Network, *, kind: Literal["weak", "strong"] = "weak") -> Result:
    """How many parts the network falls into, and how large the largest is.

    Two nodes are in the same component when a path joins them, whatever its direction; in the same
    strong one when paths along the direction of ties join them both ways.
    ``values`` has ``largest`` (nodes), ``largest_share`` (of all nodes), ``tied_for_largest``
    (components of that size) and ``sizes``, largest first; pairs that were not observed leave
    the last two open.

    Args:
        network: The network.
        kind: Weak components, or strong ones; without direction they are the same.
    """
    nodes = {"n": network.n_nodes, "of": _things(network)}
    if not network.n_nodes:
        return components_of({"nodes": [nodes]}, kind=kind)
    sizes, joined = counted(network, "components", lambda: _sizes(network, kind), kind=kind)
    more = {"joined": joined} if network.unobserved else {}
    return components_of({"nodes": [nodes], "sizes": sizes, **more}, kind=kind)


def count_components(network: Any, *, kind: str = "weak") -> Counts | None:
    """What an engine counts for it: it is given a network in tables."""
    if kind == "strong" and network.directed:
        return None
    nodes = {"n": network.n_nodes, "of": network.of}
    if not network.n_nodes:
        return {"nodes": [nodes]}
    more = {"joined": network.component_sizes(joined=True)} if network.n_unseen else {}
    return {"nodes": [nodes], "sizes": network.component_sizes(), **more}


def components_of(counts: Counts, *, kind: str = "weak") -> Result:
    """The components, from their sizes, largest first; ``joined`` if all that may be tied is."""
    (nodes,) = counts["nodes"]
    n = nodes["n"]
    if n == 0:
        return undefined("empty_graph", n_used=0)
    sizes, joined = counts["sizes"], counts.get("joined")
    values: dict[str, Any] = {"largest": sizes[0], "largest_share": sizes[0] / n}
    more: dict[str, Any] = {"tied_for_largest": sizes.count(sizes[0]), "sizes": sizes}
    about: dict[str, Any] = {"n_used": n, "n_eligible": n, "of": nodes["of"]}
    if joined is None:
        return Result(value=len(sizes), values=values | more, **about)
    if joined != sizes:
        more = dict.fromkeys(more)
    bounds = {"largest": (sizes[0], joined[0]), "largest_share": (sizes[0] / n, joined[0] / n)}
    return Result(
        value=len(sizes),
        values=values | more,
        lower=len(joined),
        upper=len(sizes),
        bounds=bounds,
        **about,
    )


@metric(
    "isolates",
    "Isolate share",
    value_is="share",
    range=(0, 1),
    citation="Wasserman & Faust 1994",
    convention=_SIMPLE,
    bounds="extremes",
    count="jmdi.builtin.metrics:count_isolates",
    finish="jmdi.builtin.metrics:isolates_of",
)
def isolates(network: Network) -> Result:
    """Nodes without a tie to another over all nodes; ``contributing`` lists them.

    The only node of a network is an isolate.

    Args:
        network: The network.
    """
    pairs = pairs_of(network)
    tied = {node for ends in pairs.ends(pairs.tied) for node in ends}
    alone = [{"id": name} for i, name in enumerate(network.nodes) if i not in tied]
    loops = pairs.notes["loops_dropped"]
    nodes = {"n": network.n_nodes, "of": _things(network), "loops_dropped": loops}
    return isolates_of({"nodes": [nodes], "alone": alone})


def count_isolates(network: Any) -> Counts:
    """What an engine counts for it: it is given a network in tables."""
    alone = network.nodes.anti_join(network.ends, "node").order_by("node").select("id")
    nodes = {"n": network.n_nodes, "of": network.of, "loops_dropped": network.loops}
    return {"nodes": [nodes], "alone": alone}


def isolates_of(counts: Counts) -> Result:
    """The isolate share, from the number of nodes and the ids of isolates."""
    (nodes,) = counts["nodes"]
    n, alone = nodes["n"], tuple(row["id"] for row in counts["alone"])
    if n == 0:
        return undefined("empty_graph", n_used=0)
    return Result(
        value=len(alone) / n,
        n_used=n,
        n_eligible=n,
        of=nodes["of"],
        contributing=alone,
        notes={"isolates": len(alone), "loops_dropped": nodes["loops_dropped"]},
    )


METRICS: tuple[Metric, ...] = tuple(metrics_of(sys.modules[__name__]))
"""The metrics that the core registers."""

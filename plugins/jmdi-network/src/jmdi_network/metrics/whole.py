"""How a whole network hangs together, as far as counting and sparse matrices tell."""

from __future__ import annotations

from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, Ints, graph_of, presence
from jmdi_network.reporting import basis, lacking, refused

__all__ = [
    "component_sizes",
    "density",
    "dyad_census",
    "fragmentation",
    "isolates",
    "largest_component",
    "multiplexity",
    "reciprocity",
    "transitivity",
    "triad_census",
]


def _bounded(graph: Graph, possible: int, tied: int, unknown: int, **more: Any) -> Result:
    """A share of pairs on those observed, with bounds if some were not."""
    seen = possible - unknown
    members: dict[str, Any] = {"n_used": seen, "n_eligible": possible, "of": "pairs"}
    if unknown:
        members |= {"lower": tied / possible, "upper": (tied + unknown) / possible}
    if not seen:
        return refused(graph, "missing_input", "no pair was observed", **members, **more)
    return Result(**basis(graph, value=tied / seen, **members, **more))


def density(network: Network) -> Result:
    """Tied pairs over observed pairs; the bounds take unobserved ones as untied and tied."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "density")) is not None:
        return few
    return _bounded(graph, graph.dyads, graph.m, len(graph.unobserved))


def with_unobserved(graph: Graph) -> Graph:
    """The graph with a tie in place of each pair that was not observed."""
    import attrs

    source = np.concatenate([graph.source, (graph.unobserved // graph.n).astype(np.int32)])
    target = np.concatenate([graph.target, (graph.unobserved % graph.n).astype(np.int32)])
    more = np.ones(len(graph.unobserved))
    return attrs.evolve(
        graph,
        source=source,
        target=target,
        weight=np.concatenate([graph.weight, more]),
        first=np.full(len(source), -1),
        unobserved=graph.unobserved[:0],
        cache={},
    )


def rising_bounds(graph: Graph, measure: Any) -> dict[str, float]:
    """Bounds of a measure that only ever rises, or only ever falls, with more ties."""
    if not len(graph.unobserved):
        return {}
    ends = measure(graph), measure(with_unobserved(graph))
    return {"lower": float(min(ends)), "upper": float(max(ends))}


def isolates(network: Network) -> Result:
    """Actors without a tie to another over all actors; ``contributing`` lists them."""
    graph = graph_of(network)
    if (few := lacking(graph, 1, "the share of isolates")) is not None:
        return few

    def share(g: Graph) -> float:
        return float((g.degrees() == 0).sum()) / g.n

    alone = np.flatnonzero(graph.degrees() == 0)
    return Result(
        **basis(
            graph,
            value=share(graph),
            contributing=tuple(graph.nodes[i] for i in alone),
            notes={"isolates": len(alone)},
            **rising_bounds(graph, share),
        )
    )


def component_of(graph: Graph, strong: bool = False) -> tuple[int, Ints]:
    """The number of components and the component of each node."""
    if not strong or not graph.directed:
        from jmdi_network.kernels.cores import components

        return components(graph.source, graph.target, graph.n)
    from scipy.sparse.csgraph import connected_components

    found: tuple[int, Ints] = connected_components(graph.adjacency("out"), connection="strong")
    return found


def component_sizes(graph: Graph) -> Ints:
    """Sizes of the components, direction ignored, largest first."""
    count, of = component_of(graph)
    return np.sort(np.bincount(of, minlength=count))[::-1].astype(np.int64)


def fragmentation(network: Network, *, connectedness: bool = False) -> Result:
    """Share of pairs without a path between them; direction ignored."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "fragmentation")) is not None:
        return few

    def share(g: Graph) -> float:
        sizes = component_sizes(g)
        joined = int((sizes * (sizes - 1)).sum()) / (g.n * (g.n - 1))
        return joined if connectedness else 1 - joined

    return Result(**basis(graph, value=share(graph), **rising_bounds(graph, share)))


def largest_component(network: Network) -> Result:
    """Share of actors in the largest component."""
    graph = graph_of(network)
    if (few := lacking(graph, 1, "the largest component")) is not None:
        return few
    sizes = component_sizes(graph)
    tied = int((sizes == sizes[0]).sum())
    bounds = rising_bounds(graph, lambda g: component_sizes(g)[0] / g.n)
    return Result(
        **basis(
            graph,
            value=sizes[0] / graph.n,
            **bounds,
            notes={"components": len(sizes), "actors": int(sizes[0]), "tied_for_largest": tied},
        )
    )


def dyads(graph: Graph) -> tuple[int, int, int]:
    """Mutual, one-sided and empty pairs; without direction all ties are mutual."""
    if not graph.directed:
        return graph.m, 0, graph.dyads - graph.m
    keys = graph.source.astype(np.int64) * graph.n + graph.target
    back = graph.target.astype(np.int64) * graph.n + graph.source
    mutual = int(np.isin(back, keys).sum()) // 2
    one = graph.m - 2 * mutual
    return mutual, one, graph.n * (graph.n - 1) // 2 - mutual - one


def dyad_census(network: Network) -> Result:
    """Counts of mutual, asymmetric and null pairs."""
    graph = graph_of(network)
    mutual, one, none = dyads(graph)
    return Result(**basis(graph, values={"mutual": mutual, "asymmetric": one, "null": none}))


def reciprocity(network: Network, *, measure: str = "edgewise") -> Result:
    """How often a tie goes both ways."""
    graph = graph_of(network)
    if (few := lacking(graph, 2, "reciprocity")) is not None:
        return few
    mutual, one, none = dyads(graph)
    notes = {"mutual": mutual, "asymmetric": one, "null": none}
    if measure == "dyadic":
        return Result(**basis(graph, value=(mutual + none) / (mutual + one + none), notes=notes))
    if graph.m == 0:
        return refused(graph, "no_ties", notes=notes)
    arcs = 2 if measure == "edgewise" else 1
    value = arcs * mutual / (arcs * mutual + one)
    bounds = {}
    if graph.directed and len(graph.unobserved):
        bounds = _reciprocity_bounds(graph, arcs)
    return Result(**basis(graph, value=value, notes=notes, **bounds))


def _reciprocity_bounds(graph: Graph, arcs: int) -> dict[str, float]:
    """Lowest and highest reciprocity that the unobserved arcs allow.

    An arc that answers one that is there raises it, an arc that none answers lowers it; of
    two unobserved arcs of a pair, both raise it and one lowers it.
    """
    mutual, one, _ = dyads(graph)
    back = graph.unobserved % graph.n * graph.n + graph.unobserved // graph.n
    answers = int(np.isin(back, graph.source.astype(np.int64) * graph.n + graph.target).sum())
    both = int(np.isin(back, graph.unobserved).sum()) // 2
    alone = len(graph.unobserved) - answers - 2 * both
    high = arcs * (mutual + answers + both)
    low = one + both + alone
    return {
        "lower": arcs * mutual / (arcs * mutual + low) if mutual else 0.0,
        "upper": high / (high + one - answers),
    }


def triple_counts(graph: Graph) -> tuple[Floats, Floats]:
    """Triangles of each node and pairs of its neighbours, direction ignored."""
    from jmdi_network.kernels.local import triangles

    simple = graph.undirected()
    closed = triangles(*simple.neighbours())
    degree = simple.degrees().astype(np.float64)
    return closed.astype(np.float64), degree * (degree - 1) / 2


MEANS = ("arithmetic", "geometric", "maximum", "minimum")
"""How the two weights of a path become its value."""


def transitivity(network: Network, *, kind: str = "global", mean: str | None = None) -> Result:
    """How often two neighbours of an actor are tied."""
    graph = graph_of(network)
    if (few := lacking(graph, 3, "transitivity")) is not None:
        return few
    if mean is not None:
        return _weighted_transitivity(graph, kind, mean)
    if kind == "weak":
        return _weak_transitivity(graph)
    closed, pairs = triple_counts(graph)
    if not pairs.sum():
        return refused(graph, "zero_denominator", "no actor has two neighbours")
    if kind == "global":
        return Result(
            **basis(
                graph, value=closed.sum() / pairs.sum(), notes={"triangles": int(closed.sum()) // 3}
            )
        )
    with np.errstate(invalid="ignore"):
        local = np.where(pairs > 0, closed / np.maximum(pairs, 1), 0.0)
    able = int((pairs > 0).sum())
    count = graph.n if kind == "local-zero" else able
    notes = {"actors_with_fewer_than_two_neighbours": graph.n - able}
    more = {} if kind == "local-zero" else {"n_used": able}
    return Result(**basis(graph, value=local.sum() / count, notes=notes, **more))


def _weighted_transitivity(graph: Graph, kind: str, mean: str) -> Result:
    """Values of closed triples over those of all, after Opsahl and Panzarasa."""
    from jmdi_network.kernels.local import weighted_paths

    if kind not in ("global", "weak"):
        raise BadParameter("mean= goes with kind='global' or 'weak'")
    if not (graph.weight > 0).all():
        raise BadParameter("mean= needs weights above 0")
    matrix = (graph if kind == "weak" else graph.undirected()).adjacency()
    place = MEANS.index(mean)
    every, closed = weighted_paths(matrix.indptr, matrix.indices, matrix.data, place)
    if not every:
        return refused(graph, "zero_denominator", "there is no path of two ties")
    return Result(**basis(graph, value=closed / every))


def _weak_transitivity(graph: Graph) -> Result:
    """Share of paths i→j→k, i≠k, with i→k; as in R's sna, measure weak."""
    tied = graph.binary("out")
    two = tied @ tied
    paths = two.sum() - two.diagonal().sum()
    if not paths:
        return refused(graph, "zero_denominator", "there is no path of two ties")
    return Result(**basis(graph, value=float(two.multiply(tied).sum() / paths)))


def multiplexity(network: Network, *, kinds: str = "type") -> Result:
    """Mean number of distinct kinds of tie per tied pair; the share of pairs with two or more."""
    graph = graph_of(network)
    column = network.edge_attributes.get(kinds)
    if graph.m == 0:
        return refused(graph, "no_ties")
    if column is None:
        return refused(graph, "missing_input", f"edges have no attribute {kinds!r}")
    states = network.edge_attributes.get("state")
    found: dict[tuple[int, int], set[str]] = {}
    unknown = 0
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if i == j or (states is not None and presence(states[edge]) != "present"):
            continue
        pair = (i, j) if i < j else (j, i)
        known = found.setdefault(pair, set())
        value = column[edge]
        given = value if isinstance(value, tuple) else (value,)
        names = [str(kind) for kind in given if kind is not None and kind != ""]
        unknown += not names
        known.update(names)
    counts = [len(known) for known in found.values() if known]
    notes = {"tied_pairs": len(found), "ties_of_unknown_kind": unknown}
    if not counts:
        return refused(graph, "missing_input", "no tie has a known kind", notes=notes)
    many = sum(count > 1 for count in counts)
    return Result(
        **basis(
            graph,
            value=sum(counts) / len(counts),
            n_used=len(counts),
            n_eligible=len(found),
            of="pairs",
            notes=notes,
            values={"mean_kinds": sum(counts) / len(counts), "multiplex_share": many / len(counts)},
        )
    )


_TRIADS = (
    "003",
    "012",
    "102",
    "021D",
    "021U",
    "021C",
    "111D",
    "111U",
    "030T",
    "030C",
    "201",
    "120D",
    "120U",
    "120C",
    "210",
    "300",
)


def triad_census(network: Network) -> Result:
    """How many triples of actors have each of the sixteen forms."""
    graph = graph_of(network)
    counts = _triad_counts(graph)
    return Result(**basis(graph, values=dict(zip(_TRIADS, counts, strict=True))))


def _triad_counts(graph: Graph) -> list[int]:
    """Counts after Moody 1998, Social Networks 20:291, by sparse matrix products.

    M, A are the matrices of mutual and one-sided ties. Forms with two or three tied pairs
    come from products of two of them, filtered by a third; the rest by subtraction.
    """
    n = graph.n
    arcs = graph.binary("out")
    mutual = arcs.multiply(arcs.T).tocsr()
    one = (arcs - mutual).tocsr()
    one.eliminate_zeros()
    back = one.T.tocsr()

    def closed(a: Any, b: Any, by: Any) -> int:
        return round(float((a @ b).multiply(by).sum()))

    full = {
        "030T": closed(one, one, one),
        "030C": closed(one, one, back) // 3,
        "120D": closed(back, one, mutual) // 2,
        "120U": closed(one, back, mutual) // 2,
        "120C": closed(one, one, mutual),
        "210": closed(mutual, mutual, one),
        "300": closed(mutual, mutual, mutual) // 6,
    }
    out, into = np.asarray(one.sum(axis=1)).ravel(), np.asarray(one.sum(axis=0)).ravel()
    both = np.asarray(mutual.sum(axis=1)).ravel()
    t, c = full["030T"], full["030C"]
    d, u, p = full["120D"], full["120U"], full["120C"]
    two = {
        "021D": round(float((out * (out - 1)).sum())) // 2 - t - d,
        "021U": round(float((into * (into - 1)).sum())) // 2 - t - u,
        "021C": round(float((out * into).sum())) - t - 3 * c - p,
        "111U": round(float((both * out).sum())) - 2 * u - p - full["210"],
        "111D": round(float((both * into).sum())) - 2 * d - p - full["210"],
        "201": round(float((both * (both - 1)).sum())) // 2 - full["210"] - 3 * full["300"],
    }
    ties_one, ties_two = round(float(one.sum())), round(float(mutual.sum())) // 2
    holding = {
        "012": ties_one * (n - 2)
        - 2 * (two["021D"] + two["021U"] + two["021C"])
        - two["111U"]
        - two["111D"]
        - 3 * (t + c)
        - 2 * (d + u + p)
        - full["210"],
        "102": ties_two * (n - 2)
        - two["111U"]
        - two["111D"]
        - 2 * two["201"]
        - (d + u + p)
        - 2 * full["210"]
        - 3 * full["300"],
    }
    every = {**full, **two, **holding}
    every["003"] = n * (n - 1) * (n - 2) // 6 - sum(every.values())
    return [every[name] for name in _TRIADS]

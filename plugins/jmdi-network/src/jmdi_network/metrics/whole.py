"""How a whole network hangs together, as far as counting and sparse matrices tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import COMPONENTS, SIMPLE, one_mode, said
from jmdi_network.reporting import basis, lacking, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Graph
    from jmdi_network.counts import Sized

__all__ = [
    "dyad_census",
    "fragmentation",
    "reciprocity",
    "transitivity",
    "triad_census",
]


_PATHS = {True: "with a path", False: "without a path"}

_RECIPROCITY = {
    "edgewise": "mutual arcs over arcs",
    "dyadic": "mutual and null pairs over pairs",
    "confirmation": "mutual pairs over pairs with an arc",
}

_TRIPLES = {
    "global": "all triples; direction ignored",
    "local": "mean over actors with two neighbours; direction ignored",
    "local-zero": "mean over all actors, 0 without two neighbours; direction ignored",
    "weak": "i→k given i→j→k, along the direction of ties",
}


def _triples(kind: str, mean: str | None) -> str:
    weight = "each triple counts 1" if mean is None else f"by the {mean} of a triple's two weights"
    return said(_TRIPLES[kind], weight)


@jmdi.metric(
    "network:fragmentation",
    "Fragmentation",
    range=(0, 1),
    value_is=lambda connectedness: f"share of pairs {_PATHS[connectedness]}",
    citation="Krackhardt 1994; Borgatti 2006",
    accepts=one_mode,
    convention=lambda connectedness, kind: said(f"pairs {_PATHS[connectedness]}", COMPONENTS[kind]),
    bounds="extremes",
    count="jmdi_network.counts:parts_in_tables",
    finish="jmdi_network.metrics.whole:fragmentation_of",
)
def fragmentation(
    network: Network, *, connectedness: bool = False, kind: Literal["weak", "strong"] = "weak"
) -> Result:
    """Share of pairs without a path: 1 - sum of s(s-1) over components / (n(n-1)).

    Args:
        network: The network.
        connectedness: Whether to give Krackhardt's connectedness, 1 minus it.
        kind: Paths whatever their direction, or along the direction of ties both ways.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.components import component_sizes

    graph = graph_of(network)
    counts = {"graph": graph, "sizes": component_sizes(graph, strong=kind == "strong")}
    return fragmentation_of(counts, connectedness=connectedness)


def fragmentation_of(counts: Counts, *, connectedness: bool, **parameters: object) -> Result:
    """Fragmentation, from the sizes of components."""
    graph, sizes = counts["graph"], counts["sizes"]
    if (few := lacking(graph, 2, "fragmentation")) is not None:
        return few
    joined = int((sizes * (sizes - 1)).sum()) / (graph.n * (graph.n - 1))
    return Result(**basis(graph, value=joined if connectedness else 1 - joined))


@jmdi.metric(
    "network:dyad-census",
    "Dyad census",
    value_is="counts of pairs",
    citation="Holland & Leinhardt 1970",
    accepts=one_mode,
    convention=SIMPLE,
    bounds="closed",
    count="jmdi_network.counts:sizes_in_tables",
    finish="jmdi_network.metrics.whole:dyad_census_of",
)
def dyad_census(network: Network) -> Result:
    """Counts of mutual, asymmetric and null pairs.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of

    return dyad_census_of({"graph": graph_of(network)})


def dyad_census_of(counts: Counts) -> Result:
    """The dyad census; without direction the numbers of nodes and ties tell it."""
    from jmdi_network.kernels.dyads import dyad_bounds, dyads

    graph = counts["graph"]
    mutual, one, none = dyads(graph)
    bounds = dyad_bounds(graph) if len(graph.unobserved) else {}
    values = {"mutual": mutual, "asymmetric": one, "null": none}
    return Result(**basis(graph, values=values, bounds=bounds))


@jmdi.metric(
    "network:reciprocity",
    "Reciprocity",
    range=(0, 1),
    value_is="share",
    citation="Butts 2008",
    accepts=one_mode,
    convention=lambda measure: said(_RECIPROCITY[measure]),
    bounds="closed",
    count="jmdi_network.counts:sizes_in_tables",
    finish="jmdi_network.metrics.whole:reciprocity_of",
)
def reciprocity(
    network: Network, *, measure: Literal["edgewise", "dyadic", "confirmation"] = "edgewise"
) -> Result:
    """How often a tie goes both ways.

    edgewise: mutual arcs over arcs; dyadic: mutual and null pairs over pairs; confirmation: mutual
    pairs over pairs with an arc. Without direction 1 where defined.

    Args:
        network: The network.
        measure: Which of the three definitions.
    """
    from jmdi_network.arrays import graph_of

    return reciprocity_of({"graph": graph_of(network)}, measure=measure)


def reciprocity_of(counts: Counts, *, measure: str) -> Result:
    """Reciprocity; without direction the numbers of nodes and ties tell it."""
    from jmdi_network.kernels.dyads import dyad_bounds, dyads, reciprocity_bounds

    graph = counts["graph"]
    if (few := lacking(graph, 2, "reciprocity")) is not None:
        return few
    mutual, one, none = dyads(graph)
    pairs = mutual + one + none
    arcs = 2 if measure == "edgewise" else 1
    about: dict[str, Any] = {"notes": {"mutual": mutual, "asymmetric": one, "null": none}}
    if measure == "dyadic":
        fewest, most = dyad_bounds(graph)["asymmetric"]
        value, ends = (mutual + none) / pairs, ((pairs - most) / pairs, (pairs - fewest) / pairs)
    elif (found := reciprocity_bounds(graph, arcs)) is None:
        return refused(graph, "no_ties", **about)
    else:
        ends = found
        if graph.m == 0:
            # what was observed has no tie, but there may be some
            return _between(graph, ends, or_undefined="no_ties", **about)
        value = arcs * mutual / (arcs * mutual + one)
    return _between(graph, ends, value=value, **about)


def _between(graph: Sized, ends: tuple[float, float], **more: Any) -> Result:
    """A Result with bounds, if there are pairs that were not observed."""
    bounds = {"lower": ends[0], "upper": ends[1]} if len(graph.unobserved) else {}
    return Result(**basis(graph, **more, **bounds))


_MEANS = ("arithmetic", "geometric", "maximum", "minimum")
"""How the two weights of a path become its value."""


@jmdi.metric(
    "network:transitivity",
    "Transitivity",
    range=(0, 1),
    value_is=lambda kind: "mean share" if kind.startswith("local") else "share of triples",
    citation="Newman 2003; Watts & Strogatz 1998; with weights Opsahl & Panzarasa 2009",
    accepts=one_mode,
    convention=_triples,
)
def transitivity(
    network: Network,
    *,
    kind: Literal["global", "local", "local-zero", "weak"] = "global",
    mean: Literal["arithmetic", "geometric", "maximum", "minimum"] | None = None,
) -> Result:
    """How often two neighbours of an actor are tied.

    global: 3 triangles over connected triples; local: mean share of tied pairs of neighbours over
    actors with two; local-zero: the same, others count as 0; weak: directed, i→k given i→j→k.

    Args:
        network: The network.
        kind: Which of the four definitions.
        mean: For global and weak: triples count by this mean of their two weights; None for 1 each.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.triads import triple_counts

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
    place = _MEANS.index(mean)
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


@jmdi.metric(
    "network:triad-census",
    "Triad census",
    value_is="counts of triples",
    citation="Holland & Leinhardt 1970; Moody 1998",
    accepts=one_mode,
    convention=SIMPLE,
)
def triad_census(network: Network) -> Result:
    """How many triples of actors have each of the sixteen forms.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.triads import TRIADS, triad_counts

    graph = graph_of(network)
    if (few := lacking(graph, 3, "a triad")) is not None:
        return few
    counts = triad_counts(graph)
    return Result(**basis(graph, values=dict(zip(TRIADS, counts, strict=True))))

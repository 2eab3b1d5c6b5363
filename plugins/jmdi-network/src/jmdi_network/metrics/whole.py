"""How a whole network hangs together, as far as counting and sparse matrices tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Literal

import attrs

import jmdi
from jmdi.classes import define
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
    "multiplexity",
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
    "network:multiplexity",
    "Multiplexity",
    range=(0, None),
    value_is="mean number of kinds",
    citation="Provan & Sebastian 1998",
    convention="direction ignored; ties of unknown kind left out and counted",
    bounds="given",
)
def multiplexity(network: Network, *, kinds: str = "type") -> Result:
    """Mean number of distinct kinds of tie per tied pair; the share of pairs with two or more.

    Where two ends report different kinds, each may mean the same tie: the lower bound counts the
    kinds that all reporters of a pair agree on, and one where they agree on none. A pair that was
    not observed has one kind or more, if it is tied: the mean has no upper bound then. A tie that
    was not observed may add a kind to a pair that has another tie.

    Args:
        network: The network.
        kinds: The edge attribute that says the kind.
    """
    from jmdi_network.arrays import graph_of

    graph = graph_of(network)
    column = network.edge_attributes.get(kinds)
    if graph.m == 0:
        return refused(graph, "no_ties")
    if column is None:
        return refused(graph, "missing_input", f"edges have no attribute {kinds!r}")
    found = _kinds_of_pairs(network, column)
    tied = [one for one in found.values() if one.tied]
    unknown = sum(one.unknown for one in tied)
    notes = {"tied_pairs": len(tied), "ties_of_unknown_kind": unknown}
    counts = [len(one.by_rule) for one in tied if one.by_rule]
    if not counts:
        return refused(graph, "missing_input", "no tie has a known kind", notes=notes)
    known = [one for one in found.values() if one.every]
    mean, share = sum(counts) / len(counts), sum(count > 1 for count in counts) / len(counts)
    unseen = {frozenset(pair) for pair in network.unobserved}
    unseen -= {frozenset(pair) for pair, one in found.items() if one.tied}
    fewest = [(one.fewest, one.sure) for one in known] + [(1, False)] * len(unseen)
    most = [(one.most, one.sure) for one in known]
    lower = _mean_of_some(fewest, -1)
    upper = None if unseen else _mean_of_some(most, 1)
    some = (
        _mean_of_some([(count > 1, sure) for count, sure in fewest], -1),
        _mean_of_some([(c > 1, sure) for c, sure in most] + [(True, False)] * len(unseen), 1),
    )
    bounds: dict[str, Any] = {}
    if (lower, upper) != (mean, mean) or some != (share, share):
        bounds = {"lower": lower, "upper": upper}
        bounds["bounds"] = {"multiplex_share": some}
        bounds["bounds"] |= {} if upper is None else {"mean_kinds": (lower, upper)}
    return Result(
        **basis(
            graph,
            value=mean,
            n_used=len(counts),
            n_eligible=len(tied),
            of="pairs",
            notes=notes,
            values={"mean_kinds": mean, "multiplex_share": share},
            **bounds,
        )
    )


@define
class _Kinds:
    """The kinds of the ties of one pair, each with who reports it.

    Attributes:
        by_rule: Those of the ties that there are.
        settled: Those of the ties that nobody denies.
        every: Those of the ties that there are or may be.
        tied: Whether there is any tie.
        sure: Whether there is one that nobody denies.
        unknown: How many ties have no known kind.
        unseen: How many ties were not observed.
    """

    by_rule: dict[str, set[str]] = attrs.field(factory=dict)
    settled: dict[str, set[str]] = attrs.field(factory=dict)
    every: dict[str, set[str]] = attrs.field(factory=dict)
    tied: bool = False
    sure: bool = False
    unknown: int = 0
    unseen: int = 0

    @property
    def most(self) -> int:
        """How many kinds there are at the most, if each tie not observed is of another one."""
        return len(self.every) + self.unseen

    @property
    def fewest(self) -> int:
        """How many kinds there are at the least, if there is a tie."""
        return _agreed(self.settled.values()) if self.settled else 1


def _kinds_of_pairs(network: Network, column: Sequence[Any]) -> dict[tuple[int, int], _Kinds]:
    """The kinds of each pair that has a tie or may have one, by the indices of its nodes."""
    from jmdi.graph.choosing import is_known
    from jmdi.graph.pairs import edge_states

    nothing = (None,) * network.n_edges
    states = edge_states(network) or ("present",) * network.n_edges
    disputed = network.edge_attributes.get("disputed", nothing)
    reported = network.edge_attributes.get("reported_by", nothing)
    found: dict[tuple[int, int], _Kinds] = {}
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        there, doubtful = states[edge] == "present", disputed[edge] is True
        if i == j or not (there or doubtful):
            continue
        of = found.setdefault((min(i, j), max(i, j)), _Kinds())
        names = [str(kind) for kind in _each(column[edge]) if is_known(kind) and kind != ""]
        by = {str(id) for id in _each(reported[edge]) if id is not None}
        of.tied |= there
        of.sure |= there and not doubtful
        of.unknown += there and not names
        for name in names:
            of.every.setdefault(name, set()).update(by)
            if there:
                of.by_rule.setdefault(name, set()).update(by)
            if there and not doubtful:
                of.settled.setdefault(name, set()).update(by)
    for i, j in network.unobserved_ties:
        if (of_pair := found.get((min(i, j), max(i, j)))) is not None:
            of_pair.unseen += 1
    return found


def _each(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _mean_of_some(numbers: Sequence[tuple[float, bool]], sign: int) -> float:
    """The lowest or highest mean of numbers of which some may be left out.

    Args:
        numbers: Each with whether it is there for certain.
        sign: -1 for the lowest, 1 for the highest.
    """
    sure = [number for number, there in numbers if there]
    total, count = sum(sure), len(sure)
    others = sorted((number for number, there in numbers if not there), key=lambda x: -sign * x)
    for number in others:
        if not count or sign * (number - total / count) > 0:
            total, count = total + number, count + 1
    return total / count


def _agreed(reporters: Collection[set[str]]) -> int:
    """How many of the kinds of a pair nobody leaves out who reports any; one at least.

    Args:
        reporters: Who reports each kind; empty where that is not said.
    """
    every = set[str]().union(*reporters)
    return max(1, sum(not one or one == every for one in reporters))


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
    counts = triad_counts(graph)
    return Result(**basis(graph, values=dict(zip(TRIADS, counts, strict=True))))

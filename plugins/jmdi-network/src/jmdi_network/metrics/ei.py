"""The E-I index: ties to other groups against ties to one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import KNOWN, one_mode, weights
from jmdi_network.metrics.mixing import ENDS, covered, no_groups
from jmdi_network.parameters import Grouping, Number
from jmdi_network.reporting import basis, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Graph
    from jmdi_network.groups import Groups

__all__ = ["ei_index"]


_COUNTS = {
    ("network", "once"): "raw counts; each tie once",
    ("network", "rows"): "raw counts; row sums give the same",
    ("group", "once"): "raw counts; internal ties once",
    ("group", "rows"): "row sums; internal ties in the rows of both ends",
    ("node", "once"): "over contacts",
    ("node", "rows"): "row sums; a mutual tie counts twice if all ties count",
}


def _counted(level: str, ties: str, weighted: bool, count: str) -> str:
    counted = _COUNTS[level, count]
    if weighted:
        counted = counted.replace("raw counts", "sums of weights") + f"; {weights(True)}"
    ends = ENDS[ties] if level != "network" else ""
    return f"{counted}{ends}; {KNOWN}"


@jmdi.metric(
    "network:ei-index",
    "E-I index",
    range=(-1, 1),
    value_is="E-I index",
    citation="Krackhardt & Stern 1988",
    accepts=one_mode,
    convention=_counted,
)
def ei_index(
    network: Network,
    *,
    groups: Grouping,
    level: Literal["network", "group", "node"] = "network",
    ties: Literal["all", "out", "in"] = "all",
    weighted: bool = False,
    count: Literal["once", "rows"] = "once",
    draws: Number = 0,
    seed: int = 1,
) -> Result:
    """Krackhardt and Stern's E-I index: (E-I)/(E+I) of external and internal ties.

    At network level with its exact expectation under permuted groups, (E*-I*)/(E*+I*) of pairs, and
    p if draws are given.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        level: Of the network, each group or each actor.
        ties: Of a directed network at group and node level: sent, received or all.
        weighted: Whether ties count by weight; each counts 1 otherwise. Of a contact that is tied
            both ways the weights are added.
        count: At group and node level: each internal tie and each contact once, or as the row sums
            of the matrix of ties have them. An internal tie is in the rows of both its ends, unless
            only ties sent or received count; a contact that is tied both ways counts twice.
        draws: Random networks for p; 0 for none.
        seed: Seed of the random numbers.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of

    if draws and level != "network":
        raise BadParameter(
            f"draws test the index of the network, not those of level={level!r}: "
            "leave them out, or take level='network'"
        )
    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := no_groups(graph, given)) is not None:
        return bad
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("the E-I index needs weights above 0, or weighted=False")
    if not weighted:
        graph = attrs.evolve(graph, weight=np.ones(graph.m), cache={})
    if level == "node":
        return _of_nodes(graph, given, ties, once=count == "once" and not weighted)
    if level == "group":
        return _of_groups(graph, given, ties, both_rows=count == "rows")
    return _of_network(network, graph, given, weighted, draws, seed)


def _of_network(
    network: Network, graph: Graph, groups: Groups, weighted: bool, draws: int, seed: int
) -> Result:
    from jmdi_network.kernels.mixing import possible_pairs, ratio, within_and_between

    size = len(groups.labels)
    source, target = groups.code[graph.source], groups.code[graph.target]
    known = (source >= 0) & (target >= 0)
    internal = _whole(graph.weight[known & (source == target)].sum(), weighted)
    external = _whole(graph.weight[known & (source != target)].sum(), weighted)
    pairs = possible_pairs(graph, groups)
    inside = int(pairs.diagonal().sum())
    outside = (int(pairs.sum()) - inside) // (1 if graph.directed else 2)
    value = ratio(external, internal)
    more = covered(graph, groups)
    if value is None:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    values: dict[str, Any] = {
        "external": external,
        "internal": internal,
        "expected": ratio(outside, inside),
    }
    within, between = within_and_between(graph, groups)
    for name, amount, pairs_, lost in (
        ("external", external, outside, between),
        ("internal", internal, inside, within),
    ):
        seen = pairs_ - lost
        values[f"{name}_density"] = amount / seen if seen else None
    if draws:
        from jmdi_network.metrics.inference import null

        found = null(
            network,
            "network:ei-index",
            parameters={"groups": _by_id(groups, graph), "weighted": weighted},
            model="labels",
            draws=draws,
            seed=seed,
        )
        test = found.values or {}
        values |= {name: test.get(name) for name in ("mean", "sd", "z", "p")}
        more |= {"seed": found.seed}
        more["notes"] = {**more["notes"], "test": found.convention, "draws": test.get("draws")}
    bounds: dict[str, Any] = {}
    if len(graph.unobserved) and not weighted:  # what a tie would weigh is not known here
        bounds = {
            "lower": ratio(external, internal + within),
            "upper": ratio(external + between, internal),
            "bounds": _open_counts(external, between, outside, "external")
            | _open_counts(internal, within, inside, "internal"),
        }
    values["groups"] = size
    return Result(**basis(graph, value=value, values=values, **more, **bounds))


def _whole(amount: float, weighted: bool) -> float:
    return float(amount) if weighted else int(amount)


def _open_counts(ties: float, unknown: int, pairs: int, name: str) -> dict[str, Any]:
    """Bounds of a count of ties and of their density."""
    ends = ties, ties + unknown
    shares = {f"{name}_density": (ends[0] / pairs, ends[1] / pairs)} if pairs else {}
    return {name: ends, **shares}


def _by_id(groups: Groups, graph: Graph) -> dict[str, str | None]:
    labels = [groups.labels[code] if code >= 0 else None for code in groups.code.tolist()]
    return dict(zip(graph.nodes, labels, strict=True))


def _of_nodes(graph: Graph, groups: Groups, ties: str, *, once: bool) -> Result:
    import numpy as np

    from jmdi_network.kernels.mixing import contacts

    matrix = contacts(graph, ties) if once else graph.adjacency(ties.replace("all", "both"))
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    mine, theirs = groups.code[rows], groups.code[matrix.indices]
    known = (mine >= 0) & (theirs >= 0)
    internal = np.bincount(rows, matrix.data * (known & (mine == theirs)), graph.n)
    external = np.bincount(rows, matrix.data * (known & (mine != theirs)), graph.n)
    total = internal + external
    scores = (external - internal) / np.where(total > 0, total, 1)
    return per_node(graph, scores, missing=total == 0, notes=groups.notes())


def _of_groups(graph: Graph, groups: Groups, ties: str, *, both_rows: bool) -> Result:
    from jmdi_network.kernels.mixing import mixing_weights, ratio

    amounts = mixing_weights(graph, groups)[:-1, :-1]
    inside = amounts.diagonal()
    sent, received = amounts.sum(axis=1) - inside, amounts.sum(axis=0) - inside
    if not graph.directed or ties == "out":
        outside = sent
    else:
        outside = received if ties == "in" else sent + received
    if both_rows and (not graph.directed or ties == "all"):
        inside = 2 * inside
    values = {
        label: ratio(float(outside[i]), float(inside[i])) for i, label in enumerate(groups.labels)
    }
    if all(value is None for value in values.values()):
        return refused(graph, "no_ties", "no tie joins two actors of known group")
    return Result(**basis(graph, values=values, **covered(graph, groups)))

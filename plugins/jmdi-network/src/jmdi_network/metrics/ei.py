"""The E-I index: ties to other groups against ties to one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import KNOWN, one_mode, weights
from jmdi_network.counts import Outline, groups_in_tables, known_weights, mixed, mixed_in_tables
from jmdi_network.metrics.mixing import ENDS, covered, no_groups
from jmdi_network.parameters import Grouping, Number
from jmdi_network.reporting import basis, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Ints

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
    count="jmdi_network.metrics.ei:count_in_tables",
    finish="jmdi_network.metrics.ei:ei_index_of",
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
    if draws and level != "network":
        raise BadParameter(
            f"draws test the index of the network, not those of level={level!r}: "
            "leave them out, or take level='network'"
        )
    asked: dict[str, Any] = {"level": level, "ties": ties, "weighted": weighted, "count": count}
    found = ei_index_of(_count(network, groups, **asked), **asked)
    if not (draws and found.defined):
        return found
    return _tested(found, network, groups, weighted, draws, seed)


def _tested(
    found: Result, network: Network, groups: Grouping, weighted: bool, draws: int, seed: int
) -> Result:
    """The index of the network with a test of it under permuted groups."""
    from jmdi_network.groups import groups_of
    from jmdi_network.metrics.inference import null

    given = groups_of(network, groups)
    labels = [given.labels[code] if code >= 0 else None for code in given.code.tolist()]
    of = dict(zip(network.nodes, labels, strict=True))
    test = null(
        network,
        "network:ei-index",
        parameters={"groups": of, "weighted": weighted},
        model="labels",
        draws=draws,
        seed=seed,
    )
    said = test.values or {}
    return attrs.evolve(
        found,
        values={**(found.values or {}), **{n: said.get(n) for n in ("mean", "sd", "z", "p")}},
        seed=test.seed,
        notes={**found.notes, "test": test.convention, "draws": said.get("draws")},
    )


def _count(
    network: Network, groups: Grouping, *, level: str, ties: str, weighted: bool, count: str
) -> Counts:
    """The ties of groups within and between them; at node level those of each node."""
    import numpy as np

    from jmdi_network.kernels.mixing import contacts, mixing_weights

    counts = mixed(network, groups)
    graph, given = counts["graph"], counts["groups"]
    if not (graph.n and given.labels):
        return counts
    if weighted and not (graph.weight > 0).all():
        raise BadParameter("the E-I index needs weights above 0, or weighted=False")
    if level != "node":
        return {**counts, "weights": mixing_weights(graph, given)} if weighted else counts
    if not weighted:
        graph = attrs.evolve(graph, weight=np.ones(graph.m), cache={})
    once = count == "once" and not weighted
    matrix = contacts(graph, ties) if once else graph.adjacency(ties.replace("all", "both"))
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    mine, theirs = given.code[rows], given.code[matrix.indices]
    known = (mine >= 0) & (theirs >= 0)
    internal = np.bincount(rows, matrix.data * (known & (mine == theirs)), graph.n)
    external = np.bincount(rows, matrix.data * (known & (mine != theirs)), graph.n)
    return {**counts, "internal": internal, "external": external}


def count_in_tables(
    network: Any,
    *,
    groups: Grouping,
    level: str,
    ties: str,
    weighted: bool,
    count: str,
    draws: int,
    **parameters: object,
) -> Counts | None:
    """What an engine counts for it; random networks are not drawn there."""
    if draws:
        return None
    given = groups_in_tables(network, groups)
    if weighted and given.labels:
        known_weights(network)
    if level != "node":
        return mixed_in_tables(network, groups=groups)
    import numpy as np

    rows = network.partners(given.code, ties)
    amounts = rows["weight" if weighted else "partners" if count == "once" else "ties"]
    amounts = amounts.astype(np.float64)
    mine, theirs = given.code[rows["node"]], rows["theirs"]
    known, n = (mine >= 0) & (theirs >= 0), len(given.code)
    internal = np.bincount(rows["node"], amounts * (known & (mine == theirs)), n)
    external = np.bincount(rows["node"], amounts * (known & (mine != theirs)), n)
    graph = Outline(network)
    return {"graph": graph, "groups": given, "internal": internal, "external": external}


def ei_index_of(
    counts: Counts, *, level: str, ties: str, weighted: bool, count: str, **parameters: object
) -> Result:
    """The E-I index, from what is tied within groups and between them."""
    if (bad := no_groups(counts["graph"], counts["groups"])) is not None:
        return bad
    if level == "node":
        return _of_nodes(counts)
    amounts = counts["weights" if weighted else "ties"][:-1, :-1]
    if level == "group":
        return _of_groups(counts, amounts, ties, both_rows=count == "rows")
    return _of_network(counts, amounts, weighted)


def _split(matrix: Ints, directed: bool) -> tuple[float, float]:
    """What is within groups, and what between them, each tie once; whole numbers stay whole."""
    inside = matrix.diagonal().sum()
    rest = matrix.sum() - inside
    if not directed:
        rest = rest / 2 if rest.dtype.kind == "f" else rest // 2
    return inside.item(), rest.item()


def _of_network(counts: Counts, amounts: Ints, weighted: bool) -> Result:
    from jmdi_network.kernels.mixing import possible_pairs, ratio

    graph, groups = counts["graph"], counts["groups"]
    internal, external = _split(amounts, graph.directed)
    if weighted:
        internal, external = float(internal), float(external)
    inside, outside = _split(possible_pairs(graph, groups), graph.directed)
    within, between = _split(counts["unobserved"][:-1, :-1], graph.directed)
    value = ratio(external, internal)
    more = covered(counts)
    if value is None:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    values: dict[str, Any] = {
        "external": external,
        "internal": internal,
        "expected": ratio(outside, inside),
    }
    for name, amount, pairs, lost in (
        ("external", external, outside, between),
        ("internal", internal, inside, within),
    ):
        seen = pairs - lost
        values[f"{name}_density"] = amount / seen if seen else None
    bounds: dict[str, Any] = {}
    if len(graph.unobserved) and not weighted:  # what a tie would weigh is not known here
        bounds = {
            "lower": ratio(external, internal + within),
            "upper": ratio(external + between, internal),
            "bounds": _open_counts(external, between, outside, "external")
            | _open_counts(internal, within, inside, "internal"),
        }
    values["groups"] = len(groups.labels)
    return Result(**basis(graph, value=value, values=values, **more, **bounds))


def _open_counts(ties: float, unknown: float, pairs: float, name: str) -> dict[str, Any]:
    """Bounds of a count of ties and of their density."""
    ends = ties, ties + unknown
    shares = {f"{name}_density": (ends[0] / pairs, ends[1] / pairs)} if pairs else {}
    return {name: ends, **shares}


def _of_nodes(counts: Counts) -> Result:
    import numpy as np

    internal, external = counts["internal"], counts["external"]
    total = internal + external
    scores = (external - internal) / np.where(total > 0, total, 1)
    return per_node(counts["graph"], scores, missing=total == 0, notes=counts["groups"].notes())


def _of_groups(counts: Counts, amounts: Ints, ties: str, *, both_rows: bool) -> Result:
    from jmdi_network.kernels.mixing import ratio

    graph, groups = counts["graph"], counts["groups"]
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
    return Result(**basis(graph, values=values, **covered(counts)))

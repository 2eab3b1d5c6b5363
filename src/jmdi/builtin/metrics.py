"""The metrics that come with the core: three of networks, six of work plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import Result, undefined
from jmdi.model.relations import Tie
from jmdi.plugins.specs import Metric, Parameter

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = ["METRICS", "components", "density", "isolates"]

_SIMPLE = "loops dropped, parallel ties merged"


def _one_mode(network: Network) -> bool | str:
    """Density as defined here counts all pairs, which two-mode networks do not allow."""
    if network.mode is None:
        return True
    return "the network has two modes; project it onto one, or use the density of two-mode networks"


def _pairs(network: Network) -> tuple[set[int], dict[str, int]]:
    """The distinct pairs of tied nodes, each as one number, and what was left out."""
    n = network.n_nodes
    pairs: set[int] = set()
    loops = 0
    for i, j in zip(network.source, network.target, strict=True):
        if i == j:
            loops += 1
        elif network.directed or i < j:
            pairs.add(i * n + j)
        else:
            pairs.add(j * n + i)
    return pairs, {"loops_dropped": loops, "ties_merged": network.n_edges - loops - len(pairs)}


def _unobserved(network: Network, pairs: set[int]) -> int:
    """How many pairs of nodes have a tie that was not observed, and none that was."""
    if network.dataset is None:
        return 0
    states = [t for t in network.dataset.of(Tie) if t.state and t.state.code == "unobserved"]
    index, n = network.index, network.n_nodes
    unknown: set[int] = set()
    for tie in states:
        i, j = index.get(tie.source), index.get(tie.target)
        if i is not None and j is not None and i != j:
            low, high = (i, j) if network.directed or i < j else (j, i)
            unknown.add(low * n + high)
    return len(unknown - pairs)


def density(network: Network) -> Result:
    """Share of the possible pairs of actors that are tied.

    ``2m / (n(n-1))`` for undirected networks, ``m / (n(n-1))`` for directed ones, 0 to 1.
    Pairs whose tie is recorded as unobserved are left out of the value; the bounds take none
    or all of them for tied.
    """
    n = network.n_nodes
    if n < 2:
        return undefined("too_few_actors", f"density needs two actors, there are {n}", n_used=n)
    pairs, notes = _pairs(network)
    possible = n * (n - 1) // (1 if network.directed else 2)
    unknown = _unobserved(network, pairs)
    if not unknown:
        return Result(value=len(pairs) / possible, n_used=n, n_eligible=n, of="actors", notes=notes)
    seen = possible - unknown
    basis: dict[str, Any] = {
        "lower": len(pairs) / possible,
        "upper": (len(pairs) + unknown) / possible,
        "n_used": seen,
        "n_eligible": possible,
        "of": "pairs",
        "notes": {**notes, "pairs_unobserved": unknown},
    }
    if not seen:
        return undefined("missing_input", "no pair of actors was observed", **basis)
    return Result(value=len(pairs) / seen, **basis)


def _component_of(n: int, source: Sequence[int], target: Sequence[int]) -> list[int]:
    """For each node the lowest-numbered node that it hangs together with, direction ignored."""
    root = list(range(n))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in zip(source, target, strict=True):
        a, b = find(i), find(j)
        if a != b:
            root[max(a, b)] = min(a, b)
    return [find(i) for i in range(n)]


def components(network: Network) -> Result:
    """How many parts the network falls into, and how large the largest is.

    Two nodes are in the same component when a path joins them, whatever its direction.
    ``values`` has ``largest`` (nodes), ``largest_share`` (of all nodes), ``tied_for_largest``
    (components of that size) and ``sizes``, largest first.
    """
    n = network.n_nodes
    if n == 0:
        return undefined("empty_graph", n_used=0)
    counts: dict[int, int] = {}
    for root in _component_of(n, network.source, network.target):
        counts[root] = counts.get(root, 0) + 1
    sizes = sorted(counts.values(), reverse=True)
    values = {
        "largest": sizes[0],
        "largest_share": sizes[0] / n,
        "tied_for_largest": sizes.count(sizes[0]),
        "sizes": sizes,
    }
    return Result(value=len(sizes), values=values, n_used=n, n_eligible=n, of="nodes")


def isolates(network: Network) -> Result:
    """Share of the nodes that have no tie to another; ``contributing`` lists them."""
    n = network.n_nodes
    if n == 0:
        return undefined("empty_graph", n_used=0)
    tied = bytearray(n)
    loops = 0
    for i, j in zip(network.source, network.target, strict=True):
        if i == j:
            loops += 1
        else:
            tied[i] = tied[j] = 1
    alone = [name for name, has_tie in zip(network.nodes, tied, strict=True) if not has_tie]
    return Result(
        value=len(alone) / n,
        n_used=n,
        n_eligible=n,
        of="nodes",
        contributing=tuple(alone),
        notes={"isolates": len(alone), "loops_dropped": loops},
    )


_WORKPLANS = "jmdi.builtin.workplan_metrics"
_PLAN = Parameter("workplan", "Id of the work plan; all plans of the dataset if it is not given")


def _workplan(name: str, title: str, doc: str, *parameters: Parameter, **more: Any) -> Metric:
    function = name.removeprefix("workplan-").replace("-", "_")
    return Metric(
        name,
        f"{_WORKPLANS}:{function}",
        title=title,
        on="dataset",
        parameters=(_PLAN, *parameters),
        accepts=f"{_WORKPLANS}:has_actions",
        citation="jmdi, operationalisation of the JMDI policy work plan",
        doc=doc,
        **more,
    )


METRICS: tuple[Metric, ...] = (
    Metric(
        "density",
        density,
        title="Density",
        range=(0, 1),
        citation="Wasserman & Faust 1994",
        convention=f"{_SIMPLE}; over observed pairs",
        accepts=_one_mode,
        doc="Tied pairs over possible pairs: 2m/(n(n-1)), directed m/(n(n-1)).",
    ),
    Metric(
        "components",
        components,
        title="Components",
        range=(1, None),
        citation="Wasserman & Faust 1994",
        convention="weak: direction ignored",
        doc="Number of components; share of nodes in the largest, with ties for the largest.",
    ),
    Metric(
        "isolates",
        isolates,
        title="Isolate share",
        range=(0, 1),
        citation="Wasserman & Faust 1994",
        convention=_SIMPLE,
        doc="Nodes without a tie to another over all nodes.",
    ),
    _workplan(
        "workplan-completeness",
        "Work-plan completeness",
        "Filled fields over six, per action; the plan's is the mean over its actions.",
        range=(0, 1),
        polarity="higher",
        convention="fields: action or space, objective, audience, activity or place, timeline, "
        "finance; placeholders count as unfilled, a timeline that still holds one too",
    ),
    _workplan(
        "workplan-audience",
        "Work-plan audience coverage",
        "Non-empty cells over all cells of the table of audiences by actor type and level.",
        Parameter(
            "cells",
            "Which types and levels make the table: those the plan names, or all codes",
            default="named",
            choices=("named", "vocabulary"),
        ),
        range=(0, 1),
        convention="an action without a level has that of its table",
    ),
    _workplan(
        "workplan-codification",
        "Work-plan codification coverage",
        "Objectives (or actions) coded to at least one theme over all of them.",
        Parameter("per", "What is counted", default="objective", choices=("objective", "action")),
        range=(0, 1),
        polarity="higher",
        convention="an objective is coded when its action has a cluster or a coding",
    ),
    _workplan(
        "workplan-known-budget",
        "Known-budget share",
        "Actions with at least one figure in a known currency over all actions.",
        range=(0, 1),
        polarity="higher",
        convention="a figure whose currency is not known counts in the upper bound only",
    ),
    _workplan(
        "cost-per-participant",
        "Cost per targeted participant",
        "Sum of known costs over sum of stated audience sizes, as an interval over the bases "
        "(in total, or per place) that the words allow.",
        polarity="lower",
        convention="what is stated per place is multiplied by the number of places of the "
        "action; without a stated basis both readings are admitted; currencies are never "
        "mixed; numbers of organisations and places are no participants; a stated total is not "
        "added to its parts; rounded to six decimals",
    ),
    _workplan(
        "workplan-adherence",
        "Timeline adherence",
        "Actions done on time over actions due whose completion is on record.",
        Parameter("as_of", "The day that it is computed for, as ISO date", required=True),
        range=(0, 1),
        polarity="higher",
        convention="due: the timeline ends before as_of; done: the latest actual observation "
        "of the action, on time if it cannot end after the timeline",
    ),
)
"""The metrics that the core registers."""

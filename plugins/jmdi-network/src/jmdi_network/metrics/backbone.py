"""How far each tie, or each overlap, is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import one_mode, said, two_modes
from jmdi_network.parameters import Positive, Share
from jmdi_network.reporting import basis, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Graph

__all__ = ["disparity", "fdsm", "sdsm"]


_MODES = {0: "pairs of the first mode", 1: "pairs of the second mode"}

_CORRECTED = {
    "none": "not corrected for testing many ties",
    "bonferroni": "Bonferroni's correction",
    "holm": "Holm's correction",
    "fdr": "false discovery rate of Benjamini and Hochberg",
}


def _on_ties(graph: Graph, p: Floats, alpha: float, **more: Any) -> Result:
    """p for each tie, and how many are kept."""
    arrow = " → " if graph.directed else " – "
    ends = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    names = [f"{graph.nodes[i]}{arrow}{graph.nodes[j]}" for i, j in ends]
    kept = int((p < alpha).sum())
    notes = {"kept": kept, "tested": len(p), **more.pop("notes", {})}
    values = dict(zip(names, p.tolist(), strict=True))
    about = {"notes": notes, "n_used": len(p), "n_eligible": len(p), "of": "ties", **more}
    return Result(**basis(graph, values=values, **about))


@jmdi.metric(
    "network:disparity",
    "Disparity filter",
    range=(0, 1),
    value_is="p of each tie",
    citation="Serrano, Boguñá & Vespignani 2009",
    accepts=one_mode,
    convention=lambda correction, ends: said(
        f"the {'smaller' if ends == 'either' else 'larger'} p of its ends, degree 1: p = 1",
        "directed: out at the source, in at the target",
        _CORRECTED[correction],
    ),
)
def disparity(
    network: Network,
    *,
    alpha: Share = 0.05,
    correction: Literal["none", "bonferroni", "holm", "fdr"] = "none",
    ends: Literal["either", "both"] = "either",
) -> Result:
    """The disparity filter's p of each tie: (1-w/s)^(k-1).

    The notes say how many are below alpha.

    Args:
        network: The network.
        alpha: A tie is kept if its p is below it.
        correction: For testing many ties.
        ends: The smaller p of both ends, or the larger.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.projections.backbone import adjusted, disparity_p

    graph = graph_of(network)
    if graph.m == 0:
        return refused(graph, "no_ties" if graph.n else "empty_graph")
    if not (graph.weight > 0).all():
        raise BadParameter("the disparity filter needs weights above 0")
    return _on_ties(graph, adjusted(disparity_p(graph, ends), correction), alpha)


@jmdi.metric(
    "network:sdsm",
    "Stochastic degree sequence model",
    range=(0, 1),
    value_is="p of each pair",
    citation="Neal 2014; Neal, Domagalski & Sagan 2021",
    accepts=two_modes,
    convention=lambda mode, correction, tail: said(
        _MODES[mode],
        "upper tail" + ("" if tail == "exact" else ", Hong's normal approximation"),
        _CORRECTED[correction],
    ),
)
def sdsm(
    network: Network,
    *,
    mode: Literal[0, 1] = 0,
    alpha: Share = 0.05,
    correction: Literal["none", "bonferroni", "holm", "fdr"] = "none",
    tail: Literal["exact", "refined-normal"] = "exact",
) -> Result:
    """P of each pair's overlap in the stochastic degree sequence model.

    P(at least as large), Poisson-binomial with the ties of the bipartite configuration model.

    Args:
        network: The network.
        mode: The mode whose nodes are paired.
        alpha: A tie is kept if its p is below it.
        correction: For testing many ties.
        tail: Exact, or Hong's refined normal approximation, as in R's backbone.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.projections.backbone import adjusted, sdsm_p
    from jmdi_network.projections.twomode import onto

    if graph_of(network).m == 0:
        return refused(graph_of(network), "no_ties")
    _, _, _, p, tests = sdsm_p(network, mode, tail)
    if not len(p):
        return refused(graph_of(network), "no_ties", "no pair shares anything")
    graph = graph_of(onto(network, mode=mode))
    return _on_ties(graph, adjusted(p, correction, tests), alpha, notes={"pairs": tests})


@jmdi.metric(
    "network:fdsm",
    "Fixed degree sequence model",
    range=(0, 1),
    value_is="p of each pair",
    citation="Neal, Domagalski & Sagan 2021; Strona et al. 2014",
    accepts=two_modes,
    convention=lambda mode, correction: said(
        _MODES[mode], "upper tail, (b+1)/(R+1)", _CORRECTED[correction]
    ),
)
def fdsm(
    network: Network,
    *,
    mode: Literal[0, 1] = 0,
    alpha: Share = 0.05,
    correction: Literal["none", "bonferroni", "holm", "fdr"] = "none",
    draws: Positive = 1000,
    seed: int = 1,
    swaps: float = 10.0,
    workers: Positive = 1,
) -> Result:
    """P of each pair's overlap among networks with the same degrees in both modes.

    Args:
        network: The network.
        mode: The mode whose nodes are paired.
        alpha: A tie is kept if its p is below it.
        correction: For testing many ties.
        draws: How many random networks.
        seed: Seed of the random numbers.
        swaps: Trades per row.
        workers: Processes; the answer is the same for any number.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.ordering import by_id
    from jmdi_network.projections.backbone import adjusted, fdsm_p
    from jmdi_network.projections.twomode import onto

    network = by_id(network)
    if graph_of(network).m == 0:
        return refused(graph_of(network), "no_ties")
    projected = onto(network, mode=mode)
    if not projected.n_edges:
        return refused(graph_of(network), "no_ties", "no pair shares anything")
    p, tests = fdsm_p(network, mode, draws, seed, swaps, workers)
    return _on_ties(
        graph_of(projected),
        adjusted(p, correction, tests),
        alpha,
        notes={"pairs": tests, "draws": draws},
        seed=seed,
    )

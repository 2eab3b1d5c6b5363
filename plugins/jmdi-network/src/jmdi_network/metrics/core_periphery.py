"""A core that is tied, and a periphery that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import one_mode, said
from jmdi_network.parameters import Ids
from jmdi_network.reporting import basis, lacking, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Graph, Ints

__all__ = ["core_periphery"]


_BLOCKS = {
    "ignored": "off-diagonal block ignored",
    "both": "off-diagonal block untied",
    "either": "off-diagonal block tied",
}


def _ideal(ideal: str, measure: str, core: Ids | None) -> str:
    if core is not None:
        found = "the core given"
    elif (ideal, measure) == ("ignored", "errors"):
        found = "all optima given"
    else:
        found = "exact up to 14 actors, of more the best that a local search finds"
    return said(_BLOCKS[ideal], found, "ties without direction")


@jmdi.metric(
    "network:core-periphery",
    "Core and periphery",
    range=(-1, None),
    value_is=lambda measure: (
        "misplaced ties, Z" if measure == "errors" else "correlation with the ideal, r"
    ),
    citation="Borgatti & Everett 2000; Lip 2011",
    accepts=one_mode,
    convention=_ideal,
)
def core_periphery(
    network: Network,
    *,
    ideal: Literal["ignored", "both", "either"] = "ignored",
    measure: Literal["errors", "correlation"] = "errors",
    core: Ids | None = None,
) -> Result:
    """The best division into a fully tied core and an untied periphery.

    Z counts the missing ties of the core, the ties within the periphery, and what the block between
    them has wrong; r is Pearson's correlation of ties with the ideal, over the pairs of its blocks.
    If that block is ignored the least Z is found exactly: for ``k`` actors of highest degree, ``Z =
    m + k(k-1)/2 - sum of their degrees``; the notes have all optimal sizes. The fits, r by three
    readings of the block, are of the smallest core. If some of its actors could be exchanged for
    others of the same degree, it is the core that fits best, and if there are too many to try, the
    one whose ids come first, without fits. All else is found by trying all divisions of up to 14
    actors, or by a search that need not find the best.

    Args:
        network: The network.
        ideal: What the ideal has between core and periphery: it is ignored; tied are pairs with
            both ends in the core, so that it is untied; or with either end there.
        measure: Least errors, or the highest correlation.
        core: Who is in the core; by default the best core is looked for.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.kernels.core_fit import score_of

    graph = graph_of(network).undirected()
    if (few := lacking(graph, 2, "core and periphery")) is not None:
        return few
    if core is not None:
        return _of_division(graph, _given(network, core), ideal, measure, {})
    if (ideal, measure) == ("ignored", "errors"):
        return _optima(graph)
    from jmdi_network.kernels.core_fit import ALL_TRIED, best_division

    found = best_division(graph, _by_degree(graph), score_of(graph.n, graph.m, ideal, measure))
    search = "all divisions" if graph.n <= ALL_TRIED else "local"
    return _of_division(graph, found, ideal, measure, {"search": search})


def _given(network: Network, core: Ids) -> Ints:
    """Who is in a core that is given, bool, n."""
    import numpy as np

    inside = np.zeros(len(network), bool)
    for id in (core,) if isinstance(core, str) else core:
        inside[network.place(id)] = True
    return inside


def _by_degree(graph: Graph) -> Ints:
    """Nodes by falling degree, and then by id."""
    import numpy as np

    from jmdi_network.ordering import order_of

    return np.lexsort((np.argsort(order_of(graph.nodes)), -graph.degrees()))


def _of_division(
    graph: Graph, core: Ints, ideal: str, measure: str, notes: dict[str, Any]
) -> Result:
    """The numbers of one division."""
    import numpy as np

    from jmdi_network.kernels.core_fit import errors, fits, numbers

    wrong = int(errors(graph.n, graph.m, ideal)(*numbers(graph, core)))
    fit = fits(graph, core)
    value = wrong if measure == "errors" else fit[ideal]
    if value is None:
        why = "ties or the ideal do not vary over the pairs of its blocks"
        return refused(graph, "zero_denominator", why, notes=notes)
    values = {
        "Z": wrong,
        "core_size": int(core.sum()),
        **{f"fit_{name}": r for name, r in fit.items()},
    }
    inside = tuple(sorted(graph.nodes[i] for i in np.flatnonzero(core)))
    return Result(**basis(graph, value=value, values=values, contributing=inside, notes=notes))


def _optima(graph: Graph) -> Result:
    """The least errors with the block between ignored: cores of highest degree."""
    import numpy as np

    from jmdi_network.kernels.core_fit import optimum

    order = _by_degree(graph)
    degree = graph.degrees()
    k = np.arange(graph.n + 1)
    sums = np.concatenate([[0], np.cumsum(degree[order])])
    wrong = graph.m + k * (k - 1) // 2 - sums
    sizes = [int(i) for i in np.flatnonzero(wrong == wrong.min())]
    optima = [optimum(graph, degree, order, size) for size in sizes]
    return Result(
        **basis(
            graph,
            value=int(wrong.min()),
            contributing=tuple(optima[0]["core"]),
            values={
                "Z": int(wrong.min()),
                "core_size": sizes[0],
                **{f"fit_{name}": fit for name, fit in optima[0]["fit"].items()},
            },
            notes={"optima": optima, "unique": len(optima) == 1 and not optima[0]["exchangeable"]},
        )
    )

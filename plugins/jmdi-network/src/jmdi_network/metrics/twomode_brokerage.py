"""Brokerage in networks of two modes: who joins whom through what they take part in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.conventions import said, two_modes
from jmdi_network.parameters import Grouping
from jmdi_network.reporting import basis, per_node, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Ints, Sparse

__all__ = ["two_mode_brokerage"]

_COUNTED = {"chains": "each chain a, e, v, f, b", "pairs": "each pair a, b once"}

_MODES = {0: "first", 1: "second"}


@jmdi.metric(
    "network:two-mode-brokerage",
    "Brokerage of two modes",
    range=(0, None),
    value_is=lambda count: count,
    citation="Jasny & Lubell 2015; Gould & Fernandez 1989",
    accepts=two_modes,
    convention=lambda mode, count, level: said(
        f"brokers of the {_MODES[mode]} mode: a and v share e, v and b share f, a and b nothing",
        f"{_COUNTED[count]}, {'of each broker' if level == 'node' else 'of all brokers'}",
        "a and b in one order; gatekeeper: one of them in the group of v",
        "unknown groups excluded and counted; direction ignored",
    ),
)
def two_mode_brokerage(
    network: Network,
    *,
    groups: Grouping,
    mode: Literal[0, 1] = 0,
    count: Literal["chains", "pairs"] = "chains",
    between: Grouping | None = None,
    level: Literal["node", "network"] = "node",
) -> Result:
    """Roles of brokers that join two others by sharing something with each of them.

    A chain is a, e, v, f, b: the broker v shares e with a and f with b, and a and b share nothing.
    By groups of a, v and b: coordinator AAA, itinerant ABA, gatekeeper AAB (also called
    representative: chains have no direction), liaison ABC.

    Args:
        network: The network.
        groups: The groups of the brokers' mode: name of a node attribute such as type or country, a
            mapping by id, or a list.
        mode: The mode of the brokers.
        count: Chains; or pairs of a and b, whatever number of chains joins them.
        between: Groups of the other mode. Each role is then counted besides with e and f of the
            same group, and of two (``mixed``); chains have to be counted.
        level: Of each node of the mode, or of all together.
    """
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.projections.twomode import bipartite_of

    if between is not None and count == "pairs":
        raise BadParameter("between= is about chains: leave count= out")
    graph, given = graph_of(network), groups_of(network, groups)
    modes = bipartite_of(network, mode)
    code = given.code[modes.rows]
    if not len(modes.rows):
        return refused(graph, "empty_graph", "the mode has no nodes")
    known = code >= 0
    if not known.any():
        return refused(graph, "no_known_group", n_used=0)
    shared = _shared(modes.matrix)
    tied = shared.sign()
    counted = shared if count == "chains" else tied
    columns = _roles(counted, tied, code)
    every = _chains(counted, counted, tied) / 2
    notes: dict[str, Any] = {f"{count}_of_unknown_group": int(every.sum() - columns["total"].sum())}
    if between is not None:
        columns |= _split(modes.matrix, tied, code, groups_of(network, between).code[modes.columns])
    whole = {name: np.rint(column).astype(np.int64) for name, column in columns.items()}
    about: dict[str, Any] = {"n_used": int(known.sum()), "of": "nodes", "notes": notes}
    if level == "network":
        values = {name: int(column.sum()) for name, column in whole.items()}
        about |= {"value": values["total"], "values": values, "n_eligible": len(known)}
        return Result(**basis(graph, **about))
    spread: dict[str, Ints] = {name: np.zeros(graph.n, np.int64) for name in whole}
    missing = np.zeros(graph.n, bool)
    missing[modes.rows] = ~known
    for name, column in whole.items():
        spread[name][modes.rows] = column
    chosen = modes.rows.tolist()
    return per_node(graph, spread, missing=missing, reason="no_known_group", chosen=chosen, **about)


def _shared(matrix: Sparse) -> Sparse:
    """How many columns two different rows share, sparse."""
    found = (matrix @ matrix.T).tocsr()
    found.setdiag(0)
    found.eliminate_zeros()
    return found


def _chains(first: Sparse, second: Sparse, tied: Sparse) -> Floats:
    """For each row the sum of first[v, a] second[v, b] over different a, b that are not tied."""
    import numpy as np

    def sums(entries: Sparse) -> Floats:
        return np.asarray(entries.sum(axis=1)).ravel()

    closed = (first @ tied).multiply(second)
    return np.asarray(sums(first) * sums(second) - sums(first.multiply(second)) - sums(closed))


def _roles(counted: Sparse, tied: Sparse, code: Ints) -> dict[str, Floats]:
    """Each role of each node, float64.

    Args:
        counted: How much each pair of two nodes counts, sparse, n by n.
        tied: 1 where they share anything.
        code: The group of each node, int64, n; -1 where it is not known.
    """
    import numpy as np
    from scipy.sparse import coo_array

    entries = counted.tocoo()
    v, a = entries.coords
    known = (code[v] >= 0) & (code[a] >= 0)
    same = code[v] == code[a]

    def of(chosen: Ints) -> Sparse:
        made = coo_array((entries.data[chosen], (v[chosen], a[chosen])), shape=counted.shape)
        return made.tocsr()

    within, across = of(known & same), of(known & ~same)
    # Both a and b of other groups than v: of one group, by sums over each group, or of two.
    both_across = _chains(across, across, tied) / 2
    itinerant = np.zeros(len(code))
    for group in np.unique(code[code >= 0]).tolist():
        part = of(known & ~same & (code[a] == group))
        itinerant += _chains(part, part, tied) / 2
    roles = {
        "coordinator": _chains(within, within, tied) / 2,
        "itinerant": itinerant,
        "gatekeeper": _chains(within, across, tied),
        "liaison": both_across - itinerant,
    }
    return {**roles, "total": np.sum(list(roles.values()), axis=0)}


def _split(matrix: Sparse, tied: Sparse, code: Ints, between: Ints) -> dict[str, Floats]:
    """Each role with both in between of one known group, and of two."""
    import numpy as np

    known = matrix[:, np.flatnonzero(between >= 0)]
    every = _roles(_shared(known), tied, code)
    same = {name: np.zeros(len(code)) for name in every}
    for group in np.unique(between[between >= 0]).tolist():
        one = _roles(_shared(matrix[:, np.flatnonzero(between == group)]), tied, code)
        same = {name: column + one[name] for name, column in same.items()}
    mixed = {f"{name}_mixed": column - same[name] for name, column in every.items()}
    return {f"{name}_same": column for name, column in same.items()} | mixed

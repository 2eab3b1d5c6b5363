"""Networks explained by networks of the same actors."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from math import factorial
from typing import Any

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.conventions import said, weights
from jmdi_network.parameters import Matrix, Number, Positive
from jmdi_network.workers import shared_out

__all__ = ["mrqap", "qap"]


@jmdi.metric(
    "network:qap",
    "QAP correlation",
    range=(-1, 1),
    value_is="correlation",
    citation="Krackhardt 1988",
    convention=lambda weighted: said(weights(weighted)),
)
def qap(
    network: Network,
    other: Network | Matrix,
    *,
    draws: Positive = 1000,
    seed: int = 1,
    workers: Positive = 1,
    exact: Number = 5000,
    weighted: bool = True,
) -> Result:
    """The correlation of two networks of the same actors, beside that of permuted ones.

    Args:
        network: One network, whose rows and columns are permuted together.
        other: The other, or a matrix in the order of the network's nodes.
        draws: How many permutations.
        seed: Seed of the random numbers.
        workers: How many processes; the answer is the same for any number.
        exact: All permutations are used if there are at most so many.
        weighted: Whether weights count, or only that there is a tie.

    Returns:
        The correlation as ``value``; ``values`` as those of `null`.

    Source: Krackhardt 1988, Social Networks 10:359.
    """
    import numpy as np

    from jmdi_network.nulls.comparing import summary
    from jmdi_network.nulls.permuting import (
        Pair,
        drawn_pairs,
        matrix_in_order,
        matrix_of,
        permuted_pair,
    )

    nodes = sorted(network.nodes)  # so that draws do not depend on the order of rows in a file
    second = matrix_in_order(other, network, weighted)
    directed = network.directed or (isinstance(other, Network) and other.directed)
    directed = directed or not np.array_equal(second, second.T, equal_nan=True)
    pair = Pair(matrix_of(network, nodes, weighted=weighted), second, directed, seed)
    n = len(nodes)
    about: dict[str, Any] = {
        "n_used": n,
        "n_eligible": n,
        "of": "actors",
        "seed": seed,
        "parameters": {"draws": draws, "exact": exact, "weighted": weighted},
    }
    if n < 3:
        return undefined("too_few_actors", "three actors are needed", **about)
    observed = permuted_pair(pair, np.arange(n))
    if observed is None:
        return undefined("zero_denominator", "one of the networks is constant", **about)
    whole = n <= 12 and factorial(n) <= exact
    if whole:
        orders = map(np.array, permutations(range(n)))
        found = [permuted_pair(pair, order) for order in orders]
    else:
        found = shared_out(drawn_pairs, pair, range(draws), workers)
    drawn = np.array([value for value in found if value is not None])
    values = summary(observed, drawn, len(found), exact=whole)
    rule = "count/R over all permutations" if whole else "(b+1)/(R+1)"
    notes = {"exact": whole}
    more: dict[str, Any] = {
        "values": values,
        "convention": f"{weights(weighted)}; p by {rule}",
        "notes": notes,
    }
    if values["sd"] == 0:
        return undefined(
            "degenerate_null", "all permutations give one correlation", **about, **more
        )
    return Result(value=observed, **about, **more)


@jmdi.metric(
    "network:mrqap",
    "MRQAP",
    value_is="coefficients",
    citation="Dekker, Krackhardt & Snijders 2007",
    convention=lambda weighted: (
        "double semi-partialling, t as statistic; p by (b+1)/(R+1), two-sided is twice the smaller "
        f"tail; {weights(weighted)}"
    ),
)
def mrqap(
    network: Network,
    by: Mapping[str, Network | Matrix],
    *,
    draws: Positive = 1000,
    seed: int = 1,
    workers: Positive = 1,
    weighted: bool = True,
) -> Result:
    """Linear regression of a network on others, tested by double semi-partialling.

    Each predictor is freed of what the others explain, its residuals are permuted, and its t
    is compared with those of permuted ones.

    Args:
        network: The network that is explained.
        by: Networks of the same actors, or matrices in the order of the network's nodes without
            unknown cells, by name; see `same` and `difference`.
        draws: How many permutations of each predictor.
        seed: Seed of the random numbers.
        workers: How many processes; the answer is the same for any number.
        weighted: Whether weights count, or only that there is a tie.

    Returns:
        ``values`` with coefficient, t and p of each predictor and of ``(intercept)``, which has
        no p; ``p_absolute`` counts larger t of either sign. The notes have R².

    Raises:
        BadParameter: If the networks do not have the same nodes, or a cell is not known.

    Source: Dekker, Krackhardt & Snijders 2007, Psychometrika 72:563.
    """
    import numpy as np

    from jmdi_network.nulls.comparing import summary
    from jmdi_network.nulls.permuting import (
        Regression,
        absolute,
        cells_of,
        drawn_regressions,
        least_squares,
        matrix_in_order,
        matrix_of,
        residual,
    )

    nodes = sorted(network.nodes)
    n = len(nodes)
    y = matrix_of(network, nodes, weighted=weighted)
    xs = [matrix_in_order(x, network, weighted) for x in by.values()]
    if not xs:
        raise BadParameter("by needs at least one predictor: a network or matrix by its name")
    directed = network.directed or any(not np.array_equal(x, x.T, equal_nan=True) for x in xs)
    off = ~np.eye(n, dtype=bool)
    if any(np.isnan(x[off]).any() for x in xs):
        raise BadParameter("a predictor has cells that are not known: take those actors out")
    cells = cells_of([np.where(np.eye(n, dtype=bool), 0.0, x) for x in xs], directed)
    about: dict[str, Any] = {
        "seed": seed,
        "parameters": {"by": list(by), "draws": draws, "weighted": weighted},
        "n_used": n,
        "n_eligible": n,
        "of": "actors",
    }
    target, columns = y[cells], [x[cells] for x in xs]
    rank = np.linalg.matrix_rank(np.column_stack([np.ones(len(target)), *columns]))
    if n < 4 or float(target.std()) == 0 or rank < len(xs) + 1:
        return undefined(
            "zero_denominator",
            "the network is constant, or a predictor follows from the others",
            **about,
        )
    beta, t, rest = least_squares(target, columns)
    residuals = tuple(residual(xs, k, directed, n) for k in range(len(xs)))
    task = Regression(y, tuple(xs), residuals, cells, seed)
    drawn = np.array(shared_out(drawn_regressions, task, range(draws), workers))
    values: dict[str, Any] = {"(intercept)": {"coefficient": float(beta[0]), "t": float(t[0])}}
    for k, name in enumerate(by):
        row = summary(float(t[k + 1]), drawn[:, k], draws, exact=False)
        values[name] = {
            "coefficient": float(beta[k + 1]),
            "t": float(t[k + 1]),
            **{key: row[key] for key in ("p", "p_lower", "p_upper")},
            "p_absolute": absolute(float(t[k + 1]), drawn[:, k]),
        }
    spread = float(((target - target.mean()) ** 2).sum())
    notes = {"r_squared": 1 - float(rest @ rest) / spread, "draws": draws, "cells": len(target)}
    return Result(values=values, notes=notes, **about)

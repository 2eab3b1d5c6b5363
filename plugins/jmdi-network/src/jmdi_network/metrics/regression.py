"""Networks explained by networks of the same actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from math import factorial
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.conventions import said, weights
from jmdi_network.parameters import Matrix, Number, Positive
from jmdi_network.workers import shared_out

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats
    from jmdi_network.nulls.permuting import Regression

__all__ = ["logit_qap", "mrqap", "qap"]


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
        other: The other, or a matrix in the order of the network's nodes. A pair that was not
            observed in one of them is left out.
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
        network: The network that is explained; a pair that was not observed is left out.
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
    from jmdi_network.nulls.permuting import least_squares

    task = _explained(network, by, weighted, seed, "linear")
    about = _about(network, by, draws, seed, weighted)
    target, columns = _cells(task)
    if _is_singular(len(network), target, columns):
        return undefined("zero_denominator", _SINGULAR, **about)
    beta, t, rest = least_squares(target, columns)
    values: dict[str, Any] = {"(intercept)": {"coefficient": float(beta[0]), "t": float(t[0])}}
    rows = _judged(task, t[1:].tolist(), draws, workers)
    for k, (name, row) in enumerate(zip(by, rows, strict=True), 1):
        values[name] = {"coefficient": float(beta[k]), "t": float(t[k]), **row}
    spread = float(((target - target.mean()) ** 2).sum())
    notes = {"r_squared": 1 - float(rest @ rest) / spread, "draws": draws, "cells": len(target)}
    return Result(values=values, notes=notes, **about)


@jmdi.metric(
    "network:logit-qap",
    "Logit MRQAP",
    value_is="coefficients",
    citation="Dekker, Krackhardt & Snijders 2007; Krackhardt 1988",
    convention=lambda weighted: (
        "logistic regression of whether there is a tie; double semi-partialling, z as statistic; "
        "p by (b+1)/(R+1), two-sided is twice the smaller tail; of predictors "
        f"{weights(weighted)}"
    ),
)
def logit_qap(
    network: Network,
    by: Mapping[str, Network | Matrix],
    *,
    draws: Positive = 1000,
    seed: int = 1,
    workers: Positive = 1,
    weighted: bool = True,
) -> Result:
    """Logistic regression of the ties of a network on others, tested by double semi-partialling.

    Each predictor is freed of what the others explain, its residuals are permuted, and its z is
    compared with those of permuted ones. Draws in which predictors separate tied from untied pairs
    have no z; they are counted.

    Args:
        network: The network that is explained: whether there is a tie, whatever its weight. A pair
            that was not observed is left out.
        by: Networks of the same actors, or matrices in the order of the network's nodes without
            unknown cells, by name; see `same` and `difference`.
        draws: How many permutations of each predictor.
        seed: Seed of the random numbers.
        workers: How many processes; the answer is the same for any number.
        weighted: Whether weights of predictors count, or only that there is a tie.

    Returns:
        ``values`` with coefficient, odds ratio, z and p of each predictor and of
        ``(intercept)``, which has no p; ``p_absolute`` counts larger z of either sign. The notes
        have the deviance, that without predictors, AIC and BIC.

    Raises:
        BadParameter: If the networks do not have the same nodes, or a cell is not known.
    """
    import numpy as np

    from jmdi_network.nulls.permuting import logistic

    task = _explained(network, by, weighted, seed, "logit")
    about = _about(network, by, draws, seed, weighted)
    target, columns = _cells(task)
    if _is_singular(len(network), target, columns):
        return undefined("zero_denominator", _SINGULAR, **about)
    fit, empty = logistic(target, columns), logistic(target, [])
    if fit is None or empty is None:
        why = "the predictors tell all tied pairs from untied ones: a coefficient is infinite"
        return undefined("zero_denominator", why, **about)
    rows = _judged(task, fit.z[1:].tolist(), draws, workers)
    with np.errstate(over="ignore"):
        odds_ratios = np.exp(fit.beta).tolist()
    values: dict[str, Any] = {
        name: {"coefficient": beta, "odds_ratio": ratio if ratio < np.inf else None, "z": z, **row}
        for name, beta, ratio, z, row in zip(
            ("(intercept)", *by),
            fit.beta.tolist(),
            odds_ratios,
            fit.z.tolist(),
            ({}, *rows),
            strict=True,
        )
    }
    free = len(fit.beta)
    notes = {
        "deviance": fit.deviance,
        "null_deviance": empty.deviance,
        "aic": fit.deviance + 2 * free,
        "bic": fit.deviance + free * float(np.log(len(target))),
        "draws": draws,
        "cells": len(target),
    }
    return Result(values=values, notes=notes, **about)


_SINGULAR = "the network is constant, or a predictor follows from the others"


def _explained(
    network: Network,
    by: Mapping[str, Network | Matrix],
    weighted: bool,
    seed: int,
    form: Literal["linear", "logit"],
) -> Regression:
    """A network and its predictors in the order of ids, so that draws do not depend on another."""
    import numpy as np

    from jmdi_network.nulls.permuting import (
        Regression,
        cells_of,
        matrix_in_order,
        matrix_of,
        residual,
    )

    nodes = sorted(network.nodes)
    n = len(nodes)
    y = matrix_of(network, nodes, weighted=weighted and form == "linear")
    xs = tuple(matrix_in_order(x, network, weighted) for x in by.values())
    if not xs:
        raise BadParameter("by needs at least one predictor: a network or matrix by its name")
    directed = network.directed or any(not np.array_equal(x, x.T, equal_nan=True) for x in xs)
    off = ~np.eye(n, dtype=bool)
    if any(np.isnan(x[off]).any() for x in xs):
        raise BadParameter("a predictor has cells that are not known: take those actors out")
    cells = cells_of([np.where(np.eye(n, dtype=bool), 0.0, x) for x in (y, *xs)], directed)
    residuals = tuple(residual(xs, k, directed, n) for k in range(len(xs)))
    return Regression(y, xs, residuals, cells, seed, form)


def _about(
    network: Network, by: Mapping[str, object], draws: int, seed: int, weighted: bool
) -> dict[str, Any]:
    """Members that the Results of both regressions share."""
    return {
        "seed": seed,
        "parameters": {"by": list(by), "draws": draws, "weighted": weighted},
        "n_used": len(network),
        "n_eligible": len(network),
        "of": "actors",
    }


def _cells(task: Regression) -> tuple[Floats, list[Floats]]:
    """The cells that count, of the network and of each predictor, float64."""
    return task.y[task.cells], [x[task.cells] for x in task.xs]


def _is_singular(n: int, target: Floats, columns: Sequence[Floats]) -> bool:
    import numpy as np

    rank = np.linalg.matrix_rank(np.column_stack([np.ones(len(target)), *columns]))
    return n < 4 or float(target.std()) == 0 or bool(rank < len(columns) + 1)


def _judged(
    task: Regression, observed: Sequence[float], draws: int, workers: int
) -> list[dict[str, Any]]:
    """The p of each predictor, and how many draws have none."""
    import numpy as np

    from jmdi_network.nulls.comparing import summary
    from jmdi_network.nulls.permuting import absolute, drawn_regressions

    drawn = shared_out(drawn_regressions, task, range(draws), workers)
    rows = []
    for score, column in zip(observed, zip(*drawn, strict=True), strict=True):
        known = np.array([number for number in column if number is not None])
        row = summary(score, known, draws, exact=False)
        kept = {key: row[key] for key in ("p", "p_lower", "p_upper")}
        kept["p_absolute"] = absolute(score, known) if len(known) else None
        if len(known) < draws:
            kept["undefined_draws"] = draws - len(known)
        rows.append(kept)
    return rows

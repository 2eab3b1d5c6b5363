"""QAP correlation and regression: networks explained by networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network.arrays import Floats, Ints, graph_of
from jmdi_network.groups import groups_of, numbers_of
from jmdi_network.ordering import order_of
from jmdi_network.parameters import Grouping, Matrix
from jmdi_network.randomness import stream

__all__ = [
    "Logistic",
    "Pair",
    "Regression",
    "absolute",
    "cells_of",
    "difference",
    "drawn_pairs",
    "drawn_regressions",
    "least_squares",
    "logistic",
    "matrix_in_order",
    "matrix_of",
    "permuted_pair",
    "residual",
    "same",
]


def matrix_of(network: Network, nodes: Sequence[str], *, weighted: bool = True) -> Floats:
    """The ties of a network as a matrix in the order of these nodes.

    A pair that was not observed is NaN.

    Raises:
        BadParameter: If the network does not have the same nodes.
    """
    if sorted(network.nodes) != sorted(nodes):
        raise BadParameter("the networks do not have the same nodes")
    graph = graph_of(network)
    at = {id: i for i, id in enumerate(nodes)}
    to = np.array([at[id] for id in graph.nodes], np.int64)
    matrix = np.zeros((len(nodes), len(nodes)))
    matrix[to[graph.source], to[graph.target]] = graph.weight if weighted else 1.0
    low, high = graph.unobserved // max(graph.n, 1), graph.unobserved % max(graph.n, 1)
    matrix[to[low], to[high]] = np.nan
    if not graph.directed:
        matrix += matrix.T.copy()
    return matrix


def matrix_in_order(given: Network | Matrix, network: Network, weighted: bool) -> Floats:
    """Ties in the order of ids, of a network or of a matrix in the order of the network's nodes.

    Raises:
        BadParameter: If it is no matrix of numbers with a row and a column for each node.
    """
    order = order_of(network.nodes)
    if isinstance(given, Network):
        return matrix_of(given, [network.nodes[i] for i in order], weighted=weighted)
    try:
        matrix = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        raise BadParameter(
            f"{given!r:.60} is neither a network nor a matrix of numbers; of an attribute make one "
            "with jmdi_network.same(network, 'type') or difference(network, 'size')"
        ) from None
    if matrix.shape != (len(order), len(order)):
        raise BadParameter(
            f"a matrix has the shape {matrix.shape}, but the network has {len(order)} nodes"
        )
    sorted_: Floats = matrix[np.ix_(order, order)]
    return sorted_


def same(network: Network, groups: Grouping) -> Floats:
    """1 for pairs of the same group, 0 for others; NaN where one is not known."""
    code = groups_of(network, groups).code
    found: Floats = np.equal.outer(code, code).astype(np.float64)
    found[code < 0, :] = found[:, code < 0] = np.nan
    return found


def difference(network: Network, numbers: Grouping) -> Floats:
    """The absolute difference of a number of each pair; NaN where one is not known."""
    values = numbers_of(network, numbers, "numbers")
    return np.abs(values[:, None] - values[None, :])


def cells_of(matrices: Sequence[Floats], directed: bool) -> Ints:
    """The cells that are compared: off the diagonal, and once each if undirected."""
    n = len(matrices[0])
    wanted = ~np.eye(n, dtype=bool) if directed else np.triu(np.ones((n, n), bool), 1)
    for matrix in matrices:
        wanted &= ~np.isnan(matrix)
    return wanted


def _correlation(x: Floats, y: Floats) -> float | None:
    dx, dy = x - x.mean(), y - y.mean()
    spread = float((dx**2).sum() * (dy**2).sum()) ** 0.5
    return float((dx * dy).sum()) / spread if spread > 1e-14 else None


@attrs.frozen(slots=True, eq=False)
class Pair:
    """Two networks of the same actors, of which the first is permuted.

    Attributes:
        first: Its ties, n by n, float64.
        second: Those of the other, n by n, float64; NaN where a cell is not known.
        directed: Whether both halves of the matrices are compared.
        seed: Seed of the streams.
    """

    first: Floats
    second: Floats
    directed: bool
    seed: int


def permuted_pair(pair: Pair, order: Ints) -> float | None:
    """The correlation with rows and columns of the first network in this order.

    Args:
        pair: The two networks.
        order: A permutation of the nodes, int64, n.
    """
    moved = pair.first[np.ix_(order, order)]
    cells = cells_of([moved, pair.second], pair.directed)
    return _correlation(moved[cells], pair.second[cells])


def drawn_pairs(pair: Pair, numbers: Sequence[int]) -> list[float | None]:
    """The correlation of each replicate."""
    n = len(pair.first)
    return [permuted_pair(pair, stream(pair.seed, k).permutation(n)) for k in numbers]


@attrs.frozen(slots=True, eq=False)
class Regression:
    """A network and those that explain it.

    Attributes:
        y: The network that is explained, n by n, float64.
        xs: The predictors, n by n each.
        residuals: Each predictor without what the others explain, n by n each.
        cells: Which cells count, n by n, bool.
        seed: Seed of the streams.
        form: Whether the regression is linear or logistic.
    """

    y: Floats
    xs: tuple[Floats, ...]
    residuals: tuple[Floats, ...]
    cells: Ints
    seed: int
    form: Literal["linear", "logit"] = "linear"


def least_squares(y: Floats, columns: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Coefficients, their t and the residuals of a regression with an intercept first."""
    design = np.column_stack([np.ones(len(y)), *columns])
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ (design.T @ y)
    rest = y - design @ beta
    free = max(len(y) - design.shape[1], 1)
    errors = np.sqrt(np.maximum(np.diag(inverse), 0) * float(rest @ rest) / free)
    with np.errstate(divide="ignore", invalid="ignore"):
        return beta, np.where(errors > 0, beta / errors, 0.0), rest


ROUNDS = 40
"""Most steps of a logistic regression: one that has an answer needs fewer than ten."""

LEAST = 1e-10
"""The least that cells tell of a direction of the predictors, as a share of all that they might.

Where predictors separate cells with 1 from cells with 0, it falls to a third with each step.
"""


@attrs.frozen(slots=True, eq=False)
class Logistic:
    """A logistic regression with an intercept first.

    Attributes:
        beta: The coefficients, float64.
        z: Each over its standard error, float64.
        deviance: -2 times the logarithm of the likelihood.
    """

    beta: Floats
    z: Floats
    deviance: float


def logistic(y: Floats, columns: Sequence[Floats]) -> Logistic | None:
    """A logistic regression by iterated least squares; ``None`` where a coefficient is infinite.

    Where predictors separate the cells with 1 from those with 0, coefficients grow in each step.

    Args:
        y: 0 or 1 for each cell, float64.
        columns: The predictors, float64 each.

    Source: McCullagh & Nelder 1989, Generalized Linear Models, section 2.5.
    """
    design = np.column_stack([np.ones(len(y)), *columns])
    centre, spread = design.mean(axis=0), design.std(axis=0)
    centre[0], spread[spread == 0] = 0, 1
    back = np.diag(1 / spread)  # from coefficients of standardized predictors to those given
    back[0] -= centre / spread
    design = design @ back
    odds = np.where(y > 0, np.log(3), -np.log(3))
    for _ in range(ROUNDS):
        mean = np.exp(-np.logaddexp(0, -odds))
        weight = mean * (1 - mean)
        information = design.T @ (design * weight[:, None])
        if np.linalg.eigvalsh(information)[0] < LEAST * len(y):
            return None
        inverse = np.linalg.inv(information)
        beta = inverse @ (design.T @ (weight * odds + y - mean))
        before, odds = odds, design @ beta
        if np.abs(odds - before).max() < 1e-11 * max(1.0, np.abs(odds).max()):
            deviance = 2 * float(np.logaddexp(0, np.where(y > 0, -odds, odds)).sum())
            errors = np.sqrt(np.diag(back @ inverse @ back.T))
            beta = back @ beta
            return Logistic(beta, beta / errors, deviance)
    return None


def drawn_regressions(about: Regression, numbers: Sequence[int]) -> list[list[float | None]]:
    """The t or z of each predictor, by replicate: its residuals are permuted and it is put back."""
    n = len(about.y)
    y = about.y[about.cells]
    fixed = [x[about.cells] for x in about.xs]
    found = []
    for number in numbers:
        random = stream(about.seed, number)
        row = []
        for k, residual in enumerate(about.residuals):
            order = random.permutation(n)
            columns = list(fixed)
            columns[k] = residual[np.ix_(order, order)][about.cells]
            row.append(_score(about.form, y, columns, k + 1))
        found.append(row)
    return found


def _score(form: str, y: Floats, columns: Sequence[Floats], place: int) -> float | None:
    """The t or z of a coefficient."""
    if form == "linear":
        return float(least_squares(y, columns)[1][place])
    found = logistic(y, columns)
    return None if found is None else float(found.z[place])


def absolute(observed: float, drawn: Floats) -> float:
    """The p of a t as large in absolute value, as R's sna gives it."""
    slack = 1e-10 * max(1.0, abs(observed))
    return (int((np.abs(drawn) >= abs(observed) - slack).sum()) + 1) / (len(drawn) + 1)


def residual(xs: Sequence[Floats], k: int, directed: bool, n: int) -> Floats:
    """A predictor without what the others explain, as a matrix."""
    off = ~np.eye(n, dtype=bool)
    cells = off if directed else np.triu(off)
    rest = least_squares(xs[k][cells], [x[cells] for i, x in enumerate(xs) if i != k])[2]
    matrix = np.zeros((n, n))
    matrix[cells] = rest
    return matrix if directed else matrix + matrix.T

"""QAP correlation and regression: networks explained by networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from math import factorial
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Floats, Ints, graph_of
from jmdi_network.groups import groups_of, numbers_of
from jmdi_network.nulls.comparing import summary
from jmdi_network.ordering import order_of
from jmdi_network.randomness import stream
from jmdi_network.workers import shared_out

__all__ = ["difference", "matrix_of", "mrqap", "qap", "same"]


def matrix_of(network: Network, nodes: Sequence[str], *, weighted: bool = True) -> Floats:
    """The ties of a network as a matrix in the order of these nodes.

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
    if not graph.directed:
        matrix += matrix.T.copy()
    return matrix


def _matrix(given: Network | Floats, network: Network, weighted: bool) -> Floats:
    """Ties in the order of ids, of a network or of a matrix in the order of the network's nodes."""
    order = order_of(network.nodes)
    if isinstance(given, Network):
        return matrix_of(given, [network.nodes[i] for i in order], weighted=weighted)
    matrix = np.asarray(given, np.float64)
    if matrix.shape != (len(order), len(order)):
        raise BadParameter(
            f"a matrix has the shape {matrix.shape}, but the network has {len(order)} nodes"
        )
    sorted_: Floats = matrix[np.ix_(order, order)]
    return sorted_


def same(network: Network, groups: Any) -> Floats:
    """1 for pairs of the same group, 0 for others; NaN where one is not known."""
    code = groups_of(network, groups).code
    found: Floats = np.equal.outer(code, code).astype(np.float64)
    found[code < 0, :] = found[:, code < 0] = np.nan
    return found


def difference(network: Network, numbers: Any) -> Floats:
    """The absolute difference of a number of each pair; NaN where one is not known."""
    values: Floats = numbers_of(network, numbers, "numbers")
    return np.abs(values[:, None] - values[None, :])


def _cells(matrices: Sequence[Floats], directed: bool) -> Ints:
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
class _Pair:
    first: Floats
    second: Floats
    directed: bool
    seed: int


def _permuted_pair(pair: _Pair, order: Ints) -> float | None:
    moved = pair.first[np.ix_(order, order)]
    cells = _cells([moved, pair.second], pair.directed)
    return _correlation(moved[cells], pair.second[cells])


def _drawn_pairs(pair: _Pair, numbers: Sequence[int]) -> list[float | None]:
    n = len(pair.first)
    return [_permuted_pair(pair, stream(pair.seed, k).permutation(n)) for k in numbers]


def qap(
    network: Network,
    other: Network | Floats,
    *,
    draws: int = 1000,
    seed: int = 1,
    workers: int = 1,
    exact: int = 5000,
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
    if draws < 1:
        raise BadParameter("draws is at least 1")
    nodes = sorted(network.nodes)  # so that draws do not depend on the order of rows in a file
    second = _matrix(other, network, weighted)
    directed = network.directed or (isinstance(other, Network) and other.directed)
    directed = directed or not np.array_equal(second, second.T, equal_nan=True)
    pair = _Pair(matrix_of(network, nodes, weighted=weighted), second, directed, seed)
    n = len(nodes)
    about: dict[str, Any] = {
        "metric": "qap:correlation",
        "title": "QAP correlation",
        "range": (-1, 1),
        "citation": "Krackhardt 1988",
        "n_used": n,
        "n_eligible": n,
        "of": "actors",
        "subject": f"network {network.name}",
        "seed": seed,
    }
    if n < 3:
        return undefined("too_few_actors", "three actors are needed", **about)
    observed = _permuted_pair(pair, np.arange(n))
    if observed is None:
        return undefined("zero_denominator", "one of the networks is constant", **about)
    whole = n <= 12 and factorial(n) <= exact
    if whole:
        orders = map(np.array, permutations(range(n)))
        found = [_permuted_pair(pair, order) for order in orders]
    else:
        found = shared_out(_drawn_pairs, pair, range(draws), workers)
    drawn = np.array([value for value in found if value is not None])
    values = summary(observed, drawn, len(found), exact=whole)
    rule = "count/R over all permutations" if whole else "(b+1)/(R+1)"
    notes = {"exact": whole}
    more: dict[str, Any] = {"values": values, "convention": f"p by {rule}", "notes": notes}
    if values["sd"] == 0:
        return undefined(
            "degenerate_null", "all permutations give one correlation", **about, **more
        )
    return Result(value=observed, **about, **more)


@attrs.frozen(slots=True, eq=False)
class _Regression:
    y: Floats
    xs: tuple[Floats, ...]
    residuals: tuple[Floats, ...]
    cells: Ints
    seed: int


def _least_squares(y: Floats, columns: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Coefficients, their t and the residuals of a regression with an intercept first."""
    design = np.column_stack([np.ones(len(y)), *columns])
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ (design.T @ y)
    rest = y - design @ beta
    free = max(len(y) - design.shape[1], 1)
    errors = np.sqrt(np.maximum(np.diag(inverse), 0) * float(rest @ rest) / free)
    with np.errstate(divide="ignore", invalid="ignore"):
        return beta, np.where(errors > 0, beta / errors, 0.0), rest


def _drawn_regressions(about: _Regression, numbers: Sequence[int]) -> list[list[float]]:
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
            row.append(float(_least_squares(y, columns)[1][k + 1]))
        found.append(row)
    return found


def mrqap(
    network: Network,
    by: Mapping[str, Network | Floats],
    *,
    draws: int = 1000,
    seed: int = 1,
    workers: int = 1,
    weighted: bool = True,
) -> Result:
    """Linear regression of a network on others, tested by double semi-partialling.

    Each predictor is freed of what the others explain, its residuals are permuted, and its t
    is compared with those of permuted ones.

    Args:
        network: The network that is explained.
        by: Networks of the same actors, or matrices in the order of the network's nodes
            without unknown cells, by name; see `same` and `difference`.
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
    if draws < 1:
        raise BadParameter("draws is at least 1")
    nodes = sorted(network.nodes)
    n = len(nodes)
    y = matrix_of(network, nodes, weighted=weighted)
    xs = [_matrix(x, network, weighted) for x in by.values()]
    if not xs:
        raise BadParameter("by needs at least one predictor: a network or matrix by its name")
    directed = network.directed or any(not np.array_equal(x, x.T, equal_nan=True) for x in xs)
    off = ~np.eye(n, dtype=bool)
    if any(np.isnan(x[off]).any() for x in xs):
        raise BadParameter("a predictor has cells that are not known: take those actors out")
    cells = _cells([np.where(np.eye(n, dtype=bool), 0.0, x) for x in xs], directed)
    about: dict[str, Any] = {
        "metric": "mrqap",
        "title": "MRQAP",
        "citation": "Dekker, Krackhardt & Snijders 2007",
        "convention": "double semi-partialling, t as statistic; p by (b+1)/(R+1), two-sided is "
        "twice the smaller tail",
        "seed": seed,
        "n_used": n,
        "n_eligible": n,
        "of": "actors",
        "subject": f"network {network.name}",
    }
    target, columns = y[cells], [x[cells] for x in xs]
    rank = np.linalg.matrix_rank(np.column_stack([np.ones(len(target)), *columns]))
    if n < 4 or float(target.std()) == 0 or rank < len(xs) + 1:
        return undefined(
            "zero_denominator",
            "the network is constant, or a predictor follows from the others",
            **about,
        )
    beta, t, rest = _least_squares(target, columns)
    residuals = tuple(_residual(xs, k, directed, n) for k in range(len(xs)))
    task = _Regression(y, tuple(xs), residuals, cells, seed)
    drawn = np.array(shared_out(_drawn_regressions, task, range(draws), workers))
    values: dict[str, Any] = {"(intercept)": {"coefficient": float(beta[0]), "t": float(t[0])}}
    for k, name in enumerate(by):
        row = summary(float(t[k + 1]), drawn[:, k], draws, exact=False)
        values[name] = {
            "coefficient": float(beta[k + 1]),
            "t": float(t[k + 1]),
            **{key: row[key] for key in ("p", "p_lower", "p_upper")},
            "p_absolute": _absolute(float(t[k + 1]), drawn[:, k]),
        }
    spread = float(((target - target.mean()) ** 2).sum())
    notes = {"r_squared": 1 - float(rest @ rest) / spread, "draws": draws, "cells": len(target)}
    return Result(values=values, notes=notes, **about)


def _absolute(observed: float, drawn: Floats) -> float:
    """The p of a t as large in absolute value, as R's sna gives it."""
    slack = 1e-10 * max(1.0, abs(observed))
    return (int((np.abs(drawn) >= abs(observed) - slack).sum()) + 1) / (len(drawn) + 1)


def _residual(xs: Sequence[Floats], k: int, directed: bool, n: int) -> Floats:
    """A predictor without what the others explain, as a matrix."""
    off = ~np.eye(n, dtype=bool)
    cells = off if directed else np.triu(off)
    rest = _least_squares(xs[k][cells], [x[cells] for i, x in enumerate(xs) if i != k])[2]
    matrix = np.zeros((n, n))
    matrix[cells] = rest
    return matrix if directed else matrix + matrix.T

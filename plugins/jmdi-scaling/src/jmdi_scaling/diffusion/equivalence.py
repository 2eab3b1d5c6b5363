"""Who is in like positions: structural equivalence by geodesics, and exposure by it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from scipy.sparse import csgraph

from jmdi.metrics.result import UndefinedResult
from jmdi_network.arrays import Floats, Sparse
from jmdi_scaling.diffusion.adoption import Adoption

__all__ = ["Unreached", "equivalence", "equivalence_exposure", "geodesics"]

Unreached: TypeAlias = Literal["farther", "zero"]
"""How far apart two actors are that no path joins: one step more than the farthest, or 0."""

MOST_ACTORS = 3_000
"""Most actors; each pair has a number, and several matrices of them are held at once."""


def geodesics(matrix: Sparse) -> Floats:
    """The length of the shortest path from i to j along ties, however strong; float64, n by n.

    Args:
        matrix: ``[i, j]`` is not 0 where i names j, float64, actors by actors.

    Returns:
        Infinite where there is no path.

    Raises:
        UndefinedResult: If there are too many actors for a number for each pair.
    """
    n = matrix.shape[0]
    if n > MOST_ACTORS:
        why = f"{n:,} actors, more than {MOST_ACTORS:,}: name a territory or kinds of tie"
        raise UndefinedResult("scaling:too_many_actors", why)
    plain = matrix.copy()
    plain.data = np.ones_like(plain.data)  # of negative strengths scipy would warn
    found: Floats = csgraph.shortest_path(plain, method="D", unweighted=True)
    return found


def equivalence(matrix: Sparse, *, power: float = 1, unreached: Unreached = "farther") -> Floats:
    """How equivalent j is to i, of all others: rows sum to 1; float64, actors by actors.

    ``(dmax_i - d_ij)^v / Σ_k (dmax_i - d_ik)^v`` with ``d_ij² = (z_ij - z_ji)² + Σ_k (z_ik -
    z_jk)² + Σ_k (z_ki - z_kj)²`` over all others k, and ``z`` the geodesics (Burt 1987; Valente
    1995).

    Args:
        matrix: ``[i, j]`` is not 0 where i names j, float64, actors by actors.
        power: ``v``: how much more the most equivalent count.
        unreached: How far apart two actors are that no path joins.

    Returns:
        NaN in the row of an actor to which all others are as equivalent.
    """
    z = geodesics(matrix)
    reached = np.isfinite(z)
    z[~reached] = z[reached].max(initial=0) + 1 if unreached == "farther" else 0
    # Sums over all k, from products of matrices, less what k = i and k = j add to either.
    rows, columns = z @ z.T, z.T @ z
    squares = sum(
        np.diag(part)[:, None] + np.diag(part)[None, :] - 2 * part for part in (rows, columns)
    )
    d = np.sqrt(squares - 2 * (z**2 + z.T**2) + (z - z.T) ** 2)
    np.fill_diagonal(d, -np.inf)
    near = (d.max(axis=1, initial=0)[:, None] - d) ** power
    np.fill_diagonal(near, 0)
    total = near.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total[:, None] > 0, near / total[:, None], np.nan)


def equivalence_exposure(
    adoption: Adoption, *, lag: int = 1, power: float = 1, unreached: Unreached = "farther"
) -> Floats:
    """Exposure ``E_i(t) = Σ_j s_ij a_j(t-lag)`` by `equivalence`, float64, actors by periods.

    Args:
        adoption: Who adopted when, and who names whom.
        lag: How many periods before; ties are of that period too.
        power: How much more the most equivalent count.
        unreached: How far apart two actors are that no path joins.

    Returns:
        NaN before the first period, and for an actor to which all others are as equivalent.
    """
    n, periods = len(adoption.nodes), len(adoption.periods)
    found = np.full((n, periods), np.nan)
    weights: Floats | None = None
    for t in range(lag, periods):
        seen = t - lag
        if weights is None or adoption.dynamic:
            weights = equivalence(adoption.at(seen), power=power, unreached=unreached)
        adopted = (adoption.time >= 0) & (adoption.time <= seen)
        # A sum of shares may be carried above 1 by rounding.
        found[:, t] = np.minimum(weights @ adopted.astype(np.float64), 1)
    return found

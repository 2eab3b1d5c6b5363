"""Whether initiatives stand alone more often than if they had found their actors at random."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from jmdi_scaling.contagion.thresholds import stream

__all__ = ["compared", "curveball", "isolated"]

TRADES = 5
"""Trades for each initiative between two draws; Strona et al. 2014 find that it suffices."""


def isolated(members: Mapping[str, Iterable[str]], names: Iterable[str]) -> list[str]:
    """Those that share no member with any other."""
    count: dict[str, int] = {}
    for found in members.values():
        for member in set(found):
            count[member] = count.get(member, 0) + 1
    return [name for name in names if all(count[member] == 1 for member in members[name])]


def curveball(sets: list[set[str]], rng: np.random.Generator, trades: int) -> list[set[str]]:
    """Sets at random with the same sizes, each member in as many of them (Strona et al. 2014).

    In a trade two sets pool what only one of them has, and deal it out anew.
    """
    found = [set(one) for one in sets]
    for _ in range(trades if len(found) > 1 else 0):
        i, j = (int(k) for k in rng.choice(len(found), 2, replace=False))
        only, other = found[i] - found[j], found[j] - found[i]
        pool = sorted(only | other)
        taken = {pool[k] for k in rng.permutation(len(pool))[: len(only)]}
        found[i] = (found[i] & found[j]) | taken
        found[j] = (found[j] - other) | (set(pool) - taken)
    return found


def compared(
    members: Mapping[str, set[str]], names: list[str], draws: int, seed: int
) -> dict[str, Any]:
    """The share that stands alone against the curveball null model.

    Returns:
        Its ``mean``, ``sd`` and ``quantiles`` (0.05, 0.5, 0.95) over the draws, ``z``, ``p`` of
        a share at least as high, ``(b+1)/(R+1)``, ``p_two_sided`` (twice the smaller tail, at
        most 1), and the number of ``draws``; all draws alike give a reason instead of p.
    """
    order = sorted(members)
    sets = [members[name] for name in order]
    seen = len(isolated(members, names)) / len(names)
    shares = []
    for r in range(draws):
        drawn = curveball(sets, stream(seed, r), TRADES * len(sets))
        shares.append(len(isolated(dict(zip(order, drawn, strict=True)), names)) / len(names))
    mean, sd = statistics.fmean(shares), statistics.pstdev(shares)
    found: dict[str, Any] = {
        "mean": mean,
        "sd": sd,
        "draws": draws,
        "z": (seen - mean) / sd if sd > 0 else None,
        "quantiles": [float(x) for x in np.quantile(shares, (0.05, 0.5, 0.95))],
    }
    if len(set(shares)) == 1 and shares[0] == seen:
        return {**found, "p": None, "p_two_sided": None, "undefined": "degenerate_null"}
    higher = sum(share >= seen - 1e-12 for share in shares)
    lower = sum(share <= seen + 1e-12 for share in shares)
    tail = (min(higher, lower) + 1) / (draws + 1)
    return {**found, "p": (higher + 1) / (draws + 1), "p_two_sided": min(1.0, 2 * tail)}

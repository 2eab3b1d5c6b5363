"""Corridors: which countries of origin and destination initiatives join."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined

__all__ = ["alignment", "concentration", "effective_number", "matrix"]

Shares: TypeAlias = Mapping[tuple[str, str], float] | Mapping[str, Mapping[str, float]]
"""Numbers by pair of places, or by origin and then destination."""


def _counts(network: Network, count: str) -> dict[tuple[str, str], float]:
    """How much each corridor counts; the weight where the network has no such attribute."""
    column: Any = network.edge_attributes.get(count, network.weight)
    found: dict[tuple[str, str], float] = {}
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        value = 1.0 if column is None else float(column[edge])
        pair = network.nodes[i], network.nodes[j]
        found[pair] = found.get(pair, 0.0) + value
    return {pair: found[pair] for pair in sorted(found)}


def _about(network: Network, counts: dict[tuple[str, str], float]) -> dict[str, Any]:
    names = (
        "whole_total",
        "fractional_total",
        "initiatives",
        "internal",
        "without_both_sides",
        "unknown_sides",
        "unknown_places",
        "other_sides",
    )
    notes = {name: network.notes[name] for name in names if name in network.notes}
    used = network.notes.get("initiatives", len(counts))
    lost = network.notes.get("without_both_sides", 0)
    return {"notes": notes, "n_used": used, "n_eligible": used + lost, "of": "initiatives"}


@jmdi.metric(
    "network:corridor-matrix",
    "Corridor matrix",
    on="corridors",
    value_is="counts of initiatives",
    citation="jmdi",
    convention="whole and fractional counts side by side",
    bounds="corridors are counted from initiatives, not from pairs",
)
def matrix(network: Network) -> Result:
    """Initiatives between each country of origin and of destination, whole and fractional.

    Those with a participant on the side of origin in one country and on that of destination in
    another; the notes have both totals.

    Args:
        network: The network.
    """
    whole, fractional = _counts(network, "whole"), _counts(network, "fractional")
    more = _about(network, whole)
    if not whole:
        return undefined("missing_input", "no initiative has both sides known", **more)
    values = {
        f"{o} → {d}": {"whole": whole[o, d], "fractional": fractional[o, d]} for o, d in whole
    }
    return Result(values=values, **more)


def _shares(network: Network, count: str) -> tuple[Any, dict[str, Any]]:
    import numpy as np

    counts = _counts(network, count)
    more = _about(network, counts)
    sizes = np.array([x for x in counts.values() if x > 0])
    return sizes / sizes.sum() if len(sizes) else sizes, more


@jmdi.metric(
    "network:corridor-concentration",
    "Corridor concentration",
    on="corridors",
    range=(0, 1),
    value_is="Herfindahl-Hirschman index",
    citation="Hirschman 1964",
    convention=lambda count: f"{count} counts",
    bounds="corridors are counted from initiatives, not from pairs",
)
def concentration(network: Network, *, count: Literal["whole", "fractional"] = "whole") -> Result:
    """Sum of squared shares of the corridors (Herfindahl-Hirschman).

    Args:
        network: The network.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
    """
    shares, more = _shares(network, count)
    if not len(shares):
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=float((shares**2).sum()), **more)


@jmdi.metric(
    "network:corridor-effective-number",
    "Effective number of corridors",
    on="corridors",
    range=(1, None),
    value_is="effective number",
    citation="Hill 1973",
    convention=lambda count: f"{count} counts",
    bounds="corridors are counted from initiatives, not from pairs",
)
def effective_number(
    network: Network, *, count: Literal["whole", "fractional"] = "whole"
) -> Result:
    """The number of equal corridors that would be as diverse: exp(-sum p ln p) of their shares.

    Args:
        network: The network.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
    """
    from jmdi_network.kernels.mixing import diversity

    shares, more = _shares(network, count)
    if not len(shares):
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=float(diversity(shares[None, :])[1][0]), **more)


@jmdi.metric(
    "network:corridor-alignment",
    "Corridor alignment",
    on="corridors",
    range=(0, 1),
    value_is="dissimilarity",
    citation="Duncan & Duncan 1955 for the index; its use here: jmdi",
    convention=lambda count: f"{count} counts; corridors without a share have 0 migrants",
    bounds="corridors are counted from initiatives, not from pairs",
)
def alignment(
    network: Network,
    *,
    shares: Shares,
    count: Literal["whole", "fractional"] = "whole",
) -> Result:
    """Dissimilarity of initiatives' and migrants' shares of corridors.

    Half the sum of absolute differences; 0 for the same shares, 1 for none in common.

    Args:
        network: The network.
        shares: Migrant stock or its share by (origin, destination), or by origin and then
            destination; each is divided by their sum.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
    """
    given = _pairs(shares)
    counts = _counts(network, count)
    more = _about(network, counts)
    more["notes"] = {
        **more["notes"],
        "corridors_without_share": [f"{o} → {d}" for o, d in counts if (o, d) not in given],
    }
    total, stock = sum(counts.values()), sum(given.values())
    if not total:
        return undefined("missing_input", "no initiative has both sides known", **more)
    if not stock:
        return undefined("missing_input", "all shares are 0", **more)
    if not any(pair in given for pair in counts):
        return undefined(
            "missing_input",
            "no corridor of the network is among the shares: are places named alike?",
            **more,
        )
    rows = {}
    for o, d in sorted({*counts, *given}):
        p, q = counts.get((o, d), 0.0) / total, given.get((o, d), 0.0) / stock
        rows[f"{o} → {d}"] = {"initiatives": p, "migrants": q, "difference": p - q}
    value = sum(abs(row["difference"]) for row in rows.values()) / 2
    return Result(value=value, values=rows, **more)


def _pairs(shares: Shares) -> dict[tuple[str, str], float]:
    """Numbers by pair of places, from a mapping of pairs or of mappings.

    Raises:
        BadParameter: If it is neither, or a number is negative or not one.
    """
    found: dict[tuple[str, str], float] = {}
    given: Mapping[Any, Any] = shares
    try:
        for key, item in given.items():
            inner = (
                {key: item} if isinstance(key, tuple) else {(key, d): x for d, x in item.items()}
            )
            found |= {(str(o), str(d)): float(x) for (o, d), x in inner.items()}
    except (TypeError, ValueError, AttributeError):
        raise BadParameter(
            "shares maps (origin, destination), or origin and then destination, to numbers"
        ) from None
    if not all(0 <= x < math.inf for x in found.values()):
        raise BadParameter("shares are numbers from 0 on")
    return found

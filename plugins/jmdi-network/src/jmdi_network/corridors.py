"""Corridors: which countries of origin and destination initiatives join."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.runner import BadParameter

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["alignment", "concentration", "effective_number", "local_to_local", "matrix"]


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
    names = ("whole_total", "fractional_total", "initiatives", "internal", "without_both_sides",
             "unknown_sides", "unknown_places", "other_sides")  # fmt: skip
    notes = {name: network.notes[name] for name in names if name in network.notes}
    used = network.notes.get("initiatives", len(counts))
    lost = network.notes.get("without_both_sides", 0)
    return {"notes": notes, "n_used": used, "n_eligible": used + lost, "of": "initiatives"}


def matrix(network: Network) -> Result:
    """Initiatives between each country of origin and of destination, whole and fractional."""
    whole, fractional = _counts(network, "whole"), _counts(network, "fractional")
    more = _about(network, whole)
    if not whole:
        return undefined("missing_input", "no initiative has both sides known", **more)
    values = {f"{o} → {d}": {"whole": whole[o, d], "fractional": fractional[o, d]}
              for o, d in whole}  # fmt: skip
    return Result(values=values, **more)


def _shares(network: Network, count: str) -> tuple[Any, dict[str, Any]]:
    counts = _counts(network, count)
    more = _about(network, counts)
    sizes = np.array([x for x in counts.values() if x > 0])
    return sizes / sizes.sum() if len(sizes) else sizes, more


def concentration(network: Network, *, count: str = "whole") -> Result:
    """Herfindahl-Hirschman index of the corridors' shares."""
    shares, more = _shares(network, count)
    if not len(shares):
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=float((shares**2).sum()), **more)


def effective_number(network: Network, *, count: str = "whole") -> Result:
    """The number of equal corridors that would be as diverse: exp of Shannon's entropy."""
    shares, more = _shares(network, count)
    if not len(shares):
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=float(np.exp(-(shares * np.log(shares)).sum())), **more)


def alignment(network: Network, *, shares: Any, count: str = "whole") -> Result:
    """Dissimilarity of the corridors' shares and those of migrants: half the sum of differences."""
    given = _pairs(shares)
    counts = _counts(network, count)
    more = _about(network, counts)
    more["notes"] = {**more["notes"], "corridors_without_share": [
        f"{o} → {d}" for o, d in counts if (o, d) not in given]}  # fmt: skip
    total, stock = sum(counts.values()), sum(given.values())
    if not total:
        return undefined("missing_input", "no initiative has both sides known", **more)
    if not stock:
        return undefined("missing_input", "all shares are 0", **more)
    if not any(pair in given for pair in counts):
        return undefined("missing_input", "no corridor of the network is among the shares: are "
                         "places named alike?", **more)  # fmt: skip
    rows = {}
    for o, d in sorted({*counts, *given}):
        p, q = counts.get((o, d), 0.0) / total, given.get((o, d), 0.0) / stock
        rows[f"{o} → {d}"] = {"initiatives": p, "migrants": q, "difference": p - q}
    value = sum(abs(row["difference"]) for row in rows.values()) / 2
    return Result(value=value, values=rows, **more)


def _pairs(shares: Any) -> dict[tuple[str, str], float]:
    """Numbers by pair of places, from a mapping of pairs or of mappings.

    Raises:
        BadParameter: If it is neither, or a number is negative or not one.
    """
    found: dict[tuple[str, str], float] = {}
    try:
        for key, item in dict(shares).items():
            inner = (
                {key: item} if isinstance(key, tuple) else {(key, d): x for d, x in item.items()}
            )
            found |= {(str(o), str(d)): float(x) for (o, d), x in inner.items()}
    except (TypeError, ValueError, AttributeError):
        raise BadParameter("shares maps (origin, destination), or origin and then destination, "
                           "to numbers") from None  # fmt: skip
    if not all(0 <= x < math.inf for x in found.values()):
        raise BadParameter("shares are numbers from 0 on")
    return found


def local_to_local(
    dataset: Dataset, *, types: Any = ("local_authority",), as_of: Any = None
) -> Result:
    """Share of the initiatives with both sides known that have a local government on both."""
    from jmdi.model.kinds import Actor, Initiative
    from jmdi.model.relations import Participates

    wanted = {types} if isinstance(types, str) else set(types)
    sides: dict[str, set[str]] = {}
    local: dict[str, set[str]] = {}
    unknown = 0
    for relation in dataset.of(Participates):
        if dataset.find(relation.target, Initiative) is None or not _in_force(relation, as_of):
            continue
        side = None if relation.side is None else relation.side.code
        if side not in ("origin", "destination", "both"):
            unknown += side is None
            continue
        both = {"origin", "destination"} if side == "both" else {side}
        sides.setdefault(relation.target, set()).update(both)
        actor = dataset.find(relation.source, Actor)
        if actor is not None and actor.type is not None and actor.type.code in wanted:
            local.setdefault(relation.target, set()).update(both)
    known = [id for id, found in sides.items() if len(found) == 2]
    joined = [id for id in known if len(local.get(id, ())) == 2]
    total = len(dataset.of(Initiative))
    more: dict[str, Any] = {"n_used": len(known), "n_eligible": total, "of": "initiatives",
                            "notes": {"participations_of_unknown_side": unknown}}  # fmt: skip
    if not known:
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=len(joined) / len(known), contributing=tuple(joined), **more)


def _in_force(relation: Any, as_of: Any) -> bool:
    """Whether a participation holds on a day; one without a known period is kept."""
    if as_of is None or relation.period is None:
        return True
    import datetime

    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return relation.period.covers(day) is not False

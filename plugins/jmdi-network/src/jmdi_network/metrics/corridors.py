"""Corridors: which countries of origin and destination initiatives join."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.model.kinds import Actor, Initiative
from jmdi.model.relations import Participates
from jmdi_network.parameters import Day, Ids

__all__ = ["BOTH", "alignment", "concentration", "effective_number", "local_to_local", "matrix"]

Shares: TypeAlias = Mapping[tuple[str, str], float] | Mapping[str, Mapping[str, float]]
"""Numbers by pair of places, or by origin and then destination."""

BOTH = frozenset({"origin", "destination"})


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
    import numpy as np

    shares, more = _shares(network, count)
    if not len(shares):
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(value=float(np.exp(-(shares * np.log(shares)).sum())), **more)


@jmdi.metric(
    "network:corridor-alignment",
    "Corridor alignment",
    on="corridors",
    range=(0, 1),
    value_is="dissimilarity",
    citation="Duncan & Duncan 1955 for the index; its use here: jmdi",
    convention=lambda count: f"{count} counts; corridors without a share have 0 migrants",
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


@jmdi.metric(
    "network:local-to-local",
    "Local-to-local share",
    on="dataset",
    range=(0, 1),
    value_is="share of initiatives",
    citation="jmdi",
    convention="a participant on both sides counts for each; as scaling:anchorage, of which it is "
    "the rate",
)
def local_to_local(
    dataset: Dataset, *, types: Ids = ("local_authority",), as_of: Day | None = None
) -> Result:
    """Share of the initiatives with both sides known that have a local government on both.

    A side is known to be without one when some participant of the initiative has a known side,
    and none can be a local government on that side, its type and side being known. The bounds
    take the other initiatives for no, and for yes.

    Args:
        dataset: The dataset.
        types: Codes of actor-type that are local governments.
        as_of: The day that participations must be in force.
    """
    wanted = {types} if isinstance(types, str) else set(types)
    found = {initiative.id: _Sides() for initiative in dataset.of(Initiative)}
    for relation in dataset.of(Participates):
        sides = found.get(relation.target)
        if sides is not None and _in_force(relation, as_of):
            sides.add(
                None if relation.side is None else relation.side.code,
                _is_one_of(dataset, relation.source, wanted),
            )
    states = {name: sides.both for name, sides in found.items()}
    known = [state for state in states.values() if state is not None]
    joined, total = sum(known), len(states)
    more: dict[str, Any] = {"n_used": len(known), "n_eligible": total, "of": "initiatives"}
    if total:
        more |= {"lower": joined / total, "upper": (joined + total - len(known)) / total}
    if not known:
        return undefined("missing_input", "no initiative has both sides known", **more)
    return Result(
        value=joined / len(known),
        **more,
        contributing=tuple(name for name, state in states.items() if state),
    )


def _is_one_of(dataset: Dataset, actor: str, types: set[str]) -> bool | None:
    """Whether an actor is of one of these types; ``None`` if its type is not known."""
    record = dataset.find(actor, Actor)
    return None if record is None or record.type is None else record.type.code in types


class _Sides:
    """On which sides of an initiative local governments stand for certain, and may stand."""

    def __init__(self) -> None:
        self.certain: set[str] = set()
        self.possible: set[str] = set()
        self.known = False

    def add(self, side: str | None, local: bool | None) -> None:
        """Takes a participant: its side, and whether it is a local government."""
        placed = side not in (None, "unknown")
        self.known = self.known or placed
        if local is not False:
            on = BOTH if side == "both" or not placed else BOTH & {str(side)}
            self.possible |= on
            if local and placed:
                self.certain |= on

    @property
    def both(self) -> bool | None:
        """Whether they stand on both; ``None`` while a side is not known."""
        if not self.known or self.possible - self.certain:
            return None
        return self.certain == BOTH


def _in_force(relation: Participates, as_of: Day | None) -> bool:
    """Whether a participation holds on a day; one without a known period is kept."""
    if as_of is None or relation.period is None:
        return True
    import datetime

    day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return relation.period.covers(day) is not False

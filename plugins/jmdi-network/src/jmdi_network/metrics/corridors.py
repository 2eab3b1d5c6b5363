"""Corridors: which countries of origin and destination initiatives join."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias

import jmdi
from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.graph.pairs import edge_states
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.metrics.types import Counts
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Initiative

__all__ = ["alignment", "concentration", "effective_number", "matrix"]

Shares: TypeAlias = Mapping[tuple[str, str], float] | Mapping[str, Mapping[str, float]]
"""Numbers by pair of places, or by origin and then destination."""


COMPLETE = "; over initiatives whose participants are all recorded"
OPEN = "no list of participants is complete"


@frozen
class _Corridors:
    """How much each corridor counts.

    Attributes:
        on_record: By the initiatives on record.
        known: By those of which all participants are recorded.
        doubtful: The corridors of which it is not known who is on both sides at the time.
        initiatives: How many initiatives there are; ``None`` for a network without records.
        settled: Whether nothing is unknown, so that both are the same and certain.
        basis: The members that all Results share.
    """

    on_record: dict[tuple[str, str], float]
    known: dict[tuple[str, str], float]
    doubtful: set[tuple[str, str]]
    initiatives: int | None
    settled: bool
    basis: dict[str, Any]

    def result(
        self,
        value: Callable[[Mapping[tuple[str, str], float]], float],
        lowest: float,
        highest: float | None,
        **more: Any,
    ) -> Result:
        """The value over what is known, in bounds that whoever is missing may carry it to."""
        if not self.on_record:
            why = "no initiative has both sides known"
            return undefined("missing_input", why, **self.basis, **more)
        if self.settled:
            return Result(value=value(self.on_record), **self.basis, **more)
        return Result(
            value=value(self.known) if self.known else None,
            why="" if self.known else OPEN,
            lower=lowest,
            upper=highest,
            **self.basis,
            **more,
        )


def _corridors(network: Network, count: str, closed_world: bool) -> _Corridors:
    """The corridors, and those of initiatives whose participants are all recorded."""
    joins: dict[tuple[str, str], list[str]] = {}
    counts: dict[tuple[str, str], float] = {}
    names: Any = network.edge_attributes.get("initiatives", [()] * network.n_edges)
    column: Any = network.edge_attributes.get(count, network.weight)
    states = edge_states(network)
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if states is not None and states[edge] != "present":
            continue
        pair = network.nodes[i], network.nodes[j]
        value = 1.0 if column is None else math.nan if column[edge] is None else column[edge]
        counts[pair] = counts.get(pair, 0.0) + float(value)
        joins.setdefault(pair, []).extend(names[edge])
    counts = {pair: counts[pair] for pair in sorted(counts)}
    doubtful = {pair for pair, value in counts.items() if math.isnan(value)}
    basis = _about(network.notes, len(counts))
    if network.dataset is None:
        if doubtful:
            why = f"the counts of {len(doubtful)} of {len(counts)} corridors are not known"
            raise UndefinedResult("missing_input", why)
        return _Corridors(counts, counts, doubtful, None, True, basis)
    parts = count == "fractional"
    every = list(network.dataset.of(Initiative))
    complete = {i.id for i in every if absence_counts(i, closed_world=closed_world)}
    complete -= {name for pair in doubtful for name in joins[pair]}
    each = Counter(name for found in joins.values() for name in found)
    for pair in doubtful:  # what is on record is part of it
        counts[pair] = (
            _added((each[name], 1) for name in joins[pair]) if parts else len(joins[pair])
        )
    known = {
        pair: _added((each[n], 1) for n in found) if parts else len(found)
        for pair in counts
        if (found := [name for name in joins[pair] if name in complete])
    }
    unknown = ("unknown_sides", "unknown_places")
    settled = (
        all(absence_counts(initiative, closed_world=False) for initiative in every)
        and not (doubtful or network.unobserved)
        and not any(network.notes.get(name) for name in unknown)
    )
    basis["n_used"] = sum(name in complete for name in each)
    basis["n_eligible"] = len(every)
    return _Corridors(counts, known, doubtful, len(every), settled, basis)


def _added(parts: Iterable[tuple[int, int]]) -> float:
    """The sum of n parts of a k-th each, rounded once.

    Args:
        parts: k and n of each.
    """
    from fractions import Fraction

    return float(sum(Fraction(n, k) for k, n in parts))


def count_in_tables(
    network: Any, *, closed_world: bool, count: str = "whole", **parameters: object
) -> Counts:
    """The corridors that an engine counted, of which everything is known."""
    found: dict[bool, dict[tuple[str, str], dict[int, int]]] = {True: {}, False: {}}
    for row in network.counts(closed_world):
        pair = row["origin"], row["destination"]
        for complete in (False, True) if row["complete"] else (False,):
            sizes = found[complete].setdefault(pair, {})
            sizes[row["k"]] = sizes.get(row["k"], 0) + row["n"]

    def of(count: str) -> _Corridors:
        on_record, known = (
            {
                pair: _added(sizes.items()) if count == "fractional" else float(sum(sizes.values()))
                for pair, sizes in sorted(found[complete].items())
            }
            for complete in (False, True)
        )
        basis = _about(network.notes, len(on_record))
        basis |= {"n_used": network.n_used(closed_world), "n_eligible": network.n_initiatives}
        unknown = network.notes["unknown_sides"] or network.notes["unknown_places"]
        settled = network.n_complete == network.n_initiatives and not unknown
        return _Corridors(on_record, known, set(), network.n_initiatives, settled, basis)

    return {"corridors": of(count), "whole": of("whole"), "fractional": of("fractional")}


def _about(notes: Mapping[str, Any], corridors: int) -> dict[str, Any]:
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
    used = notes.get("initiatives", corridors)
    lost = notes.get("without_both_sides", 0)
    said = {name: notes[name] for name in names if name in notes}
    return {"notes": said, "n_used": used, "n_eligible": used + lost, "of": "initiatives"}


@jmdi.metric(
    "network:corridor-matrix",
    "Corridor matrix",
    on="corridors",
    value_is="counts of initiatives",
    citation="jmdi",
    convention="whole and fractional counts side by side; over initiatives whose participants are "
    "all recorded",
    bounds="corridors are counted from initiatives, not from pairs",
    count="jmdi_network.metrics.corridors:count_in_tables",
    finish="jmdi_network.metrics.corridors:matrix_of",
)
def matrix(network: Network, *, closed_world: bool = False) -> Result:
    """Initiatives between each country of origin and of destination, whole and fractional.

    Those with a participant on the side of origin in one country and on that of destination in
    another; the notes have both totals. Where not all participants are recorded, the counts on
    record are the lowest that there can be.

    Args:
        network: The network.
        closed_world: Whether lists of participants are read as complete.
    """
    counts = {name: _corridors(network, name, closed_world) for name in ("whole", "fractional")}
    return matrix_of(counts, closed_world=closed_world)


def matrix_of(counts: Counts, *, closed_world: bool) -> Result:
    """The matrix, from whole and fractional corridors."""
    whole, fractional = counts["whole"], counts["fractional"]
    if not whole.on_record:
        return undefined("missing_input", "no initiative has both sides known", **whole.basis)
    certain = whole.settled or closed_world
    most = whole.initiatives or 0
    values, bounds = {}, {}
    for (o, d), number in whole.on_record.items():
        name, shared = f"{o} → {d}", fractional.on_record[o, d]
        known = certain and (o, d) not in whole.doubtful
        parts = certain and (o, d) not in fractional.doubtful
        values[name] = {"whole": number if known else None, "fractional": shared if parts else None}
        bounds[name] = {
            "whole": (number, number if known else most),
            "fractional": (shared, shared) if parts else (0, most),
        }
    if certain and not (whole.doubtful or fractional.doubtful):
        return Result(values=values, **whole.basis)
    return Result(values=values, bounds=bounds, **whole.basis)


def _sizes(counts: Mapping[tuple[str, str], float]) -> Any:
    """The shares of the corridors, float64."""
    import numpy as np

    sizes = np.array([x for x in counts.values() if x > 0], np.float64)
    return sizes / sizes.sum()


@jmdi.metric(
    "network:corridor-concentration",
    "Corridor concentration",
    on="corridors",
    range=(0, 1),
    value_is="Herfindahl-Hirschman index",
    citation="Hirschman 1964",
    convention=lambda count: f"{count} counts{COMPLETE}",
    bounds="corridors are counted from initiatives, not from pairs",
    count="jmdi_network.metrics.corridors:count_in_tables",
    finish="jmdi_network.metrics.corridors:concentration_of",
)
def concentration(
    network: Network,
    *,
    count: Literal["whole", "fractional"] = "whole",
    closed_world: bool = False,
) -> Result:
    """Sum of squared shares of the corridors (Herfindahl-Hirschman).

    Over initiatives of which all participants are recorded; others may be in any corridor.

    Args:
        network: The network.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
        closed_world: Whether lists of participants are read as complete.
    """
    return concentration_of({"corridors": _corridors(network, count, closed_world)})


def concentration_of(counts: Counts, **parameters: object) -> Result:
    """The concentration, from the corridors."""
    found: _Corridors = counts["corridors"]
    return found.result(lambda counts: float((_sizes(counts) ** 2).sum()), 0, 1)


@jmdi.metric(
    "network:corridor-effective-number",
    "Effective number of corridors",
    on="corridors",
    range=(1, None),
    value_is="effective number",
    citation="Hill 1973",
    convention=lambda count: f"{count} counts{COMPLETE}",
    bounds="corridors are counted from initiatives, not from pairs",
    count="jmdi_network.metrics.corridors:count_in_tables",
    finish="jmdi_network.metrics.corridors:effective_number_of",
)
def effective_number(
    network: Network,
    *,
    count: Literal["whole", "fractional"] = "whole",
    closed_world: bool = False,
) -> Result:
    """The number of equal corridors that would be as diverse: exp(-sum p ln p) of their shares.

    Over initiatives of which all participants are recorded; others may be in any corridor.

    Args:
        network: The network.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
        closed_world: Whether lists of participants are read as complete.
    """
    return effective_number_of({"corridors": _corridors(network, count, closed_world)})


def effective_number_of(counts: Counts, **parameters: object) -> Result:
    """The effective number, from the corridors."""
    from jmdi_network.kernels.mixing import diversity

    found: _Corridors = counts["corridors"]
    return found.result(lambda counts: float(diversity(_sizes(counts)[None, :])[1][0]), 1, None)


@jmdi.metric(
    "network:corridor-alignment",
    "Corridor alignment",
    on="corridors",
    range=(0, 1),
    value_is="dissimilarity",
    citation="Duncan & Duncan 1955 for the index; its use here: jmdi",
    convention=lambda count: f"{count} counts; corridors without a share have 0 migrants{COMPLETE}",
    bounds="corridors are counted from initiatives, not from pairs",
    count="jmdi_network.metrics.corridors:count_in_tables",
    finish="jmdi_network.metrics.corridors:alignment_of",
)
def alignment(
    network: Network,
    *,
    shares: Shares,
    count: Literal["whole", "fractional"] = "whole",
    closed_world: bool = False,
) -> Result:
    """Dissimilarity of initiatives' and migrants' shares of corridors.

    Half the sum of absolute differences; 0 for the same shares, 1 for none in common. Over
    initiatives of which all participants are recorded; others may be in any corridor. ``values``
    is of the initiatives on record.

    Args:
        network: The network.
        shares: Migrant stock or its share by (origin, destination), or by origin and then
            destination; each is divided by their sum.
        count: ``whole``: 1 for each of an initiative's corridors; ``fractional``: 1 shared among
            them.
        closed_world: Whether lists of participants are read as complete.
    """
    return alignment_of({"corridors": _corridors(network, count, closed_world)}, shares=shares)


def alignment_of(counts: Counts, *, shares: Shares, **parameters: object) -> Result:
    """The alignment, from the corridors."""
    given = _pairs(shares)
    found: _Corridors = counts["corridors"]
    on_record, more = found.on_record, found.basis
    more["notes"] = {
        **more["notes"],
        "corridors_without_share": [f"{o} → {d}" for o, d in on_record if (o, d) not in given],
    }
    total, stock = sum(on_record.values()), sum(given.values())
    if not total:
        return undefined("missing_input", "no initiative has both sides known", **more)
    if not stock:
        return undefined("missing_input", "all shares are 0", **more)
    if not any(pair in given for pair in on_record):
        return undefined(
            "missing_input",
            "no corridor of the network is among the shares: are places named alike?",
            **more,
        )
    rows = {}
    for o, d in sorted({*on_record, *given}):
        p, q = on_record.get((o, d), 0.0) / total, given.get((o, d), 0.0) / stock
        rows[f"{o} → {d}"] = {"initiatives": p, "migrants": q, "difference": p - q}

    def unlike(used: Mapping[tuple[str, str], float]) -> float:
        whole = sum(used.values())
        pairs = sorted({*used, *given})
        return sum(abs(used.get(x, 0.0) / whole - given.get(x, 0.0) / stock) for x in pairs) / 2

    return found.result(unlike, 0, 1, values=rows)


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

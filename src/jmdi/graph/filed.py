"""A network as a file holds it: an edge for each report, and for each tie not observed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.graph.columns import free_name, record_columns
from jmdi.graph.halves import halves
from jmdi.graph.pairs import edge_states, state_of, unobserved_edges
from jmdi.graph.reducing import like
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = ["filed", "with_unobserved"]


def filed(network: Network) -> Network:
    """The network with edges for all that it knows of its pairs, so that any format can hold it.

    A tie that several actors report is an edge for each of its reports again, with who reported
    it and what; so is the "no" of whoever answered and does not report it. A tie that was not
    observed is an edge of that state. Ties whose weights cancel out are edges of their
    own again; where they are not on record, one whose weight is not known, as 0 would be no tie.
    """
    told = _with_reports(with_unobserved(network))
    return _with_halves(_with_one_strength(_with_what_cancelled(told)))


def with_unobserved(network: Network) -> Network:
    """The network with an edge for each tie that was not observed."""
    pairs = sorted((Counter(network.unobserved_ties) - unobserved_edges(network)).elements())
    if not pairs:
        return network
    m = network.n_edges
    both = {*network.both_ways, *((j, i) for i, j in network.both_ways)}
    rows: list[_Row] = [(e, {}) for e in range(m)]
    for pair in pairs:
        half = {"directed": False} if pair in both else {}
        rows.append((None, {"state": "unobserved", **half}))
    ends = [*zip(network.source, network.target, strict=True), *pairs]
    return _with_edges(network, rows, ends)


def _with_reports(network: Network) -> Network:
    reports: Sequence[Any] = network.edge_attributes.get("reports", ())
    if not any(reports):
        return network
    rows: list[_Row] = []
    for edge, said in enumerate(reports):
        ties = [tie for tie in network.records(edge) if isinstance(tie, Tie)]
        if said is None or not _are_of(said, ties):
            rows.append((edge, {}))
            continue
        columns: dict[str, Any] = record_columns(ties, dict.fromkeys(map(type, ties)))
        cells = {name: column() for name, column in columns.items()}
        for number in range(len(ties)):
            own = {name: column[number] for name, column in cells.items()}
            rows.append((edge, {**own, "weight": said[number][1], **_MADE}))
        same = {name: cells[name][0] for name in _SHARED if name in cells}
        for id, _ in said[len(ties) :]:
            no = {"state": "absent", "reported_by": id, "weight": 0.0}
            rows.append((edge, {**dict.fromkeys(cells), **same, **no, **_MADE}))
    ends = [(network.source[e], network.target[e]) for e, _ in rows if e is not None]
    return _with_edges(network, rows, ends, without=tuple(_MADE))


def _are_of(said: Sequence[tuple[str, float | None]], ties: Sequence[Tie]) -> bool:
    """Whether reports begin with those of these ties; those of merged edges are of several ties."""
    return len(said) >= len(ties) and all(
        tie.reported_by == id and (weight == 0) is (state_of(tie) == "absent")
        for tie, (id, weight) in zip(ties, said, strict=False)
    )


def _with_what_cancelled(network: Network) -> Network:
    """The network in which no tie weighs 0: those that cancel out are apart."""
    states = edge_states(network)
    weights = () if network.weight is None else network.weight
    none = {
        edge
        for edge, weight in enumerate(weights)
        if weight == 0 and (states is None or states[edge] == "present")
    }
    if not none:
        return network
    weigh = network.notes.get("tie_weight", "strength")
    rows: list[_Row] = []
    for edge in range(network.n_edges):
        if edge not in none:
            rows.append((edge, {}))
            continue
        ties = [tie for tie in network.records(edge) if isinstance(tie, Tie)]
        columns: dict[str, Any] = record_columns(ties, dict.fromkeys(map(type, ties)))
        cells = {name: column() for name, column in columns.items()}
        weighed = cells.get(weigh, ())
        if not weighed or None in weighed:
            rows.append((edge, {"weight": None, "strength": None}))
            continue
        for number, amount in enumerate(weighed):
            own = {name: column[number] for name, column in cells.items()}
            rows.append((edge, {**own, "weight": float(amount)}))
    ends = [(network.source[e], network.target[e]) for e, _ in rows if e is not None]
    return _with_edges(network, rows, ends)


def _with_one_strength(network: Network) -> Network:
    """The network whose strengths are what its edges weigh, as a reader takes these for each other.

    An edge that stands for several ties weighs their sum, and its strength is left out. Where the
    projection was told that ties weigh something else, strengths are an attribute
    ``own_strength``.
    """
    strengths = network.edge_attributes.get("strength")
    weight = network.notes.get("tie_weight")
    if strengths is None or weight is None:
        return network
    if weight != "strength":
        return _with_strength_apart(network)
    if network.weight is None:
        return network
    states = network.edge_attributes.get("state", (None,) * network.n_edges)
    wrong = {
        edge
        for edge, (strength, weight) in enumerate(zip(strengths, network.weight, strict=True))
        if strength is not None
        and states[edge] in (None, "present")
        and (isinstance(strength, tuple) or float(strength) != weight)
    }
    if not wrong:
        return network
    rows = [(e, {"strength": None} if e in wrong else {}) for e in range(network.n_edges)]
    return _with_edges(network, rows, list(zip(network.source, network.target, strict=True)))


def _with_strength_apart(network: Network) -> Network:
    """The network with strengths under another name, and with a weight for each tie."""
    columns = {name: network.edge_attributes[name] for name in network.edge_attributes}
    states = edge_states(network) or ("present",) * network.n_edges
    ones = [1.0 if state == "present" else math.nan for state in states]
    columns[free_name("own_strength", columns)] = columns.pop("strength")
    weight = ones if network.weight is None else network.weight
    return like(network, weight=weight, edge_attributes=columns)


def _with_halves(network: Network) -> Network:
    """The network whose edges are marked as one half of a tie both ways only where both are there.

    What was made of a projected network may have lost one half, or may have added other ties to
    it; then each edge stands for itself.
    """
    marks: Sequence[Any] = network.edge_attributes.get("directed", ())
    if not network.directed or False not in marks:
        return network
    twins = halves(network)
    ends = list(zip(network.source, network.target, strict=True))
    alone = {e for e, (i, j) in enumerate(ends) if marks[e] is False and i != j and e not in twins}
    if not alone:
        return network
    rows = [(e, {"directed": None} if e in alone else {}) for e in range(len(ends))]
    return _with_edges(network, rows, ends)


_MADE: Mapping[str, Any] = {"reports": None, "disputed": None}
"""Attributes that a projection makes of several reports; a single report has none."""

_SHARED = ("type", "period", "period.wave")
"""What a report that there is no tie says of it: which one it is."""

_Row = tuple[int | None, Mapping[str, Any]]
"""The edge that a row is made of, if of any, and the values that differ."""


def _with_edges(
    network: Network,
    rows: Sequence[_Row],
    ends: Sequence[tuple[int, int]],
    without: Sequence[str] = (),
) -> Network:
    """The network with other edges: each like an edge of it, but for some values and attributes."""
    names = dict.fromkeys([*network.edge_attributes, *(name for _, own in rows for name in own)])

    def column(name: str, known: Sequence[Any] | None) -> list[Any]:
        return [
            own[name] if name in own else None if e is None or known is None else known[e]
            for e, own in rows
        ]

    weight = None if network.weight is None else column("weight", network.weight)
    return type(network)(
        network.name,
        network.nodes,
        [i for i, _ in ends],
        [j for _, j in ends],
        directed=network.directed,
        weight=None if weight is None else [math.nan if w is None else w for w in weight],
        mode=network.mode,
        unobserved=network.unobserved_ties,
        both_ways=network.both_ways,
        node_attributes=network.node_attributes,
        edge_attributes={
            name: column(name, network.edge_attributes.get(name))
            for name in names
            if name not in without and (name != "weight" or name in network.edge_attributes)
        },
        behind=lambda edge: () if (e := rows[edge][0]) is None else network.records(e),
        dataset=network.dataset,
        model=network._model,
        notes=network.notes,
    )

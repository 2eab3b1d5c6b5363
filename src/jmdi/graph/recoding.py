"""Networks whose ties are read in another way: without direction, or cut at a weight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from jmdi.classes import frozen
from jmdi.graph.numbers import limit
from jmdi.graph.pairs import State, edge_states, opened, ordered
from jmdi.graph.reducing import added_weights, merged, merged_columns, parallel

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = ["SymmetryRule", "dichotomized", "symmetrized"]

SymmetryRule: TypeAlias = Literal["max", "min", "mean", "sum"]
"""How two directions become one: ``min`` asks for a tie in both, the others for one in either."""


def dichotomized(network: N, at: float, above: bool) -> N:
    """See :meth:`jmdi.Network.dichotomize`."""
    at = limit("at", at)

    def reaches(weight: float) -> bool:
        return weight > at if above else weight >= at

    if reaches(0):
        raise ValueError(
            f"a pair without a tie weighs 0, which would be a tie at {at:g}: "
            "give a number above 0, or above=True with 0"
        )
    groups, _ = parallel(network)
    states = edge_states(network)
    disputed = network.edge_attributes.get("disputed", (None,) * network.n_edges)
    weights: Sequence[float] = network.weight or (1.0,) * network.n_edges
    signed = any(weight < 0 for weight in weights)
    open_pairs = set(network.unobserved_ties)
    more = {_pair(network, e) for e, s in enumerate(states or ()) if s == "absent" and disputed[e]}
    kept, unknown, absent = list[list[int]](), list[list[int]](), set[int]()
    tied: set[tuple[int, int]] = set()
    for group in groups:
        edge = group[0]
        state: State = "present" if states is None else states[edge]
        if state == "present":
            pair = _pair(network, edge)
            settled = [e for e in group if disputed[e] is not True]
            counted = settled or group  # what some reports deny does not count beside what none do
            known = [weights[e] for e in counted if not math.isnan(weights[e])]
            all_told = len(known) == len(group) and pair not in open_pairs | more
            reached = reaches(math.fsum(known))
            if (reached and not signed) or (all_told and (settled or not signed)):
                kept += [group] * reached
                tied.update([pair] * reached)
            else:
                unknown.append(group)
        elif state == "absent" and any(disputed[e] is True for e in group):
            absent.add(len(kept))
            kept.append(group)
    pairs, both_ways = opened(network, unknown)
    notes = {"dichotomized": f"weight {'>' if above else '>='} {at:g}"}
    counts = {"ties_of_unknown_weight": len(unknown)} if unknown else {}
    return merged(
        network,
        kept,
        None,
        columns=_stated(network, kept, dict.fromkeys(absent, "absent")),
        unobserved=[*(open_pairs - tied), *pairs],
        both_ways=both_ways,
        notes={**network.notes, **notes, **counts},
    )


def _pair(network: NetworkData, edge: int) -> tuple[int, int]:
    return ordered(network, network.source[edge], network.target[edge])


def _stated(
    network: NetworkData, groups: Sequence[Sequence[int]], said: Mapping[int, State]
) -> dict[str, Any]:
    """The attributes of groups of edges, where the state of some is not what its edges say."""
    columns: dict[str, Any] = dict(merged_columns(network, groups))
    if said:
        states = columns["state"]() if "state" in columns else (None,) * len(groups)
        columns["state"] = [said.get(place, state) for place, state in enumerate(states)]
    return columns


@frozen
class _Side:
    """One direction of a pair.

    Attributes:
        state: Whether it is tied.
        disputed: Whether some reports say that it is not so.
        edges: The edges that say it.
        weight: What its ties weigh together; NaN if nobody knows, 0 if there are none.
    """

    state: State
    disputed: bool = False
    edges: Sequence[int] = ()
    weight: float = 0.0


_NOTHING = _Side("absent")


def symmetrized(network: N, rule: SymmetryRule) -> N:
    """See :meth:`jmdi.Network.symmetrize`."""
    if rule not in get_args(SymmetryRule):
        raise ValueError(f"rule is one of {', '.join(get_args(SymmetryRule))}, not {rule!r}")
    if not network.directed:
        return network
    sides = _sides(network)
    joined: dict[tuple[int, int], _Side] = {}
    one_way = 0
    for i, j in sorted({(min(pair), max(pair)) for pair in sides}):
        ways = {(i, j), (j, i)}  # one of a loop
        both = [sides.get(way, _NOTHING) for way in sorted(ways)]
        joined[i, j] = _joined(both, rule)
        one_way += {side.state for side in both} == {"present", "absent"}
    unobserved = [pair for pair, side in joined.items() if side.state == "unobserved"]
    kept = [
        side
        for side in joined.values()
        if side.state == "present" or (side.state == "absent" and side.disputed)
    ]
    groups = [side.edges for side in kept]
    nought: dict[int, State] = {
        place: side.state for place, side in enumerate(kept) if side.weight == 0
    }
    columns = _stated(network, groups, nought)
    columns.pop("directed", None)
    if "disputed" in columns:
        columns["disputed"] = [side.disputed for side in kept]
    plain = rule in ("max", "min") and added_weights(network, parallel(network)[0]) is None
    counts = {"pairs_with_one_direction": one_way} if one_way else {}
    return merged(
        network,
        groups,
        None if plain else [side.weight for side in kept],
        columns=columns,
        directed=False,
        unobserved=unobserved,
        both_ways=(),
        notes={**network.notes, "symmetrized": rule, **counts},
    )


def _joined(pair: Sequence[_Side], rule: SymmetryRule) -> _Side:
    """The two directions of a pair as one."""
    state = _ruled([side.state for side in pair], rule)
    doubted: list[State] = ["unobserved" if s.disputed else s.state for s in pair]
    told = [side for side in pair if side.state == "present" or state == "absent"]
    return _Side(
        state,
        _ruled(doubted, rule) != state,
        [edge for side in told for edge in side.edges],
        _weight(pair, rule) if state == "present" else 0.0,
    )


def _sides(network: NetworkData) -> dict[tuple[int, int], _Side]:
    """What is known of each ordered pair of nodes of which anything is said."""
    states = edge_states(network)
    groups, _ = parallel(network)
    weights = added_weights(network, groups) or (1.0,) * len(groups)
    said = network.edge_attributes.get("disputed", (None,) * network.n_edges)
    disputed, unseen = set(network.disputed), set(network.unobserved_ties)
    sides = {pair: _Side("unobserved") for pair in network.unobserved}
    for group, weight in zip(groups, weights, strict=True):
        pair = (network.source[group[0]], network.target[group[0]])
        state: State = "present" if states is None else states[group[0]]
        if pair in sides:
            continue
        loop_disputed = pair[0] == pair[1] and all(said[edge] is True for edge in group)
        there = weight if state == "present" else 0.0
        sides[pair] = _Side(
            state,
            pair in disputed or loop_disputed,
            group,
            math.nan if pair in unseen and state == "present" else there,
        )
    return sides


def _ruled(states: Sequence[State], rule: SymmetryRule) -> State:
    """The state of a pair by those of its directions (Kleene's logic)."""
    order: tuple[State, ...] = ("present", "unobserved", "absent")
    if rule == "min":
        order = order[::-1]
    return next(state for state in order if state in states)


def _weight(pair: Sequence[_Side], rule: SymmetryRule) -> float:
    """What a pair weighs; NaN if it depends on what nobody knows.

    A tie is weighed, not its absence: with ``max`` and ``min`` a direction without a tie says
    nothing, so that a negative tie keeps its sign.
    """
    if len(pair) == 1:
        return pair[0].weight
    weights = [math.nan if s.state == "unobserved" else s.weight for s in pair]
    if rule == "sum":
        return math.fsum(weights)
    if rule == "mean":
        return math.fsum(weights) / 2
    there = [w for s, w in zip(pair, weights, strict=True) if s.state != "absent"]
    if any(map(math.isnan, there)):
        return math.nan
    return max(there) if rule == "max" else min(there)

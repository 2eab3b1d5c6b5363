"""Which pairs of nodes of a network are tied, and of which nobody knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from jmdi.classes import frozen
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = [
    "STATES",
    "Pairs",
    "State",
    "all_are_ties",
    "disputed_pairs",
    "edge_states",
    "given_pairs",
    "one_answer",
    "opened",
    "ordered",
    "pairs_of",
    "said_states",
    "state_of",
    "unobserved_edges",
    "unobserved_of",
    "unobserved_pairs",
    "unobserved_ties",
]

State: TypeAlias = Literal["present", "absent", "unobserved"]
"""Whether there is a tie, there is none, or nobody knows."""

STATES: tuple[State, ...] = ("present", "unobserved", "absent")
"""From the one that decides about a pair to the one that any other overrules."""

_UNSEEN = frozenset({"unobserved", "unknown"})
"""What a state says where nobody knows whether there is a tie."""

AMOUNTS = ("intensity", "strength")
"""Attributes of which 0 says that there is no tie."""


@frozen
class Pairs:
    """The pairs of different nodes of a network; a pair is one number, ``i * n + j``.

    Attributes:
        n: Number of nodes.
        possible: How many pairs there are; of a directed network, ordered ones.
        tied: Those with a tie; without direction, ``i`` is below ``j``.
        unobserved: Those without a tie of which it is not known whether there is one.
        notes: What was left out, with counts.
    """

    n: int
    possible: int
    tied: set[int]
    unobserved: set[int]
    notes: dict[str, int]

    def ends(self, pairs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The two nodes of each of some pairs."""
        return (divmod(pair, self.n) for pair in pairs)


def pairs_of(network: NetworkData) -> Pairs:
    """The pairs of a network: loops dropped, parallel ties merged.

    What an edge says of its pair is decided by `edge_states`; `Network.unobserved` has the pairs
    that were not observed.
    """
    n = network.n_nodes
    tied: set[int] = set()
    states = edge_states(network)
    absent = loops = 0
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        state = "present" if states is None else states[edge]
        if state != "present":
            absent += 1
        elif i == j:
            loops += 1
        else:
            tied.add(i * n + j if network.directed or i < j else j * n + i)
    unobserved = {i * n + j for i, j in network.unobserved}
    merged = network.n_edges - absent - loops - len(tied)
    notes = {"loops_dropped": loops, "ties_merged": merged}
    more = {"ties_not_present": absent, "pairs_unobserved": len(unobserved)}
    return Pairs(
        n,
        n * (n - 1) // (1 if network.directed else 2),
        tied,
        unobserved,
        notes | {name: count for name, count in more.items() if count},
    )


def state_of(tie: Tie) -> State:
    """Whether a tie is there: what it says, but one of intensity or strength 0 never is."""
    state = None if tie.state is None else tie.state.code
    return _state(state, tie.intensity, tie.strength)


def edge_states(network: NetworkData) -> Sequence[State] | None:
    """What each edge of a network says of its pair; ``None`` when all are ties.

    The attribute ``state`` says ``absent``, or ``unobserved`` or ``unknown``; an edge whose
    intensity or strength is 0 is absent, and so is one whose weight is 0 unless its state says
    ``present``.
    """
    return cast("Sequence[State] | None", network._once(_STATES, lambda: _edge_states(network)))


def said_states(network: NetworkData) -> Sequence[Any] | None:
    """The attribute ``state`` as files have it, for each edge; ``None`` when all are ties.

    A tie keeps what it says itself, which need not be about presence.
    """
    states = edge_states(network)
    if states is None:
        return None
    said = network.edge_attributes.get("state", (None,) * len(states))
    pairs = zip(said, states, strict=True)
    return tuple(old if new == "present" else new for old, new in pairs)


_STATES = "states"
"""Where the cache of a network holds the states of its edges."""


def all_are_ties(network: N) -> N:
    """A new network whose maker knows that all its edges are ties, so that nobody has to look."""
    network._cache[_STATES] = None
    return network


def _edge_states(network: NetworkData) -> list[State] | None:
    nothing: Sequence[object] = (None,) * network.n_edges
    said = network.edge_attributes.get("state", nothing)
    amounts: list[Sequence[object]] = [
        network.edge_attributes.get(name, nothing) for name in AMOUNTS
    ]
    weights: Sequence[object] = nothing if network.weight is None else network.weight
    # Most networks have neither states nor zeros, which these loops find at the speed of C.
    zeros = any(0 in column for column in (*amounts, weights))
    if not (zeros or any(said)):
        return None
    alone: dict[object, State] = {state: _state(state) for state in set(said)}
    states: list[State] = [alone[state] for state in said]
    if zeros:
        for edge, rest in enumerate(zip(weights, *amounts, strict=True)):
            if 0 in rest:
                # What is said to be there may weigh 0: weights of several ties can cancel out.
                counted = rest[1:] if said[edge] == "present" else rest
                states[edge] = _state(said[edge], *counted)
    return None if states.count("present") == len(states) else states


def _state(state: object, *amounts: object) -> State:
    """The state of a tie.

    Any other text than ``absent``, ``unobserved`` and ``unknown``, which say what is not seen as
    a tie, is not about presence, such as a state of a federation, and the edge is a tie; the check
    of ties warns of it (J317). Of several, which an edge has that stands for parallel ones, a tie
    wins over one that was not observed, and that over one that is absent.

    Args:
        state: What it says: a text, several, or ``None``.
        *amounts: Numbers, of which 0 says that there is no tie.
    """
    states = set(state) if isinstance(state, tuple) else {state}
    if states and states <= {"absent", *_UNSEEN}:
        return "absent" if states == {"absent"} else "unobserved"
    nothing = any(amount == 0 and not isinstance(amount, bool) for amount in amounts)
    return "absent" if nothing else "present"


def given_pairs(network: NetworkData) -> Iterable[tuple[int, int]]:
    """The pairs that the maker of a network gave as not observed, in any order."""
    given = network._unobserved
    return given() if callable(given) else given


def unobserved_edges(network: NetworkData) -> Counter[tuple[int, int]]:
    """How many edges of each pair have the state ``unobserved``, loops left out."""
    states = edge_states(network) or ()
    ends = zip(network.source, network.target, states, strict=bool(states))
    return Counter(ordered(network, i, j) for i, j, s in ends if s == "unobserved" and i != j)


def unobserved_ties(network: NetworkData) -> tuple[tuple[int, int], ...]:
    """The pair of each tie of which nobody knows whether it is there, sorted, loops left out.

    An edge whose state is ``unobserved`` may be among those that the maker gave.
    """
    given = Counter(ordered(network, i, j) for i, j in given_pairs(network) if i != j)
    return tuple(sorted((given | unobserved_edges(network)).elements()))


def unobserved_pairs(network: NetworkData) -> tuple[tuple[int, int], ...]:
    """The pairs without a tie that were not observed, sorted, loops left out."""
    found = set(network.unobserved_ties)
    # Most networks have none, and their edges are not looked at.
    if not found:
        return ()
    states = edge_states(network)
    for number, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if states is None or states[number] == "present":
            found.discard(ordered(network, i, j))
    return tuple(sorted(found))


def disputed_pairs(network: NetworkData) -> tuple[tuple[int, int], ...]:
    """The pairs of which some reports say that they are tied and some not, sorted.

    An edge whose attribute ``disputed`` is true may not be there, or may be there though its
    state is ``absent``. A pair with another tie is tied.

    Args:
        network: The network.
    """
    said = network.edge_attributes.get("disputed", ())
    if True not in said:
        return ()
    states = edge_states(network)
    disputed, settled = set(), set()
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if said[edge] is True:
            disputed.add(ordered(network, i, j))
        elif states is None or states[edge] == "present":
            settled.add(ordered(network, i, j))
    return tuple(sorted((i, j) for i, j in disputed - settled if i != j))


def one_answer(
    network: NetworkData, given: Iterable[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The open pairs of a directed network that are tied both ways or not at all, sorted.

    What left both of their directions open is a tie without a direction, and nothing else is.

    Args:
        network: The network; an edge whose attribute ``directed`` is false is one half of a tie
            that goes both ways.
        given: Pairs of node indices of which the maker of the network knows it, in any order.
    """
    open_ = {*network.unobserved, *network.disputed} if network.directed else set()
    if not open_:
        return ()
    found = {(min(pair), max(pair)) for pair in given}
    alone = {(min(pair), max(pair)) for pair in given_pairs(network)} - found
    halves = network.edge_attributes.get("directed", (None,) * network.n_edges)
    disputed = network.edge_attributes.get("disputed", halves)
    states = edge_states(network)
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        unseen = states is not None and states[edge] == "unobserved"
        if (i, j) in open_ and (unseen or disputed[edge] is True):
            (found if halves[edge] is False else alone).add((min(i, j), max(i, j)))
    both = ((i, j) for i, j in found - alone if {(i, j), (j, i)} <= open_)
    return tuple(sorted(both))


def opened(
    network: NetworkData, groups: Iterable[Sequence[int]]
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """What becomes of a network when of some ties nobody knows any more whether they are there.

    Args:
        network: The network.
        groups: The ties, by the indices of the edges of each.

    Returns:
        Their pairs, and all pairs that are tied both ways or not at all.
    """
    halves = network.edge_attributes.get("directed", (None,) * network.n_edges)
    pairs = []
    both, alone = set(network.both_ways), set[tuple[int, int]]()
    for group in groups:
        i, j = network.source[group[0]], network.target[group[0]]
        pairs.append((i, j))
        as_one = all(halves[edge] is False for edge in group)
        (both if as_one else alone).add((min(i, j), max(i, j)))
    return pairs, both - alone


def ordered(network: NetworkData, i: int, j: int) -> tuple[int, int]:
    """A pair of nodes by their indices; without direction the smaller one comes first."""
    return (i, j) if network.directed or i < j else (j, i)


def unobserved_of(
    ties: Iterable[Tie],
    index: Mapping[str, int],
    *,
    directed: bool,
    one_way: Collection[bool | None],
) -> Iterator[tuple[int, int]]:
    """The pairs of nodes of which ties say that nobody knows about them.

    Args:
        ties: The ties, whatever their state.
        index: The index of each node by its id; ties with another end are passed over.
        directed: Whether the network is directed, so that a tie both ways is two pairs.
        one_way: Which values of `Tie.directed` mean from source to target only.
    """
    for tie in ties:
        i, j = index.get(tie.source), index.get(tie.target)
        if i is not None and j is not None and i != j:
            yield i, j
            if directed and tie.directed not in one_way:
                yield j, i

"""Parts of a network by who is near whom: an ego network, the largest component, no isolates.

They follow the ties that there are. Where a pair that was not observed might add a node, the node
is counted in the notes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from jmdi.graph.reducing import like, subnetwork

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = ["Direction", "ego", "largest_component", "without_isolates"]

Direction: TypeAlias = Literal["any", "out", "in"]
"""Which ties are followed: whatever their direction, from source to target, or back."""

Pairs: TypeAlias = Iterable[tuple[int, int]]


def ego(network: N, node: str, steps: int, direction: Direction) -> N:
    """See :meth:`jmdi.Network.ego`."""
    if isinstance(steps, bool) or not isinstance(steps, Integral) or steps < 0:
        raise ValueError(f"steps are a whole number, 0 or more, not {steps!r}")
    if direction not in get_args(Direction):
        raise ValueError(f"direction is one of {', '.join(get_args(Direction))}, not {direction!r}")
    start = network.place(node)
    ties = list(network._ties())
    sure = _within(start, steps, _near(network, ties, direction))
    open_ = [*ties, *network.unobserved, *network.disputed]
    possible = _within(start, steps, _near(network, open_, direction))
    notes = {"ego": node, "steps": steps, "direction": direction}
    return _of(network, sure, notes, {"nodes_possibly_near": len(possible) - len(sure)})


def largest_component(network: N) -> N:
    """See :meth:`jmdi.Network.largest_component`."""
    sizes = _components(network, network._ties())
    if not sizes:
        return network
    largest = max(sizes, key=len)  # of several, the one whose first node comes first
    open_ = [*network._ties(), *network.unobserved, *network.disputed]
    joined = _within(min(largest), len(network), _near(network, open_, "any"))
    counts = {
        "components_as_large": sum(len(one) == len(largest) for one in sizes) - 1,
        "nodes_possibly_joined": len(joined) - len(largest),
    }
    return _of(network, largest, {"component": f"{len(largest)} of {len(network)} nodes"}, counts)


def without_isolates(network: N) -> N:
    """See :meth:`jmdi.Network.without_isolates`."""
    tied = {i for pair in network._ties() if pair[0] != pair[1] for i in pair}
    open_ = {i for pair in (*network.unobserved, *network.disputed) for i in pair} - tied
    left_out = len(network) - len(tied) - len(open_)
    counts = {"isolates_unknown": len(open_)}
    return _of(network, tied | open_, {"isolates_left_out": left_out}, counts)


def _of(network: N, nodes: Collection[int], notes: dict[str, Any], counts: dict[str, int]) -> N:
    """The network of some nodes, with notes and those counts that are not 0."""
    made = subnetwork(network, (network.nodes[i] for i in nodes))
    found = {name: count for name, count in counts.items() if count}
    return like(made, notes={**network.notes, **notes, **found})


def _near(network: NetworkData, pairs: Pairs, direction: Direction) -> Sequence[set[int]]:
    """For each node those that a step leads to."""
    near: list[set[int]] = [set() for _ in network.nodes]
    for i, j in pairs:
        if direction != "in" or not network.directed:
            near[i].add(j)
        if direction != "out" or not network.directed:
            near[j].add(i)
    return near


def _within(start: int, steps: int, near: Sequence[set[int]]) -> set[int]:
    found, last = {start}, {start}
    for _ in range(steps):
        last = {other for node in last for other in near[node]} - found
        if not last:
            break
        found |= last
    return found


def _components(network: NetworkData, pairs: Pairs) -> list[set[int]]:
    """The weak components, by their first node."""
    near = _near(network, pairs, "any")
    left = dict.fromkeys(range(len(network)))
    found = []
    while left:
        one = _within(next(iter(left)), len(network), near)
        for node in one:
            del left[node]
        found.append(one)
    return found

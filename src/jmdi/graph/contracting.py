"""The image of a network: one node for each group of nodes, one edge for each pair of groups."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import attrs

from jmdi.classes import define
from jmdi.errors import NotFound
from jmdi.graph.choosing import is_known
from jmdi.graph.edge_list import columns_of
from jmdi.graph.pairs import edge_states, ordered
from jmdi.graph.reducing import parallel, simple
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = ["ImageWeight", "contracted"]

ImageWeight: TypeAlias = Literal["sum", "mean", "density"]
"""What an edge of an image weighs: its ties together, the mean over its observed pairs, or the
share of these that is tied."""

By: TypeAlias = str | Mapping[str, object] | Collection[object]


@define
class _Block:
    """The pairs between two groups, or within one.

    Attributes:
        pairs: How many there are.
        weights: The weight of each that is tied; NaN if nobody knows.
        edges: Edges of the network behind them.
        unobserved: How many were not observed.
        disputed: How many are tied, and how many are not, by some of the reports only.
    """

    pairs: int
    weights: list[float] = attrs.field(factory=list)
    edges: list[int] = attrs.field(factory=list)
    unobserved: int = 0
    disputed: list[int] = attrs.field(factory=lambda: [0, 0])

    @property
    def observed(self) -> int:
        return self.pairs - self.unobserved

    @property
    def open(self) -> bool:
        """Whether it may have ties, though none is known for certain."""
        sure = len(self.weights) - self.disputed[0]
        return not sure and bool(self.unobserved + sum(self.disputed))

    def weight(self, what: ImageWeight) -> float:
        """What it weighs; NaN if it depends on what nobody knows."""
        if what == "sum":
            return math.nan if self.unobserved else math.fsum(self.weights)
        if not self.observed:
            return math.nan
        total = len(self.weights) if what == "density" else math.fsum(self.weights)
        return total / self.observed

    def facts(self) -> dict[str, Any]:
        """Its attributes."""
        ties = len(self.weights)
        unsure, more = self.disputed
        return {
            "ties": ties,
            "pairs": self.pairs,
            "unobserved": self.unobserved,
            "density": ties / self.observed if self.observed else None,
            "density_lower": (ties - unsure) / self.pairs,
            "density_upper": (ties + self.unobserved + more) / self.pairs,
        }


def contracted(network: N, by: By, weight: ImageWeight) -> N:
    """See :meth:`jmdi.Network.contract`."""
    if weight not in get_args(ImageWeight):
        raise ValueError(f"weight is one of {', '.join(get_args(ImageWeight))}, not {weight!r}")
    groups = _groups(network, by)
    names = sorted({group for group in groups if group is not None})
    place = {name: number for number, name in enumerate(names)}
    members = [place[group] if group is not None else None for group in groups]
    modes = _modes(network, members, names)
    blocks, left_out = _blocks(network, members, modes)
    shown = {pair: block for pair, block in sorted(blocks.items()) if block.weights or block.open}
    facts = [block.facts() for block in shown.values()]
    columns: dict[str, Any] = {**columns_of(facts)}
    if any(block.open or not block.weight(weight) for block in shown.values()):
        columns["state"] = [_state(block) for block in shown.values()]
        columns["disputed"] = [
            (block.open and not block.unobserved) or None for block in shown.values()
        ]
    notes: dict[str, Any] = {"contracted": by if isinstance(by, str) else "groups as given"}
    if unknown := groups.count(None):
        notes |= {"nodes_of_unknown_group": unknown, "ties_of_unknown_group": left_out}
    behind = list(shown.values())

    def records(edge: int) -> tuple[Record, ...]:
        found = {id(r): r for e in behind[edge].edges for r in network.records(e)}
        return tuple(found.values())

    return type(network)(
        network.name,
        names,
        [i for i, _ in shown],
        [j for _, j in shown],
        directed=network.directed,
        weight=[block.weight(weight) for block in behind],
        mode=modes,
        node_attributes={"size": [members.count(number) for number in range(len(names))]},
        edge_attributes=columns,
        behind=records,
        dataset=network.dataset,
        model=network._model,
        notes={**network.notes, **notes},
    )


def _state(block: _Block) -> str | None:
    if block.weights:
        return "present"
    return "unobserved" if block.unobserved else "absent"


def _groups(network: NetworkData, by: By) -> list[str | None]:
    """The group of each node as text; ``None`` if it is not known.

    Raises:
        NotFound: If there is no such attribute or node; it names the near ones.
        ValueError: If there is not a value for each node.
    """
    values: Collection[object]
    if isinstance(by, str):
        if by not in network.node_attributes:
            raise NotFound("node attribute", by, tuple(network.node_attributes))
        values = network.node_attributes[by]
    elif isinstance(by, Mapping):
        given = cast("Mapping[str, object]", by)
        for node in given:
            network.place(node)
        values = [given.get(node) for node in network.nodes]
    elif isinstance(by, Collection):
        values = by
    else:
        raise TypeError(
            f"by is the name of a node attribute, a mapping by id or a sequence, not {by!r:.40}"
        )
    if len(values) != len(network):
        raise ValueError(f"by has {len(values)} values for {len(network)} nodes")
    return [_text(value) if is_known(value) else None for value in values]


def _text(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole and isinstance(value, float) else str(value)


def _modes(
    network: NetworkData, members: Sequence[int | None], names: Sequence[str]
) -> list[int] | None:
    """The mode of each group of a two-mode network.

    Raises:
        ValueError: If a group has nodes of both modes.
    """
    if network.mode is None:
        return None
    modes: dict[int, int] = {}
    for member, mode in zip(members, network.mode, strict=True):
        if member is not None and modes.setdefault(member, mode) != mode:
            raise ValueError(f"the group {names[member]!r} has nodes of both modes")
    return [modes[number] for number in range(len(names))]


def _possible(sizes: Sequence[int], a: int, b: int, directed: bool) -> int:
    """How many pairs of different nodes there are between two groups, or within one."""
    if a != b:
        return sizes[a] * sizes[b]
    return sizes[a] * (sizes[a] - 1) // (1 if directed else 2)


def _blocks(
    network: NetworkData, members: Sequence[int | None], modes: Sequence[int] | None
) -> tuple[dict[tuple[int, int], _Block], int]:
    """What is known of each pair of groups, and how many tied pairs have a node without one."""
    sizes = [members.count(number) for number in range(len({*members} - {None}))]
    blocks = {
        (a, b): _Block(count)
        for a in range(len(sizes))
        for b in range(0 if network.directed else a, len(sizes))
        if (modes is None or modes[a] != modes[b])
        and (count := _possible(sizes, a, b, network.directed))
    }

    def block(i: int, j: int) -> _Block | None:
        a, b = members[i], members[j]
        if a is None or b is None:
            return None
        return blocks[(a, b) if network.directed or a <= b else (b, a)]

    plain = simple(network)
    states = edge_states(plain)
    disputed, open_ties = set(network.disputed), set(network.unobserved_ties)
    left_out = 0
    for edge, group in enumerate(parallel(network, loops=False)[0]):
        i, j = ordered(plain, plain.source[edge], plain.target[edge])
        found, tied = block(i, j), states is None or states[edge] == "present"
        if found is None:
            left_out += tied
        elif tied:
            weight = 1.0 if plain.weight is None else plain.weight[edge]
            found.weights.append(math.nan if (i, j) in open_ties else weight)
            found.edges += group
            found.disputed[0] += (i, j) in disputed
        else:
            found.disputed[1] += (i, j) in disputed
    for i, j in network.unobserved:
        if found := block(i, j):
            found.unobserved += 1
    return blocks, left_out

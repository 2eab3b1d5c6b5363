"""The layers of a network: its edges by the kind of their tie, or by another attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

from jmdi.errors import NotFound
from jmdi.graph.choosing import with_edges
from jmdi.graph.pairs import edge_states, given_pairs, ordered
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = ["layer", "layers"]

TIE = "tie"
"""The kind of all ties, which says nothing of what they consist of."""


IN_FILE = "kind.attribute"
"""The attribute that has the kind of an edge of a file which could only be read as a tie."""


def layers(network: N, by: str | None) -> dict[str, N]:
    """See :meth:`jmdi.Network.layers`."""
    names = sorted({name for edge in _layers(network, by) for name in edge})
    return {name: layer(network, name, by) for name in names}


def layer(network: N, name: str, by: str | None) -> N:
    """See :meth:`jmdi.Network.layer`."""
    if not isinstance(name, str):
        cure = "several are filter(edges=...), and all layers()"
        raise TypeError(f"a layer is named by one text, not by {name!r:.60}: {cure}")
    found = list(_layers(network, by))
    edges = [edge for edge, names in enumerate(found) if name in names]
    if not edges:
        raise NotFound("layer", name, sorted({name for names in found for name in names}))
    states = edge_states(network)
    given = Counter(ordered(network, *pair) for pair in given_pairs(network))
    if by is None and any(isinstance(r, Tie) for e in edges for r in network.records(e)):
        there = {
            record.id
            for edge in edges
            if states is None or states[edge] == "present"
            for record in network.records(edge)
        }
        given = Counter({pair: _most(network, pair, name, there, given[pair]) for pair in given})
    held = [name in names if names else None for names in found]
    return with_edges(
        network, held, given=given.elements(), count="ties_of_unknown_layer", layer=name
    )


def _most(
    network: NetworkData, pair: tuple[int, int], name: str, there: Container[str], count: int
) -> int:
    """How many of the ties of a pair that were not observed may be of a kind.

    Args:
        network: The network.
        pair: The pair.
        name: The kind.
        there: Ids of the ties of that kind that are there.
        count: How many ties of the pair were not observed.
    """
    if network.dataset is None:
        return count
    a, b = (network.nodes[end] for end in pair)
    ends = ((a, b), (b, a))
    ties = [t for s, e in ends for t in network.dataset.out(s, Tie) if t.target == e]
    if not ties:
        return count
    alike = [tie for tie in ties if tie.type is None or tie.type.code == name]
    return min(count, sum(tie.id not in there for tie in alike))


def _layers(network: NetworkData, by: str | None) -> Iterator[tuple[str, ...]]:
    """The layers of each edge: several if it stands for several ties, none if it is not known.

    Raises:
        NotFound: If there is no such attribute.
    """
    columns, nothing = network.edge_attributes, (None,) * network.n_edges
    if by is not None:
        if by not in columns:
            raise NotFound("edge attribute", by, columns)
        return map(_names, columns[by])
    types, kinds, said = (columns.get(name, nothing) for name in ("type", "kind", IN_FILE))
    return (
        _names(type_) or tuple(kind for kind in _names(kind) if kind != TIE) or _names(own)
        for type_, kind, own in zip(types, kinds, said, strict=True)
    )


def _names(value: Any) -> tuple[str, ...]:
    """The names that a value has; none where it is not known (``None``, NaN)."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(one) for one in values if one is not None and one == one)

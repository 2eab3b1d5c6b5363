"""The two edges that a tie without direction is in a directed network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from jmdi.graph.network_data import NetworkData

__all__ = ["halves"]


def halves(network: NetworkData) -> dict[int, int]:
    """The other half of each edge that is one half of a tie both ways, by index; found once.

    The attribute ``directed`` of both is false, and they are alike in all that they say. What was
    made of a projected network may have lost one half; the other stands for itself then.

    Args:
        network: The network.
    """
    return cast("dict[int, int]", network._once("halves", lambda: _halves(network)))


def _halves(network: NetworkData) -> dict[int, int]:
    marks: Sequence[Any] = network.edge_attributes.get("directed", ())
    found: dict[int, int] = {}
    if not network.directed or False not in marks:
        return found
    columns = list(network.edge_attributes.values())
    if network.weight is not None:
        columns.append(network.weight)
    waiting: dict[tuple[int, int, str], list[int]] = {}
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        if marks[edge] is False and i != j:
            same = repr([column[edge] for column in columns])
            if others := waiting.get((j, i, same)):
                found[edge] = others.pop()
                found[found[edge]] = edge
            else:
                waiting.setdefault((i, j, same), []).append(edge)
    return found

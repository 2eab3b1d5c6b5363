"""Networks made of a network: some parts are other ones, all else is the same."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from jmdi.graph.network import Network
from jmdi_network.arrays import Ints

__all__ = ["altered", "bare", "lazily", "with_edges"]


def altered(network: Network, **parts: Any) -> Network:
    """The network with other parts; it knows no dataset and no records behind its ties.

    Args:
        network: The network.
        **parts: Arguments of `Network`, which are not checked.
    """
    same = {
        "name": network.name,
        "nodes": network.nodes,
        "source": network.source,
        "target": network.target,
        "directed": network.directed,
        "weight": network.weight,
        "mode": network.mode,
        "unobserved": network.unobserved_ties,
        "both_ways": network.both_ways,
        "node_attributes": network.node_attributes,
        "edge_attributes": network.edge_attributes,
        "notes": network.notes,
        "model": network._model,
        "check": False,
    }
    return Network(**{**same, **parts})


def bare(network: Network) -> Network:
    """The network without its dataset and the records behind its ties."""
    if network.dataset is None and network._behind is None:
        return network
    return altered(network)


def with_edges(network: Network, places: Ints, **parts: Any) -> Network:
    """The network with these of its edges, in this order; one may stand there several times.

    Args:
        network: The network.
        places: Indices of edges, int64.
        **parts: Other arguments of `Network` that differ.
    """

    def picked(values: memoryview[Any]) -> array[Any]:
        code = values.format
        return array(code, np.frombuffer(values, code)[places].tobytes() if len(values) else b"")

    return altered(
        network,
        **{
            "source": picked(network.source),
            "target": picked(network.target),
            "weight": None if network.weight is None else picked(network.weight),
            "edge_attributes": lazily(network.edge_attributes, places),
            **parts,
        },
    )


def lazily(
    columns: Mapping[str, Sequence[Any]],
    places: Ints | None = None,
    more: Iterable[Any] = (),
) -> dict[str, Callable[[], Sequence[Any]]]:
    """Columns of attributes, each still made when it is first looked at.

    Args:
        columns: The columns.
        places: Which rows they have, in this order, int64; all by default.
        more: What stands behind the rows in each.
    """
    behind = tuple(more)

    def maker(name: str) -> Callable[[], Sequence[Any]]:
        def make() -> Sequence[Any]:
            column = columns[name]
            rows = column if places is None else map(column.__getitem__, places.tolist())
            return (*rows, *behind)

        return make

    return {name: maker(name) for name in columns}

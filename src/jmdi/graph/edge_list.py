"""A network from a list of edges as a researcher has it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network import Network

__all__ = ["as_weight", "columns_of", "network_of_edges"]


def network_of_edges(
    cls: type[Network],
    edges: Iterable[Sequence[Any] | Mapping[str, Any]],
    *,
    nodes: Iterable[str] | Mapping[str, Mapping[str, Any]],
    directed: bool,
    name: str,
    model: Doer | None,
) -> Network:
    """See :meth:`jmdi.graph.network.Network.from_edges`."""
    index: dict[str, int] = {}
    given = nodes if isinstance(nodes, Mapping) else dict.fromkeys(nodes, None)
    for node in given:
        _place(index, node)
    source, target, weight = array("i"), array("i"), array("d")
    rows: list[Mapping[str, Any]] = []
    weighted = False
    for number, edge in enumerate(edges, start=1):
        a, b, w, attributes = _parts(edge, number)
        source.append(_place(index, a))
        target.append(_place(index, b))
        weighted = weighted or w is not None
        weight.append(math.nan if w is None else as_weight(w, f"edge {number}"))
        rows.append(attributes)
    notes = {}
    if isinstance(given, Mapping) and any(given.values()):
        node_rows: list[Mapping[str, Any]] = [given.get(node) or {} for node in index]
    else:
        node_rows = []
    if weighted and (missing := sum(map(math.isnan, weight))):
        notes["weights_missing"] = missing
    return cls(
        name,
        index,
        source,
        target,
        directed=directed,
        weight=weight if weighted else None,
        node_attributes=columns_of(node_rows),
        edge_attributes=columns_of([_attributes(row) for row in rows]),
        model=model,
        notes=notes,
    )


_NO_ATTRIBUTES: Mapping[str, Any] = {}
_RESERVED = ("source", "target", "weight")


def _parts(edge: Any, number: int) -> tuple[Any, Any, Any, Mapping[str, Any]]:
    """Source, target, weight and attributes of an edge in any of the allowed forms."""
    if isinstance(edge, Mapping):
        if missing := [end for end in ("source", "target") if end not in edge]:
            raise ValueError(f"edge {number} has no {' and no '.join(missing)}")
        return edge["source"], edge["target"], edge.get("weight"), edge
    if isinstance(edge, str) or len(edge) not in (2, 3):
        raise ValueError(
            f"edge {number} must be (source, target), (source, target, weight) or a mapping, "
            f"not {edge!r}"
        )
    source, target, *rest = edge
    return source, target, rest[0] if rest else None, _NO_ATTRIBUTES


def _attributes(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in _RESERVED}


def _place(index: dict[str, int], node: object) -> int:
    if not isinstance(node, str):
        raise TypeError(f"ids of nodes are strings: write {str(node)!r} for {node!r}")
    return index.setdefault(node, len(index))


def as_weight(value: object, what: str) -> float:
    """A weight as a float; NaN is not known.

    Raises:
        TypeError: If it is not a number.
        ValueError: If it is infinite.
    """
    if isinstance(value, (bool, str, bytes)):
        raise TypeError(f"the weight of {what} is not a number: {value!r}")
    try:
        weight = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"the weight of {what} is not a number: {value!r}") from None
    if math.isinf(weight):
        raise ValueError(f"the weight of {what} is {value!r}; it must be finite")
    return weight


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Rows of attributes as columns; what a row does not have is ``None``.

    Raises:
        TypeError: If the name of an attribute is not a string.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"names of attributes are strings, not {name!r}")
    return {name: tuple([row.get(name) for row in rows]) for name in names}

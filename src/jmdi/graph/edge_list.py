"""A network from a list of edges as a researcher has it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from jmdi.model.frozen import EMPTY

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network_data import NetworkData

    Net = TypeVar("Net", bound=NetworkData)

__all__ = ["NO_WEIGHT", "as_id", "as_weight", "columns_of", "network_of_edges", "weights_of"]


def network_of_edges(
    cls: type[Net],
    edges: Iterable[Sequence[Any] | Mapping[str, Any]],
    *,
    nodes: Mapping[str, Mapping[str, Any] | None],
    directed: bool,
    two_mode: bool,
    name: str,
    model: Doer | None,
    notes: Mapping[str, Any] = EMPTY,
) -> Net:
    """See :meth:`jmdi.Network.from_edges`; ``notes`` are those of who read its nodes."""
    index: dict[str, int] = {}
    for node in nodes:
        _place(index, node)
    source, target, weight = array("i"), array("i"), array("d")
    rows: list[Mapping[str, Any]] = []
    weighted = False
    for number, edge in enumerate(edges, start=1):
        a, b, w, attributes = _parts(edge, number)
        source.append(_place(index, a))
        target.append(_place(index, b))
        weighted = weighted or w is not NO_WEIGHT
        known = w is not None and w is not NO_WEIGHT
        weight.append(as_weight(w, f"edge {number}") if known else math.nan)
        rows.append(attributes)
    node_rows: list[Mapping[str, Any]] = []
    if any(nodes.values()):
        node_rows = [nodes.get(node) or {} for node in index]
    mode = None
    if two_mode:
        mode = _modes(list(index), source, target, node_rows)
        node_rows = [{k: v for k, v in row.items() if k != MODE} for row in node_rows]
    missing = sum(map(math.isnan, weight)) if weighted else 0
    return cls(
        name,
        index,
        source,
        target,
        directed=directed,
        weight=weight if weighted else None,
        mode=mode,
        node_attributes=columns_of(node_rows),
        edge_attributes=columns_of([_attributes(row) for row in rows]),
        model=model,
        notes={**notes, **({"weights_missing": missing} if missing else {})},
    )


MODE = "mode"
"""The attribute of a node that says its mode where no edge does."""


def _modes(
    nodes: Sequence[str],
    source: Iterable[int],
    target: Iterable[int],
    rows: Sequence[Mapping[str, Any]],
) -> list[int]:
    """The mode of each node: 0 where it is a source, 1 where it is a target, or as it says.

    Raises:
        ValueError: If a node is both, or nothing says which it is.
    """
    modes: list[int | None] = [row.get(MODE) for row in rows] or [None] * len(nodes)
    for end, mode in ((source, 0), (target, 1)):
        for i in set(end):
            if modes[i] not in (None, mode):
                raise ValueError(
                    f"node {nodes[i]!r} is of both modes: a source is of mode 0, a target of mode "
                    "1; where two things have one name, put something before it, such as "
                    "'event/'"
                )
            modes[i] = mode
    found: list[int] = []
    for node, own in zip(nodes, modes, strict=True):
        if own not in (0, 1):
            raise ValueError(
                f"nothing says of which mode node {node!r} is: it has no edge; give it the "
                f"attribute {MODE!r}, 0 or 1, in nodes="
            )
        found.append(int(own))
    return found


NO_WEIGHT: object = object()
"""Stands for the weight of an edge that says nothing of one; ``None`` is one that is not known."""

_NO_ATTRIBUTES: Mapping[str, Any] = {}
_RESERVED = ("source", "target", "weight")


def _parts(edge: Any, number: int) -> tuple[Any, Any, Any, Mapping[str, Any]]:
    """Source, target, weight and attributes of an edge in any of the allowed forms."""
    if isinstance(edge, Mapping):
        if missing := [end for end in ("source", "target") if end not in edge]:
            raise ValueError(f"edge {number} has no {' and no '.join(missing)}")
        return edge["source"], edge["target"], edge.get("weight", NO_WEIGHT), edge
    if isinstance(edge, str) or len(edge) not in (2, 3):
        raise ValueError(
            f"edge {number} must be (source, target), (source, target, weight) or a mapping, "
            f"not {edge!r}"
        )
    source, target, *rest = edge
    return source, target, rest[0] if rest else NO_WEIGHT, _NO_ATTRIBUTES


def _attributes(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in _RESERVED}


def _place(index: dict[str, int], node: object) -> int:
    return index.setdefault(as_id(node), len(index))


def as_id(node: object) -> str:
    """The id of a node.

    Raises:
        TypeError: If it is not a string.
    """
    if not isinstance(node, str):
        raise TypeError(f"ids of nodes are strings: write {str(node)!r} for {node!r}")
    return node


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


def weights_of(values: Sequence[object]) -> tuple[array[float] | None, int]:
    """The weights of edges, and how many of them are not known.

    Args:
        values: A weight for each edge, ``None`` if it is not known, `NO_WEIGHT` if it has none;
            there are no weights if all have none.
    """
    if all(value is NO_WEIGHT for value in values):
        return None, 0
    unknown = [value is None or value is NO_WEIGHT for value in values]
    rows = enumerate(zip(values, unknown, strict=True), start=1)
    found = (math.nan if lost else as_weight(v, f"edge {number}") for number, (v, lost) in rows)
    return array("d", found), sum(unknown)


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

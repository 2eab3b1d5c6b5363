"""A Network as two data frames, and a Network of data frames."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

from jmdi.errors import NotFound
from jmdi.graph.columns import free_name
from jmdi.graph.edge_list import network_of_edges
from jmdi.graph.filed import with_unobserved
from jmdi.graph.frames import Frame, columns_of_frame, is_column, is_frame, listed
from jmdi.graph.halves import halves
from jmdi.graph.pairs import said_states
from jmdi.graph.table import Table

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network import Network
    from jmdi.graph.network_data import NetworkData

    Net = TypeVar("Net", bound=NetworkData)

__all__ = ["Frames", "Nodes", "frames_of", "network_of_frame", "nodes_of"]

TRUTH = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
"""How frames and tables say whether an edge has a direction."""

ENDS = ("source", "target")

Nodes: TypeAlias = Frame | Iterable[str] | Mapping[str, Mapping[str, Any]]
"""Nodes as a data frame, as ids, or as their attributes by id."""


class Frames(NamedTuple):
    """A network as two tables.

    Attributes:
        nodes: A row for each node: ``id``, ``mode`` in a two-mode network, and its attributes.
        edges: A row for each edge: ``source``, ``target``, ``weight``, ``state`` where it is no
            tie, and its attributes; and one for each tie of which nobody knows whether it is
            there, whose ``state`` is ``unobserved``.
    """

    nodes: Table
    edges: Table


def frames_of(network: Network) -> Frames:
    """See :meth:`jmdi.Network.to_frames`."""
    nodes: dict[str, Sequence[Any]] = {"id": network.nodes}
    if network.mode is not None:
        nodes["mode"] = network.mode
    _add(nodes, network.node_attributes)
    network = with_unobserved(network)
    ends = zip(ENDS, (network.source, network.target), strict=True)
    edges: dict[str, Sequence[Any]] = {name: [network.nodes[i] for i in end] for name, end in ends}
    if network.weight is not None:
        edges["weight"] = [edge.weight for edge in network.edges]
    attributes = dict(network.edge_attributes)
    if (states := said_states(network)) is not None:
        attributes["state"] = states
    _add(edges, attributes)
    return Frames(
        *(Table(columns, zip(*columns.values(), strict=True)) for columns in (nodes, edges))
    )


def _add(columns: dict[str, Sequence[Any]], attributes: Mapping[str, Sequence[Any]]) -> None:
    """Adds attributes to columns; one of a name that is taken gets an underscore."""
    for name, values in attributes.items():
        columns[free_name(name, columns)] = values


def network_of_frame(
    cls: type[Net],
    frame: Frame,
    *,
    source: str,
    target: str,
    weight: str | None,
    nodes: Nodes,
    node_id: str,
    directed: bool,
    two_mode: bool,
    name: str,
    model: Doer | None,
) -> Net:
    """See :meth:`jmdi.Network.from_frame`."""
    notes: dict[str, Any] = {}
    rows, alone = _rows(columns_of_frame(frame), source, target, weight, notes)
    given = {**nodes_of(nodes, node_id, notes)}
    for node in alone:
        given.setdefault(node, {})
    made: dict[str, Any] = {"nodes": given, "directed": directed, "two_mode": two_mode}
    made |= {"name": name, "model": model, "notes": notes}
    network = network_of_edges(cls, rows, **made)
    back = _other_halves(network, rows) if directed else []
    if not back:
        return network
    notes["ties_both_ways"] = len(back)
    return network_of_edges(cls, [*rows, *back], **made)


def _rows(
    columns: dict[str, list[Any]],
    source: str,
    target: str,
    weight: str | None,
    notes: dict[str, Any],
) -> tuple[list[dict[str, Any]], list[str]]:
    """Edges as mappings, and the nodes that a row names alone.

    Raises:
        NotFound: If there is no such column; it names the near ones.
        ValueError: If both ends are one column.
    """
    for wanted in (source, target, *([weight] if weight is not None else [])):
        if wanted not in columns:
            raise NotFound("column", wanted, tuple(columns))
    if source == target:
        raise ValueError(f"source and target are one column, {source!r}: name both")
    named = columns.pop(source), columns.pop(target)
    if "directed" in columns:
        marks = enumerate(columns["directed"], start=1)
        columns["directed"] = [_direction(mark, row) for row, mark in marks]
    weights = columns.pop("weight" if weight is None else weight, None)
    for taken in (*ENDS, "weight"):
        if taken in columns:
            columns[f"{taken}_"] = columns.pop(taken)
    if weights is not None:
        columns["weight"] = weights
    if "reports" in columns:
        columns["reports"] = [_reports(said) for said in columns["reports"]]
    if any(columns.get("reported_by", ())):
        notes["reported_by"] = (
            "each report is an edge; Dataset.from_tables({'tie': frame}) makes one tie of them"
        )
    rows: list[dict[str, Any]] = []
    alone: list[str] = []
    for number, (a, b, *cells) in enumerate(zip(*named, *columns.values(), strict=True), start=1):
        if a is not None and b in (None, "") and not any(cell not in (None, "") for cell in cells):
            alone.append(_id(a, number, source, notes))
            continue
        ends = {"source": _id(a, number, source, notes), "target": _id(b, number, target, notes)}
        rows.append({**dict(zip(columns, cells, strict=True)), **ends})
    return rows, alone


def _direction(mark: Any, row: int) -> bool | None:
    """Whether an edge has a direction, as a cell says it: a truth value, 0 or 1, or its word.

    Raises:
        ValueError: If it says anything else.
    """
    said = TRUTH.get(str(mark).strip().lower()) if isinstance(mark, str | int | float) else None
    if said is None and mark is not None and mark != "":
        raise ValueError(
            f"row {row}, column 'directed': true or false, not {mark!r:.60}; rename the column if "
            "it says anything else"
        )
    return said


def _other_halves(network: NetworkData, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The way back of each edge that goes both ways, where no row has it."""
    marks: Sequence[Any] = network.edge_attributes.get("directed", ())
    twins = halves(network)
    return [
        {**row, "source": row["target"], "target": row["source"]}
        for edge, (row, mark) in enumerate(zip(rows, marks, strict=bool(marks)))
        if mark is False and edge not in twins and row["source"] != row["target"]
    ]


def _id(value: Any, row: int, column: str, notes: dict[str, Any]) -> str:
    """An id as text; whole numbers are counted in the notes.

    Raises:
        ValueError: If it is missing.
        TypeError: If it is neither text nor a whole number.
    """
    if isinstance(value, str) and value.strip():
        return value
    if value is None or isinstance(value, str):
        raise ValueError(
            f"row {row} has no {column}: fill it in or leave the row out; a row with a source and "
            "nothing else is a node without an edge"
        )
    # pandas makes floats of whole numbers where one of the column is missing.
    whole = value.is_integer() if isinstance(value, float) else isinstance(value, int)
    if not whole or isinstance(value, bool):
        raise TypeError(
            f"row {row}, column {column!r}: an id is text or a whole number, not {value!r}"
        )
    notes["ids_made_text"] = notes.get("ids_made_text", 0) + 1
    return str(int(value))


def nodes_of(
    nodes: Nodes, node_id: str, notes: dict[str, Any]
) -> Mapping[str, Mapping[str, Any] | None]:
    """The attributes of each node by its id; ``None`` if it has none.

    Args:
        nodes: A data frame, ids, or attributes by id.
        node_id: The column of a frame that has the ids.
        notes: Where ids are counted that are whole numbers.

    Raises:
        NotFound: If a frame has no column of ids.
        ValueError: If an id is duplicated.
    """
    given = cast("Any", nodes)
    if isinstance(given, Mapping) and all(
        one is None or isinstance(one, Mapping) for one in given.values()
    ):
        return given
    if is_column(given):
        given = listed(given)
    if not is_frame(given):
        given = list(given)  # ids, or rows
        if not any(isinstance(one, Mapping) for one in given):
            return dict.fromkeys(given)
    columns = columns_of_frame(given)
    if node_id not in columns:
        raise NotFound("column", node_id, tuple(columns), of="the table of nodes")
    column = enumerate(columns.pop(node_id), start=1)
    ids = [_id(value, row, node_id, notes) for row, value in column]
    found: dict[str, dict[str, Any]] = {}
    for row, (node, *values) in enumerate(zip(ids, *columns.values(), strict=True), start=1):
        if node in found:
            raise ValueError(f"row {row} of the nodes: the id {node!r} is duplicated")
        found[node] = dict(zip(columns, values, strict=True))
    return found


def _reports(said: Any) -> Any:
    """Who reported an edge and what, which a frame may hold as JSON."""
    if isinstance(said, str):
        try:
            said = json.loads(said)
        except ValueError:
            return None
    return tuple(tuple(one) for one in said) if said is not None else None

"""A Network as a draft, for formats with one label for a vertex and one value for a tie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from jmdi import Network
from jmdi.files.graphs.columns import Column, Report, edge_columns, node_columns, unique
from jmdi.graph.filed import filed
from jmdi.graph.halves import halves
from jmdi.graph.pairs import edge_states
from jmdi_networkfiles.drafts import MISSING, Draft, Layer

__all__ = ["Labels", "draft_of", "figure", "labelled", "telling", "told"]

Labels = Literal["name", "id"]
"""What is the label of a vertex: its name, or its id."""

KINDS = "tie-kind:"
"""What stands before a kind of tie of the core."""


def draft_of(network: Network, labels: Labels, report: Report) -> Draft:
    """What a network says, as files of other programs can.

    The label of a node is its name, or its id where it has none; of several with one label the
    second has ``_2`` behind it. Nodes of the first mode come first. Edges of one kind are a
    layer. A pair that was not observed is a tie without value of the state `MISSING`; an edge
    that says that there is no tie is left out, unless it weighs 0. The two halves of a tie both
    ways are one.

    Args:
        network: The network.
        labels: What is the label of a node.
        report: Where what could not be written as it is goes.
    """
    network = filed(network)
    mode = network.mode
    order = (
        range(network.n_nodes) if mode is None else sorted(range(len(mode)), key=mode.__getitem__)
    )
    place = {node: vertex for vertex, node in enumerate(order)}
    draft = Draft(size=network.n_nodes, first=None if mode is None else list(mode).count(0))
    names, columns = labelled(network, node_columns(network, report))
    if labels == "id":
        names = network.nodes
    draft.labels = dict(enumerate(unique(_on_one_line(names[node]) for node in order)))
    for column in columns:
        if not _is_known(column, mode):
            values = {place[k]: v for k, v in enumerate(column.values) if v is not None}
            draft.columns[column.name] = values
    draft.layers = _layers(network, place, report)
    return draft


def labelled(network: Network, columns: Sequence[Column]) -> tuple[Sequence[str], list[Column]]:
    """The label of each node, its name or else its id, and the columns that say other things.

    Args:
        network: The network.
        columns: The attributes of its nodes.
    """
    own = next((c for c in columns if c.name == "label" and c.type == "string"), None)
    labels = [(own and own.text(node)) or id for node, id in enumerate(network.nodes)]
    return labels, [column for column in columns if column is not own]


def told(network: Network, report: Report) -> tuple[list[str], list[Column], list[Column]]:
    """What a format says of nodes and edges that it tells apart by their labels.

    Args:
        network: The network, as `filed` gives it.
        report: Where what could not be written as it is goes.

    Returns:
        The label of each node, each once; the columns of the nodes; those of the edges.
    """
    names, nodes = labelled(network, telling(node_columns(network, report), "actor"))
    return unique(names), nodes, telling(edge_columns(network, report), "tie")


def figure(number: float) -> str:
    """A number as plain decimal text, without an exponent and without ``.0``."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(float(number))), "f")


def telling(columns: Sequence[Column], usual: str) -> list[Column]:
    """The columns that say what a reader does not know without them.

    A strength that is the weight is said once, and a kind only where it is not the usual one.

    Args:
        columns: The attributes of nodes or of edges.
        usual: The kind that nodes or edges are read as.
    """
    weight = next((column.values for column in columns if column.name == "weight"), None)
    return [
        column
        for column in columns
        if not (column.name == "kind" and set(column.values) <= {usual, None})
        and not (column.name == "strength" and weight is not None and column.values == weight)
    ]


def _is_known(column: Column, mode: Sequence[int] | None) -> bool:
    """Whether a column says what a reader knows: the modes, names, and that all are actors."""
    if column.name == "kind":
        return set(column.values) <= {"actor"}
    return column.name.startswith("names.") or (column.name == "mode" and mode is not None)


def _on_one_line(name: str) -> str:
    return " ".join(name.split()) if any(c in name for c in "\r\n\v\f\x85\u2028\u2029") else name


def _layers(network: Network, place: dict[int, int], report: Report) -> list[Layer]:
    """The edges by kind and direction, in the order in which the first of each comes."""
    columns = {column.name: column for column in edge_columns(network, report)}
    kinds, types = columns.get("kind"), columns.get("type")
    label, wave = columns.get("label"), columns.get("period.wave")
    states = edge_states(network)
    twins = halves(network)
    layers: dict[tuple[str, bool], Layer] = {}
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        twin = twins.get(edge)
        if twin is not None and twin < edge:
            continue
        weight = None if network.weight is None else network.weight[edge]
        state = "present" if states is None else states[edge]
        if state == "absent" and weight != 0:
            continue
        type = (types.text(edge) if types else None) or ""
        kind = (kinds.text(edge) if kinds else None) or "tie"
        name = type.removeprefix(KINDS) or ("" if kind == "tie" else kind)
        directed = network.directed and twin is None
        layer = layers.setdefault((name, directed), Layer(_on_one_line(name), directed))
        more: dict[str, Any] = {}
        if label is not None and (text := label.text(edge)):
            more["label"] = _on_one_line(text)
        if wave is not None and wave.values[edge] is not None:
            more["period.wave"] = wave.values[edge]
        value = figure(weight) if weight is not None and math.isfinite(weight) else None
        if state == "unobserved":
            value = MISSING
        layer.add(place[i], place[j], value, edge, more)
    return list(layers.values())

"""Vertices and ties of a draft as records: actors and ties, as those of any graph file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jmdi import Record, Severity
from jmdi.files.graphs.records import GraphReader
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.drafts import MISSING, Draft, Layer

__all__ = ["records_of"]


def records_of(draft: Draft, context: ImportContext) -> Iterator[Record]:
    """The records of a network: its vertices, then its ties.

    The id of a vertex is its label, or its number where it has none; vertices with one label
    have their number behind it. The name of a layer is the kind of its ties, a number of the file
    their strength, and a value that is missing a tie that was not observed. Where some ties have
    a value, one without has 1, as all these formats say. In a network of two modes the own
    attribute ``mode`` is 0 or 1.

    Args:
        draft: The network.
        context: Options, and where problems go.
    """
    reader = GraphReader(context)
    ids = _ids(draft, reader)
    second = context.options.get("second", "actor")
    for vertex, identity in enumerate(ids):
        values: dict[str, Any] = {
            name: column[vertex] for name, column in draft.columns.items() if vertex in column
        }
        if draft.first is not None:
            values = {"mode": int(vertex >= draft.first), **values}
            if vertex >= draft.first and second != "actor":
                values["kind"] = second
        if vertex in draft.labels:
            values["label"] = draft.labels[vertex]
        yield from reader.node(identity, values, draft.lines.get(vertex))
    _settle(draft, reader)
    for layer in draft.layers:
        yield from _ties(layer, draft, ids, reader)
    yield from reader.finish()


def _ids(draft: Draft, reader: GraphReader) -> Sequence[str]:
    """The ids of the vertices, all different."""
    ids = [draft.labels.get(vertex) or str(vertex + 1) for vertex in range(draft.size)]
    times = Counter(ids)
    if len(times) == draft.size:
        return ids
    twice = [label for label, count in times.items() if count > 1]
    reader.rows.report(
        "networkfiles:N105",
        f"{len(twice):,} labels name several vertices, such as {twice[0]!r:.60}; "
        "these have their number in their id",
        reader.where(),
        cure="give each vertex a label of its own",
    )
    taken = set(times)
    for vertex, label in enumerate(ids):
        if times[label] > 1:
            own = f"{label} ({vertex + 1})"
            while own in taken:
                own += "'"
            taken.add(own)
            ids[vertex] = own
            draft.labels.setdefault(vertex, label)
    return ids


def _settle(draft: Draft, reader: GraphReader) -> None:
    """Says of layers that are matrices whether their ties have a direction."""
    matrices = [layer for layer in draft.layers if layer.directed is None]
    symmetric = draft.first is None and all(layer.is_symmetric() for layer in matrices)
    asked: bool | None = reader.context.options.get("directed")
    directed = draft.first is None and (not symmetric if asked is None else asked)
    for layer in matrices:
        layer.directed = directed
        if symmetric and not directed:
            _halve(layer)
    if not matrices or draft.first is not None or directed:
        return
    if not symmetric:
        reader.rows.report(
            "networkfiles:N106",
            "the matrix is not symmetric: a pair that differs both ways has two ties",
            reader.where(),
            cure="leave the option directed away",
        )
    elif asked is None:
        reader.rows.report(
            "networkfiles:N106",
            "the matrix is symmetric: each pair is one tie without direction",
            reader.where(),
            Severity.INFO,
            "--option directed=true makes it two",
        )


def _halve(layer: Layer) -> None:
    """Keeps one of the two cells of each pair of a symmetric matrix."""
    kept = Layer()
    cells = zip(layer.source, layer.target, layer.values, layer.line, strict=True)
    for source, target, value, line in cells:
        if source <= target:
            kept.add(source, target, value, line)
    layer.source, layer.target = kept.source, kept.target
    layer.values, layer.line = kept.values, kept.line


def _ties(layer: Layer, draft: Draft, ids: Sequence[str], reader: GraphReader) -> Iterator[Record]:
    second = reader.context.options.get("second", "actor")
    valued = layer.otherwise is not None and any(
        value is not None and value != MISSING for value in layer.values
    )
    without = layer.values.count(None) if valued else 0
    if without:
        reader.rows.report(
            "networkfiles:N107",
            f"{without:,} ties have no value where others have one; it is {layer.otherwise} by the "
            "format",
            reader.where(layer.line[layer.values.index(None)] or None),
            Severity.INFO,
        )
    if not len(layer) and layer.name:
        reader.skipped(f"a relation without ties, {layer.name!r:.60}")
    for place, (source, target) in enumerate(zip(layer.source, layer.target, strict=True)):
        values: dict[str, Any] = dict(layer.more.get(place, ()))
        if layer.name:
            values["type"] = layer.name
        value = layer.values[place]
        if value == MISSING:
            values["state"] = "unobserved"
        elif value is not None or valued:
            values["weight"] = layer.otherwise if value is None else value
        directed: bool | None = layer.directed
        if draft.first is not None and source >= draft.first > target and not directed:
            source, target = target, source
        if second != "actor" and draft.first is not None and source < draft.first <= target:
            values |= {"kind": "participates"}
            directed = None
        line = layer.line[place] or None
        yield from reader.edge(ids[source], ids[target], None, values, line, directed)

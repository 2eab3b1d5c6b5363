"""Writes UCINET's language DL: matrices, or lists of edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO, Literal

from jmdi import DataError, Network, Problem, Severity
from jmdi.files.graphs.columns import Report, report_to
from jmdi_networkfiles.drafts import MISSING, Draft, Layer
from jmdi_networkfiles.outgoing import Labels, draft_of
from jmdi_networkfiles.ucinet.matrices import UNNAMED

__all__ = ["write"]

MOST = 25_000_000
"""Most cells of all matrices together; more make a file that UCINET cannot open."""


def write(
    network: Network,
    stream: BinaryIO,
    *,
    layout: Literal["matrix", "list"] = "matrix",
    labels: Labels = "name",
    report: Report | None = None,
) -> None:
    """Writes a file in DL, with a matrix for each kind of tie.

    A cell is what its ties weigh together, a tie without weight 1; ``NA`` where the pair was not
    observed, or its weight is not known where others have one. Attributes of nodes have no place.

    Args:
        network: The network.
        stream: Where the bytes go.
        layout: Full matrices, or a list of edges, which is shorter for large networks.
        labels: What is the label of a vertex: ``name``, or its ``id``.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If the matrices would be too large, or an attribute has a value that no rule
            covers.
    """
    draft = draft_of(network, labels, report_to(report))
    layers = _merged(draft)
    height, width = _size(draft)
    if layout == "matrix" and height * width * len(layers) > MOST:
        message = f"matrices of {height * width * len(layers):,} cells are too large for a file"
        problem = Problem(
            "networkfiles:U103", Severity.ERROR, message, cure="write it with layout='list'"
        )
        raise DataError([problem])
    lines = _matrices(draft, layers) if layout == "matrix" else _list(draft, layers)
    for line in lines:
        stream.write(f"{line}\n".encode())


Cells = dict[tuple[int, int], str]
"""The values of a matrix that are not 0, by row and column."""


def _size(draft: Draft) -> tuple[int, int]:
    if draft.first is None:
        return draft.size, draft.size
    return draft.first, draft.size - draft.first


def _merged(draft: Draft) -> dict[str, Cells]:
    """The cells of each kind of tie; ties of one pair are added up."""
    layers: dict[str, Cells] = {}
    for layer in draft.layers:
        _add(layer, layers.setdefault(layer.name, {}), draft)
    return layers or {"": {}}


def _add(layer: Layer, cells: Cells, draft: Draft) -> None:
    first = draft.first
    valued = any(value not in (None, MISSING) for value in layer.values)
    for source, target, value in zip(layer.source, layer.target, layer.values, strict=True):
        said = (MISSING if valued else "1") if value is None else value
        if first is None:
            pairs = {(source, target)} if layer.directed else {(source, target), (target, source)}
        else:
            low, high = sorted((source, target))
            pairs = {(low, high - first)} if low < first <= high else set()
        for pair in pairs:
            cells[pair] = _sum(cells.get(pair), said)


def _sum(known: str | None, more: str) -> str:
    """The value of a pair with one more tie; one that is missing says nothing of another."""
    if known is None or known == MISSING:
        return more
    if more == MISSING:
        return known
    return format(Decimal(known) + Decimal(more), "f")


def _head(draft: Draft, layers: Sequence[str], form: str) -> Iterator[str]:
    height, width = _size(draft)
    sizes = f"N={height}" if draft.first is None else f"NR={height} NC={width}"
    yield f"DL {sizes}" + (f" NM={len(layers)}" if len(layers) > 1 else "")
    yield f"FORMAT={form}"
    labels = [_label(draft.labels[vertex]) for vertex in range(draft.size)]
    if draft.first is None:
        yield from ["LABELS:", *labels] if labels else []
    else:
        yield from ["ROW LABELS:", *labels[: draft.first]]
        yield from ["COLUMN LABELS:", *labels[draft.first :]]
    if any(layers):
        yield from ["MATRIX LABELS:", *(_label(name or UNNAMED) for name in layers)]
    yield "DATA:"


def _matrices(draft: Draft, layers: dict[str, Cells]) -> Iterator[str]:
    yield from _head(draft, [*layers], "FULLMATRIX")
    height, width = _size(draft)
    for cells in layers.values():
        rows: dict[int, dict[int, str]] = {}
        for (row, column), value in cells.items():
            rows.setdefault(row, {})[column] = value
        for row in range(height):
            found = rows.get(row, {})
            yield " ".join(found.get(column, "0") for column in range(width))


def _list(draft: Draft, layers: dict[str, Cells]) -> Iterator[str]:
    yield from _head(draft, [*layers], "EDGELIST1" if draft.first is None else "EDGELIST2")
    for place, cells in enumerate(layers.values()):
        if place:
            yield "!"
        for (row, column), value in sorted(cells.items()):
            yield f"{row + 1} {column + 1} {value}"


def _label(label: str) -> str:
    """A label in quotes, which DL cannot have within one."""
    return '"' + label.replace('"', "'") + '"'

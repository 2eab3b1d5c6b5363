"""Writes networks and projects of Pajek."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from jmdi import Network
from jmdi.files.graphs.columns import Report, report_to
from jmdi_networkfiles.drafts import MISSING, Draft, Layer
from jmdi_networkfiles.outgoing import Labels, draft_of, figure

__all__ = ["write_network", "write_project"]

UNKNOWN = 999999998
"""What Pajek writes for a value that is not known."""
BOM = "\ufeff"


def write_network(
    network: Network, stream: BinaryIO, *, labels: Labels = "name", report: Report | None = None
) -> None:
    """Writes a network of Pajek: vertices, and ties by relation.

    A value that is not known is left out, and Pajek takes it for 1. Pairs that were not observed
    are not written, as Pajek has no sign for them.

    Args:
        network: The network.
        stream: Where the bytes go.
        labels: What is the label of a vertex: ``name``, or its ``id``.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    _write(_network(network.name, draft_of(network, labels, report_to(report))), stream)


def write_project(
    network: Network, stream: BinaryIO, *, labels: Labels = "name", report: Report | None = None
) -> None:
    """Writes a project of Pajek: a network with its attributes as partitions and vectors.

    Whole numbers from 0 up are a partition, other numbers a vector, and truth values a
    partition of 0 and 1. A text that several vertices share is a partition too: its classes are
    numbered, and a comment says which is which. Other texts are not written.

    Args:
        network: The network.
        stream: Where the bytes go.
        labels: What is the label of a vertex: ``name``, or its ``id``.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    draft = draft_of(network, labels, report_to(report))

    def lines() -> Iterator[str]:
        yield from _network(network.name, draft)
        for name, column in draft.columns.items():
            if name != "period.wave":
                yield from _table(name, column, draft.size)

    _write(lines(), stream)


def _write(lines: Iterator[str], stream: BinaryIO) -> None:
    """Writes lines in UTF-8; with a mark if need be, without which Pajek reads another encoding.

    The mark is on a line of its own, because networkx and igraph do not know it.
    """
    text = "".join(f"{line}\n" for line in lines)
    head = "" if text.isascii() else f"{BOM}% UTF-8\n"
    stream.write(f"{head}{text}".encode())


def _network(name: str, draft: Draft) -> Iterator[str]:
    yield f"*Network {_bare(name)}".rstrip()
    modes = "" if draft.first is None else f" {draft.first}"
    yield f"*Vertices {draft.size}{modes}"
    waves: Mapping[int, Any] = draft.columns.get("period.wave", {})
    for vertex in range(draft.size):
        wave = f" [{waves[vertex]}]" if vertex in waves else ""
        yield f"{vertex + 1} {_quoted(draft.labels[vertex])}{wave}"
    numbers: dict[str, int] = {}
    named = any(layer.name for layer in draft.layers)
    for layer in draft.layers:
        head = "*Arcs" if layer.directed else "*Edges"
        if named:
            number = numbers.setdefault(layer.name, len(numbers) + 1)
            head += f" :{number} {_quoted(layer.name)}" if layer.name else ""
        yield head
        yield from _ties(layer)


def _ties(layer: Layer) -> Iterator[str]:
    cells = zip(layer.source, layer.target, layer.values, strict=True)
    for place, (source, target, value) in enumerate(cells):
        if value == MISSING:
            continue
        more = layer.more.get(place, {})
        parts = [str(source + 1), str(target + 1)]
        # The label of a tie is a parameter, which comes after a value.
        parts += [value] if value is not None else ["1"] if "label" in more else []
        parts += [f"l {_quoted(more['label'])}"] if "label" in more else []
        parts += [f"[{more['period.wave']}]"] if "period.wave" in more else []
        yield " ".join(parts)


def _table(name: str, column: Mapping[int, Any], size: int) -> Iterator[str]:
    """A partition or vector of an attribute; nothing if neither can say it."""
    values = column.values()
    classes: list[str] = []
    if all(isinstance(value, str) for value in values):
        classes = sorted(set(values))
        if len(classes) >= len(column) > 0:
            return
        numbers: Mapping[int, Any] = {k: classes.index(v) + 1 for k, v in column.items()}
    else:
        numbers = {k: int(v) if isinstance(v, bool) else v for k, v in column.items()}
    whole = all(isinstance(v, int) and 0 <= v < UNKNOWN for v in numbers.values())
    yield f"*{'Partition' if whole else 'Vector'} {_bare(name)}"
    yield f"*Vertices {size}"
    for number, said in enumerate(classes, start=1):
        yield f"% {number} = {_bare(said)}"
    for vertex in range(size):
        yield figure(numbers[vertex]) if vertex in numbers else str(UNKNOWN)


def _bare(name: str) -> str:
    return " ".join(name.split())


def _quoted(label: str) -> str:
    """A label in quotes; what the reader takes for an escape is written as one."""
    escaped = label.replace("\\", "\\\\").replace('"', '\\"').replace("&#", "&#38;#")
    return f'"{escaped}"'

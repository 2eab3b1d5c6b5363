"""Writes GML."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from jmdi import Network
from jmdi.files.graphs.columns import Column, Report, report_to, unique
from jmdi.graph.filed import filed
from jmdi_networkfiles.outgoing import told

__all__ = ["write"]

OWN = {"node": ("id", "label", "name"), "edge": ("id", "source", "target")}
"""Keys that nodes and edges have in any case."""

INT32 = 2**31
"""Whole numbers beyond it are none to some programs, and are written as text."""


def write(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes GML in ASCII, as networkx and igraph read it.

    The number of a node is its ``id``, its id its ``name``, and its label its ``label``, with a
    number behind it where several have the same. Keys can have letters and digits only, and
    ``_``: all other characters of the name of an attribute become ``_``.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    network = filed(network)
    labels, nodes, edges = told(network, report_to(report))
    keys = {what: _keys(columns, what) for what, columns in (("node", nodes), ("edge", edges))}

    def item(what: str, first: list[str], columns: list[Column], index: int) -> None:
        lines = [*first]
        for key, column in zip(keys[what], columns, strict=True):
            if (value := column.values[index]) is not None:
                lines.append(f"{key} {_form(value, column.type)}")
        text = "".join(f"    {line}\n" for line in lines)
        stream.write(f"  {what} [\n{text}  ]\n".encode("ascii"))

    stream.write(f"graph [\n  directed {int(network.directed)}\n".encode("ascii"))
    for index, id in enumerate(network.nodes):
        first = [f"id {index}", f"label {_text(labels[index])}", f"name {_text(id)}"]
        item("node", first, nodes, index)
    for index, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        item("edge", [f"source {i}", f"target {j}"], edges, index)
    stream.write(b"]\n")


def _keys(columns: list[Column], what: str) -> list[str]:
    """The keys of attributes, all different, and none of those that are needed."""
    plain = [re.sub(r"[^A-Za-z0-9]", "_", column.name) for column in columns]
    named = [name if name[:1].isalpha() else f"a{name}" for name in plain]
    return unique([*OWN[what], *named])[len(OWN[what]) :]


def _form(value: Any, type: str) -> str:
    """A value as GML has it: a number, or a text in quotes."""
    if isinstance(value, bool):
        return _text("true" if value else "false")
    if type == "long" and abs(value) < INT32:
        return str(value)
    if type == "double":
        mantissa, mark, exponent = repr(float(value)).partition("e")
        return f"{mantissa}{'' if '.' in mantissa else '.0'}{mark.upper()}{exponent}"
    return _text(str(value))


def _text(text: str) -> str:
    """A text in quotes; what is not plain ASCII as an entity, as the format says."""
    return '"' + re.sub(r"[^ !#-%'-~]", _entity, text) + '"'


def _entity(found: re.Match[str]) -> str:
    return {'"': "&quot;", "&": "&amp;"}.get(found[0], f"&#{ord(found[0])};")

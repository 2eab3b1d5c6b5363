"""Reads VNA: vertices with their attributes, and ties of one kind or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs

from jmdi import Record, Severity, Where
from jmdi.files.graphs.records import GraphReader
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.text import first_lines, text_of
from jmdi_networkfiles.vna.tables import TABLES, Table, tables_of

__all__ = ["read", "sniff"]

WEIGHTS = ("strength", "weight", "value")
"""Names of a column of ties that says how strong each is."""
TRUTH = {"true": True, "false": False}
SHOWN = 3
"""How many names a message shows."""


def sniff(head: bytes) -> bool | str:
    """Whether a file begins with a table of VNA."""
    first = " ".join(first_lines(head)[:1]).casefold()
    begins = first.startswith("*") and " ".join(first[1:].split()) in TABLES
    return begins or "it does not begin with a table of VNA, such as *Node data"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a VNA file.

    Columns of nodes are attributes. A column of ties that is named strength, weight or value is
    their strength; without one, each column of numbers is a kind of tie, where 0 is no tie if
    there are several. Nodes that only ties name are added.

    Raises:
        FormatError: If it has no table of VNA, or is too large.
    """
    notes = Notes(context)
    tables = tables_of(text_of(stream, context), context, notes)
    if not tables:
        where = Where(file=context.name, line=1)
        raise refused("N101", "it has no table of VNA", where, "name its format")
    drawn = sum(len(table.rows) for table in tables if table.name.endswith("properties"))
    if drawn:
        notes.skip("how a node or tie is drawn", drawn)
    nodes = _nodes(tables, notes)
    ties = [table for table in tables if table.name == "tie data"]
    reader = GraphReader(context, directed=not all(map(_says_undirected, ties)))
    for id, node in nodes.items():
        yield from reader.node(id, node.values, node.line)
    yield from _added(ties, nodes, reader)
    for table in ties:
        yield from _ties(table, reader, notes)
    notes.finish()
    yield from reader.finish()


def _says_undirected(table: Table) -> bool:
    """Whether a column of ties says that none of them has a direction."""
    if "directed" not in table.columns:
        return False
    column = table.columns.index("directed")
    return all(row.cells[column] == "false" for row in table.rows)


@attrs.define(slots=True)
class _Node:
    """A node that a table lists.

    Attributes:
        line: The line of it.
        values: Its attributes.
    """

    line: int
    values: dict[str, Any] = attrs.field(factory=dict)


def _nodes(tables: Iterable[Table], notes: Notes) -> dict[str, _Node]:
    """The nodes by id, with their data and the label of their drawing."""
    nodes: dict[str, _Node] = {}
    for table in tables:
        if not table.name.startswith("node"):
            continue
        data = table.name == "node data"
        seen: set[str] = set()
        numeric = [data and table.is_numeric(k) for k in range(len(table.columns))]
        for row in table.rows:
            id = row.cells[0]
            if not id or id in seen:
                what = f"node {id!r:.60} is duplicated" if id else "the node has no id"
                notes.bad(what, row.line, "give each node one row with an id")
                continue
            seen.add(id)
            values = nodes.setdefault(id, _Node(row.line)).values
            for column, cell in enumerate(row.cells):
                name = table.columns[column]
                if column and cell and (data or name.casefold() == "shortlabel"):
                    key = name if data else "label"
                    values.setdefault(key, _typed(cell, numeric[column]))
    return nodes


def _typed(cell: str, numeric: bool) -> Any:
    """A cell as a number where its whole column holds numbers; ``true`` and ``false`` as such."""
    if not numeric:
        return TRUTH.get(cell, cell)
    number = number_of(cell) or cell
    return float(number) if "." in number else int(number)


def _added(
    ties: Iterable[Table], nodes: Mapping[str, _Node], reader: GraphReader
) -> Iterator[Record]:
    """The nodes that only ties name."""
    added: dict[str, int] = {}
    for table in ties:
        for row in table.rows:
            for id in row.cells[:2]:
                if id and id not in nodes:
                    added.setdefault(id, row.line)
    for id, line in added.items():
        yield from reader.node(id, {}, line)
    if added and nodes:
        shown = ", ".join(map(repr, list(added)[:SHOWN])) + (", …" if len(added) > SHOWN else "")
        reader.rows.report(
            "networkfiles:V102",
            f"{len(added):,} nodes are named by ties only: {shown}",
            reader.where(min(added.values())),
            Severity.INFO,
            "look for misspelt names",
        )


def _ties(table: Table, reader: GraphReader, notes: Notes) -> Iterator[Record]:
    """The ties of a table."""
    if len(table.columns) < 2:
        notes.bad("ties need two columns, from and to", table.line)
        return
    weight, kinds = _roles(table, reader)
    numeric = [table.is_numeric(k) for k in range(len(table.columns))]
    for row in table.rows:
        source, target = row.cells[:2]
        values: dict[str, Any] = {
            name: _typed(cell, numeric[k])
            for k, (name, cell) in enumerate(zip(table.columns, row.cells, strict=True))
            if k > 1 and cell and k != weight and k not in kinds
        }
        if weight is not None and row.cells[weight]:
            cell = row.cells[weight]
            values["weight"] = number_of(cell) or cell
        for type in _kinds(row.cells, table.columns, kinds):
            yield from reader.edge(source, target, None, {**type, **values}, row.line)


def _kinds(
    cells: Sequence[str], columns: Sequence[str], kinds: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """The kind and strength of each tie of a row; one without either if no column is a kind."""
    if not kinds:
        yield {}
    for column in kinds:
        cell = cells[column]
        number = number_of(cell)
        if cell and not (len(kinds) > 1 and number is not None and is_zero(number)):
            yield {"type": columns[column], "weight": number or cell}


def _roles(table: Table, reader: GraphReader) -> tuple[int | None, Sequence[int]]:
    """The column of strengths, if there is one, and the columns that are kinds of tie."""
    names = [name.casefold() for name in table.columns]
    asked = reader.context.options.get("relations")
    weight = next((k for k, name in enumerate(names) if k > 1 and name in WEIGHTS), None)
    if asked is not None:
        wanted = [part.strip().casefold() for part in str(asked).split(",") if part.strip()]
        if missing := [name for name in wanted if name not in names[2:]]:
            message = f"the ties have no column {missing[0]!r:.60}"
            cure = f"columns: {', '.join(table.columns[2:])}"
            raise refused("N101", message, reader.where(table.line), cure)
        kinds = [k for k, name in enumerate(names) if k > 1 and name in wanted]
        return (None if weight in kinds else weight), kinds
    if weight is not None:
        return weight, ()
    kinds = [k for k in range(2, len(names)) if table.is_numeric(k)]
    if kinds:
        found = ", ".join(table.columns[k] for k in kinds)
        reader.rows.report(
            "networkfiles:V101",
            f"columns of numbers are read as kinds of tie: {found:.200}",
            reader.where(table.line + 1),
            Severity.INFO,
            f"--option relations={','.join(table.columns[k] for k in kinds):.200} says which are",
        )
    return None, kinds

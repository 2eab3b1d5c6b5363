"""Which columns the table of a kind has, derived from what its class declares, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import pyarrow as pa

from jmdi import Actor
from jmdi.files.header import Header
from jmdi.files.strict_json import parse_json
from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.writing import dumps
from jmdi.plugins.catalog import Catalog
from jmdi_tables.cells import (
    ROLE,
    Columns,
    Misfits,
    columns_of,
    columns_with,
    members_of,
    struct_of,
)

__all__ = ["FLAGGED", "REST", "Layout", "layout_of", "objects_of"]

REST = "rest"
"""The column of what the others do not give back, as one JSON object."""

FLAGGED = "flagged"
"""The column that says which actors are marked as placeholders."""

FLAG = "placeholder"

_REST = pa.field(REST, pa.string(), metadata={ROLE: b"rest"})
_FLAGGED = pa.field(FLAGGED, pa.bool_(), metadata={ROLE: b"derived"})


@attrs.frozen(slots=True)
class Layout:
    """The columns of a table.

    Attributes:
        members: The columns of each member, in the order of the file.
        declared: Names of the members that are no facets and not unknown ones.
        flagged: Whether the last column says which records are marked, as it does of actors.
    """

    members: Mapping[str, Columns]
    declared: frozenset[str]
    flagged: bool

    @property
    def schema(self) -> pa.Schema:
        """Name and type of each column."""
        fields = [field for columns in self.members.values() for field in columns.fields]
        return pa.schema([*fields, _REST, *([_FLAGGED] if self.flagged else [])])

    def batch(self, objects: Sequence[dict[str, Any]]) -> tuple[pa.RecordBatch, Mapping[str, int]]:
        """The rows of objects, and by member how many figures no column can hold."""
        arrays: list[pa.Array] = []
        rows = range(len(objects))
        rest: dict[int, dict[str, Any]] = {}
        outside = {}
        held = len(objects)  # each has its kind
        for name, values, columns in columns_with(self.members, objects):
            misfits = Misfits()
            arrays += columns.encode(values, rows, misfits)
            held += len(values) - values.count(None)
            for row in misfits.rows:
                rest.setdefault(row, {})[name] = objects[row][name]
            if misfits.outside:
                outside[name] = misfits.outside
        if held < sum(map(len, objects)):
            for row, one in enumerate(objects):
                more = {n: v for n, v in one.items() if n != "kind" and self._is_new(n, v)}
                if more:
                    rest[row] = more | rest.get(row, {})
        texts = [dumps(rest[row]) if row in rest else None for row in rows]
        arrays.append(pa.array(texts, pa.string()))
        if self.flagged:
            arrays.append(pa.array(list(map(self._is_flagged, objects)), pa.bool_()))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema), outside

    def _is_new(self, name: str, value: Any) -> bool:
        """Whether no column has a member."""
        return value is None or name not in self.members

    def _is_flagged(self, one: Mapping[str, Any]) -> bool:
        """What `jmdi.model.taking_part.is_flagged` says of the record."""
        return any(
            value is True if name == FLAG else isinstance(value, dict) and value.get(FLAG) is True
            for name, value in one.items()
            if name not in self.declared
        )


def layout_of(kind: str, relation: bool, header: Header, catalog: Catalog) -> Layout:
    """The columns for the records of a kind in a file.

    Args:
        kind: Name of the kind.
        relation: Whether its records have a source and a target.
        header: The header of the file.
        catalog: The installed kinds and facets.
    """
    cls: Any = header.resolve(kind, catalog, relation=relation)
    blocks = blocks_of(cls)
    within = {name for names in blocks.values() for name in names}
    fields = fields_of(cls)
    made = {f.name: columns_of(f.name, f.type) for f in fields if f.name not in within}
    parts = {n: [f for f in fields if f.name in names] for n, names in blocks.items()}
    # Only those that the file has: what is installed beside them changes nothing.
    facets = {n: c for n, c in catalog.facets_on(cls).items() if n in header.facets}
    raw = header.raw_facets(catalog)
    parts |= {name: list(fields_of(facets[name])) for name in facets if name not in raw}
    made |= {name: struct_of(name, parts[name]) for name in sorted(parts)}
    members = {name: columns for name, columns in made.items() if columns is not None}
    declared = frozenset({"kind", *(f.name for f in fields), *blocks})
    return Layout(members, declared, issubclass(cls, Actor))


def objects_of(
    kind: str, batch: pa.RecordBatch, *, marked: bool = False
) -> Iterator[dict[str, Any]]:
    """The JSON objects of rows; what the columns do not give back comes from the rest.

    Args:
        kind: The kind of all of them.
        batch: The rows.
        marked: Whether placeholders are marked, where what marks them may not be among the columns.
    """
    at = batch.schema.get_field_index(REST)
    fields, arrays = list(batch.schema), batch.columns
    found = list(members_of(fields[:at], arrays[:at]))
    names = [name for name, _ in found]
    marks = [None] * len(batch)
    if marked and FLAGGED in batch.schema.names[at:]:
        marks = arrays[-1].to_pylist()
    rows = zip(marks, arrays[at].to_pylist(), *(values for _, values in found), strict=True)
    for mark, rest, *values in rows:
        one: dict[str, Any] = {"kind": kind}
        one.update((n, v) for n, v in zip(names, values, strict=True) if v is not None)
        if rest is not None:
            one.update(parse_json(rest.encode("utf-8")))
        if mark:
            one.setdefault(FLAG, True)
        yield one

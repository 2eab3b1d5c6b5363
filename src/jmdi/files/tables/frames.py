"""Records of data frames, one for each kind, as of a folder of tables."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jmdi.errors import NotFound
from jmdi.files.delimited import Row, guard
from jmdi.files.strict_json import parse_json
from jmdi.files.tables.cells import join
from jmdi.files.tables.edges import Ends, is_of_gephi
from jmdi.files.tables.parties import read_parties
from jmdi.files.tables.plan import EXTRA, KIND, PARTIES, kind_of_table, plan_of
from jmdi.files.tables.rows import RowReader
from jmdi.graph.frames import Frame, columns_of_frame
from jmdi.model.declare import spec_of
from jmdi.model.frozen import EMPTY, thaw
from jmdi.model.records import Record, Relation
from jmdi.model.relations import Tie
from jmdi.model.values import Code, Period
from jmdi.model.writing import dumps
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import ImportContext

__all__ = ["records_of_frames"]


def records_of_frames(
    frames: Mapping[str, Frame], context: ImportContext, catalog: Catalog
) -> Iterator[Record]:
    """The records of data frames, entities first and edge lists last.

    Args:
        frames: A frame by the kind of its rows, or by the name that a file of them has; that of
            ``parties`` has a row for each party of a partnership.
        context: Where problems go; their ``line`` is the row.
        catalog: The kinds that are known.

    Raises:
        NotFound: If there is no such kind; it names the near ones.
        TypeError: If something is no data frame, or a cell holds what no table can.
    """
    if not isinstance(frames, Mapping):
        raise TypeError("name the kind of each frame, such as {'actor': frame}")
    kinds = {kind: cls for kind, cls in catalog.kinds.items() if not spec_of(cls).abstract}
    reader = RowReader(context, catalog, folder=True)
    ends = Ends(reader)
    tables = []
    for name, frame in frames.items():
        if isinstance(name, str) and name.casefold() == PARTIES:
            _read_parties(name, frame, reader)
        else:
            tables.append(_Table(name, frame, kinds))
    for table in sorted(tables, key=_Table.rank):
        plan = plan_of(table.cls)
        columns = reader.columns(table.name, plan, Row(1, [*map(guard, table.columns)]))
        own = [not plan.declares(name) and name not in (EXTRA, KIND) for name in columns]
        reader.own = {name: _of_json for name, mine in zip(columns, own, strict=True) if mine}
        rows = table.rows(columns, own)
        first = next(rows, Row(1, []))
        ends.gephi = issubclass(table.cls, Tie) and is_of_gephi(columns, first.cells)
        make = ends.relations if ends.gephi or table.is_edge_list else reader.records
        every = itertools.chain([first] if first.cells else (), rows)
        yield from make(table.name, table.cls, columns, every)
        reader.own = EMPTY
    reader.finish()


def _read_parties(name: str, frame: Frame, reader: RowReader) -> None:
    """Reads the frame of parties, whose columns are those of the table of parties."""
    columns = columns_of_frame(frame)
    cells = (_cells(values, name, column, _as_text) for column, values in columns.items())
    rows = (Row(line, list(row)) for line, row in enumerate(zip(*cells, strict=True), start=1))
    read_parties(name, [*map(guard, columns)], rows, reader)


class _Table:
    """A frame of which it is known what its rows are."""

    def __init__(self, name: str, frame: Frame, kinds: Mapping[str, type[Record]]) -> None:
        kind = kind_of_table(name, kinds) if isinstance(name, str) else None
        if kind is None:
            raise NotFound("kind", str(name), tuple(kinds))
        self.name = name
        self.cls = kinds[kind]
        self.columns = columns_of_frame(frame)

    @property
    def is_edge_list(self) -> bool:
        """Whether its rows are relations without ids, so that ends may be names."""
        return issubclass(self.cls, Relation) and "id" not in self.columns

    def rank(self) -> tuple[bool, bool, str]:
        return (self.is_edge_list, issubclass(self.cls, Relation), self.cls.kind)

    def rows(self, columns: Sequence[str], own: Sequence[bool]) -> Iterator[Row]:
        """Its rows as cells of text; those of a user's own columns are JSON."""
        cells = [
            _cells(values, self.name, name, _as_json if mine else _as_text)
            for values, name, mine in zip(self.columns.values(), columns, own, strict=True)
        ]
        return (Row(line, list(row)) for line, row in enumerate(zip(*cells, strict=True), start=1))


def _cells(
    values: Sequence[Any], table: str, column: str, write: Callable[[Any], str]
) -> Iterator[str]:
    """A column as cells.

    Raises:
        TypeError: If a value is one that no table holds.
    """
    moments = [value for value in values if isinstance(value, datetime.datetime)]
    days = bool(moments) and all(
        moment.time() == datetime.time() and moment.tzinfo is None for moment in moments
    )  # pandas has no days, and makes each the moment at which it begins
    for row, value in enumerate(values, start=1):
        if value is None or value == "":
            yield ""
            continue
        try:
            yield write(value.date() if days and isinstance(value, datetime.datetime) else value)
        except TypeError:
            raise TypeError(
                f"table {table!r}, row {row}, column {column!r}: no table holds a "
                f"{type(value).__name__}: make it text or a number"
            ) from None


def _as_text(value: Any) -> str:
    return guard(_text(value))  # which the reader takes away again


def _text(value: Any) -> str:
    """A value as a file of tables has it."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return join([_text(one) for one in value if one is not None])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # pandas makes floats of whole numbers where one is not known
    if isinstance(value, (Code, Period)):  # of one of our own tables
        return str(value) if isinstance(value, Code) else value.edtf or ""
    if isinstance(value, (Decimal, datetime.date, datetime.time)):
        return str(value) if isinstance(value, Decimal) else value.isoformat()
    return dumps(thaw(value))


def _as_json(value: Any) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        value = value.isoformat()
    return dumps(thaw(value))


def _of_json(cell: str) -> Any:
    return parse_json(cell.encode())

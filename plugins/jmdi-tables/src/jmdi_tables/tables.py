"""A folder of tables that is open: expressions of Ibis over it, and records out of it."""

from __future__ import annotations

import datetime
import functools
import secrets
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, TypeAlias

import ibis
import pyarrow as pa

from jmdi import (
    BadParameter,
    DataError,
    Dataset,
    FormatError,
    JmdiError,
    Model,
    Network,
    NotFound,
    Problem,
    Record,
    Relation,
    Result,
    Severity,
)
from jmdi.model.frozen import EMPTY
from jmdi_tables.engines import Backend, batches, explained, forget, kept, table_of
from jmdi_tables.folder import SORTS, Folder, Table
from jmdi_tables.layout import layout_of
from jmdi_tables.partly import PartlyRead
from jmdi_tables.reading import records_in

__all__ = ["MAX_EDGES", "MAX_RECORDS", "Expression", "Tables"]

MAX_RECORDS = 2_000_000
"""Most records that are read into a Dataset: each takes about a kilobyte."""

MAX_EDGES = 50_000_000
"""Most pairs that are handed over: each takes 16 bytes in the arrays of a Network."""

Expression: TypeAlias = Any
"""A table or a column of Ibis, whose own types say little to a type checker."""


class Tables:
    """A folder of tables and the engine that counts on it; `open` makes it.

    Args:
        folder: The folder.
        connection: The engine.
        model: The kinds, projections and metrics that are known.
        close: What takes away the files that the engine made.

    Attributes:
        folder: The folder.
        model: The kinds, projections and metrics that are known.
        engine: Name and version of the engine.
        networks: The networks that were projected, each by what it was asked for with.
    """

    def __init__(
        self, folder: Folder, connection: Backend, model: Model, close: Callable[[], None]
    ) -> None:
        self.folder = folder
        self.model = model
        self.engine = f"{connection.name} {connection.version}"
        self._connection = connection
        self._prefix = f"jmdi_{secrets.token_hex(4)}"
        self.networks: dict[str, Any] = {}
        self._names: list[str] = []
        self._tables: dict[tuple[str, str], Expression] = {}
        self._close = weakref.finalize(self, _closed, connection, self._names, close)

    def close(self) -> None:
        """Lets the engine go, and deletes the files that it made."""
        self._close()

    def __enter__(self) -> Tables:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        rows = sum(self.kinds.values())
        return f"<Tables {self.folder.path.name!r}: {rows:,} records, on {self.engine}>"

    @property
    def connection(self) -> Backend:
        """The engine, as Ibis has it.

        Raises:
            JmdiError: If the tables were closed.
        """
        self._still_open()
        return self._connection

    def _still_open(self) -> None:
        if not self._close.alive:
            name = self.folder.path.name
            raise JmdiError(f"the tables {name!r} were closed, and their engine is gone: open them")

    @property
    def title(self) -> str:
        """What the data are called; nothing if they have no name."""
        return str(self.folder.header.raw.get("title") or "")

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many records there are of each kind."""
        counts: dict[str, int] = {}
        for table in self.folder.tables:
            counts[table.kind] = counts.get(table.kind, 0) + table.rows
        return counts

    @functools.cached_property
    def ambiguous(self) -> bool:
        """Whether several entities have one id: an engine does not know which comes first."""
        found = [
            self.rows_of(table).select("id") for table in self.folder.tables if not table.relation
        ]
        if not found:
            return False
        ids = ibis.union(*found)
        number: Expression = ids.group_by("id").agg(n=ids.count())
        return bool(self.rows(number.filter(number.n > 1).limit(1)))

    def __getitem__(self, kind: str) -> Expression:
        """The table of the records of one kind, as an expression of Ibis.

        Raises:
            NotFound: If there is no record of this kind.
        """
        for table in self.folder.tables:
            if table.kind == kind:
                return self.rows_of(table)
        raise NotFound("kind", kind, self.kinds)

    def of(self, kind: str, *columns: str, **named: str) -> Expression:
        """The records of a kind and of all that are derived from it, in these columns.

        Args:
            kind: The kind.
            *columns: Names of columns that each record of the kind has.
            **named: Columns under other names; one within another is written with a point, as in
                ``type="type.code"``.

        Raises:
            DataError: If a figure of a column is out of range for tables.
            NotFound: If the kind has no such column.
        """
        return self.union(kind, self.tables_of(kind), {**{n: n for n in columns}, **named})

    def union(self, kind: str, tables: Iterable[Table], wanted: Mapping[str, str]) -> Expression:
        """Columns of the records in several tables; see `of`.

        Args:
            kind: The kind that all of them are, or are derived from.
            tables: The tables.
            wanted: The columns, by the names that they get; ``kind`` is that of each record.
        """
        parts = [
            self.rows_of(table).select(**{n: self.column(table, p) for n, p in wanted.items()})
            for table in tables
        ]
        if not parts:
            return ibis.memtable(self._schema(kind, wanted).empty_table())
        return ibis.union(*parts)

    def tables_of(self, kind: str) -> list[Table]:
        """The tables of a kind and of those that are derived from it."""
        resolve = self.folder.header.resolve
        found = []
        for table in self.folder.tables:
            cls: Any = resolve(table.kind, self.model.catalog, relation=table.relation)
            bases = [base.kind for base in cls.__mro__ if "__jmdi__" in base.__dict__]
            if kind in (table.kind, *bases):
                found.append(table)
        return found

    def _known(self, kind: str) -> list[Table]:
        """The tables of a kind; of one that nobody knows there are none, which is a mistake."""
        self._still_open()
        found = self.tables_of(kind)
        if not found and kind not in self.model.catalog.kinds:
            raise NotFound("kind", kind, {**self.model.catalog.kinds, **self.kinds})
        return found

    def each(self, kind: str) -> list[Expression]:
        """The tables of a kind and of those that are derived from it, with all their columns."""
        return [self.rows_of(table) for table in self.tables_of(kind)]

    def rows_of(self, table: Table) -> Expression:
        """The table as Ibis has it; the engine reads its files when it is asked for something."""
        self._still_open()
        key = (SORTS[table.relation], table.kind)
        if key not in self._tables:
            paths = [part.path for part in table.parts]
            self._tables[key] = table_of(self.connection, paths, self._name())
        return self._tables[key]

    def _name(self) -> str:
        """A name that no table of the engine has yet."""
        self._names.append(f"{self._prefix}_{len(self._names)}")
        return self._names[-1]

    def kept(self, expression: Expression) -> Expression:
        """What an expression gives, worked out now and kept by the engine."""
        with explained("the expression"):
            return kept(self.connection, expression, self._name())

    def column(self, table: Table, path: str) -> Expression:
        """A column of a table, or one within another, as in ``role.code``.

        Raises:
            DataError: If a figure of the column is out of range for tables.
            NotFound: If there is no such column.
        """
        if path == "kind":
            return ibis.literal(table.kind)
        member, *inner = path.split(".")
        if member in table.outside:
            message = (
                f"{table.outside[member]:,} values of {member!r} of {table.kind!r} are out of "
                "range for tables, so that no engine can count them"
            )
            cure = "read the folder into a Dataset, and compute in memory"
            raise DataError([Problem("tables:T106", Severity.ERROR, message, cure=cure)])
        column = self.rows_of(table)
        for depth, name in enumerate((member, *inner)):
            if depth and column.type().is_map():  # of languages: any key may be there
                column = column.get(name)
                continue
            names = getattr(column.type(), "names", ()) if depth else column.columns
            if name not in names:
                raise NotFound("column", path, names, of=f"kind {table.kind!r}")
            column = column[name]
        return column

    def _schema(self, kind: str, wanted: Mapping[str, str]) -> pa.Schema:
        """The types of columns of a kind of which there is no record."""
        kinds = self.model.catalog.kinds
        if kind not in kinds:
            raise NotFound("kind", kind, {**kinds, **self.kinds})
        cls: Any = kinds[kind]
        relation = issubclass(cls, Relation)
        schema = layout_of(kind, relation, self.folder.header, self.model.catalog).schema
        fields = []
        for name, path in wanted.items():
            member, *inner = path.split(".")
            if member == "kind":
                fields.append(pa.field(name, pa.string()))
                continue
            if member not in schema.names:
                raise NotFound("column", path, schema.names, of=f"kind {kind!r}")
            field = schema.field(member)
            for part in inner:
                if pa.types.is_map(field.type):
                    field = field.type.item_field
                elif pa.types.is_struct(field.type) and field.type.get_field_index(part) >= 0:
                    field = field.type.field(part)
                else:
                    raise NotFound("column", path, schema.names, of=f"kind {kind!r}")
            fields.append(pa.field(name, field.type))
        return pa.schema(fields)

    def rows(self, expression: Expression) -> list[dict[str, Any]]:
        """The rows of a small expression, each by its columns."""
        with explained("the expression"):
            found: list[dict[str, Any]] = self.connection.to_pyarrow(expression).to_pylist()
        return found

    def arrays(self, expression: Expression) -> dict[str, Any]:
        """The columns of an expression as arrays of numpy, by name."""
        with explained("the expression"):
            found = self.connection.to_pyarrow(expression)
        return {name: found[name].to_numpy() for name in found.column_names}

    def count(self, expression: Expression) -> int:
        """How many rows an expression has."""
        (row,) = self.rows(expression.aggregate(n=expression.count()))
        return int(row["n"])

    def batches(self, expression: Expression) -> Iterator[pa.RecordBatch]:
        """The rows of an expression over kept tables, in batches of Arrow, however many."""
        with explained("the expression"):
            yield from batches(self.connection, expression)

    def records(self, kind: str, where: Mapping[str, object] = EMPTY) -> Iterator[Record]:
        """The records of a kind and of those derived from it, one by one.

        Args:
            kind: The kind.
            where: What columns must hold, such as ``{"country": "MA", "type.code": "ngo"}``;
                ``None`` is nothing.

        Raises:
            BadParameter: If it is no mapping, or a column cannot be compared with a value.
            NotFound: If there is no such kind, or it has no such column.
        """
        if not isinstance(where, Mapping):
            raise BadParameter(
                f"where says what columns hold, such as {{'country': 'MA'}}; not {where!r:.60}"
            )
        for table in self._known(kind):
            ids = None
            if where:
                found = self.rows_of(table)
                for path, value in where.items():
                    found = self._holding(found, table, path, value)
                ids = self.ids(found.select("id"))
            yield from records_in(self.folder, [table], self.model.catalog, ids)

    def _holding(self, rows: Expression, table: Table, path: str, value: object) -> Expression:
        """Those of the rows of a table of which a column holds a value."""
        column = self.column(table, path)
        if value is None:
            return rows.filter(column.isnull())
        if isinstance(value, str) and column.type().is_string():
            ids = self.rows_of(table).select(own="id", text=column)
            fitting = ids.semi_join(self.listed([value]), [("text", "name")])
            return rows.semi_join(fitting, [("id", "own")])
        sort = column.type()
        try:
            if sort.is_date() and isinstance(value, str):
                value = datetime.date.fromisoformat(value)
            return rows.filter(column == value)
        except (TypeError, ValueError, ibis.common.exceptions.IbisError):
            message = f"{path!r} of {table.kind!r} is {sort}; it cannot be {value!r:.80}"
            if sort.is_struct():
                message += f": name a part of it, such as {f'{path}.{sort.names[-1]}'!r}"
            raise BadParameter(message) from None

    def listed(self, texts: Iterable[str]) -> Expression:
        """Texts as a table, ``name``: as literals some would end the query, such as one with NUL.

        Raises:
            BadParameter: If a text is not Unicode, as one that has half of a pair of surrogates.
        """
        try:
            held = pa.table({"name": pa.array(list(texts), pa.string())})
        except UnicodeEncodeError as error:
            raise BadParameter(f"no text of tables is {error.object!r:.80}") from None
        return self.kept(ibis.memtable(held))

    def ids(self, expression: Expression) -> frozenset[str]:
        """The ids that the only column of an expression has."""
        with explained("the expression"):
            (column,) = self.connection.to_pyarrow(expression.distinct()).columns
        return frozenset(column.to_pylist())

    def dataset(
        self,
        *,
        kinds: str | Iterable[str] | None = None,
        around: str | None = None,
        steps: int = 1,
        max_records: int = MAX_RECORDS,
    ) -> Dataset:
        """The records, or a part of them, as a Dataset.

        Args:
            kinds: Kinds whose records are read, with all derived from them; all if not given.
            around: The id of a record: only what is within some steps of it.
            steps: How many; one leads from a record to those it names, to those that name it, and
                over a relation to the other end.
            max_records: Most records.

        Raises:
            FormatError: If there are more records than that.
            NotFound: If there is no record of this id, or no such kind.
        """
        from jmdi_tables.around import ids_around

        names = self.kinds if kinds is None else [kinds] if isinstance(kinds, str) else kinds
        wanted = {id(table) for kind in names for table in self._known(kind)}
        tables = [table for table in self.folder.tables if id(table) in wanted]
        ids = None if around is None else ids_around(self, around, steps)
        number = sum(table.rows for table in tables) if ids is None else len(ids)
        if number > max_records:
            message = f"{number:,} records; at most {max_records:,} are read into a Dataset"
            cure = "ask for fewer kinds, or for what is around one record; or raise the limit"
            raise FormatError([Problem("tables:T107", Severity.ERROR, message, cure=cure)])
        found = records_in(self.folder, tables, self.model.catalog, ids)
        return Dataset(found, model=self.model, header=self.folder.header.raw)

    def partly_read(self, max_records: int = MAX_RECORDS) -> Dataset:
        """The records as a Dataset that reads each kind when it is first asked for.

        Args:
            max_records: Most records that are read.
        """
        self._still_open()
        if self.ambiguous:
            return self.dataset(max_records=max_records)
        return PartlyRead(self.folder, self.model, max_records)

    def network(
        self,
        projection: str = "co-participation",
        *,
        max_edges: int = MAX_EDGES,
        max_records: int = MAX_RECORDS,
        where: Callable[[Expression], Expression] | None = None,
        **parameters: object,
    ) -> Network:
        """The records as a Network: projected and filtered by the engine, held as arrays.

        The projection ``co-participation``, and ``actors`` where there are no ties, are the
        engine's; others are made of a Dataset of all records.

        Args:
            projection: Name of the projection.
            max_edges: Most pairs that are handed over.
            max_records: Most records that are read where the engine does not project.
            where: ``where(actors)`` says which actors become nodes, as an expression over their
                table.
            **parameters: Parameters of the projection.

        Raises:
            BadParameter: If a parameter has a value that it cannot have.
            FormatError: If there are more pairs, or more records, than can be handed over.
            NotFound: If there is no such projection or parameter.
            TypeError: If ``where`` is given for a projection that the engine does not know.
        """
        from jmdi_tables.handing import handed_over
        from jmdi_tables.networks import NetworkTables
        from jmdi_tables.projecting import projected

        found = projected(self, projection, parameters, where)
        if isinstance(found, NetworkTables) and found.handed:
            return handed_over(found, max_edges)
        if where is not None:
            raise TypeError(f"no engine makes the projection {projection!r}: where= is not for it")
        return self.partly_read(max_records).project(projection, **parameters)

    def metric(
        self,
        name: str,
        /,
        *,
        max_records: int = MAX_RECORDS,
        max_edges: int = MAX_EDGES,
        **parameters: object,
    ) -> Result:
        """A metric of the records: counted by the engine, or in memory where it cannot be.

        ``subject`` of the Result says which.

        Args:
            name: Name of the metric.
            max_records: Most records that are read of what the engine does not count.
            max_edges: Most pairs that are handed over of a network that it projects.
            **parameters: Its parameters, and those of the projection; ``projection`` is how the
                records are seen for a metric of any network, ``actors`` if it is not given.

        Raises:
            BadParameter: If a parameter has a value that it cannot have.
            FormatError: If it cannot be counted, and there is too much for memory.
            NotFound: If there is no such metric, projection or parameter.
        """
        from jmdi_tables.measuring import measured

        self._still_open()
        limits = {"max_records": max_records, "max_edges": max_edges}
        return measured(self, name, parameters, **limits)


def _closed(connection: Backend, names: list[str], close: Callable[[], None]) -> None:
    forget(connection, names)
    close()

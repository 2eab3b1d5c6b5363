"""A Dataset that reads of a folder of tables only the kinds that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar, cast

import pyarrow.parquet as pq

from jmdi import Dataset, FormatError, Model, Problem, Record, Relation, Severity
from jmdi.graph.views import Records
from jmdi.model.frozen import EMPTY
from jmdi.model.wellknown import WELL_KNOWN
from jmdi_tables.folder import Folder, Table
from jmdi_tables.reading import ids_among, records_in

__all__ = ["PartlyRead"]

R = TypeVar("R", bound=Record)
L = TypeVar("L", bound=Relation)


class PartlyRead(Dataset):
    """The Dataset of a folder, each kind of which is read when it is first asked for.

    It is for metrics and projections, which look at few kinds: what they find is what they find
    in the whole Dataset. No two entities may have one id, for the first of them is meant then.

    Args:
        folder: The folder.
        model: The model that it comes from.
        most: Most records that are read.
    """

    __slots__ = ("_folder", "_most", "read")

    _folder: Folder
    _most: int
    read: int
    """How many records were read so far."""

    def __init__(self, folder: Folder, model: Model, most: int) -> None:
        put = object.__setattr__  # a Dataset holds its records; this one does not yet
        put(self, "header", folder.header.raw)
        for name, nothing in (("problems", ()), ("unread", EMPTY), ("inputs", ())):
            put(self, name, nothing)
        put(self, "_model", model)
        put(self, "_cache", {})
        put(self, "_folder", folder)
        put(self, "_most", most)
        put(self, "read", 0)

    @property
    def records(self) -> tuple[Record, ...]:  # type: ignore[override]
        """All records, in order.

        Raises:
            FormatError: If there are more than may be read.
        """
        return tuple(chain(*map(self._of_table, self._folder.tables)))

    def __len__(self) -> int:
        return sum(table.rows for table in self._folder.tables)

    def of(self, cls: type[R]) -> Records[R]:
        """The records of a class, subkinds and stand-ins included, in order.

        Raises:
            FormatError: If there are more than may be read.
            TypeError: If it is not a class of records.
        """
        if not (isinstance(cls, type) and issubclass(cls, Record)):
            return super().of(cls)

        def make() -> Records[Record]:
            resolve, catalog = self._folder.header.resolve, self.model.catalog
            fitting = [
                table
                for table in self._folder.tables
                if issubclass(resolve(table.kind, catalog, relation=table.relation), cls)
            ]
            return Records(chain(*map(self._of_table, fitting)), cls)

        return cast("Records[R]", self._once(cls, make))

    def _wanted(self, table: Table) -> tuple[Collection[str] | None, Collection[str] | None]:
        """The ids of the records of a table, and the members of each, that are read; or all."""
        return None, None

    def _of_table(self, table: Table) -> tuple[Record, ...]:
        def make() -> tuple[Record, ...]:
            ids, members = self._wanted(table)
            number = self.read + (table.rows if ids is None else len(ids))
            if number > self._most:
                message = (
                    f"{number:,} records would have to be read, those of {table.kind!r} among "
                    f"them; at most {self._most:,} are read into memory"
                )
                cure = "ask for what engines count, or around one record, or raise max_records"
                raise FormatError([Problem("tables:T107", Severity.ERROR, message, cure=cure)])
            object.__setattr__(self, "read", number)
            found = records_in(self._folder, [table], self.model.catalog, ids, members)
            return tuple(found)

        return cast("tuple[Record, ...]", self._once((table.kind, table.relation), make))

    @property
    def by_id(self) -> Mapping[str, Record]:
        """The records by id, each looked up when it is asked for."""
        return cast("Mapping[str, Record]", self._once("by_id", lambda: _ById(self, self._folder)))

    def get(self, id: str, cls: type[R] = Record) -> R:  # type: ignore[assignment]
        """The record of an id; see `Dataset.get`."""
        return self.find(id, cls) or super().get(id, cls)

    def find(self, id: str, cls: type[R] = Record) -> R | None:  # type: ignore[assignment]
        """The record of an id; ``None`` if there is none or it is of another class."""
        if issubclass(cls, Relation) or cls is Record:
            return super().find(id, cls)
        index = self._once(("index", cls), lambda: {record.id: record for record in self.of(cls)})
        known: Any = WELL_KNOWN.get(id) if id not in index else None
        if isinstance(known, cls) and id not in self._taken():
            return known
        return cast("R | None", index.get(id))

    def _taken(self) -> frozenset[str]:
        """The ids, of those that every Dataset knows, that a record of the folder has."""

        def make() -> frozenset[str]:
            tables = self._folder.tables
            return frozenset(chain(*(ids_among(table, WELL_KNOWN) for table in tables)))

        return cast("frozenset[str]", self._once("taken", make))

    def _ends(self, end: str, id: str, cls: type[L]) -> tuple[L, ...]:
        def make() -> dict[str, tuple[Relation, ...]]:
            groups: dict[str, list[Relation]] = {}
            for relation in self.of(cls):
                groups.setdefault(getattr(relation, end), []).append(relation)
            return {key: tuple(group) for key, group in groups.items()}

        found: tuple[L, ...] = self._once((end, cls), make).get(id, ())
        return found


class _ById(Mapping[str, Record]):
    """Records by id; the ids are read first, and a kind when one of its records is asked for."""

    def __init__(self, dataset: PartlyRead, folder: Folder) -> None:
        self._dataset = dataset
        self._folder = folder
        self._tables: dict[str, Table] | None = None
        self._records: dict[tuple[str, bool], Mapping[str, Record]] = {}

    def _table_of(self, id: str) -> Table:
        if self._tables is None:
            self._tables = {}
            # Entities come first, so that an id that a relation has too means the entity.
            for table in reversed(self._folder.tables):
                for part in table.parts:
                    with part.path.open("rb") as stream:
                        (ids,) = pq.ParquetFile(stream).read(columns=["id"]).columns
                    self._tables |= dict.fromkeys(ids.to_pylist(), table)
        return self._tables[id]

    def __getitem__(self, id: str) -> Record:
        table = self._table_of(id)
        key = (table.kind, table.relation)
        if key not in self._records:
            found: dict[str, Record] = {}
            for record in self._dataset._of_table(table):
                found.setdefault(record.id, record)
            self._records[key] = found
        return self._records[key][id]

    def __contains__(self, id: object) -> bool:
        try:
            return isinstance(id, str) and bool(self._table_of(id))
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(record.id for record in self._dataset.records))

    def __len__(self) -> int:
        return len(dict.fromkeys(self))

"""Records of one class as an immutable sequence that can be filtered and tabulated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, overload

from jmdi.errors import NotFound
from jmdi.graph.columns import own_column, own_names
from jmdi.model.declare import fields_of
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.table import Table
    from jmdi.metrics.result import Result

__all__ = ["Records"]

R = TypeVar("R", bound=Record)

Column: TypeAlias = "Result | Mapping[str, Any] | Callable[[Any], Any] | Sequence[Any]"
"""A further column of a table of records: values by id, a function of a record, or a sequence."""


class Records(Sequence[R], Generic[R]):
    """Records in the order of their dataset.

    Args:
        records: The records.
        cls: The class that they are of.
    """

    __slots__ = ("_records", "cls")

    def __init__(self, records: Iterable[R], cls: type[Record] = Record) -> None:
        self._records = tuple(records)
        self.cls = cls

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> Records[R]: ...

    def __getitem__(self, index: int | slice) -> R | Records[R]:
        if isinstance(index, slice):
            return Records(self._records[index], self.cls)
        return self._records[index]

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Records):
            return self._records == other._records
        if isinstance(other, tuple):
            return self._records == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._records)

    def __repr__(self) -> str:
        return f"<{len(self):,} records of {self.cls.__name__}>"

    def _repr_html_(self) -> str:
        from jmdi.display.cards import records_card

        return records_card(self)

    def where(self, predicate: Callable[[R], object]) -> Records[R]:
        """The records for which the predicate holds."""
        return Records(filter(predicate, self._records), self.cls)

    def ids(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(record.id for record in self._records)

    def table(self, *columns: str, **computed: Column) -> Table:
        """A table with a row for each record.

        Args:
            *columns: Paths of fields: ``country``, ``names.en``, ``type.code``, ``places.0``;
                ``id`` alone when nothing is named. ``kind`` and ``label`` are understood too,
                and own attributes: columns of a table that no kind declares.
            **computed: Further columns: a mapping by id, a Result with ``values``, a function
                of a record, or a sequence with a value for each record.

        Raises:
            NotFound: If no record of the class can have such a field.
            ValueError: If a sequence has another length.
        """
        paths = columns or (() if computed else ("id",))
        cells = [self._column(path) for path in paths]
        cells += [self._computed(name, given) for name, given in computed.items()]
        from jmdi.graph.table import Table

        return Table((*paths, *computed), zip(*cells, strict=True))

    def _column(self, path: str) -> list[Any]:
        head, *rest = path.split(".")
        if path == "label":
            return [record.label() for record in self._records]
        classes = dict.fromkeys((self.cls, *map(type, self._records)))
        known = dict.fromkeys(f.name for cls in classes for f in fields_of(cls))
        if head in (*known, "kind", "facets", "extra"):
            column = [getattr(record, head, None) for record in self._records]
            for part in rest:
                column = [_member(value, part) for value in column]
            return column
        own = own_names(self._records)
        if path not in own:
            raise NotFound("field", head, (*known, "kind", "label", *own), of=self.cls.__name__)
        return own_column(self._records, path)

    def _computed(self, name: str, given: Column) -> list[Any]:
        values = getattr(given, "values", None)
        if isinstance(values, Mapping):  # a Result; the method of a plain mapping is none
            given = values
        if isinstance(given, Mapping):
            return [given.get(record.id) for record in self._records]
        if callable(given):
            return [given(record) for record in self._records]
        column = list(given)  # type: ignore[arg-type]  # neither a Result nor a mapping
        if len(column) != len(self):
            raise ValueError(f"column {name!r} has {len(column)} values for {len(self)} records")
        return column


def _member(value: Any, part: str) -> Any:
    """A member of a value by name, or an item of a tuple by number; ``None`` if there is none."""
    if isinstance(value, Mapping):
        return value.get(part)
    if isinstance(value, tuple):
        return value[int(part)] if part.isdecimal() and int(part) < len(value) else None
    return None if part.startswith("_") else getattr(value, part, None)

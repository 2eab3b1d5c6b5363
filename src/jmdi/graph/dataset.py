"""The Dataset: records as one immutable value that can be asked, merged and projected."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload

from jmdi.errors import DataError, JmdiError, NotFound, Problem
from jmdi.graph.dataset_summary import summary, tally
from jmdi.graph.doer import Doer, FromModel, default_doer
from jmdi.graph.leaving import left_without
from jmdi.graph.views import Records
from jmdi.model.frozen import EMPTY, FrozenMap, freeze
from jmdi.model.records import Record, Relation
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.graph.difference import Difference
    from jmdi.graph.frames import Frame
    from jmdi.graph.merging import OnConflict
    from jmdi.graph.network import Network
    from jmdi.graph.report import CheckReport
    from jmdi.metrics.result import Result

__all__ = ["Dataset", "WrongKind"]

R = TypeVar("R", bound=Record)
L = TypeVar("L", bound=Relation)

NEAR = 2000
"""Among how many ids near ones are looked for."""


class WrongKind(JmdiError, TypeError):
    """A record was asked for as one kind and is of another."""


class Dataset(FromModel):
    """Records in the order of their input; it never changes.

    Indexes are made when they are first needed, and once. Two datasets are equal when they
    hold the same records, whatever their order; ``digest`` is the value to cite or to hash.

    Args:
        records: The records.
        model: The model that it comes from; the default model if it is not given.
        header: Header of the file that the records were read from; its ``title`` names the data.
        problems: What was wrong while reading.
        unread: The inputs that could not be read, each with its problem. Like ``problems`` it
            stays with the dataset, but is no part of what makes two datasets equal.
        inputs: The names of the inputs that the records were read from; no part of that either.
    """

    __slots__ = ("_cache", "_model", "header", "inputs", "problems", "records", "unread")
    accessed_as = "dataset"

    records: tuple[Record, ...]
    header: Mapping[str, Any]
    problems: tuple[Problem, ...]
    unread: Mapping[str, Problem]
    inputs: tuple[str, ...]
    _cache: dict[Any, Any]
    _model: Doer | None

    def __init__(
        self,
        records: Iterable[Record] = (),
        *,
        model: Doer | None = None,
        header: Mapping[str, Any] = EMPTY,
        problems: Iterable[Problem] = (),
        unread: Mapping[str, Problem] = EMPTY,
        inputs: Iterable[str] = (),
    ) -> None:
        held = tuple(records)
        if not all(issubclass(cls, Record) for cls in set(map(type, held))):
            odd = next(r for r in held if not isinstance(r, Record))
            raise TypeError(f"a Dataset holds records, not {odd!r:.80}")
        put = object.__setattr__
        put(self, "records", held)
        put(self, "header", header if isinstance(header, FrozenMap) else freeze(header))
        put(self, "problems", tuple(problems))
        put(self, "unread", FrozenMap(unread))
        put(self, "inputs", tuple(inputs))
        put(self, "_model", model)
        put(self, "_cache", {})

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, Frame],
        *,
        model: Doer | None = None,
        on_error: Literal["raise", "keep"] = "raise",
    ) -> Dataset:
        """A dataset of data frames, as if each were a file in a folder of tables.

        Columns have the names that they have in CSV tables, such as ``names.en`` and ``type``;
        others are own attributes with the types that they have. Relations without an ``id`` are
        edge lists: their ends may be names. Null, NaN, NaT and empty text say nothing.

        Args:
            tables: A frame by its kind, such as ``{"actor": actors, "tie": ties}``, and that of
                ``parties`` with a row for each party of a partnership; see
                :meth:`jmdi.Network.from_frame` for what a frame can be.
            model: The model that it comes from; the default model if it is not given.
            on_error: ``raise`` refuses data with errors; ``keep`` gives what could be read, and
                ``problems`` says what was wrong. The line of a problem is the row.

        Raises:
            DataError: If the data has errors and ``on_error`` is ``raise``.
            NotFound: If there is no such kind; it names the near ones.
            TypeError: If something is no data frame, or a cell holds what no table can.
        """
        from jmdi.files.tables.frames import records_of_frames

        catalog = (model or default_doer()).catalog
        context = ImportContext("tables", catalog=catalog)
        records = tuple(records_of_frames(tables, context, catalog))
        if on_error == "raise" and (errors := [p for p in context.problems if p.is_error]):
            raise DataError(errors)
        return cls(records, model=model, problems=context.problems, inputs=tables)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Dataset cannot change: with_records and without make new ones")

    def __reduce__(self) -> tuple[Any, ...]:
        held = (self.records, self.header, self.problems, self.unread, self.inputs, self._model)
        return (_restore, held)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __contains__(self, id: object) -> bool:
        return id in self.by_id

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        if self.records == other.records:
            return True
        key = attrgetter("id")
        mine, others = sorted(self.records, key=key), sorted(other.records, key=key)
        if mine == others:
            return True
        # Where an id is duplicated, its records may stand in another order.
        return list(map(key, mine)) == list(map(key, others)) and Counter(mine) == Counter(others)

    __hash__ = None  # type: ignore[assignment]

    @property
    def title(self) -> str:
        """What the header calls the data; empty if it does not say."""
        title = self.header.get("title")
        return title if isinstance(title, str) else ""

    def __repr__(self) -> str:
        counts = self._counts()
        shown = ", ".join(f"{number:,} {kind}" for kind, number in counts[:4])
        others = len(counts) - 4
        more = f", … {others} more kind{'s' * (others > 1)}" if others > 0 else ""
        unread = f"; {len(self.unread):,} unread" if self.unread else ""
        title = f" {self.title!r}" if self.title else ""
        return (
            f"<Dataset{title} of {len(self):,} records{': ' if shown else ''}{shown}{more}{unread}>"
        )

    def _repr_html_(self) -> str:
        from jmdi.display.cards import dataset_card

        return dataset_card(self)

    def _counts(self) -> list[tuple[str, int]]:
        """How many records there are of each kind, most first."""
        kinds: dict[str, int] = {}
        for cls, number in tally(map(type, self.records)).items():
            kinds[cls.kind] = kinds.get(cls.kind, 0) + number
        return sorted(kinds.items(), key=lambda item: (-item[1], item[0]))

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = make()
        return found

    @property
    def by_id(self) -> Mapping[str, Record]:
        """The records by id; of several with one id the first, and a check reports the rest."""

        def make() -> dict[str, Record]:
            index = dict(zip(map(attrgetter("id"), self.records), self.records, strict=True))
            if len(index) != len(self.records):
                for record in reversed(self.records):
                    index[record.id] = record
            return index

        return cast("Mapping[str, Record]", self._once("by_id", make))

    def of(self, cls: type[R]) -> Records[R]:
        """The records of a class, subkinds and stand-ins included, in order.

        Raises:
            TypeError: If it is not a class of records.
        """
        if not (isinstance(cls, type) and issubclass(cls, Record)):
            raise TypeError(f"ask for records by their class, such as jmdi.Actor, not by {cls!r}")

        def make() -> Records[Record]:
            types = tuple(map(type, self.records))
            fitting = {t for t in set(types) if issubclass(t, cls)}
            return Records(compress(self.records, map(fitting.__contains__, types)), cls)

        return cast("Records[R]", self._once(cls, make))

    def where(self, cls: type[R], predicate: Callable[[R], object]) -> Dataset:
        """A dataset in which only those records of a class are left for which the predicate holds.

        Records of other kinds stay unless they cannot do without one that went: relations that
        lost an end, and claims about a record that is gone, go too.
        """
        gone = (record for record in self.of(cls) if not predicate(record))
        return self._with(left_without(self.records, gone))

    @overload
    def get(self, id: str) -> Record: ...

    @overload
    def get(self, id: str, cls: type[R]) -> R: ...

    def get(self, id: str, cls: type[R] = Record) -> R:  # type: ignore[assignment]
        """The record of an id; the pillars and clusters of the programme are always there.

        Args:
            id: The id.
            cls: The class that the record must be of.

        Raises:
            NotFound: If there is none; it names ids that are near.
            JmdiError: If the record is of another class.
        """
        record = self.by_id.get(id) or _well_known(id)
        if record is None:
            raise NotFound(getattr(cls, "kind", "record"), str(id), self._near(id, cls))
        if not isinstance(record, cls):
            raise WrongKind(f"{id!r} is of kind {record.kind!r}, not {cls.kind!r}")
        return record

    @overload
    def find(self, id: str) -> Record | None: ...

    @overload
    def find(self, id: str, cls: type[R]) -> R | None: ...

    def find(self, id: str, cls: type[R] = Record) -> R | None:  # type: ignore[assignment]
        """The record of an id; ``None`` if there is none or it is of another class."""
        record = self.by_id.get(id) or _well_known(id)
        return record if isinstance(record, cls) else None

    def _near(self, id: str, cls: type[Record]) -> tuple[str, ...]:
        """Ids among which to look for one that was meant; not all of a large dataset."""
        ids = dict.fromkeys(self.of(cls).ids())
        if len(ids) > NEAR:
            head, tail = str(id)[:6], str(id)[-4:]
            return tuple(i for i in ids if i.startswith(head) and i.endswith(tail))[:NEAR]
        return tuple(ids)

    @overload
    def out(self, id: str) -> tuple[Relation, ...]: ...

    @overload
    def out(self, id: str, cls: type[L]) -> tuple[L, ...]: ...

    def out(self, id: str, cls: type[L] = Relation) -> tuple[L, ...]:  # type: ignore[assignment]
        """The relations of a class whose source is this record, in order."""
        return self._ends("source", id, cls)

    @overload
    def in_(self, id: str) -> tuple[Relation, ...]: ...

    @overload
    def in_(self, id: str, cls: type[L]) -> tuple[L, ...]: ...

    def in_(self, id: str, cls: type[L] = Relation) -> tuple[L, ...]:  # type: ignore[assignment]
        """The relations of a class whose target is this record, in order."""
        return self._ends("target", id, cls)

    def _ends(self, end: str, id: str, cls: type[L]) -> tuple[L, ...]:
        def make() -> dict[str, tuple[Relation, ...]]:
            groups: dict[str, list[Relation]] = {}
            relations = self.of(Relation)
            for key, relation in zip(map(attrgetter(end), relations), relations, strict=True):
                if key in groups:
                    groups[key].append(relation)
                else:
                    groups[key] = [relation]
            return {key: tuple(group) for key, group in groups.items()}

        found = self._once(end, make).get(id, ())
        return found if cls is Relation else tuple(r for r in found if isinstance(r, cls))

    def neighbours(self, id: str, cls: type[Relation] = Relation) -> tuple[Record, ...]:
        """The records at the other end of a record's relations, whatever their direction."""
        ids = [r.target for r in self.out(id, cls)] + [r.source for r in self.in_(id, cls)]
        found = (self.by_id.get(other) or _well_known(other) for other in dict.fromkeys(ids))
        return tuple(record for record in found if record is not None)

    def _with(self, records: Iterable[Record]) -> Dataset:
        return Dataset(
            records,
            model=self._model,
            header=self.header,
            problems=self.problems,
            unread=self.unread,
            inputs=self.inputs,
        )

    def with_records(self, *records: Record | Iterable[Record]) -> Dataset:
        """A dataset with these records added, or put in place of those with the same id."""
        new: dict[str, Record] = {}
        for part in records:
            for record in (part,) if isinstance(part, Record) else part:
                new[record.id] = record
        placed: set[str] = set()
        kept: list[Record] = []
        for record in self.records:
            if record.id not in new:
                kept.append(record)
            elif record.id not in placed:
                placed.add(record.id)
                kept.append(new[record.id])
        return self._with([*kept, *(r for i, r in new.items() if i not in placed)])

    def without(self, *ids: str) -> Dataset:
        """A dataset without the records of these ids; what refers to them stays.

        Raises:
            NotFound: If there is no record of an id.
        """
        for id in ids:
            if id not in self.by_id:
                raise NotFound("record", id, self._near(id, Record))
        gone = frozenset(ids)
        return self._with(record for record in self.records if record.id not in gone)

    def merge(
        self, *others: Dataset, on_conflict: OnConflict = "claim", same: Mapping[str, str] = EMPTY
    ) -> Dataset:
        """This dataset with the records of others; records with the same id become one.

        What only one of them says is taken over.

        Args:
            *others: The others, in order.
            on_conflict: What to do where they contradict each other: ``claim`` keeps what the
                earlier says, and two claims record who said what; ``raise`` lists the
                conflicts; ``keep`` keeps what the earlier says, ``replace`` what the later
                says; a function gets both records and gives the one to keep.
            same: Records that are another one, by their ids: the id that stays of each.

        Raises:
            DataError: With ``raise``, if there is a conflict.
            NotFound: If there is no record of an id in ``same``.
            ValueError: If ``on_conflict`` is none of these, or the function changed the id.
        """
        from jmdi.graph.merging import merge

        return merge(self, *others, on_conflict=on_conflict, same=same)

    def diff(self, other: Dataset, *, sources: bool = True) -> Difference:
        """What must change for this dataset to become the other.

        Args:
            other: The dataset after.
            sources: Whether it counts where records come from: their ``sources``, and members
                named ``locator``. Without, the same plan in two formats is no difference.
        """
        from jmdi.graph.difference import difference

        return difference(self, other, sources=sources)

    def project(self, name: str, /, **parameters: object) -> Network:
        """The dataset seen as a network.

        Args:
            name: Name of a projection, such as ``actors``.
            **parameters: Its parameters.

        Raises:
            NotFound: If there is no such projection or parameter; it names the near ones.
            PluginError: If the projection fails.
        """
        return self.model.project(self, name, **parameters)

    def metric(
        self, name: str, /, *, projection: str | None = None, **parameters: object
    ) -> Result:
        """Computes a metric of the dataset, or of a network that it is projected to.

        Args:
            name: Name of a metric, such as ``density``.
            projection: For a metric of any network, the projection to compute it on; ``actors``
                if it is not given.
            **parameters: Its parameters, and those of the projection; one that both have is the
                metric's, and ``projection.name`` is the projection's, as in
                ``metric("density", tie_kinds="funding")``.

        Raises:
            NotFound: If there is no such metric, projection or parameter; it names near ones.
        """
        return self.model.metric(self, name, projection=projection, **parameters)

    def check(self) -> CheckReport:
        """Runs all checks; nothing is changed."""
        return self.model.check(self)

    def write(
        self, path: str | os.PathLike[str], /, *, format: str | None = None, **options: object
    ) -> None:
        """Writes the dataset in the format of the path's ending, or of ``format``.

        Args:
            path: Where to write it.
            format: Name of the exporter.
            **options: Options of the exporter; for a format of networks also ``projection=``,
                ``full`` if it is not given, and its parameters.
        """
        self.model.write(self, path, format=format, **options)

    def losses(self, format: str, /, **options: object) -> tuple[Problem, ...]:
        """What a format cannot keep of this data, by kind and member; nothing is written.

        Args:
            format: Name of the exporter, such as ``graphml``.
            **options: What `write` takes.
        """
        return self.model.losses(self, format, **options)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The records as JSON values, in order; `jmdi.Model.record` makes each again."""
        return [record.to_dict() for record in self.records]

    def digest(self) -> str:
        """A hash of all records, whatever their order: 32 hexadecimal digits (BLAKE2b).

        Raises:
            DataError: If a record holds what its kind does not allow.
        """

        def make() -> str:
            import hashlib  # which loads OpenSSL

            from jmdi.model.writing import canonical_json

            state = hashlib.blake2b(digest_size=16)
            for line in sorted(map(canonical_json, self.records)):
                state.update(line.encode("utf-8", "surrogatepass"))
                state.update(b"\n")
            return state.hexdigest()

        return cast("str", self._once("digest", make))

    def summary(self) -> str:
        """What the dataset holds: records by kind, stand-ins, sources and problems."""
        return summary(self)


def _well_known(id: str) -> Record | None:
    """A pillar or cluster of the programme; they are made when a dataset lacks what is wanted."""
    from jmdi.model.wellknown import WELL_KNOWN

    return WELL_KNOWN.get(id)


def _restore(
    records: tuple[Record, ...],
    header: Mapping[str, Any],
    problems: tuple[Problem, ...],
    unread: Mapping[str, Problem],
    inputs: tuple[str, ...],
    model: Doer | None,
) -> Dataset:
    return Dataset(
        records, model=model, header=header, problems=problems, unread=unread, inputs=inputs
    )

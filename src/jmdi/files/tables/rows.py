"""Turns the rows of a table into records and reports what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from jmdi.errors import DataError, Problem, Severity, Where, suggest
from jmdi.files.codec import Codec, codec_of
from jmdi.files.delimited import Row, unguard
from jmdi.files.tables.own import NOT_KNOWN, Read
from jmdi.files.tables.plan import EXTRA, KIND, PARTIES, Plan, has_parties, plan_of
from jmdi.model.frozen import EMPTY
from jmdi.model.ids import make_id
from jmdi.model.json_pointer import segments
from jmdi.model.records import Entity, Record
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import ImportContext

__all__ = ["Parties", "RowReader"]

Parties = dict[str, list[tuple[int, dict[str, Any]]]]


UNKNOWN = 100
"""How many unknown columns are reported one by one."""

MADE = "{} had no id; it was made from the name, or from all cells"
SHORT = "{} fewer cells than the header; the others count as empty"


@attrs.define(slots=True, eq=False)
class _Counted:
    """What is no fault of a row: how many were reported, and how many more there are."""

    code: str
    words: str
    who: tuple[str, str]
    listed: int = 0
    more: int = 0


@attrs.define(slots=True, eq=False)
class RowReader:
    """Makes records of rows, and remembers their ids and names.

    Attributes:
        context: Where problems go.
        catalog: The kinds that are known.
        folder: Whether this is one table of several.
        lenient: Whether a member that cannot be read is only a warning; it is kept as words.
        parties: The parties by partnership, which are taken away as they are used.
        parties_file: Name of the table that they come from.
        own: How each column is read that the kind of the table at hand does not declare.
        seen: The ids of all records so far, with the place of the first.
        classes: The classes of the entities so far, by id.
        named: The ids of entities by name.
    """

    context: ImportContext
    catalog: Catalog
    folder: bool
    lenient: bool = False
    parties: Parties = attrs.field(factory=dict)
    parties_file: str = ""
    own: Mapping[str, Read] = EMPTY
    seen: dict[str, str] = attrs.field(factory=dict)
    classes: dict[str, type[Record]] = attrs.field(factory=dict)
    named: dict[str, list[str]] = attrs.field(factory=dict)
    codec: Codec = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.codec = codec_of(self.catalog)

    def report(
        self,
        code: str,
        message: str,
        where: Where,
        severity: Severity = Severity.WARNING,
        cure: str | None = None,
        value: str | None = None,
    ) -> None:
        """Reports a problem at a place."""
        self.context.report(Problem(code, severity, message, where, cure=cure, value=value))

    def columns(self, name: str, plan: Plan, header: Row, *, quiet: bool = False) -> list[str]:
        """What each column of a header is; those that are not declared keep their own name."""
        columns: dict[str, None] = {}
        unknown = 0
        for number, cell in enumerate(header.cells, start=1):
            text = unguard(cell).strip()
            column = plan.column(text) if text else None
            where = Where(file=name, line=header.line, column=number)
            found = column or text or f"column {number}"
            if found in columns:
                self._report(quiet, "J524", f"column {text!r:.200} is duplicated", where)
                found = f"{text} ({number})"
            elif text and column is None:
                unknown += 1
                if unknown <= self._listed(UNKNOWN):
                    near = suggest(text, (c for c in plan.columns if c not in columns))
                    self._report(
                        quiet,
                        "J525",
                        f"column {text!r:.200} is not one of {plan.cls.kind}; it is kept",
                        where,
                        Severity.INFO,
                        f"did you mean {' or '.join(near)}?" if near else None,
                    )
            columns[found] = None
        if (more := unknown - self._listed(UNKNOWN)) > 0:
            message = f"{more:,} more columns are not of {plan.cls.kind}; they are kept"
            self._report(quiet, "J525", message, Where(file=name, line=header.line), Severity.INFO)
        return list(columns)

    def _listed(self, usual: int) -> int:
        """How many problems of one sort are reported one by one; the rest are counted."""
        alike = self.context.limits.alike
        return usual if alike is None else alike

    def _report(self, quiet: bool, *args: Any) -> None:
        if not quiet:
            self.report(*args)

    def cells(self, name: str, columns: Sequence[str], row: Row) -> dict[str, str]:
        """The cells of a row that are not empty, by column."""
        if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
            self.report(
                "J526",
                f"the row has {len(row.cells)} cells, the header {len(columns)}; "
                "the cells beyond it are kept",
                Where(file=name, line=row.line),
                cure="quote cells that hold the delimiter",
            )
        more = [f"column {n + 1}" for n in range(len(columns), len(row.cells))]
        if any("\x00" in cell for cell in row.cells):
            self.report("J529", "a cell holds a NUL character", Where(file=name, line=row.line))
        pairs = zip([*columns, *more], row.cells, strict=False)
        return {column: unguard(cell) for column, cell in pairs if cell}

    def records(
        self, name: str, cls: type[Record], columns: Sequence[str], rows: Iterable[Row]
    ) -> Iterator[Record]:
        """The records of a table."""
        made = _Counted("J532", MADE, ("the record", "{:,} records"))
        short = _Counted("J526", SHORT, ("the row has", "{:,} rows have"))
        for row in rows:
            cells = self.cells(name, columns, row)
            where = Where(file=name, line=row.line)
            if len(row.cells) < len(columns):
                self._count(short, where)
            if not cells:
                continue
            if "id" not in cells:
                self._count(made, where)
                cells = {"id": _id_of(cls, cells), **cells}
            record = self.record(cls, cells, where, columns)
            if record is not None:
                yield record
        for counted in (made, short):
            if counted.more:
                message = counted.words.format(counted.who[1].format(counted.more))
                self.report(counted.code, message, Where(file=name), Severity.INFO)

    def _count(self, counted: _Counted, where: Where) -> None:
        """Counts what is no fault of a row; where the limits ask for it, each is reported."""
        if counted.listed < self._listed(0):
            counted.listed += 1
            self.report(counted.code, counted.words.format(counted.who[0]), where, Severity.INFO)
        else:
            counted.more += 1

    def record(
        self,
        cls: type[Record],
        cells: Mapping[str, str],
        where: Where,
        columns: Sequence[str],
        members: Mapping[str, Any] = EMPTY,
    ) -> Record | None:
        """The record of a row's cells and other members; ``None`` after an error was reported."""
        cls = self._own_kind(cls, cells, where, columns)
        plan = plan_of(cls)
        raw = {**plan.read(cells), **members, "kind": cls.kind}
        for name, read in self.own.items():
            if name in cells and raw.get(name) is cells[name]:
                raw[name] = read(cells[name])
        if has_parties(cls) and (parties := self.parties.pop(cells["id"], None)):
            raw[PARTIES] = [party for _, party in parties]
        record = self._structured(cls, plan, raw, cells, where, columns)
        if record is not None:
            self.remember(record, where)
        return record

    def _own_kind(
        self, cls: type[Record], cells: Mapping[str, str], where: Where, columns: Sequence[str]
    ) -> type[Record]:
        """The class that a column ``kind`` asks for, if it is one that the table may hold."""
        kind = cells.get(KIND)
        if kind is None or kind == cls.kind:
            return cls
        own = self.catalog.kinds.get(kind)
        if own is not None and issubclass(own, cls):
            return own
        place = attrs.evolve(where, column=columns.index(KIND) + 1)
        self.report(
            "J527",
            f"kind {kind!r} cannot stand in a table of {cls.kind}",
            place,
            Severity.ERROR,
            value=kind,
        )
        return cls

    def _structured(
        self,
        cls: type[Record],
        plan: Plan,
        raw: dict[str, Any],
        cells: Mapping[str, str],
        where: Where,
        columns: Sequence[str],
    ) -> Record | None:
        """Structures a raw object; a member that is not as it must be is kept as words."""
        try:
            return self.codec.structure(raw, cls)
        except DataError as error:
            problems = error.problems
        for problem in problems:
            column = _column_of(problem.path or "", plan, columns, cells)
            place = attrs.evolve(where, column=column, record=problem.where.record, kind=cls.kind)
            severity = Severity.WARNING if self.lenient else problem.severity
            said = None if column is None else cells.get(columns[column - 1])
            if said in NOT_KNOWN:
                cure = f"if it means that it is not known: the option missing={said}"
                problem = attrs.evolve(problem, cure=cure)
            self.context.report(attrs.evolve(problem, where=place, severity=severity))
            _set_aside(raw, problem.path or "", plan, cells)
        try:
            return self.codec.structure(raw, cls)
        except DataError as error:
            if self.lenient:
                first = error.problems[0]
                place = attrs.evolve(where, record=first.where.record, kind=cls.kind)
                self.context.report(attrs.evolve(first, where=place, severity=Severity.ERROR))
            return None

    def remember(self, record: Record, where: Where) -> None:
        """Notes the id and the names of a record; a duplicated id is reported."""
        known = self.seen.get(record.id)
        if known is not None:
            self.report(
                "J530",
                f"id {record.id!r} is duplicated: here and in {known}",
                attrs.evolve(where, record=record.id),
                cure="ids are unique in a dataset",
            )
        self.seen.setdefault(record.id, f"{where.file}:{where.line}")
        if isinstance(record, Entity):
            self.classes.setdefault(record.id, type(record))
            for name in dict.fromkeys(record.names.values()):
                self.named.setdefault(name.strip(), []).append(record.id)

    def finish(self) -> None:
        """Reports parties whose partnership was not found."""
        for partnership, rows in self.parties.items():
            self.report(
                "J531",
                f"{len(rows)} parties belong to no partnership of the id {partnership!r}",
                Where(file=self.parties_file, line=rows[0][0]),
                Severity.ERROR,
                "add it to partnerships.csv",
            )


def _id_of(cls: type[Record], cells: Mapping[str, str]) -> str:
    """An id made from the name, or from all cells where there is no name."""
    named = [cells[c] for c in cells if c == "names" or c.startswith("names.")]
    if named:
        return make_id(cls.kind, cells.get("names") or cells.get("names.und") or named[0])
    return make_id(cls.kind, *(f"{c}={cells[c]}" for c in sorted(cells)))


def _field_columns(path: str, plan: Plan, cells: Mapping[str, str]) -> list[str]:
    """The columns of the field that a pointer leads into."""
    names = segments(path)
    for field, form in plan.fields:
        member = names[1:2] if ":" in field.owner else names[:1]
        if member == (field.name,) and (":" not in field.owner or names[0] == field.owner):
            return [column for column in cells if form.takes(column)]
    return [EXTRA] if EXTRA in cells else []


def _column_of(
    path: str, plan: Plan, columns: Sequence[str], cells: Mapping[str, str]
) -> int | None:
    own = _field_columns(path, plan, cells)
    inner = path.rpartition("/")[2]
    best = next((c for c in own if c.endswith(f".{inner}")), own[0] if own else None)
    return columns.index(best) + 1 if best in columns else None


def _set_aside(raw: dict[str, Any], path: str, plan: Plan, cells: Mapping[str, str]) -> None:
    """Takes a member that cannot be read out of a raw object and keeps its cells beside it."""
    names = list(segments(path))
    if not names or names[0] in ("id", "source", "target", KIND):
        return
    owner = raw
    if len(names) > 1 and ":" in names[0] and isinstance(raw.get(names[0]), dict):
        owner = raw[names[0]]
        names = names[1:]
    value = owner.pop(names[0], EMPTY)
    if value is EMPTY:
        return
    columns = [column for column in _field_columns(path, plan, cells) if column != EXTRA]
    for column in columns:
        raw[column if "." in column else f"{column}.words"] = cells[column]
    if not columns:
        raw[f"{names[0]}.words"] = value

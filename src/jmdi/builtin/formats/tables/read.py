"""Reads tidy tables: a folder of CSV files, or a single one."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

import attrs

from jmdi.builtin.formats.tables.mapped import read_mapped
from jmdi.builtin.formats.tables.replacing import HEADER, half_replaced, versions_of
from jmdi.errors import FormatError, Problem, Severity, Where, suggest
from jmdi.files.delimited import Row, delimiter_of, read_rows, unguard
from jmdi.files.header import Header, read_header
from jmdi.files.paths import open_input
from jmdi.files.strict_json import parse_json
from jmdi.files.tables.edges import Ends, is_of_gephi
from jmdi.files.tables.own import NOT_KNOWN, own_types
from jmdi.files.tables.parties import read_parties
from jmdi.files.tables.plan import KIND, PARTIES, kind_of_table, plan_of, table_name
from jmdi.files.tables.rows import RowReader
from jmdi.graph.doer import default_doer
from jmdi.model.declare import spec_of
from jmdi.model.frozen import EMPTY
from jmdi.model.kinds import Actor
from jmdi.model.records import Record, Relation
from jmdi.model.relations import Tie
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import ImportContext
from jmdi.plugins.known import install_for

__all__ = [
    "SUFFIXES",
    "Elsewhere",
    "has_ends",
    "header_of",
    "opened_alone",
    "read_table",
    "read_tables",
    "sniff_table",
]

SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
OF_KUMU = ("type", "direction", "tags", "label")
"""Columns that lists of connections of Kumu have, in which one cell may name several ends."""
NO_HEADER = Header(raw=EMPTY, kinds=EMPTY)


@attrs.define(slots=True, eq=False)
class Table:
    """A table that was opened: its kind is known, its header is read.

    Attributes:
        name: Name of the file.
        kind: The kind of its records; ``parties`` for the table of parties.
        cls: The class of its records.
        columns: What each column is, ``None`` for one without a name.
        rows: Its other rows.
        gephi: Whether it is a table of edges that Gephi wrote.
    """

    name: str
    kind: str
    cls: type[Record]
    columns: list[str]
    rows: Iterator[Row]
    gephi: bool = False

    def records(self, reader: RowReader, ends: Ends) -> Iterator[Record]:
        """Its records; all rows are looked at before if it has columns of a user's own."""
        plan = plan_of(self.cls)
        if not all(map(plan.declares, self.columns)):
            self.rows = iter(rows := list(self.rows))
            reader.own = own_types(plan, self.columns, rows)
            self._doubt(reader, rows)
        ends.gephi = self.gephi
        make = ends.relations if self.is_edge_list else reader.records
        yield from make(self.name, self.cls, self.columns, self.rows)
        reader.own = EMPTY

    def _doubt(self, reader: RowReader, rows: Sequence[Row]) -> None:
        """Reports cells among texts of a user's own that may mean that nothing is known."""
        for number, column in enumerate(self.columns):
            if reader.own.get(column) is str:
                cells = (row.cells[number] for row in rows if number < len(row.cells))
                for cell, count in sorted(Counter(filter(NOT_KNOWN.__contains__, cells)).items()):
                    many = "a cell" if count == 1 else f"{count:,} cells"
                    reader.report(
                        "J528",
                        f"the text {cell!r} in {many} of column {column!r} counts as a value",
                        Where(file=self.name, column=number + 1),
                        Severity.INFO,
                        f"if it means that it is not known: the option missing={cell}",
                    )

    @property
    def is_edge_list(self) -> bool:
        """Whether its rows are relations without ids, so that ends may be names."""
        return self.gephi or (issubclass(self.cls, Relation) and "id" not in self.columns)


@attrs.define(slots=True, eq=False)
class Elsewhere:
    """The records of other tables, which are read together with one of relations.

    Attributes:
        places: Where each id is.
        classes: The classes of the entities, by id.
        named: The ids of entities by name.
    """

    places: dict[str, str] = attrs.field(factory=dict)
    classes: dict[str, type[Record]] = attrs.field(factory=dict)
    named: dict[str, list[str]] = attrs.field(factory=dict)

    def tell(self, reader: RowReader) -> None:
        """Makes them known to the reader of the relations."""
        reader.seen.update(self.places)
        reader.classes.update(self.classes)
        reader.named.update({name: list(ids) for name, ids in self.named.items()})


def _catalog(context: ImportContext) -> Catalog:
    return context.catalog if context.catalog is not None else default_doer().catalog


def _kinds(catalog: Catalog) -> dict[str, type[Record]]:
    return {n: c for n, c in catalog.kinds.items() if not spec_of(c).abstract}


def read_tables(stream: BinaryIO | None, context: ImportContext) -> Iterator[Record]:
    """Reads a folder of tables.

    Args:
        stream: Nothing; the folder is ``context.path``.
        context: Where problems go; its ``header`` gets what ``jmdi.json`` says.

    Yields:
        Entities before relations, and edge lists with the actors made from their names last.

    Raises:
        FormatError: If the folder or a table in it cannot be read at all.
    """
    folder = Path(context.path or context.name)
    before = versions_of(folder)
    header = _folder_header(folder, context)
    halves = half_replaced(folder)
    if halves:
        _report_halves(context, *halves)
    reader = RowReader(context, _catalog(context), folder=True)
    files = _files(folder, context, header)
    total, done = sum(path.stat().st_size for path, _ in files), 0
    tables = [(path, kind) for path, kind in files if kind != PARTIES]
    for path, kind in files:
        if kind == PARTIES:
            with open_input(path, limit=context.limits.size) as source:
                _read_parties(source, path.name, reader)
    edge_lists, ends = [], Ends(reader)
    for path, kind in sorted(tables, key=lambda item: _rank(item[1], header, reader.catalog)):
        with open_input(path, limit=context.limits.size) as source:
            table = _open(source, path.name, kind, reader, header)
            if table is not None and table.is_edge_list:
                edge_lists.append((path, kind))
            elif table is not None:
                yield from table.records(reader, ends)
        done += path.stat().st_size
        context.advance(done, total)
    for path, kind in edge_lists:
        with open_input(path, limit=context.limits.size) as source:
            table = _open(source, path.name, kind, reader, header, quiet=True)
            if table is not None:
                yield from table.records(reader, ends)
    reader.finish()
    if not halves and before != versions_of(folder):
        _report_halves(context, [], [])


def _report_halves(context: ImportContext, new: list[str], old: list[str]) -> None:
    """Reports tables of two exports; no names, if they were replaced while they were read."""
    parts = [f"{what}: {', '.join(names)}" for what, names in (("new", new), ("old", old)) if names]
    of_two = f"holds tables of two exports, of which one did not end ({'; '.join(parts)})"
    context.problem(
        "J536",
        f"the folder {of_two if parts else 'was written while it was read'}",
        severity=Severity.ERROR,
        where=Where(file=context.name),
        cure="if it is not being written just now, write it again",
    )


def read_table(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a single table; its name, header or option ``kind`` or ``mapping`` says what it holds.

    Raises:
        FormatError: If it is not a table, or its kind is not clear.
    """
    if context.options.get("mapping") is not None:
        yield from read_mapped(stream, context)
        return
    reader = RowReader(context, _catalog(context), folder=False)
    table = opened_alone(stream, reader)
    if table is None:
        return
    if isinstance(context.survey, Elsewhere) and issubclass(table.cls, Relation):
        context.survey.tell(reader)
    ends = Ends(reader)
    yield from ends.bare(context.name, table.records(reader, ends))
    reader.finish()


def opened_alone(stream: BinaryIO, reader: RowReader) -> Table | None:
    """Opens a table that is not one of a folder; ``None`` when it is empty.

    Raises:
        FormatError: If it is not a table, or its kind is not clear.
    """
    context = reader.context
    path = Path(context.path or context.name)
    kinds = _kinds(reader.catalog)
    kind = context.options.get("kind") or kind_of_table(path.stem, kinds)
    if kind is not None and kind not in kinds:
        near = suggest(str(kind), kinds)
        cure = f"did you mean {' or '.join(near)}?" if near else "see jmdi schema"
        raise _refuse(path.name, f"there is no kind {kind!r}", cure)
    return _open(stream, context.name, kind, reader, NO_HEADER)


def sniff_table(head: bytes) -> bool | str:
    """Whether a file begins with the header of a tidy table of entities or ties."""
    header = header_of(head)
    if not header:
        return "it has no header"
    names = {*header}
    if header[:2] == ["from", "to"] and not names.isdisjoint(OF_KUMU):
        return "it looks like connections of Kumu"
    if has_ends(header):
        return True
    if "id" in names and any(n in ("name", "names") or n.startswith("names.") for n in names):
        return True
    if _names_nodes(header):
        return True
    return (
        "its header has neither 'source' and 'target' nor 'id' and 'name'; name the format "
        "'table' if it is a table all the same"
    )


def header_of(head: bytes) -> list[str]:
    """The headings of a table in lower case; none if it is not one."""
    first = head[:4096].decode("utf-8-sig", "replace").splitlines()[:1]
    if not first or "\x00" in first[0]:
        return []
    return [cell.strip().strip('"').casefold() for cell in first[0].split(delimiter_of(first[0]))]


def has_ends(header: Sequence[str]) -> bool:
    """Whether a table with these headings holds relations."""
    return {"source", "target"} <= {*header} or {"from", "to"} <= {*header}


def _names_nodes(header: Sequence[str]) -> bool:
    """Whether it is the header of a table of nodes that Gephi writes: id, label and others."""
    names = [cell.strip().strip('"').casefold() for cell in header]
    return names[:2] == ["id", "label"] and not {"source", "target"} <= {*names}


def _folder_header(folder: Path, context: ImportContext) -> Header:
    """What ``jmdi.json`` says; nothing when there is none."""
    if not folder.is_dir():
        raise _refuse(context.name, "is not a folder of tables", "give a folder with CSV files")
    if not (folder / HEADER).exists():
        return NO_HEADER
    with open_input(folder / HEADER, limit=min(context.limits.size, 10_000_000)) as source:
        data = source.read()
    try:
        raw = parse_json(data)
        header = read_header(raw, HEADER)
    except (ValueError, TypeError) as error:
        cure = "delete it, or write it again"
        raise _refuse(HEADER, f"is not a jmdi header: {error}", cure) from None
    context.header.update({k: v for k, v in header.raw.items() if k != "tables"})
    return header


def _files(folder: Path, context: ImportContext, header: Header) -> list[tuple[Path, str]]:
    """The tables of a folder with their kinds, in order of name; others are reported."""
    kinds = dict.fromkeys([*_kinds(_catalog(context)), *header.kinds])
    found = []
    try:
        names = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        message = f"cannot be listed: {error.strerror}"
        raise _refuse(context.name, message, "check who may read it") from None
    if len(names) > context.limits.members:
        raise _refuse(context.name, f"has more than {context.limits.members:,} files", "split it")
    for path in names:
        kind = PARTIES if path.stem.casefold() == PARTIES else kind_of_table(path.stem, kinds)
        if kind is None:
            near = suggest(path.stem, [PARTIES, *map(table_name, kinds)])
            context.problem(
                "J521",
                "no kind has a table of this name; it was not read",
                where=Where(file=path.name),
                cure=f"did you mean {near[0]}.csv?" if near else "name it after its kind",
            )
        elif (path.name, kind) not in found:
            found.append((path, kind))
    if not found and header.raw.get("tables", True):
        ending = PurePath(context.name).suffix.lower()
        known = any(ending in one.extensions for one in _catalog(context).importers.values())
        cure = None if known else install_for("ending", ending)
        raise _refuse(context.name, "there is no table in the folder", cure or "such as actors.csv")
    return found


def _class(kind: str, header: Header, catalog: Catalog, *, relation: bool) -> type[Record]:
    return header.resolve(kind, catalog, relation=relation)


def _rank(kind: str, header: Header, catalog: Catalog) -> tuple[bool, str]:
    known = catalog.kinds.get(kind)
    return (known is not None and issubclass(known, Relation), kind)


def _open(
    stream: BinaryIO,
    name: str,
    kind: str | None,
    reader: RowReader,
    header: Header,
    *,
    quiet: bool = False,
) -> Table | None:
    """Opens a table; ``None`` when it is empty."""
    context = reader.context
    rows = _rows(stream, name, context)
    first = next(rows, None)
    if first is None:
        if not quiet:
            cure = "its first line names the columns"
            context.problem("J520", "is empty", where=Where(file=name), cure=cure)
        return None
    if kind is None:
        kind = _kind_by_header(first.cells, name, _kinds(reader.catalog))
    folded = {cell.strip().casefold() for cell in first.cells}
    cls = _class(kind, header, reader.catalog, relation={"source", "target"} <= folded)
    columns = reader.columns(name, plan_of(cls), first, quiet=quiet)
    second = next(rows, None)
    gephi = second is not None and issubclass(cls, Tie) and is_of_gephi(columns, second.cells)
    rows = itertools.chain(() if second is None else (second,), rows)
    return Table(name, kind, cls, columns, rows, gephi)


def _rows(stream: BinaryIO, name: str, context: ImportContext) -> Iterator[Row]:
    """The rows of a table; a cell that says that something is not known is empty."""
    limits, given = context.limits, context.options.get("missing")
    rows = read_rows(
        stream,
        name,
        size=limits.size,
        cells=limits.cells,
        rows=limits.rows,
        columns=limits.columns,
        delimiter=context.options.get("delimiter"),
        encoding=context.options.get("encoding"),
    )
    if given is None:
        return rows
    missing = {given} if isinstance(given, str) else set(given)
    return (
        Row(row.line, ["" if cell.strip() in missing else cell for cell in row.cells])
        for row in rows
    )


def _kind_by_header(header: Iterable[str], name: str, kinds: Mapping[str, type[Record]]) -> str:
    """The kind whose table has most of these columns; ties win among relations.

    Raises:
        FormatError: If there is none, or several have as many.
    """
    wanted = [unguard(cell) for cell in header]
    if _names_nodes(wanted):
        return Actor.kind
    scores: dict[str, int] = {}
    for kind, cls in kinds.items():
        plan = plan_of(cls)
        found = {column for cell in wanted if (column := plan.column(cell))}
        if issubclass(cls, Relation) and not {"source", "target"} <= found:
            continue
        scores[kind] = len(found - {KIND}) + 1000 * issubclass(cls, Relation)
    best = [kind for kind, score in scores.items() if score and score == max(scores.values())]
    if "tie" in best:
        return "tie"
    if len(best) == 1:
        return best[0]
    raise _refuse(
        name,
        "the header does not say what kind of record the rows are",
        "name the file after its kind (actors.csv), say it (--option kind=actor), or say what each "
        "column means: 'jmdi mapping FILE' proposes it; a work plan, or another table that lists "
        "no records, has its own format (--from): 'jmdi plugins --kind importer' lists them",
        "J527",
    )


def _read_parties(stream: BinaryIO, name: str, reader: RowReader) -> None:
    """Reads the table of parties."""
    rows = _rows(stream, name, reader.context)
    first = next(rows, None)
    if first is not None:
        read_parties(name, first.cells, rows, reader)


def _refuse(name: str, message: str, cure: str, code: str = "J520") -> FormatError:
    return FormatError([Problem(code, Severity.ERROR, message, Where(file=name), cure=cure)])

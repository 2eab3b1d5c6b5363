"""Reads a workbook that was filled in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO

import attrs

from jmdi import (
    Actor,
    FormatError,
    ImportContext,
    Problem,
    Record,
    Severity,
    Source,
    Where,
    evolve,
    make_id,
)
from jmdi.files.paths import escaped
from jmdi.files.tables.rows import RowReader
from jmdi.graph.doer import default_doer
from jmdi.model.declare import spec_of
from jmdi.model.json_pointer import segments
from jmdi.plugins.catalog import Catalog
from jmdi.running.unknowns import ASKED
from jmdi_documents import Cell, Document, read_document
from jmdi_workbook.absences import Answered, somebody
from jmdi_workbook.cells import BRACKETS, UNSAID, Words, called
from jmdi_workbook.layout import ANSWER, OWNER, parts_of
from jmdi_workbook.lists import HIDDEN, THERE
from jmdi_workbook.meanings import Meaning, meanings_of, part_of
from jmdi_workbook.tables import Line, Table, hidden_lists, place_of, tables_of
from jmdi_workbook.titles import Titles

__all__ = ["read"]

METHOD = "jmdi-workbook"

UNREADABLE = "unreadable"
"""Why a value is not known of which a cell has words that were not understood."""

CURES = 50
"""Words for which near ones are looked for: that takes long where there are many to compare."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a workbook of `write_workbook`.

    Args:
        stream: The file.
        context: Where problems go.

    Yields:
        The records of each sheet, each with the workbook, sheet and row as its source; then
        actors that have no name, where the answer is that somebody takes part.

    Raises:
        FormatError: If the file cannot be read at all, or is no such workbook.
    """

    def report(problem: Problem) -> None:
        if problem.where.sheet != HIDDEN:  # its formulas are the workbook's own
            context.report(problem)

    document = read_document(
        stream,
        name=context.name,
        plugin="workbook",
        problem=report,
        hidden=True,
        limits=attrs.evolve(context.limits, alike=sys.maxsize),
    )
    tables = list(tables_of(document, context))
    if not tables:
        message = "no sheet has a row with names of columns, such as actor#id"
        problem = Problem("workbook:W1", Severity.ERROR, message, Where(file=context.name))
        raise FormatError([problem])
    yield from _Workbook(context, document, tables).records()


class _Workbook:
    """One reading of one workbook."""

    def __init__(self, context: ImportContext, document: Document, tables: Sequence[Table]) -> None:
        self.context = context
        self.catalog: Catalog = context.catalog or default_doer().catalog
        keys, lists = hidden_lists(document)
        self.there = {Words.plain(id) for id in lists.get(THERE, ())} if keys else None
        self.tables = [table for table in tables if self._is_known(table)]
        self.ids: dict[int, str] = {}
        self.twice: dict[int, str] = {}
        kinds = self._take_ids()
        self.words = Words(self.catalog, Titles("en"), *self._names(lists), kinds)
        self.problems = ImportContext(context.name, catalog=self.catalog)
        self.rows = RowReader(self.problems, self.catalog, folder=True)
        self.parts: dict[tuple[str, str], dict[str, list[tuple[Line, Table, Any]]]] = {}
        self.unsaid: dict[str, list[Mapping[str, Any]]] = {}
        self.someone: list[tuple[Answered, Table, Line]] = []
        self.added: list[Record] = []
        self.cures = 0
        self._report_deleted(keys)

    def records(self) -> Iterator[Record]:
        """The records; parts are read before those that they are parts of."""
        for table in self.tables:
            if "/" in table.name:
                self._read_parts(table)
        found: list[Record] = []
        for table in self.tables:
            if "/" not in table.name:
                found += self._records(table)
        self._report_parts_left()
        yield from found
        yield from self._somebody({one.id: one for one in found if isinstance(one, Actor)})

    def _is_known(self, table: Table) -> bool:
        kind, _, part = table.name.partition("/")
        cls = self.catalog.kinds.get(kind)
        if cls is not None and not spec_of(cls).abstract and (not part or part in parts_of(cls)):
            return True
        where = place_of(self.context.name, table.sheet, 1)
        self._report(
            "workbook:W2", f"there is no kind {table.name!r}; the sheet is not read", where
        )
        return False

    def _report(
        self,
        code: str,
        message: str,
        where: Where,
        severity: Severity = Severity.WARNING,
        cure: str | None = None,
        value: str | None = None,
    ) -> None:
        self.context.report(Problem(code, severity, message, where, cure=cure, value=value))

    def _report_deleted(self, keys: Sequence[str]) -> None:
        there = {f"{table.name}#{name}" for table in self.tables for name in table.columns}
        sheets = {table.name: table.sheet for table in self.tables}
        for key in keys:
            table, _, name = key.partition("#")
            if key in there:
                continue
            where = Where(file=self.context.name)
            if table in sheets:
                where = place_of(self.context.name, sheets[table], 1)
                message = f"the column {name!r} is not there any more"
            else:
                message = f"the sheet of {table!r} is not there any more, nor its column {name!r}"
            self._report("workbook:W3", message, where)

    # Ids and names, before any row is read ---------------------------------------------------

    def _entities(self) -> Iterator[tuple[Table, Line]]:
        for table in self.tables:
            if "/" not in table.name:
                for line in table.lines:
                    yield table, line

    def _take_ids(self) -> dict[str, str]:
        """The id of each row, and which rows have none and the one that another row is given.

        Returns:
            The kinds of the records by their ids.
        """
        rows = sorted(self._entities(), key=lambda row: "id" not in row[1].cells)
        first: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for table, line in rows:
            one = self.ids[id(line)] = self._id(table, line)
            if one in first and "id" not in line.cells:
                self.twice[id(line)] = first[one]
            first.setdefault(one, f"row {line.number} of [{table.sheet}]")
            kinds.setdefault(one, table.name)
        return kinds

    def _id(self, table: Table, line: Line) -> str:
        """The id of a row; made from its name, or from all cells, where it has none."""
        cells = {name: cell.text for name, cell in line.cells.items()}
        if "id" in cells:
            return Words.plain(cells["id"])
        names = [text for name, text in cells.items() if name.partition(".")[0] == "names"]
        parts = names[:1] or [f"{name}={cells[name]}" for name in sorted(cells)]
        return make_id(table.name, *map(Words.plain, parts))

    def _names(
        self, lists: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """The names of all records by id, and their ids by name as names are compared."""
        names: dict[str, str] = {}
        by_name: dict[str, dict[str, None]] = {}
        for _, line in self._entities():
            one = self.ids[id(line)]
            names.setdefault(one, "")
            for name, cell in line.cells.items():
                if name.partition(".")[0] == "names":
                    by_name.setdefault(called(Words.plain(cell.text)), {})[one] = None
        for name, options in lists.items():
            if name and all(kind in self.catalog.kinds for kind in name.split(",")):
                for option in options:
                    inside = BRACKETS.fullmatch(option)
                    one = Words.plain(inside[1] if inside else option)
                    if inside is None and called(one) in by_name:
                        continue  # what a program shows of a row that has a name and no id
                    names.setdefault(one, option[: inside.start(1) - 1].strip() if inside else "")
        return names, {name: tuple(ids) for name, ids in by_name.items()}

    # Rows ------------------------------------------------------------------------------------

    def _records(self, table: Table) -> Iterator[Record]:
        meanings = meanings_of(table.name, table.columns, self.catalog)
        self._report_unknown(table, meanings)
        columns = [""] * max(table.columns.values(), default=0)
        for name, at in table.columns.items():
            columns[at - 1] = name
        cls = self.catalog.kinds[table.name]
        made = 0
        for line in table.lines:
            self.context.keep_going()
            cells, members = self._understood(table, line, meanings)
            said = {name.partition(".")[0] for name in (*cells, *members)}
            if table.name == "evidence" and said.isdisjoint({"id", "state"}):
                continue  # a question that nobody answered
            if id(line) in self.twice:
                self._report_twice(table, line)
                continue
            is_new, cells["id"] = "id" not in cells, self.ids[id(line)]
            made += is_new
            for (kind, part), owners in self.parts.items():
                if kind == table.name and cells["id"] in owners:
                    members[part] = [item for _, _, item in owners[cells["id"]]]
            if cells["id"] in self.unsaid:
                members[ASKED] = self.unsaid[cells["id"]]
            where = Where(file=f"[{table.sheet}]", line=line.number)
            record = self.rows.record(cls, cells, where, columns, members)
            self._pass_on(table, cells["id"])
            if record is not None:
                record = evolve(record, sources=(*record.sources, self._source(table, line)))
                self.added += [record] if self._is_added(record, is_new) else []
                yield record
        if made:
            message = f"{made:,} rows had no id; it was made from the name, or from all cells"
            where = place_of(self.context.name, table.sheet, 1)
            self._report("J532", message, where, Severity.INFO)

    def _is_added(self, record: Record, is_new: bool) -> bool:
        """Whether the workbook was written without a record; one without an id is new anyhow."""
        return is_new or (self.there is not None and record.id not in self.there)

    def _report_twice(self, table: Table, line: Line) -> None:
        where = place_of(self.context.name, table.sheet, line.number)
        message = f"no id, and the same name or the same cells as {self.twice[id(line)]}; not read"
        cure = "delete it if it is the same; else give it an id of your own in its first column"
        self._report("workbook:W17", message, where, Severity.ERROR, cure)

    def _source(self, table: Table, line: Line) -> Source:
        title = escaped(PurePath(self.context.name).name)
        return Source(title=title, locator=f"[{table.sheet}] row {line.number}", method=METHOD)

    def _report_unknown(self, table: Table, meanings: Mapping[str, Meaning]) -> None:
        for name, at in table.columns.items():
            if name not in meanings:
                where = place_of(self.context.name, table.sheet, 1, at)
                message = f"column {name!r} is not one of {table.name}; it is kept"
                self._report("J525", message, where, Severity.INFO)

    def _understood(
        self, table: Table, line: Line, meanings: Mapping[str, Meaning]
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """The cells of a row as a table has them, and the members that no column holds."""
        cells: dict[str, str] = {}
        members: dict[str, Any] = {}
        for name, cell in line.cells.items():
            where = place_of(self.context.name, table.sheet, line.number, table.columns[name])
            self._report_form(cell, where)
            meaning = meanings.get(name)
            if meaning is None:
                cells[name] = Words.plain(cell.text)
                continue
            why = self.words.unsaid(cell.text, meaning.column)
            if why is None or name == OWNER:
                for read, text in self._read(meaning, cell, where, members).items():
                    given = cells.get(read, text) if read.endswith(".words") else text
                    cells[read] = text if given == text else f"{given} | {text}"
            elif name == ANSWER:
                cells[ANSWER] = why
            elif meaning.reason:
                cells.setdefault(meaning.reason, why)
            else:
                members[f"{meaning.column.field}.reason"] = why
        return cells, members

    def _read(
        self, meaning: Meaning, cell: Cell, where: Where, members: dict[str, Any]
    ) -> dict[str, str]:
        """One cell; words without a meaning are kept in the value, or beside it as members."""
        column = meaning.column
        text, troubles = self.words.read(column, cell.text)
        for trouble in troubles:
            severity = Severity.ERROR if trouble.words else Severity.WARNING
            self.cures += 1
            cure = trouble.cure() if self.cures <= CURES else None
            self._report(trouble.code, trouble.message, where, severity, cure, cell.text[:80])
        lost = [trouble.words for trouble in troubles if trouble.words]
        if lost and meaning.reason == f"{column.field}.reason":
            return {f"{column.field}.words": " | ".join(lost), meaning.reason: UNREADABLE}
        if lost:
            members[f"{column.name}.words"] = " | ".join(lost)
        return {column.name: text} if text or not troubles else {}

    def _report_form(self, cell: Cell, where: Where) -> None:
        if cell.formula is not None:
            message = "the cell has a formula; its last value was read"
            self._report("workbook:W7", message, where, value=cell.formula[:80])
        if cell.row_span * cell.column_span > 1:
            message = f"{cell.row_span * cell.column_span:,} cells are merged; the first has it"
            self._report("workbook:W8", message, where)

    def _pass_on(self, table: Table, id: str) -> None:
        """Reports what was wrong with a record, at its cell in the file."""
        for problem in self.problems.problems:
            line, column = problem.where.line or 1, problem.where.column
            where = place_of(self.context.name, table.sheet, line, column)
            path = segments(problem.path or "")
            owners = self.parts.get((table.name, path[0]) if path else ("", ""), {})
            if len(path) > 1 and id in owners and path[1].isdecimal():
                part, of, _ = owners[id][int(path[1])]
                at = next((at for n, at in of.columns.items() if n in path[2:3]), None)
                where = place_of(self.context.name, of.sheet, part.number, at)
            where = attrs.evolve(where, record=problem.where.record, kind=problem.where.kind)
            self.context.report(attrs.evolve(problem, where=where))
        self.problems.problems.clear()

    # Parts -----------------------------------------------------------------------------------

    def _read_parts(self, table: Table) -> None:
        kind, _, part = table.name.partition("/")
        meanings = meanings_of(table.name, table.columns, self.catalog)
        self._report_unknown(table, meanings)
        owners = self.parts.setdefault((kind, part), {})
        for line in table.lines:
            cells, members = self._understood(table, line, meanings)
            owner = cells.pop(OWNER, None)
            if owner is None:
                where = place_of(self.context.name, table.sheet, line.number)
                message = "the row does not say to which record it belongs; it was not read"
                self._report("workbook:W9", message, where, Severity.ERROR)
                continue
            if not cells and not members:
                continue  # a question that nobody answered
            answer = cells.pop(ANSWER, "") if part == "absences" else "false"
            if f"{ANSWER}.words" in members:
                answer = UNREADABLE
            item = part_of(self.catalog.kinds[kind], part, cells) | members
            if answer == "false":
                owners.setdefault(owner, []).append((line, table, item))
            elif answer == "true":
                cls = self.catalog.kinds[kind]
                self.someone.append((Answered.of(cls, owner, item), table, line))
            elif answer in (*UNSAID, UNREADABLE):
                self.unsaid.setdefault(owner, []).append({**item, "reason": answer})

    def _somebody(self, actors: Mapping[str, Actor]) -> Iterator[Record]:
        """Those who are there by an answer, and whom no row that was added names."""
        for answer, table, line in self.someone:
            if not answer.is_named(self.added, actors):
                where = place_of(self.context.name, table.sheet, line.number)
                message = "somebody is there who is not named; an actor was made"
                self._report("workbook:W10", message, where, Severity.INFO)
                yield from somebody(answer, self._source(table, line))

    def _report_parts_left(self) -> None:
        for (kind, part), owners in self.parts.items():
            for owner, items in owners.items():
                known = self.rows.classes.get(owner) or self.rows.seen.get(owner)
                if known is None:
                    line, table, _ = items[0]
                    at = place_of(self.context.name, table.sheet, line.number, 1)
                    message = f"{len(items)} {part} belong to no {kind} of the id {owner!r}"
                    self._report("workbook:W9", message, at, Severity.ERROR)

"""Makes records of the rows of a table by a mapping, row by row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, TypeAlias

import attrs

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.files.codec import Codec, codec_of
from jmdi.files.mapping.header import Column, columns_of, groups_of
from jmdi.files.mapping.making import ENDS, Draft
from jmdi.files.mapping.rules import TableMapping
from jmdi.files.mapping.shared import LISTED, Shared
from jmdi.files.mapping.silence import Silence
from jmdi.files.mapping.targets import MadeRecord, Plan, Target, plan_of_mapping
from jmdi.files.paths import escaped
from jmdi.model.ids import make_id
from jmdi.model.json_pointer import segments
from jmdi.model.records import Record
from jmdi.model.writing import dumps
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import FirstFew, ImportContext
from jmdi.words.folding import as_typed, fold

__all__ = ["Table", "TableRow", "records_of_rows", "records_of_tables"]

UNNAMED = frozenset({"action", "claim", "evidence", "item", "observation"})
"""Kinds of which two can have one name: the messages of a thread have one subject."""

ANY = "*"
"""In ``when``: any words at all."""

MOST = 10_000
"""Most relations that one row can stand for, by cells with several ends."""


@attrs.frozen(slots=True)
class TableRow:
    """One row of a table, wherever it comes from.

    Attributes:
        cells: Its cells as typed, in the order of the header.
        where: Its place; the column is filled in for problems of a cell.
        places: Of a header, the number of each column in its file, where it is another; ``None``
            for one that is not in the row of the file.
    """

    cells: Sequence[str]
    where: Where
    places: Sequence[int | None] = ()


Table: TypeAlias = tuple[TableMapping, TableRow, Iterable[TableRow]]
"""What the columns of a table mean, its header and its other rows."""


def records_of_rows(
    mapping: TableMapping,
    header: TableRow,
    rows: Iterable[TableRow],
    catalog: Catalog,
    context: ImportContext,
) -> Iterator[Record]:
    """The records of a table.

    What has a name, a key or an id of its own and stands in several rows is one record, which
    comes last; where rows contradict each other, both claims are kept. All else comes row by row.

    Args:
        mapping: What the columns mean.
        header: The header of the table.
        rows: The other rows.
        catalog: The kinds that are known.
        context: Where problems go; its limits hold.

    Yields:
        The records, each with its row as its source.

    Raises:
        FormatError: If the mapping does not fit the kinds, or a limit is passed.
    """
    yield from records_of_tables([(mapping, header, rows)], catalog, context)


def records_of_tables(
    tables: Iterable[Table], catalog: Catalog, context: ImportContext
) -> Iterator[Record]:
    """The records of several tables of one file, which may be about the same things.

    Args:
        tables: What their columns mean, with their header and rows.
        catalog: The kinds that are known.
        context: Where problems go; its limits hold for each table.

    Yields:
        The records, as `records_of_rows` has them.

    Raises:
        FormatError: If a mapping does not fit the kinds, or a limit is passed.
    """
    file = Shared(context, codec_of(catalog))
    for mapping, header, rows in tables:
        plan = plan_of_mapping(mapping, catalog)
        maker = _Maker(
            plan, columns_of(plan, header.cells, header.where, context, header.places), file
        )
        for number, row in enumerate(rows):
            if number >= context.limits.rows:
                raise context.beyond(f"has more than {context.limits.rows:,} rows", "rows")
            if number % 256 == 0:
                context.keep_going()
            yield from maker.row(row)
        maker.finish()
    yield from file.finish()


@attrs.define(slots=True, eq=False)
class _Maker:
    """Makes the records of one table."""

    plan: Plan
    columns: Sequence[Column]
    file: Shared
    context: ImportContext = attrs.field(init=False)
    codec: Codec = attrs.field(init=False)
    dropped: Counter[str] = attrs.field(factory=Counter)
    alike: FirstFew = attrs.field(init=False)
    first: dict[str, Problem] = attrs.field(factory=dict)
    headers: dict[str, int] = attrs.field(init=False)
    drafts: list[tuple[MadeRecord, str]] = attrs.field(init=False)
    filled: set[str] = attrs.field(init=False)
    """The records, by their names in the mapping, that a column of the table is for."""

    def __attrs_post_init__(self) -> None:
        self.context, self.codec = self.file.context, self.file.codec
        self.alike = FirstFew(self.context.limits, LISTED)
        self.headers = {}
        for column in self.columns:
            self.headers.setdefault(fold(column.header), column.number)
        groups = groups_of(self.columns)
        self.filled = {target.record for column in self.columns for target in column.targets}
        self.drafts = [
            (record, group)
            for record in self.plan.records.values()
            for group in (groups.get(record.rule.each, []) if record.rule.each else [""])
        ]

    def report(self, problem: Problem, sort: str) -> None:
        """Reports a problem; of one sort only the first few one by one."""
        if self.alike.takes(sort):
            self.context.report(problem)
        self.first.setdefault(sort, problem)

    def row(self, row: TableRow) -> Iterator[Record]:
        """The records of a row that nothing can be added to later."""
        cells = self.cells(row)
        if not any(cells):
            return
        drafts = {
            (record.name, group): Draft(record, group)
            for record, group in self.drafts
            if self.meant(record, cells)
        }
        left: dict[str, Any] = {}
        for column, text in zip(self.columns, cells, strict=False):
            self.fill(column, text, drafts, left, row.where)
        for number in range(len(self.columns), len(cells)):
            if cells[number]:
                left[f"column {number + 1}"] = cells[number]
        yield from self.finished(drafts, left, cells, row.where)

    def cells(self, row: TableRow) -> list[str]:
        """The cells of a row without blanks around them."""
        cells = [cell.strip() for cell in row.cells]
        if len(cells) > len(self.columns) and any(cells[len(self.columns) :]):
            message = f"the row has {len(cells)} cells, the header {len(self.columns)}"
            self.report(
                Problem(
                    "J544",
                    Severity.WARNING,
                    f"{message}; those beyond it are kept",
                    row.where,
                    cure="quote cells that hold the delimiter",
                ),
                "ragged",
            )
        return cells + [""] * (len(self.columns) - len(cells))

    def meant(self, record: MadeRecord, cells: Sequence[str]) -> bool:
        """Whether a row is one that a record is made from."""
        for header, words in record.rule.when.items():
            number = self.headers.get(fold(header))
            if number is None or not cells[number]:
                return False
            if ANY not in words and fold(cells[number]) not in {fold(word) for word in words}:
                return False
        return True

    def fill(
        self,
        column: Column,
        text: str,
        drafts: Mapping[tuple[str, str], Draft],
        left: dict[str, Any],
        where: Where,
    ) -> None:
        """Puts a cell into the records that it is for; one that is for none is left."""
        if column.dropped:
            self.dropped[column.header] += bool(text)
        if not column.targets:
            if text and not column.dropped:
                left[column.header] = text
            return
        used = False
        for target in column.targets:
            if not target.record:
                used = True
                self.loose(target, text, column, left, where)
                continue
            each = self.plan.records[target.record].rule.each
            in_group = bool(each) and column.part == each
            if in_group:
                draft = drafts.get((target.record, column.group))
                meant = [] if draft is None else [draft]
            else:
                meant = [d for (name, _), d in drafts.items() if name == target.record]
            for draft in meant:
                used = True
                problems = draft.put(target, text, column.header, own=in_group or not each)
                self.tell(problems, column, where)
        if text and not used:
            left[column.header] = text

    def tell(self, problems: Iterable[Problem], column: Column, where: Where) -> None:
        """Reports what is wrong with a cell."""
        for problem in problems:
            place = attrs.evolve(where, column=column.place)
            self.report(attrs.evolve(problem, where=place), f"{column.header}: {problem.message}")

    def loose(
        self, target: Target, text: str, column: Column, left: dict[str, Any], where: Where
    ) -> None:
        """Keeps a cell for the record that its row is about."""
        draft = Draft(next(iter(self.plan.records.values())), "")
        self.tell(draft.put(target, text, column.header, own=False), column, where)
        left.update(draft.extra)

    def finished(
        self,
        drafts: Mapping[tuple[str, str], Draft],
        left: dict[str, Any],
        cells: Sequence[str],
        where: Where,
    ) -> Iterator[Record]:
        """Gives ids to the records of a row, links them, and holds those that may come again."""
        made: list[Draft] = []
        unused: dict[str, str] = {}
        ids: dict[tuple[str, str], str] = {}
        for (name, group), draft in drafts.items():
            self.link(draft, ids)
            self.listen(draft)
            if not self.says_enough(draft, where):
                unused.update(draft.typed)
                continue
            draft.constants()
            if math.prod(map(len, draft.ends.values())) > MOST:
                raise self.context.beyond(f"has more than {MOST:,} relations in a row", "rows")
            if draft.is_own_unasked():
                continue
            for one in draft.each():
                ids.setdefault((name, group), self.identify(one, cells))
                made.append(one)
        used = {header for draft in made for header in draft.typed}
        left.update({header: text for header, text in unused.items() if header not in used})
        if not made:
            if left:
                self.nothing(left, where)
            return
        own = self.own(made)
        for header, value in left.items():
            own.keep(header, value)
        source = self.source(where)
        for draft in made:
            for identity, (cls, name) in draft.named.items():
                self.hold(cls, {"id": identity, "names": {"und": as_typed(name)}}, source, where)
            if draft.identified and (draft.made.rule.key or not draft.made.is_relation):
                self.hold(draft.made.cls, draft.json(), source, where)
            elif (
                record := self.structured(draft.made.cls, draft.json(), source, where)
            ) is not None:
                yield record

    def link(self, draft: Draft, ids: Mapping[tuple[str, str], str]) -> None:
        """Puts in what a record refers to: the group that it is made for, others of its row."""
        part = draft.made.rule.each or ""
        for target in self.plan.repeats.get(part, ()) if draft.said else ():
            if target.record == draft.made.name:
                list(draft.put(target, draft.group, part, own=False))
        for field, others in draft.made.rule.link.items():
            for other in others:
                identity = ids.get((other, draft.group)) or ids.get((other, ""))
                if identity is not None:
                    draft.link(field, identity)
                    break

    def listen(self, draft: Draft) -> None:
        """Notes who reports ties: whoever says something of one, or is said to have answered."""
        rule, name = draft.made.rule, draft.made.name
        reporter = draft.raw.get("source")
        if rule.silence is None or reporter is None:
            return
        if name not in self.file.silent:
            same = Draft(draft.made, "")
            same.constants()
            self.file.silent[name] = Silence(name, rule.silence, same.json())
        about: list[str | None] = []
        if draft.said:
            about = [*draft.ends.get("target", []), draft.raw.get("target")]
        if any(about) or rule.when:
            self.file.silent[name].answered(reporter, about)

    def says_enough(self, draft: Draft, where: Where) -> bool:
        """Whether a record is made; one that lacks an end is reported."""
        missing = draft.missing()
        # Who answered and names nobody has a row without a partner: that is an answer.
        nobody = (
            draft.made.rule.silence is not None
            and missing == ["target"]
            and not draft.raw.get("strength")
        )
        if draft.said and missing and not draft.answered and not nobody:
            self.incomplete(draft, missing, where)
        alone = bool(draft.made.rule.link) and draft.made.name not in self.filled
        return not missing and (draft.said or alone)

    def own(self, made: Sequence[Draft]) -> Draft:
        """The record that a row is about: one of its own, to which no other of its records links.

        What no field holds is kept there; on a record that many rows name it would seem to be
        a contradiction.
        """
        single = [draft for draft in made if not draft.group]
        fresh = [draft for draft in single if not draft.identified]
        return (fresh or single or made)[-1]

    def incomplete(self, draft: Draft, missing: Sequence[str], where: Where) -> None:
        kind, lacking = draft.made.cls.kind, " and no ".join(missing)
        self.report(
            Problem(
                "J546",
                Severity.WARNING,
                f"no {kind} was made: the row has no {lacking}; its words are kept",
                attrs.evolve(where, kind=kind),
                cure="fill in the cell, or link another record of the row",
            ),
            f"incomplete {draft.made.name}",
        )

    def nothing(self, left: Mapping[str, Any], where: Where) -> None:
        words = "; ".join(f"{header}: {text}" for header, text in left.items())
        self.report(
            Problem(
                "J547",
                Severity.WARNING,
                "no record was made from the row; its words are not in the data",
                where,
                value=words[:500],
                cure="is it a note or a total? else see which column names the record",
            ),
            "nothing",
        )

    def identify(self, draft: Draft, cells: Sequence[str]) -> str:
        """The id of a record: its own, that of its key, of its name, or of all that it says."""
        kind, raw = draft.made.cls.kind, draft.raw
        rule = draft.made.rule
        numbers = (self.headers.get(fold(key)) for key in rule.key)
        keys = [as_typed(cells[number]) for number in numbers if number is not None]
        names: dict[str, str] = raw.get("names", {})
        draft.identified = True
        if "id" in raw:
            pass
        elif any(keys):
            ends = map(raw.get, ENDS if draft.made.is_relation else ())
            raw["id"] = make_id(kind, *keys, *filter(None, (draft.group, *ends)))
        elif names and kind not in UNNAMED:
            raw["id"] = make_id(kind, as_typed(names.get("und") or next(iter(names.values()))))
        else:
            draft.identified = False
            content = make_id(kind, dumps(raw))
            self.file.times[content] += 1
            again = (self.file.times[content],) if self.file.times[content] > 1 else ()
            raw["id"] = make_id(kind, dumps(raw), *again)
        return str(raw["id"])

    def source(self, where: Where) -> dict[str, str]:
        """Where a record comes from, as JSON."""
        number = where.row or where.line
        sheet = f"[{where.sheet}] " if where.sheet else ""
        place = where.cell or (f"{sheet}row {number}" if number is not None else "")
        title = escaped(PurePath(where.file or self.context.name).name)
        return {"title": title, **({"locator": place} if place else {})}

    def hold(
        self, cls: type[Record], raw: dict[str, Any], source: dict[str, str], where: Where
    ) -> None:
        """Remembers a record that other rows may be about, too; what they repeat adds nothing."""
        text = dumps(raw)
        versions = self.file.held.setdefault(raw["id"], {})
        if text not in versions:
            record = self.structured(cls, raw, source, where)
            if record is not None:
                versions[text] = record

    def structured(
        self, cls: type[Record], raw: dict[str, Any], source: dict[str, str], where: Where
    ) -> Record | None:
        """The record of a JSON object; a member that its field cannot hold is kept as words."""
        raw = {**raw, "sources": [source]}
        for last in (False, True):
            try:
                return self.codec.structure(raw, cls)
            except DataError as error:
                for problem in error.problems:
                    place = attrs.evolve(where, record=raw["id"], kind=cls.kind)
                    severity = Severity.ERROR if last else Severity.WARNING
                    said = attrs.evolve(problem, where=place, severity=severity)
                    self.report(said, f"{cls.kind}: {problem.path} {problem.message}")
                    for name in segments(problem.path or "")[:1]:
                        if name not in ("id", "source", "target") and name in raw:
                            raw[f"{name}.words"] = raw.pop(name)
        return None

    def finish(self) -> None:
        """Reports what is to be said of the whole table."""
        for header, count in self.dropped.items():
            cells = f"{count:,} cell{'s' * (count != 1)}"
            message = f"column {header!r} is dropped, as the mapping says: {cells}"
            where = Where(file=self.context.name)
            self.context.problem("J548", message, severity=Severity.INFO, where=where)
        for sort, more in self.alike.rest().items():
            first = self.first[sort]
            message = f"{more:,} more like this: {first.message}"
            where = Where(file=first.where.file or self.context.name)
            self.context.report(attrs.evolve(first, message=message, where=where))

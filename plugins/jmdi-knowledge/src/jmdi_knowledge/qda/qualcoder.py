"""Reads projects of QualCoder: a folder with the SQLite database ``data.qda``, or that file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, Record
from jmdi.files.paths import escaped
from jmdi.model.frozen import freeze
from jmdi_knowledge.pseudonyms.people import People
from jmdi_knowledge.qda.database import Database, Row, copied, number, opened, text
from jmdi_knowledge.qda.drafts import Code, Coding, Project, Selection, Source
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.records import records_of
from jmdi_knowledge.qda.variables import OwnNames, Value, agreed, typed_number
from jmdi_knowledge.reporting import Report
from jmdi_knowledge.spans.readings import SourceText

__all__ = ["read"]

READ = (
    *("project", "source", "code_name", "code_cat", "code_text", "code_image", "code_av"),
    *("annotation", "cases", "case_text", "attribute", "attribute_type", "journal"),
    "sqlite_sequence",
)
WRITTEN = ("memo", "owner", "date")


def read(stream: BinaryIO | None, context: ImportContext) -> Iterator[Record]:
    """Reads a coded project.

    Args:
        stream: A database; ``None`` to read the folder ``context.path``.
        context: Options of people; where problems go.

    Yields:
        The project as an item, categories and codes as themes, sources as items, and codings.

    Raises:
        FormatError: If there is no database of QualCoder, or a hostile one.
    """
    report, people = Report(context, MESSAGES), People(context)
    path = Path(escaped(context.path or context.name))
    name = path.parent.stem if path.name == "data.qda" and path.parent.suffix else path.stem
    if stream is None:
        place = Path(context.path or ".") / "data.qda"
        yield from _of_file(place, name, context, report, people)
    else:
        with copied(stream, context) as place:
            yield from _of_file(place, name, context, report, people)
    people.report()
    report.close()


def _of_file(
    place: Path, name: str, context: ImportContext, report: Report, people: People
) -> Iterator[Record]:
    with opened(place, context, report) as database:
        if not database.has("source", "code_name", "code_text"):
            raise report.fatal("Q101", "the database has not the tables of QualCoder")
        project = _Reader(database, report, people, name).project()
    yield from records_of(project, people, report, context)


@attrs.define(slots=True)
class _Reader:
    """Makes a project of the tables."""

    database: Database
    report: Report
    people: People
    name: str
    key: str = ""
    owners: dict[str, str | None] = attrs.field(factory=dict)

    def project(self) -> Project:
        rows = list(self.database.rows("project", "databaseversion", "date", "memo", "about"))
        first: Row = rows[0] if rows else {}
        self.key = f"QualCoder/{text(first.get('date')) or self.name}"
        project = Project(
            self.name,
            self.key,
            tool=text(first.get("about")) or "QualCoder",
            users=self.owners,
            description=text(first.get("memo")) or None,
        )
        project.extra["database version"] = text(first.get("databaseversion"))
        project.codes = self._codes()
        sources = self._sources()
        self._texts(sources)
        self._areas(sources)
        self._annotations(sources)
        self._cases(sources)
        project.sources = list(sources.values())
        if journal := self._journal():
            project.extra["journal"] = journal
        for table, count in self.database.others(*READ).items():
            self.report.add("Q114", f"the table {table} with {count:,} rows, not kept")
        return project

    def _codes(self) -> list[Code]:
        """Categories, which are no codes, and codes: two trees that make one."""
        found: dict[str, Code] = {}
        columns = ("catid", "name", "supercatid", *WRITTEN)
        for row in self.database.rows("code_cat", *columns):
            found[f"category {number(row['catid'])}"] = self._code(row, "catid", "supercatid")
        for row in self.database.rows("code_name", "cid", "name", "catid", "color", *WRITTEN):
            found[f"code {number(row['cid'])}"] = self._code(row, "cid", "catid")
        return parents_first(found, self.report)

    def _code(self, row: Row, id: str, above: str) -> Code:
        category = None if row[above] is None else f"category {number(row[above])}"
        return Code(
            key=f"{'code' if id == 'cid' else 'category'} {number(row[id])}",
            name=text(row["name"]) or "",
            parent=category,
            codable=id == "cid",
            colour=text(row.get("color")) or None,
            description=text(row["memo"]) or None,
            extra=self._written(row),
        )

    def _written(self, row: Row) -> dict[str, Any]:
        """Who wrote something and when, as far as it is said."""
        owner, date = self._owner(row), text(row.get("date"))
        found = {"owner": self.people.coder(owner), "date": date}
        return {key: value for key, value in found.items() if value}

    def _owner(self, row: Row) -> str | None:
        owner = text(row.get("owner")) or None
        if owner is not None:
            self.owners[owner] = owner
        return owner

    def _sources(self) -> dict[int, Source]:
        found: dict[int, Source] = {}
        for row in self.database.rows("source", "id", "name", "fulltext", "mediapath", *WRITTEN):
            id, words, path = number(row["id"]), text(row["fulltext"]), text(row["mediapath"])
            if id is None or id in found:
                self.report.add("Q112", f"the id {row['id']!r:.40} of a source")
                continue
            found[id] = Source(
                key=f"{self.key}/source {id}",
                name=text(row["name"]) or "",
                locator=f"source {id}",
                text=None if words is None else SourceText(words),
                location=path or None,
                description=text(row["memo"]) or None,
                extra=self._written(row),
            )
        return found

    def _texts(self, sources: Mapping[int, Source]) -> None:
        columns = ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "important", "avid", *WRITTEN)
        for row in self.database.rows("code_text", *columns):
            start, stop = number(row["pos0"]), number(row["pos1"])
            if start is None or stop is None:
                self.report.add("Q112", f"positions of code_text {number(row['ctid'])}")
            extra = {name: row[name] for name in ("important", "avid") if row[name] is not None}
            coding = self._coding(row, "ctid", "code_text")
            self._add(
                sources,
                row["fid"],
                Selection(
                    start,
                    stop,
                    [coding],
                    f"code_text {number(row['ctid'])}",
                    quote=text(row["seltext"]),
                    extra=_plain(extra),
                ),
            )

    def _areas(self, sources: Mapping[int, Source]) -> None:
        """Parts of pictures and recordings, with the coordinates that they have."""
        for table, id, places in (
            ("code_image", "imid", ("x1", "y1", "width", "height")),
            ("code_av", "avid", ("pos0", "pos1")),
        ):
            columns = (id, "id", "cid", "important", *places, *WRITTEN)
            for row in self.database.rows(table, *columns) if self.database.has(table) else ():
                extra = {n: row[n] for n in (*places, "important") if row[n] is not None}
                coding = self._coding(row, id, table)
                area = Selection(
                    None,
                    None,
                    [coding],
                    f"{table} {number(row[id])}",
                    extra={"area": freeze(_plain(extra))},
                )
                self._add(sources, row["id"], area)

    def _coding(self, row: Row, id: str, table: str) -> Coding:
        return Coding(
            key=f"{self.key}/{table} {number(row[id])}",
            code=f"code {number(row['cid'])}",
            coder=self._owner(row),
            date=text(row["date"]) or None,
            memo=text(row["memo"]) or None,
        )

    def _add(self, sources: Mapping[int, Source], id: object, selection: Selection) -> None:
        source = sources.get(id) if isinstance(id, int) else None
        if source is None:
            self.report.add("Q105", f"source {id!r:.40}", place=selection.locator)
        else:
            source.selections.append(selection)

    def _annotations(self, sources: Mapping[int, Source]) -> None:
        """Memos on a text that have no code."""
        if not self.database.has("annotation"):
            return
        for row in self.database.rows("annotation", "fid", "pos0", "pos1", *WRITTEN):
            source = sources.get(number(row["fid"]) or 0)
            if source is not None:
                memo = self.people.hide(text(row["memo"]) or "").text
                place = _plain({"start": row["pos0"], "stop": row["pos1"]})
                _append(source, "annotations", {**place, "memo": memo, **self._written(row)})

    def _cases(self, sources: Mapping[int, Source]) -> None:
        """Cases, which are respondents, and the attributes of these and of files."""
        if not self.database.has("cases", "attribute"):
            return
        values = self._attributes()
        cases: dict[int | None, dict[str, Any]] = {
            number(row["caseid"]): {
                "name": self.people.meet(text(row["name"])) or "",
                "variables": values.get(("case", number(row["caseid"]) or 0), {}),
            }
            for row in self.database.rows("cases", "caseid", "name")
        }
        for row in self.database.rows("case_text", "caseid", "fid", "pos0", "pos1"):
            case, of = cases.get(number(row["caseid"])), sources.get(number(row["fid"]) or 0)
            if case is not None and of is not None:
                place = _plain({"start": row["pos0"], "stop": row["pos1"]})
                _append(of, "cases", {**case, **place})
        for one, source in sources.items():
            said, differ = agreed(case["variables"] for case in source.extra.get("cases", ()))
            source.own = said | values.get(("file", one), {})
            for name in differ:
                self.report.add("Q117", f"{name!r:.60}", place=source.locator)

    def _attributes(self) -> dict[tuple[str, int], dict[str, Value]]:
        """The attributes that have a value, by whether a file or case has them, and its number."""
        numeric = set()
        if self.database.has("attribute_type"):
            for row in self.database.rows("attribute_type", "name", "valuetype"):
                if row["valuetype"] == "numeric":
                    numeric.add(text(row["name"]))
        own, names = OwnNames(), dict[str, str]()
        found: dict[tuple[str, int], dict[str, Value]] = {}
        for row in self.database.rows("attribute", "name", "attr_type", "value", "id"):
            name, value = text(row["name"]) or "", text(row["value"])
            if value and value.strip():
                holder = (text(row["attr_type"]) or "", number(row["id"]) or 0)
                typed = typed_number(value) if name in numeric else value
                if typed is None:
                    self.report.add("Q112", f"{name!r:.60} is {value!r:.60}")
                if name not in names:
                    names[name] = own.new(name)
                found.setdefault(holder, {})[names[name]] = value if typed is None else typed
        return found

    def _journal(self) -> list[dict[str, Any]]:
        if not self.database.has("journal"):
            return []
        return [
            {
                "name": self.people.hide(text(row["name"]) or "").text,
                "entry": self.people.hide(text(row["jentry"]) or "").text,
                **self._written(row),
            }
            for row in self.database.rows("journal", "name", "jentry", "owner", "date")
        ]


def _append(source: Source, member: str, value: object) -> None:
    source.extra = {**source.extra, member: [*source.extra.get(member, ()), value]}


def _plain(values: Row) -> dict[str, Any]:
    """Values as JSON can hold them."""
    return {key: text(v) if isinstance(v, bytes | float) else v for key, v in values.items()}


def parents_first(codes: Mapping[str, Code], report: Report) -> list[Code]:
    """Codes in an order in which parents come first; circles are cut.

    Args:
        codes: The codes by key.
        report: Where circles are reported.
    """
    ordered: dict[str, Code] = {}
    for key in codes:
        chain: dict[str, Code] = {}
        at: str | None = key
        while at is not None and at in codes and at not in ordered:
            if at in chain:
                report.add("Q110", f"{codes[at].name!r:.60} lies within itself")
                codes[at].parent = None
                break
            chain[at] = codes[at]
            at = codes[at].parent
        ordered.update(reversed(chain.items()))
    return list(ordered.values())

"""Reads databases of Taguette (SQLite), whose positions count the bytes of text without tags."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, Record
from jmdi_knowledge.pseudonyms.people import People
from jmdi_knowledge.qda.database import Database, copied, number, opened, text
from jmdi_knowledge.qda.drafts import Code, Coding, Project, Selection, Source
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.records import records_of
from jmdi_knowledge.reporting import Report
from jmdi_knowledge.spans.readings import SourceText

__all__ = ["read"]

TAG = re.compile("<[^<>]*>")


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads coded projects.

    Args:
        stream: A database.
        context: Option ``separator`` and those of people; where problems go.

    Yields:
        Of each project: the project as an item, tags as themes, documents as items, and codings.

    Raises:
        FormatError: If it is no database of Taguette, or a hostile one.
    """
    report, people = Report(context, MESSAGES), People(context)
    with copied(stream, context) as place, opened(place, context, report) as database:
        if not database.has("projects", "documents", "highlights", "tags"):
            raise report.fatal("Q101", "the database has not the tables of Taguette")
        reader = _Reader(database, report, context.options.get("separator"))
        for project in reader.projects():
            yield from records_of(project, people, report, context)
    people.report()
    report.close()


@attrs.define(slots=True)
class _Reader:
    """Makes projects of the tables; the one with passwords is never read."""

    database: Database
    report: Report
    separator: object

    def projects(self) -> list[Project]:
        found: dict[int | None, Project] = {}
        for row in self.database.rows("projects", "id", "name", "description", "created"):
            name = text(row["name"]) or ""
            key = f"{name}/{text(row['created']) or ''}/{number(row['id'])}"
            project = Project(name, key, "Taguette", description=text(row["description"]) or None)
            found[number(row["id"])] = project
        self._tags(found)
        documents = self._documents(found)
        self._highlights(documents)
        return list(found.values())

    def _tags(self, projects: Mapping[int | None, Project]) -> None:
        for row in self.database.rows("tags", "id", "project_id", "path", "description"):
            project = projects.get(number(row["project_id"]))
            if project is None:
                continue
            parent, name = None, text(row["path"]) or ""
            if isinstance(self.separator, str) and self.separator:
                *above, name = [part.strip() for part in name.split(self.separator)]
                parent = _folders(project, above)
            description = text(row["description"]) or None
            project.codes.append(
                Code(f"tag {number(row['id'])}", name, None, parent, True, description=description)
            )
        for project in projects.values():
            _merge_folders(project)

    def _documents(
        self, projects: Mapping[int | None, Project]
    ) -> dict[int, tuple[Project, Source]]:
        found: dict[int, tuple[Project, Source]] = {}
        columns = ("id", "project_id", "name", "description", "filename", "created")
        for row in self.database.rows("documents", *columns, "text_direction", "contents"):
            id, project = number(row["id"]), projects.get(number(row["project_id"]))
            if id is None or project is None:
                self.report.add("Q112", f"the id {row['id']!r:.40} of a document")
                continue
            kept = {name: text(row[name]) for name in ("filename", "created", "text_direction")}
            source = Source(
                key=f"{project.key}/document {id}",
                name=text(row["name"]) or "",
                locator=f"document {id}",
                text=SourceText(_without_tags(text(row["contents"]) or "")),
                description=text(row["description"]) or None,
                extra={key: value for key, value in kept.items() if value},
            )
            found[id] = (project, source)
            project.sources.append(source)
        return found

    def _highlights(self, documents: Mapping[int, tuple[Project, Source]]) -> None:
        tags: dict[int, list[int]] = {}
        for row in self.database.rows("highlight_tags", "highlight_id", "tag_id"):
            tags.setdefault(number(row["highlight_id"]) or 0, []).append(number(row["tag_id"]) or 0)
        history = self._history(documents)
        columns = ("id", "document_id", "start_offset", "end_offset", "snippet")
        for row in self.database.rows("highlights", *columns):
            document = documents.get(number(row["document_id"]) or 0)
            if document is None:
                self.report.add("Q105", f"document {row['document_id']!r:.40}")
                continue
            id, (project, source) = number(row["id"]) or 0, document
            selection = Selection(
                number(row["start_offset"]),
                number(row["end_offset"]),
                [],
                f"highlight {id}",
                quote=_without_tags(text(row["snippet"]) or "") or None,
            )
            if selection.start is None or selection.stop is None:
                self.report.add("Q112", f"the offsets of highlight {id}")
            for tag in sorted(tags.get(id, ())):
                coder, date = history.get((id, tag), (None, None))
                coding = Coding(f"{project.key}/highlight {id}", f"tag {tag}", coder, date)
                selection.codings.append(coding)
            source.selections.append(selection)
            if not selection.codings:
                bare = {"start": selection.start, "stop": selection.stop}
                rest = [*source.extra.get("highlights without tags", ()), bare]
                source.extra = {**source.extra, "highlights without tags": rest}

    def _history(
        self, documents: Mapping[int, tuple[Project, Source]]
    ) -> dict[tuple[int, int], tuple[str | None, str | None]]:
        """Who gave a highlight a tag, and when: what the commands say, in their order."""
        found: dict[tuple[int, int], tuple[str | None, str | None]] = {}
        if not self.database.has("commands"):
            return found
        held: dict[int, set[int]] = {}
        columns = ("id", "date", "user_login", "document_id", "payload")
        rows = sorted(
            self.database.rows("commands", *columns), key=lambda row: number(row["id"]) or 0
        )
        for row in rows:
            document = documents.get(number(row["document_id"]) or 0)
            highlight, tags = _highlighted(text(row["payload"]))
            if document is None or highlight is None:
                continue
            login = text(row["user_login"])
            if login is not None:
                document[0].users[login] = login
            for tag in tags - held.get(highlight, set()):
                found[highlight, tag] = (login, text(row["date"]))
            held[highlight] = tags
        return found


def _highlighted(payload: str | None) -> tuple[int | None, set[int]]:
    """The highlight that a command adds or changes, and its tags from then on."""
    try:
        said: Any = json.loads(payload or "")
    except (ValueError, RecursionError):
        return None, set()
    if not isinstance(said, dict) or said.get("type") != "highlight_add":
        return None, set()
    highlight, tags = said.get("highlight_id"), said.get("tags")
    tags = tags if isinstance(tags, list) else []
    return (
        highlight if isinstance(highlight, int) else None,
        {tag for tag in tags if isinstance(tag, int)},
    )


def _folders(project: Project, names: list[str]) -> str | None:
    """The folder that names above a tag mean, made where it is not there."""
    parent = None
    for depth in range(len(names)):
        key = f"folder {' / '.join(names[: depth + 1])}"
        if not any(code.key == key for code in project.codes):
            project.codes.append(Code(key, names[depth], None, parent, codable=False))
        parent = key
    return parent


def _merge_folders(project: Project) -> None:
    """A tag that is called as a folder is that folder."""
    tags = {(code.parent, code.name): code.key for code in project.codes if code.codable}
    folders = [code for code in project.codes if not code.codable]
    same = {
        one.key: tags[one.parent, one.name] for one in folders if (one.parent, one.name) in tags
    }
    project.codes = [code for code in project.codes if code.key not in same]
    for code in project.codes:
        code.parent = same.get(code.parent or "", code.parent)


def _without_tags(page: str) -> str:
    """The text of a page; Taguette has cleaned it, so that no tag holds ``<`` or ``>``."""
    return html.unescape(TAG.sub("", page))

"""What a REFI-QDA project says beside its sources: users, codes, cases, variables, notes, sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from jmdi import Actor, ImportContext, evolve, make_id
from jmdi.model.frozen import EMPTY
from jmdi_knowledge.origins import origin_of
from jmdi_knowledge.pseudonyms.people import People
from jmdi_knowledge.qda.drafts import EXTRA, Coding, Project, Source, folded
from jmdi_knowledge.qda.refi_codes import codes_of
from jmdi_knowledge.qda.variables import Value, Variables, agreed
from jmdi_knowledge.qda.xml import Element, children_kept, local, named
from jmdi_knowledge.reporting import Report

__all__ = ["Whole"]

READ = ("Users", "CodeBook", "Sources", "Description")
"""Children of a project that become records; the others are kept as they are."""

KNOWN = (*READ, "Variables", "Cases", "Notes", "Links", "Sets", "Graphs", "NoteRef")
"""Children of a project that REFI-QDA knows."""


@attrs.define(slots=True)
class Whole:
    """A project, and what its sources refer to.

    Attributes:
        context: Options and the name of the file.
        report: Where problems go.
        people: Makes pseudonyms of its people.
        project: What was read.
        notes: The texts of notes by GUID.
        variables: The variables.
        cases: The cases that a source or selection belongs to, by its GUID.
    """

    context: ImportContext
    report: Report
    people: People
    project: Project = attrs.field(factory=lambda: Project("", ""))
    notes: dict[str, str] = attrs.field(factory=dict)
    variables: Variables = attrs.field(factory=Variables)
    cases: dict[str, list[dict[str, Any]]] = attrs.field(factory=dict)
    _actors: list[tuple[str, str, dict[str, Value]]] = attrs.field(factory=list)

    def read(self, root: Element) -> None:
        """Reads all but the sources.

        Raises:
            FormatError: If codes are nested too deeply.
        """
        project = self.project
        attributes = dict(root.attrib)
        project.name = attributes.pop("name", "")
        project.tool = attributes.pop("origin", None)
        project.key = "/".join((project.name, attributes.get("creationDateTime", "")))
        project.extra["attributes"] = attributes
        for child in root:
            self._child(child)
        elements = children_kept(root, READ)
        if elements:
            project.extra["elements"] = elements
        for child in root:
            if local(child) not in KNOWN:
                self.report.add("Q114", f"the element {local(child)}")

    def _child(self, child: Element) -> None:
        name = local(child)
        if name == "Users":
            self._users(child)
        elif name == "CodeBook":
            self.project.codes = codes_of(child, self.report, self.context.limits)
            if strange := children_kept(child, ("Codes",)):
                self.project.extra["codebook elements"] = strange
        elif name == "Description":
            self.project.description = child.text
        elif name == "Variables":
            for one in child:
                name = one.get("name", "")
                self.variables.declare(one.get("guid", ""), name, one.get("typeOfVariable"))
        elif name == "Cases":
            for one in child:
                self._case(one)
        elif name == "Notes":
            for one in child:
                self._note(one)

    def _users(self, users: Element) -> None:
        kept_users = []
        for one in users:
            attributes = dict(one.attrib)
            name = attributes.pop("name", None) or attributes.get("id")
            if not self.people.keep:
                attributes.pop("id", None)  # the initials of the name
            pseudonym = self.people.coder(name)
            self.project.users[folded(attributes.get("guid", ""))] = name
            kept_users.append({**attributes, "name": pseudonym or ""})
        self.project.extra["users"] = kept_users

    def _case(self, case: Element) -> None:
        """A case is a respondent, whose name is nobody's business, or an actor if so asked."""
        name, guid = case.get("name", ""), case.get("guid", "")
        values = self.variables.of(named(case, "VariableValue"), self.report)
        if self.context.options.get("cases") == "actors":
            self._actors.append((guid, name, values))
        elif name:
            name = self.people.meet(name) or ""
            case.set("name", name)
        known = {"name": name, "variables": values}
        for child in case:
            if local(child) in ("SourceRef", "SelectionRef"):
                self.cases.setdefault(folded(child.get("targetGUID", "")), []).append(known)

    def _note(self, note: Element) -> None:
        for part in note:
            if local(part) == "PlainTextContent" and part.text:
                part.text = self.people.hide(part.text).text
                self.notes[folded(note.get("guid", ""))] = part.text

    def actors(self) -> Iterator[Actor]:
        """The cases that are actors, if they were asked for; people are hidden beside their names.

        To be called when all people were met.
        """
        hide = self.people.hide
        for guid, name, values in self._actors:
            origin = origin_of(self.context, f"case {guid}")
            own = {k: hide(v).text if isinstance(v, str) else v for k, v in values.items()}
            yield Actor(
                id=make_id("actor", "qda", folded(guid), name),
                names={"und": name} if name else {},
                sources=(evolve(origin, title=hide(origin.title or "").text),),
                extra={**own, EXTRA: {"case": guid}},
            )

    def complete(self, source: Source, values: Iterable[Element]) -> None:
        """Adds to a source what the rest of the project says of it.

        Args:
            source: The source.
            values: Its values of variables, which come before what its cases say.
        """
        if cases := self.cases.get(source.key, ()):
            source.extra = {**source.extra, "cases": cases}
        source.own = self._said(cases, source.locator) | self.variables.of(values, self.report)
        for selection in source.selections if self.cases else ():
            guid = folded(selection.extra.get("selection", EMPTY).get("guid", ""))
            if cases := self.cases.get(guid, ()):
                selection.own = self._said(cases, selection.locator)
        if not self.notes:
            return
        for selection in source.selections:
            for one in selection.codings:
                self._memo(one, selection.extra.get("notes", ()))
        for one in source.codings:
            self._memo(one, ())

    def _said(self, cases: Sequence[Mapping[str, Any]], locator: str) -> dict[str, Value]:
        """What all cases of something say of it; says so where they differ."""
        found, differ = agreed(case["variables"] for case in cases)
        for name in differ:
            self.report.add("Q117", f"{name!r:.60}", place=locator)
        return found

    def _memo(self, coding: Coding, selected: Sequence[str]) -> None:
        """The memo of a coding that has none but refers to notes: their texts."""
        guids = [*coding.extra.get("coding notes", ()), *selected]
        if coding.memo or not guids:
            return
        texts = [self.notes[folded(one)] for one in guids if folded(one) in self.notes]
        if texts:
            coding.memo = "\n".join(texts)
            coding.extra = {**coding.extra, "memo from": "notes"}

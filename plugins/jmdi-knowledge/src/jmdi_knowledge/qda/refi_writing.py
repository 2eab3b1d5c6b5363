"""Writes REFI-QDA projects: what was read from one comes back, unknown elements too."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, Literal

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Coded, DataError, Dataset, KnowledgeItem, Problem, Severity, Theme, Where, pick
from jmdi.files.safe_xml import legal
from jmdi_knowledge.codebooks.qdc import codes_element
from jmdi_knowledge.codebooks.themes import chosen
from jmdi_knowledge.qda.counting import READ_BY, content
from jmdi_knowledge.qda.guids import VALID, Guids
from jmdi_knowledge.qda.losses import losses
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.records import kept_of
from jmdi_knowledge.qda.refi_selections import Selections
from jmdi_knowledge.qda.tools import TOOLS, UPPER_CASE
from jmdi_knowledge.qda.variables import Value, Variables, agreed, form_of, own_values
from jmdi_knowledge.qda.xml import Element, fragment, local, put_back
from jmdi_knowledge.spans.readings import CODE_POINTS, Reading

__all__ = ["NAMESPACE", "write"]

NAMESPACE = "urn:QDA-XML:project:1.0"
ORDER = (
    *("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"),
    *("Description", "NoteRef"),
)
"""Children of a project in the order of the schema."""


def write(
    dataset: Dataset,
    stream: BinaryIO,
    *,
    tool: Literal["nvivo", "atlas.ti", "maxqda", "qualcoder", "taguette"] | None = None,
) -> None:
    """Writes themes, items and codings as a coded project of REFI-QDA.

    Positions count code points, as REFI-QDA 1.5 says; for NVivo they count UTF-16 units, with
    line ends of CR LF as two, as it does itself.

    Args:
        dataset: The records.
        stream: Where the bytes go.
        tool: The tool that is to read it; a note in the project then says what it is known to
            drop. ``dataset.losses("knowledge:qdpx", tool=…)`` says it without writing.

    Raises:
        DataError: If there is neither a theme nor an item, or XML cannot hold what a record says.
    """
    writer = _Writer(dataset, READ_BY.get(tool or "", CODE_POINTS))
    root = writer.project()
    if tool is not None:
        writer.add_note(f"What {TOOLS[tool]} is known to drop", _listed(losses(dataset, tool=tool)))
    writer.arrange(root)
    if tool in UPPER_CASE:
        _upper_case(root)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        xml = etree.tostring(root, encoding="utf-8", xml_declaration=True)
        _add(archive, "project.qde", xml)
        for name, data in writer.files:
            _add(archive, name, data)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Adds a member without a date, so that the same project gives the same bytes."""
    archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def _upper_case(root: Element) -> None:
    """Makes capitals of the letters of all GUIDs: to read them, case does not matter."""
    for element in root.iter("{*}*"):
        for name, value in element.items():
            if VALID.fullmatch(value):
                element.set(name, value.upper())


def _listed(problems: Iterable[Problem]) -> str:
    return "\n".join(problem.message for problem in problems) or "Nothing that is in this project."


@attrs.define(slots=True)
class _Writer:
    """Collects the parts of a project."""

    dataset: Dataset
    reading: Reading
    guids: Guids = attrs.field(factory=Guids)
    files: list[tuple[str, bytes]] = attrs.field(factory=list)
    sections: dict[str, Element] = attrs.field(factory=dict)
    strange: list[tuple[int, Element]] = attrs.field(factory=list)
    variables: Variables = attrs.field(factory=Variables)

    def project(self) -> Element:
        """The root with its attributes; its children wait in ``sections``."""
        wholes = [item for item in self.dataset.of(KnowledgeItem) if _project(item) is not None]
        attributes: dict[str, str] = {"name": "jmdi", "origin": "jmdi"}
        for whole in reversed(wholes):
            kept = _project(whole) or {}
            attributes |= {"name": pick(whole.names)}
            attributes |= {str(k): str(v) for k, v in kept.get("attributes", {}).items()}
            self._keep(kept)
            if meaning := pick(whole.description):
                self.sections["Description"] = self._element("Description", meaning)
        self._codebook()
        items = [one for one in self.dataset.of(KnowledgeItem) if _project(one) is None]
        self._variables(items)
        self._sources(items)
        self._users(wholes)
        root: Element = etree.Element(
            f"{{{NAMESPACE}}}Project",
            {name: legal(value) for name, value in attributes.items()},
            nsmap={None: NAMESPACE},
        )
        return root

    def arrange(self, root: Element) -> None:
        """Puts the sections into the root in the order of the schema, the others in their place."""
        for name in ORDER:
            if (section := self.sections.get(name)) is not None and (
                len(section) or section.text or section.attrib
            ):
                root.append(section)
        for index, element in sorted(self.strange, key=lambda pair: pair[0]):
            root.insert(index, element)

    def _element(self, tag: str, text: str | None = None, /, **attributes: str) -> Element:
        made: Element = etree.Element(
            f"{{{NAMESPACE}}}{tag}", {key: legal(value) for key, value in attributes.items()}
        )
        made.text = None if text is None else legal(text)
        return made

    def _section(self, name: str) -> Element:
        return self.sections.setdefault(name, self._element(name))

    def _keep(self, kept: Mapping[str, Any]) -> None:
        """Takes up what was kept of a project; sections of several become one."""
        for index, text in kept.get("elements", ()):
            element = self._fragment(str(text))
            if local(element) not in ORDER:
                self.strange.append((int(index), element))
            elif local(element) in self.sections and local(element) != "NoteRef":
                there = {one.get("guid") for one in self.sections[local(element)]}
                for child in list(element):
                    if child.get("guid") not in there:
                        self.sections[local(element)].append(child)
            else:
                self.sections[local(element)] = element

    def _fragment(self, text: str) -> Element:
        try:
            return fragment(text)
        except ValueError as error:
            raise _refused(f"XML that was kept is damaged: {error}") from None

    def _codebook(self) -> None:
        themes = list(self.dataset.of(Theme))
        used = dict.fromkeys(coded.target for coded in self.dataset.of(Coded))
        known = {theme.id for theme in themes}
        themes += [
            theme
            for id in used
            if id not in known and isinstance(theme := self.dataset.find(id), Theme)
        ]
        if not themes:
            return
        ordered = chosen(self.dataset.with_records(*themes), None)
        for theme in ordered:
            self.guids.add(theme.id, theme.guid)
        book = self._element("CodeBook")
        book.append(codes_element(ordered, NAMESPACE, self.guids.of))
        self.sections["CodeBook"] = book
        for theme in ordered:
            for above in theme.also_within:
                link = self._element(
                    "Link",
                    guid=self.guids.made(f"{theme.id} also within {above}"),
                    name="also within",
                    direction="OneWay",
                    originGUID=self.guids.of(theme.id),
                    targetGUID=self.guids.of(above),
                )
                self._section("Links").append(link)

    def _variables(self, items: Sequence[KnowledgeItem]) -> None:
        """The variables of the projects, and those that own attributes of items need."""
        for one in self.sections.get("Variables", ()):
            guid, name = one.get("guid", ""), one.get("name", "")
            self.variables.declare(guid, name, one.get("typeOfVariable"))
        new: dict[str, list[Value]] = {}
        for item in items:
            for name, value in own_values(item.extra).items():
                if name not in self.variables.guids:
                    new.setdefault(name, []).append(value)
        for name, values in new.items():
            guid, form = self.guids.made(f"variable {name}"), form_of(values)
            self.variables.declare(guid, name, form)
            variable = self._element("Variable", guid=guid, name=name, typeOfVariable=form)
            self._section("Variables").append(variable)

    def _values(self, source: Element, item: KnowledgeItem) -> None:
        cases = kept_of(item).get("cases", ()) if "Cases" in self.sections else ()
        known, _ = agreed(case["variables"] for case in cases)
        self.variables.put(source, own_values(item.extra), known, self._element)

    def _sources(self, items: Sequence[KnowledgeItem]) -> None:
        coded: dict[str, list[Coded]] = {}
        for one in self.dataset.of(Coded):
            coded.setdefault(one.source, []).append(one)
        for item in items:
            codings = coded.get(item.id, [])
            kept = kept_of(item)
            if item.text is None and not codings and "kind" not in kept:
                continue
            if "xml" in kept:
                self._section("Sources").append(self._media(item, codings))
            else:
                self._section("Sources").append(self._text(item, codings))
        if not items and "CodeBook" not in self.sections:
            raise _refused("there is neither a theme nor an item")

    def _text(self, item: KnowledgeItem, codings: Sequence[Coded]) -> Element:
        """A source of text with its selections."""
        kept = kept_of(item)
        guid = self.guids.add(item.id, kept.get("guid"))
        attributes = {str(k): str(v) for k, v in kept.get("attributes", {}).items()}
        attributes.pop("richTextPath", None)  # its file is not in the archive
        if item.text is not None:
            name = f"{guid.strip('{}')}.txt"
            attributes["plainTextPath"] = f"internal://{name}"
            self.files.append((f"sources/{name}", content(item.text, self.reading)))
        source = self._element("TextSource", guid=guid, name=pick(item.names), **attributes)
        if meaning := pick(item.description):
            source.append(self._element("Description", meaning))
        selections = Selections(self.guids, self._element, self.add_note, item, self.reading)
        for made in selections.made(codings):
            source.append(made)
        put_back(source, kept.get("elements", ()))
        self._values(source, item)
        return source

    def _media(self, item: KnowledgeItem, codings: Sequence[Coded]) -> Element:
        """A picture, PDF, recording or film as it was, with the codings that are still there."""
        source = self._fragment(str(kept_of(item)["xml"]))
        self.guids.add(item.id, source.get("guid"))
        selections = Selections(self.guids, self._element, self.add_note, item, self.reading)
        selections.patch(source, codings)
        self._values(source, item)
        return source

    def _users(self, wholes: Iterable[KnowledgeItem]) -> None:
        """The coders: those that the projects name, and those of codings made since."""
        users = self._section("Users")
        seen: set[str] = set()
        for whole in wholes:
            for one in (_project(whole) or {}).get("users", ()):
                guid = str(one.get("guid", ""))
                if guid not in seen:
                    seen.add(guid)
                    said = {str(key): legal(str(value)) for key, value in one.items()}
                    users.append(self._element("User", **said))
        for name, guid in self.guids.coders.items():
            if guid not in seen:
                users.append(self._element("User", guid=guid, name=name))

    def add_note(self, name: str, text: str) -> str:
        """Adds a note; returns its GUID."""
        guid = self.guids.made(f"note {name} {text}")
        notes = self._section("Notes")
        if not any(one.get("guid") == guid for one in notes):
            note = self._element("Note", guid=guid, name=name)
            note.append(self._element("PlainTextContent", text))
            notes.append(note)
        return guid


def _project(item: KnowledgeItem) -> Mapping[str, Any] | None:
    """What was kept of a whole project; ``None`` if the item is none."""
    kept = kept_of(item).get("project")
    return kept if isinstance(kept, Mapping) else None


def _refused(what: str) -> DataError:
    message = MESSAGES["Q116"].text.format(what=what)
    cure = MESSAGES["Q116"].cure
    return DataError([Problem("knowledge:Q116", Severity.ERROR, message, Where(), cure=cure)])

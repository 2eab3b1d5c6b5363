"""Reads REFI-QDA projects: the archive ``.qdpx``, or its ``.qde`` alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import ImportContext, Record
from jmdi.files.encodings import byte_order_mark
from jmdi_knowledge.pseudonyms.people import People
from jmdi_knowledge.qda.drafts import Project, Selection, Source
from jmdi_knowledge.qda.messages import MESSAGES
from jmdi_knowledge.qda.package import ZIP, Package, beside, seekable
from jmdi_knowledge.qda.records import records_of
from jmdi_knowledge.qda.refi_sources import SOURCES, media_source, plain_selection, text_source
from jmdi_knowledge.qda.refi_whole import Whole
from jmdi_knowledge.qda.xml import Element, Tree, ended, local, named
from jmdi_knowledge.reporting import Report
from jmdi_knowledge.spans.readings import SourceText

__all__ = ["read"]


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a coded project.

    Args:
        stream: An archive, or the XML of a project alone.
        context: Options ``sources``, ``cases`` and those of people; where problems go.

    Yields:
        The project as an item, its codes as themes, its sources as items, and its codings.

    Raises:
        FormatError: If it is no such project, or a hostile one.
    """
    report, people = Report(context, MESSAGES), People(context)
    with seekable(stream, context.limits) as file:
        head = file.read(4)
        file.seek(-len(head), 1)
        package = Package(file, context.limits, report) if head in ZIP else None
        reader = _Reader(context, report, people, package)
        try:
            if package is None:
                reader.parse(file)
            else:
                with package.opened(package.project()) as member:
                    reader.parse(member)
        except UnicodeDecodeError as error:  # of lxml, at bytes that are no text
            raise report.fatal("Q101", f"its XML is damaged: {error.reason}") from None
        project = reader.project()
        yield from reader.whole.actors()
        yield from records_of(project, people, report, context)
    people.report()
    report.close()


@attrs.define(slots=True)
class _Reader:
    """Collects a project while its XML goes by."""

    context: ImportContext
    report: Report
    people: People
    package: Package | None
    whole: Whole = attrs.field(init=False)
    sources: list[tuple[Source, str | None, str | None, list[Element]]] = attrs.field(factory=list)

    def parse(self, stream: BinaryIO) -> None:
        """Goes over the XML once; elements are emptied when they were read.

        Raises:
            FormatError: If it is no project.
        """
        events = ended(stream, ("CodeBook", "PlainTextSelection", *SOURCES))
        self.whole = Whole(self.context, self.report, self.people)
        selections: list[Selection] = []
        root: Element | None = None
        holder: Element | None = None  # the source of the last selection
        try:
            for _, element in events:
                if root is None:
                    root = self._root(element.getroottree())
                name = local(element)
                parent = element.getparent()
                if name == "PlainTextSelection":
                    if parent is holder or _is_text_of(parent, root):
                        holder = parent
                        selections.append(plain_selection(element, self.report))
                        element.clear()
                        if len(selections) % 1000 == 0:
                            self.context.keep_going()
                elif name in SOURCES and parent is not None and parent.getparent() is root:
                    self._source(element, selections)
                    selections = []
                    element.clear()
            root = self._root(events.root.getroottree()) if events.root is not None else None
        except etree.XMLSyntaxError as error:
            self.report.add("Q104", str(error))
        if root is None:
            raise self.report.fatal("Q101", "its XML has no Project")
        self._broken(events)
        self.whole.read(root)

    def _root(self, tree: Tree) -> Element:
        """The root of a project.

        Raises:
            FormatError: If it is another, or declares a document type.
        """
        if tree.docinfo.internalDTD is not None:
            raise self.report.fatal("Q103", "")
        root = tree.getroot()
        if local(root) != "Project":
            raise self.report.fatal("Q101", f"its XML begins with {local(root):.40}, not Project")
        return root

    def _broken(self, events: Any) -> None:
        for error in [error for error in events.error_log if error.level_name != "WARNING"][:3]:
            self.report.add("Q104", error.message, place=f"line {error.line}")

    def _source(self, element: Element, selections: list[Selection]) -> None:
        values = named(element, "VariableValue")
        if local(element) == "TextSource":
            source, inline = text_source(element, selections)
            self.sources.append((source, inline, element.get("plainTextPath"), values))
            return
        source, holder = media_source(element, self.report)
        inline = path = None
        if holder is not None:
            path = holder.get("plainTextPath")
            content = [child for child in holder if local(child) == "PlainTextContent"]
            inline = (content[0].text or "") if content else None
        self.sources.append((source, inline, path, values))

    def project(self) -> Project:
        """The project with its texts."""
        project = self.whole.project
        for source, inline, path, values in self.sources:
            if inline is not None:
                source.text = SourceText(inline, folded=True)
            elif path:
                source.text = self._text(path, source)
            self.whole.complete(source, values)
            project.sources.append(source)
        return project

    def _text(self, path: str, source: Source) -> SourceText | None:
        name = None if self.package is None else self.package.source(path)
        if name is not None and self.package is not None:
            with self.package.opened(name) as member:
                return self._decoded(member.read(), name)
        folder = self.context.options.get("sources")
        if isinstance(folder, str) and (file := beside(folder, path)) is not None:
            return self._decoded(self._outside(file), str(file))
        source.location = path
        self.report.add("Q105", f"{path!r:.100} of {source.name!r:.60}", place=source.locator)
        return None

    def _outside(self, file: Path) -> bytes:
        with file.open("rb") as stream:
            data = stream.read(self.context.limits.size + 1)
        if len(data) > self.context.limits.size:
            raise self.context.beyond(f"{file.name} is too large", "size")
        return data

    def _decoded(self, data: bytes, name: str) -> SourceText:
        """A text with its byte-order mark."""
        mark = byte_order_mark(data)
        encoding = "utf-8" if mark is None else mark[0]
        try:
            return SourceText(data.decode(encoding))
        except UnicodeDecodeError as error:
            self.report.add("Q107", f"{name!r:.80}: {error.reason} at byte {error.start}")
            return SourceText(data.decode(encoding, "replace"))


def _is_text_of(parent: Element | None, root: Element) -> bool:
    """Whether a selection belongs to a source of text, and not to the text of another."""
    if parent is None or local(parent) != "TextSource":
        return False
    above = parent.getparent()
    return above is not None and above.getparent() is root
